package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
)

// The migrations are paired: the same file name and the same columns in both
// folders. They are never changed once they have landed, only added to.
//
//go:embed migrations
var migrations embed.FS

// ErrNewerSchema means that the database was written by a newer SIR.
var ErrNewerSchema = errors.New("the database was made by a newer version of SIR: use that version, or restore an older backup")

// Migrate brings the schema up to date and answers how many steps it took.
// Several processes may call it at once: on PostgreSQL they wait for each
// other; on SQLite a process that cannot get the file in time is refused.
func (d *DB) Migrate(ctx context.Context) (steps int, err error) {
	provider, err := d.provider()
	if err != nil {
		return 0, err
	}
	current, target, err := d.versions(ctx, provider)
	if err != nil || current == target {
		return 0, err
	}
	if current > target {
		return 0, ErrNewerSchema
	}
	if err := d.Hold(ctx, 10*time.Second); err != nil {
		return 0, err
	}
	results, err := provider.Up(ctx)
	if err != nil {
		return len(results), fmt.Errorf("bring the database schema up to date: %w", err)
	}
	return len(results), nil
}

// SchemaVersion answers the version the database has and the one this binary
// wants. A database without any schema has version 0.
func (d *DB) SchemaVersion(ctx context.Context) (current, target int64, err error) {
	provider, err := d.provider()
	if err != nil {
		return 0, 0, err
	}
	return d.versions(ctx, provider)
}

const versionTable = "schema_version"

// versions reads without writing: goose's own question would make its table.
func (d *DB) versions(ctx context.Context, provider *goose.Provider) (current, target int64, err error) {
	sources := provider.ListSources()
	target = sources[len(sources)-1].Version
	known, err := d.hasTable(ctx, versionTable)
	if err != nil || !known {
		return 0, target, err
	}
	var version sql.NullInt64
	err = d.Row(ctx, `SELECT max(version_id) FROM `+versionTable).Scan(&version)
	if err != nil {
		return 0, target, fmt.Errorf("read the schema version: %w", err)
	}
	return version.Int64, target, nil
}

func (d *DB) hasTable(ctx context.Context, name string) (bool, error) {
	var n int
	if err := d.Row(ctx, d.dialect.tableCount, name).Scan(&n); err != nil {
		return false, sqliteOpenError(d.address, err)
	}
	return n > 0, nil
}

func (d *DB) provider() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations/"+d.dialect.name)
	if err != nil {
		return nil, err
	}
	options, err := d.dialect.migrating()
	if err != nil {
		return nil, err
	}
	options = append(options, goose.WithLogger(goose.NopLogger()), goose.WithTableName(versionTable))
	provider, err := goose.NewProvider(d.dialect.goose, d.write, files, options...)
	if err != nil {
		return nil, fmt.Errorf("read the schema migrations: %w", err)
	}
	return provider, nil
}
