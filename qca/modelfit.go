package qca

import (
	"math/bits"
	"slices"
)

// termMembership is a prime implicant's term, and the kept cases that are in
// it at all with their memberships.
type termMembership struct {
	term    TermFit
	cases   []int32
	members []float64
}

// mainTerms is, for each kept case, the term in which it has the highest
// membership, that membership, and the highest in any other term.
type mainTerms struct {
	term          []int32 // -1 where it is in none
	first, second []float64
}

func newMainTerms(cases int) *mainTerms {
	m := &mainTerms{make([]int32, cases), make([]float64, cases), make([]float64, cases)}
	for i := range m.term {
		m.term[i] = -1
	}
	return m
}

func (m *mainTerms) copyFrom(other *mainTerms) {
	copy(m.term, other.term)
	copy(m.first, other.first)
	copy(m.second, other.second)
}

func (m *mainTerms) add(number int32, t *termMembership) {
	for j, c := range t.cases {
		switch x := t.members[j]; {
		case x > m.first[c]:
			m.term[c], m.first[c], m.second[c] = number, x, m.first[c]
		case x > m.second[c]:
			m.second[c] = x
		}
	}
}

// modelFits computes the figures of models. The prime implicants that alone
// cover a row are in all of them and are looked at once.
type modelFits struct {
	*minimization
	terms   map[int]*termMembership
	members [][][]float64 // by condition, value and kept case
	sole    *mainTerms    // of the prime implicants in every model
	current *mainTerms
	lost    []float64
}

func (m *minimization) modelFits() *modelFits {
	f := &modelFits{minimization: m, terms: make(map[int]*termMembership), members: m.tt.literalMemberships(),
		sole: newMainTerms(len(m.tt.kept)), current: newMainTerms(len(m.tt.kept))}
	for _, prime := range m.sole {
		f.sole.add(int32(prime), f.membership(prime))
	}
	f.lost = make([]float64, len(m.primes.cubes))
	return f
}

// model computes the figures of one model. Unique coverage is what the sum of
// min(x,y) would lose: for each case, through its main term only.
func (f *modelFits) model(list []int) Model {
	model := Model{Uncovered: []string{}, Expression: make(Expression, len(list)), Terms: make([]TermFit, len(list))}
	f.current.copyFrom(f.sole)
	for i, prime := range list {
		t := f.membership(prime)
		model.Expression[i], model.Terms[i] = t.term.Expression, t.term
		f.lost[prime] = 0
		if _, counted := slices.BinarySearch(f.minimization.sole, prime); !counted {
			f.current.add(int32(prime), t)
		}
	}
	var whole sums
	for i, c := range f.tt.kept {
		x, y := f.current.first[i], f.tt.outcome[c]
		whole.add(x, y)
		if term := f.current.term[i]; term >= 0 {
			f.lost[term] += min(x, y) - min(f.current.second[i], y)
		}
		if y > 0.5 && x <= 0.5 {
			model.Uncovered = append(model.Uncovered, f.tt.table.cases[c])
		}
	}
	for i, prime := range list {
		model.Terms[i].UniqueCoverage = ratio(f.lost[prime], whole.y)
	}
	model.Fit = whole.fit()
	return model
}

// membership returns a prime implicant's term and memberships, computed once.
func (f *modelFits) membership(prime int) *termMembership {
	if known := f.terms[prime]; known != nil {
		return known
	}
	cube := f.primes.cubes[prime]
	t := &termMembership{term: TermFit{Expression: f.term(cube), Cases: []string{}, Deviant: []string{}}}
	var s sums
	for i, x := range f.caseMemberships(cube) {
		c := f.tt.kept[i]
		y := f.tt.outcome[c]
		s.add(x, y)
		if x > 0 {
			t.cases, t.members = append(t.cases, int32(i)), append(t.members, x)
		}
		if x > 0.5 {
			t.term.Cases = append(t.term.Cases, f.tt.table.cases[c])
			if y < 0.5 {
				t.term.Deviant = append(t.term.Deviant, f.tt.table.cases[c])
			}
		}
	}
	t.term.Inclusion, t.term.PRI, t.term.RawCoverage = s.inclusion(), s.pri(), s.coverage()
	f.terms[prime] = t
	return t
}

// caseMemberships is each kept case's membership in a cube.
func (f *modelFits) caseMemberships(c cube) []float64 {
	least := make([]float64, len(f.tt.kept))
	for i := range least {
		least[i] = 1
	}
	for rest := c.fixed; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		for j, x := range f.members[i][f.task.codes.value(int(c.row), i)] {
			least[j] = min(least[j], x)
		}
	}
	return least
}
