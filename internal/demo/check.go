package demo

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"sir/internal/app"
)

// The setting by which a database is known to hold the demonstration, and of
// which edition.
const editionSetting = "demo-edition"

// edition changes whenever what Load loads changes.
const edition = "11"

var (
	// ErrNotDemo means that the database holds something else.
	ErrNotDemo = errors.New("this database holds data that are not the demonstration's: name another with --db")
	// ErrOldEdition means that the demonstration was loaded by another version.
	ErrOldEdition = errors.New("this demonstration was loaded by another version of SIR: start anew with --fresh, or name another database with --db")
)

// Check answers nil where the database holds this edition of the
// demonstration, else ErrNotDemo or ErrOldEdition.
func Check(ctx context.Context, a *app.App) error {
	var found string
	err := a.Desk.DB.Row(ctx, `SELECT value FROM setting WHERE name = $1`, editionSetting).Scan(&found)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return ErrNotDemo
	case err != nil:
		return fmt.Errorf("look for the demonstration: %w", err)
	case found != edition:
		return ErrOldEdition
	}
	return nil
}

func (l *loader) markEdition(ctx context.Context) error {
	_, err := l.db.Exec(ctx, `INSERT INTO setting (name, value) VALUES ($1, $2)`, editionSetting, edition)
	if err != nil {
		return fmt.Errorf("mark the database as a demonstration: %w", err)
	}
	return nil
}
