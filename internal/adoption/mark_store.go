package adoption

import (
	"context"
	"time"

	"sir/internal/db"
	"sir/internal/network"
)

// InsertMark adds a mark to the chart of a measure at a unit, by an account or
// by SIR itself (nil).
func InsertMark(ctx context.Context, d *db.DB, measureID string, unitKey int64, m Mark, account any) error {
	_, err := d.Exec(ctx, `
		INSERT INTO chart_mark (id, measure_id, unit_key, period, kind, body, made_at, made_by, account_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		m.ID, measureID, unitKey, m.Period.Key(), string(m.Kind), m.Body, db.At(m.MadeAt), m.MadeBy, account)
	return wrap("insert mark", err)
}

// markPlace is the chart that a mark belongs to.
type markPlace struct {
	measureID string
	unitKey   int64
}

// marksOf answers the marks on the units' charts of a programme, also those
// withdrawn, by chart and by period.
func marksOf(ctx context.Context, d *db.DB, programmeID string, units []network.Unit) (map[markPlace][]Mark, error) {
	keys := &db.Ints{}
	for _, unit := range units {
		keys.Add(unit.Key)
	}
	all := map[markPlace][]Mark{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var m Mark
		var pl markPlace
		var made, withdrawn db.Time
		err := row.Scan(&pl.measureID, &pl.unitKey, &m.ID, periodKey{&m.Period}, &m.Kind, &m.Body, &made, &m.MadeBy, &withdrawn, (*db.Text)(&m.WithdrawnBy))
		m.MadeAt, m.WithdrawnAt = time.Time(made), time.Time(withdrawn)
		all[pl] = append(all[pl], m)
		return err
	}, `SELECT k.measure_id, k.unit_key, k.id, k.period, k.kind, k.body, k.made_at, k.made_by, k.withdrawn_at, k.withdrawn_by
		FROM measure m JOIN chart_mark k ON k.measure_id = m.id AND k.unit_key IN `+d.IntsAt(2, "unit")+`
		WHERE m.programme_id = $1 ORDER BY k.period, k.made_at, k.id`, programmeID, keys.Param())
	return all, wrap("list marks", err)
}

func withdrawMark(ctx context.Context, d *db.DB, id string, when time.Time, by string) error {
	err := d.ExecOne(ctx, `UPDATE chart_mark SET withdrawn_at = $2, withdrawn_by = $3 WHERE id = $1 AND withdrawn_at IS NULL`, id, db.At(when), by)
	return wrap("withdraw mark", err)
}
