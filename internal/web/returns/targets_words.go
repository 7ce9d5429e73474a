package returns

import (
	"regexp"
	"strconv"
	"strings"

	area "sir/internal/adoption"
	"sir/internal/web/ui"
)

// The kinds of targets in the form.
const (
	targetChoice = "target"
	pathChoice   = "trajectory"
)

// targetWords say a target: "at least 10%", "more than 1200".
func targetWords(t area.Target) string {
	if t.OnPath {
		return t.Figure() + " (trajectory)"
	}
	word := map[string]string{">=": "at least ", ">": "more than ", "<=": "at most ", "<": "less than "}[t.Sign()]
	return word + t.Figure()
}

// startWords are the date from which a target holds, or on which a trajectory
// has its value.
func startWords(t area.Target) string {
	if t.OnPath {
		return "On " + ui.Date(t.StartsOn)
	}
	return ui.Date(t.StartsOn)
}

// inSentence is startWords within a sentence.
func inSentence(start string) string {
	if on, path := strings.CutPrefix(start, "On "); path {
		return "on " + on
	}
	return "from " + start
}

// hiddenWords tell the links of a table apart.
func hiddenWords(list area.TargetList, t area.Target) string {
	words := "the target " + inSentence(startWords(t))
	if t.Measure != "" {
		words += " of " + subjectOf(list, t)
	}
	return words
}

// subjectWords are what a target is of.
func subjectWords(s area.TargetSubject) string {
	switch s.Basis {
	case area.ShareBasis:
		return s.Measure.Name + ", as a proportion of " + strings.ToLower(s.Whole.Name)
	case area.TotalBasis:
		return s.Measure.Name + ", total"
	case area.EachBasis:
		return s.Measure.Name + ", average of those that reported"
	}
	if s.Measure.Purpose == area.ForAdoption {
		return "Adoption rate"
	}
	return s.Measure.Name + ", rate"
}

// subjectOf names what a target of the list is of.
func subjectOf(list area.TargetList, t area.Target) string {
	for _, s := range list.Subjects {
		if s.Measure.Code == t.Measure && s.Basis == t.Basis {
			return subjectWords(s)
		}
	}
	if t.Name != "" {
		return t.Name
	}
	return "Adoption rate"
}

// subjectOptions name a measure and a basis with a space between them, which no
// code has.
func subjectOptions(list area.TargetList) []ui.SelectOption {
	var options []ui.SelectOption
	for _, s := range list.Subjects {
		value := s.Measure.Code + " " + string(s.Basis)
		options = append(options, ui.SelectOption{Value: value, Text: subjectWords(s)})
	}
	return options
}

// subjectTyped is the measure and the basis of an option; none is the adoption
// rate.
func subjectTyped(value string) (code string, basis area.Basis) {
	code, kind, _ := strings.Cut(value, " ")
	return code, area.Basis(kind)
}

// writtenTarget is a number with a decimal point, whose thousands may be parted by commas: 1,200.5 but not 5,5.
var writtenTarget = regexp.MustCompile(`^(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$`)

// valueTyped reads the value of a target, with or without a percent sign; what is no number is one that is refused.
func valueTyped(text string) float64 {
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%"))
	if !writtenTarget.MatchString(text) {
		return -1
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
	if err != nil { // out of range
		return -1
	}
	return value
}
