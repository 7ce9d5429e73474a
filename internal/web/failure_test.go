package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sir/internal/audit"
	"sir/internal/policy"
	"sir/internal/web"
	"sir/internal/web/pagetest"
)

// Two administrators change the same setting: the second learns of it, sees
// what it is now and what they had chosen, and can choose again.
func TestStaleSetting(t *testing.T) {
	each(t, web.Options{Demo: true}, func(t *testing.T, s *site) {
		first, second := s.as(t, policy.InstanceAdmin), s.as(t, policy.InstanceAdmin)
		version := first.version()
		choose := func(v *visitor, pack, version string) answer {
			return v.post("/admin/settings", url.Values{"term-pack": {pack}, "version": {version}})
		}
		if a := choose(first, "england-2026", version); a.location() != "/admin/settings" {
			t.Fatalf("the first change answers %d to %q", a.status, a.location())
		}
		if text := first.page("/admin/settings").Main(); !strings.Contains(text, "The words on all pages are changed.") {
			t.Errorf("the page says %q", text)
		}
		stale := choose(second, "england-2018-2020", version)
		if stale.status != http.StatusConflict {
			t.Fatalf("the second change answers %d, want 409", stale.status)
		}
		page := pagetest.Read(t, stale.body)
		if text := page.Main(); !strings.Contains(text, "Somebody else changed this setting while you looked at it.") ||
			!strings.Contains(text, "You chose England 2018 to 2020, which was not saved.") {
			t.Errorf("the page says %q", text)
		}
		if chosen := checked(page); chosen != "england-2026" {
			t.Errorf("the page shows %q as chosen now", chosen)
		}
		checkMarkup(t, "stale setting", stale.body)
		if e := s.newest(t); e.Action != string(policy.ChangeSettings) || e.Outcome != audit.Done || e.Detail != `{"to":"england-2026"}` {
			t.Errorf("the trail ends with %+v", e)
		}
		seen := first.version()
		if a := choose(second, "england-2018-2020", second.version()); a.status != http.StatusSeeOther {
			t.Errorf("choosing again answers %d", a.status)
		}
		if a := choose(first, "england-2026", seen); a.status != http.StatusConflict {
			t.Errorf("the first administrator's next change answers %d, want 409", a.status)
		}
	})
}

// version is that of the settings as the visitor sees them.
func (v *visitor) version() string {
	v.t.Helper()
	return field(v.t, v.page("/admin/settings"), "version")
}

// field is the value of a page's only input with a name.
func field(t *testing.T, page *pagetest.Page, name string) string {
	t.Helper()
	for _, input := range page.All("input") {
		if pagetest.Attribute(input, "name") == name {
			return pagetest.Attribute(input, "value")
		}
	}
	t.Fatalf("the page has no input %q", name)
	return ""
}

// checked is the value of the radio button that is chosen.
func checked(page *pagetest.Page) string {
	for _, input := range page.All("input") {
		for _, a := range input.Attr {
			if a.Key == "checked" {
				return pagetest.Attribute(input, "value")
			}
		}
	}
	return ""
}

// Settings that cannot be chosen change nothing and say why.
func TestWrongSetting(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	v := s.as(t, policy.InstanceAdmin)
	tests := map[string]struct{ pack, version, says string }{
		"no such pack": {"no-such", "0", "Choose one of the term packs."},
		"no pack":      {"", "0", "Choose one of the term packs."},
		"no version":   {"england-2026", "", "The form could not be read."},
		"bad version":  {"england-2026", "1e3", "The form could not be read."},
		"hostile":      {"<script>", "0", "Choose one of the term packs."},
		"NUL":          {"england-2026\x00", "0", "The text contains a character that cannot be stored."},
	}
	for name, test := range tests {
		a := v.post("/admin/settings", url.Values{"term-pack": {test.pack}, "version": {test.version}})
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(pagetest.Read(t, a.body).Main(), test.says) {
			t.Errorf("%s: %d:\n%s", name, a.status, pagetest.Read(t, a.body).Main())
		}
	}
	if pack, version, err := s.app.Settings.TermPack(t.Context()); err != nil || pack.ID != "england-2018-2020" || version != 0 {
		t.Errorf("the setting is %s, version %d, %v", pack.ID, version, err)
	}
}

var incidentShown = regexp.MustCompile(`Incident number <strong>([A-Z2-7]{10})</strong>`)

// The incident that a page names stands in the log, with who asked for what
// and what went wrong, and nowhere else on the page.
func TestIncidentIsLogged(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	v := s.as(t, policy.Analyst)
	tests := map[string]int{"/nowhere": 404, "/admin/audit": 403, "/measure/no-such": 404, "/measure?%zz": 422}
	for address, status := range tests {
		shown := incidentShown.FindStringSubmatch(v.get(address).body)
		if shown == nil {
			t.Errorf("%s: the page names no incident", address)
			continue
		}
		lines := s.log.lines(t)
		last := lines[len(lines)-1]
		path, _, _ := strings.Cut(address, "?")
		if last["incident"] != shown[1] || last["status"] != float64(status) || last["path"] != path || last["actor"] == "" || last["error"] == "" {
			t.Errorf("%s: the page names %s, the log says %v", address, shown[1], last)
		}
	}
}

// Without its database the service says that it is at fault, with an incident,
// and tells whoever balances the load.
func TestDatabaseGone(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	in, out := s.as(t, policy.Analyst), s.visitor(t)
	if err := s.app.Desk.DB.Close(); err != nil {
		t.Fatal(err)
	}
	for name, a := range map[string]answer{
		"signed in": in.get("/measure"), "signed out": out.get("/sign-in"), "form": out.signIn("own-analyst", password), "health": out.get("/healthz"),
	} {
		if a.status != http.StatusInternalServerError || !incidentShown.MatchString(a.body) || strings.Contains(a.body, "sql") {
			t.Errorf("%s: %d:\n%s", name, a.status, a.body)
		}
		checkMarkup(t, name, a.body)
	}
}

// HEAD answers as GET does, without the body. A real server drops it.
func TestHead(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	server := httptest.NewServer(s.handler)
	defer server.Close()
	v := s.as(t, policy.Analyst)
	for _, address := range []string{"/", "/measure/tcam", "/measure/tcam/rates.csv", "/nowhere", "/admin/audit", "/healthz"} {
		get, want := v.over(server.URL, http.MethodGet, address, nil)
		head, body := v.over(server.URL, http.MethodHead, address, nil)
		if head.StatusCode != get.StatusCode || head.Header.Get("Content-Type") != get.Header.Get("Content-Type") || body != "" || want == "" {
			t.Errorf("%s: HEAD answers %d with %d bytes, GET %d with %d", address, head.StatusCode, len(body), get.StatusCode, len(want))
		}
	}
}

// over sends a request to a real server with the visitor's session.
func (v *visitor) over(server, method, address string, body io.Reader) (*http.Response, string) {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), method, server+address, body)
	if err != nil {
		v.t.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: "sir_session", Value: v.token()})
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return response, string(text)
}

// A form that is too large is refused before it is read to its end, and says
// so, with and without a length.
func TestTooLargeForm(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	server := httptest.NewServer(s.handler)
	defer server.Close()
	v := s.as(t, policy.InstanceAdmin)
	huge := "name=own-analyst&role=analyst&term-pack=" + strings.Repeat("x", 1<<20)
	bodies := map[string]func() io.Reader{
		"with a length": func() io.Reader { return strings.NewReader(huge) },
		"without":       func() io.Reader { return io.MultiReader(strings.NewReader(huge)) },
	}
	for name, body := range bodies {
		for _, address := range []string{"/sign-in", "/sign-in/demo", "/admin/settings", "/admin/accounts/disable"} {
			response, text := v.over(server.URL, http.MethodPost, address, body())
			if response.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(text, "larger than 1 MB") {
				t.Errorf("%s, %s: %d", name, address, response.StatusCode)
			}
		}
	}
}
