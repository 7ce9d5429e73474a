package qca_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"sir/qca"
	"sir/qca/drawn"
)

// A stopped search still hands back a model that covers every positive row and
// no negative one, and says that it is partial.
func TestStoppedSearchesAreLabelledAndValid(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	tests := []struct {
		name    string
		ctx     context.Context
		options qca.Options
	}{
		{"steps, conservative", t.Context(), qca.Options{MaxSteps: 3}},
		{"steps, parsimonious", t.Context(), qca.Options{Solution: qca.Parsimonious, MaxSteps: 3}},
		{"more steps, parsimonious", t.Context(), qca.Options{Solution: qca.Parsimonious, MaxSteps: 500}},
		{"prime implicants", t.Context(), qca.Options{Solution: qca.Parsimonious, MaxPrimes: 7}},
		{"cancelled, parsimonious", cancelled, qca.Options{Solution: qca.Parsimonious}},
	}
	tt := drawnTable(t, drawn.Rand, 12, 100)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, err := tt.Minimize(test.ctx, test.options)
			if err != nil {
				t.Fatal(err)
			}
			if s.Complete || s.ProvedMinimal || s.ModelCountExact {
				t.Errorf("complete %v, proved %v, exact %v: want none", s.Complete, s.ProvedMinimal, s.ModelCountExact)
			}
			if len(s.Essential)+len(s.SoleCover) > 0 {
				t.Errorf("%v and %v are called essential, and not all prime implicants are known", s.Essential, s.SoleCover)
			}
			for _, row := range tt.Rows {
				if covered := covers(tt, s.Models[0].Expression, row.Values); covered != (row.Output == qca.Positive) {
					t.Fatalf("row %d of output %s: covered %v by %s", row.Number, row.Output, covered, s.Models[0].Expression)
				}
			}
		})
	}
}

func TestTiedModelsBeyondTheCapAreCounted(t *testing.T) {
	tt, err := spreadTable(t).TruthTable(qca.Settings{Outcome: "OUTCOME"})
	if err != nil {
		t.Fatal(err)
	}
	s, err := tt.Minimize(t.Context(), qca.Options{Solution: qca.Parsimonious, MaxModels: 2})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Models) != 2 || s.ModelCount != 5 || !s.ModelCountExact || s.Complete || !s.ProvedMinimal {
		t.Errorf("%d models of %d (exact %v), complete %v, proved %v", len(s.Models), s.ModelCount, s.ModelCountExact, s.Complete, s.ProvedMinimal)
	}
}

func TestLongListsOfAssumptionsAreCut(t *testing.T) {
	tt, err := spreadTable(t).TruthTable(qca.Settings{Outcome: "OUTCOME"})
	if err != nil {
		t.Fatal(err)
	}
	s, err := tt.Minimize(t.Context(), qca.Options{Solution: qca.Parsimonious, MaxAssumptions: 1100})
	if err != nil {
		t.Fatal(err)
	}
	var listed []bool
	for _, m := range s.Models {
		listed = append(listed, m.AssumptionsListed)
	}
	// NONDELAY*PHARMA takes 1,018 of the 1,100; none of the others has fewer than 506.
	if want := []bool{true, false, false, false, false}; !slices.Equal(listed, want) {
		t.Errorf("listed %v, want %v", listed, want)
	}
}

// An intermediate solution that rests on parsimonious models which may not be
// minimal proves nothing itself.
func TestIntermediateInheritsWhatIsNotProved(t *testing.T) {
	tt := drawnTable(t, drawn.Rand, 12, 100)
	expect, err := tt.Table().Expectations("C1=1", qca.Tilde)
	if err != nil {
		t.Fatal(err)
	}
	s, err := tt.Minimize(t.Context(), qca.Options{Solution: qca.Intermediate, Expect: expect, MaxPrimes: 60})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Models) == 0 || s.Complete || s.ProvedMinimal || len(s.Essential) > 0 {
		t.Errorf("%d models, complete %v, proved %v, essential %v", len(s.Models), s.Complete, s.ProvedMinimal, s.Essential)
	}
}

// Two searches at once give byte for byte what one gives. Steps that are
// limited are taken by one.
func TestTwoCoresGiveTheSameAnswer(t *testing.T) {
	for _, kind := range []drawn.Kind{drawn.Rand, drawn.MultiValue} {
		tt := drawnTable(t, kind, 10, 300)
		var answers []string
		for _, steps := range []int{0, math.MaxInt} {
			s, err := tt.Minimize(t.Context(), qca.Options{Solution: qca.Parsimonious, MaxSteps: steps, MaxModels: 3})
			if err != nil {
				t.Fatal(err)
			}
			answers = append(answers, jsonOf(s))
		}
		if answers[0] != answers[1] {
			t.Errorf("%s: the answers differ", kind)
		}
	}
}
