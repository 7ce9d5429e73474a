package improvement

import (
	"time"

	"sir/internal/policy"
)

// Cycle is one small test of a change. Names are as listed, not stored with it.
type Cycle struct {
	ID          string
	ProgrammeID string
	UnitID      string // of the member
	UnitCode    string
	UnitName    string
	SiteID      string // empty where it is not of one site
	SiteCode    string
	SiteName    string
	DriverID    string // of the idea; empty where it tries none of a diagram
	Idea        string
	MeasureID   string
	MeasureName string
	Title       string
	StartsOn    string // ISO dates; the end is the last day of the test
	EndsOn      string
	Plan        string
	Prediction  string
	Done        string
	Studied     string
	Decision    Decision
	DecidedWhy  string
	MadeBy      string // a role
	Version     int64
}

// Decision is the end of a cycle.
type Decision string

// The decisions.
const (
	Adopt   Decision = "adopt"
	Adapt   Decision = "adapt"
	Abandon Decision = "abandon"
)

// State is how far a cycle has come.
type State string

// The states, in the order in which they call for somebody.
const (
	ToStudy   State = "to be studied"
	ToDecide  State = "to be decided"
	Running   State = "running"
	Planned   State = "planned"
	Adopted   State = "adopted"
	Adapted   State = "adapted"
	Abandoned State = "abandoned"
)

// States lists the states in their order.
var States = []State{ToStudy, ToDecide, Running, Planned, Adopted, Adapted, Abandoned}

// Begun tells whether the test has begun by a day: its date has come, and it
// has a prediction.
func (c Cycle) Begun(today string) bool { return c.Prediction != "" && c.StartsOn <= today }

// State is how far the cycle has come by a day.
func (c Cycle) State(today string) State {
	switch {
	case c.Decision == Adopt:
		return Adopted
	case c.Decision == Adapt:
		return Adapted
	case c.Decision == Abandon:
		return Abandoned
	case c.Studied != "":
		return ToDecide
	case c.Done != "":
		return ToStudy
	case c.Begun(today):
		return Running
	}
	return Planned
}

// studyDays is how long after the end of a test its study is due. What was
// seen is forgotten soon.
const studyDays = 14

// StudyDue is the ISO date by which what was seen should be compared with the
// prediction.
func (c Cycle) StudyDue() string {
	end, err := time.Parse(time.DateOnly, c.EndsOn)
	if err != nil {
		return ""
	}
	return end.AddDate(0, 0, studyDays).Format(time.DateOnly)
}

// StudyOverdue tells whether a test that took place still waits for its study.
func (c Cycle) StudyOverdue(today string) bool {
	due := c.StudyDue()
	return c.Begun(today) && c.Studied == "" && c.Decision == "" && due != "" && due < today
}

// NeedsPrediction tells whether the start has come without a prediction.
func (c Cycle) NeedsPrediction(today string) bool { return c.Prediction == "" && c.StartsOn <= today }

// Object is the cycle as policy sees it.
func (c Cycle) Object() policy.Object {
	return policy.Object{Programme: c.ProgrammeID, Member: c.UnitID, Site: c.SiteID}
}

// visible keeps the cycles that the actor may see.
func visible(actor policy.Actor, cycles []Cycle) (seen []Cycle) {
	for _, c := range cycles {
		if policy.Allow(actor, policy.ViewImprovement, c.Object()) == nil {
			seen = append(seen, c)
		}
	}
	return seen
}
