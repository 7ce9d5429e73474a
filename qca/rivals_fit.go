package qca

import (
	"context"
	"slices"
)

// EqualFit is what fits the outcome as well as a given expression.
type EqualFit struct {
	Outcome    string     `json:"outcome"`
	Expression Expression `json:"expression"`
	Fit
	// Formulas with an inclusion and a coverage at least those of Expression,
	// simplest first. The given expression is among them where it is minimal.
	Formulas []RivalFormula `json:"formulas"`
	// Complete: every subset was looked at and all its formulas kept.
	Complete bool `json:"complete"`
}

// EqualFit looks for formulas with up to MaxConditions conditions that have at
// least the inclusion and the coverage of the given expression. For every
// subset of the pool, and every inclusion cut that its rows offer, it takes the
// parsimonious models: on crisp data and for an expression of perfect fit
// these are all minimal formulas of perfect fit. Inclusion, PRI and
// contradiction cuts of the options are not used.
func (t *Table) EqualFit(ctx context.Context, o RivalOptions, e Expression) (*EqualFit, error) {
	o.PRICut, o.ContradictionCut = 0, 0
	s, err := t.rivalSearch(ctx, o)
	if err != nil {
		return nil, err
	}
	if _, err := e.Memberships(t); err != nil {
		return nil, err
	}
	given := s.whole.fitOf(e)
	perfect := given.Inclusion.AtLeast(1) && given.Coverage.AtLeast(1)
	if perfect && s.sharesPrimes() {
		err = s.crisp()
	} else {
		err = s.byTable(func(tt *TruthTable) ([]Expression, bool, error) {
			formulas, err := s.asGood(tt, given)
			return formulas, len(formulas) > 0, err
		})
	}
	if err != nil {
		return nil, err
	}
	r := s.result()
	slices.SortStableFunc(r.Formulas, compareSimplicity)
	return &EqualFit{s.whole.Outcome, e, given, r.Formulas, r.Complete}, nil
}

// compareSimplicity orders formulas by conditions, then terms, then literals.
func compareSimplicity(a, b RivalFormula) int {
	if d := a.Conditions - b.Conditions; d != 0 {
		return d
	}
	if d := len(a.Expression) - len(b.Expression); d != 0 {
		return d
	}
	return literals(a.Expression) - literals(b.Expression)
}

func literals(e Expression) int {
	n := 0
	for _, t := range e {
		n += len(t)
	}
	return n
}

// asGood are the parsimonious models, at any inclusion cut, that fit at least
// as well as given.
func (s *rivalSearch) asGood(tt *TruthTable, given Fit) ([]Expression, error) {
	var good []Expression
	seen := make(map[string]bool)
	for _, cut := range tt.inclusions() {
		if s.sharesPrimes() && !tt.rowFit(cut).asGoodAs(given) {
			continue
		}
		formulas, err := s.models(tt.withCut(cut))
		if err != nil {
			return nil, err
		}
		for _, e := range formulas {
			text := e.String()
			if fit := tt.fitOf(e); !seen[text] && fit.asGoodAs(given) {
				seen[text] = true
				good = append(good, e)
			}
		}
	}
	return good, nil
}

// rowFit is the fit of any model of crisp data at a cut, when every row has
// enough cases: the model covers exactly the cases of the rows that reach it.
func (tt *TruthTable) rowFit(cut float64) Fit {
	var s sums
	for i := range tt.Rows {
		row := &tt.Rows[i]
		x := 0.0
		if row.Inclusion.AtLeast(cut) {
			x = 1
		}
		for n := range row.N {
			y := 0.0
			if n < row.InOutcome {
				y = 1
			}
			s.add(x, y)
		}
	}
	return s.fit()
}

func (f Fit) asGoodAs(given Fit) bool {
	inclusion, _ := given.Inclusion.Value()
	coverage, _ := given.Coverage.Value()
	return f.Inclusion.AtLeast(inclusion) && f.Coverage.AtLeast(coverage)
}

// inclusions are the different inclusions above zero of the rows that have
// enough cases, highest first.
func (tt *TruthTable) inclusions() []float64 {
	var cuts []float64
	for i := range tt.Rows {
		if v, ok := tt.Rows[i].Inclusion.Value(); ok && v > 0 && tt.Rows[i].Output != Remainder {
			cuts = append(cuts, v)
		}
	}
	slices.Sort(cuts)
	slices.Reverse(cuts)
	return slices.Compact(cuts)
}

// withCut is the truth table under another inclusion cut.
func (tt *TruthTable) withCut(cut float64) *TruthTable {
	other := *tt
	other.settings.Inclusion = cut
	other.Rows = slices.Clone(tt.Rows)
	for i := range other.Rows {
		other.Rows[i].Output = other.settings.output(&other.Rows[i])
	}
	return &other
}
