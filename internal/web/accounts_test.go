package web_test

import (
	"net/http"
	"strings"
	"testing"

	"sir/internal/policy"
	"sir/internal/web"
	"sir/internal/web/pagetest"
)

// A member's administrator adds a champion for one of the member's sites, who
// then sees that site and the programme's total, and nothing else.
func TestMemberAdministratorAddsAChampion(t *testing.T) {
	each(t, web.Options{Demo: true}, func(t *testing.T, s *site) {
		admin := s.as(t, policy.MemberAdmin)
		form := newAccount("champion.one", "site champion", ownMember, ownSite)
		form.Set("programme", madeUp)
		if a := admin.post("/admin/accounts/add", form); a.location() != "/admin/accounts" {
			t.Fatalf("adding answers %d:\n%s", a.status, pagetest.Read(t, a.body).Main())
		}
		if page := admin.page("/admin/accounts").Main(); !strings.Contains(page, "New can sign in as champion.one.") ||
			!strings.Contains(page, "New champion.one site champion In use") {
			t.Errorf("the page says %q", page)
		}
		v := s.signedIn(t, "champion.one")
		own := s.sitesOf(t, ownMember)
		for address, want := range map[string]int{
			"/measure/" + madeUp + "/sites/" + ownSite:              http.StatusOK,
			"/measure/" + madeUp:                                    http.StatusOK,
			"/measure/" + madeUp + "/sites/" + own[len(own)-1].Code: http.StatusForbidden,
			"/measure/" + madeUp + "/sites/" + s.foreignSite(t):     http.StatusForbidden,
			"/measure/" + madeUp + "/members/" + ownMember:          http.StatusForbidden,
			"/admin/accounts":                                       http.StatusForbidden,
			"/admin/accounts/add":                                   http.StatusForbidden,
		} {
			if a := v.get(address); a.status != want {
				t.Errorf("%s answers the champion %d, want %d", address, a.status, want)
			}
		}
	})
}

// What a member's administrator may not give out is refused, and codes that
// they may not know of are answered like codes that nobody has.
func TestAccountsThatCannotBeAdded(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	admin := s.as(t, policy.MemberAdmin)
	for name, test := range map[string]struct {
		role, member, site string
		status             int
		says               string
	}{
		"another's site":    {"site champion", ownMember, s.foreignSite(t), 422, "of this member."},
		"no such site":      {"site champion", ownMember, "no-such", 422, "of this member."},
		"another's member":  {"analyst", otherMember, "", 403, "Your role does not let you add an account."},
		"no member":         {"analyst", "", "", 403, "Your role does not let you add an account."},
		"all":               {"instance administrator", ownMember, "", 403, "Your role does not let you add an account."},
		"site, no champion": {"analyst", ownMember, ownSite, 403, "Your role does not let you add an account."},
		"no role":           {"", ownMember, "", 422, "There is no role called"},
		"made-up role":      {"<script>", ownMember, "", 422, "There is no role called"},
		"site, no member":   {"site champion", "", ownSite, 422, "Choose the member that the site belongs to."},
	} {
		a := admin.post("/admin/accounts/add", newAccount("somebody.new", test.role, test.member, test.site))
		if a.status != test.status || !strings.Contains(pagetest.Read(t, a.body).Main(), test.says) {
			t.Errorf("%s: %d:\n%s", name, a.status, pagetest.Read(t, a.body).Main())
		}
		if strings.Contains(a.body, password) {
			t.Errorf("%s: the password is on the page", name)
		}
		checkMarkup(t, name, a.body)
	}
	if accounts, err := s.app.Auth.List(t.Context(), system); err != nil || strings.Contains(names(accounts), "somebody.new") {
		t.Errorf("an account was added: %s (%v)", names(accounts), err)
	}
	page := admin.page("/admin/accounts/add")
	for _, option := range page.All("option") {
		if text := pagetest.Text(option); text == "Instance administrator" || pagetest.Attribute(option, "value") == otherMember {
			t.Errorf("the form offers %q", text)
		}
	}
}
