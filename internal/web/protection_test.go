package web_test

import (
	"net/http"
	"strings"
	"testing"

	"sir/internal/policy"
	"sir/internal/web"
	"sir/internal/web/pagetest"
)

// TestCrossOrigin: a form sent from another site does nothing and is told so on
// a page of ours; our own forms and programs without a browser pass, and
// reading is free to all.
func TestCrossOrigin(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	tests := map[string]struct {
		headers map[string]string
		refused bool
	}{
		"same origin":         {map[string]string{"Sec-Fetch-Site": "same-origin"}, false},
		"typed in":            {map[string]string{"Sec-Fetch-Site": "none"}, false},
		"no browser":          {nil, false},
		"old browser":         {map[string]string{"Origin": "http://sir.test"}, false},
		"cross-site":          {map[string]string{"Sec-Fetch-Site": "cross-site"}, true},
		"same site":           {map[string]string{"Sec-Fetch-Site": "same-site", "Origin": "http://other.sir.test"}, true},
		"old browser, other":  {map[string]string{"Origin": "https://evil.test"}, true},
		"no origin to tell":   {map[string]string{"Origin": "null"}, true},
		"claims both":         {map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "http://sir.test"}, true},
		"another port":        {map[string]string{"Origin": "http://sir.test:8081"}, true},
		"name that ends same": {map[string]string{"Origin": "http://evil-sir.test"}, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := s.as(t, policy.Analyst)
			send := func(method, address string) answer {
				r := v.request(method, address, http.NoBody)
				for key, value := range test.headers {
					r.Header.Set(key, value)
				}
				return v.do(r)
			}
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				if a := send(method, "/measure"); a.status != http.StatusOK {
					t.Errorf("%s answers %d", method, a.status)
				}
			}
			a := send(http.MethodPost, "/sign-out")
			if refused := a.status == http.StatusForbidden; refused != test.refused {
				t.Errorf("POST answers %d", a.status)
			}
			if test.refused && !strings.Contains(pagetest.Read(t, a.body).Main(), "This form was sent from another site, so nothing was done.") {
				t.Errorf("the page does not say why:\n%s", a.body)
			}
			if v.isSignedIn() != test.refused {
				t.Error("the form was carried out, or not, against what was answered")
			}
		})
	}
}

// A form from another site is refused wherever it is sent.
func TestCrossOriginEverywhere(t *testing.T) {
	for _, options := range modes {
		s := open(t, options)
		v := s.signedIn(t, "own-analyst")
		for _, route := range web.Routes(s.app, options.Demo) {
			if route.Method != http.MethodPost {
				continue
			}
			r := v.request(http.MethodPost, route.Pattern, strings.NewReader(forms[route.Pattern][0].Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Sec-Fetch-Site", "cross-site")
			if a := v.do(r); a.status != http.StatusForbidden || !v.isSignedIn() {
				t.Errorf("POST %s answers %d", route.Pattern, a.status)
			}
		}
	}
}

// samples are an answer of each kind: pages, files, redirects, failures.
func samples(t *testing.T, s *site) map[string]answer {
	t.Helper()
	out, in := s.visitor(t), s.signedIn(t, "own-analyst")
	crossOrigin := in.request(http.MethodPost, "/sign-out", http.NoBody)
	crossOrigin.Header.Set("Sec-Fetch-Site", "cross-site")
	asset := pagetest.Attribute(in.page("/").All("script")[0], "src")
	return map[string]answer{
		"sign-in page": out.get("/sign-in"), "redirect": out.get("/measure"), "unauthorised": out.post("/sign-out", nil),
		"page": in.get("/measure"), "download": in.get("/measure/tcam/rates.csv"), "drawing": in.get("/measure/tcam/rates.svg"),
		"not found": in.get("/nowhere"), "forbidden": in.get("/admin/audit"), "cross-origin": in.do(crossOrigin),
		"health": out.get("/healthz"), "asset": out.get(asset), "no such asset": out.get("/static/no/such.js"),
		"wrong password": out.signIn("own-analyst", "wrong"), "bad address": in.get("/measure?%zz"),
	}
}

// The headers that every answer carries.
func TestSecurityHeaders(t *testing.T) {
	for mode, options := range modes {
		for name, a := range samples(t, open(t, options)) {
			want := map[string]string{
				"X-Content-Type-Options":       "nosniff",
				"X-Frame-Options":              "DENY",
				"Referrer-Policy":              "same-origin",
				"Cross-Origin-Opener-Policy":   "same-origin",
				"Cross-Origin-Resource-Policy": "same-origin",
				"Permissions-Policy":           "camera=(), geolocation=(), microphone=(), payment=()",
				"Strict-Transport-Security":    "",
			}
			if options.Secure {
				want["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
			}
			for key, value := range want {
				if got := a.header.Get(key); got != value {
					t.Errorf("%s, %s: %s is %q, want %q", mode, name, key, got, value)
				}
			}
			checkContentPolicy(t, mode+", "+name, a.header.Values("Content-Security-Policy"))
		}
	}
}

// checkContentPolicy holds a policy against what it must forbid: everything
// that is not named, all that is inline, and every other host.
func checkContentPolicy(t *testing.T, where string, policies []string) {
	t.Helper()
	if len(policies) != 1 {
		t.Errorf("%s: %d content security policies", where, len(policies))
		return
	}
	directives := map[string]string{}
	for directive := range strings.SplitSeq(policies[0], ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), " ")
		directives[name] = value
	}
	for name, value := range map[string]string{
		"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'",
		"form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'",
	} {
		if directives[name] != value {
			t.Errorf("%s: %s is %q, want %q", where, name, directives[name], value)
		}
	}
	for name, value := range directives {
		if value != "'none'" && value != "'self'" {
			t.Errorf("%s: %s lets in %q", where, name, value)
		}
	}
}

// What one person sees is kept by no cache; what is the same for all, and has
// its hash in the address, is kept for good.
func TestCaching(t *testing.T) {
	for name, a := range samples(t, open(t, web.Options{})) {
		got := a.header.Get("Cache-Control")
		switch name {
		case "asset":
			if !strings.Contains(got, "immutable") || a.header.Get("Set-Cookie") != "" {
				t.Errorf("%s: Cache-Control is %q", name, got)
			}
		case "no such asset":
			if strings.Contains(got, "immutable") {
				t.Errorf("%s: Cache-Control is %q", name, got)
			}
		default:
			if got != "no-store" {
				t.Errorf("%s: Cache-Control is %q", name, got)
			}
		}
	}
}

// A file that is downloaded says what it is, and is not opened as a page.
func TestDownloadsAreDownloads(t *testing.T) {
	n := 0
	for _, one := range crawled(t, policy.SpreadManager) {
		if one.isPage() {
			continue
		}
		n++
		path, _, _ := strings.Cut(one.address, "?")
		kind, disposition := one.header.Get("Content-Type"), one.header.Get("Content-Disposition")
		if !strings.HasPrefix(disposition, `attachment; filename="`) || strings.ContainsAny(disposition, "\\/") {
			t.Errorf("%s: Content-Disposition is %q", one.address, disposition)
		}
		if strings.HasSuffix(path, ".csv") != (kind == "text/csv; charset=utf-8") || strings.HasSuffix(path, ".svg") != (kind == "image/svg+xml") {
			t.Errorf("%s is %s", one.address, kind)
		}
	}
	if n < 20 {
		t.Errorf("only %d downloads were found", n)
	}
}
