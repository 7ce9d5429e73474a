package web_test

import (
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"sir/internal/auth"
	"sir/internal/policy"
	"sir/internal/web"
)

// A session ends half an hour after the last click.
func TestIdleExpiry(t *testing.T) {
	each(t, web.Options{Demo: true}, func(t *testing.T, s *site) {
		v := s.as(t, policy.Analyst)
		s.clock.advance(29 * time.Minute)
		if !v.isSignedIn() {
			t.Error("the session ended before half an hour had passed")
		}
		s.clock.advance(2 * time.Minute)
		if v.isSignedIn() {
			t.Error("the session did not end after half an hour")
		}
	})
}

// A session ends half a day after it began, however busy. scs keeps that date
// inside the session and reads the real clock for it, so the test sets the
// date back instead of the clock forward.
func TestAbsoluteExpiry(t *testing.T) {
	each(t, web.Options{Demo: true}, func(t *testing.T, s *site) {
		v := s.as(t, policy.Analyst)
		deadline, values := s.onlySession(t)
		if left := time.Until(deadline); left < 11*time.Hour+59*time.Minute || left > 12*time.Hour {
			t.Fatalf("the session may last another %s", left)
		}
		// As it stands ten minutes before its end, after a click.
		s.setSession(t, time.Now().Add(10*time.Minute), values)
		if !v.isSignedIn() {
			t.Fatal("the session ended early")
		}
		s.clock.advance(11 * time.Minute)
		if v.isSignedIn() {
			t.Error("a click makes the session last longer than half a day")
		}
	})
}

// onlySession decodes the one session that the database holds.
func (s *site) onlySession(t *testing.T) (deadline time.Time, values map[string]any) {
	t.Helper()
	var data []byte
	if err := s.app.Desk.DB.Row(t.Context(), `SELECT data FROM session`).Scan(&data); err != nil {
		t.Fatal(err)
	}
	deadline, values, err := s.codec().Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return deadline, values
}

// codec is how sessions are written.
func (s *site) codec() scs.Codec { return auth.NewSessions(s.app.Desk.DB, s.clock.Now, false).Codec }

func (s *site) setSession(t *testing.T, deadline time.Time, values map[string]any) {
	t.Helper()
	data, err := s.codec().Encode(deadline.UTC(), values)
	if err != nil {
		t.Fatal(err)
	}
	err = s.app.Desk.DB.ExecOne(t.Context(), `UPDATE session SET data = $1, expires_at = $2`, data, deadline.UnixMicro())
	if err != nil {
		t.Fatal(err)
	}
}
