package qca

// NecessityFit is how well a condition or expression fits the outcome as
// necessary. With x the membership in it and y in the outcome, sums over cases
// (Schneider and Wagemann 2012).
type NecessityFit struct {
	Expression Expression `json:"expression"`
	// Inclusion of necessity: sum min(x,y) / sum y.
	Inclusion Figure `json:"consistency"`
	// Relevance of necessity (RoN): sum (1-x) / sum (1 - min(x,y)). Near zero
	// the condition is trivial: almost always present.
	Relevance Figure `json:"relevance"`
	// Coverage of necessity: sum min(x,y) / sum x.
	Coverage Figure `json:"coverage"`
}

// NecessityOf returns the fit of an expression as necessary for an outcome.
func (t *Table) NecessityOf(outcome string, e Expression) (NecessityFit, error) {
	y, err := t.outcome(outcome)
	if err != nil {
		return NecessityFit{}, err
	}
	x, err := e.Memberships(t)
	if err != nil {
		return NecessityFit{}, err
	}
	s := sumOf(x, y)
	return NecessityFit{e, s.coverage(), s.relevance(), s.inclusion()}, nil
}

// SingleNecessity judges every condition of the truth table on its own as
// necessary: presence and absence of each, or every value of a multi-value one.
// It uses the cases that have a row.
func (tt *TruthTable) SingleNecessity() []NecessityFit {
	var list []NecessityFit
	for _, c := range tt.Conditions {
		for v := range c.Levels {
			value := v
			if c.Kind != MultiValue {
				value = 1 - v // presence first
			}
			e := Expression{Term{c.literal(value)}}
			s := tt.sumsOf(e)
			list = append(list, NecessityFit{e, s.coverage(), s.relevance(), s.inclusion()})
		}
	}
	return list
}
