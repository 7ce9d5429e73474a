package db

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

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
