package qca

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// LeftOut is the solution without one case.
type LeftOut struct {
	Case string `json:"case"`
	// Same models as with the case.
	Same   bool         `json:"same"`
	Models []Expression `json:"models"`
}

func (r *robustness) leaveOneOut() []LeftOut {
	list := make([]LeftOut, len(r.table.cases))
	r.each(len(list), func(i int) {
		a := r.solve(r.table.without([]int{i}), r.settings)
		list[i] = LeftOut{r.table.cases[i], a.key == r.initial.key, append([]Expression{}, a.models...)}
	})
	return list
}

// Resampling is what the solutions of parts of the data have in common.
type Resampling struct {
	// Out cases are left out at once; of Choices ways to do so, Tried were
	// tried: all, or as many drawn at random.
	Out     int `json:"out"`
	Choices int `json:"choices,omitempty"` // zero: too many to count
	Tried   int `json:"tried"`
	// Same counts those that gave the same models, None those without any.
	Same int `json:"same"`
	None int `json:"none"`
	// Formulas by how many of the tries had them among their models.
	Formulas []FormulaCount `json:"formulas"`
}

// FormulaCount counts the tries that gave a formula.
type FormulaCount struct {
	Expression Expression `json:"expression"`
	Tries      int        `json:"tries"`
}

// tries is how many choices of k cases to leave out are tried.
func (r *robustness) tries(k int) int {
	if all := choices(len(r.table.cases), k); all > 0 {
		return min(all, r.options.Repeats)
	}
	return r.options.Repeats
}

func (r *robustness) leaveOut(k int) *Resampling {
	n := len(r.table.cases)
	result := &Resampling{Out: k, Choices: choices(n, k), Tried: r.tries(k)}
	var all [][]int
	if result.Tried == result.Choices {
		all = subsets(n, k)
	}
	answers := make([]answer, result.Tried)
	r.each(result.Tried, func(i int) {
		var out []int
		if all != nil {
			out = all[i]
		} else {
			out = r.random(1, i).Perm(n)[:k]
		}
		answers[i] = r.solve(r.table.without(out), r.settings)
	})
	index := make(map[string]int)
	result.Formulas = []FormulaCount{}
	for _, a := range answers {
		if a.key == r.initial.key {
			result.Same++
		}
		if len(a.models) == 0 {
			result.None++
		}
		for _, m := range a.models {
			text := m.String()
			at, known := index[text]
			if !known {
				at = len(result.Formulas)
				index[text] = at
				result.Formulas = append(result.Formulas, FormulaCount{Expression: m})
			}
			result.Formulas[at].Tries++
		}
	}
	slices.SortFunc(result.Formulas, func(a, b FormulaCount) int {
		return cmp.Or(cmp.Compare(b.Tries, a.Tries), cmp.Compare(a.Expression.String(), b.Expression.String()))
	})
	return result
}

// random is the source of one try of one test.
func (r *robustness) random(test uint64, try int) *rand.Rand {
	return rand.New(rand.NewPCG(r.options.Seed, test<<48|uint64(try)))
}

// choices is n over k, or 0 where that is above a billion.
func choices(n, k int) int {
	c := 1
	for i := range k {
		if c = c * (n - i) / (i + 1); c > 1e9 {
			return 0
		}
	}
	return c
}

// subsets lists the ways to choose k of 0 to n-1.
func subsets(n, k int) [][]int {
	var list [][]int
	var choose func(from int, chosen []int)
	choose = func(from int, chosen []int) {
		if len(chosen) == k {
			list = append(list, slices.Clone(chosen))
			return
		}
		for i := from; i < n; i++ {
			choose(i+1, append(chosen, i))
		}
	}
	choose(0, nil)
	return list
}

// Permutation says how often an outcome that has nothing to do with the
// conditions, the same one dealt out to the cases at random, does as well. With
// t tries, m of which did, a share is (m+1) / (t+1) (Davison and Hinkley 1997).
type Permutation struct {
	Expression Expression `json:"expression"`
	Tries      int        `json:"tries"`
	// Formula: this very formula fits the dealt outcome at least as well, by
	// inclusion and coverage (Braumoeller 2015).
	Formula float64 `json:"p_formula"`
	// Search: minimising the dealt outcome finds some formula that fits it at
	// least as well with no more terms and literals. It takes the search for the
	// formula into account; near 1, the data cannot tell the result from chance.
	Search float64 `json:"p_search"`
}

func (r *robustness) permutations() []Permutation {
	tests := make([]Permutation, len(r.initial.models))
	members := make([][]float64, len(tests))
	fits := make([]Fit, len(tests))
	for i, m := range r.initial.models {
		tests[i] = Permutation{Expression: m, Tries: r.options.Repeats}
		members[i], fits[i] = r.truth.memberships(m), r.truth.fitOf(m)
	}
	rows := r.truth.rowMemberships()
	formula, search := make([][]bool, r.options.Repeats), make([][]bool, r.options.Repeats)
	r.each(r.options.Repeats, func(try int) {
		dealt := r.dealt(try, rows)
		y := make([]float64, len(r.truth.kept))
		for i, c := range r.truth.kept {
			y[i] = dealt.outcome[c]
		}
		found := r.minimize(dealt).models
		formula[try], search[try] = make([]bool, len(tests)), make([]bool, len(tests))
		for i, m := range r.initial.models {
			s := sumOf(members[i], y)
			formula[try][i] = s.fit().asGoodAs(fits[i])
			search[try][i] = slices.ContainsFunc(found, func(e Expression) bool {
				return len(e) <= len(m) && literals(e) <= literals(m) && dealt.fitOf(e).asGoodAs(fits[i])
			})
		}
	})
	for i := range tests {
		share := func(hits [][]bool) float64 {
			n := 1
			for _, h := range hits {
				if len(h) > 0 && h[i] {
					n++
				}
			}
			return float64(n) / float64(len(hits)+1)
		}
		tests[i].Formula, tests[i].Search = share(formula), share(search)
	}
	return tests
}

// dealt is the truth table with the outcomes of its cases dealt out anew.
func (r *robustness) dealt(try int, rows [][]float64) *TruthTable {
	order := r.random(2, try).Perm(len(r.truth.kept))
	tt := *r.truth
	tt.outcome = slices.Clone(r.truth.outcome)
	for i, c := range r.truth.kept {
		tt.outcome[c] = r.truth.outcome[r.truth.kept[order[i]]]
	}
	tt.Rows = slices.Clone(tt.Rows)
	for i := range tt.Rows {
		row := &tt.Rows[i]
		var s sums
		for j, c := range tt.kept {
			s.add(rows[i][j], tt.outcome[c])
		}
		row.Inclusion, row.PRI = s.inclusion(), s.pri()
		row.Output = tt.settings.output(row)
	}
	return &tt
}

// rowMemberships are the memberships of the kept cases in each row.
func (tt *TruthTable) rowMemberships() [][]float64 {
	members := tt.literalMemberships()
	rows := make([][]float64, len(tt.Rows))
	for i := range rows {
		rows[i] = slices.Repeat([]float64{1}, len(tt.kept))
		for c, v := range tt.Rows[i].Values {
			for j, x := range members[c][v] {
				rows[i][j] = min(rows[i][j], x)
			}
		}
	}
	return rows
}
