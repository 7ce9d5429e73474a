package qca

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// NecessityOptions say what counts as necessary and where to look.
type NecessityOptions struct {
	// Inclusion of necessity to reach; zero means 0.9. Coverage and Relevance to
	// reach as well; zero asks nothing.
	Inclusion, Coverage, Relevance float64
	// MaxLiterals of an expression; zero means any number.
	MaxLiterals int
	// MaxSteps bounds the search; zero means 100 million. MaxListed bounds each
	// list; zero means 10,000.
	MaxSteps, MaxListed int
	// Progress, if given, is called every few thousand steps.
	Progress func(Progress)
}

// Necessary is what is necessary for an outcome.
type Necessary struct {
	Outcome string `json:"outcome"`
	// Conjunctions that reach the cuts, single conditions first: every part of
	// one reaches the inclusion cut as well.
	Conjunctions []NecessityFit `json:"conjunctions"`
	// Disjunctions of two conditions or more that reach the cuts, and of which
	// no part reaches the inclusion cut. They need an argument for what their
	// conditions have in common (SUIN conditions).
	Disjunctions []NecessityFit `json:"disjunctions"`
	// Complete: everything was looked at and listed.
	Complete bool `json:"complete"`
}

// Necessary finds every conjunction and every minimal disjunction of the
// truth table's conditions that is necessary for the outcome, each condition
// at most once in each (superSubset of the R package QCA).
func (tt *TruthTable) Necessary(ctx context.Context, o NecessityOptions) (*Necessary, error) {
	o.Inclusion = cmp.Or(o.Inclusion, 0.9)
	if !(o.Inclusion > 0 && o.Inclusion <= 1) || !(o.Coverage >= 0 && o.Coverage <= 1) || !(o.Relevance >= 0 && o.Relevance <= 1) {
		return nil, &InputError{Problem: "a cut lies outside 0 to 1", Remedy: fmt.Sprintf("give cuts from 0 to 1, not %g, %g, %g", o.Inclusion, o.Coverage, o.Relevance)}
	}
	o.MaxListed = cmp.Or(o.MaxListed, 10_000)
	s := &necessitySearch{tt: tt, options: o, limits: &limits{ctx: ctx, steps: cmp.Or(o.MaxSteps, 100_000_000), meter: newMeter(o.Progress, stageNecessity, 0)}}
	s.readLiterals()
	result := &Necessary{Outcome: tt.Outcome}
	whole := s.joined[0]
	for i := range whole {
		whole[i] = 1
	}
	result.Conjunctions = s.list(func() { s.conjunctions(0, whole) })
	clear(whole)
	result.Disjunctions = s.list(func() { s.disjunctions(0, whole) })
	result.Complete = !s.limits.stopped && !s.cut
	return result, nil
}

// necessitySearch goes through the expressions depth first. members holds the
// membership of every kept case in a literal.
type necessitySearch struct {
	tt      *TruthTable
	options NecessityOptions
	limits  *limits
	members [][][]float64 // by condition and value
	chosen  [][]float64   // memberships in the literals of term
	joined  [][]float64   // by number of literals: membership in them together
	spare   []float64
	term    Term
	found   []NecessityFit
	cut     bool // a list was cut
}

func (s *necessitySearch) readLiterals() {
	s.members = s.tt.literalMemberships()
	s.spare = make([]float64, len(s.tt.kept))
	for range len(s.members) + 1 {
		s.joined = append(s.joined, make([]float64, len(s.tt.kept)))
	}
}

// list runs a search and returns what it found, fewest conditions first.
func (s *necessitySearch) list(search func()) []NecessityFit {
	s.found, s.term, s.chosen = []NecessityFit{}, nil, nil
	search()
	literals := func(f NecessityFit) int { return len(f.Expression) + len(f.Expression[0]) }
	slices.SortStableFunc(s.found, func(a, b NecessityFit) int { return literals(a) - literals(b) })
	return s.found
}

// reaches reports whether the sum of min(x,y) over the sum of y reaches the cut.
func (s *necessitySearch) reaches(x []float64) bool {
	both, all := 0.0, 0.0
	for i, c := range s.tt.kept {
		y := s.tt.outcome[c]
		both += min(x[i], y)
		all += y
	}
	return ratio(both, all).AtLeast(s.options.Inclusion)
}

func (s *necessitySearch) deepEnough() bool {
	return s.options.MaxLiterals > 0 && len(s.term) >= s.options.MaxLiterals
}

// conjunctions extends a conjunction with memberships x by conditions from one on.
func (s *necessitySearch) conjunctions(from int, x []float64) {
	s.eachLiteral(from, func(c int, member []float64) {
		joined := s.joined[len(s.term)]
		for i, m := range member {
			joined[i] = min(x[i], m)
		}
		if s.reaches(joined) {
			s.add(Expression{slices.Clone(s.term)})
			s.conjunctions(c+1, joined)
		}
	})
}

// disjunctions extends a disjunction that does not reach the cut.
func (s *necessitySearch) disjunctions(from int, x []float64) {
	s.eachLiteral(from, func(c int, member []float64) {
		joined := s.joined[len(s.term)]
		for i, m := range member {
			joined[i] = max(x[i], m)
		}
		switch {
		case !s.reaches(joined):
			s.disjunctions(c+1, joined)
		case len(s.term) > 1 && s.minimal():
			whole := make(Expression, len(s.term))
			for i, l := range s.term {
				whole[i] = Term{l}
			}
			s.add(whole)
		}
	})
}

// eachLiteral calls do with every literal of the conditions from one on as the
// last of the chosen ones.
func (s *necessitySearch) eachLiteral(from int, do func(condition int, member []float64)) {
	if s.deepEnough() {
		return
	}
	for c := from; c < len(s.members); c++ {
		for v, member := range s.members[c] {
			if !s.limits.step() {
				return
			}
			s.term = append(s.term, s.tt.Conditions[c].literal(v))
			s.chosen = append(s.chosen, member)
			do(c, member)
			s.term, s.chosen = s.term[:len(s.term)-1], s.chosen[:len(s.chosen)-1]
		}
	}
}

// minimal reports whether the disjunction of the chosen literals fails the cut
// without any one of them. The last is known to be needed.
func (s *necessitySearch) minimal() bool {
	for left := range len(s.chosen) - 1 {
		clear(s.spare)
		for i, member := range s.chosen {
			if i == left {
				continue
			}
			for j, m := range member {
				s.spare[j] = max(s.spare[j], m)
			}
		}
		if s.reaches(s.spare) {
			return false
		}
	}
	return true
}

func (s *necessitySearch) add(e Expression) {
	sums := s.tt.sumsOf(e)
	fit := NecessityFit{e, sums.coverage(), sums.relevance(), sums.inclusion()}
	if s.options.Coverage > 0 && !fit.Coverage.AtLeast(s.options.Coverage) || s.options.Relevance > 0 && !fit.Relevance.AtLeast(s.options.Relevance) {
		return
	}
	if len(s.found) >= s.options.MaxListed {
		s.cut = true
		return
	}
	s.found = append(s.found, fit)
}
