package qca

import "fmt"

// OtherOutcome is the solution for another outcome under the same settings.
type OtherOutcome struct {
	Outcome string `json:"outcome"`
	// Same models as for the outcome that is tested.
	Same   bool         `json:"same"`
	Models []Expression `json:"models"`
}

// otherOutcomes solves for each of the other outcomes. One that has nothing to
// explain has no models.
func (r *robustness) otherOutcomes() ([]OtherOutcome, error) {
	var list []OtherOutcome
	for _, name := range r.options.Outcomes {
		settings := r.settings
		settings.Outcome = name
		tt, err := r.table.TruthTable(settings)
		if err != nil {
			return nil, fmt.Errorf("other outcome %s: %w", name, err)
		}
		a := r.minimize(tt)
		list = append(list, OtherOutcome{name, a.key == r.initial.key, append([]Expression{}, a.models...)})
	}
	return list, nil
}
