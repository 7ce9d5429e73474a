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

// UnitView is the adoption of one unit, a member or an area, in a programme:
// its rates over time, what it is made of, and why the last rate differs from
// the one before.
type UnitView struct {
	Programme rollout.Programme
	Published bool
	Unit      network.Unit
	Periods   []period.Period
	Row       Row
	Targets   []Target // its own where it has some, else the national ones
	Path      []Target // points of its own trajectory where it has some, else of the national one
	OwnTarget bool
	Start     *OwnStart // of a member that has begun
	Measure   Measure
	Above     []network.Unit // those it belonged to in the last period
	Parts     []Row          // the units within it in the last period, by name
	PartKinds []network.UnitKind
	Returns   []ReturnCount // one a period
	Collected string        // code of the collection that asks for them
	Approvals []Approval    // of a member
	Movement  *Movement     // from the last period but one to the last; nil for fewer than two
	Restated  []Restated    // values of the last period that were changed after approval
	SitesOpen bool
	Sites     SiteTable
}

// Unit answers one unit's adoption in a programme, with a page of its sites
// (the first is 1). A member is open to those who may see it; an area, which
// may cross members, to those who may see all.
func (s *Service) Unit(ctx context.Context, actor policy.Actor, programmeCode, unitCode string, sitesPage int) (UnitView, error) {
	table, err := s.Rates(ctx, actor, programmeCode)
	if err != nil {
		return UnitView{}, err
	}
	view := UnitView{Programme: table.Programme, Published: table.Published, Periods: table.Periods}
	unit, err := s.openUnit(ctx, actor, table, unitCode)
	if err != nil {
		return UnitView{}, err
	}
	view.Unit = unit
	view.Targets, view.OwnTarget = ownOrNational(table.allTargets, unit.ID)
	view.Path, _ = ownOrNational(table.allPaths, unit.ID)
	view.Measure, _ = adoptionMeasure(table.Measures)
	if table.Published {
		i := slices.IndexFunc(table.Rows, func(r Row) bool { return r.MemberID == unit.ID })
		view.Row = table.Rows[i]
		return view, s.setStart(ctx, &view)
	}
	if err := s.fillUnit(ctx, &view); err != nil {
		return UnitView{}, err
	}
	if err := s.setStart(ctx, &view); err != nil {
		return UnitView{}, err
	}
	view.SitesOpen = policy.Allow(actor, policy.ViewSiteLevels, unitObject(table.Programme, unit)) == nil
	if !view.SitesOpen {
		view.hideSites()
		return view, nil
	}
	view.Sites, err = siteTable(ctx, s.desk.DB, unit.Key, view.Measure, table.Periods, sitesPage)
	return view, err
}

// hideSites takes out what a reader may not see who may not see sites: the
// counts stay.
func (v *UnitView) hideSites() {
	if v.Movement != nil {
		v.Movement.hideSites()
	}
	for i := range v.Restated {
		v.Restated[i] = Restated{Restatement: Restatement{Period: v.Restated[i].Period, AfterApproval: true, On: v.Restated[i].On}}
	}
}

// openUnit answers a unit that counts in the programme and that the actor may
// see. One that is not there answers those who may see all of them alike.
func (s *Service) openUnit(ctx context.Context, actor policy.Actor, table Table, code string) (network.Unit, error) {
	for _, row := range table.Rows { // those were asked for one by one
		if row.Code == code {
			return network.UnitByCode(ctx, s.desk.DB, code)
		}
	}
	unit, missing := network.UnitByCode(ctx, s.desk.DB, code)
	if err := s.desk.Read(ctx, actor, policy.ViewMemberRates, unitObject(table.Programme, unit)); err != nil {
		return unit, err
	}
	if missing == nil && !table.Published {
		n, err := periodsCounted(ctx, s.desk.DB, table.Programme.ID, unit.Key)
		if err != nil || n > 0 {
			return unit, err
		}
	}
	return unit, fault.NotFound("%s has no figures for %q.", table.Programme.Name, clipped(code))
}

// unitObject is a unit as policy sees it: a member is its own; any other may
// cross members, and belongs to the programme alone.
func unitObject(p rollout.Programme, unit network.Unit) policy.Object {
	object := p.Object()
	if unit.Kind == network.MemberUnit {
		object.Member = unit.ID
	}
	return object
}

func (s *Service) fillUnit(ctx context.Context, view *UnitView) (err error) {
	d, m := s.desk.DB, view.Measure
	if view.Row, view.Returns, err = unitRow(ctx, d, m, view.Unit, view.Periods); err != nil {
		return err
	}
	n := len(view.Periods)
	if n == 0 {
		return nil
	}
	if view.Above, err = network.UnitsAbove(ctx, d, view.Unit.ID, view.Periods[n-1].End()); err != nil {
		return err
	}
	within, err := network.UnitsWithin(ctx, d, view.Unit.ID, view.Periods[n-1].End())
	if err != nil {
		return err
	}
	for _, part := range within {
		row, _, err := unitRow(ctx, d, m, part, view.Periods)
		if err != nil {
			return err
		}
		view.Parts, view.PartKinds = append(view.Parts, row), append(view.PartKinds, part.Kind)
	}
	c, err := collectionOf(ctx, d, m)
	if err != nil {
		return err
	}
	view.Collected = c.Code
	if view.Unit.Kind == network.MemberUnit {
		if view.Approvals, err = approvalsOf(ctx, d, c, view.Unit.ID); err != nil {
			return err
		}
	}
	if view.Restated, err = restatedIn(ctx, d, m, view.Unit.Key, view.Periods[n-1]); err != nil || n < 2 {
		return err
	}
	move, err := readMovement(ctx, d, c, m, view.Unit.Key, view.Periods[n-2], view.Periods[n-1])
	view.Movement = &move
	return err
}
