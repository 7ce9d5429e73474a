package improvement

import (
	"context"
	"errors"
	"fmt"

	"sir/internal/db"
	"sir/internal/fault"
)

// InsertDriver adds a box to a diagram. Without an id it gets one.
func InsertDriver(ctx context.Context, d *db.DB, v Driver) error {
	if v.ID == "" {
		v.ID = db.NewID()
	}
	_, err := d.Exec(ctx, `
		INSERT INTO driver (id, programme_id, unit_id, parent_id, measure_id, kind, body, place, removed_on)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		v.ID, v.ProgrammeID, db.NullText(v.UnitID), db.NullText(v.ParentID), db.NullText(v.MeasureID), string(v.Kind), v.Body, v.Place,
		db.NullText(v.RemovedOn))
	return wrap("insert driver", err)
}

// lockDiagrams has changes to the diagrams of a programme wait for each other
// until the transaction ends, so that two cannot both find it without an aim.
func lockDiagrams(ctx context.Context, d *db.DB, programmeID string) error {
	return wrap("lock diagrams", d.ExecOne(ctx, `UPDATE programme SET code = code WHERE id = $1`, programmeID))
}

// listDrivers answers the boxes of one diagram, also those removed, in the
// order of their places. An empty unitID is the shared one.
func listDrivers(ctx context.Context, d *db.DB, programmeID, unitID string) ([]Driver, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (v Driver, err error) {
		err = row.Scan(&v.ID, &v.ProgrammeID, (*db.Text)(&v.UnitID), (*db.Text)(&v.ParentID), (*db.Text)(&v.MeasureID), &v.Kind, &v.Body,
			&v.Place, (*db.Text)(&v.RemovedOn), &v.Version)
		return v, err
	}, `SELECT id, programme_id, unit_id, parent_id, measure_id, kind, body, place, removed_on, version FROM driver
		WHERE programme_id = $1 AND coalesce(unit_id, '') = $2 ORDER BY place, id`, programmeID, unitID)
	return list, wrap("list drivers", err)
}

// updateWording writes what a box says, unless somebody else changed it since
// the version.
func updateWording(ctx context.Context, d *db.DB, v Driver, version int64) error {
	return unlessStale("change driver", d.ExecOne(ctx, `
		UPDATE driver SET body = $3, measure_id = $4, version = version + 1 WHERE id = $1 AND version = $2`,
		v.ID, version, v.Body, db.NullText(v.MeasureID)))
}

// updateRemoved takes a box off its diagram on a day, or with an empty one
// puts it back.
func updateRemoved(ctx context.Context, d *db.DB, id string, version int64, on string) error {
	return unlessStale("remove driver", d.ExecOne(ctx, `
		UPDATE driver SET removed_on = $3, version = version + 1 WHERE id = $1 AND version = $2`, id, version, db.NullText(on)))
}

// updatePlace moves a box. That changes no text, so its version stays.
func updatePlace(ctx context.Context, d *db.DB, id string, place int) error {
	return wrap("move driver", d.ExecOne(ctx, `UPDATE driver SET place = $2 WHERE id = $1`, id, place))
}

// unlessStale says that nothing changed as what it means here.
func unlessStale(what string, err error) error {
	if errors.Is(err, db.ErrNoChange) {
		return fault.Stale("Somebody else changed this in the meantime. Look at what it says now before you change it.")
	}
	return wrap(what, err)
}

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
