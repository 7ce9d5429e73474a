package adoption

import (
	"context"

	"sir/internal/db"
)

// InsertTarget adds a national target or a unit's own.
func InsertTarget(ctx context.Context, d *db.DB, programmeID string, t Target) error {
	if t.ID == "" {
		t.ID = db.NewID()
	}
	_, err := d.Exec(ctx, `
		INSERT INTO target (id, programme_id, unit_id, starts_on, percent, inclusive, agreed_by, agreed_on, source)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		t.ID, programmeID, db.NullText(t.UnitID), t.StartsOn, t.Percent, t.Inclusive, t.AgreedBy, db.NullText(t.AgreedOn), t.Source)
	return wrap("insert target", err)
}

// targetsOf answers the targets of a programme and its units that stand, by
// date.
func targetsOf(ctx context.Context, d *db.DB, programmeID string) ([]Target, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (Target, error) {
		var t Target
		err := row.Scan(&t.ID, (*db.Text)(&t.UnitID), &t.StartsOn, &t.Percent, &t.Inclusive, &t.AgreedBy, (*db.Text)(&t.AgreedOn), &t.Source)
		return t, err
	}, `SELECT id, unit_id, starts_on, percent, inclusive, agreed_by, agreed_on, source FROM target
		WHERE programme_id = $1 AND withdrawn_on IS NULL ORDER BY starts_on, id`, programmeID)
	return list, wrap("list targets", err)
}
