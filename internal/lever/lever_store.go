package lever

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"sir/internal/db"
	"sir/internal/fault"
)

// Insert adds a lever with its first version; the lever's own version is 1.
func Insert(ctx context.Context, d *db.DB, l Lever, first Version) error {
	if _, err := d.Exec(ctx, `INSERT INTO lever (id, made_up, version) VALUES ($1, $2, 1)`, l.ID, l.MadeUp); err != nil {
		return fmt.Errorf("insert lever: %w", err)
	}
	first.Number = 1
	return insertVersion(ctx, d, l.ID, first)
}

// InsertChange adds the version that follows the one with a number, unless
// somebody else did.
func InsertChange(ctx context.Context, d *db.DB, id string, follows int64, v Version) error {
	err := d.ExecOne(ctx, `UPDATE lever SET version = version + 1 WHERE id = $1 AND version = $2`, id, follows)
	if err != nil {
		return unlessStale("change lever", err)
	}
	v.Number = follows + 1
	return insertVersion(ctx, d, id, v)
}

func insertVersion(ctx context.Context, d *db.DB, id string, v Version) error {
	_, err := d.Exec(ctx, `
		INSERT INTO lever_version (id, lever_id, number, name, body, kind, strength, clarity, effective_from, effective_to, replaces_id,
			summary, source, made_at, made_by, why)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		db.NewID(), id, v.Number, v.Name, v.Body, string(v.Kind), string(v.Strength), string(v.Clarity), v.From, db.NullText(v.To),
		db.NullText(v.Replaces), v.Summary, v.Source, db.At(v.MadeAt), v.MadeBy, v.Why)
	return wrap("insert version of a lever", err)
}

const wordingColumns = `v.name, v.body, v.kind, v.strength, v.clarity, v.effective_from, v.effective_to, v.replaces_id, v.summary, v.source`

// targets are where wordingColumns are scanned to.
func (w *Wording) targets() []any {
	return []any{
		&w.Name, &w.Body, &w.Kind, &w.Strength, &w.Clarity, &w.From, (*db.Text)(&w.To), (*db.Text)(&w.Replaces), &w.Summary, &w.Source,
	}
}

const standing = `SELECT l.id, l.made_up, l.version, ` + wordingColumns + `
	FROM lever l JOIN lever_version v ON v.lever_id = l.id AND v.number = l.version`

func scanLever(row db.Scanner) (l Lever, err error) {
	err = row.Scan(append([]any{&l.ID, &l.MadeUp, &l.Version}, l.targets()...)...)
	return l, err
}

// List answers all levers as they stand, by name.
func List(ctx context.Context, d *db.DB) ([]Lever, error) {
	list, err := db.List(ctx, d, scanLever, standing+` ORDER BY v.name, l.id`)
	return list, wrap("list levers", err)
}

// byID answers a lever as it stands, or ErrNotFound.
func byID(ctx context.Context, d *db.DB, id string) (Lever, error) {
	l, err := scanLever(d.Row(ctx, standing+` WHERE l.id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return l, fault.NotFound("There is no such lever.")
	}
	return l, wrap("read lever", err)
}

// listVersions answers the versions of a lever, the newest first.
func listVersions(ctx context.Context, d *db.DB, id string) ([]Version, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (v Version, err error) {
		err = row.Scan(append(append([]any{&v.Number}, v.targets()...), (*db.Time)(&v.MadeAt), &v.MadeBy, &v.Why)...)
		return v, err
	}, `SELECT v.number, `+wordingColumns+`, v.made_at, v.made_by, v.why FROM lever_version v WHERE v.lever_id = $1 ORDER BY v.number DESC`, id)
	return list, wrap("list versions of a lever", err)
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
