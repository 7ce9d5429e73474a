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
