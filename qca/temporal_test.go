package qca_test

import (
	"slices"
	"testing"

	"sir/qca"
)

// Training before the launch goes with success; after it, or without, it does
// not. Where one of the two did not take place their order does not matter.
const temporalCSV = `case,TRAIN,LAUNCH,OUT
a,2018,2019,1
b,2017,2020,1
c,2020,2019,0
d,-,2019,0
e,2018,-,0
f,2019,2019,0
`

func TestTemporalByHand(t *testing.T) {
	table, err := mustTable(t, temporalCSV).WithOrder([]string{"TRAIN", "LAUNCH"})
	if err != nil {
		t.Fatal(err)
	}
	order, kind, err := table.Column("TRAIN_BEFORE_LAUNCH")
	if err != nil || kind != qca.Crisp || !slices.Equal(order.Values, []float64{1, 1, 0, 0, 0, 0}) ||
		!slices.Equal(order.DontCare, []bool{false, false, false, true, true, false}) {
		t.Fatalf("order %+v, %s (%v)", order, kind, err)
	}
	tt, err := table.TruthTable(qca.Settings{Outcome: "OUT"})
	if err != nil {
		t.Fatal(err)
	}
	// Conditions TRAIN, LAUNCH, TRAIN_BEFORE_LAUNCH: d stands in rows 3 and 4, e
	// in rows 5 and 6, c and f in row 7, a and b in row 8.
	var rows []uint64
	for _, row := range tt.Rows {
		rows = append(rows, row.Number)
	}
	if !slices.Equal(rows, []uint64{3, 4, 5, 6, 7, 8}) || tt.Rows[0].Cases[0] != "d" || tt.Rows[1].Cases[0] != "d" {
		t.Errorf("rows %v", rows)
	}
	for kind, want := range map[qca.SolutionKind]string{
		qca.Conservative: "TRAIN*LAUNCH*TRAIN_BEFORE_LAUNCH",
		qca.Parsimonious: "TRAIN*LAUNCH*TRAIN_BEFORE_LAUNCH",
	} {
		s, err := tt.Minimize(t.Context(), qca.Options{Solution: kind})
		if err != nil {
			t.Fatal(err)
		}
		m := s.Models[0]
		if len(s.Models) != 1 || m.Expression.String() != want || m.Inclusion.String() != "1.000" || m.Coverage.String() != "1.000" {
			t.Errorf("%s: %s with %s and %s, want %s", kind, m.Expression, m.Inclusion, m.Coverage, want)
		}
	}
}

// A positive case for which a condition does not matter makes the condition
// fall out of the conservative solution: x is A with B and A without.
func TestDontCareValuesFallOut(t *testing.T) {
	tt, err := mustTable(t, "case,A,B,OUT\nx,1,-,1\ny,0,1,0\n").TruthTable(qca.Settings{Outcome: "OUT"})
	if err != nil {
		t.Fatal(err)
	}
	s, err := tt.Minimize(t.Context(), qca.Options{})
	if err != nil || len(tt.Rows) != 3 || s.Models[0].Expression.String() != "A" {
		t.Errorf("%d rows, %v (%v), want 3 and A", len(tt.Rows), s.Models, err)
	}
}

func TestBadDontCareValuesAreNamed(t *testing.T) {
	for text, want := range map[string]string{
		"case,A,OUT\nx,1,-\ny,0,0\n":     "the outcome has a don't-care value",
		"case,A,OUT\nx,0.4,1\ny,0.3,0\n": "",
	} {
		_, err := mustTable(t, text).TruthTable(qca.Settings{Outcome: "OUT"})
		if want == "" && err == nil {
			continue
		}
		wantInputError(t, err, []string{want})
	}
	_, err := qca.NewTable([]string{"x", "y"}, []qca.Column{{Name: "A", Values: []float64{0.4, 0}, DontCare: []bool{false, true}}})
	wantInputError(t, err, []string{`"A"`, "fuzzy"})
	_, err = qca.NewTable([]string{"x", "y"}, []qca.Column{{Name: "A", Values: []float64{1, 0}, DontCare: []bool{true}}})
	wantInputError(t, err, []string{`"A"`, "1 don't-care marks for 2 cases"})
	_, err = mustTable(t, temporalCSV).Calibrated("TRAIN", qca.CrispCalibration{Thresholds: []float64{2019}})
	wantInputError(t, err, []string{`"TRAIN"`, "cannot be calibrated"})
	_, err = mustTable(t, temporalCSV).WithOrder([]string{"TRAIN", "TRAIN"})
	wantInputError(t, err, []string{`"TRAIN"`, "twice"})
}

// A value that does not matter counts for none.
func TestScreeningOfDontCareValues(t *testing.T) {
	report, err := mustTable(t, "case,A,B,OUT\nx,1,-,1\ny,0,1,0\nz,1,0,1\n").Screen("OUT", qca.ScreenRules{})
	if err != nil {
		t.Fatal(err)
	}
	want := []qca.ValueCount{{Value: 0, Cases: 1, InOutcome: 1}, {Value: 1, Cases: 1}}
	if got := report.Conditions[1].Values; !slices.Equal(got, want) {
		t.Errorf("B counts %+v, want %+v", got, want)
	}
	if report.Outcome.Minority != (qca.Ratio{Num: 1, Den: 3}) {
		t.Errorf("the outcome's minority is %s", report.Outcome.Minority)
	}
}
