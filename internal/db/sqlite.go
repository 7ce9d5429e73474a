package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

var sqliteDialect = dialect{
	name:       "sqlite",
	goose:      database.DialectSQLite3,
	migrating:  func() ([]goose.ProviderOption, error) { return nil, nil },
	tableCount: `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = $1`,
	columns: `SELECT t.name, c.name, c.type FROM sqlite_master t, pragma_table_info(t.name) c
		WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid`,
	references: `SELECT t.name, f."table" FROM sqlite_master t, pragma_foreign_key_list(t.name) f
		WHERE t.type = 'table' ORDER BY t.name, f.id`,
	dangling:  `PRAGMA foreign_key_check`,
	copyInto:  `VACUUM INTO $1`,
	rowsOf:    `json_each($%d)`,
	intAt:     `json_extract(value, '$[%d]')`,
	oneInt:    `value`,
	retryable: sqliteRetryable,
	// An SQLite read transaction is a snapshot already (write-ahead log).
	snapshot: nil,
}

// openSQLite opens path with one writer and several readers. The pragmas
// stand in the address, because each connection of a pool needs them.
func openSQLite(ctx context.Context, path string) (*DB, error) {
	if err := checkWritable(path); err != nil {
		return nil, err
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	write, err := sql.Open("sqlite", sqliteAddress(absolute, "_txlock", "immediate"))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	write.SetMaxOpenConns(1)
	// The writer goes first: it makes the file and turns on the write-ahead log.
	if err := pingPatiently(ctx, write); err != nil {
		_ = write.Close()
		return nil, sqliteOpenError(path, err)
	}
	read, err := sql.Open("sqlite", sqliteAddress(absolute, "_pragma", "query_only(1)"))
	if err != nil {
		_ = write.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	read.SetMaxOpenConns(max(4, runtime.NumCPU()))
	read.SetMaxIdleConns(max(4, runtime.NumCPU()))
	return &DB{read: read, write: write, dialect: sqliteDialect, address: path}, nil
}

// pingPatiently waits while another process turns on the write-ahead log of a
// new file: SQLite answers that it is busy at once, whatever its timeout.
func pingPatiently(ctx context.Context, pool *sql.DB) error {
	for attempt := 1; ; attempt++ {
		err := pool.PingContext(ctx)
		if err == nil || !sqliteRetryable(err) || attempt == 4*maxAttempts {
			return err
		}
		if err := pause(ctx, attempt); err != nil {
			return err
		}
	}
}

// sqliteAddress takes an absolute path: in others SQLite would see names of its
// own, such as :memory:.
func sqliteAddress(path, key, value string) string {
	settings := url.Values{"_pragma": {
		"busy_timeout(10000)",
		"journal_mode(WAL)",
		"synchronous(NORMAL)",
		"foreign_keys(1)",
		"cache_size(-16000)",
		"temp_store(MEMORY)",
		// Pages, of 4 KB: a return of a large member changes some 700 in many places, and copying them from the log into the file
		// at every commit was a fifth of its time.
		"wal_autocheckpoint(4000)",
	}}
	settings.Add(key, value)
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: settings.Encode()}).String()
}

// checkWritable says in plain words what SQLite reports as "unable to open
// database file (14)".
func checkWritable(path string) error {
	if path == "" {
		return errors.New("no database was named: name a file or a postgres:// address with --db")
	}
	folder := filepath.Dir(path)
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("the folder %s does not exist: make it, or name another place with --db", folder)
	case err != nil:
		return fmt.Errorf("the folder %s cannot be read: %w", folder, err)
	case !info.IsDir():
		return fmt.Errorf("%s is not a folder: name another place with --db", folder)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder, not a database file: name a file with --db", path)
	}
	probe, err := os.CreateTemp(folder, ".sir-write-check-*")
	if err != nil {
		return fmt.Errorf("the folder %s cannot be written to: change its permissions, or name another place with --db", folder)
	}
	_ = probe.Close()
	return os.Remove(probe.Name())
}

func sqliteOpenError(path string, err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_NOTADB {
		return fmt.Errorf("%s is not a SIR database (nor any SQLite file): name another file with --db", path)
	}
	return fmt.Errorf("open %s: %w", path, err)
}

func sqliteRetryable(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	code := e.Code() & 0xff
	return code == sqlite3.SQLITE_BUSY || code == sqlite3.SQLITE_LOCKED
}
