package qca_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"sir/qca"
	"sir/qca/drawn"
)

// Every kind of long work tells how far it is: never more than all, and all in
// the end where it knows how much there is.
func TestProgressIsTold(t *testing.T) {
	table := spreadTable(t)
	settings := qca.Settings{Outcome: "OUTCOME"}
	four := []string{"NONDELAY", "ADOPT", "PHARMA", "INTERSECT"}
	wide := drawnTable(t, drawn.Rand, 12, 100)
	tests := map[string]func(ctx context.Context, tell func(qca.Progress)) error{
		"rows searched for prime implicants": func(ctx context.Context, tell func(qca.Progress)) error {
			_, err := wide.Minimize(ctx, qca.Options{Solution: qca.Parsimonious, MaxSteps: 200_000, Progress: tell})
			return err
		},
		"condition sets": func(ctx context.Context, tell func(qca.Progress)) error {
			_, err := table.Rivals(ctx, qca.RivalOptions{Settings: settings, Progress: tell})
			return err
		},
		"steps of the search for necessary conditions": func(ctx context.Context, tell func(qca.Progress)) error {
			tt, err := table.TruthTable(settings)
			if err != nil {
				return err
			}
			_, err = tt.Necessary(ctx, qca.NecessityOptions{Progress: tell})
			return err
		},
		"outcomes": func(ctx context.Context, tell func(qca.Progress)) error {
			_, err := table.Chain(ctx, qca.ChainOptions{Settings: qca.Settings{Conditions: four}, Options: qca.Options{Progress: tell}})
			return err
		},
		"sets of conditions": func(ctx context.Context, tell func(qca.Progress)) error {
			_, err := table.CompareConditions(ctx, settings, qca.Options{Progress: tell}, [][]string{four, four[:2]})
			return err
		},
		"solutions": func(ctx context.Context, tell func(qca.Progress)) error {
			_, err := table.Robustness(ctx, qca.RobustnessOptions{Settings: qca.Settings{Outcome: "OUTCOME", Conditions: four},
				Options: qca.Options{Progress: tell}, LeaveOut: 2, Repeats: 30})
			return err
		},
	}
	for stage, work := range tests {
		t.Run(stage, func(t *testing.T) {
			var mutex sync.Mutex
			most, total, times := 0, 0, 0
			err := work(t.Context(), func(p qca.Progress) {
				mutex.Lock()
				defer mutex.Unlock()
				if p.Stage == stage {
					most, total, times = max(most, p.Done), p.Total, times+1
				}
				if p.Total > 0 && p.Done > p.Total || !strings.Contains(p.Stage, " ") && p.Stage != "outcomes" && p.Stage != "solutions" {
					t.Errorf("told %+v", p)
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			if times == 0 || total > 0 && most != total {
				t.Errorf("told %d times, %d of %d in the end", times, most, total)
			}
		})
	}
}
