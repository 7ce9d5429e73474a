package auth

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/policy"
)

func storeOn(d *db.DB, c *clock) sessionStore { return sessionStore{d, c.now} }

func find(t *testing.T, s sessionStore, token string) string {
	t.Helper()
	data, found, err := s.FindCtx(t.Context(), token)
	if err != nil || found != (data != nil) {
		t.Fatalf("FindCtx = %q, %v, %v", data, found, err)
	}
	return string(data)
}

func commit(t *testing.T, s sessionStore, token, data string, expiry time.Time) {
	t.Helper()
	if err := s.CommitCtx(t.Context(), token, []byte(data), expiry); err != nil {
		t.Fatal(err)
	}
}

func expiryOf(t *testing.T, d *db.DB, token string) (at time.Time) {
	t.Helper()
	if err := d.Row(t.Context(), `SELECT expires_at FROM session WHERE token_hash = $1`, token).Scan((*db.Time)(&at)); err != nil {
		t.Fatal(err)
	}
	return at
}

func TestSessionsEndWhenTheyExpire(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newClock()
		s := storeOn(d, c)
		commit(t, s, "a", "data \x00\xff", c.now().Add(time.Hour))
		c.move(time.Hour - time.Microsecond)
		if got := find(t, s, "a"); got != "data \x00\xff" {
			t.Errorf("just before it expires a session reads %q", got)
		}
		c.move(time.Microsecond)
		if got := find(t, s, "a"); got != "" {
			t.Errorf("an expired session reads %q", got)
		}
		if got := find(t, s, "b"); got != "" {
			t.Errorf("a session that never was reads %q", got)
		}
	})
}

func TestDeletingASessionSweepsExpiredOnes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newClock()
		s := storeOn(d, c)
		commit(t, s, "gone", "1", c.now().Add(time.Minute))
		commit(t, s, "mine", "2", c.now().Add(time.Hour))
		commit(t, s, "other", "3", c.now().Add(time.Hour))
		c.move(time.Minute)
		if err := s.DeleteCtx(t.Context(), "mine"); err != nil {
			t.Fatal(err)
		}
		tokens, err := db.List(t.Context(), d, func(row db.Scanner) (string, error) {
			var token string
			err := row.Scan(&token)
			return token, err
		}, `SELECT token_hash FROM session ORDER BY token_hash`)
		if err != nil || fmt.Sprint(tokens) != "[mine other]" || find(t, s, "mine") != "" {
			t.Errorf("left are %v (%v), want the other one and what is left of this one", tokens, err)
		}
		c.move(idleTimeout)
		if err := s.DeleteCtx(t.Context(), "mine"); err != nil {
			t.Errorf("deleting it again: %v", err)
		}
		var n int
		if err := d.Row(t.Context(), `SELECT count(*) FROM session WHERE token_hash = 'mine' AND expires_at < $1`,
			db.At(c.now())).Scan(&n); err != nil || n > 0 {
			t.Errorf("what is left of an ended session stays: %v", err)
		}
	})
}

// Every page view moves the expiry a little; only a real move or a change of
// the content is worth a write.
func TestSmallMovesOfTheExpiryDoNotWrite(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newClock()
		s := storeOn(d, c)
		first := c.now().Add(30 * time.Minute)
		commit(t, s, "a", "1", first)
		commit(t, s, "a", "1", first.Add(sameSession))
		if got := expiryOf(t, d, "a"); !got.Equal(first) {
			t.Errorf("a minute's move was written: %v", got)
		}
		later := first.Add(sameSession + time.Microsecond)
		commit(t, s, "a", "1", later)
		if got := expiryOf(t, d, "a"); !got.Equal(later) {
			t.Errorf("more than a minute's move was not written: %v", got)
		}
		commit(t, s, "a", "2", later.Add(time.Second))
		if got := find(t, s, "a"); got != "2" {
			t.Errorf("new content was not written: %q", got)
		}
	})
}

// view goes through the session manager as a page view does, and answers the
// token as the browser then holds it.
func view(t *testing.T, sessions *scs.SessionManager, token string, change func(ctx context.Context)) string {
	t.Helper()
	ctx, err := sessions.Load(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(ctx)
	}
	token, _, err = sessions.Commit(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// The codec that scs brings writes a map in random order, by which every other
// view of a page would be a write.
func TestViewingPagesDoesNotWrite(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		sessions := NewSessions(d, time.Now, false)
		token := view(t, sessions, "", func(ctx context.Context) {
			sessions.Put(ctx, "account", "a1")
			sessions.Put(ctx, "epoch", int64(3))
			sessions.Put(ctx, "notice", "x")
			sessions.Put(ctx, "other", "y")
		})
		var before, after time.Time
		read := `SELECT expires_at FROM session`
		if err := d.Row(t.Context(), read).Scan((*db.Time)(&before)); err != nil {
			t.Fatal(err)
		}
		for range 30 {
			if next := view(t, sessions, token, nil); next != token {
				t.Fatal("the token changed")
			}
		}
		if err := d.Row(t.Context(), read).Scan((*db.Time)(&after)); err != nil || !after.Equal(before) {
			t.Errorf("thirty views moved the expiry from %v to %v (%v)", before, after, err)
		}
		view(t, sessions, token, func(ctx context.Context) {
			if sessions.GetString(ctx, "account") != "a1" || sessions.GetInt64(ctx, "epoch") != 3 {
				t.Error("the content did not come back as it was")
			}
		})
	})
}

// Who reads the database must not be able to take over a session.
func TestTheDatabaseHoldsOnlyAHashOfTheToken(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		sessions := NewSessions(d, time.Now, false)
		token := view(t, sessions, "", func(ctx context.Context) { sessions.Put(ctx, "account", "a1") })
		var kept string
		var data []byte
		if err := d.Row(t.Context(), `SELECT token_hash, data FROM session`).Scan(&kept, &data); err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256([]byte(token))
		if kept != base64.RawURLEncoding.EncodeToString(sum[:]) {
			t.Errorf("kept is %q, which is not the hash of the token", kept)
		}
		if len(token) < 43 || strings.Contains(string(data), token) {
			t.Errorf("the token is short (%d characters) or stands in the data", len(token))
		}
		// The hash itself is worth nothing as a token.
		view(t, sessions, kept, func(ctx context.Context) {
			if got := sessions.GetString(ctx, "account"); got != "" {
				t.Errorf("the hash opened the session of %s", got)
			}
		})
	})
}

func TestSessionsAreUsedAtTheSameMoment(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newClock()
		s := storeOn(d, c)
		var all sync.WaitGroup
		for n := range 24 {
			all.Go(func() {
				token := fmt.Sprint("token ", n%3)
				ctx := context.Background()
				err := s.CommitCtx(ctx, token, []byte("1"), c.now().Add(time.Duration(n)*time.Hour+time.Hour))
				if err == nil && n%5 == 0 {
					err = s.DeleteCtx(ctx, token)
				}
				if _, _, e := s.FindCtx(ctx, token); err != nil || e != nil {
					t.Errorf("%v, %v", err, e)
				}
			})
		}
		all.Wait()
		for _, token := range []string{"token 0", "token 1", "token 2"} { // each was ended at some moment
			if got := find(t, s, token); got != "" {
				t.Errorf("%s was ended and reads %q", token, got)
			}
		}
		commit(t, s, "another", "2", c.now().Add(100*time.Hour))
		if got := find(t, s, "another"); got != "2" {
			t.Errorf("afterwards a session reads %q", got)
		}
	})
}

func TestSessionCookies(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	for secure, name := range map[bool]string{false: "sir_session", true: "__Host-sir_session"} {
		cookie := NewSessions(d, time.Now, secure).Cookie
		if cookie.Name != name || cookie.Secure != secure || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode ||
			cookie.Path != "/" || cookie.Domain != "" {
			t.Errorf("secure %v: %+v", secure, cookie)
		}
	}
	sessions := NewSessions(d, time.Now, true)
	if sessions.IdleTimeout != 30*time.Minute || sessions.Lifetime != 12*time.Hour {
		t.Errorf("sessions last %v idle and %v in all", sessions.IdleTimeout, sessions.Lifetime)
	}
}

func TestSessionContentThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	for _, data := range []string{"", "x", "\x00\xff\x13", "GIF89a"} {
		if _, _, err := (sessionCodec{}).Decode([]byte(data)); err == nil {
			t.Errorf("%q was decoded", data)
		}
	}
	deadline := time.Date(2026, 10, 1, 21, 0, 0, 123, time.UTC)
	data, err := sessionCodec{}.Encode(deadline, map[string]any{"a": "1", "b": int64(2)})
	if err != nil {
		t.Fatal(err)
	}
	at, values, err := sessionCodec{}.Decode(data)
	if err != nil || !at.Equal(deadline) || len(values) != 2 || values["a"] != "1" || values["b"] != int64(2) {
		t.Errorf("%v, %v, %v", at, values, err)
	}
}

// Signing out everywhere ends sessions by the epoch that they hold: none of
// them need be found.
func TestSignOutEverywhereEndsEverySession(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		ada, bob := enrol(t, s, "ada", policy.Grant{Role: policy.Analyst}), enrol(t, s, "bob", policy.Grant{Role: policy.Analyst})
		if err := s.SignOutEverywhere(t.Context(), ada.Actor()); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Resume(t.Context(), ada.ID, ada.Epoch); err == nil {
			t.Error("a session of before goes on")
		}
		if now, err := s.Resume(t.Context(), ada.ID, ada.Epoch+1); err != nil || now.Epoch != ada.Epoch+1 {
			t.Errorf("a session of after: %+v, %v", now, err)
		}
		if _, err := s.Resume(t.Context(), bob.ID, bob.Epoch); err != nil {
			t.Errorf("somebody else's session: %v", err)
		}
		if err := s.SignOutEverywhere(t.Context(), policy.Nobody); err == nil {
			t.Error("a visitor signed somebody out")
		}
	})
}
