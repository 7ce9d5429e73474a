package qca_test

import (
	"fmt"
	"testing"

	"sir/qca"
)

// xorshift is xorshift64* (Vigna 2016): the benchmark data are drawn from it
// so that every implementation can be given the same tables.
type xorshift uint64

func newXorshift(kind, k, n int) *xorshift {
	x := xorshift(88172645463325252 ^ uint64(kind*1000003+k*10007+n*101))
	for range 20 {
		x.next()
	}
	return &x
}

func (x *xorshift) next() uint64 {
	s := uint64(*x)
	s ^= s >> 12
	s ^= s << 25
	s ^= s >> 27
	*x = xorshift(s)
	return s * 2685821657736338717
}

func (x *xorshift) unit() float64 { return float64(x.next()>>11) / (1 << 53) }
func (x *xorshift) bit() int      { return int(x.next() >> 63) }
func (x *xorshift) tri() int      { return int(x.next() >> 33 % 3) }

// mix64 is the splitmix64 finaliser.
func mix64(z uint64) uint64 {
	z += 0x9E3779B97F4A7C15
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// The kinds of benchmark data.
const (
	structKind = 1
	randKind   = 2
	noisyKind  = 3
)

// drawn makes a crisp benchmark table of n cases and k conditions C1 to Ck.
func drawn(tb testing.TB, kind, k, n int) *qca.Table {
	tb.Helper()
	x := newXorshift(kind, k, n)
	columns := make([]qca.Column, k+1)
	cases := make([]string, n)
	for i := range k {
		columns[i].Name = fmt.Sprintf("C%d", i+1)
	}
	columns[k].Name = "Y"
	for i := range cases {
		cases[i] = fmt.Sprint(i + 1)
		c := make([]int, k+1)
		code := uint64(0)
		for j := 1; j <= k; j++ {
			c[j] = x.bit()
			code |= uint64(c[j]) << (j - 1)
			columns[j-1].Values = append(columns[j-1].Values, float64(c[j]))
		}
		columns[k].Values = append(columns[k].Values, drawnOutcome(x, kind, c, code))
	}
	table, err := qca.NewTable(cases, columns)
	if err != nil {
		tb.Fatal(err)
	}
	return table
}

func drawnOutcome(x *xorshift, kind int, c []int, code uint64) float64 {
	if kind == randKind {
		return float64(mix64(code) & 1)
	}
	y := c[1]*c[2] | (1-c[1])*c[3]*(1-c[4]) | c[4]*c[5]*(1-c[6]) | c[6]*c[7]*(1-c[8])
	if kind == noisyKind && x.unit() < 0.05 {
		y = 1 - y
	}
	return float64(y)
}

func drawnTable(tb testing.TB, kind, k, n int) *qca.TruthTable {
	tb.Helper()
	inclusion := 1.0
	if kind == noisyKind {
		inclusion = 0.75
	}
	tt, err := drawn(tb, kind, k, n).TruthTable(qca.Settings{Outcome: "Y", Inclusion: inclusion})
	if err != nil {
		tb.Fatal(err)
	}
	return tt
}

// The numbers of conservative prime implicants, each with one model, are R's
// (package QCA) on the same data; the model takes all of them but one in the
// noisy table of ten conditions.
func TestConservativeOnDrawnTables(t *testing.T) {
	tests := []struct{ kind, k, n, primes, terms int }{
		{randKind, 8, 30, 13, 13}, {randKind, 10, 30, 16, 16}, {randKind, 12, 30, 17, 17}, {randKind, 14, 30, 18, 18},
		{randKind, 16, 30, 12, 12}, {randKind, 18, 30, 13, 13}, {randKind, 20, 30, 13, 13},
		{structKind, 8, 30, 12, 12}, {structKind, 12, 30, 12, 12}, {structKind, 12, 100, 54, 54},
		{noisyKind, 10, 100, 42, 41},
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
	for _, size := range []struct{ kind, k, n int }{
		{structKind, 8, 30}, {structKind, 12, 30}, {structKind, 12, 100}, {structKind, 12, 300}, {randKind, 8, 100}, {randKind, 12, 100}, {noisyKind, 10, 100},
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
