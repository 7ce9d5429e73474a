package adoption

import (
	"slices"
	"time"

	"sir/internal/period"
)

// Target is a rate to be reached from a date on. Inclusive targets are reached
// by a rate equal to them (>=), others only above (>).
type Target struct {
	ID        string
	UnitID    string // whose target it is; empty for the national target
	StartsOn  string // ISO date
	Percent   int
	Inclusive bool
	AgreedBy  string
	AgreedOn  string // ISO date; empty when not known
	Source    string
}

// Sign is ">=" or ">".
func (t Target) Sign() string {
	if t.Inclusive {
		return ">="
	}
	return ">"
}

// ReachedBy tells whether a known rate is at or over the target.
func (t Target) ReachedBy(r Rate) bool {
	if !r.Known {
		return false
	}
	return r.percent > float64(t.Percent) || t.Inclusive && r.percent == float64(t.Percent)
}

// MayBeReachedBy tells whether a rate below the target could be at or over it,
// had the sites that did not report adopted: without them it cannot be told.
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

// ownOrNational answers a unit's own targets, or the national ones where it
// has none.
func ownOrNational(all []Target, unitID string) (targets []Target, own bool) {
	if targets = targetsFor(all, unitID); len(targets) > 0 {
		return targets, true
	}
	return targetsFor(all, ""), false
}

func targetsFor(all []Target, unitID string) []Target {
	return slices.DeleteFunc(slices.Clone(all), func(t Target) bool { return t.UnitID != unitID })
}
