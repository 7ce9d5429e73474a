package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sir/internal/audit"
	"sir/internal/policy"
	"sir/internal/web"
	"sir/internal/web/pagetest"
)

func TestSignIn(t *testing.T) {
	each(t, web.Options{Demo: true}, func(t *testing.T, s *site) {
		byPassword := s.visitor(t)
		if a := byPassword.signIn(" Own-Analyst ", password); a.status != http.StatusSeeOther || a.location() != "/" {
			t.Errorf("by password: %d to %q", a.status, a.location())
		}
		byButton := s.visitor(t)
		if a := byButton.post("/sign-in/demo", url.Values{"role": {"analyst"}}); a.status != http.StatusSeeOther || a.location() != "/" {
			t.Errorf("by button: %d to %q", a.status, a.location())
		}
		for v, name := range map[*visitor]string{byPassword: "Test own-analyst", byButton: "Demo analyst"} {
			if account := v.get("/account"); account.status != http.StatusOK || !strings.Contains(account.body, name) {
				t.Errorf("%s: the account page answers %d", name, account.status)
			}
			if a := v.get("/sign-in"); a.status != http.StatusSeeOther || a.location() != "/" {
				t.Errorf("%s: the sign-in page answers %d to %q", name, a.status, a.location())
			}
		}
	})
}

// What does not let in says so on the same form, keeps the name and forgets
// the password. It does not say which of the two was wrong.
func TestWrongSignIn(t *testing.T) {
	each(t, web.Options{Demo: true}, func(t *testing.T, s *site) {
		tests := map[string]struct{ name, password string }{
			"wrong password":       {"own-analyst", "Three random words"},
			"no password":          {"own-analyst", ""},
			"unknown name":         {"nobody-here", password},
			"account without one":  {"demo-analyst", ""},
			"demonstration's name": {"demo-evaluator", "demo-evaluator"},
			"nothing":              {"", ""},
		}
		for name, test := range tests {
			v := s.visitor(t)
			a := v.signIn(test.name, test.password)
			if a.status != http.StatusUnprocessableEntity || a.header.Get("Www-Authenticate") != "" {
				t.Errorf("%s: %d", name, a.status)
			}
			page := pagetest.Read(t, a.body)
			if !strings.Contains(page.Main(), "There is a problem The sign-in name or the password is not right.") {
				t.Errorf("%s: the page says %q", name, page.Main())
			}
			for _, input := range page.All("input") {
				value := pagetest.Attribute(input, "value")
				switch pagetest.Attribute(input, "name") {
				case "name":
					if value != test.name {
						t.Errorf("%s: the name was %q and is now %q", name, test.name, value)
					}
				case "password":
					if value != "" {
						t.Errorf("%s: the password is on the page", name)
					}
				}
			}
			if v.isSignedIn() {
				t.Errorf("%s: signed in all the same", name)
			}
		}
	})
}

func TestSignInIsRecorded(t *testing.T) {
	each(t, web.Options{Demo: true}, func(t *testing.T, s *site) {
		v := s.visitor(t)
		v.from = "192.0.2.99"
		v.signIn("own-analyst\n\u202eforged", "wrong")
		if e := s.newest(t); e.Outcome != audit.Refused || e.Action != string(policy.SignIn) || e.Object != "name own-analystforged" ||
			e.Detail != `{"address":"192.0.2.99"}` || e.ActorID != "" {
			t.Errorf("a failure is recorded as %+v", e)
		}
		v.signIn("own-analyst", password)
		if e := s.newest(t); e.Outcome != audit.Done || e.ActorName != "Test own-analyst" || e.Object != "account "+e.ActorID ||
			e.Detail != `{"address":"192.0.2.99"}` {
			t.Errorf("a sign-in is recorded as %+v", e)
		}
		v.post("/sign-out", nil)
		if e := s.newest(t); e.Outcome != audit.Done || e.Action != string(policy.SignOut) || e.ActorName != "Test own-analyst" {
			t.Errorf("a sign-out is recorded as %+v", e)
		}
		entries, err := s.app.Trail.List(t.Context(), system, audit.Filter{Limit: 1000})
		if err != nil {
			t.Fatal(err)
		}
		if all := fmt.Sprint(entries); strings.Contains(all, password) || strings.Contains(all, "wrong") {
			t.Error("the trail holds a password")
		}
	})
}

// Outside the demonstration nobody gets in without a password.
func TestNoDemonstrationInEarnest(t *testing.T) {
	s := open(t, web.Options{})
	v := s.visitor(t)
	page := v.page("/sign-in")
	if text := page.Main(); strings.Contains(text, "Try a role") || strings.Contains(text, "demonstration") {
		t.Errorf("the sign-in page says %q", text)
	}
	for _, form := range page.All("form") {
		if action := pagetest.Attribute(form, "action"); action == "/sign-in/demo" {
			t.Error("the sign-in page has a button for a role")
		}
	}
	if a := v.post("/sign-in/demo", url.Values{"role": {"instance administrator"}}); a.status != http.StatusNotFound {
		t.Errorf("the demonstration's sign-in answers %d", a.status)
	}
	if v.isSignedIn() {
		t.Error("signed in without a password")
	}
	if banner := s.signedIn(t, "own-analyst").get("/").body; strings.Contains(banner, "Demonstration.") {
		t.Error("the pages say that this is a demonstration")
	}
}

// The demonstration has a button for each role, and each leads in.
func TestDemonstrationButtons(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	var offered []string
	for _, input := range s.visitor(t).page("/sign-in").All("input") {
		if pagetest.Attribute(input, "name") == "role" {
			offered = append(offered, pagetest.Attribute(input, "value"))
		}
	}
	if len(offered) != len(policy.Roles) {
		t.Fatalf("the page offers %q", offered)
	}
	for i, role := range policy.Roles {
		if offered[i] != string(role) {
			t.Errorf("button %d is for %q, want %q", i+1, offered[i], role)
		}
		if a := s.as(t, role).get("/account"); !strings.Contains(strings.ToLower(a.body), string(role)) {
			t.Errorf("%s: the account page does not name the role", role)
		}
	}
	for _, role := range []string{"", "administrator", "analyst\x00", "ANALYST", "own", "../analyst", strings.Repeat("a", 100_000)} {
		v := s.visitor(t)
		if a := v.post("/sign-in/demo", url.Values{"role": {role}}); a.status != http.StatusNotFound && a.status != http.StatusUnprocessableEntity {
			t.Errorf("role %.20q: %d", role, a.status)
		}
		if v.isSignedIn() {
			t.Errorf("role %.20q leads in", role)
		}
	}
}

// After signing in one goes on to where one wanted, and never to another site.
func TestNext(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	v := s.visitor(t)
	if a := v.get("/measure/tcam?first=q3_2018_19&second=x%20y"); a.location() != "/sign-in?next=%2Fmeasure%2Ftcam%3Ffirst%3Dq3_2018_19%26second%3Dx%2520y" {
		t.Fatalf("a page that needs a sign-in leads to %q", a.location())
	}
	tests := map[string]string{
		"":                          "/",
		"/":                         "/",
		"/measure":                  "/measure",
		"/measure?a=1&b=%2F%2Fevil": "/measure?a=1&b=%2F%2Fevil",
		"/measure#part":             "/measure",
		"/sign-in":                  "/",
		"/sign-in?next=/x":          "/",
		"//evil.test":               "/",
		"//evil.test/measure":       "/",
		"///evil.test":              "/",
		"/\\evil.test":              "/",
		"\\\\evil.test":             "/",
		"/\t/evil.test":             "/",
		"/\n/evil.test":             "/",
		"/%2Fevil.test":             "/",
		"%2Fevil.test":              "/",
		"/%2f%2fevil.test":          "/",
		"https://evil.test":         "/",
		"https:/evil.test":          "/",
		"https:evil.test":           "/",
		"javascript:alert(1)":       "/",
		"data:text/html,x":          "/",
		"evil.test":                 "/",
		".//evil.test":              "/",
		"@evil.test":                "/",
		"/\x00/evil.test":           "/",
		"http://[::1":               "/",
		" /measure":                 "/",
		"\ufeff//evil.test":         "/",
	}
	for next, want := range tests {
		for way, a := range map[string]answer{
			"by button":  s.visitor(t).post("/sign-in/demo", url.Values{"role": {"analyst"}, "next": {next}}),
			"already in": s.as(t, policy.Analyst).get("/sign-in?next=" + url.QueryEscape(next)),
		} {
			if a.status != http.StatusSeeOther || a.location() != want {
				t.Errorf("%s, next=%q: %d to %q, want %q", way, next, a.status, a.location(), want)
			}
		}
		for _, input := range s.visitor(t).page("/sign-in?next=" + url.QueryEscape(next)).All("input") {
			if name, value := pagetest.Attribute(input, "name"), pagetest.Attribute(input, "value"); name == "next" && value != want {
				t.Errorf("next=%q is on the page as %q, want %q", next, value, want)
			}
		}
	}
	for next, want := range map[string]string{"/measure": "/measure", "//evil.test": "/"} {
		a := s.visitor(t).post("/sign-in", url.Values{"name": {"own-analyst"}, "password": {password}, "next": {next}})
		if a.location() != want {
			t.Errorf("by password, next=%q: %d to %q, want %q", next, a.status, a.location(), want)
		}
	}
	// A path that http.Redirect would clean must not become another site's.
	for _, next := range []string{"/..//evil.test", "/.//evil.test", "/a/../..//evil.test"} {
		a := s.visitor(t).post("/sign-in/demo", url.Values{"role": {"analyst"}, "next": {next}})
		if to, err := url.Parse(a.location()); err != nil || to.Host != "" || strings.HasPrefix(to.Path, "//") {
			t.Errorf("next=%q leads to %q", next, a.location())
		}
	}
}
