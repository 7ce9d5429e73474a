package account_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sir/internal/policy"
	"sir/internal/web/account"
	"sir/internal/web/pagetest"
)

var secret = regexp.MustCompile(`sir_[a-z2-7]{32}`)

// A key is made, shown this once, listed by name, revoked, and then of no use.
func TestAKeyOnThePage(t *testing.T) {
	t.Parallel()
	a := pagetest.Demo(t)
	v := pagetest.Serve(t, a, account.Routes(a.Auth, true)).As(t, policy.Analyst)
	made := v.Post("/account/keys", url.Values{"key-name": {"nightly feed"}, "key-days": {"90"}})
	key := secret.FindString(made.Body)
	if made.Status != http.StatusOK || key == "" || made.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("answers %d with key %q, %v", made.Status, key, made.Header)
	}
	if actor, err := a.Auth.TokenActor(t.Context(), key, "test"); err != nil || actor.Name != "Demo analyst (key nightly feed)" {
		t.Errorf("the key opens %v, %v", actor, err)
	}
	page := v.Page("/account")
	page.Check()
	rows := page.Rows("Keys")
	if len(rows) != 1 || rows[0][0] != "nightly feed" || rows[0][4] != "In use" || secret.MatchString(page.Main()) {
		t.Errorf("the page lists %v", rows)
	}
	id := regexp.MustCompile(`name="key" value="([^"]+)"`).FindStringSubmatch(v.Get("/account").Body)
	if a := v.Post("/account/keys/revoke", url.Values{"key": {id[1]}}); a.Status != http.StatusSeeOther {
		t.Errorf("revoking answers %d", a.Status)
	}
	if _, err := a.Auth.TokenActor(t.Context(), key, "test"); err == nil {
		t.Error("a revoked key still opens")
	}
	if rows := v.Page("/account").Rows("Keys"); rows[0][4] != "Revoked" {
		t.Errorf("the page lists %v", rows)
	}
}

// What is wrong is said at the field, and what was typed is kept.
func TestAKeyThatCannotBeMade(t *testing.T) {
	t.Parallel()
	a := pagetest.Demo(t)
	v := pagetest.Serve(t, a, account.Routes(a.Auth, true)).As(t, policy.Analyst)
	for want, form := range map[string]url.Values{
		"Enter a name":                         {"key-name": {""}, "key-days": {"90"}},
		"A key can last from 1 day to 365 day": {"key-name": {"a feed"}, "key-days": {"400"}},
		"A key can last from 1 day":            {"key-name": {"a feed"}, "key-days": {"x"}},
	} {
		a := v.Post("/account/keys", form)
		if a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, want) || secret.MatchString(a.Body) || !strings.Contains(a.Body, form.Get("key-name")) {
			t.Errorf("%v: answers %d, want %q", form, a.Status, want)
		}
	}
}

// An administrator ends the keys of others, and nobody else does.
func TestKeysOfOthers(t *testing.T) {
	t.Parallel()
	a := pagetest.Demo(t)
	site := pagetest.Serve(t, a, account.Routes(a.Auth, true))
	owner := site.As(t, policy.Analyst)
	key := secret.FindString(owner.Post("/account/keys", url.Values{"key-name": {"feed"}, "key-days": {"30"}}).Body)
	id := regexp.MustCompile(`name="key" value="([^"]+)"`).FindStringSubmatch(owner.Get("/account").Body)[1]
	stranger := site.As(t, policy.Evaluator)
	if got, guess := stranger.Post("/account/keys/revoke", url.Values{"key": {id}}).Status, stranger.Post("/account/keys/revoke", url.Values{"key": {"x"}}).Status; got != http.StatusNotFound || guess != got {
		t.Errorf("a stranger gets %d, and for a guess %d", got, guess)
	}
	if got := stranger.Get("/account/keys").Status; got != http.StatusForbidden {
		t.Errorf("a stranger sees the list: %d", got)
	}
	admin := site.As(t, policy.InstanceAdmin)
	page := admin.Page("/account/keys")
	page.Check()
	if rows := page.Rows("Keys"); len(rows) != 1 || rows[0][0] != "feed" || rows[0][1] != "Demo analyst" {
		t.Errorf("the list is %v", rows)
	}
	admin.Post("/account/keys/revoke", url.Values{"key": {id}, "from": {"all"}})
	if _, err := a.Auth.TokenActor(t.Context(), key, "test"); err == nil {
		t.Error("a revoked key still opens")
	}
}
