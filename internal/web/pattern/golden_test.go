package pattern_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite testdata/*.html; look at every one before committing")

// The tables that carry the findings, as HTML.
func TestGoldenTables(t *testing.T) {
	v := evaluator(t)
	tests := []struct{ name, address, id string }{
		{"tally", addresses["screening"], "tally"},
		{"rows", addresses["truth-table"], "rows"},
		{"success-terms", addresses["solutions"], "success-terms"},
		{"failure-terms", addresses["solutions"], "failure-terms"},
		{"success-terms-all", addresses["solutions"] + "?conditions=" + allConditions, "success-terms"},
		{"failure-formulas", addresses["rivals"], "failure-formulas"},
	}
	for _, test := range tests {
		got := tableOf(t, v.Get(test.address).Body, test.id)
		path := filepath.Join("testdata", test.name+".html")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s has changed; run go test ./internal/web/pattern -update, look at it, and commit it", path)
		}
	}
}

// tableOf cuts the table with an id out of a page, a row a line.
func tableOf(t *testing.T, page, id string) string {
	t.Helper()
	for part := range strings.SplitSeq(page, "<table ") {
		table, _, _ := strings.Cut(part, "</table>")
		head, _, _ := strings.Cut(table, ">")
		if strings.Contains(head, `id="`+id+`"`) {
			return "<table " + strings.ReplaceAll(table, "<tr", "\n<tr") + "</table>\n"
		}
	}
	t.Fatalf("the page has no table with the id %s", id)
	return ""
}
