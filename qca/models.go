package qca

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// minimization is one task on its way from prime implicants to models.
type minimization struct {
	tt       *TruthTable
	options  Options
	task     *task
	positive []uint64 // numbers of the rows to cover, in order
	primes   *primes
	sole     []int    // prime implicants that alone cover some positive row
	covers   []covers // by component of the chart
	lists    [][]int  // models, as lists of prime implicants
	count    uint64   // of models, listed or not
	exact    bool     // the count is not just a lower bound
}

func (m *minimization) solution() *Solution {
	sole, shared := m.sole, m.shared()
	if m.task.limits.stopped { // prime implicants not found may do instead
		sole, shared = nil, nil
	}
	s := &Solution{Outcome: m.tt.Outcome, Conditions: m.tt.settings.Conditions, Kind: m.options.Solution,
		ModelCount: m.count, ModelCountExact: m.exact, Complete: m.complete(), ProvedMinimal: m.proved(),
		PrimeCount: len(m.primes.cubes), PrimeImplicants: m.terms(upTo(min(len(m.primes.cubes), m.options.MaxPrimesListed))), SoleCover: m.terms(sole), Essential: m.terms(shared)}
	room, fits := m.options.MaxAssumptions, m.modelFits()
	for _, list := range m.lists {
		model := fits.model(list)
		model.SimplifyingAssumptions, model.AssumptionsListed = m.assumptions(list, room)
		if room -= len(model.SimplifyingAssumptions); !model.AssumptionsListed {
			room = 0 // from the first list that does not fit on, none is made
		}
		s.Models = append(s.Models, model)
	}
	return s
}

// complete reports whether every prime implicant was found and every model listed.
func (m *minimization) complete() bool { return m.exact && uint64(len(m.lists)) == m.count }

// proved reports whether no model has fewer terms.
func (m *minimization) proved() bool {
	return !m.task.limits.stopped && !slices.ContainsFunc(m.covers, func(c covers) bool { return !c.proved })
}

// shared returns the prime implicants that are in every model.
func (m *minimization) shared() []int {
	shared := slices.Clone(m.sole)
	for _, c := range m.covers {
		if !c.all {
			continue
		}
		times := make(map[int32]int)
		for _, cover := range c.list {
			for _, class := range cover {
				times[class]++
			}
		}
		for class, n := range times {
			if members := c.problem.classes[class]; n == len(c.list) && len(members) == 1 {
				shared = append(shared, int(members[0]))
			}
		}
	}
	slices.Sort(shared)
	return shared
}

// terms spells out the listed prime implicants.
func (m *minimization) terms(list []int) Expression {
	terms := make(Expression, len(list))
	for i, prime := range list {
		terms[i] = m.term(m.primes.cubes[prime])
	}
	return terms
}

// term spells a cube out.
func (m *minimization) term(c cube) Term {
	term := make(Term, 0, bits.OnesCount64(c.fixed))
	for rest := c.fixed; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		term = append(term, m.tt.Conditions[i].literal(m.task.codes.value(int(c.row), i)))
	}
	return term
}

// expand turns covers into models: one cover of each component in every way,
// one prime implicant for each of its classes in every way, and those that
// alone cover a row. It lists up to MaxModels, minimal ones first, and counts
// all, as far as the count can be held.
func (m *minimization) expand() {
	m.count, m.exact = 1, !m.task.limits.stopped
	for _, c := range m.covers {
		m.exact = m.exact && c.all
		sum := uint64(0)
		for _, cover := range c.list {
			ways := uint64(1)
			for _, class := range cover {
				ways = m.product(ways, uint64(len(c.problem.classes[class])))
			}
			var carry uint64
			if sum, carry = bits.Add64(sum, ways, 0); carry != 0 {
				m.exact, sum = false, math.MaxUint64
			}
		}
		m.count = m.product(m.count, sum)
	}
	m.lists = nil
	m.combine(0, slices.Clone(m.sole), true, true)
	if m.options.AllModels {
		m.combine(0, slices.Clone(m.sole), false, true)
	}
	slices.SortFunc(m.lists, m.compareModels)
}

// product multiplies, or says that the count cannot be held.
func (m *minimization) product(a, b uint64) uint64 {
	over, product := bits.Mul64(a, b)
	if over != 0 {
		m.exact, product = false, math.MaxUint64
	}
	return product
}

// combine adds a cover of each component from one on to the chosen prime
// implicants: minimum ones only, or not all of them minimum ones.
func (m *minimization) combine(component int, chosen []int, minimum, soFar bool) {
	if component == len(m.covers) {
		if minimum == soFar && len(m.lists) < m.options.MaxModels {
			m.lists = append(m.lists, slices.Sorted(slices.Values(chosen)))
		}
		return
	}
	c := m.covers[component]
	for _, cover := range c.list {
		isLeast := len(cover) == len(c.list[0])
		if len(m.lists) >= m.options.MaxModels || minimum && !isLeast {
			return
		}
		m.choose(c.problem.classes, cover, chosen, func(chosen []int) { m.combine(component+1, chosen, minimum, soFar && isLeast) })
	}
}

// choose calls do with every way to add one prime implicant of each class.
func (m *minimization) choose(classes [][]int32, cover []int32, chosen []int, do func(chosen []int)) {
	if len(cover) == 0 {
		do(chosen)
		return
	}
	for _, prime := range classes[cover[0]] {
		if len(m.lists) < m.options.MaxModels {
			m.choose(classes, cover[1:], append(chosen, int(prime)), do)
		}
	}
}

// compareModels orders by number of terms, then of literals, then by prime
// implicants.
func (m *minimization) compareModels(a, b []int) int {
	return cmp.Or(len(a)-len(b), m.literals(a)-m.literals(b), slices.Compare(a, b))
}

func (m *minimization) literals(list []int) int {
	n := 0
	for _, prime := range list {
		n += bits.OnesCount64(m.primes.cubes[prime].fixed)
	}
	return n
}

// upTo returns 0 to n-1.
func upTo(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}
