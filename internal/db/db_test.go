package db_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"
	"time"

	"sir/internal/db"
	"sir/internal/db/dbtest"
)

func setting(t *testing.T, ctx context.Context, d *db.DB, name string) string {
	t.Helper()
	var value string
	err := d.Row(ctx, `SELECT value FROM setting WHERE name = $1`, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func put(ctx context.Context, d *db.DB, name, value string) error {
	_, err := d.Exec(ctx, `INSERT INTO setting (name, value) VALUES ($1, $2)`, name, value)
	return err
}

func TestInTxJoinsTheOuterTransaction(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		stop := errors.New("stop")
		err := d.InTx(t.Context(), func(ctx context.Context) error {
			inner := d.InTx(ctx, func(ctx context.Context) error { return put(ctx, d, "inner", "1") })
			if inner != nil {
				return inner
			}
			if got := setting(t, ctx, d, "inner"); got != "1" {
				t.Errorf("inside the outer transaction the inner write reads %q, want 1", got)
			}
			return stop
		})
		if !errors.Is(err, stop) {
			t.Fatalf("InTx = %v, want the error of its function", err)
		}
		if got := setting(t, t.Context(), d, "inner"); got != "" {
			t.Errorf("the inner write survived the outer rollback: %q", got)
		}
	})
}

func TestInTxUndoesAPanic(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		func() {
			defer func() { _ = recover() }()
			_ = d.InTx(t.Context(), func(ctx context.Context) error {
				if err := put(ctx, d, "panic", "1"); err != nil {
					t.Error(err)
				}
				panic("half way")
			})
		}()
		if got := setting(t, t.Context(), d, "panic"); got != "" {
			t.Errorf("a write before a panic stayed: %q", got)
		}
		if err := put(t.Context(), d, "after", "1"); err != nil {
			t.Errorf("the writer is stuck after a panic: %v", err)
		}
	})
}

func TestValuesRoundTrip(t *testing.T) {
	at := time.Date(2026, 3, 29, 1, 30, 0, 123456000, time.FixedZone("BST", 3600))
	texts := []string{"", "plain", "<script>alert(1)</script>", "\u202eright to left", "naïve – ✓", `quote ' " \`, "line\nbreak"}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for i, text := range texts {
			id := db.NewID()
			_, err := d.Exec(t.Context(), `
				INSERT INTO account (id, sign_in_name, name, password_hash, created_at, disabled_at) VALUES ($1, $2, $3, '', $4, $5)`,
				id, id, text, db.At(at.Add(time.Duration(i))), db.At(time.Time{}))
			if err != nil {
				t.Fatal(err)
			}
			var got string
			var created, disabled time.Time
			err = d.Row(t.Context(), `SELECT name, created_at, disabled_at FROM account WHERE id = $1`, id).
				Scan(&got, (*db.Time)(&created), (*db.Time)(&disabled))
			if err != nil {
				t.Fatal(err)
			}
			if got != text {
				t.Errorf("text %q came back as %q", text, got)
			}
			if !created.Equal(at) || created.Location() != time.UTC {
				t.Errorf("time %v came back as %v", at, created)
			}
			if !disabled.IsZero() {
				t.Errorf("no time came back as %v", disabled)
			}
		}
	})
}

func TestDuplicateAndNoChangeAreRecognised(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := put(t.Context(), d, "a", "1"); err != nil {
			t.Fatal(err)
		}
		if err := put(t.Context(), d, "a", "2"); !db.IsDuplicate(err) {
			t.Errorf("second insert of one key: %v, want a duplicate", err)
		}
		err := d.ExecOne(t.Context(), `UPDATE setting SET value = '3' WHERE name = 'a' AND version = 7`)
		if !errors.Is(err, db.ErrNoChange) {
			t.Errorf("update of a version that is not there: %v, want ErrNoChange", err)
		}
	})
}

func TestSnapshotDoesNotSeeLaterWrites(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Snapshot(t.Context(), func(ctx context.Context) error {
			if got := setting(t, ctx, d, "later"); got != "" {
				t.Fatalf("unexpected %q", got)
			}
			if err := put(t.Context(), d, "later", "1"); err != nil {
				t.Fatalf("write beside a snapshot: %v", err)
			}
			if got := setting(t, ctx, d, "later"); got != "" {
				t.Errorf("the snapshot sees a later write: %q", got)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := setting(t, t.Context(), d, "later"); got != "1" {
			t.Errorf("after the snapshot the write reads %q", got)
		}
	})
}
