package returns

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"sir/internal/policy"
)

// The members' counts stand in alphabetical order and add up to the total; no
// share is over the whole.
func TestStatusAddsUp(t *testing.T) {
	w := open(t)
	page := w.site.As(t, policy.ProgrammeLead).Page(returnsPath(madeUp))
	page.Check()
	rows := page.Rows("Returns by academic health science network, " + w.last.Period.Label())
	if len(rows) != len(w.last.Members) || len(rows) < 10 {
		t.Fatalf("%d rows for %d members", len(rows), len(w.last.Members))
	}
	var sum [4]int
	for i, row := range rows {
		for at := range sum {
			n, err := strconv.Atoi(strings.Fields(row[1+at])[0])
			if err != nil || at > 0 && n > lead(t, row[at]) {
				t.Errorf("%q: %v", row, err)
			}
			sum[at] += n
		}
		if i > 0 && rows[i-1][0] >= row[0] {
			t.Errorf("%q stands before %q", rows[i-1][0], row[0])
		}
	}
	n := w.last.Total
	if want := [4]int{n.Expected, n.Received, n.Complete, n.OnTime}; sum != want {
		t.Errorf("the members add up to %v, the total is %v", sum, want)
	}
	has(t, page.Main(), fmt.Sprintf("of the %d sites expected", n.Expected))
}

func lead(t *testing.T, cell string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.Fields(cell)[0])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// What stands on the page is cut to who reads it.
func TestStatusByRole(t *testing.T) {
	w := open(t)
	for _, c := range []struct {
		role                    policy.Role
		status                  int
		members, links, missing bool
		enters                  string // its own member's form, or its own site's
	}{
		{policy.ProgrammeLead, 200, true, true, true, "/members/MU-N09"},
		{policy.SpreadManager, 200, true, true, true, "/members/" + ownMember},
		{policy.SeniorManager, 200, true, true, true, ""},
		{policy.Evaluator, 200, true, false, false, ""},
		{policy.SiteChampion, 200, false, false, false, "/sites/"},
		{policy.Innovator, 200, false, false, false, ""},
		{policy.MemberAdmin, 403, false, false, false, ""},
		{policy.InstanceAdmin, 403, false, false, false, ""},
	} {
		a := w.site.As(t, c.role).Get(returnsPath(madeUp))
		if a.Status != c.status {
			t.Errorf("%s is answered %d", c.role, a.Status)
			continue
		}
		for words, want := range map[string]bool{
			"Returns by academic": c.members, "/approve": c.links, "Missing and late returns, ": c.missing && len(w.last.Owing) > 0,
		} {
			if strings.Contains(a.Body, words) != want {
				t.Errorf("%s: %q on the page: %t, want %t", c.role, words, !want, want)
			}
		}
		enters := strings.Contains(a.Body, "/returns/quarterly/")
		if c.enters != "" && !strings.Contains(a.Body, c.enters) || c.enters == "" && !c.links && enters {
			t.Errorf("%s: is led to enter figures: %t, want %q", c.role, enters, c.enters)
		}
	}
	text := w.site.As(t, policy.SpreadManager).Get(returnsPath(madeUp)).Body
	if strings.Contains(text, "/members/"+otherMember+"/approve") {
		t.Error("a spread manager is led to approve another member's figures")
	}
}

// Guessed periods and collections are answered alike, without content.
func TestStatusGuesses(t *testing.T) {
	w := open(t)
	v := w.site.As(t, policy.ProgrammeLead)
	for address, status := range map[string]int{
		returnsPath(madeUp) + "?collection=quarterly&period=q1_2099_00":   404,
		returnsPath(madeUp) + "?collection=quarterly&period=%3Cscript%3E": 404,
		returnsPath(madeUp) + "?collection=no-such":                       200,
		returnsPath("no-such"):               404,
		returnsPath("tcam"):                  200,
		programmePath(madeUp) + "/owing.csv": 200,
		programmePath(madeUp) + "/returns/quarterly/2021Q1/members/" + ownMember:                 403,
		programmePath(madeUp) + "/returns/no-such/" + w.last.Period.Slug() + "/members/MU-N01":   403,
		programmePath(madeUp) + "/returns/quarterly/" + w.last.Period.Slug() + "/members/MU-N99": 403,
	} {
		if a := v.Get(address); a.Status != status {
			t.Errorf("%s answers %d, want %d", address, a.Status, status)
		}
	}
}

func TestStatusDownloads(t *testing.T) {
	w := open(t)
	for address, want := range map[string]int{"/returns.csv": len(w.last.Members) + 2, "/owing.csv": len(w.last.Owing) + 1} {
		rows, err := csv.NewReader(strings.NewReader(w.site.As(t, policy.ProgrammeLead).Get(programmePath(madeUp) + address + "?collection=quarterly").Body)).ReadAll()
		if err != nil || len(rows) != want {
			t.Errorf("%s has %d rows, want %d: %v", address, len(rows), want, err)
		}
	}
	own := w.site.As(t, policy.SpreadManager).Get(programmePath(madeUp) + "/owing.csv").Body
	if strings.Contains(own, otherMemberName(w)) {
		t.Error("a spread manager's list of missing returns has another member's")
	}
}

func otherMemberName(w *world) string {
	for _, m := range w.last.Members {
		if m.Code == otherMember {
			return m.Name
		}
	}
	w.t.Fatal("no other member")
	return ""
}

// A champion's own site is one click away.
func TestStatusLeadsChampionToTheirSite(t *testing.T) {
	w := open(t)
	v := w.site.As(t, policy.SiteChampion)
	var own string
	for _, href := range v.Page(returnsPath(madeUp)).Hrefs() {
		if strings.Contains(href, "/sites/") {
			own = href
		}
	}
	page := v.Page(own)
	page.Check()
	if rows := page.Rows("Figures to report"); len(rows) != 1 {
		t.Errorf("the champion's form has %d sites", len(rows))
	}
	if a := v.Get(w.path(ownMember)); a.Status != 403 {
		t.Errorf("the member's form answers a champion %d", a.Status)
	}
}
