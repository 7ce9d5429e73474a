package replicate_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sir/qca"
	"sir/qca/replicate"
)

// minimized is the bundle of a minimisation of CSV text, as files by name.
func minimized(t *testing.T, text string, s qca.Settings, o qca.Options) map[string]string {
	t.Helper()
	table, err := qca.ReadCSV(strings.NewReader(text), qca.CSVOptions{})
	if err != nil {
		t.Fatal(err)
	}
	tt, err := table.TruthTable(s)
	if err != nil {
		t.Fatal(err)
	}
	solution, err := tt.Minimize(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return filesOf(t, replicate.Analysis{TruthTable: tt, Command: []string{"sir", "qca", "minimize", "my cases.csv"}, Version: "1.2.3",
		Result: solution, Options: o, Solution: solution})
}

func filesOf(t *testing.T, a replicate.Analysis) map[string]string {
	t.Helper()
	files, err := a.Files()
	if err != nil {
		t.Fatal(err)
	}
	byName := make(map[string]string)
	for _, f := range files {
		byName[f.Name] = string(f.Content)
	}
	return byName
}

const crisp = "case,A,B.2,größe,OUT\nw,1,1,0,1\nx,1,0,1,1\ny,0,1,1,0\nz,0,0,0,0\n"

func TestFilesOfABundle(t *testing.T) {
	files := minimized(t, crisp, qca.Settings{Outcome: "~OUT"}, qca.Options{Solution: qca.Parsimonious, Exclude: []uint64{8, 5, 5}})
	for name, parts := range map[string][]string{
		"data.csv":      {"case,A,B.2,größe,OUT\nw,1,1,0,1\n"},
		"r-data.csv":    {"CASE,A,B2,GRE,OUT\nw,1,1,0,1\n"},
		"tosmana.csv":   {"CASE,A,B2,GRE,OUT\n"},
		"fsqca.csv":     {"CASE,AX,B2,GRE,OUT\n"}, // at least two characters
		"names.csv":     {"B.2,condition,B2,B2,B2\n", "OUT,outcome,OUT,OUT,OUT\n"},
		"r-models.csv":  {"model\n~A\n"},
		"replicate.R":   {`outcome = "~OUT", conditions = "A, B2, GRE"`, "exclude = c(5, 8)", `include = "?", method = "eQMC"`, "all_listed <- TRUE"},
		"settings.json": {`"command": "sir qca minimize 'my cases.csv'"`, `"engine": "sir 1.2.3"`, `"solution": "parsimonious"`},
		"README.txt":    {"choose its value 0", "B.2 is B2; größe is GRE", "sir 1.2.3"},
		"result.json":   {`"models"`},
	} {
		for _, part := range parts {
			if !strings.Contains(files[name], part) {
				t.Errorf("%s lacks %q:\n%s", name, part, files[name])
			}
		}
	}
	if len(files) != 10 {
		t.Errorf("%d files", len(files))
	}
	if !json.Valid([]byte(files["settings.json"])) || !json.Valid([]byte(files["result.json"])) {
		t.Error("not JSON")
	}
}

// What a program cannot hold is not written, and the bundle says so.
func TestFilesThatOtherProgramsCannotUseAreNotThere(t *testing.T) {
	tests := []struct {
		name, text   string
		settings     qca.Settings
		absent       []string
		readme, data string
	}{
		{"multi-value condition", "case,M,OUT\na,2,1\nb,1,0\nc,0,0\n", qca.Settings{Outcome: "OUT"}, []string{"fsqca.csv"}, "more than two values", ""},
		{"don't-care value", "case,A,B,OUT\na,1,1,1\nb,-,0,0\nc,0,0,0\n", qca.Settings{Outcome: "OUT"}, []string{"fsqca.csv", "tosmana.csv"}, "do not matter", ""},
		{"one value of the outcome", "case,A,OUT\na,1,2\nb,0,1\nc,0,0\n", qca.Settings{Outcome: "OUT[2]"}, nil, "OUT is 1 where OUT[2]", "CASE,AX,OUT\na,1,1\nb,0,0\nc,0,0\n"},
		{"fuzzy", "case,A,OUT\na,0.9,0.8\nb,0.1,0.2\nc,0.5,0.1\n", qca.Settings{Outcome: "OUT", Inclusion: 0.8, LeaveOutHalf: true}, nil, "older releases of TOSMANA", "CASE,AX,OUT\na,0.9,0.8\nb,0.1,0.2\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := minimized(t, test.text, test.settings, qca.Options{})
			for _, name := range []string{"fsqca.csv", "tosmana.csv"} {
				if _, there := files[name]; there == slices.Contains(test.absent, name) {
					t.Errorf("%s there: %v", name, there)
				}
			}
			if !strings.Contains(files["README.txt"], test.readme) {
				t.Errorf("README.txt lacks %q:\n%s", test.readme, files["README.txt"])
			}
			if test.data != "" && files["fsqca.csv"] != test.data {
				t.Errorf("fsqca.csv:\n%s\nwant\n%s", files["fsqca.csv"], test.data)
			}
		})
	}
}

// No two columns get one name, whatever they are called, and none a word that
// a program takes for something else.
func TestNamesForOtherPrograms(t *testing.T) {
	files := minimized(t, "id,a,A,a_,NULL,CASE,ä,OUT\nw,1,1,0,1,0,1,1\nx,0,0,1,0,1,0,0\n", qca.Settings{Outcome: "OUT"}, qca.Options{})
	records, err := csv.NewReader(strings.NewReader(files["names.csv"])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for column := 2; column < 5; column++ {
		seen := map[string]bool{"CASE": true, "NULL": true}
		for _, r := range records[1:] {
			if name := r[column]; seen[name] || name == "" {
				t.Errorf("%s: %s is called %q as well", records[0][column], r[0], name)
			} else {
				seen[name] = true
			}
		}
	}
	if records[2][0] != "A" || records[2][2] != "A" {
		t.Errorf("A lost its name: %v", records[2])
	}
}

// analyses covers what the script can hold.
func analyses(t *testing.T) map[string]map[string]string {
	t.Helper()
	fuzzy := "case,A,B,OUT\nw,0.9,0.8,0.9\nx,0.8,0.3,0.7\ny,0.2,0.7,0.1\nz,0.1,0.2,0.2\n"
	one := qca.Term{{Condition: "A"}}
	return map[string]map[string]string{
		"parsimonious": minimized(t, crisp, qca.Settings{Outcome: "OUT"}, qca.Options{Solution: qca.Parsimonious, RowDominance: true, AllModels: true}),
		"excluded":     minimized(t, crisp, qca.Settings{Outcome: "OUT"}, qca.Options{Solution: qca.Parsimonious, Exclude: []uint64{2}}),
		"multi-value": minimized(t, "case,M,A,OUT\na,2,1,1\nb,1,1,0\nc,0,1,0\nd,2,0,1\n", qca.Settings{Outcome: "OUT"},
			qca.Options{Solution: qca.Intermediate, Expect: []qca.Term{{{Condition: "M", Values: []int{1, 2}}}, one}}),
		"two cuts": minimized(t, fuzzy, qca.Settings{Outcome: "~OUT", Inclusion: 0.9, ContradictionCut: 0.5, PRICut: 0.3},
			qca.Options{Contradictions: qca.ContradictionsAsPositive}),
		"intermediate without an expectation": minimized(t, fuzzy, qca.Settings{Outcome: "OUT", Inclusion: 0.8}, qca.Options{Solution: qca.Intermediate}),
	}
}

func rscript(t *testing.T, dir string, arguments ...string) (string, error) {
	t.Helper()
	path, err := exec.LookPath("Rscript")
	if err != nil {
		t.Skip("Rscript is not installed: the script was not tried")
	}
	command := exec.CommandContext(t.Context(), path, arguments...)
	command.Dir = dir
	output, err := command.CombinedOutput()
	return string(output), err
}

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestScriptParses(t *testing.T) {
	for name, files := range analyses(t) {
		t.Run(name, func(t *testing.T) {
			if output, err := rscript(t, folder(t, files), "-e", `invisible(parse("replicate.R"))`); err != nil {
				t.Errorf("%v: %s\n%s", err, output, files["replicate.R"])
			}
		})
	}
}

// With the functions of the package stood in for, the script reads the data and
// tells models that agree from models that do not.
func TestScriptComparesModels(t *testing.T) {
	files := analyses(t)["multi-value"] // M[2], spelt in other ways below
	for models, want := range map[string]string{
		`list(c("M{2}"))`:                    "The models agree: 1 of SIR, 1 of R.",
		`list(c("M[2]"), c("A*M[2]", "~A"))`: "only R:   A[0] + A[1]*M[2]",
		`list(c("M[1]"))`:                    "only SIR: M[2]",
	} {
		stand := `library <- function(...) NULL
truthTable <- function(data, ...) { stopifnot(nrow(data) == 4, data["a", "M"] == 2); NULL }
minimize <- function(...) list(i.sol = list(C1P1 = list(solution = ` + models + `)))
pof <- function(...) NULL
source("replicate.R")`
		output, err := rscript(t, folder(t, files), "-e", stand)
		if err != nil || !strings.Contains(output, want) {
			t.Errorf("models %s: %v, output lacks %q:\n%s", models, err, want, output)
		}
	}
}

func TestScriptAgreesWithThePackage(t *testing.T) {
	if output, err := rscript(t, t.TempDir(), "-e", `quit(status = if (requireNamespace("QCA", quietly = TRUE)) 0 else 3)`); err != nil {
		t.Skipf("the R package QCA is not installed: the models were not compared (%v) %s", err, output)
	}
	for name, files := range analyses(t) {
		t.Run(name, func(t *testing.T) {
			if output, err := rscript(t, folder(t, files), "replicate.R"); err != nil || !strings.Contains(output, "The models agree:") {
				t.Errorf("%v: %s", err, output)
			}
		})
	}
}
