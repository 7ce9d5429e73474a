package qca

// Fit is how well an expression fits the outcome, as sufficient and as
// necessary. With x the membership in the expression, y in the outcome, sums
// over cases (Ragin 2008; Schneider and Wagemann 2012).
type Fit struct {
	// Inclusion (consistency) of sufficiency: sum min(x,y) / sum x.
	Inclusion Figure `json:"consistency"`
	// PRI: (sum min(x,y) - sum min(x,y,1-y)) / (sum x - sum min(x,y,1-y)).
	PRI Figure `json:"pri"`
	// Coverage of sufficiency: sum min(x,y) / sum y.
	Coverage Figure `json:"coverage"`
}

// sums of memberships over cases, from which every figure of fit follows.
type sums struct {
	x, y, both, three float64 // x, y, min(x,y), min(x,y,1-y)
	absent, neither   float64 // 1-x, 1-min(x,y)
}

func (s *sums) add(x, y float64) {
	both := min(x, y)
	s.x += x
	s.y += y
	s.both += both
	s.three += min(both, 1-y)
	s.absent += 1 - x
	s.neither += 1 - both
}

func (s *sums) inclusion() Figure { return ratio(s.both, s.x) }
func (s *sums) coverage() Figure  { return ratio(s.both, s.y) }
func (s *sums) pri() Figure       { return ratio(s.both-s.three, s.x-s.three) }

// relevance of necessity (RoN): sum (1-x) / sum (1 - min(x,y)).
func (s *sums) relevance() Figure { return ratio(s.absent, s.neither) }

func (s *sums) fit() Fit { return Fit{s.inclusion(), s.pri(), s.coverage()} }

func sumOf(x, y []float64) sums {
	var s sums
	for i := range x {
		s.add(x[i], y[i])
	}
	return s
}

// FitOf returns the fit of an expression to an outcome such as "OUT" or "~OUT".
func (t *Table) FitOf(outcome string, e Expression) (Fit, error) {
	y, err := t.outcome(outcome)
	if err != nil {
		return Fit{}, err
	}
	x, err := e.Memberships(t)
	if err != nil {
		return Fit{}, err
	}
	s := sumOf(x, y)
	return s.fit(), nil
}

// outcome returns each case's membership in an outcome given as text.
func (t *Table) outcome(text string) ([]float64, error) {
	l, err := ParseLiteral(text)
	if err != nil {
		return nil, err
	}
	return l.memberships(t)
}
