package adoption

import (
	"context"
	"maps"
	"slices"

	"sir/internal/db"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// Milestones is when each site of a place came to each step of the process.
type Milestones struct {
	Programme rollout.Programme
	Unit      network.Unit // the zero Unit: the whole programme
	Steps     []Milestone
	Last      period.Period // the last in which anything was reported; zero where nothing was
	Total     int           // sites in all
	Sites     []SiteMilestones
}

// Milestone is one step: a level, above the lowest, of a process measure.
type Milestone struct {
	Measure Measure
	Level   int
	Sites   int // of the place that were there, or further, in the last period
	Of      int // those expected then
}

// SiteMilestones is one site's way.
type SiteMilestones struct {
	Key        int64
	Code, Name string
	Steps      []StepReached // one a step
}

// StepReached is when a site first reported a step or a later one.
type StepReached struct {
	Period period.Period // zero where it did not
	Lost   bool          // its last return says an earlier step
}

// MilestonePage is how many sites stand on one page of milestones.
const MilestonePage = 50

// Milestones answers when the sites of a unit, or of the whole programme where
// its code is empty, came to each step. Sites are by name; page is counted from
// 1, and 0 is all of them.
func (s *Service) Milestones(ctx context.Context, actor policy.Actor, programme, unit string, page int) (Milestones, error) {
	pl, err := s.openPlace(ctx, actor, programme, unit)
	if err != nil {
		return Milestones{}, err
	}
	if err := s.desk.Read(ctx, actor, policy.ViewSiteLevels, unitObject(pl.programme, pl.unit)); err != nil {
		return Milestones{}, err
	}
	found := Milestones{Programme: pl.programme, Unit: pl.unit, Steps: stepsOf(pl.measures)}
	if len(found.Steps) == 0 || pl.published {
		return found, nil
	}
	measures := found.measures()
	all, err := s.seriesAt(ctx, pl, measures, []network.Unit{pl.unit})
	if err != nil {
		return found, err
	}
	sites, err := everEligible(ctx, s.desk.DB, all[0])
	if err != nil {
		return found, err
	}
	found.Total, found.Sites = len(sites), sites
	if page > 0 {
		from := min((page-1)*MilestonePage, len(sites))
		found.Sites = sites[from:min(from+MilestonePage, len(sites))]
	}
	if err := found.countSteps(ctx, s.desk.DB, all); err != nil {
		return found, err
	}
	return found, found.read(ctx, s.desk.DB, all)
}

// countSteps counts the sites that were at each step, or further, in the last
// period of its measure.
func (m *Milestones) countSteps(ctx context.Context, d *db.DB, all []Series) error {
	for _, series := range all {
		last := series.Last()
		if last < 0 {
			continue
		}
		point := series.Points[last]
		if m.Last.IsZero() || point.Period.End().After(m.Last.End()) {
			m.Last = point.Period
		}
		counts, err := countLevels(ctx, d, series.Measure, series.Unit.Key, []period.Period{point.Period})
		if err != nil {
			return err
		}
		for i := range m.Steps {
			step := &m.Steps[i]
			for _, c := range counts {
				if step.Measure.Key == series.Measure.Key && c.level >= step.Level {
					step.Sites, step.Of = step.Sites+c.n, point.Expected
				}
			}
		}
	}
	return nil
}

// stepsOf lists the steps of the process measures with levels, in order.
func stepsOf(measures []Measure) (steps []Milestone) {
	for _, m := range measures {
		if m.Purpose != ForProcess || m.Kind != LevelMeasure {
			continue
		}
		levels := slices.Sorted(maps.Keys(m.Levels))
		for _, level := range levels[min(1, len(levels)):] {
			steps = append(steps, Milestone{Measure: m, Level: level})
		}
	}
	return steps
}

// measures are those of the steps, each once.
func (m Milestones) measures() (measures []Measure) {
	for _, step := range m.Steps {
		if !slices.ContainsFunc(measures, func(o Measure) bool { return o.Key == step.Measure.Key }) {
			measures = append(measures, step.Measure)
		}
	}
	return measures
}

// everEligible answers the sites that were on a list of a series, by name.
func everEligible(ctx context.Context, d *db.DB, series Series) ([]SiteMilestones, error) {
	periods := &db.Ints{}
	for _, p := range series.Points {
		periods.Add(int64(p.Period.Key()))
	}
	list, err := db.List(ctx, d, func(row db.Scanner) (SiteMilestones, error) {
		var site SiteMilestones
		err := row.Scan(&site.Key, &site.Code, &site.Name)
		return site, err
	}, `SELECT DISTINCT s.key, s.code, s.name FROM placement pl JOIN site s ON s.key = pl.site_key
		WHERE (CAST($2 AS BIGINT) = 0 OR pl.key IN (SELECT placement_key FROM placement_unit WHERE unit_key = $2)) AND EXISTS (SELECT 1 FROM `+d.IntsAt(3, "period")+` t CROSS JOIN eligible_site e
			WHERE e.collection_key = $1 AND e.period = t.period AND e.site_key = pl.site_key AND e.placement_key = pl.key)
		ORDER BY s.name, s.code`, series.Measure.CollectionKey, series.Unit.Key, periods.Param())
	return list, wrap("list sites", err)
}

// read reads the levels of the sites shown, oldest first.
func (m *Milestones) read(ctx context.Context, d *db.DB, all []Series) error {
	sites, slots, rows := &db.Ints{}, &db.Ints{}, map[int64]*SiteMilestones{}
	for i := range m.Sites {
		site := &m.Sites[i]
		site.Steps = make([]StepReached, len(m.Steps))
		rows[site.Key] = site
		sites.Add(site.Key)
	}
	for _, series := range all {
		for _, p := range series.Points {
			slots.Add(series.Measure.Key, int64(p.Period.Key()))
		}
	}
	err := d.Each(ctx, func(row db.Scanner) error {
		var measure, site int64
		var p period.Period
		var level int
		err := row.Scan(&measure, periodKey{&p}, &site, &level)
		if err == nil {
			rows[site].reach(m.Steps, measure, p, level)
		}
		return err
	}, `SELECT o.measure_key, o.period, o.site_key, o.value FROM `+d.IntsAt(1, "measure", "period")+` t
		CROSS JOIN observation o WHERE o.measure_key = t.measure AND o.period = t.period AND o.site_key IN `+d.IntsAt(2, "site")+`
		ORDER BY o.measure_key, o.period`, slots.Param(), sites.Param())
	return wrap("read milestones", err)
}

// reach notes what a return says; returns come in the order of their periods.
func (s *SiteMilestones) reach(steps []Milestone, measure int64, p period.Period, level int) {
	for i, step := range steps {
		if step.Measure.Key != measure {
			continue
		}
		if level >= step.Level && s.Steps[i].Period.IsZero() {
			s.Steps[i].Period = p
		}
		s.Steps[i].Lost = !s.Steps[i].Period.IsZero() && level < step.Level
	}
}
