package adoption

import (
	"fmt"
	"strconv"
	"time"

	"sir/internal/period"
)

// Target is a value of a measure to be reached: from a date on, or, on the
// path, on that date. An inclusive target is reached by a value equal to it,
// any other only by one beyond it.
type Target struct {
	ID        string
	UnitID    string    // whose target it is; empty for the national target
	Measure   string    // code; empty for the adoption rate, computed or published
	Name      string    // of the measure; empty for the adoption rate
	Direction Direction // of the measure: where it should go down, a target is reached from above
	Basis     Basis     // what the value is of; empty is RateBasis
	OnPath    bool      // a point of the trajectory: where the measure should be on StartsOn
	StartsOn  string    // ISO date
	Value     float64   // of a rate or a proportion in percent
	Inclusive bool
	AgreedBy  string
	AgreedOn  string // ISO date; empty when not known
	Source    string

	measureID string // empty for the adoption rate
}

// Sign is how a value stands to the target when it reaches it: ">=" or ">", and
// "<=" or "<" where the measure should go down.
func (t Target) Sign() string {
	sign := ">"
	if t.Direction == Decrease {
		sign = "<"
	}
	if t.Inclusive {
		sign += "="
	}
	return sign
}

// InPercent tells whether the value is a percentage.
func (t Target) InPercent() bool { return t.Basis != TotalBasis && t.Basis != EachBasis }

// Figure is the value with its unit, such as "50%" or "1200".
func (t Target) Figure() string {
	text := strconv.FormatFloat(t.Value, 'f', -1, 64)
	if t.InPercent() {
		text += "%"
	}
	return text
}

// Said is the target as a sentence says it: "50% or more", "less than 20".
func (t Target) Said() string {
	switch t.Sign() {
	case ">=":
		return t.Figure() + " or more"
	case "<=":
		return t.Figure() + " or less"
	case "<":
		return "less than " + t.Figure()
	}
	return "more than " + t.Figure()
}

// Meets tells whether a value is at the target or beyond it.
func (t Target) Meets(value float64) bool {
	switch {
	case value == t.Value:
		return t.Inclusive
	case t.Direction == Decrease:
		return value < t.Value
	}
	return value > t.Value
}

// ReachedBy tells whether a known rate is at the target or beyond it.
func (t Target) ReachedBy(r Rate) bool { return r.Known && t.Meets(r.percent) }

// MayBeReachedBy tells whether a rate that does not reach the target could, had
// the sites that did not report adopted: without them it cannot be told.
func (t Target) MayBeReachedBy(r Rate) bool {
	if !r.Known || r.Published || t.ReachedBy(r) {
		return false
	}
	silent := r.Eligible - r.Reported
	return t.ReachedBy(Computed(r.Adopted+silent, r.Eligible, r.Eligible))
}

// InForce answers the last of the targets, ordered by date, that had started
// by the end of the period.
func InForce(targets []Target, p period.Period) (found Target, ok bool) {
	end := p.End().Format(time.DateOnly)
	for _, target := range targets {
		if target.StartsOn <= end {
			found, ok = target, true
		}
	}
	return found, ok
}

// PathAt answers where the points of a trajectory, ordered by date, put the
// measure on the last day of a period: straight between two points, and nowhere
// before the first and after the last.
func PathAt(path []Target, p period.Period) (value float64, ok bool) {
	end := p.End()
	for i, to := range path {
		day, err := time.Parse(time.DateOnly, to.StartsOn)
		switch {
		case err != nil:
			return 0, false
		case day.Equal(end):
			return to.Value, true
		case day.Before(end):
			continue
		case i == 0:
			return 0, false
		}
		from := path[i-1]
		began, err := time.Parse(time.DateOnly, from.StartsOn)
		if err != nil {
			return 0, false
		}
		share := end.Sub(began).Hours() / day.Sub(began).Hours()
		return from.Value + share*(to.Value-from.Value), true
	}
	return 0, false
}

// subject is what the target is of, in words for the audit trail.
func (t Target) subject() string {
	if t.Measure == "" {
		return "adoption rate"
	}
	return fmt.Sprintf("%s (%s)", t.Measure, t.Basis)
}

// targetKind and pathKind are what a target can be, in files and answers.
const (
	targetKind = "target"
	pathKind   = "trajectory"
)

// Kind is "target" or, on the path, "trajectory".
func (t Target) Kind() string {
	if t.OnPath {
		return pathKind
	}
	return targetKind
}
