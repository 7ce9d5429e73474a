package rollout

import (
	"encoding/csv"
	"net/http"
	"slices"
	"strings"
	"testing"

	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// The file holds the rollouts that the page shows to the same reader, and no
// other's.
func TestRolloutsFile(t *testing.T) {
	a := pagetest.Demo(t)
	site := pagetest.Serve(t, a, Routes(a.Rollout, a.Reference))
	for role, want := range map[policy.Role]int{policy.SpreadManager: 15, policy.SeniorManager: 1} {
		v := site.As(t, role)
		page := v.Page("/do")
		if href := page.Href("These rollouts as CSV"); href != filePath {
			t.Errorf("%s: the page leads to %q", role, href)
		}
		records, err := csv.NewReader(strings.NewReader(v.Get(filePath).Body)).ReadAll()
		if err != nil || len(records) != want+1 {
			t.Fatalf("%s: %d records (%v), want a head and %d", role, len(records), err, want)
		}
		for i, row := range page.Rows(example) {
			r := records[i+1]
			if r[3] != row[0] || !strings.HasPrefix(strings.ToLower(row[1]), r[4]) || r[10] != row[4] || !strings.Contains(row[5], r[12]) {
				t.Errorf("%s: the page shows %q, the file %q", role, row, r)
			}
		}
		if !slices.Contains(records[0], "days_late") {
			t.Errorf("the head is %q", records[0])
		}
	}
	for _, role := range []policy.Role{policy.Evaluator, policy.SiteChampion, policy.InstanceAdmin} {
		if got := site.As(t, role).Get(filePath); got.Status != http.StatusForbidden || strings.Contains(site.As(t, role).Page("/do").Main(), "as CSV") {
			t.Errorf("%s is answered %d", role, got.Status)
		}
	}
	if got := site.Stranger(t).Get(filePath); got.Status != http.StatusSeeOther {
		t.Errorf("a visitor is answered %d", got.Status)
	}
}
