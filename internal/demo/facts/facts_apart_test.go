package facts

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// caseMention finds a case of the anonymous set named by its number.
var caseMention = regexp.MustCompile(`(?i)\bcases? \d`)

// TestNamedAndAnonymousShareNoFile is about linking: a file that speaks of members
// by name and of cases by number would be a place to join them.
func TestNamedAndAnonymousShareNoFile(t *testing.T) {
	names := memberNames(t)
	for file, texts := range allTexts(t) {
		text := strings.Join(texts, "\n")
		cases := strings.HasPrefix(file, "cases/") || caseMention.MatchString(text)
		if !cases {
			continue
		}
		for _, name := range names {
			if regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`).MatchString(text) {
				t.Errorf("%s speaks of cases and names %q", file, name)
			}
		}
	}
}

// memberNames lists every name and code of a member, and places that single one out.
func memberNames(t *testing.T) []string {
	t.Helper()
	names := []string{"London", "Manchester", "Liverpool", "Bristol", "Newcastle", "north east", "North East", "Cumbria", "Kent", "Yorkshire", "Isle of Wight"}
	for _, m := range mustRead(t).Named.Members {
		names = append(names, m.Name, m.Code)
		if m.ShortName != "" {
			names = append(names, m.ShortName)
		}
	}
	return names
}

func TestNamedAndAnonymousShareNoCode(t *testing.T) {
	f := mustRead(t)
	ids := map[string]bool{}
	for _, c := range f.Cases.Cases {
		ids[c.ID] = true
	}
	for _, m := range f.Named.Members {
		if ids[m.Code] || strings.ContainsAny(m.Code, "0123456789") {
			t.Errorf("member code %q is a case id or holds a number", m.Code)
		}
	}
}

// TestNoPositionColumn is about order: a position that both sets carry would join
// them as surely as an id.
func TestNoPositionColumn(t *testing.T) {
	position := regexp.MustCompile(`(?i)^(id|no|nr|number|position|order|rank|row|seq.*)$`)
	columns := map[string][]string{} // column to the folders that use it
	for file := range allTexts(t) {
		if path.Ext(file) != ".csv" {
			continue
		}
		for _, c := range header(t, file) {
			if position.MatchString(c) {
				t.Errorf("%s has the column %s", file, c)
			}
			columns[c] = append(columns[c], path.Dir(file))
		}
	}
	for _, key := range []string{"member", "case", "cases"} {
		if slices.Contains(columns[key], "named") && slices.Contains(columns[key], "cases") {
			t.Errorf("column %s is in both sets", key)
		}
	}
}

func TestMembersAreAlphabeticalEverywhere(t *testing.T) {
	n := mustRead(t).Named
	name := map[string]string{}
	for _, m := range n.Members {
		name[m.Code] = strings.ToLower(m.Name)
	}
	lists := map[string][]string{"members": {}, "orientations": {}, "staff": {}, "rates": {}}
	for i := range n.Members {
		lists["members"] = append(lists["members"], name[n.Members[i].Code])
		lists["orientations"] = append(lists["orientations"], name[n.Orientations[i].Member])
		lists["staff"] = append(lists["staff"], name[n.StaffByMember[i].Member])
		lists["rates"] = append(lists["rates"], name[n.Rates[i].Member])
	}
	for list, names := range lists {
		if !slices.IsSorted(names) || slices.Contains(names, "") {
			t.Errorf("%s are not alphabetical by name: %q", list, names)
		}
	}
	if !slices.IsSortedFunc(n.StaffByRole, func(a, b RoleStaff) int { return cmp.Compare(strings.ToLower(a.Role), strings.ToLower(b.Role)) }) {
		t.Error("roles are not alphabetical")
	}
}
