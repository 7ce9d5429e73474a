package auth

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/policy"
)

func TestSignInAnswersTheAccountWithItsRoles(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		addMembers(t, d)
		s := serviceOn(d, newClock())
		grants := []policy.Grant{{Role: policy.Analyst, Member: "m1"}, {Role: policy.MemberAdmin, Member: "m2"}}
		want := enrol(t, s, "ada", grants...)
		for _, typed := range []string{"ada", "  ADA\t"} {
			got, err := s.SignIn(t.Context(), typed, rightPassword, "192.0.2.1")
			if err != nil {
				t.Fatal(err)
			}
			if got.ID != want.ID || got.Name != want.Name || !slices.Equal(got.Grants, grants) || got.Disabled() {
				t.Errorf("%q signed in as %+v", typed, got)
			}
			if line := last(trail(t, d)); line != "session.sign-in done account "+want.ID {
				t.Errorf("the trail ends with %q", line)
			}
		}
	})
}

// countHashes counts the password hashes that are computed while a test runs,
// by standing where they take turns. Such a test cannot run beside others.
func countHashes(t *testing.T) *int {
	t.Helper()
	previous, turns, stop, stopped := hashing, make(chan struct{}), make(chan struct{}), make(chan struct{})
	hashing = turns
	n := new(int)
	go func() {
		defer close(stopped)
		for {
			select {
			case <-turns: // somebody takes a turn
				*n++
				turns <- struct{}{} // and gives it back
			case <-stop:
				return
			}
		}
	}()
	t.Cleanup(func() {
		close(stop)
		<-stopped
		hashing = previous
	})
	return n
}

// A wrong name, a wrong password, a disabled account and one without a password
// must not be told apart: not by the answer, nor by whether a hash was
// computed, which takes most of the time, nor by the trail's kind of entry.
func TestFailedSignInsLookAlike(t *testing.T) {
	rightHash()
	n := countHashes(t)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		enrol(t, s, "ada")
		enrol(t, s, "gone")
		if _, err := d.Exec(t.Context(), `UPDATE account SET disabled_at = 1 WHERE sign_in_name = 'gone'`); err != nil {
			t.Fatal(err)
		}
		if _, err := s.AddDemo(t.Context(), policy.System("test"), "Demo", policy.Grant{Role: policy.Analyst}); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct{ name, password string }{
			"wrong password":    {"ada", "wrong horse battery"},
			"empty password":    {"ada", ""},
			"huge password":     {"ada", strings.Repeat(rightPassword, 1<<16)},
			"unknown name":      {"bob", rightPassword},
			"empty name":        {"", rightPassword},
			"huge name":         {strings.Repeat("a", 1<<20), rightPassword},
			"NUL in the name":   {"ada\x00", rightPassword},
			"name not UTF-8":    {"ada\xff", rightPassword},
			"right to left":     {"\u202eada", rightPassword},
			"SQL in the name":   {"ada' OR '1'='1", rightPassword},
			"LIKE in the name":  {"ad%", rightPassword},
			"disabled":          {"gone", rightPassword},
			"disabled, wrong":   {"gone", "wrong horse battery"},
			"without password":  {"demo-analyst", rightPassword},
			"without, and none": {"demo-analyst", ""},
		} {
			hashes, entries := *n, len(trail(t, d))
			account, err := s.SignIn(t.Context(), c.name, c.password, name)
			if account.ID != "" || !errors.Is(err, fault.ErrSignedOut) || err.Error() != errSignIn.Message {
				t.Errorf("%s: %+v, %v", name, account, err)
			}
			if *n != hashes+1 {
				t.Errorf("%s: %d hashes were computed, want 1", name, *n-hashes)
			}
			lines := trail(t, d)
			if len(lines) != entries+1 || !strings.HasPrefix(last(lines), "session.sign-in refused name ") || len(last(lines)) > 100 {
				t.Errorf("%s: the trail ends with %.200q", name, last(lines))
			}
			// The account's counter is not what this test is about.
			if _, err := d.Exec(t.Context(), `DELETE FROM sign_in_failure`); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// A password may hold any character that prints or is needed to write a
// script; what was taken when it was set must be taken when it is typed.
func TestUnusualPasswordsSignIn(t *testing.T) {
	t.Parallel()
	s := serviceOn(dbtest.Open(t, dbtest.SQLite(t)), newClock())
	for i, password := range []string{
		"no-break\u00a0space here", "👩‍👩‍👧 and a cat called", "שלום \u200f וברכה לכם", "soft\u00adhyphens\u00adinside", " spaces at the ends ",
		"\ufffd replaced \ufffd",
	} {
		name := fmt.Sprintf("somebody%d", i)
		_, err := s.Add(t.Context(), policy.System("test"), NewAccount{
			SignInName: name, Name: "Somebody", Password: password, Grants: []policy.Grant{{Role: policy.Analyst}},
		})
		if err != nil {
			t.Errorf("%q: %v", password, err)
			continue
		}
		if _, err := s.SignIn(t.Context(), name, password, "192.0.2.1"); err != nil {
			t.Errorf("%q was taken and does not sign in: %v", password, err)
		}
	}
}

func TestDemoSignIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		made, err := s.AddDemo(t.Context(), policy.System("test"), "Demo", policy.Grant{Role: policy.SpreadManager})
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.SignInDemo(t.Context(), policy.SpreadManager, "127.0.0.1")
		if err != nil || got.ID != made.ID {
			t.Errorf("SignInDemo = %+v, %v", got, err)
		}
		if line := last(trail(t, d)); line != "session.sign-in done account "+made.ID {
			t.Errorf("the trail ends with %q", line)
		}
		for _, role := range []policy.Role{policy.Analyst, "no such role", "\x00", "x' OR '1'='1"} {
			if _, err := s.SignInDemo(t.Context(), role, "127.0.0.1"); !errors.Is(err, fault.ErrNotFound) && !errors.Is(err, fault.ErrInvalid) {
				t.Errorf("role %q: %v", role, err)
			}
		}
		if err := s.Disable(t.Context(), policy.System("test"), made.SignInName); err != nil {
			t.Fatal(err)
		}
		if _, err := s.SignInDemo(t.Context(), policy.SpreadManager, "127.0.0.1"); !errors.Is(err, fault.ErrForbidden) || !strings.Contains(err.Error(), "is disabled") {
			t.Errorf("a disabled account of the demonstration: %v", err)
		}
	})
}

func TestResumeEndsWithTheEpochOrTheAccount(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		account := enrol(t, s, "ada")
		resume := func(id string, epoch int64) error {
			_, err := s.Resume(t.Context(), id, epoch)
			return err
		}
		if err := resume(account.ID, account.Epoch); err != nil {
			t.Errorf("a session of this epoch: %v", err)
		}
		for name, err := range map[string]error{
			"an earlier epoch": resume(account.ID, account.Epoch-1), "a later one": resume(account.ID, account.Epoch+1),
			"no such account": resume(db.NewID(), 1), "no account": resume("", 1),
		} {
			if !errors.Is(err, fault.ErrSignedOut) {
				t.Errorf("%s: %v, want ErrSignedOut", name, err)
			}
		}
		if err := s.SignOutEverywhere(t.Context(), account.Actor()); err != nil {
			t.Fatal(err)
		}
		if err := resume(account.ID, account.Epoch); !errors.Is(err, fault.ErrSignedOut) {
			t.Errorf("after signing out everywhere: %v", err)
		}
		if line := last(trail(t, d)); line != "account.sign-out-everywhere done account "+account.ID {
			t.Errorf("the trail ends with %q", line)
		}
		if err := s.Disable(t.Context(), policy.System("test"), "ada"); err != nil {
			t.Fatal(err)
		}
		if err := resume(account.ID, account.Epoch+2); !errors.Is(err, fault.ErrSignedOut) {
			t.Errorf("a disabled account: %v", err)
		}
	})
}

func TestSignOutIsRecorded(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	s := serviceOn(d, newClock())
	if err := s.RecordSignOut(t.Context(), enrol(t, s, "ada").Actor()); err != nil {
		t.Fatal(err)
	}
	if line := last(trail(t, d)); !strings.HasPrefix(line, "session.sign-out done account ") {
		t.Errorf("the trail ends with %q", line)
	}
	if err := s.RecordSignOut(t.Context(), policy.Nobody); !errors.Is(err, fault.ErrSignedOut) {
		t.Errorf("a visitor signed out: %v", err)
	}
}

// Whatever is typed, nobody gets in, nothing breaks, and no key or entry is
// longer than it may be.
func FuzzSignIn(f *testing.F) {
	for _, seed := range []string{"ada", "", "ADA ", "\x00", "\xff", "' OR 1=1 --", "a\u202eb", strings.Repeat("é", 100)} {
		f.Add(seed, seed, seed)
	}
	d := dbtest.Open(f, dbtest.SQLite(f))
	c := newClock()
	s := serviceOn(d, c)
	f.Fuzz(func(t *testing.T, name, password, address string) {
		ctx := context.Background()
		c.move(48 * time.Hour) // every earlier failure is forgotten
		if _, err := s.SignIn(ctx, name, password, address); !errors.Is(err, fault.ErrSignedOut) {
			t.Fatalf("SignIn = %v", err)
		}
		var longest int
		if err := d.Row(ctx, `SELECT max(length(subject)) FROM sign_in_failure`).Scan(&longest); err != nil || longest > 80 {
			t.Fatalf("a key of %d characters (%v)", longest, err)
		}
		if _, err := d.Exec(ctx, `DELETE FROM sign_in_failure`); err != nil {
			t.Fatal(err)
		}
	})
}
