package admin

import (
	"errors"
	"net/http"
	"strconv"

	"sir/internal/fault"
	"sir/internal/setting"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
	"sir/spc"
)

// rulesForm is the form of the rules by which charts are judged.
type rulesForm struct {
	Version    string
	Trend      ui.Select
	Shift      ui.Select
	TwoOfThree ui.Select
	Disagree   ui.Select
	Screen     ui.Select
	LimitsFrom ui.Input
}

// rulesTyped is what the form holds, by name of the field.
type rulesTyped map[string]string

// The names of the fields of the form.
var rulesFields = []string{"trend", "shift", "two-of-three", "disagree", "screen", "limits-from", "version"}

func typedOf(r setting.ChartRules, version int64) rulesTyped {
	return rulesTyped{
		"trend": strconv.Itoa(r.Trend), "shift": strconv.Itoa(r.Shift), "two-of-three": choiceWord(r.TwoOfThree),
		"disagree": choiceWord(r.PreferImprovement), "screen": choiceWord(r.Screen), "limits-from": strconv.Itoa(r.LimitsFrom),
		"version": strconv.FormatInt(version, 10),
	}
}

func choiceWord(chosen bool) string {
	if chosen {
		return "yes"
	}
	return "no"
}

func (typed rulesTyped) form(wrong ui.FieldErrors) rulesForm {
	list := func(name, label string, options ...ui.SelectOption) ui.Select {
		return ui.Select{Name: name, Label: label, Options: options, Value: typed[name], Error: wrong.For(name)}
	}
	number := func(values ...string) (options []ui.SelectOption) {
		for _, value := range values {
			options = append(options, ui.SelectOption{Value: value, Text: value})
		}
		return options
	}
	return rulesForm{
		Version: typed["version"],
		Trend:   list("trend", "Points in a row, rising or falling, that make a trend", number("7", "6")...),
		Shift:   list("shift", "Points in a row on one side of the mean that make a shift", number("6", "7", "8", "9")...),
		TwoOfThree: list("two-of-three", "Two of three points near a limit",
			ui.SelectOption{Value: "yes", Text: "Are a signal"}, ui.SelectOption{Value: "no", Text: "Are no signal"}),
		Disagree: list("disagree", "Where two rules disagree about a point",
			ui.SelectOption{Value: "no", Text: "The first rule holds"}, ui.SelectOption{Value: "yes", Text: "Improvement is shown"}),
		Screen: list("screen", "Unusually large steps from point to point",
			ui.SelectOption{Value: "no", Text: "Count for the limits"}, ui.SelectOption{Value: "yes", Text: "Are left out of the limits"}),
		LimitsFrom: ui.Input{
			Name: "limits-from", Label: "Values that limits and icons need", Width: 3, InputMode: "numeric", Value: typed["limits-from"], Error: wrong.For("limits-from"),
			Hint: "With fewer there is a run chart or a line. Unless you choose otherwise it is " + strconv.Itoa(spc.ShortPart) + ".",
		},
	}
}

// rules reads the form; what is no number is kept as one that is refused.
func (typed rulesTyped) rules() (rules setting.ChartRules, wrong fault.Fields) {
	number := func(name string) int {
		n, err := strconv.Atoi(typed[name])
		if err != nil {
			return -1
		}
		return n
	}
	chosen := func(name string) bool {
		if typed[name] != "yes" && typed[name] != "no" {
			wrong.Add(name, "Choose from the list.")
		}
		return typed[name] == "yes"
	}
	rules = setting.ChartRules{
		Trend: number("trend"), Shift: number("shift"), TwoOfThree: chosen("two-of-three"),
		PreferImprovement: chosen("disagree"), Screen: chosen("screen"), LimitsFrom: number("limits-from"),
	}
	return rules, append(rules.Faults(), wrong...)
}

func (p pages) chooseRules(r *shell.Request) error {
	typed := rulesTyped{}
	for _, name := range rulesFields {
		text, err := r.Field(name)
		if err != nil {
			return err
		}
		typed[name] = text
	}
	version, err := versionOf(typed["version"])
	if err != nil {
		return err
	}
	rules, faults := typed.rules()
	if err = faults.Err(); err == nil {
		err = p.app.Settings.ChooseChartRules(r.Context(), r.Actor, rules, version)
	}
	var wrong *fault.Error
	switch {
	case err == nil:
		r.Notify("The rules of all charts are changed.")
		return r.Redirect("/admin/settings")
	case errors.Is(err, fault.ErrStale):
		_, message := shell.Status(err)
		return p.renderSettings(r, http.StatusConflict, ui.FieldErrors{{
			Field: "trend", Message: message + " You chose: " + rules.String() + ". That was not saved.",
		}}, nil)
	case errors.As(err, &wrong) && len(wrong.Fields) > 0:
		return p.renderSettings(r, http.StatusUnprocessableEntity, shell.FieldErrors(wrong), typed)
	}
	return err
}
