package adoption

import (
	"context"
	"slices"

	"sir/internal/db"
	"sir/internal/network"
	"sir/internal/period"
)

// rollupKey is a measure, or a collection, at a unit.
type rollupKey struct{ key, unit int64 }

// readSeries answers the series of the measures at each of the units, measure
// by measure, from the rollups: two statements however many there are, in which
// CROSS JOIN keeps SQLite to looking up only what is asked for.
func readSeries(ctx context.Context, d *db.DB, pl place, measures []Measure, units []network.Unit) ([]Series, error) {
	wanted := withWholes(measures, pl.measures)
	lists, err := readExpected(ctx, d, wanted, units)
	if err != nil {
		return nil, err
	}
	counts, err := readCounts(ctx, d, wanted, units)
	if err != nil {
		return nil, err
	}
	all := make([]Series, 0, len(measures)*len(units))
	for _, m := range measures {
		for _, unit := range units {
			s := Series{Programme: pl.programme, Unit: unit, Measure: m, Whole: measureKeyed(pl.measures, m.PartOf)}
			s.expect(lists[rollupKey{m.CollectionKey, unit.Key}])
			s.fill(counts[rollupKey{m.Key, unit.Key}], counts[rollupKey{m.PartOf, unit.Key}])
			all = append(all, s)
		}
	}
	return all, nil
}

// withWholes adds to the measures those that one of them is a part of.
func withWholes(measures, all []Measure) []Measure {
	wanted := slices.Clone(measures)
	for _, m := range measures {
		whole := measureKeyed(all, m.PartOf)
		if whole.Key != 0 && !slices.ContainsFunc(wanted, func(o Measure) bool { return o.Key == whole.Key }) {
			wanted = append(wanted, whole)
		}
	}
	return wanted
}

// measureKeyed answers the measure with a key; the zero Measure for key 0.
func measureKeyed(all []Measure, key int64) Measure {
	for _, m := range all {
		if m.Key == key {
			return m
		}
	}
	return Measure{}
}

// expected is how many sites a rollup of returns has on its list of one period.
type expected struct {
	period period.Period
	sites  int
}

// readExpected answers how many sites were expected in each period, oldest
// first, by collection and unit.
func readExpected(ctx context.Context, d *db.DB, measures []Measure, units []network.Unit) (map[rollupKey][]expected, error) {
	keys, seen := &db.Ints{}, map[rollupKey]bool{}
	for _, m := range measures {
		for _, unit := range units {
			if k := (rollupKey{m.CollectionKey, unit.Key}); !seen[k] {
				seen[k] = true
				keys.Add(k.key, k.unit)
			}
		}
	}
	lists := map[rollupKey][]expected{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var k rollupKey
		var e expected
		err := row.Scan(&k.key, &k.unit, periodKey{&e.period}, &e.sites)
		lists[k] = append(lists[k], e)
		return err
	}, `SELECT r.collection_key, r.unit_key, r.period, r.expected
		FROM `+d.IntsAt(1, "collection", "unit")+` k CROSS JOIN return_rollup r WHERE r.collection_key = k.collection AND r.unit_key = k.unit`,
		keys.Param())
	oldestFirst(lists, func(e expected) period.Period { return e.period })
	return lists, wrap("list what was expected", err)
}

// oldestFirst puts each list in order. Both engines find the rows of a unit in
// an index that has them so: it costs less here than a sort of all rows there.
func oldestFirst[T any](lists map[rollupKey][]T, when func(T) period.Period) {
	for _, list := range lists {
		slices.SortFunc(list, func(a, b T) int { return period.Compare(when(a), when(b)) })
	}
}

// counted is what the rollup of values has for one period.
type counted struct {
	period            period.Period
	reported, adopted int
	total             int64
}

func readCounts(ctx context.Context, d *db.DB, measures []Measure, units []network.Unit) (map[rollupKey][]counted, error) {
	keys := &db.Ints{}
	for _, m := range measures {
		for _, unit := range units {
			keys.Add(m.Key, unit.Key)
		}
	}
	counts := map[rollupKey][]counted{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var k rollupKey
		var c counted
		err := row.Scan(&k.key, &k.unit, periodKey{&c.period}, &c.reported, &c.adopted, &c.total)
		counts[k] = append(counts[k], c)
		return err
	}, `SELECT v.measure_key, v.unit_key, v.period, v.reported, v.adopted, v.total
		FROM `+d.IntsAt(1, "measure", "unit")+` k CROSS JOIN measure_rollup v WHERE v.measure_key = k.measure AND v.unit_key = k.unit`,
		keys.Param())
	oldestFirst(counts, func(c counted) period.Period { return c.period })
	return counts, wrap("list what was counted", err)
}

// expect makes a point of each period that has a list.
func (s *Series) expect(lists []expected) {
	s.Points = make([]SeriesPoint, len(lists))
	for i, list := range lists {
		s.Points[i] = SeriesPoint{Period: list.period, Expected: list.sites}
	}
}

// fill puts what was counted into the points, which say what was expected.
func (s *Series) fill(own, whole []counted) {
	s.setGaps()
	if len(s.Points) == 0 {
		return
	}
	first := s.Points[0].Period
	pointOf := func(p period.Period) *SeriesPoint {
		if i := p.Since(first); i >= 0 && i < len(s.Points) {
			return &s.Points[i]
		}
		return &SeriesPoint{} // counted since the lists were read
	}
	for _, c := range own {
		p := pointOf(c.period)
		p.Reported, p.Rate.Adopted, p.Total = c.reported, c.adopted, c.total
	}
	for _, c := range whole {
		p := pointOf(c.period)
		p.Whole, p.WholeReported = c.total, c.reported
	}
	for i := range s.Points {
		if p := &s.Points[i]; s.Measure.Kind == LevelMeasure {
			p.Rate = Computed(p.Rate.Adopted, p.Reported, p.Expected)
		}
	}
}

// publishedFor counts the figures that were published of a member.
func publishedFor(ctx context.Context, d *db.DB, programmeID, memberID string) (n int, err error) {
	err = d.Row(ctx, `SELECT count(*) FROM published_figure WHERE programme_id = $1 AND member_id = $2`, programmeID, memberID).Scan(&n)
	return n, wrap("look for published figures", err)
}
