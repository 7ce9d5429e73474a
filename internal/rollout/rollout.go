package rollout

import "sir/internal/policy"

// State is where a rollout stands.
type State string

// The states.
const (
	Scoping    State = "scoping"
	Planned    State = "planned"
	Active     State = "active"
	Paused     State = "paused"
	Stopped    State = "stopped"
	HandedOver State = "handed over"
	Closed     State = "closed"
)

// Rollout is what one member does for a programme. Dates are ISO text.
type Rollout struct {
	ID           string
	ProgrammeID  string
	MemberID     string
	MemberName   string // as listed; not stored with the rollout
	Aim          string
	ExitRule     string // when the network's support ends
	Budget       Budget
	State        State
	PlannedStart string
	ActualStart  string // empty while it has not started
	StartReason  string // why it started early or late
	StateSince   string
	Reason       string // why it is paused or stopped
	Lesson       string
	Sites        int // sites that were ever eligible; not stored with the rollout
	Version      int64
}

// Object is the rollout as policy sees it.
func (r Rollout) Object() policy.Object {
	return policy.Object{Programme: r.ProgrammeID, Member: r.MemberID}
}

// DaysLate is how many days after its planned start the rollout started:
// negative when early. ok is false while it has not started.
func (r Rollout) DaysLate() (days int, ok bool) {
	return daysBetween(r.PlannedStart, r.ActualStart)
}

// DaysOverdue is how many days ago a rollout should have started that has not:
// ok is false where it has started, ended or is not due.
func (r Rollout) DaysOverdue(today string) (days int, ok bool) {
	if r.ActualStart != "" || r.State != Scoping && r.State != Planned {
		return 0, false
	}
	days, ok = daysBetween(r.PlannedStart, today)
	return days, ok && days > 0
}

// Elapsed is how many days have passed by a day since the rollout's own start;
// ok is false while it has not started.
func (r Rollout) Elapsed(on string) (days int, ok bool) { return daysBetween(r.ActualStart, on) }

// Site says that a site was eligible for a rollout over a stretch of time.
type Site struct {
	RolloutID    string
	SiteID       string
	EligibleFrom string
	EligibleTo   string
	Reason       string // why it became eligible late, or ceased to be
	Readiness    string
}

// Champion is a role at a site that speaks for the innovation, held over a
// stretch of time. No names of people are kept.
type Champion struct {
	ProgrammeID   string
	SiteID        string
	Role          string
	Deputy        bool // stands in for the champion
	ServesFrom    string
	ServesTo      string
	LeavingReason string
}
