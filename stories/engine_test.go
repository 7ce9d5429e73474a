//go:build browser

package stories

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the pgx driver

	"sir/internal/browsertest"
)

// An engine is a database a story is told on.
type engine struct {
	name string
	copy func(t *testing.T) string // a database of its own that holds the demonstration: its address for --db
}

// engines are the ones to tell stories on: the chosen one, or SQLite and, where
// SIR_TEST_POSTGRES gives a server, PostgreSQL.
func engines(t *testing.T) []engine {
	t.Helper()
	server := os.Getenv("SIR_TEST_POSTGRES")
	sqlite := engine{"sqlite", copySQLite}
	postgres := engine{"postgres", func(t *testing.T) string { return copyPostgres(t, server) }}
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

// load has the built program fill a new database with the demonstration, which
// takes longer than a copy of what it made.
func load(address string) error {
	root, err := browsertest.Root()
	if err != nil {
		return err
	}
	said, err := exec.Command(filepath.Join(root, "bin", "sir"), "demo", "--load-only", "--db", address).CombinedOutput()
	if err != nil {
		return fmt.Errorf("bin/sir (built by make build) does not load the demonstration: %w; it said:\n%s", err, said)
	}
	return nil
}

// demonstration is an SQLite file that holds it, made once for a test binary.
var demonstration = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "sir-stories-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "sir.db")
	if err := load(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func copySQLite(t *testing.T) string {
	t.Helper()
	content, err := demonstration()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "sir.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// model is the name of the PostgreSQL database that stories get copies of, made
// once for a test binary; the server goes when the tests end.
var model = sync.OnceValues(func() (string, error) {
	server := os.Getenv("SIR_TEST_POSTGRES")
	name := fmt.Sprintf("stories%d", os.Getpid())
	if err := onServer(context.Background(), server, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	address, err := addressOn(server, name)
	if err != nil {
		return "", err
	}
	return name, load(address)
})

// copyPostgres creates a database on server and drops it when t ends. Names are
// ours, letters and digits only: identifiers take no placeholder.
func copyPostgres(t *testing.T, server string) string {
	t.Helper()
	from, err := model()
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("%sx%d", from, copies.Add(1))
	if err := onServer(t.Context(), server, "CREATE DATABASE "+name+" TEMPLATE "+from); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := onServer(context.Background(), server, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	address, err := addressOn(server, name)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

var copies atomic.Int64

// addressOn is the address of a database on a server.
func addressOn(server, name string) (string, error) {
	address, err := url.Parse(server)
	if err != nil {
		return "", fmt.Errorf("SIR_TEST_POSTGRES: %w", err)
	}
	address.Path = "/" + name
	return address.String(), nil
}

// onServer runs one statement on the server's own database.
func onServer(ctx context.Context, server, statement string) error {
	admin, err := sql.Open("pgx", server)
	if err != nil {
		return fmt.Errorf("SIR_TEST_POSTGRES: %w", err)
	}
	defer admin.Close()
	if _, err := admin.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

func names(stories map[string]story) []string { return slices.Sorted(maps.Keys(stories)) }
