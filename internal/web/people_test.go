package web_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"sir/internal/adoption"
	"sir/internal/app"
	"sir/internal/audit"
	"sir/internal/auth"
	"sir/internal/policy"
)

// What the demonstration's roles are held for, and what another member has.
const (
	madeUp      = "MU-EXAMPLE"
	ownMember   = "MU-N01"
	otherMember = "MU-N02"
	ownSite     = "MU-001"
)

// addAnalysts adds an analyst of the demonstration's own member and one of
// another, both with the password of these tests.
func addAnalysts(ctx context.Context, a *app.App) error {
	for name, member := range map[string]string{"own-analyst": ownMember, "other-analyst": otherMember} {
		if _, err := add(ctx, a, name, policy.Analyst, auth.Scope{Member: member}); err != nil {
			return err
		}
	}
	return nil
}

// password is that of every account that tests add.
const password = "three random words"

// add gives somebody an account with a password and one role.
func add(ctx context.Context, a *app.App, signInName string, role policy.Role, scope auth.Scope) (auth.Account, error) {
	grant, err := a.Auth.Resolve(ctx, scope)
	if err != nil {
		return auth.Account{}, err
	}
	grant.Role = role
	return a.Auth.Add(ctx, system, auth.NewAccount{
		SignInName: signInName, Name: "Test " + signInName, Password: password, Grants: []policy.Grant{grant},
	})
}

func (s *site) add(t *testing.T, signInName string, role policy.Role, scope auth.Scope) auth.Account {
	t.Helper()
	account, err := add(t.Context(), s.app, signInName, role, scope)
	if err != nil {
		t.Fatal(err)
	}
	return account
}

// sitesOf lists the sites that ever counted under a member of the made-up
// programme.
func (s *site) sitesOf(t *testing.T, member string) []adoption.SiteRow {
	t.Helper()
	view, err := s.app.Adoption.Unit(t.Context(), system, madeUp, member, 1)
	if err != nil {
		t.Fatal(err)
	}
	return view.Sites.Rows
}

// members lists the codes of the made-up programme's members.
func (s *site) members(t *testing.T) []string {
	t.Helper()
	table, err := s.app.Adoption.Rates(t.Context(), system, madeUp)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, row := range table.Rows {
		codes = append(codes, row.Code)
	}
	return codes
}

// allSites lists every site of the made-up programme, each once.
func (s *site) allSites(t *testing.T) []adoption.SiteRow {
	t.Helper()
	var all []adoption.SiteRow
	for _, member := range s.members(t) {
		for _, one := range s.sitesOf(t, member) {
			if !slices.ContainsFunc(all, func(r adoption.SiteRow) bool { return r.Code == one.Code }) {
				all = append(all, one)
			}
		}
	}
	if len(all) < 100 {
		t.Fatalf("the made-up programme has %d sites, want about 120", len(all))
	}
	return all
}

// foreignSite is a site that never counted under the demonstration's member.
func (s *site) foreignSite(t *testing.T) string {
	t.Helper()
	own := s.sitesOf(t, ownMember)
	for _, one := range s.sitesOf(t, otherMember) {
		if !slices.ContainsFunc(own, func(r adoption.SiteRow) bool { return r.Code == one.Code }) {
			return one.Code
		}
	}
	t.Fatalf("%s has no site that %s never had", otherMember, ownMember)
	return ""
}

func (s *site) programme(t *testing.T, code string) (id string) {
	t.Helper()
	table, err := s.app.Adoption.Rates(t.Context(), system, code)
	if err != nil {
		t.Fatal(err)
	}
	return table.Programme.ID
}

func (s *site) siteID(t *testing.T, code string) string {
	t.Helper()
	view, err := s.app.Adoption.Site(t.Context(), system, madeUp, code)
	if err != nil {
		t.Fatal(err)
	}
	return view.Site.ID
}

// newest is the last entry of the audit trail.
func (s *site) newest(t *testing.T) audit.Entry {
	t.Helper()
	entries, err := s.app.Trail.List(t.Context(), system, audit.Filter{Limit: 1})
	if err != nil || len(entries) != 1 {
		t.Fatal(entries, err)
	}
	return entries[0].Entry
}

// names lists sign-in names.
func names(accounts []auth.Account) string {
	var all []string
	for _, a := range accounts {
		all = append(all, a.SignInName)
	}
	return strings.Join(all, " ")
}
