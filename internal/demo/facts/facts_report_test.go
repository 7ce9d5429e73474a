package facts

import (
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// reportFolder is the folder of the report itself, beside the repository. Tests
// that compare with it skip where it is not there.
func reportFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test's folder")
		}
		dir = up
	}
	report := filepath.Join(filepath.Dir(dir), "shared", "report")
	if _, err := os.Stat(report); err != nil {
		t.Skipf("the report is not at %s: %v", report, err)
	}
	return report
}

// reportTable is a table copied from the report as it stands, header first.
func reportTable(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(reportFolder(t), "tables", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestStaffAgreeWithReport(t *testing.T) {
	f := mustRead(t)
	got := map[string]int{}
	for i, m := range f.Named.Members {
		got[m.Name] = f.Named.StaffByMember[i].Staff
	}
	for _, r := range f.Named.StaffByRole {
		got[r.Role] = r.Staff
	}
	rows := reportTable(t, "table-3-1-staff-by-network.csv")[1:]
	rows = append(rows, reportTable(t, "table-3-2-staff-by-role.csv")[1:]...)
	for _, row := range rows {
		if n, ok := got[row[0]]; !ok || strconv.Itoa(n) != row[1] {
			t.Errorf("%s: %d staff, the report has %s", row[0], n, row[1])
		}
	}
	if len(rows) != len(got) {
		t.Errorf("%d rows of staff, the report has %d", len(got), len(rows))
	}
}

func TestOrientationsAgreeWithReport(t *testing.T) {
	f := mustRead(t)
	byName := map[string]Orientation{}
	for i, m := range f.Named.Members {
		byName[m.Name] = f.Named.Orientations[i]
	}
	// The report's own name of each type, by the code of our entry.
	category := map[string]string{
		"":    "",
		"NA1": "IHI Model for Improvement",
		"NA2": "flexible broad framework",
		"NA3": "flexible implementation science informed project management",
		"NA4": "flexible approach with a coaching focus",
	}
	for _, row := range reportTable(t, "table-4-1-network-orientation.csv")[1:] {
		o := byName[row[0]]
		if o.Explicit != (row[1] == "explicit") || o.Approach != row[2] || category[o.Category] != row[3] {
			t.Errorf("%s: %+v, the report has %q", row[0], o, row[1:])
		}
	}
}

func TestPublishedRatesAgreeWithReport(t *testing.T) {
	f := mustRead(t)
	got := map[string][3]int{"Total": f.Named.Total.Percent}
	for i, m := range f.Named.Members {
		got[m.Name] = f.Named.Rates[i].Percent
	}
	rows := reportTable(t, "table-8-1-tcam-adoption-rate.csv")[1:]
	for _, row := range rows {
		p := got[row[0]]
		want := make([]int, 5)
		for i := range want {
			want[i], _ = strconv.Atoi(row[i+1])
		}
		if have := []int{p[0], p[1], p[2], p[1] - p[0], p[2] - p[1]}; !slices.Equal(have, want) {
			t.Errorf("%s: rates and changes %v, the report has %v", row[0], have, want)
		}
	}
	if len(rows) != len(got) {
		t.Errorf("%d rates, the report has %d", len(got), len(rows))
	}
}

func TestCaseTablesAgreeWithReport(t *testing.T) {
	for ours, theirs := range map[string]string{
		"cases/tcam-cases.csv":       "table-8-3-qca-raw-data.csv",
		"cases/tcam-truth-table.csv": "table-8-4-truth-table.csv",
		"cases/tcam-solutions.csv":   "table-8-5-solutions.csv",
	} {
		f, err := files.Open(ours)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		want := reportTable(t, theirs)
		want[0][0] = rows[0][0] // their "ID" is our "case"
		for i := range rows {
			rows[i] = rows[i][:len(rows[i])-1] // without our source
		}
		if !slices.EqualFunc(rows, want, slices.Equal[[]string]) {
			t.Errorf("%s differs from the report's %s:\n%v\n%v", ours, theirs, rows, want)
		}
	}
}

// run is the number of consecutive words that count as a copied sentence.
const run = 9

// TestNoCopiedSentence holds every text of ours against the report: facts may be
// taken from it, its sentences may not.
func TestNoCopiedSentence(t *testing.T) {
	found, err := filepath.Glob(filepath.Join(reportFolder(t), "*.txt"))
	if err != nil || len(found) != 1 {
		t.Fatalf("the report's text: found %v, %v", found, err)
	}
	report, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	in := map[string]bool{}
	for _, r := range runs(string(report)) {
		in[r] = true
	}
	if len(in) < 20_000 {
		t.Fatalf("the report has only %d runs of words: it was not read", len(in))
	}
	for file, texts := range allTexts(t) {
		for _, text := range texts {
			for _, r := range runs(text) {
				if in[r] {
					t.Errorf("%s: %q is in the report; say it in our own words", file, r)
				}
			}
		}
	}
}

// runs lists the runs of nine consecutive words of a text, without case and
// punctuation.
func runs(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	var all []string
	for i := 0; i+run <= len(words); i++ {
		all = append(all, strings.Join(words[i:i+run], " "))
	}
	return all
}

// allTexts lists the contents of the data files: cell by cell for CSV, string by
// string for JSON.
func allTexts(t *testing.T) map[string][]string {
	t.Helper()
	texts := map[string][]string{}
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := files.ReadFile(path)
		if err != nil {
			return err
		}
		if filepath.Ext(path) == ".csv" {
			rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
			texts[path] = slices.Concat(rows...)
			return err
		}
		texts[path] = strings.Split(string(data), `"`)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}
