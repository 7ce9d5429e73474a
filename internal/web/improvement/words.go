package improvement

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	area "sir/internal/improvement"
	"sir/internal/web/ui"
)

// privacy stands at every free text.
const privacy = "Write no names and nothing by which a patient or colleague could be known. Name roles."

// words joins what there is to say.
func words(parts ...string) string {
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, " ")
}

var stateColours = map[area.State]ui.TagColour{
	area.ToStudy: ui.TagYellow, area.ToDecide: ui.TagYellow, area.Running: ui.TagBlue, area.Planned: ui.TagWhite,
	area.Adopted: ui.TagGreen, area.Adapted: ui.TagAquaGreen, area.Abandoned: ui.TagGrey,
}

// stateTag is the state of a cycle, or what is overdue.
func stateTag(c area.Cycle, today string) templ.Component {
	switch {
	case c.StudyOverdue(today):
		return ui.Tag{Text: "Study overdue", Colour: ui.TagRed}
	case c.NeedsPrediction(today):
		return ui.Tag{Text: "Needs a prediction", Colour: ui.TagRed}
	}
	state := c.State(today)
	return ui.Tag{Text: strings.ToUpper(string(state[:1])) + string(state[1:]), Colour: stateColours[state]}
}

// day is a date as it is typed into three fields.
type day [3]string

// dayOf parts an ISO date; what is none is empty.
func dayOf(iso string) day {
	parts := strings.Split(iso, "-")
	if len(parts) != 3 {
		return day{}
	}
	return day{strings.TrimPrefix(parts[2], "0"), strings.TrimPrefix(parts[1], "0"), parts[0]}
}

// iso joins the parts of a date; what is no number makes no date.
func (d day) iso() string {
	var numbers [3]int
	for i, text := range d {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > 9999 {
			return ""
		}
		numbers[i] = n
	}
	return fmt.Sprintf("%04d-%02d-%02d", numbers[2], numbers[1], numbers[0])
}

// fields are where the parts of a date are read to.
func (d *day) fields(name string, to map[string]*string) {
	to[name+"-day"], to[name+"-month"], to[name+"-year"] = &d[0], &d[1], &d[2]
}

func (d day) input(name, legend, hint string, wrong ui.FieldErrors) ui.DateInput {
	return ui.DateInput{Name: name, Legend: legend, LegendSize: ui.SizeS, Hint: hint, Day: d[0], Month: d[1], Year: d[2], Error: wrong.For(name)}
}

// measureSelect lets somebody choose a measure.
func measureSelect(measures []area.Measure, hint, chosen string, wrong ui.FieldErrors) ui.Select {
	options := []ui.SelectOption{{Text: "Choose a measure"}}
	for _, m := range measures {
		options = append(options, ui.SelectOption{Value: m.Code, Text: m.Name})
	}
	return ui.Select{Name: "measure", Label: "Measure", LabelSize: ui.SizeS, Hint: hint, Options: options, Value: chosen, Error: wrong.For("measure")}
}
