package adoption

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
)

// LevelSpread is how many sites of a place were at each level, by period.
type LevelSpread struct {
	Series
	Levels  []int // ascending
	Periods []LevelCounts
	LeftOut int // earlier periods, which would take too many values to count
}

// LevelCounts is one period.
type LevelCounts struct {
	Period      period.Period
	Counts      []int // one a level
	NotReported int
}

// mostCounted bounds how many values are counted for one spread of levels, so
// that a page of the whole programme takes no longer than another.
const mostCounted = 24_000

// Levels answers how many sites of a unit, or of the whole programme where its
// code is empty, were at each level of a measure. Only the latest periods are
// counted where there are many sites.
func (s *Service) Levels(ctx context.Context, actor policy.Actor, programme, unit, measure string) (LevelSpread, error) {
	pl, err := s.openPlace(ctx, actor, programme, unit)
	if err != nil {
		return LevelSpread{}, err
	}
	m, err := pl.measure(measure)
	if err != nil {
		return LevelSpread{}, err
	}
	if m.Kind != LevelMeasure || pl.published {
		return LevelSpread{}, fault.NotFound("%s has no levels.", m.Name)
	}
	all, err := s.seriesAt(ctx, pl, []Measure{m}, []network.Unit{pl.unit})
	if err != nil {
		return LevelSpread{}, err
	}
	spread := LevelSpread{Series: all[0], Levels: slices.Sorted(maps.Keys(m.Levels))}
	counts, err := countLevels(ctx, s.desk.DB, m, pl.unit.Key, spread.window())
	spread.fill(counts)
	return spread, err
}

// window is the latest periods that may be counted, and notes those that may
// not.
func (l *LevelSpread) window() []period.Period {
	var periods []period.Period
	values := 0
	for i, p := range slices.Backward(l.Points) {
		if values += p.Expected; values > mostCounted && len(periods) > 0 {
			l.LeftOut = i + 1
			break
		}
		periods = append(periods, p.Period)
	}
	slices.Reverse(periods)
	return periods
}

// levelCount is how many sites were at a level in a period.
type levelCount struct {
	period   period.Period
	level, n int
}

// countLevels counts the values of the eligible sites of a unit; key 0 is the
// whole programme. A unit's sites are found by what they belonged to, so that
// nobody else's are read.
func countLevels(ctx context.Context, d *db.DB, m Measure, unitKey int64, periods []period.Period) ([]levelCount, error) {
	keys := &db.Ints{}
	for _, p := range periods {
		keys.Add(int64(p.Key()))
	}
	// CROSS JOIN keeps SQLite to this order: by period, and then to the sites.
	sites := `CROSS JOIN eligible_site e WHERE e.collection_key = $2 AND e.period = t.period AND CAST($4 AS BIGINT) = 0`
	if unitKey != wholeProgramme {
		sites = `CROSS JOIN placement_unit pu CROSS JOIN placement pl CROSS JOIN eligible_site e
			WHERE pu.unit_key = $4 AND pl.key = pu.placement_key AND e.collection_key = $2 AND e.period = t.period
				AND e.site_key = pl.site_key AND e.placement_key = pl.key`
	}
	list, err := db.List(ctx, d, func(row db.Scanner) (levelCount, error) {
		var c levelCount
		err := row.Scan(periodKey{&c.period}, &c.level, &c.n)
		return c, err
	}, `SELECT o.period, o.value, count(*) FROM (SELECT t.period, e.site_key FROM `+d.IntsAt(1, "period")+` t `+sites+`) listed
		CROSS JOIN observation o WHERE o.measure_key = $3 AND o.period = listed.period AND o.site_key = listed.site_key
		GROUP BY o.period, o.value`, keys.Param(), m.CollectionKey, m.Key, unitKey)
	return list, wrap("count levels", err)
}

// fill lays the counts out by period and level.
func (l *LevelSpread) fill(counts []levelCount) {
	for _, p := range l.Points[min(l.LeftOut, len(l.Points)):] {
		one := LevelCounts{Period: p.Period, Counts: make([]int, len(l.Levels)), NotReported: p.Expected - p.Reported}
		for _, c := range counts {
			if at := slices.Index(l.Levels, c.level); c.period == p.Period && at >= 0 {
				one.Counts[at] = c.n
			}
		}
		l.Periods = append(l.Periods, one)
	}
}

// LevelName is a level with its number: "2: Trying it in one team".
func (m Measure) LevelName(level int) string { return fmt.Sprintf("%d: %s", level, m.Levels[level]) }
