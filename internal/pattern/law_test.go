package pattern_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"sir/internal/fault"
	"sir/internal/pattern"
	"sir/qca"
)

// anyTable draws a crisp table of up to 10 cases on 4 conditions with both
// outcomes.
func anyTable(t *rapid.T, tb testing.TB) pattern.CaseTable {
	rows := [][]string{{"id", "OUT", "A", "B", "C", "D"}}
	n := rapid.IntRange(2, 10).Draw(t, "cases")
	for i := range n {
		row := []string{strconv.Itoa(i + 1), strconv.Itoa(i % 2)}
		for range 4 {
			row = append(row, strconv.Itoa(rapid.IntRange(0, 1).Draw(t, "code")))
		}
		rows = append(rows, row)
	}
	return caseTable(tb, rows, []string{"A", "B"})
}

// A rival covers every case of its side and none of the other, and what Solve
// finds for a set of conditions without contradiction is among the rivals.
func TestRivalsAgreeWithSolutions(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		table := anyTable(r, t)
		found, err := table.Rivals(context.Background(), pattern.RivalChoice{Max: 4})
		if err != nil {
			r.Fatal(err)
		}
		tt, err := table.TruthTable(table.Names())
		if err != nil {
			r.Fatal(err)
		}
		solved, err := table.Solve(context.Background(), pattern.SolutionChoice{Conditions: table.Names(), Kind: qca.Parsimonious})
		if err != nil {
			r.Fatal(err)
		}
		for i, side := range found.Sides {
			for _, f := range side.Formulas {
				covered, inclusion := value(f.Coverage), value(f.Inclusion)
				if covered != 1 || inclusion != 1 {
					r.Fatalf("%s: %s covers %v at %v", side.Name, f.Expression, covered, inclusion)
				}
			}
			if len(tt.Mixed) > 0 {
				continue
			}
			for _, m := range solved.Sides[i].Solution.Models {
				if !slices.ContainsFunc(side.Formulas, func(f pattern.Rival) bool { return pattern.SameFormula(f.Expression, m.Expression) }) {
					r.Fatalf("%s: %s is no rival", side.Name, m.Expression)
				}
			}
		}
	})
}

// Observed and unobserved rows are all rows, and every case has one row.
func TestTruthTableLosesNothing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		table := anyTable(r, t)
		tt, err := table.TruthTable(table.Names())
		if err != nil {
			r.Fatal(err)
		}
		cases := 0
		for _, row := range tt.Rows {
			cases += row.N
		}
		if cases != len(table.Cases) || len(tt.Rows)+len(tt.Remainders) != 16 {
			r.Fatalf("%d cases, %d rows, %d remainders", cases, len(tt.Rows), len(tt.Remainders))
		}
	})
}

func value(f qca.Figure) float64 {
	v, _ := f.Value()
	return v
}

// Whatever is typed as expectations or chosen as conditions is either used or
// refused with a short message; nothing else goes wrong.
func FuzzChoices(f *testing.F) {
	f.Add("NONDELAY=1, PHARMA=0", "ADOPT")
	f.Add("~A*B, C[1,2]", "<script>")
	f.Add("NONDELAY[3]", "NONDELAY")
	f.Add("\x00=\xff", "\u202eADOPT")
	f.Fuzz(func(t *testing.T, expect, condition string) {
		table := nhs15(t)
		literals, err := pattern.ReadExpectations(expect)
		if err == nil {
			_, err = table.Solve(context.Background(), pattern.SolutionChoice{Conditions: []string{"NONDELAY", "PHARMA", condition}, Kind: qca.Intermediate, Expect: literals})
		}
		if err == nil {
			return
		}
		var wrong *fault.Error
		if !errors.As(err, &wrong) {
			t.Fatalf("not a refusal: %v", err)
		}
	})
}
