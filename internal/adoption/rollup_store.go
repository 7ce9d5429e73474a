package adoption

import (
	"context"

	"sir/internal/db"
	"sir/internal/period"
)

// wholeProgramme is the unit key under which a rollup counts all sites.
const wholeProgramme int64 = 0

// unitsOfEligible joins each eligible site e with the units that it counts
// under, and with the whole programme.
const unitsOfEligible = `JOIN (SELECT placement_key, unit_key FROM placement_unit UNION ALL SELECT key, 0 FROM placement) pu
		ON pu.placement_key = e.placement_key`

// Recount counts a period of a collection anew, at every unit: from the
// eligible list, the returns and the observations. Submissions keep the
// rollups in step by themselves; whatever else changes what is counted calls
// Recount in the same transaction.
func Recount(ctx context.Context, d *db.DB, c Collection, p period.Period) error {
	return d.InTx(ctx, func(ctx context.Context) error {
		for _, step := range []struct{ what, statement string }{
			{"clear the count of returns", `DELETE FROM return_rollup WHERE collection_key = $1 AND period = $2`},
			{"clear the count of values", `DELETE FROM measure_rollup WHERE period = $2
				AND measure_key IN (SELECT key FROM measure WHERE collection_key = $1)`},
			{"count values", `
				INSERT INTO measure_rollup (measure_key, unit_key, period, reported, adopted, total)
				SELECT m.key, pu.unit_key, e.period, count(*), sum(CASE WHEN o.value >= m.adopted_level THEN 1 ELSE 0 END), sum(o.value)
				FROM measure m JOIN eligible_site e ON e.collection_key = m.collection_key
				JOIN observation o ON o.measure_key = m.key AND o.period = e.period AND o.site_key = e.site_key
				` + unitsOfEligible + `
				WHERE e.collection_key = $1 AND e.period = $2 GROUP BY m.key, pu.unit_key, e.period`},
		} {
			if _, err := d.Exec(ctx, step.statement, c.Key, p.Key()); err != nil {
				return wrap(step.what, err)
			}
		}
		_, err := d.Exec(ctx, `
			INSERT INTO return_rollup (collection_key, unit_key, period, expected, received, complete, on_time)
			SELECT e.collection_key, pu.unit_key, e.period, count(*), count(r.submitted_on), count(r.complete_on),
				sum(CASE WHEN r.complete_on <= $3 THEN 1 ELSE 0 END)
			FROM eligible_site e `+unitsOfEligible+`
			LEFT JOIN site_return r ON r.collection_key = e.collection_key AND r.period = e.period AND r.site_key = e.site_key
			WHERE e.collection_key = $1 AND e.period = $2 GROUP BY e.collection_key, pu.unit_key, e.period`, c.Key, p.Key(), c.DueOn(p))
		return wrap("count returns", err)
	})
}

// addToRollups adds differences to what is counted in a period.
func addToRollups(ctx context.Context, d *db.DB, c Collection, p period.Period, diff difference) error {
	if diff.values.Len() > 0 {
		_, err := d.Exec(ctx, `
			INSERT INTO measure_rollup (measure_key, unit_key, period, reported, adopted, total)
			SELECT t.measure, t.unit, CAST($1 AS BIGINT), t.reported, t.adopted, t.total
			FROM `+d.IntsAt(2, "measure", "unit", "reported", "adopted", "total")+` t WHERE TRUE
			ON CONFLICT (measure_key, unit_key, period) DO UPDATE SET reported = measure_rollup.reported + excluded.reported,
				adopted = measure_rollup.adopted + excluded.adopted, total = measure_rollup.total + excluded.total`,
			p.Key(), diff.values.Param())
		if err != nil {
			return wrap("count values", err)
		}
		_, err = d.Exec(ctx, `DELETE FROM measure_rollup WHERE period = $1 AND reported = 0 AND measure_key IN `+d.IntsAt(2, "measure"),
			p.Key(), diff.values.Param())
		if err != nil {
			return wrap("drop empty counts", err)
		}
	}
	if diff.returns.Len() == 0 {
		return nil
	}
	_, err := d.Exec(ctx, `
		UPDATE return_rollup SET received = return_rollup.received + t.received, complete = return_rollup.complete + t.complete,
			on_time = return_rollup.on_time + t.on_time
		FROM `+d.IntsAt(3, "unit", "received", "complete", "on_time")+` t
		WHERE return_rollup.collection_key = $1 AND return_rollup.period = $2 AND return_rollup.unit_key = t.unit`,
		c.Key, p.Key(), diff.returns.Param())
	return wrap("count returns", err)
}

// difference is what a submission adds to the rollups of a period: rows of
// measure, unit, reported, adopted, total; and of unit, received, complete, on
// time.
type difference struct{ values, returns db.Ints }
