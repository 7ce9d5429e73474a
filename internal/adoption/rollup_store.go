package adoption

import (
	"context"

	"sir/internal/db"
	"sir/internal/period"
)

// wholeProgramme is the unit key under which a rollup counts all sites.
const wholeProgramme int64 = 0

// The rollups are keyed by unit before period, for series over time; to clear
// one period, each unit is looked up by itself.
const everyUnit = `(SELECT key FROM unit UNION ALL SELECT 0)`

// Recount counts a period of a collection anew, at every unit: from the
// eligible list, the returns and the observations. Submissions keep the
// rollups in step by themselves; whatever else changes what is counted calls
// Recount in the same transaction.
func Recount(ctx context.Context, d *db.DB, c Collection, p period.Period) error {
	// Units first, then the whole programme, which no placement names.
	const byUnit, ofAll = `JOIN placement_unit pu ON pu.placement_key = e.placement_key`, `JOIN (SELECT 0 AS unit_key) pu ON TRUE`
	return d.InTx(ctx, func(ctx context.Context) error {
		for _, step := range []struct {
			what, statement string
			args            []any
		}{
			{"clear the count of returns", `DELETE FROM return_rollup WHERE collection_key = $1 AND period = $2 AND unit_key IN ` + everyUnit, nil},
			{"clear the count of values", `DELETE FROM measure_rollup WHERE period = $2 AND unit_key IN ` + everyUnit + `
				AND measure_key IN (SELECT key FROM measure WHERE collection_key = $1)`, nil},
			{"count values by unit", countValues(byUnit), nil},
			{"count all values", countValues(ofAll), nil},
			{"count returns by unit", countReturns(byUnit), []any{c.DueOn(p)}},
			{"count all returns", countReturns(ofAll), []any{c.DueOn(p)}},
		} {
			if _, err := d.Exec(ctx, step.statement, append([]any{c.Key, p.Key()}, step.args...)...); err != nil {
				return wrap(step.what, err)
			}
		}
		return nil
	})
}

func countValues(units string) string {
	return `
		INSERT INTO measure_rollup (measure_key, unit_key, period, reported, adopted, total)
		SELECT m.key, pu.unit_key, e.period, count(*), sum(CASE WHEN o.value >= m.adopted_level THEN 1 ELSE 0 END), sum(o.value)
		FROM measure m JOIN eligible_site e ON e.collection_key = m.collection_key
		JOIN observation o ON o.measure_key = m.key AND o.period = e.period AND o.site_key = e.site_key
		` + units + `
		WHERE m.collection_key = $1 AND e.collection_key = $1 AND e.period = $2 GROUP BY m.key, pu.unit_key, e.period`
}

func countReturns(units string) string {
	return `
		INSERT INTO return_rollup (collection_key, unit_key, period, expected, received, complete, on_time)
		SELECT e.collection_key, pu.unit_key, e.period, count(*), count(r.submitted_on), count(r.complete_on),
			sum(CASE WHEN r.complete_on <= $3 THEN 1 ELSE 0 END)
		FROM eligible_site e ` + units + `
		LEFT JOIN site_return r ON r.collection_key = e.collection_key AND r.period = e.period AND r.site_key = e.site_key
		WHERE e.collection_key = $1 AND e.period = $2 GROUP BY e.collection_key, pu.unit_key, e.period`
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
	}
	if diff.fallen.Len() > 0 { // what nobody reports any more has no row
		_, err := d.Exec(ctx, `DELETE FROM measure_rollup WHERE period = $1 AND reported = 0
			AND measure_key IN (SELECT t.measure FROM `+d.IntsAt(2, "measure", "unit")+` t) AND unit_key IN (SELECT t.unit FROM `+d.IntsAt(2, "measure", "unit")+` t)`,
			p.Key(), diff.fallen.Param())
		if err != nil {
			return wrap("drop empty counts", err)
		}
	}
	if diff.returns.Len() == 0 {
		return nil
	}
	// Every unit of an eligible site has its row: this only ever adds to them,
	// and finds each by its key, which an UPDATE from a list would not.
	_, err := d.Exec(ctx, `
		INSERT INTO return_rollup (collection_key, unit_key, period, expected, received, complete, on_time)
		SELECT CAST($1 AS BIGINT), t.unit, CAST($2 AS BIGINT), 0, t.received, t.complete, t.on_time
		FROM `+d.IntsAt(3, "unit", "received", "complete", "on_time")+` t WHERE TRUE
		ON CONFLICT (collection_key, unit_key, period) DO UPDATE SET received = return_rollup.received + excluded.received,
			complete = return_rollup.complete + excluded.complete, on_time = return_rollup.on_time + excluded.on_time`,
		c.Key, p.Key(), diff.returns.Param())
	return wrap("count returns", err)
}

// difference is what a submission adds to the rollups of a period: rows of
// measure, unit, reported, adopted, total; and of unit, received, complete, on
// time. Fallen are the measures and units that fewer sites report than before.
type difference struct{ values, returns, fallen db.Ints }
