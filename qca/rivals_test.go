package qca_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sir/qca"
)

// spreadTable is the table of 15 networks and 12 conditions.
func spreadTable(t testing.TB) *qca.Table {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "NHS15_all12.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, err := qca.ReadCSV(f, qca.CSVOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// The counts were found by hand-checked enumeration: of the 495 ways to take 4
// of the 12 conditions, 114 give no contradictory row; both formulas hold in
// each of the 45 that contain their two conditions.
func TestRivalsOfTheSpreadTable(t *testing.T) {
	r, err := spreadTable(t).Rivals(t.Context(), qca.RivalOptions{Settings: qca.Settings{Outcome: "OUTCOME"}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := r.Sizes[3], (qca.SubsetCount{Size: 4, Subsets: 495, Consistent: 114}); got != want {
		t.Errorf("subsets of 4: %+v, want %+v", got, want)
	}
	for _, text := range []string{"NONDELAY*PHARMA", "PILOT*CHAMP"} {
		i := slices.IndexFunc(r.Formulas, func(f qca.RivalFormula) bool { return f.Expression.String() == text })
		if i < 0 {
			t.Errorf("%s is missing", text)
			continue
		}
		inFour := 0
		for _, s := range r.Subsets {
			if len(s.Conditions) == 4 && slices.Contains(s.Formulas, i) {
				inFour++
			}
		}
		if inFour != 45 {
			t.Errorf("%s is minimal in %d subsets of 4, want 45", text, inFour)
		}
	}
	if !r.Complete {
		t.Error("not complete")
	}
}

func BenchmarkRivals12Choose4(b *testing.B) {
	table := spreadTable(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := table.Rivals(b.Context(), qca.RivalOptions{Settings: qca.Settings{Outcome: "OUTCOME"}}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestEqualFitFindsTheRivalByItself(t *testing.T) {
	e, err := qca.Parse("NONDELAY*PHARMA")
	if err != nil {
		t.Fatal(err)
	}
	got, err := spreadTable(t).EqualFit(t.Context(), qca.RivalOptions{Settings: qca.Settings{Outcome: "OUTCOME"}, MaxConditions: 2}, e)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, f := range got.Formulas {
		texts = append(texts, f.Expression.String())
	}
	if want := []string{"NONDELAY*PHARMA", "PILOT*CHAMP"}; !slices.Equal(texts, want) {
		t.Errorf("formulas %q, want %q", texts, want)
	}
}

// A formula that fits less than perfectly has rivals of its own: each must
// reach its inclusion and its coverage, by the library's fit of the formula.
func TestEqualFitOfAnImperfectFormula(t *testing.T) {
	table := spreadTable(t)
	e, err := qca.Parse("PHARMA") // 7 of 10, all 7 successes
	if err != nil {
		t.Fatal(err)
	}
	got, err := table.EqualFit(t.Context(), qca.RivalOptions{Settings: qca.Settings{Outcome: "OUTCOME"}, MaxConditions: 1}, e)
	if err != nil {
		t.Fatal(err)
	}
	// Of single conditions only these have at most three cases beside the seven
	// successes: CHAMP has 10 cases with all seven as well.
	want := []string{"PHARMA", "CHAMP"}
	var texts []string
	for _, f := range got.Formulas {
		texts = append(texts, f.Expression.String())
	}
	if !slices.Equal(texts, want) {
		t.Errorf("formulas %q, want %q", texts, want)
	}
	more, err := table.EqualFit(t.Context(), qca.RivalOptions{Settings: qca.Settings{Outcome: "OUTCOME"}, MaxConditions: 3}, e)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range more.Formulas {
		fit, err := table.FitOf("OUTCOME", f.Expression)
		if err != nil || !fit.Inclusion.AtLeast(0.7) || !fit.Coverage.AtLeast(1) {
			t.Errorf("%s fits %v (%v), below 0.7 and 1", f.Expression, fit, err)
		}
	}
	if len(more.Formulas) <= len(got.Formulas) || !more.Complete {
		t.Errorf("%d formulas with three conditions, complete %v", len(more.Formulas), more.Complete)
	}
}

func TestRivalsOfFuzzyData(t *testing.T) {
	table := mustTable(t, "case,A,B,OUT\nw,0.9,0.8,0.9\nx,0.8,0.3,0.7\ny,0.2,0.7,0.1\nz,0.1,0.2,0.2\n")
	r, err := table.Rivals(t.Context(), qca.RivalOptions{Settings: qca.Settings{Outcome: "OUT", Inclusion: 0.8}})
	if err != nil {
		t.Fatal(err)
	}
	// B alone has w (in) and y (out) in one row; A separates all cases.
	if want := (qca.SubsetCount{Size: 1, Subsets: 2, Consistent: 1}); r.Sizes[0] != want {
		t.Errorf("subsets of 1: %+v, want %+v", r.Sizes[0], want)
	}
	if len(r.Formulas) == 0 || r.Formulas[0].Expression.String() != "A" || r.Formulas[0].Subsets != 2 {
		t.Errorf("formulas %+v, want A in 2 subsets first", r.Formulas)
	}
}

func BenchmarkEqualFitImperfect(b *testing.B) {
	table := spreadTable(b)
	e, err := qca.Parse("PHARMA")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := table.EqualFit(b.Context(), qca.RivalOptions{Settings: qca.Settings{Outcome: "OUTCOME"}}, e); err != nil {
			b.Fatal(err)
		}
	}
}
