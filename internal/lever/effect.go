package lever

import (
	"strings"
	"time"

	"sir/internal/fault"
	"sir/internal/freetext"
)

// Finding is what a lever does to a programme.
type Finding string

// The findings. The last two are about a kind of lever, not about one lever.
const (
	Helps   Finding = "helps"
	Hinders Finding = "hinders"
	None    Finding = "none"
	Unknown Finding = "unknown"
	NoLever Finding = "no lever" // looked for one of the kind, and there is none
	Waived  Finding = "waived"   // not looked, with a reason
)

// Effect is what somebody found on a day about a lever and a programme.
type Effect struct {
	ID            string
	ProgrammeID   string
	ProgrammeCode string // as listed, like the names; not stored with the effect
	ProgrammeName string
	Kind          Kind   // the lever's of today, where there is one
	LeverID       string // empty for NoLever and Waived
	LeverName     string
	LeverVersion  int64 // of the lever that was looked at
	Finding       Finding
	Reason        string
	AsAt          string // ISO date
	MadeAt        time.Time
	MadeBy        string
}

// Assessment is what somebody writes down about a lever of a kind, or about
// the kind where Lever is empty. Version is that of the lever they read.
type Assessment struct {
	Kind    Kind
	Lever   string
	Version int64
	Finding Finding
	Reason  string
	AsAt    string
}

// faults lists what is wrong with an assessment, by field of the form.
func (a Assessment) faults(today string) (wrong fault.Fields) {
	offered := []Finding{Helps, Hinders, None, Unknown}
	if a.Lever == "" {
		offered = []Finding{NoLever, Waived}
	}
	chosen(&wrong, "finding", "Choose what you found.", a.Finding, offered)
	freetext.Required(&wrong, "reason", "Say why, so that others can follow it.", a.Reason, longestText)
	checkDay(&wrong, "as-at", "Enter the day on which you looked, such as 1 4 2027.", a.AsAt)
	if isDay(a.AsAt) && a.AsAt > today {
		wrong.Add("as-at", "Enter a day that is not after today.")
	}
	return wrong
}

func (a Assessment) effect(programmeID string, at time.Time, by string) Effect {
	return Effect{
		ProgrammeID: programmeID, Kind: a.Kind, LeverID: a.Lever, LeverVersion: a.Version, Finding: a.Finding,
		Reason: strings.TrimSpace(a.Reason), AsAt: a.AsAt, MadeAt: at, MadeBy: by,
	}
}

// latest answers the last finding about each lever and, without one, about
// each kind, in the order of the list, which is by time.
func latest(effects []Effect) (last []Effect) {
	type subject struct{ programme, lever, kind string }
	at := map[subject]int{}
	for _, e := range effects {
		about := subject{e.ProgrammeID, e.LeverID, ""}
		if e.LeverID == "" {
			about.kind = string(e.Kind)
		}
		i, seen := at[about]
		if !seen {
			i, at[about] = len(last), len(last)
			last = append(last, e)
		}
		last[i] = e
	}
	return last
}
