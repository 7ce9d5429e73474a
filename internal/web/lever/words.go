package lever

import (
	"fmt"
	"time"

	area "sir/internal/lever"
	"sir/internal/term"
	"sir/internal/web/ui"
)

// privacy stands at every free text.
const privacy = "Write no names and nothing by which a patient or colleague could be known. Name roles."

var standingColours = map[area.Standing]ui.TagColour{area.InForce: ui.TagGreen, area.ToCome: ui.TagBlue, area.Ended: ui.TagGrey}

func standingTag(w area.Wording, today string) ui.Tag {
	s := w.On(today)
	return ui.Tag{Text: term.Sentence(string(s)), Colour: standingColours[s]}
}

// findings are how a finding is shown and asked for.
var findings = []struct {
	finding area.Finding
	words   string
	hint    string
	colour  ui.TagColour
}{
	{area.Helps, "Helps", "", ui.TagGreen},
	{area.Hinders, "Hinders", "", ui.TagRed},
	{area.None, "No effect", "It was looked at and does nothing here", ui.TagGrey},
	{area.Unknown, "Effect unknown", "It was looked at and nobody can tell yet", ui.TagYellow},
	{area.NoLever, "No such lever", "Somebody looked for one of this type and there is none", ui.TagGrey},
	{area.Waived, "Check waived", "Nobody looked, for the reason that you give. It is shown with your name", ui.TagOrange},
}

func findingTag(f area.Finding) ui.Tag {
	for _, one := range findings {
		if one.finding == f {
			return ui.Tag{Text: one.words, Colour: one.colour}
		}
	}
	return ui.Tag{Text: string(f), Colour: ui.TagWhite}
}

var checkTags = map[area.CheckState]ui.Tag{
	area.NotChecked: {Text: "Not checked", Colour: ui.TagRed},
	area.LookAgain:  {Text: "Look again", Colour: ui.TagYellow},
	area.Excused:    {Text: "Waived", Colour: ui.TagOrange},
	area.Checked:    {Text: "Checked", Colour: ui.TagGreen},
}

// decisions are how a decision is asked for.
var decisions = []ui.Option{
	{Value: string(area.GoOn), Text: "Go on", Hint: "The change does not matter here"},
	{Value: string(area.Adapt), Text: "Adapt", Hint: "The plan changes"},
	{Value: string(area.Pause), Text: "Pause", Hint: "Until more is known"},
	{Value: string(area.Stop), Text: "Stop", Hint: "Stopping well is a good outcome. Say below what others can learn"},
}

// moment is when something was done, by the day.
func moment(t time.Time) string { return ui.Date(t.UTC().Format(time.DateOnly)) }

// until is the end of a lever.
func until(to string) string {
	if to == "" {
		return "Open"
	}
	return ui.Date(to)
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// counted is "1 decision" or "2 decisions".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// options are choices whose value is what they say.
func options[T ~string](all []T) (list []ui.Option) {
	for _, one := range all {
		list = append(list, ui.Option{Value: string(one), Text: term.Sentence(string(one))})
	}
	return list
}
