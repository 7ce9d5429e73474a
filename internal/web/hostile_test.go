package web_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sir/internal/policy"
	"sir/internal/web"
)

// hostile are texts that break what is not careful. Those with markup would
// show as an element called hostile, or as an attribute of one.
var hostile = map[string]string{
	"element":       "<hostile>x</hostile>",
	"script":        "<script>hostile()</script>",
	"attribute":     `"><hostile x="`,
	"single quotes": `'><hostile x='`,
	"comment":       "--><hostile><!--",
	"text area":     "</textarea></title></select><hostile>",
	"address":       "javascript:hostile()",
	"template":      "{{hostile}} ${hostile} %s %d %!",
	"SQL":           "' OR 1=1; DROP TABLE account; --",
	"pattern":       "%_\\*?[(",
	"NUL":           "a\x00b",
	"escape":        "a\x1b[31mb",
	"not UTF-8":     "a\xff\xfeb",
	"overlong":      "a\xc0\xafb",
	"right to left": "\u202e\u2066abc\u2069\u200f",
	"lines":         "a\r\nSet-Cookie: hostile=1\r\n\r\nb",
	"separators":    "a\u2028b\u0085c",
	"joined":        strings.Repeat("e\u0301", 50) + strings.Repeat("\u200d", 50),
	"number":        "-9223372036854775809",
	"path":          "../../etc/passwd",
	"long":          strings.Repeat("hostile ", 2_000),
}

// acceptable holds an answer to a hostile text against what it may be: a page,
// a redirect within the service, or a refusal that says why; never a failure
// of the service, and never markup of the visitor's own.
func acceptable(t *testing.T, where string, a answer) {
	t.Helper()
	switch a.status {
	case http.StatusOK, http.StatusSeeOther, http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity,
		http.StatusTooManyRequests:
	default:
		t.Errorf("%s: %d", where, a.status)
	}
	if to := a.location(); to != "" && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\r\n\\")) {
		t.Errorf("%s: leads to %q", where, to)
	}
	if len(a.header.Values("Set-Cookie")) > 1 || strings.Contains(a.header.Get("Set-Cookie"), "hostile") {
		t.Errorf("%s: sets %q", where, a.header.Values("Set-Cookie"))
	}
	if !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") || a.status == http.StatusSeeOther {
		return
	}
	if strings.ContainsRune(a.body, 0) {
		t.Errorf("%s: a NUL is on the page", where)
	}
	root, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && (n.Data == "hostile" || n.Data == "script" && n.FirstChild != nil) {
			t.Errorf("%s: the visitor's markup is on the page", where)
		}
	}
	checkTree(t, where, root)
}

// TestHostileAddresses puts hostile texts in the place of every wildcard.
func TestHostileAddresses(t *testing.T) {
	t.Parallel()
	s := open(t, web.Options{Demo: true})
	v, known := s.as(t, policy.SpreadManager), wildcards(t, s)
	n := 0
	for _, route := range web.Routes(s.app, true) {
		if route.Method != http.MethodGet || !strings.Contains(route.Pattern, "{") || route.Pattern == "/{$}" {
			continue
		}
		for name, text := range hostile {
			values := map[string][]string{}
			for key, good := range known {
				values[key] = []string{url.PathEscape(text), good[0]}
			}
			for _, e := range examples(t, route, values) {
				n++
				acceptable(t, name+" in "+route.Pattern, v.get(e.address))
			}
		}
	}
	if n < 500 {
		t.Errorf("only %d addresses were tried", n)
	}
}

// TestHostileForms puts hostile texts into every field of every form that any
// role comes to, one field at a time and all at once.
func TestHostileForms(t *testing.T) {
	t.Parallel()
	s := open(t, web.Options{Demo: true})
	routes, sent := kindsOf(s), map[string]bool{}
	for _, role := range []policy.Role{"", policy.InstanceAdmin, policy.SpreadManager} {
		reader := s.as(t, role)
		forms := signInForms
		if role != "" {
			forms = formsFor(t, role)
		}
		for _, f := range forms {
			_, route := routes.mux.Handler(httptest.NewRequest(strings.ToUpper(f.method), f.action, http.NoBody))
			if sent[route] || len(f.values) == 0 {
				continue
			}
			sent[route] = true
			s.sendHostile(t, f, func() *visitor {
				if f.method == "get" {
					return reader
				}
				return s.as(t, role) // what was sent may have ended the session
			})
		}
	}
	for _, route := range []string{
		"POST /sign-in", "POST /sign-in/demo", "POST /admin/settings", "POST /admin/accounts/disable",
		"GET /search", "GET /admin/audit", "GET /measure/{programme}", "GET /shelves/{shelf}",
	} {
		if !sent[route] {
			t.Errorf("no form of %s was found", route)
		}
	}
	if _, err := s.app.Trail.Verify(t.Context(), system); err != nil {
		t.Errorf("after all that the audit trail does not hold: %v", err)
	}
}

// signInForms are those of a visitor who is not signed in.
var signInForms = []found{
	{"post", "/sign-in", url.Values{"name": {"own-analyst"}, "password": {password}, "next": {"/measure"}}},
	{"post", "/sign-in/demo", url.Values{"role": {"analyst"}, "next": {"/measure"}}},
}

func (s *site) sendHostile(t *testing.T, f found, sender func() *visitor) {
	t.Helper()
	for name, text := range hostile {
		all := url.Values{}
		for field := range f.values {
			one := maps.Clone(f.values)
			one[field] = []string{text}
			all.Set(field, text)
			acceptable(t, name+" in "+field+" of "+f.action, sender().send(f, one))
		}
		acceptable(t, name+" in all of "+f.action, sender().send(f, all))
	}
}

// A name of nearly a megabyte is one that nobody has.
func TestMegabyteName(t *testing.T) {
	each(t, web.Options{}, func(t *testing.T, s *site) {
		name := strings.Repeat("<b>", 1<<20/3-2000)
		a := s.visitor(t).post("/sign-in", url.Values{"name": {name}, "password": {name}})
		acceptable(t, "megabyte", a)
		if a.status != http.StatusUnprocessableEntity {
			t.Errorf("answers %d", a.status)
		}
		if e := s.newest(t); len(e.Object) > 100 {
			t.Errorf("the trail keeps %d bytes of it", len(e.Object))
		}
	})
}

// What is stored of a stranger's text comes back as text: names that fail to
// sign in are shown to administrators in the trail.
func TestHostileNamesInTheTrail(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	for _, text := range hostile {
		s.visitor(t).signIn(text, "x")
	}
	a := s.as(t, policy.InstanceAdmin).get("/admin/audit?outcome=refused")
	acceptable(t, "trail", a)
	if !strings.Contains(a.body, "Name that was typed: &lt;hostile&gt;x&lt;/hostile&gt;") {
		t.Error("the trail does not show what was typed")
	}
	if strings.ContainsAny(a.body, "\u202e\u2066\u2028\x1b") {
		t.Error("characters that turn text round or hide it are on the page")
	}
}
