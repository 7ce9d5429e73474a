package qca

import "math/bits"

// crisp goes through the subsets of crisp or multi-value data. An implicant is
// one whatever the subset, as long as the subset has its conditions, so the
// prime implicants are found once, up to the size of the largest subset. A
// subset is consistent exactly when those within it cover every positive
// configuration.
func (s *rivalSearch) crisp() error {
	positive, negative := s.sides()
	t := s.whole.task(positive, negative)
	t.limits = s.limits
	pool := t.parsimonious(s.options.MaxConditions)
	m := &minimization{tt: s.whole, task: t, positive: positive, primes: newPrimes(t.positives)}
	m.options.MaxModels = s.options.MaxTied
	return s.eachSubset(func(subset uint64) (bool, error) {
		m.primes.takeWithin(pool, subset)
		if !m.primes.coverAll(t.positives) {
			return false, nil
		}
		m.cover(s.limits)
		s.cut = s.cut || !m.complete()
		found := RivalSubset{Conditions: s.names(subset), Formulas: make([]int, len(m.lists))}
		for i, list := range m.lists {
			found.Formulas[i] = s.add(m.terms(list))
		}
		s.subsets = append(s.subsets, found)
		return true, nil
	})
}

// takeWithin makes p the list of the other's cubes that fix only conditions of
// the subset.
func (p *primes) takeWithin(other *primes, subset uint64) {
	p.cubes, p.cover = p.cubes[:0], p.cover[:0]
	for i, c := range other.cubes {
		if c.fixed&^subset == 0 {
			p.cubes = append(p.cubes, c)
			p.cover = append(p.cover, other.at(i)...)
		}
	}
}

// coverAll reports whether the cubes together cover every positive.
func (p *primes) coverAll(positives int) bool {
	for w := range p.words {
		var covered uint64
		for i := w; i < len(p.cover); i += p.words {
			covered |= p.cover[i]
		}
		inWord := min(64, positives-64*w)
		if bits.OnesCount64(covered) < inWord {
			return false
		}
	}
	return true
}

// sides returns the numbers of the pool's rows with a case in the outcome, and
// of those with a case out of it. A mixed row is on both sides: then no subset
// is consistent.
func (s *rivalSearch) sides() (positive, negative []uint64) {
	for i := range s.whole.Rows {
		row := &s.whole.Rows[i]
		if row.InOutcome > 0 {
			positive = append(positive, row.Number)
		}
		if len(row.Deviant) > 0 {
			negative = append(negative, row.Number)
		}
	}
	return positive, negative
}
