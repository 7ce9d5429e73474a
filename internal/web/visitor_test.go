package web_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// visitor is a browser without a screen: it keeps cookies, says that it is on
// the service's own pages, and does not follow redirects.
type visitor struct {
	t       *testing.T
	site    *site
	base    *url.URL
	cookies http.CookieJar
	from    string // address of the visitor's machine
}

func (s *site) visitor(t *testing.T) *visitor {
	t.Helper()
	scheme := "http"
	if s.options.Secure {
		scheme = "https"
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t: t, site: s, base: &url.URL{Scheme: scheme, Host: "sir.test"}, cookies: jar, from: "192.0.2.1"}
}

// as is a visitor who signed in by the demonstration's button for a role; a
// visitor who did not where the role is empty.
func (s *site) as(t *testing.T, role policy.Role) *visitor {
	t.Helper()
	v := s.visitor(t)
	if role == "" {
		return v
	}
	if a := v.post("/sign-in/demo", url.Values{"role": {string(role)}}); a.status != http.StatusSeeOther {
		t.Fatalf("sign in as %s: %d\n%s", role, a.status, a.body)
	}
	return v
}

// signedIn is a visitor who signed in by password.
func (s *site) signedIn(t *testing.T, name string) *visitor {
	t.Helper()
	v := s.visitor(t)
	if a := v.signIn(name, password); a.status != http.StatusSeeOther {
		t.Fatalf("sign in as %s: %d\n%s", name, a.status, a.body)
	}
	return v
}

func (v *visitor) signIn(name, password string) answer {
	v.t.Helper()
	return v.post("/sign-in", url.Values{"name": {name}, "password": {password}})
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// location is where a redirect leads.
func (a answer) location() string { return a.header.Get("Location") }

// sentToSignIn tells whether the answer is to sign in first.
func (a answer) sentToSignIn() bool {
	return a.status == http.StatusSeeOther && strings.HasPrefix(a.location(), "/sign-in?next=")
}

func (v *visitor) get(address string) answer {
	v.t.Helper()
	return v.do(v.request(http.MethodGet, address, http.NoBody))
}

func (v *visitor) post(address string, form url.Values) answer {
	v.t.Helper()
	r := v.request(http.MethodPost, address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return v.do(r)
}

func (v *visitor) request(method, address string, body io.Reader) *http.Request {
	v.t.Helper()
	r := httptest.NewRequestWithContext(v.t.Context(), method, v.base.String()+address, body)
	r.RemoteAddr = v.from + ":40000"
	return r
}

// do sends a request with the visitor's cookies and keeps those it is given.
func (v *visitor) do(r *http.Request) answer {
	v.t.Helper()
	for _, c := range v.cookies.Cookies(v.base) {
		r.AddCookie(c)
	}
	recorder := httptest.NewRecorder()
	v.site.handler.ServeHTTP(recorder, r)
	result := recorder.Result()
	v.cookies.SetCookies(v.base, result.Cookies())
	body, err := io.ReadAll(result.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return answer{result.StatusCode, result.Header, string(body)}
}

// page visits an address that must answer 200.
func (v *visitor) page(address string) *pagetest.Page {
	v.t.Helper()
	a := v.get(address)
	if a.status != http.StatusOK {
		v.t.Fatalf("GET %s answers %d:\n%s", address, a.status, a.body)
	}
	return pagetest.Read(v.t, a.body)
}

// isSignedIn tells whether the service knows the visitor.
func (v *visitor) isSignedIn() bool {
	v.t.Helper()
	return v.get("/account").status == http.StatusOK
}
