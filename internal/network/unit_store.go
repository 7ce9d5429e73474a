package network

import (
	"context"
	"fmt"

	"sir/internal/db"
)

const unitColumns = `id, key, kind, scheme, code, name, short_name, made_up, valid_from, valid_to, source`

func scanUnit(row db.Scanner) (Unit, error) {
	var u Unit
	err := row.Scan(&u.ID, &u.Key, &u.Kind, &u.Scheme, &u.Code, &u.Name, (*db.Text)(&u.ShortName), &u.MadeUp,
		(*db.Text)(&u.ValidFrom), (*db.Text)(&u.ValidTo), &u.Source)
	return u, err
}

// InsertUnit adds a unit. Without a key it takes the next one.
func InsertUnit(ctx context.Context, d *db.DB, u Unit) error {
	if u.Scheme == "" {
		u.Scheme = "own"
	}
	_, err := d.Exec(ctx, `
		INSERT INTO unit (id, key, kind, scheme, code, name, short_name, made_up, valid_from, valid_to, source)
		VALUES ($1, CASE WHEN CAST($2 AS BIGINT) > 0 THEN CAST($2 AS BIGINT) ELSE (SELECT coalesce(max(key), 0) + 1 FROM unit) END, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		u.ID, u.Key, string(u.Kind), u.Scheme, u.Code, u.Name, db.NullText(u.ShortName), u.MadeUp,
		db.NullText(u.ValidFrom), db.NullText(u.ValidTo), u.Source)
	return wrap("insert unit "+u.Code, err)
}

// ListUnits answers all units, by name.
func ListUnits(ctx context.Context, d *db.DB) ([]Unit, error) {
	units, err := db.List(ctx, d, scanUnit, `SELECT `+unitColumns+` FROM unit ORDER BY name, code`)
	return units, wrap("list units", err)
}

// UnitByCode answers the unit with the code; sql.ErrNoRows where there is none.
func UnitByCode(ctx context.Context, d *db.DB, code string) (Unit, error) {
	return scanUnit(d.Row(ctx, `SELECT `+unitColumns+` FROM unit WHERE code = $1`, code))
}

// InsertUnitMembership adds a stretch of time in which a unit belonged to
// another. One that overlaps with the same unit's stretch in another unit of
// the same kind is refused.
func InsertUnitMembership(ctx context.Context, d *db.DB, m UnitMembership) error {
	var overlaps int
	err := d.Row(ctx, `
		SELECT count(*) FROM unit_membership m JOIN unit p ON p.id = m.parent_id
		WHERE m.child_id = $1 AND p.kind = (SELECT kind FROM unit WHERE id = $4)
			AND ($3 = '' OR m.valid_from < $3) AND (m.valid_to IS NULL OR m.valid_to > $2)`,
		m.ChildID, m.ValidFrom, m.ValidTo, m.ParentID).Scan(&overlaps)
	if err != nil {
		return wrap("look for other memberships", err)
	}
	if overlaps > 0 {
		return fmt.Errorf("insert membership: unit %s belongs to another of that kind already at some time from %s: end that first", m.ChildID, m.ValidFrom)
	}
	_, err = d.Exec(ctx, `
		INSERT INTO unit_membership (id, child_id, parent_id, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5)`,
		db.NewID(), m.ChildID, m.ParentID, m.ValidFrom, db.NullText(m.ValidTo))
	return wrap("insert membership", err)
}

// InsertUnitSuccession adds what became of a unit.
func InsertUnitSuccession(ctx context.Context, d *db.DB, s Succession) error {
	_, err := d.Exec(ctx, `
		INSERT INTO unit_succession (id, unit_id, successor_id, kind, happened_on, reason) VALUES ($1, $2, $3, $4, $5, $6)`,
		db.NewID(), s.ID, db.NullText(s.SuccessorID), string(s.Kind), s.HappenedOn, s.Reason)
	return wrap("insert succession", err)
}
