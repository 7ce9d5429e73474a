package returns

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	area "sir/internal/adoption"
	"sir/internal/policy"
)

func qualityOf(t *testing.T, w *world) area.CollectionQuality {
	t.Helper()
	quality, err := w.app.Adoption.DataQuality(t.Context(), system, madeUp)
	if err != nil {
		t.Fatal(err)
	}
	return quality.Collections[0]
}

// Each share is of what was expected, for the last eight periods, and never
// over the whole; each finding leads to a page that is there.
func TestQuality(t *testing.T) {
	w := open(t)
	q := qualityOf(t, w)
	v := w.site.As(t, policy.ProgrammeLead)
	page := v.Page(programmePath(madeUp) + "/quality")
	page.Check()
	rows := page.Rows("Completeness of returns by academic health science network")
	if len(rows) != len(q.Members) || len(rows[0]) != 9 {
		t.Fatalf("%d rows of %d cells", len(rows), len(rows[0]))
	}
	for i, m := range q.Members {
		for at, n := range m.Counts {
			if n.OnTime > n.Complete || n.Complete > n.Received || n.Received > n.Expected {
				t.Errorf("%s: %+v", m.Name, n)
			}
			if want := fmt.Sprintf("(%d of %d)", n.Complete, n.Expected); n.Expected > 0 && !strings.HasSuffix(rows[i][1+at], want) {
				t.Errorf("%q, want %q", rows[i][1+at], want)
			}
		}
	}
	if len(q.Restated) == 0 || len(q.Fallen) == 0 || len(q.Unapproved) == 0 {
		t.Errorf("the demonstration has lost a case: %d, %d, %d", len(q.Restated), len(q.Fallen), len(q.Unapproved))
	}
	for _, href := range page.Hrefs() {
		if strings.Contains(href, "/returns") && v.Get(href).Status != 200 {
			t.Errorf("%s answers %d", href, v.Get(href).Status)
		}
	}
}

// A reader sees the sites of their own member alone, and others' counts only
// where members' figures are open to them.
func TestQualityByRole(t *testing.T) {
	w := open(t)
	address := programmePath(madeUp) + "/quality"
	for role, status := range map[policy.Role]int{
		policy.SpreadManager: 200, policy.SeniorManager: 200, policy.Evaluator: 200, policy.Communications: 200, policy.Analyst: 200,
		policy.SiteChampion: 403, policy.Innovator: 403, policy.InstanceAdmin: 403,
	} {
		for _, suffix := range []string{"", ".csv"} {
			if a := w.site.As(t, role).Get(address + suffix); a.Status != status {
				t.Errorf("%s at %s is answered %d, want %d", role, suffix, a.Status, status)
			}
		}
	}
	if text := w.site.As(t, policy.Evaluator).Get(address).Body; strings.Contains(text, "Levels that fell") {
		t.Error("an evaluator sees single sites")
	}
	rows, err := csv.NewReader(strings.NewReader(w.site.As(t, policy.SpreadManager).Get(address + ".csv").Body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	own := w.form(ownMember).Member.Name
	for _, row := range rows[1:] {
		if row[4] != "" && row[3] != own {
			t.Errorf("a spread manager's file has the site %s of %s", row[4], row[3])
		}
	}
}
