package madeup

import (
	"time"

	"sir/internal/period"
)

// Programme is everything that Generate invents.
type Programme struct {
	Seed       uint64
	Code       string
	Name       string
	Innovation Innovation
	Levels     []Level // ascending
	Periods    []period.Period
	DueDays    int // a return is due this many days after its period ends

	Networks      []Network // by name
	Sites         []Site    // by code
	Memberships   []Membership
	Areas         []Area     // organisations, commissioners, regions, each kind by code
	AreaBonds     []AreaBond // beside the memberships: a second hierarchy
	Eligibilities []Eligibility
	Rollouts      []Rollout // one a network
	Champions     []Champion
	Targets       []Target
	Returns       []Return // as first sent, by site and period
	Missing       []MissingReturn
	Restatements  []Restatement // by the day they were made

	Steps          []Level         // of the way to going live, ascending
	Months         []period.Period // of the same years as Periods
	MonthlyDueDays int
	Monthly        []MonthlyReturn // by site and month
	Remarks        []Remark
}

// Innovation is what is rolled out.
type Innovation struct {
	Code, Name, Supplier       string
	Summary                    string
	Kind, Setting, Status      string
	PathwayChange, PathwayNote string
	Fit                        string // with how people work already
	ServiceID                  string // in the NHS Innovation Service
}

// Level is one step of the programme's scale of adoption.
type Level struct {
	Number  int
	Label   string
	Adopted bool // whether a site at this level counts as having adopted
}

// Network is a member that runs a rollout in its patch.
type Network struct{ Code, Name string }

// Words of Site.SizeBand.
const (
	Small  = "small"
	Medium = "medium"
	Large  = "large"
)

// Words of Site.Setting.
const (
	AcuteHospital     = "acute hospital"
	CommunityHospital = "community hospital"
	MentalHealth      = "mental health hospital"
)

// Words of Site.Readiness.
const (
	LowReadiness    = "low"
	MediumReadiness = "medium"
	HighReadiness   = "high"
)

// Words of Rollout.State.
const (
	Active     = "active"
	Paused     = "paused"
	Stopped    = "stopped"
	HandedOver = "handed over"
)

// Words of Restatement.Field.
const (
	FieldLevel     = "level"
	FieldReferrals = "referrals"
	FieldCompleted = "completed"
)

// Words of Remark.Field, of monthly figures.
const (
	FieldQueries  = "queries"
	FieldAnswered = "answered"
	FieldStep     = "step"
)

// Site is where the innovation is to be used.
type Site struct {
	Code, Name       string
	Setting          string
	SizeBand         string
	DeprivationFifth int    // of the area it serves: 1 most deprived, 5 least
	Readiness        string // as judged before the rollout
	Opened, Closed   time.Time
	Successor        string // code of the site it merged into
	ClosingReason    string
}

// Membership puts a site in a network's patch for a time.
type Membership struct {
	Site, Network string
	From, To      time.Time
}

// Eligibility says in which periods a site counts in the denominator.
type Eligibility struct {
	Site        string
	First, Last period.Period // Last is zero while it goes on
	StartReason string        // why it began after the programme did
	EndReason   string        // why it ended
}

// Rollout is the programme in one network.
type Rollout struct {
	Network                   string
	PlannedStart, ActualStart time.Time
	StartReason               string // why it began early or late; empty when it began as planned
	State                     string
	StateSince                time.Time
	StateReason               string
	Lesson                    string // of a stopped rollout
}

// Champion is somebody at a site who carries the innovation, known here by role only.
type Champion struct {
	Site, Role    string
	Deputy        bool
	From, To      time.Time
	LeavingReason string
}

// Target is the least share of eligible sites, in per cent, that is to have adopted, from a period until the next step.
type Target struct {
	Network  string // empty for the national target
	From     period.Period
	Percent  int
	AgreedBy string
}

// Return is what a site reported for a period.
type Return struct {
	Site                        string
	Period                      period.Period
	SentBy                      string // the site's code, or that of its successor when it had closed by then
	Due, Sent                   time.Time
	Level, Referrals, Completed int
}

// Late reports whether the return was sent after the day it was due.
func (r Return) Late() bool { return r.Sent.After(r.Due) }

// MissingReturn is an expected return that never came. It has no values: a blank is not a zero.
type MissingReturn struct {
	Site   string
	Period period.Period
	Due    time.Time
	Reason string
}

// Restatement corrects one value of a return and keeps the old one.
type Restatement struct {
	Site     string
	Period   period.Period
	Field    string // FieldLevel, FieldReferrals or FieldCompleted
	Old, New int
	Reason   string
	Role     string // of who made it
	On       time.Time
}

// Restated returns the returns with every restatement applied, in the same order.
func (p Programme) Restated() []Return {
	type key struct {
		site   string
		period period.Period
	}
	out, at := make([]Return, len(p.Returns)), make(map[key]int, len(p.Returns))
	for i, r := range p.Returns {
		out[i], at[key{r.Site, r.Period}] = r, i
	}
	for _, change := range p.Restatements {
		*out[at[key{change.Site, change.Period}]].field(change.Field) = change.New
	}
	return out
}

// field points to a value by its name.
func (r *Return) field(name string) *int {
	switch name {
	case FieldReferrals:
		return &r.Referrals
	case FieldCompleted:
		return &r.Completed
	default:
		return &r.Level
	}
}
