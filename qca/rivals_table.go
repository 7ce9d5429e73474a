package qca

import (
	"errors"
	"slices"
)

// byTable makes a truth table for every subset and leaves it to explain, which
// lists the formulas of a subset, or reports that it does not count.
func (s *rivalSearch) byTable(explain func(tt *TruthTable) (formulas []Expression, counts bool, err error)) error {
	return s.eachSubset(func(subset uint64) (bool, error) {
		settings := s.options.Settings
		settings.Conditions = s.names(subset)
		tt, err := s.table.TruthTable(settings)
		if err != nil {
			return false, err
		}
		formulas, counts, err := explain(tt)
		if err != nil || !counts {
			return false, err
		}
		found := RivalSubset{Conditions: settings.Conditions, Formulas: make([]int, len(formulas))}
		for i, e := range formulas {
			found.Formulas[i] = s.add(e)
		}
		s.subsets = append(s.subsets, found)
		return true, nil
	})
}

// minimal gives the parsimonious models of a truth table without a mixed row.
// A table with nothing to explain, or nothing to keep out, has none.
func (s *rivalSearch) minimal(tt *TruthTable) (formulas []Expression, counts bool, err error) {
	for i := range tt.Rows {
		if tt.Rows[i].Mixed() {
			return nil, false, nil
		}
	}
	formulas, err = s.models(tt)
	return formulas, true, err
}

// models are the parsimonious models of a truth table, as expressions.
func (s *rivalSearch) models(tt *TruthTable) ([]Expression, error) {
	o := Options{Solution: Parsimonious, MaxModels: s.options.MaxTied, MaxSteps: max(s.limits.steps, 1), MaxAssumptions: 1}
	solution, err := tt.Minimize(s.limits.ctx, o)
	if errors.Is(err, ErrInput) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s.cut = s.cut || !solution.Complete
	formulas := make([]Expression, len(solution.Models))
	for i, m := range solution.Models {
		formulas[i] = m.Expression
	}
	return slices.Clip(formulas), nil
}
