package auth

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
)

// fail makes one attempt that is not taken back, as a wrong password does.
func fail(t *testing.T, s *Service, name, address string) error {
	t.Helper()
	err := s.countAttempt(t.Context(), name, address)
	if err != nil && !errors.Is(err, fault.ErrTooMany) {
		t.Fatal(err)
	}
	return err
}

// The wait after the n-th failure, by hand: five are free, then one second,
// doubled with each further failure up to a quarter of an hour.
func TestFailuresOfAnAccountSlowItDown(t *testing.T) {
	t.Parallel()
	seconds := []int{0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newClock()
		s := serviceOn(d, c)
		for n, second := range seconds {
			wait := time.Duration(second) * time.Second
			if wait > 0 {
				c.move(wait - time.Microsecond)
				if err := fail(t, s, "ada", fmt.Sprint("address ", n)); err == nil {
					t.Errorf("attempt %d was let through a microsecond early", n+1)
				}
				c.move(time.Microsecond)
			}
			if err := fail(t, s, "ada", fmt.Sprint("address ", n)); err != nil {
				t.Errorf("attempt %d, after the wait of %v: %v", n+1, wait, err)
			}
		}
		if err := fail(t, s, "bob", "address 0"); err != nil {
			t.Errorf("another account is slowed down too: %v", err)
		}
	})
}

// Somebody who tries many names from one place gets twenty for free.
func TestFailuresFromAnAddressSlowItDown(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		for n := range freeByAddress {
			if err := fail(t, s, fmt.Sprint("name ", n), "192.0.2.1"); err != nil {
				t.Fatalf("attempt %d: %v", n+1, err)
			}
		}
		if err := fail(t, s, "another name", "192.0.2.1"); err == nil {
			t.Error("one more was let through")
		}
		if err := fail(t, s, "another name", "192.0.2.2"); err != nil {
			t.Errorf("another address is slowed down too: %v", err)
		}
		var n int
		err := d.Row(t.Context(), `SELECT failures FROM sign_in_failure WHERE subject = 'account another name'`).Scan(&n)
		if err != nil || n != 1 {
			t.Errorf("a refused attempt counts against the account: %d, %v", n, err)
		}
	})
}

func TestFailuresSurviveARestart(t *testing.T) {
	t.Parallel()
	dbtest.EachAddress(t, func(t *testing.T, address string) {
		c := newClock()
		for n := range freeByAccount {
			d := dbtest.Open(t, address)
			if err := fail(t, serviceOn(d, c), "ada", "192.0.2.1"); err != nil {
				t.Fatalf("attempt %d: %v", n+1, err)
			}
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if err := fail(t, serviceOn(dbtest.Open(t, address), c), "ada", "192.0.2.1"); err == nil {
			t.Error("a restart forgot the failures")
		}
	})
}

func TestFailuresAreForgottenAfterADay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newClock()
		s := serviceOn(d, c)
		for range freeByAccount + 1 {
			c.move(time.Minute)
			if err := fail(t, s, "ada", "192.0.2.1"); err != nil {
				t.Fatal(err)
			}
		}
		c.move(forgetAfter + time.Microsecond)
		for n := range freeByAccount {
			if err := fail(t, s, "ada", "192.0.2.1"); err != nil {
				t.Errorf("attempt %d of the next day: %v", n+1, err)
			}
		}
		if err := fail(t, s, "ada", "192.0.2.1"); err == nil {
			t.Error("the next day has no end to its free attempts")
		}
	})
}

func TestASuccessClearsTheAccountAndNotTheAddress(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		enrol(t, s, "ada")
		for range freeByAccount - 1 {
			if err := fail(t, s, "ada", "192.0.2.1"); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.SignIn(t.Context(), "ada", rightPassword, "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
		counts := map[string]int{}
		err := d.Each(t.Context(), func(row db.Scanner) error {
			var subject string
			var n int
			err := row.Scan(&subject, &n)
			counts[subject] = n
			return err
		}, `SELECT subject, failures FROM sign_in_failure`)
		if err != nil || len(counts) != 1 || counts["address 192.0.2.1"] != freeByAccount-1 {
			t.Errorf("after a success the counters are %v (%v)", counts, err)
		}
	})
}

// While an account is slowed down even the right password waits, or waiting
// would tell a guesser when it was hit; and no entry is added to the trail,
// which a flood of attempts would fill.
func TestTheRightPasswordWaitsToo(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	c := newClock()
	s := serviceOn(d, c)
	enrol(t, s, "ada")
	for range freeByAccount {
		if err := fail(t, s, "ada", "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
	}
	_, err := s.SignIn(t.Context(), "ada", rightPassword, "192.0.2.9")
	if !errors.Is(err, fault.ErrTooMany) || !strings.Contains(err.Error(), "Wait 1 second, then try again") {
		t.Errorf("SignIn = %v, want ErrTooMany with the wait in words", err)
	}
	if lines := trail(t, d); len(lines) > 0 {
		t.Errorf("the trail holds %q", lines)
	}
	c.move(time.Second)
	if _, err := s.SignIn(t.Context(), "ada", rightPassword, "192.0.2.9"); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

// A hundred guesses at the same moment, over two instances: exactly the free
// ones may be looked at.
func TestGuessesAtTheSameMomentDoNotSlipThrough(t *testing.T) {
	t.Parallel()
	dbtest.EachAddress(t, func(t *testing.T, address string) {
		c := newClock()
		instances := []*Service{serviceOn(dbtest.Open(t, address), c), serviceOn(dbtest.Open(t, address), c)}
		var through atomic.Int64
		var all sync.WaitGroup
		for n := range 100 {
			all.Go(func() {
				err := instances[n%2].countAttempt(context.Background(), "ada", fmt.Sprint("address ", n))
				switch {
				case err == nil:
					through.Add(1)
				case !errors.Is(err, fault.ErrTooMany):
					t.Error(err)
				}
			})
		}
		all.Wait()
		if through.Load() != freeByAccount {
			t.Errorf("%d guesses got through, want %d", through.Load(), freeByAccount)
		}
	})
}

func TestWaitsAreSaidInWords(t *testing.T) {
	t.Parallel()
	for wait, want := range map[time.Duration]string{
		time.Microsecond: "1 second", time.Second: "1 second", time.Second + 1: "2 seconds", 64 * time.Second: "64 seconds",
		89 * time.Second: "89 seconds", 90 * time.Second: "2 minutes", 120 * time.Second: "2 minutes", 121 * time.Second: "3 minutes",
		maxWait: "15 minutes",
	} {
		if got := inWords(wait); got != want {
			t.Errorf("%v is %q, want %q", wait, got, want)
		}
	}
}
