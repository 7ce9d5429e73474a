package adoption

import (
	"context"
	"slices"
	"time"

	"sir/internal/db"
	"sir/internal/network"
	"sir/internal/period"
)

// readMovement explains a unit's rate, or the whole programme's (key 0), from
// one period to another.
func readMovement(ctx context.Context, d *db.DB, c Collection, m Measure, unitKey int64, from, to period.Period) (Movement, error) {
	move := Movement{From: from, To: to}
	before, err := standing(ctx, d, m, unitKey, from)
	if err != nil {
		return move, err
	}
	after, err := standing(ctx, d, m, unitKey, to)
	if err != nil {
		return move, err
	}
	f, err := readFates(ctx, d, c, before, after, from, to)
	if err != nil {
		return move, err
	}
	move.Before, move.After = rateOf(before), rateOf(after)
	move.Causes = explain(before, after, f)
	return move, nil
}

func rateOf(sites []standingSite) Rate {
	adopted, reported := 0, 0
	for _, s := range sites {
		adopted += asInt(s.adopted)
		reported += asInt(s.level.known)
	}
	return Computed(adopted, reported, len(sites))
}

// standing answers how the sites under a unit, or all sites (key 0), counted
// in a period.
func standing(ctx context.Context, d *db.DB, m Measure, unitKey int64, p period.Period) ([]standingSite, error) {
	from, under := `eligible_site e`, `$4 = 0`
	if unitKey != wholeProgramme { // its own sites are few: begin with them
		from = `placement_unit pu CROSS JOIN placement pl CROSS JOIN eligible_site e`
		under = `pu.unit_key = $4 AND pl.key = pu.placement_key AND e.site_key = pl.site_key AND e.placement_key = pl.key`
	}
	list, err := db.List(ctx, d, func(row db.Scanner) (standingSite, error) {
		var s standingSite
		var level *int64
		err := row.Scan(&s.key, &s.code, &s.name, &level)
		s.level = cell{orZero(level), level != nil}
		s.adopted = s.level.known && m.Adopted(s.level.value)
		return s, err
	}, `SELECT s.key, s.code, s.name, o.value FROM `+from+` JOIN site s ON s.key = e.site_key
		LEFT JOIN observation o ON o.measure_key = $3 AND o.period = e.period AND o.site_key = e.site_key
		WHERE `+under+` AND e.collection_key = $1 AND e.period = $2`,
		m.CollectionKey, p.Key(), m.Key, unitKey)
	return list, wrap("list how sites counted", err)
}

// readFates looks up what happened to the sites that stand in one list and not
// in the other, and why those that fell silent did.
func readFates(ctx context.Context, d *db.DB, c Collection, before, after []standingSite, from, to period.Period) (fates, error) {
	f := fates{ended: map[int64]network.Succession{}, began: map[int64]network.Succession{}, elsewhere: map[int64]bool{}, reasons: map[int64]string{}}
	came, went, stayed := sortOut(before, after)
	first, last := from.Next().Start().Format(time.DateOnly), to.End().Format(time.DateOnly)
	if err := f.readSuccessions(ctx, d, slices.Concat(came, went, stayed), first, last); err != nil {
		return f, err
	}
	for _, side := range []struct {
		sites []int64
		other period.Period
	}{{came, from}, {went, to}} {
		err := d.Each(ctx, func(row db.Scanner) error {
			var key int64
			err := row.Scan(&key)
			f.elsewhere[key] = true
			return err
		}, `SELECT site_key FROM eligible_site WHERE collection_key = $1 AND period = $2 AND site_key IN `+d.IntsAt(3, "site"),
			c.Key, side.other.Key(), db.Column(side.sites).Param())
		if err != nil {
			return f, wrap("look where sites counted", err)
		}
	}
	err := d.Each(ctx, f.reason, `
		SELECT s.key, rs.reason FROM rollout_site rs JOIN rollout r ON r.id = rs.rollout_id JOIN site s ON s.id = rs.site_id
		WHERE r.programme_id = $1 AND rs.reason IS NOT NULL AND s.key IN `+d.IntsAt(2, "site")+` ORDER BY rs.eligible_from`,
		c.ProgrammeID, db.Column(append(came, went...)).Param())
	if err != nil {
		return f, wrap("look why sites were eligible", err)
	}
	err = d.Each(ctx, f.reason, `
		SELECT site_key, why_missing FROM site_return WHERE collection_key = $1 AND period = $2 AND why_missing IS NOT NULL
			AND site_key IN `+d.IntsAt(3, "site"), c.Key, to.Key(), db.Column(stayed).Param())
	return f, wrap("look why returns are missing", err)
}

// reason scans a site's key and a reason.
func (f fates) reason(row db.Scanner) error {
	var key int64
	var why string
	err := row.Scan(&key, &why)
	f.reasons[key] = why
	return err
}

func (f fates) readSuccessions(ctx context.Context, d *db.DB, sites []int64, first, last string) error {
	err := d.Each(ctx, func(row db.Scanner) error {
		var s network.Succession
		var key int64
		var successor *int64
		if err := row.Scan(&key, &successor, &s.Kind, &s.HappenedOn, &s.Reason); err != nil {
			return err
		}
		if s.Kind != network.Split { // a site that lost a part goes on
			f.ended[key] = s
		}
		if successor != nil {
			f.began[*successor] = s
		}
		return nil
	}, `SELECT s.key, n.key, x.kind, x.happened_on, x.reason FROM site_succession x JOIN site s ON s.id = x.site_id
		LEFT JOIN site n ON n.id = x.successor_id
		WHERE x.happened_on >= $1 AND x.happened_on <= $2 AND (s.key IN `+d.IntsAt(3, "site")+` OR n.key IN `+d.IntsAt(3, "site")+`)
		ORDER BY x.happened_on, x.id`, first, last, db.Column(sites).Param())
	return wrap("look what became of sites", err)
}

// sortOut answers the keys of the sites that came, went and stayed.
func sortOut(before, after []standingSite) (came, went, stayed []int64) {
	was := map[int64]bool{}
	for _, s := range before {
		was[s.key] = true
	}
	for _, s := range after {
		if was[s.key] {
			stayed = append(stayed, s.key)
			delete(was, s.key)
		} else {
			came = append(came, s.key)
		}
	}
	return came, sortedKeys(was), stayed
}
