package adoption

import (
	"context"

	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/rollout"
	"sir/internal/setting"
)

// SignalList is what every measure of a place says.
type SignalList struct {
	Programme rollout.Programme
	Unit      network.Unit // the zero Unit: the whole programme
	Published bool
	Signals   []Signal // in the order in which the measures were made
	SitesOpen bool     // whether the reader may see its sites
}

// Signals answers what every measure says at a unit, or in the whole programme
// where the unit's code is empty.
func (s *Service) Signals(ctx context.Context, actor policy.Actor, programme, unit string) (SignalList, error) {
	pl, err := s.openPlace(ctx, actor, programme, unit)
	if err != nil {
		return SignalList{}, err
	}
	list := SignalList{Programme: pl.programme, Unit: pl.unit, Published: pl.published, SitesOpen: pl.sitesOpen(actor)}
	list.Signals, err = s.judgeAll(ctx, pl, pl.measures, []network.Unit{pl.unit}, SignalChoice{})
	return list, err
}

// sitesOpen tells whether the actor may see the sites of the place.
func (pl place) sitesOpen(actor policy.Actor) bool {
	return !pl.published && policy.Allow(actor, policy.ViewSiteLevels, unitObject(pl.programme, pl.unit)) == nil
}

// judgeAll judges the measures at each of the units, measure by measure.
func (s *Service) judgeAll(ctx context.Context, pl place, measures []Measure, units []network.Unit, choice SignalChoice) ([]Signal, error) {
	all, err := s.seriesAt(ctx, pl, measures, units)
	if err != nil {
		return nil, err
	}
	targets, err := targetsOf(ctx, s.desk.DB, pl.programme.ID)
	if err != nil {
		return nil, err
	}
	marks, err := marksOf(ctx, s.desk.DB, pl.programme.ID, units)
	if err != nil {
		return nil, err
	}
	rules, _, err := setting.ChartRulesOf(ctx, s.desk.DB)
	if err != nil {
		return nil, err
	}
	signals := make([]Signal, len(all))
	for i, series := range all {
		own := marks[markPlace{series.Measure.ID, series.Unit.Key}]
		if signals[i], err = judge(series, targets, own, rules, choice); err != nil {
			return nil, err
		}
	}
	return signals, nil
}

// SignalView is one measure at a place, with what its reader may do there.
type SignalView struct {
	Signal
	MayMark     bool
	MembersOpen bool // whether the reader may compare members
	SitesOpen   bool // whether the reader may see the place's sites
}

// Signal answers what one measure says at a unit, or in the whole programme
// where the unit's code is empty, read as chosen. A choice that cannot be is an
// ErrInvalid that names its fields.
func (s *Service) Signal(ctx context.Context, actor policy.Actor, programme, unit, measure string, choice SignalChoice) (SignalView, error) {
	pl, err := s.openPlace(ctx, actor, programme, unit)
	if err != nil {
		return SignalView{}, err
	}
	m, err := pl.measure(measure)
	if err != nil {
		return SignalView{}, err
	}
	if err := choice.Faults().Err(); err != nil {
		return SignalView{}, err
	}
	signals, err := s.judgeAll(ctx, pl, []Measure{m}, []network.Unit{pl.unit}, choice)
	if err != nil {
		return SignalView{}, err
	}
	return SignalView{
		Signal:      signals[0],
		MayMark:     !pl.published && policy.Allow(actor, policy.WorkOnImprovement, unitObject(pl.programme, pl.unit)) == nil,
		MembersOpen: policy.Can(actor, pl.memberAction),
		SitesOpen:   pl.sitesOpen(actor),
	}, nil
}

// Comparison is one measure of each member that the reader may see, by name.
type Comparison struct {
	Programme rollout.Programme
	Measure   Measure
	Published bool
	Signals   []Signal
}

// CompareMembers answers what one measure says of each member. Members are
// alphabetical, not ranked: each has limits of its own.
func (s *Service) CompareMembers(ctx context.Context, actor policy.Actor, programme, measure string, choice SignalChoice) (Comparison, error) {
	pl, err := s.openPlace(ctx, actor, programme, "")
	if err != nil {
		return Comparison{}, err
	}
	m, err := pl.measure(measure)
	if err != nil {
		return Comparison{}, err
	}
	if err := choice.Faults().Err(); err != nil {
		return Comparison{}, err
	}
	units, err := s.openMembers(ctx, actor, pl)
	if err != nil {
		return Comparison{}, err
	}
	comparison := Comparison{Programme: pl.programme, Measure: m, Published: pl.published}
	signals, err := s.judgeAll(ctx, pl, []Measure{m}, units, choice)
	for _, signal := range signals {
		if len(signal.Points) > 0 { // it counts, or counted, in this programme
			comparison.Signals = append(comparison.Signals, signal)
		}
	}
	return comparison, err
}

// openMembers answers the members that the actor may see, by name; nobody is
// let in who may see none.
func (s *Service) openMembers(ctx context.Context, actor policy.Actor, pl place) ([]network.Unit, error) {
	if !policy.Can(actor, pl.memberAction) {
		return nil, s.desk.Read(ctx, actor, pl.memberAction, pl.programme.Object())
	}
	members, err := network.ListMembers(ctx, s.desk.DB)
	if err != nil {
		return nil, err
	}
	var units []network.Unit
	for _, m := range members {
		unit := network.Unit{ID: m.ID, Key: m.Key, Kind: network.MemberUnit, Code: m.Code, Name: m.Name, ShortName: m.ShortName}
		if policy.Allow(actor, pl.memberAction, unitObject(pl.programme, unit)) == nil {
			units = append(units, unit)
		}
	}
	return units, nil
}
