package rollout

import (
	"fmt"
	"strings"

	"sir/internal/rollout"
	"sir/internal/term"
	"sir/internal/web/ui"
)

// states are how a rollout's state is shown and in which order states are
// counted. The word says it all; the colour only repeats it.
var states = []struct {
	state  rollout.State
	colour ui.TagColour
}{
	{rollout.Scoping, ui.TagWhite},
	{rollout.Planned, ui.TagYellow},
	{rollout.Active, ui.TagBlue},
	{rollout.Paused, ui.TagOrange},
	{rollout.Stopped, ui.TagRed},
	{rollout.HandedOver, ui.TagGreen},
	{rollout.Closed, ui.TagGrey},
}

func stateTag(state rollout.State) ui.Tag {
	tag := ui.Tag{Text: term.Sentence(string(state)), Colour: ui.TagWhite}
	for _, s := range states {
		if s.state == state {
			tag.Colour = s.colour
		}
	}
	return tag
}

// summary counts rollouts by state: "15 rollouts: 11 active, 1 stopped".
func summary(list []rollout.Rollout) string {
	var counts []string
	for _, s := range states {
		n := 0
		for _, r := range list {
			if r.State == s.state {
				n++
			}
		}
		if n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, s.state))
		}
	}
	return plural(len(list), "rollout") + ": " + strings.Join(counts, ", ") + "."
}

// tableOf shows a programme's rollouts, by name of the member; each leads to
// its page.
func tableOf(programme rollout.Programme, list []rollout.Rollout, network term.Label) ui.Table {
	t := ui.Table{
		ID: "rollouts-" + programme.Code, Caption: "Rollouts of " + programme.Name, CaptionHidden: true,
		RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{
			{Text: term.Sentence(network.Short.Singular)}, {Text: "State"}, {Text: "Planned start"}, {Text: "Actual start"},
			{Text: "Sites ever eligible", Numeric: true}, {Text: "Reason and lesson"},
		},
	}
	for _, r := range list {
		t.Rows = append(t.Rows, []ui.Cell{
			{Text: r.MemberName, Href: recordPath + r.ID}, {Content: state(r)}, {Text: date(r.PlannedStart)}, {Content: lines(startLines(r))},
			{Text: fmt.Sprint(r.Sites)}, {Content: lines(reasonLines(r))},
		})
	}
	return t
}

// startLines say when the rollout started, how far from its plan, and why.
func startLines(r rollout.Rollout) []string {
	if r.ActualStart == "" {
		return []string{"Not started"}
	}
	late := ""
	if days, ok := r.DaysLate(); ok {
		late = difference(days)
	}
	return present(date(r.ActualStart), late, r.StartReason)
}

// difference says in words how far the start was from the planned one.
func difference(days int) string {
	switch {
	case days > 0:
		return plural(days, "day") + " late"
	case days < 0:
		return plural(-days, "day") + " early"
	default:
		return "On the planned day"
	}
}

// reasonLines say why the rollout is where it is and what was learnt.
func reasonLines(r rollout.Rollout) []string {
	var told []string
	if r.Reason != "" {
		told = append(told, "Reason: "+r.Reason)
	}
	if r.Lesson != "" {
		told = append(told, "Lesson: "+r.Lesson)
	}
	if len(told) == 0 {
		return []string{"None"}
	}
	return told
}

// date shows an ISO date; one that is not known stays words.
func date(iso string) string {
	if iso == "" {
		return "Not known"
	}
	return ui.Date(iso)
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// present leaves out what is empty.
func present(texts ...string) []string {
	var kept []string
	for _, text := range texts {
		if text != "" {
			kept = append(kept, text)
		}
	}
	return kept
}
