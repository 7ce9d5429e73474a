package qca_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"sir/qca"
	"sir/qca/drawn"
)

// One by one, the prime implicants are those of the solution.
func TestEachPrimeImplicant(t *testing.T) {
	for _, kind := range []qca.SolutionKind{qca.Conservative, qca.Parsimonious} {
		tt := drawnTable(t, drawn.MultiValue, 8, 100)
		s, err := tt.Minimize(t.Context(), qca.Options{Solution: kind})
		if err != nil {
			t.Fatal(err)
		}
		var found []qca.Term
		complete, err := tt.EachPrimeImplicant(t.Context(), qca.Options{Solution: kind}, func(term qca.Term) bool {
			found = append(found, term)
			return true
		})
		if err != nil || !complete {
			t.Fatalf("complete %v (%v)", complete, err)
		}
		if got, want := texts(found), texts(s.PrimeImplicants); !slices.Equal(got, want) {
			t.Errorf("%s: %d prime implicants, want %d", kind, len(got), len(want))
		}
	}
}

func TestEachPrimeImplicantStops(t *testing.T) {
	tt := drawnTable(t, drawn.Rand, 12, 100)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, test := range []struct {
		ctx   context.Context
		steps int
		room  int
	}{{t.Context(), 100, math.MaxInt}, {t.Context(), 0, 5}, {cancelled, 0, math.MaxInt}} {
		n := 0
		complete, err := tt.EachPrimeImplicant(test.ctx, qca.Options{Solution: qca.Parsimonious, MaxSteps: test.steps},
			func(qca.Term) bool { n++; return n < test.room })
		if err != nil || complete || test.room < math.MaxInt && n != test.room {
			t.Errorf("%+v: %d found, complete %v (%v)", test, n, complete, err)
		}
	}
	_, err := tt.EachPrimeImplicant(t.Context(), qca.Options{Solution: qca.Intermediate}, nil)
	wantInputError(t, err, []string{"by pair"})
}
