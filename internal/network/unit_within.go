package network

import (
	"context"
	"time"

	"sir/internal/db"
)

// UnitsWithin answers the units that belonged directly to a unit on a day, by
// name.
func UnitsWithin(ctx context.Context, d *db.DB, unitID string, day time.Time) ([]Unit, error) {
	list, err := db.List(ctx, d, scanUnit, `SELECT `+unitColumns+` FROM unit WHERE id IN (
		SELECT child_id FROM unit_membership WHERE parent_id = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2)) ORDER BY name, code`,
		unitID, day.Format(time.DateOnly))
	return list, wrap("list units within", err)
}

// UnitsAbove answers the units that a unit belonged directly to on a day, by
// name.
func UnitsAbove(ctx context.Context, d *db.DB, unitID string, day time.Time) ([]Unit, error) {
	list, err := db.List(ctx, d, scanUnit, `SELECT `+unitColumns+` FROM unit WHERE id IN (
		SELECT parent_id FROM unit_membership WHERE child_id = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2)) ORDER BY name, code`,
		unitID, day.Format(time.DateOnly))
	return list, wrap("list units above", err)
}
