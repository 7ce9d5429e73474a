package usecase_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/usecase"
)

var (
	noon    = time.Date(2026, 10, 1, 12, 0, 0, 0, time.UTC)
	admin   = policy.Actor{ID: "i", Name: "Admin", Grants: []policy.Grant{{Role: policy.InstanceAdmin}}}
	analyst = policy.Actor{ID: "a", Name: "Analyst", Grants: []policy.Grant{{Role: policy.Analyst, Member: "m1"}}}
)

func deskOn(d *db.DB) *usecase.Desk {
	return &usecase.Desk{DB: d, Now: func() time.Time { return noon }}
}

// trail answers the entries as "actor action outcome object", oldest first.
func trail(t *testing.T, d *db.DB) (lines []string) {
	t.Helper()
	entries, err := audit.List(t.Context(), d, audit.Filter{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for i := range entries {
		e := entries[len(entries)-1-i]
		if !e.At.Equal(noon) {
			t.Errorf("entry %d is dated %v, not by the desk's clock", e.Seq, e.At)
		}
		lines = append(lines, e.ActorID+" "+e.Action+" "+string(e.Outcome)+" "+e.Object)
	}
	return lines
}

func checkTrail(t *testing.T, d *db.DB, want ...string) {
	t.Helper()
	got := trail(t, d)
	if len(got) != len(want) {
		t.Fatalf("the trail is %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("entry %d is %q, want %q", i+1, got[i], want[i])
		}
	}
}

func settings(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	if err := d.Row(t.Context(), `SELECT count(*) FROM setting`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestReadRecordsRefusalsOfPeopleOnly(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		desk := deskOn(d)
		if err := desk.Read(t.Context(), admin, policy.ViewAudit, policy.Object{}); err != nil {
			t.Errorf("an administrator: %v", err)
		}
		if err := desk.Read(t.Context(), policy.Nobody, policy.ViewAudit, policy.Object{}); !errors.Is(err, fault.ErrSignedOut) {
			t.Errorf("a visitor: %v", err)
		}
		checkTrail(t, d)
		err := desk.Read(t.Context(), analyst, policy.ViewSiteLevels, policy.Object{Member: "m2", Site: "s1"})
		if !errors.Is(err, fault.ErrForbidden) {
			t.Errorf("an analyst elsewhere: %v", err)
		}
		checkTrail(t, d, "a adoption.view-sites refused site s1")
		ctx := usecase.Asking(t.Context(), "GET /measure/"+strings.Repeat("x", 1000))
		if err := desk.Read(ctx, analyst, policy.ViewAudit, policy.Object{}); !errors.Is(err, fault.ErrForbidden) {
			t.Errorf("an analyst: %v", err)
		}
		entries, err := audit.List(t.Context(), d, audit.Filter{Limit: 1})
		if want := `{"asked for":"GET /measure/` + strings.Repeat("x", 187) + `"}`; err != nil || entries[0].Detail != want {
			t.Errorf("the refusal says %s (%v)", entries[0].Detail, err)
		}
	})
}

func TestWriteDoesAllOfItOrNothing(t *testing.T) {
	t.Parallel()
	put := func(ctx context.Context, d *db.DB, name string) (audit.Note, error) {
		_, err := d.Exec(ctx, `INSERT INTO setting (name, value) VALUES ($1, '1')`, name)
		return audit.Note{Object: "setting " + name}, err
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		desk := deskOn(d)
		write := func(actor policy.Actor, change func(ctx context.Context) (audit.Note, error)) error {
			return desk.Write(t.Context(), actor, policy.ChangeSettings, policy.Object{}, change)
		}
		if err := write(admin, func(ctx context.Context) (audit.Note, error) { return put(ctx, d, "a") }); err != nil {
			t.Fatal(err)
		}
		checkTrail(t, d, "i settings.change done setting a")

		stop := errors.New("stop")
		err := write(admin, func(ctx context.Context) (audit.Note, error) {
			note, _ := put(ctx, d, "b")
			return note, stop
		})
		if !errors.Is(err, stop) {
			t.Errorf("a change that fails: %v", err)
		}
		err = write(admin, func(ctx context.Context) (audit.Note, error) {
			note, err := put(ctx, d, "c")
			note.Object = "not to be stored \x00" // so that the entry fails after the change
			return note, err
		})
		if err == nil {
			t.Error("a change without its entry was kept")
		}
		ran := false
		err = write(analyst, func(ctx context.Context) (audit.Note, error) {
			ran = true
			return put(ctx, d, "d")
		})
		if !errors.Is(err, fault.ErrForbidden) || ran {
			t.Errorf("a refused change: %v, and it ran: %v", err, ran)
		}
		checkTrail(t, d, "i settings.change done setting a", "a settings.change refused ")
		if n := settings(t, d); n != 1 {
			t.Errorf("%d settings are there, want the first alone", n)
		}
	})
}

// A use case that calls another makes one transaction with two entries.
func TestWriteInsideWriteIsOneTransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		desk := deskOn(d)
		stop := errors.New("stop")
		for _, end := range []error{stop, nil} {
			err := desk.Write(t.Context(), admin, policy.ChangeSettings, policy.Object{}, func(ctx context.Context) (audit.Note, error) {
				inner := desk.Write(ctx, admin, policy.AddAccount, policy.Object{}, func(context.Context) (audit.Note, error) {
					return audit.Note{Object: "inner"}, nil
				})
				return audit.Note{Object: "outer"}, errors.Join(inner, end)
			})
			if !errors.Is(err, end) {
				t.Fatal(err)
			}
		}
		checkTrail(t, d, "i account.add done inner", "i settings.change done outer")
	})
}

func TestTrailIsForAdministrators(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	trail := usecase.NewTrail(deskOn(d))
	if _, err := trail.List(t.Context(), analyst, audit.Filter{Limit: 9}); !errors.Is(err, fault.ErrForbidden) {
		t.Errorf("List for an analyst: %v", err)
	}
	if _, err := trail.Verify(t.Context(), analyst); !errors.Is(err, fault.ErrForbidden) {
		t.Errorf("Verify for an analyst: %v", err)
	}
	entries, err := trail.List(t.Context(), admin, audit.Filter{Limit: 9})
	if err != nil || len(entries) != 2 {
		t.Errorf("List = %d entries, %v; want the two refusals", len(entries), err)
	}
	if head, err := trail.Verify(t.Context(), admin); err != nil || head.Seq != 2 {
		t.Errorf("Verify = %+v, %v", head, err)
	}
}
