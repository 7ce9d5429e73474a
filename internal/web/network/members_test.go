package network

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sir/internal/app"
	"sir/internal/demo/facts"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

func visit(t testing.TB, a *app.App) *pagetest.Page {
	t.Helper()
	page := pagetest.Serve(t, a, Routes(a.Network, a.Reference)).As(t, policy.SeniorManager).Page(Path)
	page.Check()
	return page
}

func named(t testing.TB) facts.Named {
	t.Helper()
	f, err := facts.Read()
	if err != nil {
		t.Fatal(err)
	}
	return f.Named
}

// The pack in force calls them this.
const networks = "Academic health science networks"

func TestMembersStandAlphabeticallyWithWhatSourcesSay(t *testing.T) {
	known := named(t)
	rows := visit(t, pagetest.Demo(t)).Rows(networks)
	if len(rows) != len(known.Members)+1 {
		t.Fatalf("%d rows, want %d members and a foot", len(rows), len(known.Members))
	}
	names := make([]string, len(known.Members))
	people := 0
	for i, m := range known.Members {
		names[i] = m.Name
		staff := known.StaffByMember[slices.IndexFunc(known.StaffByMember, func(s facts.MemberStaff) bool { return s.Member == m.Code })].Staff
		people += staff
		if want := fmt.Sprint(staff); rows[i][4] != want {
			t.Errorf("%s: %s of its staff were interviewed, want %s (table 3.1)", m.Name, rows[i][4], want)
		}
		o := known.Orientations[slices.IndexFunc(known.Orientations, func(o facts.Orientation) bool { return o.Member == m.Code })]
		if explicit := rows[i][1] == "Explicit"; explicit != o.Explicit {
			t.Errorf("%s is %q, want explicit %v (table 4.1)", m.Name, rows[i][1], o.Explicit)
		}
		if o.Explicit && rows[i][2] != o.Approach || !o.Explicit && rows[i][2] != "None" {
			t.Errorf("%s works to %q, want %q (table 4.1)", m.Name, rows[i][2], o.Approach)
		}
	}
	slices.Sort(names)
	for i, name := range names {
		if rows[i][0] != name {
			t.Errorf("row %d is %s, want %s", i+1, rows[i][0], name)
		}
	}
	if want := []string{"All 15", "", "", "", fmt.Sprint(people)}; !slices.Equal(rows[15], want) {
		t.Errorf("the foot is %q, want %q", rows[15], want)
	}
}

func TestATypeOfApproachLeadsToItsShelf(t *testing.T) {
	page := visit(t, pagetest.Demo(t))
	if got := page.Href("Flexible approach with a coaching focus"); got != "/shelves/approaches/NA4" {
		t.Errorf("the type leads to %q", got)
	}
}

func TestKeyNumbersCountWhatTheTableShows(t *testing.T) {
	main := visit(t, pagetest.Demo(t)).Main()
	for _, want := range []string{"academic health science networks 15", "work to a written approach 10 of 15", "members of staff interviewed 143"} {
		if !strings.Contains(main, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

func TestStaffByRole(t *testing.T) {
	known := named(t)
	rows := visit(t, pagetest.Demo(t)).Rows("Staff interviewed by role")
	people := 0
	for _, role := range known.StaffByRole {
		people += role.Staff
		if !slices.ContainsFunc(rows, func(r []string) bool { return slices.Equal(r, []string{role.Role, fmt.Sprint(role.Staff)}) }) {
			t.Errorf("%s: %d is not shown (table 3.2)", role.Role, role.Staff)
		}
	}
	if want := []string{"All roles", fmt.Sprint(people)}; !slices.Equal(rows[len(rows)-1], want) {
		t.Errorf("the foot is %q, want %q", rows[len(rows)-1], want)
	}
}

func TestMadeUpMembersStandApart(t *testing.T) {
	page := visit(t, pagetest.Demo(t))
	rows := page.Rows("Made-up AHSNs")
	if len(rows) != 15 {
		t.Errorf("%d made-up members, want 15", len(rows))
	}
	for _, row := range rows {
		if row[1] != "Made-up" {
			t.Errorf("%s is not labelled: %q", row[0], row[1])
		}
	}
	for _, row := range page.Rows(networks) {
		if strings.Contains(strings.ToLower(strings.Join(row, " ")), "made-up") {
			t.Errorf("%q stands among those of the report", row)
		}
	}
}

func TestSourcesStandUnderEachTable(t *testing.T) {
	main := visit(t, pagetest.Demo(t)).Main()
	for _, want := range []string{"Source: the report, table 3.1, table 4.1, table 8.1 and table 4.4", "Source: the report, table 3.2"} {
		if !strings.Contains(main, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// A member is called what the pack in force calls it.
func TestWordsComeFromTheTermPack(t *testing.T) {
	a := pagetest.Demo(t)
	if err := a.Settings.ChooseTermPack(t.Context(), policy.System("test"), "england-2026", 0); err != nil {
		t.Fatal(err)
	}
	page := visit(t, a)
	page.Rows("Health innovation networks")
	if strings.Contains(page.Main(), "cademic health science") {
		t.Error("the page still uses the words of another pack")
	}
}

func TestAFreshInstanceSaysHowToGetMembers(t *testing.T) {
	if main := visit(t, pagetest.Empty(t)).Main(); !strings.Contains(main, "There are no academic health science networks here yet.") {
		t.Errorf("the page says %s", main)
	}
}

func BenchmarkMembers(b *testing.B) {
	a := pagetest.Demo(b)
	visitor := pagetest.Serve(b, a, Routes(a.Network, a.Reference)).As(b, policy.SeniorManager)
	for b.Loop() {
		visitor.Get(Path)
	}
}
