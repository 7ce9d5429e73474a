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
	sole     []int // prime implicants that alone cover some positive row
	problem  *coverProblem
	covers   covers
	lists    [][]int // models, as lists of prime implicants
	count    uint64  // of models, listed or not
	exact    bool    // the count is not just a lower bound
	fits     map[int]*termMembership
}

// termMembership is a prime implicant's term with each kept case's membership.
type termMembership struct {
	term    TermFit
	members []float64
}

func (m *minimization) solution() *Solution {
	s := &Solution{Outcome: m.tt.Outcome, Conditions: m.tt.settings.Conditions, Kind: m.options.Solution,
		ModelCount: m.count, ModelCountExact: m.exact, Complete: m.complete(), ProvedMinimal: m.covers.proved && !m.task.limits.stopped,
		PrimeCount: len(m.primes.cubes), PrimeImplicants: m.terms(upTo(min(len(m.primes.cubes), m.options.MaxPrimesListed))), SoleCover: m.terms(m.sole), Essential: m.terms(m.shared())}
	room := m.options.MaxAssumptions
	for _, list := range m.lists {
		model := m.model(list)
		model.SimplifyingAssumptions, model.AssumptionsListed = m.assumptions(list, room)
		room -= len(model.SimplifyingAssumptions)
		s.Models = append(s.Models, model)
	}
	return s
}

// complete reports whether every prime implicant was found and every model listed.
func (m *minimization) complete() bool { return m.exact && uint64(len(m.lists)) == m.count }

// shared returns the prime implicants that are in every minimum cover.
func (m *minimization) shared() []int {
	p, c := m.problem, m.covers
	shared := slices.Clone(m.sole)
	if c.all {
		times := make([]int, len(p.classes))
		for _, cover := range c.list {
			for _, class := range cover {
				times[class]++
			}
		}
		for class, n := range times {
			if n == len(c.list) && len(p.classes[class]) == 1 {
				shared = append(shared, p.classes[class][0])
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

// expand turns covers into models: one prime implicant for each class in every
// way, and those that alone cover a row. It lists up to MaxModels and counts
// all, as far as the count can be held.
func (m *minimization) expand() {
	m.lists, m.count, m.exact = nil, 0, m.covers.all && !m.task.limits.stopped
	for _, cover := range m.covers.list {
		ways := uint64(1)
		for _, class := range cover {
			over, product := bits.Mul64(ways, uint64(len(m.problem.classes[class])))
			if over != 0 {
				m.exact, product = false, math.MaxUint64
			}
			ways = product
		}
		sum, carry := bits.Add64(m.count, ways, 0)
		if carry != 0 {
			m.exact, sum = false, math.MaxUint64
		}
		m.count = sum
		m.choose(cover, slices.Clone(m.sole))
	}
	slices.SortFunc(m.lists, m.compareModels)
}

// choose lists the models that take one prime implicant of each class.
func (m *minimization) choose(cover, chosen []int) {
	if len(m.lists) >= m.options.MaxModels {
		return
	}
	if len(cover) == 0 {
		m.lists = append(m.lists, slices.Sorted(slices.Values(chosen)))
		return
	}
	for _, prime := range m.problem.classes[cover[0]] {
		m.choose(cover[1:], append(chosen, prime))
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

// model computes the figures of one model.
func (m *minimization) model(list []int) Model {
	parts := make([]*termMembership, len(list))
	model := Model{Uncovered: []string{}}
	for i, prime := range list {
		parts[i] = m.membership(prime)
		model.Expression = append(model.Expression, parts[i].term.Expression)
		model.Terms = append(model.Terms, parts[i].term)
	}
	lost := make([]float64, len(list))
	var whole sums
	for i, c := range m.tt.kept {
		y := m.tt.outcome[c]
		x := addLosses(parts, i, y, lost)
		whole.add(x, y)
		if y > 0.5 && x <= 0.5 {
			model.Uncovered = append(model.Uncovered, m.tt.table.cases[c])
		}
	}
	for i := range model.Terms {
		model.Terms[i].UniqueCoverage = ratio(lost[i], whole.y)
	}
	model.Fit = whole.fit()
	return model
}

// addLosses returns a case's membership in the model and adds, for the one
// term that its membership rests on, what sum min(x,y) would lose without it.
func addLosses(parts []*termMembership, i int, y float64, lost []float64) float64 {
	best, first, second := -1, 0.0, 0.0
	for p, part := range parts {
		switch x := part.members[i]; {
		case x > first:
			best, first, second = p, x, first
		case x > second:
			second = x
		}
	}
	if best >= 0 {
		lost[best] += min(first, y) - min(second, y)
	}
	return first
}

// membership returns a prime implicant's term and memberships, computed once.
func (m *minimization) membership(prime int) *termMembership {
	if known := m.fits[prime]; known != nil {
		return known
	}
	if m.fits == nil {
		m.fits = make(map[int]*termMembership)
	}
	t := &termMembership{members: make([]float64, len(m.tt.kept))}
	t.term = TermFit{Expression: m.term(m.primes.cubes[prime]), Cases: []string{}, Deviant: []string{}}
	var s sums
	for i, c := range m.tt.kept {
		x, y := m.tt.membership(t.term.Expression, c), m.tt.outcome[c]
		t.members[i] = x
		s.add(x, y)
		if x > 0.5 {
			t.term.Cases = append(t.term.Cases, m.tt.table.cases[c])
			if y < 0.5 {
				t.term.Deviant = append(t.term.Deviant, m.tt.table.cases[c])
			}
		}
	}
	t.term.Inclusion, t.term.PRI, t.term.RawCoverage = s.inclusion(), s.pri(), s.coverage()
	m.fits[prime] = t
	return t
}

// upTo returns 0 to n-1.
func upTo(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}
