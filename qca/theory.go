package qca

// TheoryArea is where a theory and a result agree or differ (Schneider and
// Wagemann 2012, chapter 11).
type TheoryArea struct {
	// InTheory and InResult say which of the four areas it is.
	InTheory bool `json:"in_theory"`
	InResult bool `json:"in_result"`
	Fit
	// Cases with a membership above 0.5 in the area, by whether they are more in
	// the outcome than out.
	With    []string `json:"cases_with_outcome"`
	Without []string `json:"cases_without_outcome"`
}

// Theory compares a result with a theory about the same outcome, in this
// order: in both (the theory holds), in the result only (it has to be widened),
// in the theory only (it has to be narrowed), in neither.
func (t *Table) Theory(outcome string, result, theory Expression) ([]TheoryArea, error) {
	y, err := t.outcome(outcome)
	if err != nil {
		return nil, err
	}
	r, err := result.Memberships(t)
	if err != nil {
		return nil, err
	}
	th, err := theory.Memberships(t)
	if err != nil {
		return nil, err
	}
	areas := []TheoryArea{{InTheory: true, InResult: true}, {InResult: true}, {InTheory: true}, {}}
	for a := range areas {
		area := &areas[a]
		area.With, area.Without = []string{}, []string{}
		var s sums
		for i, id := range t.cases {
			x := min(orComplement(th[i], area.InTheory), orComplement(r[i], area.InResult))
			s.add(x, y[i])
			switch {
			case x <= 0.5:
			case y[i] > 0.5:
				area.With = append(area.With, id)
			default:
				area.Without = append(area.Without, id)
			}
		}
		area.Fit = s.fit()
	}
	return areas, nil
}

// orComplement is a membership, or that in the complement.
func orComplement(x float64, in bool) float64 {
	if in {
		return x
	}
	return 1 - x
}
