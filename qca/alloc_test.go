package qca

import (
	"fmt"
	"math"
	"testing"
)

// What the inner loops do is counted here, without what is made once a search.
// A chart or table to work on comes from a formula with k conditions and n
// cases, so that the package drawn, which needs this one, is not asked for.

// mixedTable has k conditions and n cases whose values follow a fixed walk, and
// an outcome that no single condition tells.
func mixedTable(tb testing.TB, k, n int) *TruthTable {
	tb.Helper()
	columns := make([]Column, k+1)
	cases := make([]string, n)
	state := uint64(k*1000 + n)
	for i := range columns {
		columns[i] = Column{Name: fmt.Sprintf("C%d", i), Values: make([]float64, n)}
	}
	columns[k].Name = "OUT"
	for i := range cases {
		cases[i] = fmt.Sprint(i)
		sum := uint64(0)
		for c := range k {
			state = state*6364136223846793005 + 1442695040888963407
			bit := state >> 62 & 1
			columns[c].Values[i] = float64(bit)
			sum = sum*3 + bit
		}
		columns[k].Values[i] = float64(sum * 0x9e3779b97f4a7c15 >> 63)
	}
	table, err := NewTable(cases, columns)
	if err != nil {
		tb.Fatal(err)
	}
	tt, err := table.TruthTable(Settings{Outcome: "OUT"})
	if err != nil {
		tb.Fatal(err)
	}
	return tt
}

func minimizationOf(tb testing.TB, tt *TruthTable) *minimization {
	tb.Helper()
	o := Options{Solution: Parsimonious}.withDefaults()
	positive, forbidden, err := tt.split(o)
	if err != nil {
		tb.Fatal(err)
	}
	m := &minimization{tt: tt, options: o, task: tt.task(positive, forbidden), positive: positive}
	m.task.limits = &limits{ctx: tb.Context(), steps: math.MaxInt, results: math.MaxInt}
	m.primes = m.task.parsimonious(0)
	return m
}

func chartOf(tb testing.TB, m *minimization) *coverProblem {
	tb.Helper()
	lim := &limits{ctx: tb.Context(), steps: math.MaxInt, results: math.MaxInt}
	parts := newCoverProblem(m.primes, m.task.positives, m.primes.sole(), lim).components()
	if len(parts) == 0 {
		tb.Fatal("the prime implicants that alone cover a row leave nothing to search")
	}
	return parts[len(parts)-1]
}

// innerLoops are one pass of each search over buffers that are there already.
func innerLoops(tb testing.TB, k, n int) map[string]func() {
	tt := mixedTable(tb, k, n)
	m := minimizationOf(tb, tt)
	chart := chartOf(tb, m)
	prices, linked := chart.prices(len(chart.greedy())), chart.linked()

	differ, family := make([]uint64, m.task.positives), make([]uint64, m.task.forbidden)
	var sets hittingSets
	found := func(uint64) bool { return true }
	step := func() bool { return true }

	search := newCoverSearch(chart, prices, linked)
	search.found = func([]int32) bool { return true }
	size := search.bound(0)
	irredundant := newIrredundantSearch(chart, func([]int32) bool { return true })
	price := &pricing{coverProblem: chart, price: make([]float64, chart.rows), best: make([]float64, chart.rows), over: make([]float64, chart.rows),
		feasible: make([]float64, chart.rows), sums: make([]float64, len(chart.classes))}
	copy(price.price, prices)
	within := newPrimes(m.task.positives)
	var s sums
	x := tt.memberships(Expression{m.term(m.primes.cubes[0])})
	level := newMergeLevel(m.task.codes, m.task.startCubes())
	return map[string]func(){
		"prime implicants": func() {
			family = family[:m.task.forbidden]
			m.task.codes.differences(differ, 0, 0)
			m.task.codes.differences(family, 0, m.task.positives)
			sets.run(family, found, step)
		},
		"merging implicants": func() {
			for i := range level.cubes {
				for c := range k {
					level.mergeSiblings(i, c)
				}
			}
		},
		"minimum covers":     func() { search.run(size) },
		"irredundant covers": func() { irredundant.limits = &limits{ctx: tb.Context(), steps: 20_000}; irredundant.extend(0) },
		"prices":             func() { price.move(1, len(chart.classes)); price.keep() },
		"rivals": func() {
			within.takeWithin(m.primes, 1<<k-1)
			within.coverAll(m.task.positives)
		},
		"fit": func() {
			for i, c := range tt.kept {
				s.add(x[i], tt.outcome[c])
			}
		},
	}
}

func TestInnerLoopsDoNotAllocate(t *testing.T) {
	for name, loop := range innerLoops(t, 10, 100) {
		loop() // buffers grow once
		most := 0.0
		if name == "irredundant covers" {
			most = 1 // the limits of the pass itself
		}
		if n := testing.AllocsPerRun(5, loop); n > most {
			t.Errorf("%s: %g allocations a pass, want none", name, n)
		}
	}
}

// A random deal of the outcome is made of a few slices, however many cases
// there are; a solution without some cases of one for each column.
func TestResamplingAllocatesNothingByCase(t *testing.T) {
	deals := func(n int) float64 {
		r := &robustness{truth: mixedTable(t, 4, n), options: RobustnessOptions{Seed: 1}}
		rows := r.truth.rowMemberships()
		return testing.AllocsPerRun(10, func() { r.dealt(1, rows) })
	}
	if small, large := deals(200), deals(2000); large > small {
		t.Errorf("%g allocations a deal of 200 cases, %g of 2,000", small, large)
	}
	subsets := func(n int) float64 {
		table := mixedTable(t, 4, n).table
		return testing.AllocsPerRun(10, func() { table.without([]int{1}) })
	}
	if small, large := subsets(64), subsets(2000); large > small {
		t.Errorf("%g allocations to leave a case out of 64, %g of 2,000", small, large)
	}
}

func BenchmarkInnerLoops(b *testing.B) {
	for name, loop := range innerLoops(b, 10, 100) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				loop()
			}
		})
	}
}

func BenchmarkResampling(b *testing.B) {
	r := &robustness{truth: mixedTable(b, 4, 100), options: RobustnessOptions{Seed: 1}}
	rows := r.truth.rowMemberships()
	b.ReportAllocs()
	for b.Loop() {
		r.dealt(1, rows)
	}
}
