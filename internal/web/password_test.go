package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sir/internal/policy"
	"sir/internal/web"
)

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
