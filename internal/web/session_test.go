package web_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sir/internal/audit"
	"sir/internal/policy"
	"sir/internal/web"
	"sir/internal/web/pagetest"
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

// heldBody is the body of a request that stays under way until it is let go.
type heldBody struct{ reading, letGo chan struct{} }

func (b heldBody) Read([]byte) (int, error) {
	close(b.reading)
	<-b.letGo
	return 0, io.EOF
}

// A request that was under way when its session was ended does not bring the
// session back when it comes to its end.
func TestSignOutOutlivesARequestUnderWay(t *testing.T) {
	each(t, web.Options{}, func(t *testing.T, s *site) {
		v := s.signedIn(t, "own-analyst")
		token := v.token()
		body := heldBody{make(chan struct{}), make(chan struct{})}
		slow := s.holding(t, token)
		request := slow.request(http.MethodPost, "/account/password", body)
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		done := make(chan answer)
		go func() { done <- slow.do(request) }()
		<-body.reading
		if a := v.post("/sign-out", nil); a.status != http.StatusSeeOther {
			t.Errorf("signing out answers %d", a.status)
		}
		close(body.letGo)
		if a := <-done; a.status != http.StatusUnprocessableEntity {
			t.Errorf("the slow request answers %d", a.status)
		}
		if s.holding(t, token).isSignedIn() || slow.isSignedIn() {
			t.Error("the session is back")
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
		if a := s.as(t, policy.SpreadManager).post("/admin/accounts/enable", url.Values{"sign-in-name": {"own-analyst"}}); a.status != http.StatusForbidden {
			t.Errorf("a spread manager enables an account: %d", a.status)
		}
		if a := admin.post("/admin/accounts/enable", url.Values{"sign-in-name": {"own-analyst"}}); a.location() != "/admin/accounts" {
			t.Fatalf("enabling answers %d to %q", a.status, a.location())
		}
		if page := admin.page("/admin/accounts").Main(); !strings.Contains(page, "The account can sign in again.") ||
			!strings.Contains(page, "Test own-analyst own-analyst analyst In use") {
			t.Errorf("the page says %q", page)
		}
		if v.isSignedIn() {
			t.Error("enabling brings back the session that disabling ended")
		}
		if a := v.signIn("own-analyst", password); a.status != http.StatusSeeOther || !v.isSignedIn() {
			t.Errorf("the enabled account cannot sign in: %d", a.status)
		}
	})
}

// The button of a role whose account is disabled says so, and lets nobody in.
func TestDisabledDemonstrationAccount(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	admin := s.as(t, policy.InstanceAdmin)
	if a := admin.post("/admin/accounts/disable", url.Values{"sign-in-name": {"demo-analyst"}}); a.status != http.StatusSeeOther {
		t.Fatalf("disabling answers %d", a.status)
	}
	v := s.visitor(t)
	a := v.post("/sign-in/demo", url.Values{"role": {"analyst"}, "next": {"/measure"}})
	if a.status != http.StatusForbidden || v.isSignedIn() || !strings.Contains(pagetest.Read(t, a.body).Main(), "The demonstration's account for this role is disabled.") {
		t.Errorf("the button answers %d:\n%s", a.status, pagetest.Read(t, a.body).Main())
	}
	checkMarkup(t, "disabled role", a.body)
	if e := s.newest(t); e.Action != string(policy.SignIn) || e.Outcome != audit.Refused {
		t.Errorf("the trail ends with %+v", e)
	}
	if evaluator := s.as(t, policy.Evaluator); !evaluator.isSignedIn() {
		t.Error("other roles are closed too")
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
