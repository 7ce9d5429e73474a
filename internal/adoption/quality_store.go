package adoption

import (
	"context"
	"slices"

	"sir/internal/db"
	"sir/internal/network"
	"sir/internal/period"
)

// qualityReader reads what the quality of a collection's data rests on.
type qualityReader struct {
	d       *db.DB
	c       Collection
	periods []period.Period // oldest first
	open    func(SiteOf) bool
}

func (r qualityReader) first() int { return r.periods[0].Key() }
func (r qualityReader) last() int  { return r.periods[len(r.periods)-1].Key() }

// members answers how the returns of each came, by name.
func (r qualityReader) members(ctx context.Context, open map[string]network.Member) ([]MemberQuality, error) {
	var list []MemberQuality
	err := r.d.Each(ctx, func(row db.Scanner) error {
		var m MemberQuality
		var at period.Period
		var n ReturnCount
		if err := row.Scan(&m.ID, &m.Code, &m.Name, periodKey{&at}, &n.Expected, &n.Received, &n.Complete, &n.OnTime); err != nil {
			return err
		}
		column := slices.Index(r.periods, at)
		if _, visible := open[m.ID]; !visible || column < 0 {
			return nil
		}
		if len(list) == 0 || list[len(list)-1].ID != m.ID {
			m.Counts = make([]ReturnCount, len(r.periods))
			list = append(list, m)
		}
		list[len(list)-1].Counts[column] = n
		return nil
	}, `SELECT u.id, u.code, u.name, r.period, r.expected, r.received, r.complete, r.on_time
		FROM return_rollup r JOIN unit u ON u.key = r.unit_key AND u.kind = 'member'
		WHERE r.collection_key = $1 AND r.period BETWEEN $2 AND $3 ORDER BY u.name, u.code, r.period`, r.c.Key, r.first(), r.last())
	return list, wrap("list how returns came", err)
}

// restated answers what corrections did, by member and period. A correction of
// a site counts for the member that the site counts under in that period.
func (r qualityReader) restated(ctx context.Context, open map[string]network.Member) ([]RestatedPeriod, error) {
	var list []RestatedPeriod
	err := r.d.Each(ctx, func(row db.Scanner) error {
		var one RestatedPeriod
		var id string
		err := row.Scan(&id, periodKey{&one.Period}, &one.Cells, &one.AfterApproval, &one.Adopted, &one.Eligible)
		if m, visible := open[id]; visible {
			one.Member = m
			list = append(list, one)
		}
		return err
	}, `SELECT u.id, t.period, count(*), sum(CASE WHEN t.after_approval THEN 1 ELSE 0 END),
			sum(CASE WHEN m.purpose <> 'adoption' OR m.kind <> 'level' THEN 0
				ELSE CASE WHEN t.new_value >= m.adopted_level THEN 1 ELSE 0 END - CASE WHEN t.old_value >= m.adopted_level THEN 1 ELSE 0 END END),
			max(rr.expected)
		FROM measure m JOIN restatement t ON t.measure_key = m.key
		JOIN eligible_site e ON e.collection_key = m.collection_key AND e.period = t.period AND e.site_key = t.site_key
		JOIN placement_unit pu ON pu.placement_key = e.placement_key
		JOIN unit u ON u.key = pu.unit_key AND u.kind = 'member'
		JOIN return_rollup rr ON rr.collection_key = m.collection_key AND rr.unit_key = u.key AND rr.period = t.period
		WHERE m.collection_key = $1 AND t.period BETWEEN $2 AND $3
		GROUP BY u.id, u.name, u.code, t.period ORDER BY u.name, u.code, t.period`, r.c.Key, r.first(), r.last())
	return list, wrap("list restatements by period", err)
}

func (r qualityReader) sites(ctx context.Context, q *CollectionQuality) (err error) {
	if q.Fallen, err = r.fallen(ctx); err != nil {
		return err
	}
	if q.Constant, err = r.constant(ctx); err != nil {
		return err
	}
	q.NeverCame, err = r.neverCame(ctx)
	return err
}

// siteColumns and siteJoins name a site e and the member it counts under.
const (
	siteColumns = `u.id, u.code, u.name, s.id, s.code, s.name`
	siteJoins   = ` JOIN site s ON s.key = e.site_key
		JOIN placement_unit pu ON pu.placement_key = e.placement_key
		JOIN unit u ON u.key = pu.unit_key AND u.kind = 'member' `
)

func (o *SiteOf) fields() []any {
	return []any{&o.MemberID, &o.MemberCode, &o.MemberName, &o.SiteID, &o.SiteCode, &o.SiteName}
}

// fallen answers the levels of the last period that are below those of the one
// before.
func (r qualityReader) fallen(ctx context.Context) ([]Fallen, error) {
	if len(r.periods) < 2 {
		return nil, nil
	}
	last := r.periods[len(r.periods)-1]
	var list []Fallen
	err := r.d.Each(ctx, func(row db.Scanner) error {
		f := Fallen{Period: last}
		err := row.Scan(append(f.fields(), &f.Measure, &f.From, &f.To)...)
		if r.open(f.SiteOf) {
			list = append(list, f)
		}
		return err
	}, `SELECT `+siteColumns+`, m.name, b.value, a.value
		FROM measure m JOIN eligible_site e ON e.collection_key = m.collection_key AND e.period = $2 `+siteJoins+`
		JOIN observation a ON a.measure_key = m.key AND a.period = e.period AND a.site_key = e.site_key
		JOIN observation b ON b.measure_key = m.key AND b.period = $3 AND b.site_key = e.site_key
		WHERE m.collection_key = $1 AND m.kind = 'level' AND a.value < b.value
		ORDER BY u.name, u.code, s.name, s.code, m.key`, r.c.Key, last.Key(), r.periods[len(r.periods)-2].Key())
	return list, wrap("list levels that fell", err)
}

// constant answers the counts above 0 that are the same in all the periods in
// which a site gave any, and in no fewer than fewestConstant.
func (r qualityReader) constant(ctx context.Context) ([]Constant, error) {
	var list []Constant
	err := r.d.Each(ctx, func(row db.Scanner) error {
		var k Constant
		err := row.Scan(append(k.fields(), &k.Measure, &k.Value, &k.Periods, periodKey{&k.Last})...)
		if r.open(k.SiteOf) {
			list = append(list, k)
		}
		return err
	}, `SELECT `+siteColumns+`, v.name, v.value, v.n, v.last_period FROM (
			SELECT m.key, m.name, o.site_key, min(o.value) AS value, count(*) AS n, max(o.period) AS last_period
			FROM measure m JOIN observation o ON o.measure_key = m.key AND o.period BETWEEN $2 AND $3
			WHERE m.collection_key = $1 AND m.kind = 'count'
			GROUP BY m.key, m.name, o.site_key HAVING count(*) >= $4 AND min(o.value) = max(o.value) AND min(o.value) > 0) v
		JOIN eligible_site e ON e.collection_key = $1 AND e.period = v.last_period AND e.site_key = v.site_key `+siteJoins+`
		ORDER BY u.name, u.code, s.name, s.code, v.key`, r.c.Key, r.first(), r.last(), fewestConstant)
	return list, wrap("list values that never change", err)
}

// neverCame answers the sites that were asked in fewestAsked periods or more,
// in the last one too, and never sent a value.
func (r qualityReader) neverCame(ctx context.Context) ([]NeverCame, error) {
	var list []NeverCame
	err := r.d.Each(ctx, func(row db.Scanner) error {
		var n NeverCame
		err := row.Scan(append(n.fields(), &n.Periods, periodKey{&n.Last}, (*db.Text)(&n.Why))...)
		if r.open(n.SiteOf) {
			list = append(list, n)
		}
		return err
	}, `SELECT `+siteColumns+`, v.n, v.last_period, w.why_missing FROM (
			SELECT a.site_key, count(*) AS n, max(a.period) AS last_period FROM eligible_site a
			LEFT JOIN site_return t ON t.collection_key = a.collection_key AND t.period = a.period AND t.site_key = a.site_key
			WHERE a.collection_key = $1 AND a.period BETWEEN $2 AND $3
			GROUP BY a.site_key HAVING count(*) >= $4 AND count(t.submitted_on) = 0 AND max(a.period) = $3) v
		JOIN eligible_site e ON e.collection_key = $1 AND e.period = v.last_period AND e.site_key = v.site_key `+siteJoins+`
		LEFT JOIN site_return w ON w.collection_key = $1 AND w.period = v.last_period AND w.site_key = v.site_key
		ORDER BY u.name, u.code, s.name, s.code`, r.c.Key, r.first(), r.last(), fewestAsked)
	return list, wrap("list sites that never reported", err)
}
