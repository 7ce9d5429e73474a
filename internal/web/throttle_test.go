package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"sir/internal/web"
	"sir/internal/web/pagetest"
)

// fail makes n failed attempts, which must all be let through to the password.
func (v *visitor) fail(name string, n int) {
	v.t.Helper()
	for i := range n {
		if a := v.signIn(name, "not the password"); a.status != http.StatusUnprocessableEntity {
			v.t.Fatalf("attempt %d as %s from %s answers %d", i+1, name, v.from, a.status)
		}
	}
}

// refused holds an attempt against what a slowed-down one looks like.
func refused(t *testing.T, a answer, says string) {
	t.Helper()
	if a.status != http.StatusTooManyRequests {
		t.Fatalf("the attempt answers %d, want 429", a.status)
	}
	if text := pagetest.Read(t, a.body).Main(); !strings.Contains(text, says) {
		t.Errorf("the page says %q, want %q", text, says)
	}
}

// TestThrottleByAccount: from wherever they come, attempts on one account slow
// down, also after a restart and with the right password; other accounts stay
// open.
func TestThrottleByAccount(t *testing.T) {
	each(t, web.Options{}, func(t *testing.T, s *site) {
		for i := range 5 {
			v := s.visitor(t)
			v.from = fmt.Sprintf("198.51.100.%d", i+1)
			v.fail(" OWN-analyst", 1)
		}
		refused(t, s.visitor(t).signIn("own-analyst", password), "There were too many failed attempts. Wait 1 second, then try again.")
		if a := s.visitor(t).signIn("other-analyst", password); a.status != http.StatusSeeOther {
			t.Errorf("another account is refused too: %d", a.status)
		}
		s = s.restarted(t)
		refused(t, s.visitor(t).signIn("own-analyst", password), "Wait 1 second")
		s.clock.advance(time.Second)
		v := s.visitor(t)
		v.fail("own-analyst", 1)
		refused(t, v.signIn("own-analyst", password), "Wait 2 seconds")
		s.clock.advance(2 * time.Second)
		if a := v.signIn("own-analyst", password); a.status != http.StatusSeeOther {
			t.Errorf("after the wait the right password answers %d", a.status)
		}
		s.visitor(t).fail("own-analyst", 5) // a success clears the count
	})
}

// TestThrottleByAddress: attempts from one address slow down whatever names
// they try; other addresses stay open.
func TestThrottleByAddress(t *testing.T) {
	each(t, web.Options{}, func(t *testing.T, s *site) {
		v := s.visitor(t)
		for i := range 20 {
			v.fail(fmt.Sprintf("guess-%d", i), 1)
		}
		refused(t, v.signIn("own-analyst", password), "Wait 1 second")
		s = s.restarted(t)
		again := s.visitor(t)
		refused(t, again.signIn("own-analyst", password), "Wait 1 second")
		elsewhere := s.visitor(t)
		elsewhere.from = "198.51.100.7"
		if a := elsewhere.signIn("own-analyst", password); a.status != http.StatusSeeOther {
			t.Errorf("another address is refused too: %d", a.status)
		}
		s.clock.advance(time.Second)
		if a := again.signIn("own-analyst", password); a.status != http.StatusSeeOther {
			t.Errorf("after the wait the address is refused: %d", a.status)
		}
		s.clock.advance(24*time.Hour + time.Second)
		again.fail("guess", 2) // a day later all is forgotten: the second need not wait
	})
}

// A name that an attacker makes up cannot put a line of its own on the page.
func TestThrottledPageKeepsTheName(t *testing.T) {
	s := open(t, web.Options{})
	v := s.visitor(t)
	const name = `<img src=x onerror=alert(1)>`
	v.fail(name, 5)
	a := v.signIn(name, "x")
	refused(t, a, "Wait 1 second")
	page := pagetest.Read(t, a.body)
	page.Check()
	if len(page.All("img")) != 0 || !strings.Contains(a.body, "&lt;img src=x onerror=alert(1)&gt;") {
		t.Error("the name is not on the page as text")
	}
}
