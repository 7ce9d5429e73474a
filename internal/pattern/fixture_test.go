package pattern_test

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"sir/internal/pattern"
)

// kept are the conditions that the report kept (table 8.4).
var kept = []string{"NONDELAY", "ADOPT", "PHARMA", "INTERSECT"}

// nhs15 is table 8.3 of the report with the terms of its table 8.5.
func nhs15(t testing.TB) pattern.CaseTable {
	t.Helper()
	table := caseTable(t, readCSV(t, filepath.Join("testdata", "nhs15.csv")), kept)
	table.Published = []pattern.PublishedTerm{
		{Outcome: "success", Term: "NONDELAY*PHARMA", Cases: "4; 6, 13, 14; 8, 9; 15", RawCoverage: 1, UniqueCoverage: 1, SolutionCoverage: 1},
		{Outcome: "failure", Term: "nondelay", Cases: "1; 2; 3; 12", RawCoverage: 0.5, UniqueCoverage: 0.375, SolutionCoverage: 1},
		{Outcome: "failure", Term: "pharma", Cases: "1; 5, 7, 11; 10", RawCoverage: 0.625, UniqueCoverage: 0.5, SolutionCoverage: 1},
	}
	return table
}

// caseTable makes a set of rows under a header line: id, outcome, conditions.
func caseTable(t testing.TB, rows [][]string, kept []string) pattern.CaseTable {
	t.Helper()
	header := rows[0]
	table := pattern.CaseTable{Set: pattern.CaseSet{ID: "set", Code: "nhs15", Title: "Fifteen cases", Summary: "s", Source: "T8.3"}}
	for i, name := range header[1:] {
		c := pattern.Condition{Name: name, Label: name, OneMeans: name + " is there", ZeroMeans: name + " is not there", Fate: pattern.Dropped, Source: "T8.3"}
		switch {
		case i == 0:
			c.Fate = pattern.Outcome
			table.Outcome = c
			continue
		case slices.Contains(kept, name):
			c.Fate = pattern.Kept
		}
		table.Conditions = append(table.Conditions, c)
	}
	for _, row := range rows[1:] {
		one := pattern.Case{ID: "case-" + row[0], Label: row[0], Values: map[string]int{}, Coder: "c", Source: "T8.3"}
		for i, cell := range row[1:] {
			value, err := strconv.Atoi(cell)
			if err != nil {
				t.Fatal(err)
			}
			one.Values[header[i+1]] = value
		}
		table.Cases = append(table.Cases, one)
	}
	return table
}

func readCSV(t testing.TB, path string) [][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// report reads a table of the report from beside the repository, and skips the
// test where it is not there.
func report(t *testing.T, name string) [][]string {
	t.Helper()
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if root == filepath.Dir(root) {
			t.Fatal("no go.mod above this folder")
		}
		root = filepath.Dir(root)
	}
	path := filepath.Join(root, "..", "shared", "report", "tables", name)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the report's tables are not beside the repository: %s is missing", path)
	}
	return readCSV(t, path)
}
