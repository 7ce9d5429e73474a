package home

import (
	"testing"

	"sir/internal/policy"
	"sir/internal/web/ui"
)

func TestEveryRoleHasSomethingToDoFirst(t *testing.T) {
	for _, role := range policy.Roles {
		if len(firsts[role]) == 0 {
			t.Errorf("nothing is said for a %s", role)
		}
		actor := policy.Actor{ID: "a", Grants: []policy.Grant{{Role: role}}}
		for _, f := range firsts[role] {
			if !policy.Can(actor, f.action) {
				t.Errorf("a %s is led to %s, and may not %s", role, f.link.Href, f.action)
			}
		}
	}
}

func TestSomebodyWithSeveralRolesIsLedOnceToEachPage(t *testing.T) {
	actor := policy.Actor{ID: "a", Grants: []policy.Grant{
		{Role: policy.SpreadManager, Member: "m"}, {Role: policy.SeniorManager, Member: "m"}, {Role: policy.Evaluator},
	}}
	var hrefs []string
	for _, link := range firstFor(actor) {
		hrefs = append(hrefs, link.Href)
	}
	want := []string{ui.DoPath, "/shelves/approaches", ui.ExplainPath}
	if len(hrefs) != len(want) || hrefs[0] != want[0] || hrefs[1] != want[1] || hrefs[2] != want[2] {
		t.Errorf("led to %q, want %q", hrefs, want)
	}
}

func TestSomebodyWithoutARoleIsLedToTheShelves(t *testing.T) {
	links := firstFor(policy.Actor{ID: "a"})
	if len(links) != 1 || links[0].Href != "/shelves" {
		t.Errorf("led to %v", links)
	}
}
