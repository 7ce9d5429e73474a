package pattern_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sir/internal/pattern"
	"sir/qca"
)

// These compare with the report's own tables, read from beside the repository.

func TestOwnCopyIsTheReportsTable(t *testing.T) {
	ours, theirs := readCSV(t, filepath.Join("testdata", "nhs15.csv")), report(t, "table-8-3-qca-raw-data.csv")
	if fmt.Sprint(ours) != fmt.Sprint(theirs) {
		t.Error("testdata/nhs15.csv differs from table 8.3")
	}
}

func TestTruthTableIsTable84(t *testing.T) {
	tt, err := nhs15(t).TruthTable(nil)
	if err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, row := range tt.Rows {
		got = append(got, fmt.Sprintf("%s: %v -> %v", strings.Join(row.Cases, ","), row.Values, row.Output))
	}
	rows := report(t, "table-8-4-truth-table.csv")
	for _, row := range rows[1:] {
		want = append(want, fmt.Sprintf("%s: %v -> %s", row[0], row[1:5], row[5]))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("rows\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestSolutionsAreTable85(t *testing.T) {
	solved, err := nhs15(t).Solve(context.Background(), pattern.SolutionChoice{Kind: qca.Parsimonious})
	if err != nil {
		t.Fatal(err)
	}
	computed := map[string]string{}
	for _, side := range solved.Sides {
		model := side.Solution.Models[0]
		for _, term := range model.Terms {
			computed[side.Name+" "+term.Expression.String()] = fmt.Sprint(term.RawCoverage, term.UniqueCoverage, model.Coverage, sorted(term.Cases))
		}
	}
	published := report(t, "table-8-5-solutions.csv")[1:]
	for _, row := range published {
		term, err := nhs15(t).ReadTerm(row[1])
		if err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprint(figure(t, row[3]), figure(t, row[4]), figure(t, row[5]), sorted(strings.FieldsFunc(row[2], func(r rune) bool { return r == ',' || r == ';' })))
		if got := computed[row[0]+" "+term.String()]; got != want {
			t.Errorf("%s %s: raw, unique, solution coverage, cases %s, want %s", row[0], row[1], got, want)
		}
	}
	if len(computed) != len(published) {
		t.Errorf("%d terms, the report has %d", len(computed), len(published))
	}
}

func figure(t *testing.T, text string) qca.Figure {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return qca.Defined(v)
}

func sorted(names []string) []string {
	return slices.Sorted(slices.Values(names))
}
