package improvement

import (
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

// measureSelect lets somebody choose a measure.
func measureSelect(measures []area.Measure, hint, chosen string, wrong ui.FieldErrors) ui.Select {
	options := []ui.SelectOption{{Text: "Choose a measure"}}
	for _, m := range measures {
		options = append(options, ui.SelectOption{Value: m.Code, Text: m.Name})
	}
	return ui.Select{Name: "measure", Label: "Measure", LabelSize: ui.SizeS, Hint: hint, Options: options, Value: chosen, Error: wrong.For("measure")}
}
