// Package dbtest gives tests a fresh, migrated database: SQLite always, and
// PostgreSQL too where SIR_TEST_POSTGRES names a server that tests may make
// databases on.
package dbtest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"sir/internal/db"
)

// PostgresVariable names the server, as postgres://user@host:port/database.
const PostgresVariable = "SIR_TEST_POSTGRES"

// Each runs the same test on every engine at hand, each time on an empty,
// migrated database of its own.
func Each(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	EachAddress(t, func(t *testing.T, address string) { test(t, Open(t, address)) })
}

// EachAddress is Each for tests that open the database themselves.
func EachAddress(t *testing.T, test func(t *testing.T, address string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// Open opens address and closes it when the test ends.
func Open(t testing.TB, address string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// template is a migrated SQLite file, made once for a test binary.
var template = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "sir-dbtest-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "template.db")
	if err := migrate(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// SQLite answers the path of a migrated SQLite file of the test's own.
func SQLite(t testing.TB) string {
	t.Helper()
	content, err := template()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Postgres answers the address of a migrated PostgreSQL database of the
// test's own, and skips the test where no server is named.
func Postgres(t testing.TB) string {
	t.Helper()
	model, err := postgresTemplate()
	if err != nil {
		t.Fatal(err)
	}
	if model == "" {
		t.Skipf("%s is not set: run this through make test", PostgresVariable)
	}
	return createDatabase(t, model)
}

// EmptyPostgres is Postgres without any schema.
func EmptyPostgres(t testing.TB) string {
	t.Helper()
	if os.Getenv(PostgresVariable) == "" {
		t.Skipf("%s is not set: run this through make test", PostgresVariable)
	}
	return createDatabase(t, "template0")
}

var serial atomic.Int64

func createDatabase(t testing.TB, model string) string {
	t.Helper()
	name := fmt.Sprintf("sir_test_%d_%d", os.Getpid(), serial.Add(1))
	if err := onServer(`CREATE DATABASE ` + name + ` TEMPLATE ` + model); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = onServer(`DROP DATABASE IF EXISTS ` + name + ` WITH (FORCE)`) })
	return databaseAddress(name)
}

// postgresTemplate answers the name of a migrated database that the others
// are copied from; an empty name where no server is given.
var postgresTemplate = sync.OnceValues(func() (string, error) {
	if os.Getenv(PostgresVariable) == "" {
		return "", nil
	}
	name := fmt.Sprintf("sir_template_%d", os.Getpid())
	if err := onServer(`CREATE DATABASE ` + name + ` TEMPLATE template0`); err != nil {
		return "", err
	}
	return name, migrate(databaseAddress(name))
})

func migrate(address string) error {
	ctx := context.Background()
	d, err := db.Open(ctx, address)
	if err != nil {
		return err
	}
	if _, err := d.Migrate(ctx); err != nil {
		_ = d.Close()
		return err
	}
	return d.Close()
}

func databaseAddress(name string) string {
	u, err := url.Parse(os.Getenv(PostgresVariable))
	if err != nil {
		panic("bad " + PostgresVariable + ": " + err.Error())
	}
	u.Path = "/" + name
	return u.String()
}

// onServer runs one statement on the server's own database.
func onServer(statement string) error {
	pool, err := sql.Open("pgx", os.Getenv(PostgresVariable))
	if err != nil {
		return err
	}
	defer pool.Close()
	_, err = pool.Exec(statement)
	return err
}
