package adoption

import (
	"slices"

	"sir/spc"
)

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

// ofMeasure answers those targets that are of a value of a measure, with the
// steps and the points of the path apart. The adoption rate has no code.
func ofMeasure(all []Target, code string, basis Basis) (steps, path []Target) {
	for _, t := range all {
		switch {
		case t.Measure != code || t.Basis != basis:
		case t.OnPath:
			path = append(path, t)
		default:
			steps = append(steps, t)
		}
	}
	return steps, path
}

// goals are the targets and the path that hold for a series.
type goals struct {
	steps, path []Target // by date
	own         bool     // the steps, or without any the path, are the unit's own
}

// goalsOf answers what holds for a series when it is read on a basis. A unit
// without goals of its own is held to the national ones, but not to a total,
// which is the whole programme's.
func goalsOf(all []Target, s Series, basis Basis) goals {
	code := s.Measure.Code
	if s.Measure.Purpose == ForAdoption {
		code = ""
	}
	steps, path := ofMeasure(all, code, basis)
	var g goals
	var ownSteps, ownPath bool
	g.steps, ownSteps = ownOrNational(steps, s.Unit.ID)
	g.path, ownPath = ownOrNational(path, s.Unit.ID)
	if basis == TotalBasis && !ownSteps {
		g.steps = targetsFor(steps, s.Unit.ID)
	}
	if basis == TotalBasis && !ownPath {
		g.path = targetsFor(path, s.Unit.ID)
	}
	g.own = s.Unit.ID != "" && (ownSteps || ownPath && len(g.steps) == 0)
	return g
}

// targetBasis is what the targets that matter to a reading are of. A change
// from period to period has none of its own, and shows those of the measure
// in words alone.
func (s Signal) targetBasis() Basis {
	if s.Reading == FlowBasis {
		return s.Basis()
	}
	return s.Reading
}

// Attained is the value of a point that its target is compared with, in
// percent for a rate or a proportion; known is false where nobody reported.
func (s Signal) Attained(p SeriesPoint) (value float64, known bool) {
	if p.Reported == 0 && !p.Rate.Published {
		return 0, false
	}
	switch s.targetBasis() {
	case RateBasis:
		return p.Rate.Percent(), p.Rate.Known
	case ShareBasis:
		if p.WholeReported == 0 || p.Whole == 0 || p.Total > p.Whole {
			return 0, false
		}
		return 100 * float64(p.Total) / float64(p.Whole), true
	case EachBasis:
		return float64(p.Total) / float64(p.Reported), true
	}
	return float64(p.Total), true
}

// steps are the target in force at the end of each period, where it changes,
// and where the path puts the measure then, by the dates of the series.
func (s Signal) steps() (targets, path []spc.Step) {
	last := ""
	for _, p := range s.Points {
		date := spc.DateOf(p.Period.Start())
		if t, ok := InForce(s.Targets, p.Period); ok && t.ID != last {
			last = t.ID
			targets = append(targets, spc.Step{From: date, Value: s.scaled(spc.Defined(t.Value))})
		}
		if value, ok := PathAt(s.Path, p.Period); ok {
			path = append(path, spc.Step{From: date, Value: s.scaled(spc.Defined(value))})
		}
	}
	return targets, path
}
