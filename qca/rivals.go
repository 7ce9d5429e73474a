package qca

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
)

// RivalOptions say where to look for rival explanations.
type RivalOptions struct {
	// Settings as for a truth table; Conditions is the pool to choose from,
	// empty for all columns but the outcome's.
	Settings
	// MaxConditions a subset may have; zero means 4.
	MaxConditions int
	// MaxSteps bounds the search; zero means 100 million.
	MaxSteps int
	// MaxTied is how many tied models of one subset are kept; zero means 1,000.
	MaxTied int
	// Progress, if given, is called with the number of subsets looked at of all.
	Progress func(Progress)
}

// Rivals is what every choice of conditions would have found.
type Rivals struct {
	Outcome       string   `json:"outcome"`
	Conditions    []string `json:"conditions"`
	MaxConditions int      `json:"max_conditions"`
	// Sizes counts the subsets by number of conditions, from 1.
	Sizes []SubsetCount `json:"sizes"`
	// Subsets are those without a contradictory row, by size and then in the
	// order of the pool.
	Subsets []RivalSubset `json:"subsets"`
	// Formulas are the minimal formulas of those subsets, most frequent first.
	Formulas []RivalFormula `json:"formulas"`
	// Complete: every subset was looked at and all its minimal formulas kept.
	Complete bool `json:"complete"`
}

// SubsetCount counts the condition subsets of one size.
type SubsetCount struct {
	Size int `json:"size"`
	// Subsets of this size, and those without a contradictory row.
	Subsets    int `json:"subsets"`
	Consistent int `json:"consistent"`
}

// RivalSubset is a subset of conditions without a contradictory row.
type RivalSubset struct {
	Conditions []string `json:"conditions"`
	// Formulas are indexes into the list of formulas.
	Formulas []int `json:"formulas"`
}

// RivalFormula is a minimal formula, parsimonious, of one or more subsets.
type RivalFormula struct {
	Expression Expression `json:"expression"`
	Conditions int        `json:"conditions"` // how many it uses
	// Subsets in which it is a minimal formula.
	Subsets int `json:"subsets"`
	Fit
}

// Rivals goes through all subsets of up to MaxConditions of the pool. A subset
// counts when no row of its truth table has cases on both sides of the outcome;
// its formulas are then its parsimonious models. Crisp and multi-value data
// share one list of prime implicants over all subsets; fuzzy data and
// frequency cuts above 1 take a truth table each.
func (t *Table) Rivals(ctx context.Context, o RivalOptions) (*Rivals, error) {
	search, err := t.rivalSearch(ctx, o)
	if err != nil {
		return nil, err
	}
	if search.sharesPrimes() {
		err = search.crisp()
	} else {
		err = search.byTable(search.minimal)
	}
	if err != nil {
		return nil, err
	}
	return search.result(), nil
}

// rivalSearch carries what going through the subsets needs.
type rivalSearch struct {
	table   *Table
	options RivalOptions
	whole   *TruthTable // on the whole pool
	limits  *limits
	meter   *meter
	sizes   []SubsetCount
	subsets []RivalSubset
	list    []RivalFormula
	index   map[string]int // of a formula in list, by its text
	cut     bool           // some subset had more tied models than MaxTied
}

func (t *Table) rivalSearch(ctx context.Context, o RivalOptions) (*rivalSearch, error) {
	o.MaxConditions = cmp.Or(o.MaxConditions, 4)
	o.MaxSteps = cmp.Or(o.MaxSteps, 100_000_000)
	o.MaxTied = cmp.Or(o.MaxTied, 1_000)
	if o.MaxConditions < 1 {
		return nil, &InputError{Problem: fmt.Sprintf("at most %d conditions", o.MaxConditions), Remedy: "give a number from 1"}
	}
	whole, err := t.TruthTable(o.Settings)
	if err != nil {
		return nil, err
	}
	o.Settings = whole.settings
	o.MaxConditions = min(o.MaxConditions, len(o.Conditions))
	subsets := 0
	for size := 1; size <= o.MaxConditions; size++ {
		subsets += choices(len(o.Conditions), size)
	}
	return &rivalSearch{table: t, options: o, whole: whole, index: make(map[string]int), subsets: []RivalSubset{},
		limits: &limits{ctx: ctx, steps: o.MaxSteps, results: maxCovers}, meter: newMeter(o.Progress, stageSubsets, subsets)}, nil
}

// sharesPrimes reports whether a prime implicant of the pool is one of every
// subset that has its conditions, so that one list serves all.
func (s *rivalSearch) sharesPrimes() bool {
	fuzzy := slices.ContainsFunc(s.whole.Conditions, func(c Condition) bool { return c.Kind == Fuzzy })
	for _, c := range s.whole.kept {
		y := s.whole.outcome[c]
		fuzzy = fuzzy || y != 0 && y != 1
	}
	free := slices.ContainsFunc(s.whole.Conditions, func(c Condition) bool {
		return slices.ContainsFunc(s.table.columns[s.table.index[c.Name]].values, math.IsNaN)
	})
	return !fuzzy && !free && s.options.NCut == 1
}

// eachSubset calls do with every subset, as a mask over the pool, by size and
// then in the order of the pool, until it returns an error or a limit is
// reached. do reports whether the subset is consistent.
func (s *rivalSearch) eachSubset(do func(subset uint64) (consistent bool, err error)) error {
	for size := 1; size <= s.options.MaxConditions; size++ {
		count := SubsetCount{Size: size}
		var each func(from, left int, subset uint64) error
		each = func(from, left int, subset uint64) error {
			if left == 0 {
				if !s.limits.step() {
					return nil
				}
				consistent, err := do(subset)
				s.meter.advance()
				count.Subsets++
				if consistent {
					count.Consistent++
				}
				return err
			}
			for i := from; i <= len(s.whole.Conditions)-left && !s.limits.stopped; i++ {
				if err := each(i+1, left-1, subset|1<<i); err != nil {
					return err
				}
			}
			return nil
		}
		if err := each(0, size, 0); err != nil {
			return err
		}
		s.sizes = append(s.sizes, count)
	}
	return nil
}

// names of the conditions in a subset.
func (s *rivalSearch) names(subset uint64) []string {
	var names []string
	for i, c := range s.whole.Conditions {
		if subset>>i&1 != 0 {
			names = append(names, c.Name)
		}
	}
	return names
}

// add counts one more subset for a formula and returns its index.
func (s *rivalSearch) add(e Expression) int {
	text := e.String()
	i, known := s.index[text]
	if !known {
		i = len(s.list)
		s.index[text] = i
		s.list = append(s.list, RivalFormula{Expression: e, Conditions: len(e.Conditions()), Fit: s.whole.fitOf(e)})
	}
	s.list[i].Subsets++
	return i
}

// result orders the formulas: in most subsets first, then with fewest
// conditions, then by text.
func (s *rivalSearch) result() *Rivals {
	order := upTo(len(s.list))
	slices.SortFunc(order, func(a, b int) int {
		x, y := s.list[a], s.list[b]
		return cmp.Or(cmp.Compare(y.Subsets, x.Subsets), cmp.Compare(x.Conditions, y.Conditions),
			cmp.Compare(len(x.Expression), len(y.Expression)), cmp.Compare(a, b))
	})
	r := &Rivals{Outcome: s.whole.Outcome, Conditions: s.options.Conditions, MaxConditions: s.options.MaxConditions,
		Sizes: s.sizes, Subsets: s.subsets, Formulas: make([]RivalFormula, len(order)), Complete: !s.limits.stopped && !s.cut}
	place := make([]int, len(order))
	for to, from := range order {
		r.Formulas[to], place[from] = s.list[from], to
	}
	for _, subset := range r.Subsets {
		for i, f := range subset.Formulas {
			subset.Formulas[i] = place[f]
		}
		slices.Sort(subset.Formulas)
	}
	return r
}
