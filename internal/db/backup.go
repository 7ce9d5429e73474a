package db

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A backup is an SQLite file with the same tables and columns, whichever
// engine it was taken from, and a seal: the number of rows and a hash of the
// content of each table. So a backup of either engine can be restored into
// either, which is also the way from SQLite to PostgreSQL.

// Backup writes a sealed copy of the database to path, as at one moment, while
// others go on writing. A file that is there already is not overwritten.
func (d *DB) Backup(ctx context.Context, path string) (err error) {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s is there already: name another file", path)
	}
	if err := checkWritable(path); err != nil {
		return err
	}
	// Absolute, because VACUUM INTO takes "file:..." for an address.
	if path, err = filepath.Abs(path); err != nil {
		return err
	}
	partial := path + ".partial"
	if err := Remove(partial); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, Remove(partial)) }()
	if err := d.copyTo(ctx, partial); err != nil {
		return fmt.Errorf("back up to %s: %w", path, err)
	}
	return os.Rename(partial, path)
}

// copyTo makes a new, sealed SQLite file at path with everything in it.
func (d *DB) copyTo(ctx context.Context, path string) error {
	if d.dialect.copyInto != "" {
		if _, err := d.write.ExecContext(ctx, d.dialect.copyInto, path); err != nil {
			return err
		}
	}
	target, err := openSQLite(ctx, path)
	if err != nil {
		return err
	}
	defer target.Close()
	if d.dialect.copyInto == "" {
		if _, err := target.Migrate(ctx); err != nil {
			return err
		}
		if err := copyAll(ctx, d, target); err != nil {
			return err
		}
	}
	if err := target.seal(ctx); err != nil {
		return err
	}
	// One file, without a log beside it; that needs every reader gone.
	if err := target.read.Close(); err != nil {
		return err
	}
	_, err = target.write.ExecContext(ctx, `PRAGMA journal_mode = DELETE`)
	return err
}

// Remove removes an SQLite file and what may stand beside it.
func Remove(path string) error {
	for _, suffix := range []string{"", "-wal", "-shm", ".lock"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// copyAll copies the rows of every table from one database into another that
// has the same, empty schema. The source is read as at one moment; the target
// gets all or nothing.
func copyAll(ctx context.Context, from, to *DB) error {
	tables, err := to.tablesInOrder(ctx)
	if err != nil {
		return err
	}
	return from.Snapshot(ctx, func(reading context.Context) error {
		return to.InTx(ctx, func(writing context.Context) error {
			for _, t := range tables {
				if err := copyTable(reading, writing, from, to, t); err != nil {
					return fmt.Errorf("copy table %s: %w", t.name, err)
				}
			}
			return nil
		})
	})
}

func copyTable(reading, writing context.Context, from, to *DB, t table) error {
	if t.seeded {
		if _, err := to.Exec(writing, `DELETE FROM `+t.name); err != nil {
			return err
		}
	}
	placeholders := make([]string, len(t.columns))
	for i := range placeholders {
		placeholders[i] = fmt.Sprintf("$%d", i+1)
	}
	columns := strings.Join(t.columns, ", ")
	insert := `INSERT INTO ` + t.name + ` (` + columns + `) VALUES (` + strings.Join(placeholders, ", ") + `)`
	values, targets := t.row()
	return from.Each(reading, func(row Scanner) error {
		if err := row.Scan(targets...); err != nil {
			return err
		}
		_, err := to.Exec(writing, insert, values...)
		return err
	}, `SELECT `+columns+` FROM `+t.name)
}
