package qca_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sir/qca"
	"sir/qca/drawn"
)

// TestReferenceEnhanced finds the rows that the R package's findRows excludes:
// the remainders in DEV*~LIT and the contradictory assumptions.
func TestReferenceEnhanced(t *testing.T) {
	eachReference(t, func(t *testing.T, c *referenceCase) {
		if c.ID != "LF_SURV_ESA" {
			t.Skip("the reference states no rows to exclude for a reason")
		}
		tt := c.truthTable(t)
		claim, err := qca.Parse("DEV*~LIT")
		if err != nil {
			t.Fatal(err)
		}
		rows, err := tt.RemaindersIn(claim)
		if err != nil {
			t.Fatal(err)
		}
		contradictory, complete, err := tt.ContradictoryAssumptions(t.Context(), qca.Options{})
		if err != nil || !complete {
			t.Fatal(err, complete)
		}
		subsets, err := tt.SimultaneousSubsets()
		if err != nil || len(subsets) != 0 {
			t.Errorf("simultaneous subsets %v (%v), want none", subsets, err)
		}
		got := slices.Concat(rows, contradictory)
		slices.Sort(got)
		if got = slices.Compact(got); !slices.Equal(got, c.Exclude) {
			t.Errorf("rows %v, want %v", got, c.Exclude)
		}
	})
}

// By hand: A*B and ~A*~B are observed, so that rows 2 (~A*B) and 3 (A*~B) are
// remainders. The models of OUT are A and B, those of ~OUT are ~A and ~B: each
// assumes both remainders in some model.
func TestContradictoryAssumptionsByHand(t *testing.T) {
	tt, err := mustTable(t, "case,A,B,OUT\nx,1,1,1\ny,0,0,0\n").TruthTable(qca.Settings{Outcome: "OUT"})
	if err != nil {
		t.Fatal(err)
	}
	rows, complete, err := tt.ContradictoryAssumptions(t.Context(), qca.Options{})
	if err != nil || !complete || !slices.Equal(rows, []uint64{2, 3}) {
		t.Errorf("rows %v, complete %v (%v), want 2 and 3", rows, complete, err)
	}
	s, err := tt.Minimize(t.Context(), qca.Options{Solution: qca.Parsimonious, Exclude: rows})
	if err != nil || len(s.Models) != 1 || s.Models[0].Expression.String() != "A*B" {
		t.Errorf("without them %v (%v), want A*B", s.Models, err)
	}
	_, err = tt.Minimize(t.Context(), qca.Options{Solution: qca.Parsimonious, Exclude: []uint64{4}})
	wantInputError(t, err, []string{`"4"`, "positive"})
}

// A row with the fuzzy outcome nearly half in may pass both ways: x in the row
// by 0.6 with y 0.55 is included by 0.55/0.6 in OUT and by 0.45/0.6 in ~OUT.
func TestSimultaneousSubsetsByHand(t *testing.T) {
	tt, err := mustTable(t, "case,A,OUT\nx,0.6,0.55\ny,0.1,0\n").TruthTable(qca.Settings{Outcome: "OUT", Inclusion: 0.75})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := tt.SimultaneousSubsets()
	if err != nil || !slices.Equal(rows, []uint64{2}) {
		t.Errorf("rows %v (%v), want 2", rows, err)
	}
	if row := tt.Rows[1]; !slices.Equal(row.DeviantInDegree, []string{"x"}) || row.Deviant != nil {
		t.Errorf("deviant in degree %v, in kind %v; want x and none", row.DeviantInDegree, row.Deviant)
	}
}

func TestRemaindersInAreThoseOfBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tt, err := randomTable(t, 5).TruthTable(qca.Settings{Outcome: "OUT", NCut: rapid.IntRange(1, 2).Draw(t, "n cut")})
		if err != nil {
			t.Fatal(err)
		}
		all, err := tt.AllRows()
		if err != nil || uint64(len(all)) != tt.Possible {
			t.Fatalf("%d rows (%v), want %d", len(all), err, tt.Possible)
		}
		var e qca.Expression
		for range rapid.IntRange(1, 3).Draw(t, "terms") {
			var term qca.Term
			for _, c := range tt.Conditions {
				if v := rapid.IntRange(-1, c.Levels-1).Draw(t, "value"); v >= 0 {
					term = append(term, qca.Literal{Condition: c.Name, Values: []int{v}})
				}
			}
			e = append(e, term)
		}
		got, err := tt.RemaindersIn(e)
		if err != nil {
			t.Fatal(err)
		}
		want := []uint64{}
		for i, row := range all {
			if row.Number != uint64(i+1) {
				t.Fatalf("row %d has number %d", i, row.Number)
			}
			if row.Output == qca.Remainder && covers(tt, e, row.Values) {
				want = append(want, row.Number)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s covers remainders %v, want %v", e, got, want)
		}
	})
}

func TestRowsThatCannotBeListedAreRefused(t *testing.T) {
	tt := drawnTable(t, drawn.Rand, 20, 30)
	_, err := tt.AllRows()
	wantInputError(t, err, []string{"1048576 possible rows"})
	_, err = tt.RemaindersIn(qca.Expression{{}})
	wantInputError(t, err, []string{"more than 1000000 rows"})
	_, err = tt.RemaindersIn(qca.Expression{{{Condition: "Q"}}})
	wantInputError(t, err, []string{`"Q"`, "C1, C2"})
}
