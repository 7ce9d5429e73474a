package adoption

import (
	"cmp"
	"context"

	"sir/internal/db"
)

// InsertTarget adds a national target or a unit's own, of the adoption rate.
func InsertTarget(ctx context.Context, d *db.DB, programmeID string, t Target) error {
	return insertTarget(ctx, d, programmeID, t)
}

// InsertTargetOf adds a target of a measure that is not the adoption rate.
func InsertTargetOf(ctx context.Context, d *db.DB, m Measure, t Target) error {
	t.measureID = m.ID
	return insertTarget(ctx, d, m.ProgrammeID, t)
}

func insertTarget(ctx context.Context, d *db.DB, programmeID string, t Target) error {
	if t.ID == "" {
		t.ID = db.NewID()
	}
	_, err := d.Exec(ctx, `
		INSERT INTO target (id, programme_id, unit_id, measure_id, basis, on_path, starts_on, value, inclusive, agreed_by, agreed_on, source)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		t.ID, programmeID, db.NullText(t.UnitID), db.NullText(t.measureID), string(cmp.Or(t.Basis, RateBasis)), t.OnPath,
		t.StartsOn, t.Value, t.Inclusive, t.AgreedBy, db.NullText(t.AgreedOn), t.Source)
	return wrap("insert target", err)
}

// targetSelect reads targets with what their measure says of them.
const targetSelect = `SELECT t.id, t.unit_id, t.measure_id, m.code, m.name, m.direction, t.basis, t.on_path, t.starts_on, t.value, t.inclusive,
		t.agreed_by, t.agreed_on, t.source, t.withdrawn_on
	FROM target t LEFT JOIN measure m ON m.id = t.measure_id WHERE t.programme_id = $1`

func scanTarget(row db.Scanner) (KeptTarget, error) {
	var t KeptTarget
	var direction string
	err := row.Scan(&t.ID, (*db.Text)(&t.UnitID), (*db.Text)(&t.measureID), (*db.Text)(&t.Measure), (*db.Text)(&t.Name), (*db.Text)(&direction),
		&t.Basis, &t.OnPath, &t.StartsOn, &t.Value, &t.Inclusive, &t.AgreedBy, (*db.Text)(&t.AgreedOn), &t.Source, (*db.Text)(&t.WithdrawnOn))
	t.Direction = cmp.Or(Direction(direction), Increase)
	return t, err
}

// targetsOf answers the targets of a programme and its units that stand, by
// date.
func targetsOf(ctx context.Context, d *db.DB, programmeID string) ([]Target, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (Target, error) {
		t, err := scanTarget(row)
		return t.Target, err
	}, targetSelect+` AND t.withdrawn_on IS NULL ORDER BY t.starts_on, t.id`, programmeID)
	return list, wrap("list targets", err)
}

// keptTargets answers all targets of a programme, also those withdrawn, by the
// id of the unit (empty for national ones), the adoption rate's first, then by
// measure and date.
func keptTargets(ctx context.Context, d *db.DB, programmeID string) (map[string][]KeptTarget, error) {
	byUnit := map[string][]KeptTarget{}
	err := d.Each(ctx, func(row db.Scanner) error {
		t, err := scanTarget(row)
		byUnit[t.UnitID] = append(byUnit[t.UnitID], t)
		return err
	}, targetSelect+` ORDER BY coalesce(m.key, 0), t.basis, t.on_path, t.starts_on, t.id`, programmeID)
	return byUnit, wrap("list targets", err)
}
