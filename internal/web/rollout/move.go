package rollout

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	area "sir/internal/rollout"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// step is a change of state as it was typed.
type step struct {
	area.Change
	since ui.TypedDate
	met   []string // the needs that were ticked
}

// stateHints say what a state means, where the word does not.
var stateHints = map[area.State]string{
	area.Scoping:    "Whether and how to do it is still open",
	area.Planned:    "It will be done; work at sites has not begun",
	area.Paused:     "Work rests until more is known",
	area.Stopped:    "Work ends before its aim. Stopping well is a good outcome",
	area.HandedOver: "Somebody else carries it on",
	area.Closed:     "Nothing is left to do or to record",
}

func (p records) showMove(r *shell.Request) error {
	v, err := p.rollouts.Moving(r.Context(), r.Actor, rolloutID(r))
	if err != nil {
		return err
	}
	state, err := r.Choice("state") // what led here may suggest one
	if err != nil {
		return err
	}
	in := step{Change: area.Change{State: area.State(state)}, since: ui.TypedDateOf(v.Today), met: alreadyMet(v)}
	return renderMove(r, http.StatusOK, v, in, nil, nil)
}

// alreadyMet are the needs that the last start, or the rollout itself, meets.
func alreadyMet(v area.View) (met []string) {
	last, started := v.LastStart()
	for _, need := range area.Needs {
		written := need == "aim" && v.Aim != "" || need == "exit rule" && v.ExitRule != ""
		if written || started && last.Met(need) {
			met = append(met, string(need))
		}
	}
	return met
}

func readStep(r *shell.Request) (in step, err error) {
	to := map[string]*string{
		"state": (*string)(&in.State), "reason": &in.Reason, "freed": &in.Freed, "lesson": &in.Lesson, "waiver": &in.Waiver,
	}
	in.since.ReadTo(to, "since")
	if err := r.Fields(to); err != nil {
		return in, err
	}
	in.Since, in.met = in.since.ISO(), r.PostForm["met"]
	for _, need := range area.Needs {
		if !slices.Contains(in.met, string(need)) {
			in.Waived = append(in.Waived, need)
		}
	}
	return in, nil
}

func renderMove(r *shell.Request, status int, v area.View, in step, clash *ui.Table, wrong ui.FieldErrors) error {
	page := formPage{
		Clash: clash, Action: recordPath + v.ID + "/state", Version: strconv.FormatInt(v.Version, 10), Save: "Change the state",
		Intro: "Now: " + standing(v), Controls: in.controls(v, wrong),
	}
	return r.RenderStatus(status, ui.Page{
		Title: "Change the state", Caption: v.MemberName + ", " + v.Programme.Name, Breadcrumbs: atDo(rolloutLink(v)), Errors: wrong,
	}, page.content())
}

func (in step) controls(v area.View, wrong ui.FieldErrors) []templ.Component {
	states := ui.Radios{Name: "state", Legend: "New state", LegendSize: ui.SizeS, Value: string(in.State), Error: wrong.For("state")}
	for _, next := range v.State.Next() {
		option := ui.Option{Value: string(next), Text: term.Sentence(string(next)), Hint: stateHints[next]}
		if next == area.Active {
			option.Conditional = each(in.gate(wrong))
		}
		states.Options = append(states.Options, option)
	}
	return []templ.Component{
		states,
		in.since.Input("since", "Since", "Not after today, and not before the last change", wrong),
		text("reason", "Reason", privacy, in.Reason, wrong),
		text("freed", "What this frees", "Needed to pause or stop: people, money or time, and what they can do now.", in.Freed, wrong),
		text("lesson", "Lesson", "Needed to pause or stop. What can others learn?", in.Lesson, wrong),
	}
}

// gate asks for what should be there before a rollout is active. It warns, and
// does not block.
func (in step) gate(wrong ui.FieldErrors) []templ.Component {
	boxes := ui.Checkboxes{
		Name: "met", Legend: "What is there", LegendSize: ui.SizeS, Small: true, Values: in.met, Error: wrong.For("met"),
		Hint: "A rollout should have all of this before it starts. It may start without, for a reason that is shown with your name",
	}
	for _, need := range area.Needs {
		boxes.Options = append(boxes.Options, ui.Option{Value: string(need), Text: term.Sentence(string(need))})
	}
	return []templ.Component{boxes, text("waiver", "Why it goes ahead without the rest", "Needed where something is not ticked.", in.Waiver, wrong)}
}

// stepFacts are a change of state as it is compared with another.
func stepFacts(c area.Change) []fact {
	return []fact{
		{"State", term.Sentence(string(c.State))}, {"Since", ui.Date(c.Since)}, {"Reason", c.Reason}, {"What this frees", c.Freed}, {"Lesson", c.Lesson},
	}
}

// lastStep is the newest change of state; of a rollout without history, where
// it stands.
func lastStep(v area.View) area.Change {
	if len(v.History) > 0 {
		return v.History[0]
	}
	return area.Change{State: v.State, Since: v.StateSince, Reason: v.Reason, Lesson: v.Lesson}
}

func (p records) move(r *shell.Request) error {
	in, err := readStep(r)
	if err != nil {
		return err
	}
	seen, err := r.Version()
	if err != nil {
		return err
	}
	id := rolloutID(r)
	err = p.rollouts.Move(r.Context(), r.Actor, id, seen, in.Change)
	said := "The rollout is now " + string(in.State) + "."
	return r.Finish(err, recordPath+id, said, func(status int, stale bool, wrong ui.FieldErrors) error {
		v, err := p.rollouts.Moving(r.Context(), r.Actor, id)
		if err != nil {
			return err
		}
		if stale {
			return renderMove(r, status, v, in, comparison(stepFacts(lastStep(v)), stepFacts(in.Change)), wrong)
		}
		v.Version = seen // somebody may have changed it since
		return renderMove(r, status, v, in, nil, wrong)
	})
}
