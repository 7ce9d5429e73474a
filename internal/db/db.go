// Package db opens SIR's database, SQLite or PostgreSQL, and runs the same SQL
// text on both.
//
// SQLite has two pools on one file: many readers, and one writer, so that a
// write never meets "database is locked" from its own process. PostgreSQL has
// one pool that serves as both. A transaction travels in the context: a query
// made with that context runs inside it, and an InTx inside an InTx joins it,
// so one use case may call another without knowing.
//
// Conventions that let one text serve both engines: placeholders are $1, $2;
// times are whole microseconds since 1970 in UTC, in BIGINT columns (see
// Time); dates are ISO text; ids are text; JSON is text. Text that only one of
// them would take (a NUL, bytes that are not UTF-8) is refused for both, with a
// fault.ErrInvalid that may be shown.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
)

// DB is an open database. It is safe for concurrent use.
type DB struct {
	read    *sql.DB
	write   *sql.DB
	dialect dialect
	address string
	lock    *fileLock
}

// Open opens the database at address: a file path (SQLite, made when missing)
// or a postgres:// address. It does not change the schema; see Migrate.
func Open(ctx context.Context, address string) (*DB, error) {
	if IsPostgres(address) {
		return openPostgres(ctx, address)
	}
	return openSQLite(ctx, address)
}

// IsPostgres tells whether address names a PostgreSQL server; anything else is
// the path of an SQLite file.
func IsPostgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// Close closes the pools and gives up the lock that Hold took.
func (d *DB) Close() error {
	err := d.read.Close()
	if d.write != d.read {
		err = errors.Join(err, d.write.Close())
	}
	return errors.Join(err, d.lock.release())
}

// Engine is "sqlite" or "postgres", for display.
func (d *DB) Engine() string { return d.dialect.name }

// Ping checks that the database answers.
func (d *DB) Ping(ctx context.Context) error { return d.read.PingContext(ctx) }

// runner is what a pool and a transaction have in common.
type runner interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// Exec runs a statement in the context's transaction, or on its own.
func (d *DB) Exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := storable(args); err != nil {
		return nil, err
	}
	return d.runner(ctx, d.write).ExecContext(ctx, query, args...)
}

// Row runs a query of which one row is wanted, in the context's transaction
// or on its own. Scan answers sql.ErrNoRows where there is none.
func (d *DB) Row(ctx context.Context, query string, args ...any) Scanner {
	if err := storable(args); err != nil {
		return refused{err}
	}
	return d.runner(ctx, d.read).QueryRowContext(ctx, query, args...)
}

func (d *DB) runner(ctx context.Context, pool *sql.DB) runner {
	if tx := txFrom(ctx, d); tx != nil {
		return tx
	}
	return pool
}

// Scanner is what a query answered: one row, or the row that Each has come to.
type Scanner interface{ Scan(dest ...any) error }

// List runs a query in the context's transaction or on its own and turns each
// row into a T. No rows is an empty list, not an error.
func List[T any](ctx context.Context, d *DB, scan func(Scanner) (T, error), query string, args ...any) ([]T, error) {
	var list []T
	err := d.Each(ctx, func(row Scanner) error {
		item, err := scan(row)
		list = append(list, item)
		return err
	}, query, args...)
	return list, err
}

// Each runs a query in the context's transaction or on its own and calls fn
// for each row, without holding the rows in memory.
func (d *DB) Each(ctx context.Context, fn func(Scanner) error, query string, args ...any) error {
	if err := storable(args); err != nil {
		return err
	}
	rows, err := d.runner(ctx, d.read).QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// ErrNoChange means that ExecOne changed no row: the record is gone, or has
// another version by now.
var ErrNoChange = errors.New("no row changed")

// ExecOne runs a statement that must change exactly one row.
func (d *DB) ExecOne(ctx context.Context, query string, args ...any) error {
	result, err := d.Exec(ctx, query, args...)
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err != nil {
		return err
	}
	if n == 0 {
		return ErrNoChange
	}
	if n > 1 {
		return fmt.Errorf("statement meant for one row changed %d", n)
	}
	return nil
}

// OpenExisting is Open for a database that must be there already: it makes no
// file.
func OpenExisting(ctx context.Context, address string) (*DB, error) {
	if !Exists(address) {
		return nil, fmt.Errorf("there is no database file %s", address)
	}
	return Open(ctx, address)
}

// Exists tells whether there is a file at an SQLite address. Whether a
// PostgreSQL database is there shows when it is opened.
func Exists(address string) bool {
	if IsPostgres(address) {
		return true
	}
	_, err := os.Stat(address)
	return err == nil
}

// CheckReferences looks for rows that refer to something that is not there.
// PostgreSQL never has any; an SQLite file can, if another program wrote it.
func (d *DB) CheckReferences(ctx context.Context) error {
	if d.dialect.dangling == "" {
		return nil
	}
	return d.Each(ctx, func(row Scanner) error {
		var table, parent string
		var rowid sql.NullInt64
		var reference int
		if err := row.Scan(&table, &rowid, &parent, &reference); err != nil {
			return err
		}
		return fmt.Errorf("table %s row %d refers to a row of %s that is not there", table, rowid.Int64, parent)
	}, d.dialect.dangling)
}
