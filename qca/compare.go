package qca

import (
	"context"
	"errors"
)

// SetComparison is what one choice of conditions gives.
type SetComparison struct {
	Conditions []string `json:"conditions"`
	// Observed and Possible rows; Contradictory ones have cases on both sides.
	Observed      int    `json:"observed_rows"`
	Possible      uint64 `json:"possible_rows"`
	Contradictory int    `json:"contradictory_rows"`
	// Solution is nil where there is nothing to explain, or nothing that sets
	// the outcome apart; Reason then says why.
	Solution *Solution `json:"solution,omitempty"`
	Reason   string    `json:"reason,omitempty"`
}

// CompareConditions solves the same outcome under the same cuts with several
// choices of conditions, in the order given.
func (t *Table) CompareConditions(ctx context.Context, s Settings, o Options, sets [][]string) ([]SetComparison, error) {
	compared := make([]SetComparison, len(sets))
	done := newMeter(o.Progress, stageSets, len(sets))
	o.Progress = nil
	for i, conditions := range sets {
		done.advance()
		s.Conditions = conditions
		tt, err := t.TruthTable(s)
		if err != nil {
			return nil, err
		}
		compared[i] = SetComparison{Conditions: conditions, Observed: len(tt.Rows), Possible: tt.Possible, Contradictory: len(tt.Mixed())}
		solution, err := tt.Minimize(ctx, o)
		var input *InputError
		switch {
		case errors.As(err, &input):
			compared[i].Reason = input.Problem
		case err != nil:
			return nil, err
		default:
			compared[i].Solution = solution
		}
	}
	return compared, nil
}
