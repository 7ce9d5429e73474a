package web_test

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"sir/internal/policy"
	"sir/internal/web"
)

// signInBy makes an attempt whose request carries X-Forwarded-For.
func (v *visitor) signInBy(forwarded, name, password string) answer {
	v.t.Helper()
	form := url.Values{"name": {name}, "password": {password}}
	r := v.request(http.MethodPost, "/sign-in", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Forwarded-For", forwarded)
	return v.do(r)
}

// Behind a trusted proxy the reader's own address is slowed down and recorded:
// neither all that come by the proxy, nor one that the sender makes up.
func TestThrottleBehindAProxy(t *testing.T) {
	each(t, web.Options{TrustedProxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}}, func(t *testing.T, s *site) {
		proxy := s.visitor(t) // from 192.0.2.1
		for i := range 20 {
			forwarded := fmt.Sprintf("203.0.113.%d, 198.51.100.7", i) // the first is the sender's own invention
			if a := proxy.signInBy(forwarded, fmt.Sprintf("guess-%d", i), "x"); a.status != http.StatusUnprocessableEntity {
				t.Fatalf("attempt %d answers %d", i, a.status)
			}
		}
		if e := s.newest(t); e.Detail != `{"address":"198.51.100.7"}` {
			t.Errorf("the trail says %s", e.Detail)
		}
		refused(t, proxy.signInBy("203.0.113.99, 198.51.100.7", "own-analyst", password), "Wait 1 second")
		if a := proxy.signInBy("198.51.100.8", "own-analyst", password); a.status != http.StatusSeeOther {
			t.Errorf("another reader behind the proxy is slowed down too: %d", a.status)
		}
	})
}

// Without trusted proxies, and from elsewhere than those, the header is the
// sender's invention.
func TestForwardedForIsNotBelieved(t *testing.T) {
	for name, options := range map[string]web.Options{
		"no proxies": {}, "from elsewhere": {TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}},
	} {
		s := open(t, options)
		v := s.visitor(t)
		for i := range 20 {
			v.signInBy(fmt.Sprintf("203.0.113.%d", i), fmt.Sprintf("guess-%d", i), "x")
		}
		if e := s.newest(t); e.Detail != `{"address":"192.0.2.1"}` {
			t.Errorf("%s: the trail says %s", name, e.Detail)
		}
		refused(t, v.signInBy("203.0.113.200", "own-analyst", password), "Wait 1 second")
	}
}

// Guesses at the current password slow down like those at sign-in, and with
// them: a session left open is no way round.
func TestThrottlePasswordChange(t *testing.T) {
	each(t, web.Options{}, func(t *testing.T, s *site) {
		v := s.signedIn(t, "own-analyst")
		change := func(current string) answer {
			return v.post("/account/password", url.Values{"current-password": {current}, "new-password": {"four other random words"}})
		}
		for i := range 5 {
			if a := change(fmt.Sprint("guess ", i)); a.status != http.StatusUnprocessableEntity {
				t.Fatalf("guess %d answers %d", i+1, a.status)
			}
		}
		a := change(password)
		refused(t, a, "There were too many failed attempts. Wait 1 second, then try again.")
		checkMarkup(t, "slowed down", a.body)
		refused(t, s.visitor(t).signIn("own-analyst", password), "Wait 1 second")
		s.clock.advance(2e9)
		if a := change(password); a.location() != "/account" {
			t.Errorf("after the wait the change answers %d", a.status)
		}
	})
}

// A code that is not there and one that is closed read alike to who may not
// know of either.
func TestUnknownReadsLikeClosed(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	own := s.sitesOf(t, ownMember)
	tests := map[policy.Role]map[string][]string{
		policy.SiteChampion: {
			"closed": {"/measure/" + madeUp + "/members/" + ownMember, "/measure/" + madeUp + "/sites/" + own[len(own)-1].Code, "/explain/tcam"},
			"none":   {"/measure/" + madeUp + "/members/no-such", "/measure/" + madeUp + "/sites/no-such", "/explain/no-such"},
		},
		policy.SpreadManager: {
			"closed": {"/measure/" + madeUp + "/sites/" + s.foreignSite(t)}, "none": {"/measure/" + madeUp + "/sites/no-such"},
		},
		policy.InstanceAdmin: {"closed": {"/measure/" + madeUp, "/explain/tcam"}, "none": {"/measure/no-such", "/explain/no-such"}},
	}
	for role, addresses := range tests {
		v := s.as(t, role)
		for i, closed := range addresses["closed"] {
			was, is := v.get(closed), v.get(addresses["none"][i])
			if was.status != http.StatusForbidden || is.status != was.status || anonymous(is.body) != anonymous(was.body) {
				t.Errorf("%s: %s answers %d, %s %d, or they read otherwise", role, closed, was.status, addresses["none"][i], is.status)
			}
		}
	}
}

// anonymous leaves a page's incident out.
func anonymous(body string) string { return incidentShown.ReplaceAllString(body, "") }

// A long made-up code is not repeated on the page that says there is none.
func TestLongCodesAreNotRepeated(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	v := s.as(t, policy.SpreadManager)
	essay := strings.Repeat("essay", 13)
	for _, address := range []string{"/measure/", "/explain/", "/shelves/", "/shelves/factors/", "/measure/tcam/members/"} {
		if a := v.get(address + essay); a.status != http.StatusNotFound || strings.Contains(a.body, "essay") {
			t.Errorf("%s: %d, or the page repeats it", address, a.status)
		}
		if a := v.get(address + "essay"); a.status != http.StatusNotFound || !strings.Contains(a.body, "&#34;essay&#34;") {
			t.Errorf("%sessay: %d, or the page does not say what is not there", address, a.status)
		}
	}
}

// Every page is found with a slash after its address too; a form is not sent on.
func TestSlashAtTheEnd(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	v := s.as(t, policy.SpreadManager)
	values, n := wildcards(t, s), 0
	for _, route := range web.Routes(s.app, true) {
		if route.Pattern == "/{$}" {
			continue
		}
		for _, e := range examples(t, route, values) {
			n++
			a := v.get(e.address + "/?a=1&b=%2F")
			if route.Method == http.MethodGet && (a.status != http.StatusMovedPermanently || a.location() != e.address+"?a=1&b=%2F") {
				t.Errorf("%s/ answers %d to %q", e.address, a.status, a.location())
			}
			if a := v.post(e.address+"/", e.form); a.status != http.StatusNotFound {
				t.Errorf("a form sent to %s/ answers %d", e.address, a.status)
			}
		}
	}
	if n < 50 {
		t.Errorf("only %d addresses", n)
	}
	for _, address := range []string{"/nowhere/", "//evil.test/", "/measure//", "/%2F/evil.test/", "/%5Cevil.test/", "/evil.test%2F/"} {
		if a := v.get(address); strings.Contains(a.location(), "evil") && !strings.HasPrefix(a.location(), "/evil.test") || strings.HasPrefix(a.location(), "//") {
			t.Errorf("%s leads to %q", address, a.location())
		}
	}
}
