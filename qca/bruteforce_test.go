package qca_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sir/qca"
)

// randomTable draws a small crisp or multi-value table with an outcome OUT
// that varies.
func randomTable(t *rapid.T, maxConditions int) *qca.Table {
	k := rapid.IntRange(1, maxConditions).Draw(t, "conditions")
	n := rapid.IntRange(2, 16).Draw(t, "cases")
	cases := make([]string, n)
	for i := range cases {
		cases[i] = fmt.Sprintf("c%d", i)
	}
	var columns []qca.Column
	for c := range k {
		levels := rapid.SampledFrom([]int{2, 2, 3}).Draw(t, "levels")
		columns = append(columns, qca.Column{Name: string(rune('A' + c)), Levels: levels,
			Values: rapid.SliceOfN(rapid.Map(rapid.IntRange(0, levels-1), func(v int) float64 { return float64(v) }), n, n).Draw(t, "values")})
	}
	y := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 1), func(v int) float64 { return float64(v) }), n, n).Draw(t, "outcome")
	y[0], y[n-1] = 1, 0
	table, err := qca.NewTable(cases, append(columns, qca.Column{Name: "OUT", Values: y}))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// bruteCube is a value for each condition, -1 where it is free.
type bruteCube []int

func (c bruteCube) covers(values []int) bool {
	for i, v := range c {
		if v >= 0 && v != values[i] {
			return false
		}
	}
	return true
}

func (c bruteCube) text(tt *qca.TruthTable) string {
	var parts []string
	for i, v := range c {
		if v >= 0 {
			parts = append(parts, fmt.Sprintf("%s[%d]", tt.Conditions[i].Name, v))
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, "*")
}

// allCubes lists every conjunction over the conditions.
func allCubes(tt *qca.TruthTable) []bruteCube {
	cubes := []bruteCube{{}}
	for _, c := range tt.Conditions {
		var longer []bruteCube
		for _, q := range cubes {
			for v := -1; v < c.Levels; v++ {
				longer = append(longer, append(slices.Clone(q), v))
			}
		}
		cubes = longer
	}
	return cubes
}

// brutePrimes lists the prime implicants by trying every conjunction: those
// that may be covered (by allowed), that cover a positive row, and of which no
// version with one literal less may be.
func brutePrimes(tt *qca.TruthTable, allowed func(bruteCube) bool) []bruteCube {
	var found []bruteCube
	for _, q := range allCubes(tt) {
		if !allowed(q) || !slices.ContainsFunc(tt.Rows, func(r qca.Row) bool { return r.Output == qca.Positive && q.covers(r.Values) }) {
			continue
		}
		prime := true
		for i, v := range q {
			if v >= 0 {
				shorter := slices.Clone(q)
				shorter[i] = -1
				prime = prime && !allowed(shorter)
			}
		}
		if prime {
			found = append(found, q)
		}
	}
	return found
}

// bruteAllowed says which conjunctions a solution may use.
func bruteAllowed(tt *qca.TruthTable, kind qca.SolutionKind) func(bruteCube) bool {
	output := make(map[uint64]qca.Output)
	for _, r := range tt.Rows {
		output[r.Number] = r.Output
	}
	return func(q bruteCube) bool {
		for number := uint64(1); number <= tt.Possible; number++ {
			if !q.covers(tt.RowValues(number)) {
				continue
			}
			if o := output[number]; o == qca.Negative || o != qca.Positive && kind == qca.Conservative {
				return false
			}
		}
		return true
	}
}

// bruteModels lists all covers of the positive rows with the fewest primes.
func bruteModels(tt *qca.TruthTable, primes []bruteCube) []string {
	var positive [][]int
	for _, r := range tt.Rows {
		if r.Output == qca.Positive {
			positive = append(positive, r.Values)
		}
	}
	for size := 1; ; size++ {
		var models []string
		var choose func(from int, chosen []bruteCube)
		choose = func(from int, chosen []bruteCube) {
			if len(chosen) < size {
				for i := from; i < len(primes); i++ {
					choose(i+1, append(slices.Clone(chosen), primes[i]))
				}
				return
			}
			for _, values := range positive {
				if !slices.ContainsFunc(chosen, func(q bruteCube) bool { return q.covers(values) }) {
					return
				}
			}
			var parts []string
			for _, q := range chosen {
				parts = append(parts, q.text(tt))
			}
			slices.Sort(parts)
			models = append(models, strings.Join(parts, " + "))
		}
		choose(0, nil)
		if len(models) > 0 {
			slices.Sort(models)
			return models
		}
	}
}

// solved draws a table and minimises it; it gives up on tables without a
// positive or negative row.
func solved(t *rapid.T, maxConditions int, kind qca.SolutionKind) (*qca.TruthTable, *qca.Solution) {
	tt, err := randomTable(t, maxConditions).TruthTable(qca.Settings{Outcome: "OUT",
		Inclusion: rapid.SampledFrom([]float64{1, 0.5}).Draw(t, "inclusion"), NCut: rapid.IntRange(1, 2).Draw(t, "n cut")})
	if err != nil {
		t.Fatal(err)
	}
	if tt.Count(qca.Positive) == 0 || tt.Count(qca.Negative) == 0 {
		t.SkipNow()
	}
	o := qca.Options{Solution: kind}
	if maxConditions <= 4 {
		o.MaxModels = 100_000 // list them all; beyond, all are still counted
	}
	s, err := tt.Minimize(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if !s.ModelCountExact || !s.ProvedMinimal || s.Complete != (uint64(len(s.Models)) == s.ModelCount) {
		t.Fatalf("%d of %d models (exact %v), complete %v, proved minimal %v", len(s.Models), s.ModelCount, s.ModelCountExact, s.Complete, s.ProvedMinimal)
	}
	return tt, s
}

func TestPrimeImplicantsAreThoseOfBruteForce(t *testing.T) {
	for _, kind := range []qca.SolutionKind{qca.Conservative, qca.Parsimonious} {
		t.Run(kind.String(), rapid.MakeCheck(func(t *rapid.T) {
			tt, s := solved(t, 6, kind)
			var want []string
			for _, q := range brutePrimes(tt, bruteAllowed(tt, kind)) {
				want = append(want, q.text(tt))
			}
			if got := texts(s.PrimeImplicants); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
				t.Fatalf("prime implicants %q, want %q", got, want)
			}
		}))
	}
}

func TestModelsAreThoseOfBruteForce(t *testing.T) {
	for _, kind := range []qca.SolutionKind{qca.Conservative, qca.Parsimonious} {
		t.Run(kind.String(), rapid.MakeCheck(func(t *rapid.T) {
			tt, s := solved(t, 4, kind)
			want := bruteModels(tt, brutePrimes(tt, bruteAllowed(tt, kind)))
			if got := modelTexts(s); !slices.Equal(got, want) {
				t.Fatalf("models %q, want %q", got, want)
			}
			if s.ModelCount != uint64(len(want)) || !s.ModelCountExact {
				t.Fatalf("%d models counted, want %d", s.ModelCount, len(want))
			}
		}))
	}
}

func modelTexts(s *qca.Solution) []string {
	var models []string
	for _, m := range s.Models {
		models = append(models, strings.Join(texts(m.Expression), " + "))
	}
	slices.Sort(models)
	return models
}

// texts writes terms in one notation and order.
func texts(terms []qca.Term) []string {
	var out []string
	for _, term := range terms {
		var parts []string
		for _, l := range term {
			if l.Values == nil {
				l.Values = []int{1}
				if l.Negated {
					l.Values = []int{0}
				}
				l.Negated = false
			}
			parts = append(parts, l.String())
		}
		slices.Sort(parts)
		out = append(out, strings.Join(parts, "*"))
	}
	slices.Sort(out)
	return out
}

// Every simplifying assumption is covered and not positive, and a parsimonious
// model assumes nothing of a negative row.
func TestSimplifyingAssumptionsAreTheCoveredRowsThatAreNotPositive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tt, s := solved(t, 5, qca.Parsimonious)
		output := make(map[uint64]qca.Output)
		for _, r := range tt.Rows {
			output[r.Number] = r.Output
		}
		for _, m := range s.Models {
			want := []uint64{}
			for number := uint64(1); number <= tt.Possible; number++ {
				if output[number] != qca.Positive && covers(tt, m.Expression, tt.RowValues(number)) {
					want = append(want, number)
				}
			}
			if !slices.Equal(m.SimplifyingAssumptions, want) {
				t.Fatalf("%s assumes rows %v, want %v", m.Expression, m.SimplifyingAssumptions, want)
			}
			if i := slices.IndexFunc(want, func(n uint64) bool { return output[n] == qca.Negative }); i >= 0 {
				t.Fatalf("%s covers the negative row %d", m.Expression, want[i])
			}
		}
	})
}

func covers(tt *qca.TruthTable, e qca.Expression, values []int) bool {
	configuration := texts([]qca.Term{tt.Configuration(values)})[0]
	literals := strings.Split(configuration, "*")
	return slices.ContainsFunc(texts(e), func(term string) bool {
		for _, l := range strings.Split(term, "*") {
			if l != "" && !slices.Contains(literals, l) {
				return false
			}
		}
		return true
	})
}

// The order of cases and of conditions changes nothing but the order of lists.
func TestSolutionsDoNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := randomTable(t, 5)
		kind := rapid.SampledFrom([]qca.SolutionKind{qca.Conservative, qca.Parsimonious}).Draw(t, "kind")
		one, ok := modelsOf(t, table, kind)
		if !ok {
			t.SkipNow()
		}
		other, ok := modelsOf(t, shuffled(t, table), kind)
		if !ok || !slices.Equal(one, other) {
			t.Fatalf("models %q, after shuffling %q", one, other)
		}
	})
}

// What a parsimonious model covers includes what its intermediate models cover,
// which includes what their conservative model covers; none covers a negative row.
func TestIntermediateModelsLieBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tt, err := randomTable(t, 4).TruthTable(qca.Settings{Outcome: "OUT"})
		if err != nil {
			t.Fatal(err)
		}
		if tt.Count(qca.Positive) == 0 || tt.Count(qca.Negative) == 0 {
			t.SkipNow()
		}
		var expect []qca.Term
		for _, c := range tt.Conditions {
			v := rapid.IntRange(0, c.Levels-1).Draw(t, "expected")
			expect = append(expect, qca.Term{{Condition: c.Name, Values: []int{v}}})
		}
		s, err := tt.Minimize(t.Context(), qca.Options{Solution: qca.Intermediate, Expect: expect})
		if err != nil {
			t.Fatal(err)
		}
		for _, pair := range s.Pairs {
			if len(pair.Models) == 0 {
				t.Fatalf("pair %s has no model", pair.Name)
			}
			for number := uint64(1); number <= tt.Possible; number++ {
				values := tt.RowValues(number)
				inC, inP := covers(tt, pair.Conservative, values), covers(tt, pair.Parsimonious, values)
				for _, m := range pair.Models {
					if in := covers(tt, m, values); inC && !in || in && !inP {
						t.Fatalf("row %d: in %s %v, in %s %v, in %s %v", number, pair.Conservative, inC, m, in, pair.Parsimonious, inP)
					}
				}
			}
		}
	})
}

func modelsOf(t *rapid.T, table *qca.Table, kind qca.SolutionKind) (models []string, ok bool) {
	tt, err := table.TruthTable(qca.Settings{Outcome: "OUT"})
	if err != nil {
		t.Fatal(err)
	}
	s, err := tt.Minimize(t.Context(), qca.Options{Solution: kind})
	if err != nil {
		return nil, false
	}
	return modelTexts(s), true
}

// shuffled returns the table with cases and columns in another order.
func shuffled(t *rapid.T, table *qca.Table) *qca.Table {
	cases := table.Cases()
	order := make([]int, len(cases))
	for i := range order {
		order[i] = i
	}
	order = rapid.Permutation(order).Draw(t, "cases")
	var ids []string
	for _, i := range order {
		ids = append(ids, cases[i])
	}
	var columns []qca.Column
	for _, name := range rapid.Permutation(table.Columns()).Draw(t, "columns") {
		column, _, err := table.Column(name)
		if err != nil {
			t.Fatal(err)
		}
		moved := qca.Column{Name: name, Levels: column.Levels}
		for _, i := range order {
			moved.Values = append(moved.Values, column.Values[i])
		}
		columns = append(columns, moved)
	}
	out, err := qca.NewTable(ids, columns)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
