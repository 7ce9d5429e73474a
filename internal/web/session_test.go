package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"sir/internal/auth"
	"sir/internal/policy"
	"sir/internal/web"
)

// token is the visitor's session cookie; empty without one.
func (v *visitor) token() string {
	for _, c := range v.cookies.Cookies(v.base) {
		if strings.HasSuffix(c.Name, "sir_session") {
			return c.Value
		}
	}
	return ""
}

// holding is another browser that was given a session token.
func (s *site) holding(t *testing.T, token string) *visitor {
	t.Helper()
	v := s.visitor(t)
	v.cookies.SetCookies(v.base, []*http.Cookie{{Name: "sir_session", Value: token, Path: "/"}})
	return v
}

// A token that was there before the sign-in, made up or another's, is worth
// nothing after it.
func TestSessionFixation(t *testing.T) {
	each(t, web.Options{Demo: true}, func(t *testing.T, s *site) {
		const planted = "planted-token-0123456789012345678901234567"
		victim := s.holding(t, planted)
		victim.signIn("own-analyst", password)
		if victim.token() == planted || !victim.isSignedIn() {
			t.Error("a made-up token became a session")
		}
		attacker := s.as(t, policy.Communications)
		own := attacker.token()
		victim = s.holding(t, own)
		victim.signIn("own-analyst", password)
		if victim.token() == own || s.holding(t, own).isSignedIn() {
			t.Error("a token from before the sign-in still leads in")
		}
	})
}

func TestSignOut(t *testing.T) {
	each(t, web.Options{Demo: true}, func(t *testing.T, s *site) {
		v, elsewhere := s.signedIn(t, "own-analyst"), s.signedIn(t, "own-analyst")
		token := v.token()
		a := v.post("/sign-out", nil)
		if a.status != http.StatusSeeOther || a.location() != "/sign-in" {
			t.Errorf("signing out answers %d to %q", a.status, a.location())
		}
		if v.token() != "" || v.isSignedIn() || s.holding(t, token).isSignedIn() {
			t.Error("the session outlives the sign-out")
		}
		if !elsewhere.isSignedIn() {
			t.Error("signing out ends another session")
		}
		if a := v.get("/sign-out"); a.status != http.StatusNotFound {
			t.Errorf("a link signs out: %d", a.status)
		}
	})
}

func TestSignOutEverywhere(t *testing.T) {
	each(t, web.Options{Demo: true}, func(t *testing.T, s *site) {
		here, there, other := s.signedIn(t, "own-analyst"), s.signedIn(t, "own-analyst"), s.signedIn(t, "other-analyst")
		if a := here.post("/account/sign-out-everywhere", nil); a.status != http.StatusSeeOther || a.location() != "/sign-in" {
			t.Errorf("signing out everywhere answers %d to %q", a.status, a.location())
		}
		if here.isSignedIn() || there.isSignedIn() {
			t.Error("a session is left")
		}
		if !other.isSignedIn() {
			t.Error("another account's session ended too")
		}
		if there.signIn("own-analyst", password); !there.isSignedIn() {
			t.Error("the browser of a session that was ended cannot sign in again")
		}
	})
}

// A disabled account is out at once, and stays out.
func TestDisabledAccount(t *testing.T) {
	each(t, web.Options{Demo: true}, func(t *testing.T, s *site) {
		v := s.signedIn(t, "own-analyst")
		admin := s.as(t, policy.MemberAdmin)
		if a := admin.post("/admin/accounts/disable", url.Values{"sign-in-name": {"own-analyst"}}); a.location() != "/admin/accounts" {
			t.Fatalf("disabling answers %d to %q", a.status, a.location())
		}
		if page := admin.page("/admin/accounts").Main(); !strings.Contains(page, "The account is disabled and signed out.") ||
			!strings.Contains(page, "Test own-analyst own-analyst analyst Disabled") {
			t.Errorf("the page says %q", page)
		}
		if a := v.get("/measure"); !a.sentToSignIn() {
			t.Errorf("the disabled account's session answers %d", a.status)
		}
		if a := v.signIn("own-analyst", password); a.status != http.StatusUnprocessableEntity || v.isSignedIn() {
			t.Errorf("the disabled account signs in: %d", a.status)
		}
	})
}

func TestChangePassword(t *testing.T) {
	each(t, web.Options{}, func(t *testing.T, s *site) {
		const next = "four other random words"
		here, there := s.signedIn(t, "own-analyst"), s.signedIn(t, "own-analyst")
		before := here.token()
		a := here.post("/account/password", url.Values{"current-password": {password}, "new-password": {next}})
		if a.status != http.StatusSeeOther || a.location() != "/account" {
			t.Fatalf("changing answers %d to %q:\n%s", a.status, a.location(), a.body)
		}
		if page := here.page("/account").Main(); !strings.Contains(page, "Your password is changed.") {
			t.Errorf("the page says %q", page)
		}
		if here.token() == before || s.holding(t, before).isSignedIn() || there.isSignedIn() {
			t.Error("an old session is left")
		}
		if a := s.visitor(t).signIn("own-analyst", password); a.status != http.StatusUnprocessableEntity {
			t.Errorf("the old password answers %d", a.status)
		}
		if a := s.visitor(t).signIn("own-analyst", next); a.status != http.StatusSeeOther {
			t.Errorf("the new password answers %d", a.status)
		}
	})
}

// A password that cannot be changed shows why, with no password on the page,
// and every session stays.
func TestChangePasswordRefused(t *testing.T) {
	s := open(t, web.Options{})
	v, elsewhere := s.signedIn(t, "own-analyst"), s.signedIn(t, "own-analyst")
	tests := map[string]struct{ current, next, says string }{
		"wrong":         {"not it at all", "four other random words", "The current password is not right."},
		"short":         {password, "eleven char", "The password must be at least 12 characters long."},
		"long":          {password, strings.Repeat("ab", 200), "The password must be 256 characters or fewer."},
		"like the name": {password, "own-analyst-2026", "The password must not contain the sign-in name."},
		"repeated":      {password, strings.Repeat("x", 12), "The password must not be one character repeated."},
		"NUL":           {password, "four other\x00random words", "The password contains a character that cannot be used."},
		"not UTF-8":     {password, "four other random words \xff", "The password contains a character that cannot be used."},
		"nothing":       {"", "", "The current password is not right."},
		"huge":          {password, strings.Repeat("x", 2<<20), "The form could not be read."},
	}
	for name, test := range tests {
		a := v.post("/account/password", url.Values{"current-password": {test.current}, "new-password": {test.next}})
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, test.says) {
			t.Errorf("%s: %d without %q", name, a.status, test.says)
		}
		if test.next != "" && strings.Contains(a.body, test.next) || strings.Contains(a.body, password) {
			t.Errorf("%s: a password is on the page", name)
		}
	}
	if !v.isSignedIn() || !elsewhere.isSignedIn() {
		t.Error("a refused change ended a session")
	}
	form := url.Values{"current-password": {password}, "new-password": {"four other random words"}}
	if a := s.visitor(t).post("/account/password", form); a.status != http.StatusUnauthorized {
		t.Errorf("a visitor who is not signed in changes a password: %d", a.status)
	}
}

// The accounts of the demonstration have no password, and no page to set one.
func TestNoPasswordInTheDemonstration(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	v := s.as(t, policy.Analyst)
	if page := v.page("/account"); strings.Contains(page.Main(), "Current password") {
		t.Error("the account page has a form for a password")
	}
	if a := v.post("/account/password", url.Values{"current-password": {""}, "new-password": {"four other random words"}}); a.status != http.StatusNotFound {
		t.Errorf("setting one answers %d", a.status)
	}
}

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

// Reading the database is not enough to take over a session.
func TestTokenIsKeptHashed(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	v := s.as(t, policy.Analyst)
	var kept string
	if err := s.app.Desk.DB.Row(t.Context(), `SELECT token_hash FROM session`).Scan(&kept); err != nil {
		t.Fatal(err)
	}
	if kept == v.token() || strings.Contains(kept, v.token()) || s.holding(t, kept).isSignedIn() {
		t.Error("what the database holds leads in")
	}
}

// Sessions are in the database: a restart ends none.
func TestSessionSurvivesRestart(t *testing.T) {
	each(t, web.Options{Demo: true}, func(t *testing.T, s *site) {
		v := s.as(t, policy.Analyst)
		v.site = s.restarted(t)
		if !v.isSignedIn() {
			t.Error("the restart ended the session")
		}
	})
}

func TestCookie(t *testing.T) {
	tests := map[string]struct {
		options web.Options
		name    string
		secure  bool
	}{
		"http":  {web.Options{Demo: true}, "sir_session", false},
		"https": {web.Options{Demo: true, Secure: true}, "__Host-sir_session", true},
	}
	for name, test := range tests {
		v := open(t, test.options).visitor(t)
		if a := v.get("/sign-in"); a.header.Get("Set-Cookie") != "" {
			t.Errorf("%s: the sign-in page sets a cookie", name)
		}
		a := v.post("/sign-in/demo", url.Values{"role": {"analyst"}})
		set := (&http.Response{Header: a.header}).Cookies()
		if len(set) != 1 {
			t.Fatalf("%s: the cookies %v", name, set)
		}
		c := set[0]
		if c.Name != test.name || c.Secure != test.secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("%s: the cookie is %s", name, c)
		}
		if len(c.Value) < 40 {
			t.Errorf("%s: a token of %d characters can be guessed", name, len(c.Value))
		}
	}
}
