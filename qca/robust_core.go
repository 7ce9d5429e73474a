package qca

// RobustCore compares a model with test models: those of other choices that
// could be defended as well (Oana and Schneider 2024). x is the membership in
// the model, low and high the least and greatest membership in all test models
// and c = min(x, low) that in the robust core.
type RobustCore struct {
	Expression Expression `json:"expression"`
	// OneOf so many tied models of the solution that is tested: with more than
	// one, the data do not say which of them to test.
	OneOf int          `json:"one_of"`
	Tests []Expression `json:"tests"`
	// Core is the fit of the robust core: of what all models agree on.
	Core Fit `json:"core"`
	// Consistency: inclusion(x) / inclusion(c). Coverage: coverage(c) /
	// coverage(x). SetMinimum: sum min(x,low) / sum max(x,low); SetMaximum the
	// same with high. 1 means that nothing depends on the choices.
	Consistency Figure `json:"rf_cons"`
	Coverage    Figure `json:"rf_cov"`
	SetMinimum  Figure `json:"rf_sc_min"`
	SetMaximum  Figure `json:"rf_sc_max"`
	// Cases by how they stand: Robust ones are in the model (above 0.5) and in
	// every test model, Shaky ones in the model only, Possible ones in some test
	// model only. Typical cases have the outcome, deviant ones have not.
	RobustTypical   []string `json:"robust_typical"`
	RobustDeviant   []string `json:"robust_deviant"`
	ShakyTypical    []string `json:"shaky_typical"`
	ShakyDeviant    []string `json:"shaky_deviant"`
	PossibleTypical []string `json:"possible_typical"`
	PossibleDeviant []string `json:"possible_deviant"`
}

// cores compares each model with the first models just beyond each range, or
// with all of them.
func (r *robustness) cores(ranges []Range) ([]RobustCore, error) {
	var tests []Expression
	seen := make(map[string]bool)
	for _, one := range ranges {
		for _, models := range [][]Expression{one.Below, one.Above} {
			if !r.options.AllTests {
				models = models[:min(1, len(models))]
			}
			for _, m := range models {
				if text := m.String(); !seen[text] {
					seen[text] = true
					tests = append(tests, m)
				}
			}
		}
	}
	cores := make([]RobustCore, len(r.initial.models))
	for i, m := range r.initial.models {
		var err error
		if cores[i], err = r.truth.RobustCore(m, tests); err != nil {
			return nil, err
		}
		cores[i].OneOf = len(cores)
	}
	return cores, nil
}

// RobustCore compares an expression with test expressions on the cases of the
// truth table. Without any the expression is its own core.
func (tt *TruthTable) RobustCore(e Expression, tests []Expression) (RobustCore, error) {
	for _, one := range append([]Expression{e}, tests...) {
		if _, err := one.Memberships(tt.table); err != nil {
			return RobustCore{}, err
		}
	}
	core := RobustCore{Expression: e, OneOf: 1, Tests: append([]Expression{}, tests...), RobustTypical: []string{}, RobustDeviant: []string{}, ShakyTypical: []string{},
		ShakyDeviant: []string{}, PossibleTypical: []string{}, PossibleDeviant: []string{}}
	x := tt.memberships(e)
	low, high := append([]float64(nil), x...), append([]float64(nil), x...)
	for t, test := range tests {
		for i, m := range tt.memberships(test) {
			if t == 0 {
				low[i], high[i] = m, m
			}
			low[i], high[i] = min(low[i], m), max(high[i], m)
		}
	}
	var whole, common sums
	var inLow, orLow, inHigh, orHigh float64
	for i, c := range tt.kept {
		y, both := tt.outcome[c], min(x[i], low[i])
		whole.add(x[i], y)
		common.add(both, y)
		inLow, orLow = inLow+both, orLow+max(x[i], low[i])
		inHigh, orHigh = inHigh+min(x[i], high[i]), orHigh+max(x[i], high[i])
		core.place(tt.table.cases[c], x[i], low[i], high[i], y)
	}
	core.Core = common.fit()
	core.Consistency = quotient(whole.inclusion(), common.inclusion())
	core.Coverage = quotient(common.coverage(), whole.coverage())
	core.SetMinimum, core.SetMaximum = ratio(inLow, orLow), ratio(inHigh, orHigh)
	return core, nil
}

func (c *RobustCore) place(id string, x, low, high, y float64) {
	typical, deviant := &c.RobustTypical, &c.RobustDeviant
	switch {
	case x > 0.5 && low > 0.5:
	case x > 0.5:
		typical, deviant = &c.ShakyTypical, &c.ShakyDeviant
	case high > 0.5:
		typical, deviant = &c.PossibleTypical, &c.PossibleDeviant
	default:
		return
	}
	if y > 0.5 {
		*typical = append(*typical, id)
	} else {
		*deviant = append(*deviant, id)
	}
}

// quotient of two figures, undefined where either is.
func quotient(a, b Figure) Figure {
	x, ok := a.Value()
	y, defined := b.Value()
	if !ok || !defined {
		return Figure{}
	}
	return ratio(x, y)
}
