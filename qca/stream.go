package qca

import (
	"context"
	"math"
)

// EachPrimeImplicant calls yield with every prime implicant of a conservative
// or parsimonious solution, in no particular but always the same order, until
// it returns false. It reports whether it came to the end: yield, the context
// and Options.MaxSteps can stop it. Parsimonious ones are not kept, so that
// there may be more than memory holds.
func (tt *TruthTable) EachPrimeImplicant(ctx context.Context, o Options, yield func(Term) bool) (complete bool, err error) {
	o = o.withDefaults()
	if o.Solution == Intermediate {
		return false, &InputError{Problem: "an intermediate solution has prime implicants by pair", Remedy: "minimise, or ask for another solution"}
	}
	positive, forbidden, err := tt.split(o)
	if err != nil {
		return false, err
	}
	m := &minimization{tt: tt, options: o, task: tt.task(positive, forbidden), positive: positive}
	m.task.limits = &limits{ctx: ctx, steps: o.MaxSteps, results: math.MaxInt}
	if o.Solution == Parsimonious {
		return m.task.each(func(c cube) bool { return yield(m.term(c)) }), nil
	}
	for _, c := range m.task.conservative().cubes {
		if !yield(m.term(c)) {
			return false, nil
		}
	}
	return !m.task.limits.stopped, nil
}

// each calls yield with every parsimonious prime implicant once: from the
// first positive that it covers.
func (t *task) each(yield func(cube) bool) (complete bool) {
	differ := make([]uint64, t.positives)
	family := make([]uint64, t.forbidden)
	var search hittingSets
	for p := range t.positives {
		family = family[:t.forbidden]
		t.codes.differences(differ, p, 0)
		t.codes.differences(family, p, t.positives)
		first := func(fixed uint64) bool {
			c := firstCovered(fixed, differ)
			return int(c.row) != p || yield(c)
		}
		if !search.run(family, first, t.limits.step) {
			return false
		}
	}
	return true
}
