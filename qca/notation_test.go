package qca_test

import (
	"strings"
	"testing"

	"sir/qca"
)

func TestCaseNotation(t *testing.T) {
	table := mustTable(t, "case,Pilot,M,OUT\nx,1,0,1\ny,0,2,0\nz,1,1,1\n")
	tests := []struct{ text, tilde string }{
		{"PILOT*m[1]", "Pilot*M[1]"},
		{"pilot + ~OUT", "~Pilot + ~OUT"},
		{"~pilot", "Pilot"},
		{"Pilot", "Pilot"},
		{"~(PILOT*out)", "~Pilot + OUT"},
	}
	for _, test := range tests {
		e, err := table.Expression(test.text, qca.Case)
		if err != nil {
			t.Fatal(err)
		}
		cased := e.String()
		for i := range e {
			for j := range e[i] {
				e[i][j].Notation = qca.Tilde
			}
		}
		if e.String() != test.tilde {
			t.Errorf("%q is %s, want %s", test.text, e, test.tilde)
		}
		again, err := table.Expression(cased, qca.Case)
		if err != nil || again.String() != cased {
			t.Errorf("%q comes back as %v (%v)", cased, again, err)
		}
	}
}

// Every result of an analysis is written in the notation of its settings.
func TestResultsFollowTheNotation(t *testing.T) {
	tt, err := mustTable(t, smallCSV).TruthTable(qca.Settings{Outcome: "out", Notation: qca.Case})
	if err != nil {
		t.Fatal(err)
	}
	s, err := tt.Minimize(t.Context(), qca.Options{Solution: qca.Parsimonious})
	if err != nil {
		t.Fatal(err)
	}
	if tt.Outcome != "out" || s.Models[0].Expression.String() != "a" {
		t.Errorf("%s for %s, want a for out", s.Models[0].Expression, tt.Outcome)
	}
}

func TestCaseNotationRefusesNamesThatCaseDecides(t *testing.T) {
	for data, want := range map[string]string{
		"case,A,a,OUT\nx,1,0,1\ny,0,1,0\n": `only its case tells it from "A"`,
		"case,地,OUT\nx,1,1\ny,0,0\n":       "no upper and lower case",
	} {
		_, err := mustTable(t, data).Expression("OUT", qca.Case)
		wantInputError(t, err, []string{want, "tilde"})
	}
}

func TestExpressionsAboutOtherColumnsAreRefused(t *testing.T) {
	_, err := mustTable(t, smallCSV).Expression("A*Q", qca.Tilde)
	wantInputError(t, err, []string{`"Q"`, "use one of A, B, OUT"})
}

func TestReadRecords(t *testing.T) {
	table, err := qca.ReadRecords([][]string{{"case", "A", "B"}, {" x ", "1", "0", ""}, {}, {"", "", ""}, {"y", "0", "1"}}, qca.CSVOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(table.Cases(), ","); got != "x,y" {
		t.Errorf("cases %q, want x,y", got)
	}
	for _, bad := range []struct {
		records [][]string
		want    []string
	}{
		{[][]string{{"case", "A"}, {"x"}}, []string{`"x"`, `"A"`, "missing"}},
		{[][]string{{"case", "A"}, {"x", "1", "7"}}, []string{"line 2", `"7"`, "beyond the last column"}},
		{[][]string{{}, {""}}, []string{"empty"}},
		{nil, []string{"empty"}},
	} {
		_, err := qca.ReadRecords(bad.records, qca.CSVOptions{})
		wantInputError(t, err, bad.want)
	}
}

// A file may hold notes; only using them is an error.
func TestBadColumnsCanBeDeferred(t *testing.T) {
	text := "case,A,note to self,OUT,RATE,B,B\nx,1,hello,1,inf,1,1\ny,0,,0,2,0,0\n"
	table, err := qca.ReadCSV(strings.NewReader(text), qca.CSVOptions{Defer: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := table.TruthTable(qca.Settings{Outcome: "OUT", Conditions: []string{"A"}}); err != nil {
		t.Error(err)
	}
	for name, want := range map[string]string{"note to self": "not a number", "RATE": "finite", "B": "used twice"} {
		_, err := table.TruthTable(qca.Settings{Outcome: "OUT", Conditions: []string{"A", name}})
		wantInputError(t, err, []string{name, want})
	}
}

// What the plain words say is what the figures say, and what was not found is
// owned up to.
func TestExplain(t *testing.T) {
	tt, err := spreadTable(t).TruthTable(qca.Settings{Outcome: "OUTCOME"})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		options qca.Options
		want    []string
	}{
		{qca.Options{Solution: qca.Parsimonious}, []string{"5 formulas do equally well", "NONDELAY is present and PHARMA is present", "7 of the 7 cases",
			"takes the outcome for granted in", "does not show that they cause it"}},
		{qca.Options{Solution: qca.Parsimonious, MaxModels: 2}, []string{"Not every formula"}},
		{qca.Options{Solution: qca.Parsimonious, MaxSteps: 3}, []string{"The search stopped after 1 formula", "may exist"}},
		{qca.Options{}, []string{"rests on observed combinations only"}},
	} {
		s, err := tt.Minimize(t.Context(), test.options)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(tt.Explain(s), "\n")
		for _, want := range test.want {
			if !strings.Contains(text, want) {
				t.Errorf("%+v is explained as\n%s\nwithout %q", test.options, text, want)
			}
		}
	}
}
