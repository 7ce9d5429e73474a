package qca

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Pair is a conservative and a parsimonious model between which an
// intermediate solution lies (Ragin and Sonnett 2005).
type Pair struct {
	// Name numbers the two models from 1, such as C1P2.
	Name         string     `json:"name"`
	Conservative Expression `json:"conservative"`
	Parsimonious Expression `json:"parsimonious"`
	// Easy counterfactuals: numbers of the remainders that the expectations
	// allow and that were used. Difficult ones: the other simplifying
	// assumptions of the parsimonious model.
	Easy      []uint64 `json:"easy_counterfactuals"`
	Difficult []uint64 `json:"difficult_counterfactuals"`
	// DifficultListed is false where there are too many difficult ones to list.
	DifficultListed bool `json:"difficult_listed"`
	// Models are the expressions of the pair's intermediate models.
	Models []Expression `json:"models"`
	// Skipped: the pair has more easy counterfactuals than
	// Options.MaxAssumptions, and was not minimised.
	Skipped bool `json:"skipped"`
}

// between carries what the pairs of a conservative and a parsimonious solution
// share.
type between struct {
	ctx         context.Context
	c, p        *minimization
	expect      []expectation
	whole       *Solution
	known       map[string]*Solution // by easy counterfactuals
	assumptions map[int][]uint64     // of parsimonious models
}

// intermediate solves every pair: a conservative term inside a parsimonious
// one loses the literals that the latter lacks and that contradict an
// expectation; the rows this adds are the easy counterfactuals, and they are
// the only remainders in a minimisation of their own.
func (tt *TruthTable) intermediate(ctx context.Context, o Options, positive, forbidden []uint64) (*Solution, error) {
	expect, err := tt.expectations(o.Expect)
	if err != nil {
		return nil, err
	}
	b := &between{ctx: ctx, expect: expect, known: make(map[string]*Solution), assumptions: make(map[int][]uint64)}
	solve := func(ctx context.Context, kind SolutionKind) *minimization {
		m := &minimization{tt: tt, options: o, task: tt.task(positive, forbidden), positive: positive}
		m.options.Solution = kind
		m.run(ctx)
		return m
	}
	b.c, b.p = solve(ctx, Conservative), parsimoniousInHalf(ctx, solve)
	b.whole = &Solution{Outcome: tt.Outcome, Conditions: tt.settings.Conditions, Kind: Intermediate,
		Complete: b.c.complete() && b.p.complete(), ProvedMinimal: b.c.proved() && b.p.proved(), ModelCountExact: true, Pairs: []Pair{},
		Models: []Model{}, PrimeImplicants: []Term{}}
	pairs := newMeter(o.Progress, stagePairs, len(b.c.lists)*len(b.p.lists))
	for i := range b.c.lists {
		for j := range b.p.lists {
			b.solve(i, j)
			pairs.advance()
		}
	}
	b.finish()
	return b.whole, nil
}

// parsimoniousInHalf searches the parsimonious models for at most half of the
// time left, so that the pairs get the rest.
func parsimoniousInHalf(ctx context.Context, solve func(context.Context, SolutionKind) *minimization) *minimization {
	if deadline, limited := ctx.Deadline(); limited {
		half, cancel := context.WithDeadline(ctx, deadline.Add(-time.Until(deadline)/2))
		defer cancel()
		ctx = half
	}
	return solve(ctx, Parsimonious)
}

// solve adds the pair of conservative model i and parsimonious model j. Once
// the time is over, further pairs are left out rather than half done.
func (b *between) solve(i, j int) {
	if len(b.whole.Pairs) >= b.c.options.MaxModels {
		b.whole.Complete, b.whole.ModelCountExact = false, false
		return
	}
	if len(b.whole.Pairs) > 0 && b.ctx.Err() != nil {
		b.whole.Complete, b.whole.ModelCountExact, b.whole.ProvedMinimal = false, false, false
		return
	}
	pair := Pair{Name: fmt.Sprintf("C%dP%d", i+1, j+1), Conservative: b.c.terms(b.c.lists[i]), Parsimonious: b.p.terms(b.p.lists[j])}
	easy, ok := b.easy(b.c.lists[i], b.p.lists[j])
	difficult, listed := b.difficult(j, easy)
	pair.Easy, pair.Difficult, pair.DifficultListed, pair.Models, pair.Skipped = easy, difficult, listed, []Expression{}, !ok
	if pair.Skipped {
		b.whole.Complete, b.whole.ModelCountExact, b.whole.ProvedMinimal = false, false, false
	} else {
		for _, m := range b.minimize(easy).Models {
			pair.Models = append(pair.Models, m.Expression)
			b.add(m, pair.Name)
		}
	}
	b.whole.Pairs = append(b.whole.Pairs, pair)
}

// easy lists the rows that the shortened conservative terms add, in order, or
// reports false where there are more than MaxAssumptions.
func (b *between) easy(conservative, parsimonious []int) (rows []uint64, ok bool) {
	codes, marks := b.c.task.codes, newRowMarks(b.c.tt.Possible)
	for _, ci := range conservative {
		c := b.c.primes.cubes[ci]
		loses := against(b.expect, codes, c)
		for _, pi := range parsimonious {
			p := b.p.primes.cubes[pi]
			inside := p.fixed&^c.fixed == 0 && codes.diff(int(c.row), int(p.row))&p.fixed == 0
			if !inside || loses&^p.fixed == 0 {
				continue
			}
			shorter := cube{c.fixed &^ (loses &^ p.fixed), c.row}
			if b.c.covered(shorter, b.c.options.MaxAssumptions) < 0 {
				return []uint64{}, false
			}
			marks.add(b.c.coveredRows(shorter))
		}
	}
	for _, number := range b.c.positive {
		marks.drop(number)
	}
	if marks.count() > b.c.options.MaxAssumptions {
		return []uint64{}, false
	}
	return marks.numbers(), true
}

// difficult lists the assumptions of parsimonious model j that are not easy.
func (b *between) difficult(j int, easy []uint64) (rows []uint64, listed bool) {
	all, known := b.assumptions[j]
	if !known {
		if all, listed = b.p.assumptions(b.p.lists[j], b.p.options.MaxAssumptions); !listed {
			return []uint64{}, false
		}
		b.assumptions[j] = all
	}
	rows = []uint64{}
	for _, number := range all {
		if _, isEasy := slices.BinarySearch(easy, number); !isEasy {
			rows = append(rows, number)
		}
	}
	return rows, true
}

// minimize solves the positive rows with the easy counterfactuals as the only
// remainders; pairs with the same ones share the answer.
func (b *between) minimize(easy []uint64) *Solution {
	key := fmt.Sprint(easy)
	if s := b.known[key]; s != nil {
		return s
	}
	m := &minimization{tt: b.c.tt, options: b.c.options, task: b.c.tt.task(b.c.positive, nil), positive: b.c.positive}
	m.options.Solution, m.options.Progress = Intermediate, nil
	for _, number := range easy {
		m.task.codes.add(b.c.tt.RowValues(number))
	}
	m.run(b.ctx)
	s := m.solution()
	b.known[key] = s
	b.whole.Complete = b.whole.Complete && s.Complete
	b.whole.ProvedMinimal = b.whole.ProvedMinimal && s.ProvedMinimal
	b.whole.ModelCountExact = b.whole.ModelCountExact && s.ModelCountExact
	b.whole.PrimeImplicants = appendNew(b.whole.PrimeImplicants, s.PrimeImplicants)
	return s
}

func appendNew(list, more []Term) []Term {
	for _, t := range more {
		if !slices.ContainsFunc(list, func(known Term) bool { return known.String() == t.String() }) {
			list = append(list, t)
		}
	}
	return list
}

// add lists a model once and notes the pair.
func (b *between) add(m Model, pair string) {
	text := m.Expression.String()
	at := slices.IndexFunc(b.whole.Models, func(known Model) bool { return known.Expression.String() == text })
	if at < 0 {
		m.Pairs = nil
		at = len(b.whole.Models)
		b.whole.Models = append(b.whole.Models, m)
	}
	b.whole.Models[at].Pairs = append(b.whole.Models[at].Pairs, pair)
}

// finish fills what all pairs together say.
func (b *between) finish() {
	w := b.whole
	w.PrimeCount = len(w.PrimeImplicants)
	w.ModelCount = uint64(len(w.Models))
	w.ModelCountExact = w.ModelCountExact && w.Complete
	w.Essential, w.SoleCover = []Term{}, []Term{}
	for _, t := range w.PrimeImplicants {
		text := t.String()
		everywhere := !slices.ContainsFunc(w.Models, func(m Model) bool {
			return !slices.ContainsFunc(m.Expression, func(other Term) bool { return other.String() == text })
		})
		if everywhere && w.Complete && len(w.Models) > 0 {
			w.Essential = append(w.Essential, t)
		}
	}
}
