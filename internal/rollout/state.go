package rollout

import (
	"slices"
	"strings"
	"time"

	"sir/internal/fault"
	"sir/internal/freetext"
)

// transitions are the states to which a rollout may go from each. One that
// was stopped may be planned anew; one that is closed stays so.
var transitions = map[State][]State{
	Scoping:    {Planned, Active, Paused, Stopped},
	Planned:    {Scoping, Active, Paused, Stopped},
	Active:     {Paused, Stopped, HandedOver},
	Paused:     {Scoping, Planned, Active, Stopped, HandedOver},
	Stopped:    {Planned, Closed},
	HandedOver: {Active, Closed},
	Closed:     {},
}

// Next lists the states to which a rollout may go from this one.
func (s State) Next() []State { return slices.Clone(transitions[s]) }

// Ends tells whether work ends or rests in the state, so that what it freed
// and what it taught are asked for.
func (s State) Ends() bool { return s == Paused || s == Stopped }

// Need is something that a rollout should have before it is active.
type Need string

// Needs lists them. Each may be waived: no gate blocks.
var Needs = []Need{
	"evidence reviewed", "context assessed", "aim", "exit rule", "champion", "sustainability draft", "five levers checked",
}

// Change is one step in the life of a rollout: the state that it entered on a
// day, and why.
type Change struct {
	RolloutID string
	Number    int64 // from 1
	State     State
	Since     string // ISO date
	Reason    string
	Freed     string // the resource that a pause or a stop frees
	Lesson    string // what a pause or a stop taught
	Waived    []Need // what it became active without
	Waiver    string // why it did so without that
	MadeAt    time.Time
	MadeBy    string
}

// Met tells whether a need was met when the rollout became active.
func (c Change) Met(need Need) bool { return !slices.Contains(c.Waived, need) }

func (c Change) tidy() Change {
	c.Reason, c.Freed, c.Lesson = strings.TrimSpace(c.Reason), strings.TrimSpace(c.Freed), strings.TrimSpace(c.Lesson)
	c.Waiver = strings.TrimSpace(c.Waiver)
	if c.State != Active {
		c.Waived, c.Waiver = nil, ""
	}
	if !c.State.Ends() {
		c.Freed, c.Lesson = "", ""
	}
	return c
}

// faults lists what is wrong with a change of a rollout on a day.
func (c Change) faults(r Rollout, today string) (wrong fault.Fields) {
	if !slices.Contains(transitions[r.State], c.State) {
		wrong.Add("state", "Choose the new state.")
	}
	switch {
	case !isDay(c.Since):
		requireDay(&wrong, "since", "Enter the day from which this holds.", c.Since)
	case c.Since > today:
		wrong.Add("since", "Enter a day that is not after today.")
	case c.Since < r.StateSince:
		wrong.Add("since", "Enter a day that is not before the last change of state.")
	}
	freetext.Required(&wrong, "reason", "Say why, so that others can learn from it.", c.Reason, longestText)
	if c.State.Ends() {
		freetext.Required(&wrong, "freed", "Say which people, money or time this frees, or that it frees none.", c.Freed, longestText)
		freetext.Required(&wrong, "lesson", "Say what others can learn from this.", c.Lesson, longestText)
	}
	if c.State == Active && len(c.Waived) > 0 {
		freetext.Required(&wrong, "waiver", "Say why it goes ahead without what is not ticked.", c.Waiver, longestText)
	}
	return wrong
}
