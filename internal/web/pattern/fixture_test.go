package pattern_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"sir/internal/app"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
	"sir/internal/web/pattern"
)

// allConditions are the conditions of the demonstration's case set.
const allConditions = "EXPLICIT,NONDELAY,ADOPT,EXP,PILOT,PHARMA,CHAMP,SENIOR,CCG,INTERSECT,NETWORK,PPI"

// addresses are the pages of the demonstration's case set, as they are first
// met.
var addresses = map[string]string{
	"overview":    "/explain/tcam",
	"cases":       "/explain/tcam/cases",
	"screening":   "/explain/tcam/screening",
	"truth-table": "/explain/tcam/truth-table",
	"solutions":   "/explain/tcam/solutions",
	"rivals":      "/explain/tcam/rivals",
}

// files are those beside the pages.
var files = []string{
	"cases", "conditions", "notes", "screening", "truth-table", "solutions", "assumptions", "prime-implicants", "necessity", "rivals",
}

// serve answers a site with this package's pages.
func serve(t testing.TB, a *app.App) *pagetest.Site {
	return pagetest.Serve(t, a, pattern.Routes(a.Pattern, a.Reference))
}

// evaluator visits the pages over the demonstration's data.
func evaluator(t testing.TB) *pagetest.Visitor {
	return serve(t, pagetest.Demo(t)).As(t, policy.Evaluator)
}

// download reads a CSV file, its header line first.
func download(t *testing.T, v *pagetest.Visitor, address string) [][]string {
	t.Helper()
	answer := v.Get(address)
	if answer.Status != 200 || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/csv") {
		t.Fatalf("GET %s answers %d, %s", address, answer.Status, answer.Header.Get("Content-Type"))
	}
	rows, err := csv.NewReader(strings.NewReader(answer.Body)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return rows
}
