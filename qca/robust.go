package qca

import (
	"cmp"
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// RobustnessOptions say which solution is tested and how hard.
type RobustnessOptions struct {
	Settings
	Options
	// Calibrations made the columns they name from raw values: their anchors are
	// moved. The table given is the raw one then.
	Calibrations []NamedCalibration
	// LeaveOut is how many cases are left out at once, besides one by one; zero
	// means none. Repeats is how many such choices are drawn where there are
	// more, and how many permutations are made; zero means 1,000.
	LeaveOut, Repeats int
	// Clusters, if given, names the cluster of each case: the cases of one are
	// left out together.
	Clusters []string
	// Outcomes are other columns that could be the outcome as well, such as the
	// same one at another date; no condition may be among them.
	Outcomes []string
	// AllTests compares each model with every tied model just beyond the ranges
	// instead of the first.
	AllTests bool
	// Seed of what is drawn. The same seed gives the same result on any machine.
	Seed uint64
}

// NamedCalibration is how one column was calibrated.
type NamedCalibration struct {
	Column string
	Calibration
}

// Robustness is how far a solution depends on choices that could have been
// made otherwise (Skaaning 2011; Oana and Schneider 2024).
type Robustness struct {
	Outcome    string       `json:"outcome"`
	Conditions []string     `json:"conditions"`
	Kind       SolutionKind `json:"solution"`
	// Models of the solution that is tested.
	Models []Expression `json:"models"`
	// Ranges within which one choice can be made with the same models.
	Ranges []Range `json:"ranges"`
	// LeaveOneOut has one entry a case, in order.
	LeaveOneOut []LeftOut `json:"leave_one_out"`
	// LeaveOut is what leaving several cases out at once gives.
	LeaveOut *Resampling `json:"leave_out,omitempty"`
	// Outcomes has one entry for each other outcome.
	Outcomes []OtherOutcome `json:"outcomes,omitempty"`
	// Clusters has one entry a cluster, where they are given.
	Clusters []ClusterLeftOut `json:"clusters,omitempty"`
	// Permutations test each model against chance.
	Permutations []Permutation `json:"permutations"`
	// Cores compare each model with the models just beyond the ranges.
	Cores []RobustCore `json:"cores"`
	// Complete: nothing was cut short.
	Complete bool `json:"complete"`
}

// Robustness tests the solution of a table under the given settings.
func (t *Table) Robustness(ctx context.Context, o RobustnessOptions) (*Robustness, error) {
	r, err := t.robustness(ctx, o)
	if err != nil {
		return nil, err
	}
	result := &Robustness{Outcome: r.truth.Outcome, Conditions: r.settings.Conditions, Kind: o.Solution, Models: r.initial.models}
	result.Ranges = r.ranges()
	result.LeaveOneOut = r.leaveOneOut()
	if o.LeaveOut > 0 {
		result.LeaveOut = r.leaveOut(o.LeaveOut)
	}
	if result.Outcomes, err = r.otherOutcomes(); err != nil {
		return nil, err
	}
	if o.Clusters != nil {
		result.Clusters = r.leaveClusters()
	}
	result.Permutations = r.permutations()
	if result.Cores, err = r.cores(result.Ranges); err != nil {
		return nil, err
	}
	result.Complete = !r.partial.Load() && ctx.Err() == nil
	return result, nil
}

// robustness carries what the tests share. Its methods may run at once.
type robustness struct {
	ctx      context.Context
	raw      *Table // before calibration
	table    *Table
	truth    *TruthTable
	settings Settings
	options  RobustnessOptions
	initial  answer
	partial  atomic.Bool // some solution was not complete
	meter    *meter
}

// answer is the models of one solution; none where there is nothing to
// explain. Two answers are the same when their keys are.
type answer struct {
	models []Expression
	key    string
}

func (t *Table) robustness(ctx context.Context, o RobustnessOptions) (*robustness, error) {
	o.Repeats = cmp.Or(o.Repeats, 1_000)
	r := &robustness{ctx: ctx, raw: t, options: o}
	r.options.Progress = nil // the solutions are counted, not their steps
	if o.Repeats < 0 || o.LeaveOut < 0 || o.LeaveOut >= len(t.cases)-1 {
		return nil, &InputError{Problem: "the number of cases to leave out or of repeats does not fit the data", Remedy: "leave out at least one case and keep two"}
	}
	err := checkClusters(o.Clusters, len(t.cases))
	if err != nil {
		return nil, err
	}
	if r.table, err = r.calibrated(o.Calibrations); err != nil {
		return nil, err
	}
	if r.truth, err = r.table.TruthTable(o.Settings); err != nil {
		return nil, err
	}
	r.settings = r.truth.settings
	r.settings.AllowConstant = true
	solution, err := r.truth.Minimize(ctx, r.options.Options)
	if err != nil {
		return nil, err
	}
	r.initial = r.answerOf(solution)
	total := len(t.cases) + o.Repeats
	if o.LeaveOut > 0 {
		total += r.tries(o.LeaveOut)
	}
	clusters, _ := clusterCases(o.Clusters)
	total += len(clusters)
	r.meter = newMeter(o.Progress, stageRobustness, total)
	return r, nil
}

// calibrated is the raw table with its columns calibrated.
func (r *robustness) calibrated(list []NamedCalibration) (*Table, error) {
	table := r.raw
	for _, c := range list {
		var err error
		if table, err = table.Calibrated(c.Column, c.Calibration); err != nil {
			return nil, err
		}
	}
	return table, nil
}

func (r *robustness) answerOf(s *Solution) answer {
	if !s.Complete {
		r.partial.Store(true)
	}
	var a answer
	keys := make([]string, len(s.Models))
	for i, m := range s.Models {
		a.models = append(a.models, m.Expression)
		keys[i] = m.Expression.String()
	}
	slices.Sort(keys)
	a.key = strings.Join(keys, " | ")
	return a
}

// solve answers with the models of another table or other settings.
func (r *robustness) solve(t *Table, s Settings) answer {
	tt, err := t.TruthTable(s)
	if err != nil {
		return answer{}
	}
	return r.minimize(tt)
}

func (r *robustness) minimize(tt *TruthTable) answer {
	s, err := tt.Minimize(r.ctx, r.options.Options)
	if errors.Is(err, ErrInput) {
		return answer{} // nothing to explain, or nothing to keep out
	}
	if err != nil {
		r.partial.Store(true)
		return answer{}
	}
	return r.answerOf(s)
}

// each calls do with 0 to n-1 on every core, and counts progress. What do
// makes must depend on its number only.
func (r *robustness) each(n int, do func(i int)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if r.ctx.Err() != nil {
					r.partial.Store(true)
					return
				}
				do(i)
				r.meter.advance()
			}
		})
	}
	workers.Wait()
}

// without is the table without some cases. Columns keep their kinds and
// numbers of values.
func (t *Table) without(out []int) *Table {
	gone := make([]bool, len(t.cases))
	for _, i := range out {
		gone[i] = true
	}
	other := &Table{index: t.index, columns: slices.Clone(t.columns), cases: make([]string, 0, len(t.cases))}
	for i, id := range t.cases {
		if !gone[i] {
			other.cases = append(other.cases, id)
		}
	}
	for c := range other.columns {
		if t.columns[c].bad != nil {
			continue
		}
		values := make([]float64, 0, len(other.cases))
		for i, v := range t.columns[c].values {
			if !gone[i] {
				values = append(values, v)
			}
		}
		other.columns[c].values = values
	}
	return other
}
