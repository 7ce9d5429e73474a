package qca

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Enhanced standard analysis (Schneider and Wagemann 2012) keeps simplifying
// assumptions out that cannot be defended. What these functions list goes into
// Options.Exclude.

// maxRowsListed bounds lists of remainders.
const maxRowsListed = 1_000_000

// RemaindersIn lists the numbers of the remainders that an expression over the
// truth table's conditions covers: impossible ones, or those that contradict a
// claim of necessity (with A necessary, the remainders in ~A).
func (tt *TruthTable) RemaindersIn(e Expression) ([]uint64, error) {
	rows := []uint64{}
	for _, term := range e {
		sets, err := tt.valueSets(term)
		if err != nil {
			return nil, err
		}
		if rows, err = tt.appendRows(rows, sets); err != nil {
			return nil, err
		}
	}
	slices.Sort(rows)
	return slices.DeleteFunc(slices.Compact(rows), func(number uint64) bool {
		at, observed := slices.BinarySearchFunc(tt.Rows, number, func(r Row, n uint64) int {
			return int(int64(r.Number) - int64(n))
		})
		return observed && tt.Rows[at].Output != Remainder
	}), nil
}

// valueSets is, by condition, the set of values that a term allows.
func (tt *TruthTable) valueSets(term Term) ([]uint64, error) {
	sets := make([]uint64, len(tt.Conditions))
	for i, c := range tt.Conditions {
		sets[i] = 1<<(c.Levels-1)<<1 - 1
	}
	for _, l := range term {
		at := slices.IndexFunc(tt.Conditions, func(c Condition) bool { return c.Name == l.Condition })
		if at < 0 {
			return nil, &InputError{Column: l.Condition, Problem: "the expression names no condition of this analysis",
				Remedy: "use " + strings.Join(tt.settings.Conditions, ", ")}
		}
		if err := l.fits(&tt.table.columns[tt.table.index[l.Condition]]); err != nil {
			return nil, err
		}
		sets[at] &= l.valueSet(tt.Conditions[at].Levels)
	}
	return sets, nil
}

// appendRows adds the numbers of the rows with a value of each set.
func (tt *TruthTable) appendRows(rows []uint64, sets []uint64) ([]uint64, error) {
	numbers := []uint64{1}
	for i, stride := range tt.strides() {
		var longer []uint64
		for v := range tt.Conditions[i].Levels {
			if sets[i]>>v&1 == 0 {
				continue
			}
			for _, n := range numbers {
				longer = append(longer, n+stride*uint64(v))
			}
		}
		if len(rows)+len(longer) > maxRowsListed {
			return nil, &InputError{Problem: fmt.Sprintf("the expression covers more than %d rows", maxRowsListed), Remedy: "add conditions to it"}
		}
		numbers = longer
	}
	return append(rows, numbers...), nil
}

// negated is the truth table of the outcome's absence under the same settings.
func (tt *TruthTable) negated() (*TruthTable, error) {
	settings := tt.settings
	goal := tt.goal
	goal.Negated = !goal.Negated
	if goal.Values != nil && goal.Notation == Case {
		goal.Notation = Tilde
	}
	settings.Outcome = goal.String()
	return tt.table.TruthTable(settings)
}

// ContradictoryAssumptions lists the remainders that some parsimonious model
// of the outcome and some parsimonious model of its absence both assume, given
// options that exclude rows already. It reports false where a search stopped
// or a list was cut, so that there may be more. Without a positive or negative
// row on one side there are none.
func (tt *TruthTable) ContradictoryAssumptions(ctx context.Context, o Options) (rows []uint64, complete bool, err error) {
	other, err := tt.negated()
	if err != nil {
		return nil, false, err
	}
	o.Solution, o.Expect = Parsimonious, nil
	assumed := make(map[uint64]bool)
	rows, complete = []uint64{}, true
	for i, side := range []*TruthTable{tt, other} {
		for _, output := range []Output{Positive, Negative} {
			if side.Count(output) == 0 {
				return rows, true, nil
			}
		}
		solution, err := side.Minimize(ctx, o)
		if err != nil {
			return nil, false, err
		}
		complete = complete && solution.Complete
		for _, m := range solution.Models {
			complete = complete && m.AssumptionsListed
			for _, number := range m.SimplifyingAssumptions {
				if i == 1 && assumed[number] {
					rows = append(rows, number)
				}
				assumed[number] = i == 0 || assumed[number]
			}
		}
		if i == 1 {
			slices.Sort(rows)
			rows = slices.Compact(rows)
		}
	}
	return rows, complete, nil
}

// SimultaneousSubsets lists the observed rows that are positive for the outcome
// and, under the same cuts, for its absence: fuzzy data allow it, and the PRI
// cut guards against it.
func (tt *TruthTable) SimultaneousSubsets() ([]uint64, error) {
	other, err := tt.negated()
	if err != nil {
		return nil, err
	}
	both := []uint64{}
	for i := range tt.Rows {
		if tt.Rows[i].Output == Positive && other.Rows[i].Output == Positive {
			both = append(both, tt.Rows[i].Number)
		}
	}
	return both, nil
}

// maxCompleteRows bounds AllRows.
const maxCompleteRows = 1 << 16

// AllRows returns every possible row in order, those without cases as
// remainders. With more than 65,536 possible rows it is an InputError.
func (tt *TruthTable) AllRows() ([]Row, error) {
	if tt.Possible > maxCompleteRows {
		return nil, &InputError{Problem: fmt.Sprintf("there are %d possible rows", tt.Possible), Remedy: "list the observed rows, or use fewer conditions"}
	}
	rows := make([]Row, 0, tt.Possible)
	next := 0
	for number := uint64(1); number <= tt.Possible; number++ {
		if next < len(tt.Rows) && tt.Rows[next].Number == number {
			rows = append(rows, tt.Rows[next])
			next++
			continue
		}
		rows = append(rows, Row{Number: number, Values: tt.RowValues(number), Cases: []string{}})
	}
	return rows, nil
}
