package adoption

import (
	"context"
	"slices"

	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// ChangesView explains how the rate of a unit, or of the whole programme, came
// from one period to another.
type ChangesView struct {
	Programme rollout.Programme
	Unit      *network.Unit // nil for the whole programme
	Periods   []period.Period
	Movement  Movement
	SitesOpen bool // whether the causes name sites
}

// Changes explains a rate's movement between two periods; the last one and the
// one before where they are zero. The unit's code is empty for the whole
// programme.
func (s *Service) Changes(ctx context.Context, actor policy.Actor, programmeCode, unitCode string, from, to period.Period) (ChangesView, error) {
	table, err := s.Rates(ctx, actor, programmeCode)
	if err != nil {
		return ChangesView{}, err
	}
	view := ChangesView{Programme: table.Programme, Periods: table.Periods}
	object, unitKey := table.Programme.Object(), wholeProgramme
	if unitCode == "" {
		err = s.desk.Read(ctx, actor, policy.ViewMemberRates, object)
	} else {
		var unit network.Unit
		unit, err = s.openUnit(ctx, actor, table, unitCode)
		view.Unit, unitKey, object = &unit, unit.Key, unitObject(table.Programme, unit)
	}
	if err != nil {
		return ChangesView{}, err
	}
	m, ok := adoptionMeasure(table.Measures)
	if !ok || table.Published || len(table.Periods) < 2 {
		return ChangesView{}, fault.NotFound("%s has no two periods with figures by site.", table.Programme.Name)
	}
	if from, to, err = pairOf(table, from, to); err != nil {
		return ChangesView{}, err
	}
	c, err := collectionOf(ctx, s.desk.DB, m)
	if err != nil {
		return ChangesView{}, err
	}
	if view.Movement, err = readMovement(ctx, s.desk.DB, c, m, unitKey, from, to); err != nil {
		return ChangesView{}, err
	}
	if view.SitesOpen = policy.Allow(actor, policy.ViewSiteLevels, object) == nil; !view.SitesOpen {
		view.Movement.hideSites()
	}
	return view, nil
}

// pairOf fills in what was not asked for, and refuses a pair that is none.
func pairOf(table Table, from, to period.Period) (period.Period, period.Period, error) {
	last := len(table.Periods) - 1
	if to.IsZero() {
		to = table.Periods[last]
	}
	if from.IsZero() {
		from = table.Periods[max(slices.Index(table.Periods, to)-1, 0)]
	}
	for _, p := range []period.Period{from, to} {
		if !slices.Contains(table.Periods, p) {
			return from, to, fault.Invalid("%s has no figures for %s.", table.Programme.Name, p.Label())
		}
	}
	if period.Compare(from, to) >= 0 {
		return from, to, fault.Invalid("Choose a period before %s to compare it with.", to.Label())
	}
	return from, to, nil
}
