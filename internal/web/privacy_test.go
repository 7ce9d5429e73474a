package web_test

import (
	"archive/zip"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sir/internal/audit"
	"sir/internal/auth"
	"sir/internal/policy"
	"sir/internal/web"
)

// everyAddress is what all roles together come to by links, and the pages of
// every member and site.
func (s *site) everyAddress(t *testing.T) []string {
	t.Helper()
	all := map[string]bool{}
	for _, role := range policy.Roles {
		for _, one := range crawled(t, role) {
			all[one.address] = true
		}
	}
	for _, one := range s.allSites(t) {
		all["/measure/"+madeUp+"/sites/"+one.Code] = true
	}
	for _, member := range s.members(t) {
		all["/measure/"+madeUp+"/members/"+member] = true
		all["/measure/"+madeUp+"/members/"+member+"/trend.svg"] = true
	}
	return slices.Sorted(maps.Keys(all))
}

// TestNobodySeesWhatIsNotTheirs takes every address that anybody comes to, and
// asks for it as somebody who may see little. Whatever is answered, downloads
// included, must not name what is not theirs.
func TestNobodySeesWhatIsNotTheirs(t *testing.T) {
	t.Parallel()
	s := open(t, web.Options{Demo: true})
	s.add(t, "other-manager", policy.SpreadManager, auth.Scope{Member: otherMember})
	addresses := s.everyAddress(t)
	if len(addresses) < 200 {
		t.Fatalf("only %d addresses were found", len(addresses))
	}
	if whole := "/measure/" + madeUp + "/data-package.zip"; !slices.Contains(addresses, whole) {
		t.Errorf("%s was not found", whole)
	}
	foreign := s.siteNames(t, otherMember)
	tests := map[string]struct {
		visitor *visitor
		secret  []string // what no answer may hold
		open    string   // an address that must be open, so that the test means something
	}{
		"site champion": {
			s.as(t, policy.SiteChampion), append(s.siteNamesBut(t, ownSite), accountNames...), "/measure/" + madeUp + "/sites/" + ownSite,
		},
		"innovator":                 {s.as(t, policy.Innovator), append(s.siteNamesBut(t, ""), accountNames...), "/measure/" + madeUp},
		"another's spread manager":  {s.signedIn(t, "other-manager"), append(s.namesWithout(t, foreign), accountNames...), "/measure/" + madeUp + "/members/" + otherMember},
		"evaluator":                 {s.as(t, policy.Evaluator), append(s.siteNamesBut(t, ""), accountNames...), "/measure/" + madeUp + "/members/" + ownMember},
		"instance administrator":    {s.as(t, policy.InstanceAdmin), s.siteNamesBut(t, ""), "/admin/audit"},
		"member administrator":      {s.as(t, policy.MemberAdmin), append(s.siteNamesBut(t, ""), "other-analyst"), "/admin/accounts"},
		"visitor without a sign-in": {s.visitor(t), append(s.siteNamesBut(t, ""), accountNames...), "/sign-in"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if a := test.visitor.get(test.open); a.status != http.StatusOK {
				t.Fatalf("%s answers %d", test.open, a.status)
			}
			for _, address := range addresses {
				if strings.HasPrefix(address, "/admin/audit") {
					continue // the trail names what somebody was refused
				}
				a := test.visitor.get(address)
				if a.sentToSignIn() {
					continue // it names the address that was asked for, and nothing else
				}
				body := unpacked(t, address, a.body)
				if a.status == http.StatusOK && strings.HasSuffix(address, ".zip") && body == a.body {
					t.Errorf("%s is no archive: nothing in it was looked at", address)
				}
				for _, secret := range test.secret {
					if strings.HasPrefix(address, "/organisations") && !slices.Contains(accountNames, secret) {
						continue // which sites there are is open to all who are signed in; what they report is not
					}
					if strings.Contains(body, secret) {
						t.Errorf("%s shows %q", address, secret)
						break
					}
				}
			}
		})
	}
}

// unpacked is an answer as it can be searched: of an archive, which data
// packages and workbooks are, the names and the content of all files in it.
func unpacked(t *testing.T, address, body string) string {
	t.Helper()
	if !strings.HasPrefix(body, "PK\x03\x04") {
		return body
	}
	archive, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	var all strings.Builder
	for _, one := range archive.File {
		content, err := archive.Open(one.Name)
		if err != nil {
			t.Fatalf("%s: %s: %v", address, one.Name, err)
		}
		all.WriteString(one.Name + "\n")
		if _, err := io.Copy(&all, content); err != nil {
			t.Fatalf("%s: %s: %v", address, one.Name, err)
		}
		all.WriteString("\n")
	}
	return all.String()
}

// accountNames are sign-in names that only administrators see.
var accountNames = []string{"demo-analyst", "own-analyst", "other-analyst"}

// siteNamesBut lists the names and codes of all sites but one, as a page would
// write them: a code stands in an address or between tags.
func (s *site) siteNamesBut(t *testing.T, code string) []string {
	t.Helper()
	var names []string
	for _, one := range s.allSites(t) {
		if one.Code != code {
			names = append(names, one.Name, "/sites/"+one.Code, ">"+one.Code+"<", ","+one.Code+",")
		}
	}
	return names
}

// siteNames lists the names of the sites that ever counted under a member.
func (s *site) siteNames(t *testing.T, member string) []string {
	t.Helper()
	var names []string
	for _, one := range s.sitesOf(t, member) {
		names = append(names, one.Name)
	}
	return names
}

// namesWithout lists the names of all sites but some, and their codes as the
// files of a data package write them.
func (s *site) namesWithout(t *testing.T, but []string) []string {
	t.Helper()
	var names []string
	for _, one := range s.allSites(t) {
		if !slices.Contains(but, one.Name) {
			names = append(names, one.Name, ","+one.Code+",")
		}
	}
	return names
}

// TestInnovatorSeesTotalsOnly: the innovator's pages and files of their own
// programme hold its total and no member.
func TestInnovatorSeesTotalsOnly(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	table, err := s.app.Adoption.Rates(t.Context(), system, madeUp)
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range []policy.Role{policy.Innovator, policy.SiteChampion} {
		v := s.as(t, role)
		last := table.Total.Rates[len(table.Periods)-1]
		for address, total := range map[string]string{
			"":           fmt.Sprintf("%d of %d", last.Adopted, last.Eligible),
			"/rates.csv": fmt.Sprintf(",%d,%d,%d,%d,", last.Rounded(), last.Adopted, last.Eligible, last.Reported),
			"/trend.svg": fmt.Sprintf("%d%%", last.Rounded()),
		} {
			a := v.get("/measure/" + madeUp + address)
			if a.status != http.StatusOK || !strings.Contains(a.body, total) {
				t.Errorf("%s: %s answers %d without the total %q", role, address, a.status, total)
			}
			for _, row := range table.Rows {
				if strings.Contains(a.body, row.Name) || strings.Contains(a.body, row.Code) {
					t.Errorf("%s: %s names %s", role, address, row.Name)
				}
			}
		}
	}
}

// TestInnovatorOfAnother: nothing of a programme is open to the innovator of
// another one, not even that it is there.
func TestInnovatorOfAnother(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	s.add(t, "other-innovator", policy.Innovator, auth.Scope{Innovation: "tcam"})
	v := s.signedIn(t, "other-innovator")
	for _, address := range []string{"", "/rates.csv", "/rates.svg", "/trend.svg", "/members/" + ownMember, "/sites/" + ownSite} {
		if a := v.get("/measure/" + madeUp + address); a.status != http.StatusForbidden {
			t.Errorf("%s answers %d", address, a.status)
		}
	}
	for address, a := range map[string]answer{"/measure": v.get("/measure"), "/search": v.get("/search?q=example")} {
		if a.status != http.StatusOK || strings.Contains(a.body, "Example programme") {
			t.Errorf("%s answers %d and names the programme", address, a.status)
		}
	}
}

// TestRefusalsAreRecorded: who tried what stands in the audit trail, with the
// very thing where the service knows it.
func TestRefusalsAreRecorded(t *testing.T) {
	each(t, web.Options{Demo: true}, func(t *testing.T, s *site) {
		programme := s.programme(t, madeUp)
		foreign := s.foreignSite(t)
		other, err := s.app.Auth.Resolve(t.Context(), auth.Scope{Member: otherMember})
		if err != nil {
			t.Fatal(err)
		}
		tests := []struct {
			role    policy.Role
			address string
			action  policy.Action
			object  string
		}{
			{policy.SiteChampion, "/measure/" + madeUp + "/sites/" + foreign, policy.ViewSiteLevels, "site " + s.siteID(t, foreign)},
			{policy.SiteChampion, "/measure/" + madeUp + "/sites/no-such", policy.ViewSiteLevels, "programme " + programme},
			{policy.SiteChampion, "/measure/" + madeUp + "/members/" + otherMember, policy.ViewMemberRates, "member " + other.Member},
			{policy.SiteChampion, "/measure/" + madeUp + "/rates.svg", policy.ViewMemberRates, "programme " + programme},
			{policy.Innovator, "/measure/" + madeUp + "/rates.svg", policy.ViewMemberRates, "programme " + programme},
			{policy.Innovator, "/measure/" + madeUp + "/sites/" + ownSite, policy.ViewSiteLevels, ""},
			{policy.Innovator, "/explain/tcam", policy.ViewCases, ""},
			{policy.InstanceAdmin, "/measure/" + madeUp, policy.ViewTotalRate, "programme " + programme},
			{policy.MemberAdmin, "/admin/audit", policy.ViewAudit, ""},
			{policy.MemberAdmin, "/admin/settings", policy.ViewSettings, ""},
			{policy.Analyst, "/admin/accounts", policy.ViewAccounts, ""},
		}
		for _, test := range tests {
			if a := s.as(t, test.role).get(test.address); a.status != http.StatusForbidden {
				t.Errorf("%s: %s answers %d", test.role, test.address, a.status)
				continue
			}
			entry := s.newest(t)
			if entry.Outcome != audit.Refused || entry.Action != string(test.action) || entry.Object != test.object ||
				entry.ActorName != "Demo "+string(test.role) || entry.ActorID == "" {
				t.Errorf("%s: %s is recorded as %+v", test.role, test.address, entry)
			}
		}
		if _, err := s.app.Trail.Verify(t.Context(), system); err != nil {
			t.Error(err)
		}
	})
}

// A refused form changes nothing, and is recorded too.
func TestRefusedFormsChangeNothing(t *testing.T) {
	each(t, web.Options{Demo: true}, func(t *testing.T, s *site) {
		member := s.as(t, policy.MemberAdmin)
		if a := member.post("/admin/accounts/disable", url.Values{"sign-in-name": {"other-analyst"}}); a.status != http.StatusForbidden {
			t.Errorf("disabling another member's account answers %d", a.status)
		}
		if entry := s.newest(t); entry.Action != string(policy.DisableAccount) || entry.Outcome != audit.Refused || !strings.HasPrefix(entry.Object, "account ") {
			t.Errorf("recorded as %+v", entry)
		}
		s.signedIn(t, "other-analyst")
		if a := member.post("/admin/settings", url.Values{"term-pack": {"england-2026"}, "version": {"0"}}); a.status != http.StatusForbidden {
			t.Errorf("changing the settings answers %d", a.status)
		}
		if pack, _, err := s.app.Settings.TermPack(t.Context()); err != nil || pack.ID != "england-2018-2020" {
			t.Errorf("the term pack is %s, %v", pack.ID, err)
		}
	})
}
