package qca_test

import (
	"fmt"
	"testing"

	"sir/qca"
	"sir/qca/drawn"
)

func drawnTable(tb testing.TB, kind drawn.Kind, k, n int) *qca.TruthTable {
	tb.Helper()
	table, err := drawn.Table(kind, k, n)
	if err != nil {
		tb.Fatal(err)
	}
	tt, err := table.TruthTable(kind.Settings())
	if err != nil {
		tb.Fatal(err)
	}
	return tt
}

// The numbers of conservative prime implicants, each with one model, are R's
// (package QCA) on the same data; the model takes all of them but one in the
// noisy table of ten conditions.
func TestConservativeOnDrawnTables(t *testing.T) {
	tests := []struct {
		kind                drawn.Kind
		k, n, primes, terms int
	}{
		{drawn.Rand, 8, 30, 13, 13}, {drawn.Rand, 10, 30, 16, 16}, {drawn.Rand, 12, 30, 17, 17}, {drawn.Rand, 14, 30, 18, 18},
		{drawn.Rand, 16, 30, 12, 12}, {drawn.Rand, 18, 30, 13, 13}, {drawn.Rand, 20, 30, 13, 13},
		{drawn.Struct, 8, 30, 12, 12}, {drawn.Struct, 12, 30, 12, 12}, {drawn.Struct, 12, 100, 54, 54},
		{drawn.Noisy, 10, 100, 42, 41},
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("kind %d k %d n %d", test.kind, test.k, test.n), func(t *testing.T) {
			s, err := drawnTable(t, test.kind, test.k, test.n).Minimize(t.Context(), qca.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := len(s.PrimeImplicants); got != test.primes {
				t.Errorf("%d prime implicants, want %d", got, test.primes)
			}
			if len(s.Models) != 1 || len(s.Models[0].Terms) != test.terms || !s.ProvedMinimal {
				t.Errorf("%d models of %d terms, proved %v; want one of %d", len(s.Models), len(s.Models[0].Terms), s.ProvedMinimal, test.terms)
			}
		})
	}
}

func BenchmarkMinimize(b *testing.B) {
	for _, size := range []struct {
		kind drawn.Kind
		k, n int
	}{
		{drawn.Struct, 8, 30}, {drawn.Struct, 12, 30}, {drawn.Struct, 12, 100}, {drawn.Struct, 12, 300}, {drawn.Rand, 8, 100}, {drawn.Rand, 12, 100}, {drawn.Noisy, 10, 100},
	} {
		for _, kind := range []qca.SolutionKind{qca.Conservative, qca.Parsimonious} {
			b.Run(fmt.Sprintf("kind=%d/k=%d/n=%d/%s", size.kind, size.k, size.n, kind), func(b *testing.B) {
				tt := drawnTable(b, size.kind, size.k, size.n)
				b.ReportAllocs()
				for b.Loop() {
					s, err := tt.Minimize(b.Context(), qca.Options{Solution: kind, MaxSteps: 2_000_000})
					if err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(float64(len(s.PrimeImplicants)), "primes")
					b.ReportMetric(float64(s.ModelCount), "models")
					b.ReportMetric(float64(len(s.Models[0].Terms)), "terms")
					if !s.ProvedMinimal {
						b.ReportMetric(1, "unproved")
					}
				}
			})
		}
	}
}
