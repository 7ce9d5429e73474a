package qca_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"sir/qca"
)

const smallCSV = "case,A,B,OUT\nx,1,0,1\ny,0,1,0\nz,1,1,1\n"

func TestReadCSV(t *testing.T) {
	tests := []struct {
		name, text string
		options    qca.CSVOptions
		cases      string
		columns    string
	}{
		{"id by header", smallCSV, qca.CSVOptions{}, "x,y,z", "A,B,OUT"},
		{"byte order mark and semicolons", "\ufeffid;A;OUT\r\n1;0,0;1\r\n", qca.CSVOptions{Columns: []string{"OUT"}}, "1", "OUT"},
		{"tabs", "ID\tA\tOUT\nx\t1\t1\n", qca.CSVOptions{}, "x", "A,OUT"},
		{"no id", "A,OUT\n1,0\n0,1\n", qca.CSVOptions{}, "1,2", "A,OUT"},
		{"id by content", "network,A\nNorth,1\nSouth,0\n", qca.CSVOptions{}, "North,South", "A"},
		{"id by option", "A,name,B\n1,p,0\n0,q,1\n", qca.CSVOptions{ID: "name"}, "p,q", "A,B"},
		{"quoted and spaced", "case, A , \"B\"\n\"x, 1\", 1 ,0\n", qca.CSVOptions{}, "x, 1", "A,B"},
		{"unread column may hold anything", "case,A,note\nx,1,hello\n", qca.CSVOptions{Columns: []string{"A"}}, "x", "A"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			table, err := qca.ReadCSV(strings.NewReader(test.text), test.options)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(table.Cases(), ","); got != test.cases {
				t.Errorf("cases %q, want %q", got, test.cases)
			}
			if got := strings.Join(table.Columns(), ","); got != test.columns {
				t.Errorf("columns %q, want %q", got, test.columns)
			}
		})
	}
}

// Every message names the place and the thing that is wrong.
func TestBadFilesAreNamed(t *testing.T) {
	tests := []struct {
		name, text string
		options    qca.CSVOptions
		want       []string
	}{
		{"empty", "", qca.CSVOptions{}, []string{"empty"}},
		{"header only", "case,A\n", qca.CSVOptions{}, []string{"no cases"}},
		{"not a number", "case,A\nx,1\ny,yes\n", qca.CSVOptions{}, []string{`"y"`, `"A"`, `"yes"`, "not a number"}},
		{"missing", "case,A\nx,1\ny,\n", qca.CSVOptions{}, []string{`"y"`, `"A"`, "missing"}},
		{"NA", "case,A\nx,NA\n", qca.CSVOptions{}, []string{`"x"`, `"A"`, "missing"}},
		{"infinite", "case,A\nx,inf\n", qca.CSVOptions{}, []string{`"x"`, `"A"`, "finite"}},
		{"duplicate ids", "case,A\nx,1\nx,0\n", qca.CSVOptions{}, []string{`"x"`, "twice"}},
		{"blank id", "case,A\n,1\n", qca.CSVOptions{}, []string{"no id"}},
		{"duplicate columns", "case,A,A\nx,1,0\n", qca.CSVOptions{}, []string{`"A"`, "twice"}},
		{"bad name", "case,A b\nx,1\n", qca.CSVOptions{}, []string{`"A b"`, "name"}},
		{"id in another encoding", "case,A\nZo\xeb,1\n", qca.CSVOptions{}, []string{`"Zo\xeb"`, "UTF-8"}},
		{"name in another encoding", "case,\xc9T\xc9\nx,1\n", qca.CSVOptions{}, []string{"UTF-8"}},
		{"blank name", "case,A,,B\nx,1,0,1\n", qca.CSVOptions{}, []string{"no name", "header line"}},
		{"ragged", "case,A\nx,1\ny,1,0\n", qca.CSVOptions{}, []string{"line 3"}},
		{"no such column", smallCSV, qca.CSVOptions{Columns: []string{"Q"}}, []string{`"Q"`, "A, B, OUT"}},
		{"no such id", smallCSV, qca.CSVOptions{ID: "Q"}, []string{`"Q"`, "A, B, OUT"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := qca.ReadCSV(strings.NewReader(test.text), test.options)
			wantInputError(t, err, test.want)
		})
	}
}

func wantInputError(t *testing.T, err error, want []string) {
	t.Helper()
	if !errors.Is(err, qca.ErrInput) {
		t.Fatalf("error %v, want an input error", err)
	}
	for _, part := range want {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q does not say %q", err, part)
		}
	}
}

func TestBadSettingsAreNamed(t *testing.T) {
	text := "case,A,B,RAW,M,SAME,HALF,OUT\nx,1,0,12.5,2,1,0.5,1\ny,0,1,7,0,1,0.2,0\n"
	table, err := qca.ReadCSV(strings.NewReader(text), qca.CSVOptions{})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name     string
		settings qca.Settings
		want     []string
	}{
		{"exactly half", qca.Settings{Outcome: "OUT", Conditions: []string{"A", "HALF"}}, []string{`"x"`, `"HALF"`, "0.5"}},
		{"constant outcome", qca.Settings{Outcome: "SAME", Conditions: []string{"A"}}, []string{`"SAME"`, "same in every case"}},
		{"outcome among conditions", qca.Settings{Outcome: "~OUT", Conditions: []string{"A", "OUT"}}, []string{`"OUT"`, "among the conditions"}},
		{"unknown condition", qca.Settings{Outcome: "OUT", Conditions: []string{"Q"}}, []string{`"Q"`, "A, B, RAW"}},
		{"unknown outcome", qca.Settings{Outcome: "Q"}, []string{`"Q"`, "no such column"}},
		{"condition twice", qca.Settings{Outcome: "OUT", Conditions: []string{"A", "A"}}, []string{`"A"`, "twice"}},
		{"raw condition", qca.Settings{Outcome: "OUT", Conditions: []string{"RAW"}}, []string{`"x"`, `"RAW"`, "12.5", "calibrate"}},
		{"multi-value outcome without value", qca.Settings{Outcome: "M", Conditions: []string{"A"}}, []string{`"M"`, "M[1]"}},
		{"no such value", qca.Settings{Outcome: "M[3]", Conditions: []string{"A"}}, []string{`"M"`, `"3"`, "0 to 2"}},
		{"cut above one", qca.Settings{Outcome: "OUT", Conditions: []string{"A"}, Inclusion: 1.5}, []string{"0 to 1"}},
		{"cuts the wrong way round", qca.Settings{Outcome: "OUT", Conditions: []string{"A"}, Inclusion: 0.5, ContradictionCut: 0.9}, []string{"0.9", "0.5"}},
		{"frequency cut", qca.Settings{Outcome: "OUT", Conditions: []string{"A"}, NCut: -1}, []string{"-1"}},
		{"outcome is an expression", qca.Settings{Outcome: "A+B"}, []string{"A+B", "single condition"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := table.TruthTable(test.settings)
			wantInputError(t, err, test.want)
		})
	}
}

func TestCasesExactlyHalfInCanBeLeftOut(t *testing.T) {
	table := mustTable(t, "case,A,OUT\nx,0.5,1\ny,0.2,0\nz,0.9,1\n")
	tt, err := table.TruthTable(qca.Settings{Outcome: "OUT", LeaveOutHalf: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(tt.LeftOut) != 1 || tt.LeftOut[0] != "x" {
		t.Errorf("left out %q, want x", tt.LeftOut)
	}
	// Of y and z alone: min(A,OUT) sums to 0.9, A to 1.1.
	wantFigure(t, "inclusion of row A", tt.Rows[1].Inclusion, ptr(0.9/1.1))
}

func ptr(v float64) *float64 { return &v }

func mustTable(t *testing.T, text string) *qca.Table {
	t.Helper()
	table, err := qca.ReadCSV(strings.NewReader(text), qca.CSVOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestMultiValueAndNegatedOutcomes(t *testing.T) {
	table := mustTable(t, "case,A,M\nx,1,2\ny,0,1\nz,1,0\n")
	tests := []struct{ outcome, rows string }{
		{"M[2]", "0 0"},  // row A holds x (in) and z (out)
		{"~M[2]", "1 0"}, // row ~A holds y
		{"M[1,0]", "1 0"},
		{"M[0]", "0 0"},
	}
	for _, test := range tests {
		tt, err := table.TruthTable(qca.Settings{Outcome: test.outcome, Conditions: []string{"A"}})
		if err != nil {
			t.Fatal(err)
		}
		if got := tt.Rows[0].Output.String() + " " + tt.Rows[1].Output.String(); got != test.rows {
			t.Errorf("%s: rows %s, want %s", test.outcome, got, test.rows)
		}
	}
}

func TestUndefinedFiguresAreNull(t *testing.T) {
	table := mustTable(t, "case,A,OUT\nx,0,1\ny,0,0\n")
	e, err := qca.Parse("A")
	if err != nil {
		t.Fatal(err)
	}
	fit, err := table.FitOf("OUT", e)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(fit)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"consistency":null,"pri":null,"coverage":0}`; string(data) != want {
		t.Errorf("%s, want %s", data, want)
	}
	var back qca.Fit
	if err := json.Unmarshal(data, &back); err != nil || back != fit {
		t.Errorf("read back %v (%v), want %v", back, err, fit)
	}
}

// What is stored as JSON reads back as it was written.
func TestResultsReadBack(t *testing.T) {
	tt, err := spreadTable(t).TruthTable(qca.Settings{Outcome: "OUTCOME", Conditions: reportKept})
	if err != nil {
		t.Fatal(err)
	}
	s, err := tt.Minimize(t.Context(), qca.Options{Solution: qca.Intermediate})
	if err != nil {
		t.Fatal(err)
	}
	log := screen(t, qca.ScreenRules{Kept: reportKept, Minority: qca.MoreThan})
	readsBack(t, *tt)
	readsBack(t, *s)
	readsBack(t, *log)
}

func readsBack[T any](t *testing.T, value T) {
	t.Helper()
	var again T
	if err := json.Unmarshal([]byte(jsonOf(value)), &again); err != nil {
		t.Fatalf("%T: %v", value, err)
	}
	if got, want := jsonOf(again), jsonOf(value); got != want {
		t.Errorf("%T reads back as\n%s\nwant\n%s", value, got, want)
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add(smallCSV)
	f.Add("\ufeffid;A\n1;0\n")
	f.Add("a\n\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := qca.ReadCSV(strings.NewReader(text), qca.CSVOptions{})
		if err != nil {
			if !errors.Is(err, qca.ErrInput) {
				t.Fatalf("not an input error: %v", err)
			}
			return
		}
		columns := table.Columns()
		if len(columns) > 8 {
			return
		}
		if _, err := table.TruthTable(qca.Settings{Outcome: columns[0]}); err != nil && !errors.Is(err, qca.ErrInput) {
			t.Fatalf("not an input error: %v", err)
		}
	})
}
