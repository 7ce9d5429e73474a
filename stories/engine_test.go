//go:build browser

package stories

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the pgx driver
)

// An engine is a database a story is told on.
type engine struct {
	name   string
	create func(t *testing.T) string // a new, empty database: its address for --db
}

// engines are the ones to tell stories on: the chosen one, or SQLite and, where
// SIR_TEST_POSTGRES gives a server, PostgreSQL.
func engines(t *testing.T) []engine {
	t.Helper()
	server := os.Getenv("SIR_TEST_POSTGRES")
	sqlite := engine{"sqlite", func(t *testing.T) string { return filepath.Join(t.TempDir(), "sir.db") }}
	postgres := engine{"postgres", func(t *testing.T) string { return newPostgres(t, server) }}
	switch {
	case *database == "sqlite", *database == "" && server == "":
		return []engine{sqlite}
	case *database == "":
		return []engine{sqlite, postgres}
	case *database == "postgres" && server != "":
		return []engine{postgres}
	case *database == "postgres":
		t.Fatal("-db postgres needs a server: run this through scripts/with-postgres.sh")
	default:
		t.Fatalf("-db %s: the engines are sqlite and postgres", *database)
	}
	return nil
}

// newPostgres creates a database on server and drops it when t ends.
func newPostgres(t *testing.T, server string) string {
	t.Helper()
	address, err := url.Parse(server)
	if err != nil {
		t.Fatalf("SIR_TEST_POSTGRES: %v", err)
	}
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatalf("SIR_TEST_POSTGRES: %v", err)
	}
	// The name is ours, letters and digits only: identifiers take no placeholder.
	name := fmt.Sprintf("story%d", time.Now().UnixNano())
	if _, err := admin.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		defer admin.Close()
		if _, err := admin.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	address.Path = "/" + name
	return address.String()
}

func names(stories map[string]story) []string { return slices.Sorted(maps.Keys(stories)) }
