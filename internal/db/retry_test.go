package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"sir/internal/db"
	"sir/internal/db/dbtest"
)

// Two transactions lock two rows in opposite order. PostgreSQL ends one of
// them as a deadlock; InTx must run it again, so that both come to pass.
func TestInTxRepeatsAfterADeadlock(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.Postgres(t))
	for _, name := range []string{"a", "b"} {
		if err := put(t.Context(), d, name, ""); err != nil {
			t.Fatal(err)
		}
	}
	attempts := map[string]int{}
	var counting sync.Mutex
	var firstHeld, all sync.WaitGroup
	firstHeld.Add(2)
	cross := func(own, other string) {
		first := true
		err := d.InTx(t.Context(), func(ctx context.Context) error {
			counting.Lock()
			attempts[own]++
			counting.Unlock()
			if _, err := d.Exec(ctx, `SET LOCAL deadlock_timeout = '20ms'`); err != nil {
				return err
			}
			if err := mark(ctx, d, own, own); err != nil {
				return err
			}
			if first {
				first = false
				firstHeld.Done()
				firstHeld.Wait()
			}
			return mark(ctx, d, other, own)
		})
		if err != nil {
			t.Errorf("the transaction that began with %s: %v", own, err)
		}
	}
	all.Go(func() { cross("a", "b") })
	all.Go(func() { cross("b", "a") })
	all.Wait()
	if attempts["a"]+attempts["b"] < 3 {
		t.Errorf("no transaction was repeated: %v", attempts)
	}
	for _, name := range []string{"a", "b"} {
		if got := setting(t, t.Context(), d, name); got != "ab" && got != "ba" {
			t.Errorf("%s was marked by %q, want by both, once each", name, got)
		}
	}
}

// mark adds a letter to a setting.
func mark(ctx context.Context, d *db.DB, name, letter string) error {
	return d.ExecOne(ctx, `UPDATE setting SET value = value || $1 WHERE name = $2`, letter, name)
}

// A transaction that read what another one changed meanwhile cannot be put
// into any order with it; it must be run again on the new state.
func TestInTxRepeatsAfterASerializationFailure(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.Postgres(t))
	if err := put(t.Context(), d, "a", "x"); err != nil {
		t.Fatal(err)
	}
	attempts := 0
	err := d.InTx(t.Context(), func(ctx context.Context) error {
		attempts++
		if _, err := d.Exec(ctx, `SET TRANSACTION ISOLATION LEVEL SERIALIZABLE`); err != nil {
			return err
		}
		before := setting(t, ctx, d, "a")
		if attempts == 1 { // outside the transaction: another writer
			if err := mark(t.Context(), d, "a", "y"); err != nil {
				return err
			}
		}
		return d.ExecOne(ctx, `UPDATE setting SET value = $1 WHERE name = 'a'`, before+"z")
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := setting(t, t.Context(), d, "a"); got != "xyz" || attempts != 2 {
		t.Errorf("after %d attempts a is %q, want xyz after 2", attempts, got)
	}
}

func TestInTxGivesUpOnPostgres(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.Postgres(t))
	for _, code := range []string{"40001", "40P01"} {
		attempts := 0
		err := d.InTx(t.Context(), func(ctx context.Context) error {
			attempts++
			_, err := d.Exec(ctx, `DO $$ BEGIN RAISE EXCEPTION 'collided' USING ERRCODE = '`+code+`'; END $$`)
			return err
		})
		if attempts != 10 || err == nil || !strings.Contains(err.Error(), "busy each of 10 times") {
			t.Errorf("%s: %d attempts, then %v", code, attempts, err)
		}
	}
}

func TestInTxDoesNotRepeatOtherErrors(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		attempts := 0
		err := d.InTx(t.Context(), func(ctx context.Context) error {
			attempts++
			_, err := d.Exec(ctx, `INSERT INTO no_such_table (a) VALUES (1)`)
			return err
		})
		if err == nil || attempts != 1 {
			t.Errorf("%d attempts, then %v", attempts, err)
		}
	})
}

// busyFile opens a file that another handle is writing to, with so many
// milliseconds of SQLite's own patience, and answers that other write.
func busyFile(t *testing.T, patience int) (d *db.DB, other *sql.Tx) {
	t.Helper()
	file := dbtest.SQLite(t)
	d = dbtest.Open(t, file)
	if _, err := d.Exec(t.Context(), fmt.Sprintf(`PRAGMA busy_timeout = %d`, patience)); err != nil {
		t.Fatal(err)
	}
	pool, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pool.Close() })
	if other, err = pool.BeginTx(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := other.ExecContext(t.Context(), `INSERT INTO setting (name, value) VALUES ('other', '1')`); err != nil {
		t.Fatal(err)
	}
	return d, other
}

func TestInTxGivesUpOnABusyFile(t *testing.T) {
	t.Parallel()
	d, other := busyFile(t, 0)
	began := 0
	err := d.InTx(t.Context(), func(context.Context) error { began++; return nil })
	if err == nil || !strings.Contains(err.Error(), "busy each of 10 times") || began != 0 {
		t.Errorf("InTx on a busy file began %d times and ended with %v", began, err)
	}
	if err := other.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := d.InTx(t.Context(), func(context.Context) error { return nil }); err != nil {
		t.Errorf("once the other writer had ended: %v", err)
	}
}

func TestInTxWaitsForABusyFile(t *testing.T) {
	t.Parallel()
	d, other := busyFile(t, 1000)
	ended := make(chan error, 1)
	go func() {
		ended <- d.InTx(context.Background(), func(ctx context.Context) error { return put(ctx, d, "mine", "1") })
	}()
	if err := other.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if setting(t, t.Context(), d, "mine") != "1" || setting(t, t.Context(), d, "other") != "1" {
		t.Error("one of the two writes is lost")
	}
}

func TestInTxStopsWaitingWhenTheCallerDoes(t *testing.T) {
	t.Parallel()
	d, _ := busyFile(t, 0)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.InTx(ctx, func(context.Context) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("InTx for a caller who has left = %v, want context.Canceled", err)
	}
}

// Many writers at once: each adds one, and none is lost.
func TestConcurrentWritersLoseNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := put(t.Context(), d, "a", ""); err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for range 16 {
			all.Go(func() {
				for range 5 {
					if err := d.InTx(t.Context(), func(ctx context.Context) error { return mark(ctx, d, "a", "x") }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if got := len(setting(t, t.Context(), d, "a")); got != 16*5 {
			t.Errorf("%d of %d writes are there", got, 16*5)
		}
	})
}
