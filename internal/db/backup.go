package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A backup is an SQLite file with the same tables and columns, whichever
// engine it was taken from, and a seal: the number of rows and a hash of the
// content of each table. So a backup of either engine can be restored into
// either, which is also the way from SQLite to PostgreSQL.

const sealTable = "backup_seal"

// ErrDamaged means that a backup's content does not match its seal.
var ErrDamaged = errors.New("the backup is damaged")

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

// seal adds the table that says what the backup must hold.
func (d *DB) seal(ctx context.Context) error {
	seals, err := d.digest(ctx)
	if err != nil {
		return err
	}
	return d.InTx(ctx, func(ctx context.Context) error {
		if _, err := d.Exec(ctx, `CREATE TABLE `+sealTable+` (name TEXT NOT NULL PRIMARY KEY, content TEXT NOT NULL)`); err != nil {
			return err
		}
		for name, content := range seals {
			if _, err := d.Exec(ctx, `INSERT INTO `+sealTable+` (name, content) VALUES ($1, $2)`, name, content); err != nil {
				return err
			}
		}
		return nil
	})
}

// digest answers, for each table, its number of rows and a hash of them that
// does not depend on their order.
func (d *DB) digest(ctx context.Context) (map[string]string, error) {
	tables, err := d.tablesInOrder(ctx)
	if err != nil {
		return nil, err
	}
	seals := map[string]string{}
	for _, t := range tables {
		rows, sum := 0, [sha256.Size]byte{}
		values, targets := t.row()
		hasher := sha256.New()
		err := d.Each(ctx, func(row Scanner) error {
			if err := row.Scan(targets...); err != nil {
				return err
			}
			rows++
			addRow(&sum, hasher, values)
			return nil
		}, `SELECT `+strings.Join(t.columns, ", ")+` FROM `+t.name)
		if err != nil {
			return nil, fmt.Errorf("read table %s: %w", t.name, err)
		}
		seals[t.name] = fmt.Sprintf("%d rows, sha256 %s", rows, hex.EncodeToString(sum[:]))
	}
	return seals, nil
}

// addRow adds the hash of a row to the sum, byte by byte.
func addRow(sum *[sha256.Size]byte, hasher hash.Hash, values []any) {
	hasher.Reset()
	for _, v := range values {
		fmt.Fprintf(hasher, "%T %v\x00", v, v)
	}
	for i, b := range hasher.Sum(nil) {
		sum[i] += b
	}
}

// verifySeal answers ErrDamaged unless the file is a whole backup.
func (d *DB) verifySeal(ctx context.Context) error {
	var result string
	if err := d.Row(ctx, `PRAGMA integrity_check(1)`).Scan(&result); err != nil || result != "ok" {
		return ErrDamaged
	}
	want := map[string]string{}
	err := d.Each(ctx, func(row Scanner) error {
		var name, content string
		err := row.Scan(&name, &content)
		want[name] = content
		return err
	}, `SELECT name, content FROM `+sealTable)
	if err != nil {
		return fmt.Errorf("%w, or is not a backup that sir made: it has no seal", ErrDamaged)
	}
	got, err := d.digest(ctx)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	for name, content := range want {
		if got[name] != content {
			return fmt.Errorf("%w: table %s should hold %s", ErrDamaged, name, content)
		}
	}
	return nil
}

// Restore puts a backup in place at address. It refuses a damaged backup and
// one of a newer schema; an older one is brought up to date. What is at
// address already is only replaced with force, and only once the backup is
// known to be whole. The backup itself is not changed.
func Restore(ctx context.Context, backup, address string, force bool) (err error) {
	if _, err := os.Stat(backup); err != nil {
		return fmt.Errorf("the backup %s cannot be read: %w", backup, err)
	}
	folder, err := os.MkdirTemp("", "sir-restore-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	copied := filepath.Join(folder, "backup.db")
	if err := copyFile(backup, copied); err != nil {
		return err
	}
	source, err := openBackup(ctx, copied)
	if err != nil {
		return fmt.Errorf("%s: %w", backup, err)
	}
	defer source.Close()
	if IsPostgres(address) {
		return restorePostgres(ctx, source, address, force)
	}
	return restoreSQLite(ctx, source, address, force)
}

// openBackup checks a copy of a backup and brings it up to date.
func openBackup(ctx context.Context, path string) (*DB, error) {
	source, err := openSQLite(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	prepare := func() error {
		current, target, err := source.SchemaVersion(ctx)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if current > target {
			return ErrNewerSchema
		}
		if err := source.verifySeal(ctx); err != nil {
			return err
		}
		if _, err := source.Exec(ctx, `DROP TABLE `+sealTable); err != nil {
			return err
		}
		_, err = source.Migrate(ctx)
		return err
	}
	if err := prepare(); err != nil {
		return nil, errors.Join(err, source.Close())
	}
	return source, nil
}

func restoreSQLite(ctx context.Context, source *DB, path string, force bool) (err error) {
	if _, err := os.Stat(path); err == nil && !force {
		return fmt.Errorf("%s is there already: add --force to replace it, or name another file with --db", path)
	}
	if err := checkWritable(path); err != nil {
		return err
	}
	if path, err = filepath.Abs(path); err != nil {
		return err
	}
	// Nobody may be serving the file that is about to be replaced.
	old := &DB{dialect: sqliteDialect, address: path}
	if err := old.Hold(ctx, 2*time.Second); err != nil {
		return err
	}
	defer func() { _ = old.lock.release() }()
	partial := path + ".partial"
	if err := Remove(partial); err != nil {
		return err
	}
	if _, err := source.Exec(ctx, source.dialect.copyInto, partial); err != nil {
		return fmt.Errorf("write %s: %w", partial, err)
	}
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return os.Rename(partial, path)
}

func restorePostgres(ctx context.Context, source *DB, address string, force bool) error {
	target, err := openPostgres(ctx, address)
	if err != nil {
		return err
	}
	defer target.Close()
	known, err := target.hasTable(ctx, versionTable)
	if err != nil {
		return err
	}
	if known && !force {
		return fmt.Errorf("%s holds a SIR database already: add --force to replace it, or name another with --db", Redact(address))
	}
	if _, err := target.Migrate(ctx); err != nil {
		return err
	}
	tables, err := target.tablesInOrder(ctx)
	if err != nil {
		return err
	}
	return target.InTx(ctx, func(ctx context.Context) error {
		names := make([]string, len(tables))
		for i, t := range tables {
			names[i] = t.name
		}
		if _, err := target.Exec(ctx, `TRUNCATE `+strings.Join(names, ", ")); err != nil {
			return err
		}
		return copyAll(ctx, source, target)
	})
}

func copyFile(from, to string) error {
	content, err := os.Open(from)
	if err != nil {
		return err
	}
	defer content.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err := out.ReadFrom(content); err != nil {
		return errors.Join(err, out.Close())
	}
	return out.Close()
}
