package qca

import (
	"fmt"
	"math"
	"slices"
)

// SuggestThresholds splits values into n+1 groups by complete linkage (the
// two neighbouring groups whose union spans least are joined first) and
// returns the n midpoints of the gaps between the groups, in order. They are a
// hint about where the data leave room, never a reason: a threshold needs one
// from outside the data.
func SuggestThresholds(values []float64, n int) ([]float64, error) {
	sorted := slices.Compact(slices.Sorted(slices.Values(values)))
	if n < 1 || n >= len(sorted) {
		return nil, &InputError{Problem: fmt.Sprintf("%s for %d different values", counted(n, "threshold", "thresholds"), len(sorted)),
			Remedy: "ask for at least one, and for fewer than there are different values"}
	}
	starts := upTo(len(sorted)) // of the groups, as positions in sorted
	end := func(g int) float64 {
		if g+1 < len(starts) {
			return sorted[starts[g+1]-1]
		}
		return sorted[len(sorted)-1]
	}
	for len(starts) > n+1 {
		join := 1
		for g := 2; g < len(starts); g++ {
			if end(g)-sorted[starts[g-1]] < end(join)-sorted[starts[join-1]] {
				join = g
			}
		}
		starts = slices.Delete(starts, join, join+1)
	}
	thresholds := make([]float64, n)
	for g, start := range starts[1:] {
		thresholds[g] = (sorted[start-1] + sorted[start]) / 2
	}
	return thresholds, nil
}

// Skew is how the cases lie about the crossover of a set.
type Skew struct {
	In   int `json:"in"`   // cases above 0.5
	Half int `json:"half"` // exactly 0.5: such a case belongs to no row
	Out  int `json:"out"`  // below 0.5
}

// SkewOf counts the cases on each side of 0.5.
func SkewOf(memberships []float64) Skew {
	var s Skew
	for _, m := range memberships {
		switch {
		case m > 0.5:
			s.In++
		case m < 0.5:
			s.Out++
		default:
			s.Half++
		}
	}
	return s
}

// Skewed reports whether fewer than one case in five lies on one side of 0.5
// (Oana, Schneider and Thomann 2021): a skewed set makes paradoxical
// inclusion likely.
func (s Skew) Skewed() bool {
	return 5*min(s.In, s.Out) < s.In+s.Half+s.Out
}

// Calibrated returns a table in which the named column is calibrated.
func (t *Table) Calibrated(name string, c Calibration) (*Table, error) {
	column, err := t.column(name)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(column.values, math.IsNaN) {
		return nil, &InputError{Column: name, Value: "-", Problem: "a value that does not matter cannot be calibrated", Remedy: "give it a value, or leave the case out"}
	}
	set, err := c.Calibrate(column.values)
	if err != nil {
		return nil, fmt.Errorf("column %q: %w", name, err)
	}
	kind, levels := classify(set)
	other := *t
	other.columns = slices.Clone(t.columns)
	column = &other.columns[t.index[name]]
	column.values, column.kind, column.levels = set, kind, levels
	return &other, nil
}
