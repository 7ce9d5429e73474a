package api_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the pgx driver

	"sir/internal/db/dbtest"
)

// onPostgres answers the address of a database of the test's own that holds
// the demonstration: loading it anew takes seconds.
func onPostgres(t *testing.T) string {
	t.Helper()
	if os.Getenv(dbtest.PostgresVariable) == "" {
		t.Skipf("%s is not set: run this through make test", dbtest.PostgresVariable)
	}
	model, err := model()
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("%s_%d", model, copies.Add(1))
	if err := onServer(t.Context(), "CREATE DATABASE "+name+" TEMPLATE "+model); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = onServer(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)") })
	return addressOf(name)
}

var copies atomic.Int64

// model is the database that the others are copied from, made once for a test
// binary.
var model = sync.OnceValues(func() (string, error) {
	name := fmt.Sprintf("sir_api_%d", os.Getpid())
	if err := onServer(context.Background(), "CREATE DATABASE "+name+" TEMPLATE template0"); err != nil {
		return "", err
	}
	return name, load(addressOf(name))
})

func addressOf(name string) string {
	address, err := url.Parse(os.Getenv(dbtest.PostgresVariable))
	if err != nil {
		panic("bad " + dbtest.PostgresVariable + ": " + err.Error())
	}
	address.Path = "/" + name
	return address.String()
}

// onServer runs one statement on the server's own database. The names in it
// are ours: identifiers take no placeholder.
func onServer(ctx context.Context, statement string) error {
	pool, err := sql.Open("pgx", os.Getenv(dbtest.PostgresVariable))
	if err != nil {
		return err
	}
	defer pool.Close()
	_, err = pool.ExecContext(ctx, statement)
	return err
}
