package adoption

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// PublishedMeasure is the code of the one measure of a programme whose figures
// are published ones.
const PublishedMeasure = "rate"

// place is a programme as a whole, or a unit in it, with what is measured
// there, which an actor may see.
type place struct {
	programme rollout.Programme
	unit      network.Unit // the zero Unit: the whole programme
	published bool
	measures  []Measure

	memberAction policy.Action // what a reader must be allowed to see a unit of the programme
}

// openPlace answers a place that the actor may see. An empty code is the whole
// programme. What is not there answers those who may see all of it alike.
func (s *Service) openPlace(ctx context.Context, actor policy.Actor, programmeCode, unitCode string) (place, error) {
	var pl place
	var missing error
	pl.programme, missing = rollout.ProgrammeByCode(ctx, s.desk.DB, programmeCode)
	if missing != nil && !errors.Is(missing, fault.ErrNotFound) {
		return pl, missing
	}
	var err error
	if pl.published, err = hasPublished(ctx, s.desk.DB, pl.programme.ID); err != nil {
		return pl, err
	}
	if missing == nil && unitCode != "" {
		pl.unit, err = network.UnitByCode(ctx, s.desk.DB, unitCode)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			missing = fault.NotFound("%s has no figures for %q.", pl.programme.Name, clipped(unitCode))
		case err != nil:
			return pl, err
		}
	}
	pl.memberAction = policy.ViewMemberRates
	if pl.published {
		pl.memberAction = policy.ViewPublishedRates
	}
	action := pl.memberAction
	if unitCode == "" && !pl.published {
		action = policy.ViewTotalRate
	}
	if err := s.desk.Read(ctx, actor, action, unitObject(pl.programme, pl.unit)); err != nil {
		return pl, err
	}
	if missing != nil {
		return pl, missing
	}
	if pl.measures, err = s.measuresAt(ctx, pl); err != nil {
		return pl, err
	}
	return pl, s.refuseEmpty(ctx, pl)
}

// measuresAt lists what is measured; published figures are one measure.
func (s *Service) measuresAt(ctx context.Context, pl place) ([]Measure, error) {
	if !pl.published {
		return measuresOf(ctx, s.desk.DB, pl.programme.ID)
	}
	return []Measure{{
		Code: PublishedMeasure, Name: "Adoption rate", Kind: LevelMeasure, Purpose: ForAdoption, Direction: Increase, ProgrammeID: pl.programme.ID,
	}}, nil
}

// refuseEmpty refuses a unit that never counted in the programme.
func (s *Service) refuseEmpty(ctx context.Context, pl place) error {
	if pl.unit.Key == 0 {
		return nil
	}
	var n int
	var err error
	if pl.published {
		n, err = publishedFor(ctx, s.desk.DB, pl.programme.ID, pl.unit.ID)
	} else {
		n, err = periodsCounted(ctx, s.desk.DB, pl.programme.ID, pl.unit.Key)
	}
	if err == nil && n == 0 {
		err = fault.NotFound("%s has no figures for %s.", pl.programme.Name, pl.unit.Name)
	}
	return err
}

// measure answers the measure with a code, or ErrNotFound.
func (pl place) measure(code string) (Measure, error) {
	i := slices.IndexFunc(pl.measures, func(m Measure) bool { return m.Code == code })
	if i < 0 {
		return Measure{}, fault.NotFound("%s has no measure called %q.", pl.programme.Name, clipped(code))
	}
	return pl.measures[i], nil
}

// Series answers one measure over time at a unit, or in the whole programme
// where the unit's code is empty.
func (s *Service) Series(ctx context.Context, actor policy.Actor, programme, unit, measure string) (Series, error) {
	pl, err := s.openPlace(ctx, actor, programme, unit)
	if err != nil {
		return Series{}, err
	}
	m, err := pl.measure(measure)
	if err != nil {
		return Series{}, err
	}
	all, err := s.seriesAt(ctx, pl, []Measure{m}, []network.Unit{pl.unit})
	if err != nil {
		return Series{}, err
	}
	return all[0], nil
}

// seriesAt answers the series of the measures at each of the units, measure by
// measure.
func (s *Service) seriesAt(ctx context.Context, pl place, measures []Measure, units []network.Unit) ([]Series, error) {
	if !pl.published {
		return readSeries(ctx, s.desk.DB, pl, measures, units)
	}
	figures, err := publishedFigures(ctx, s.desk.DB, pl.programme.ID)
	if err != nil {
		return nil, err
	}
	all := make([]Series, 0, len(units))
	for _, unit := range units {
		series := Series{Programme: pl.programme, Unit: unit, Measure: measures[0], Published: true, Source: figures.source}
		for _, figure := range figures.points {
			if figure.memberID == unit.ID {
				series.Points = append(series.Points, SeriesPoint{Period: figure.period, Rate: figure.rate})
			}
		}
		slices.SortFunc(series.Points, func(a, b SeriesPoint) int { return period.Compare(a.Period, b.Period) })
		all = append(all, series)
	}
	return all, nil
}
