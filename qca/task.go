package qca

import (
	"fmt"
	"slices"
)

// task is what is to be minimised: the codes of the positive configurations come
// first, then those of the forbidden ones, then those of the remainders that are
// allowed one by one (easy counterfactuals), if any.
type task struct {
	codes     *codes
	positives int
	forbidden int
	limits    *limits
}

// task codes the rows to cover and those that must not be.
func (tt *TruthTable) task(positive, forbidden []uint64) *task {
	levels := make([]int, len(tt.Conditions))
	for i, c := range tt.Conditions {
		levels[i] = c.Levels
	}
	t := &task{codes: newCodes(levels), positives: len(positive), forbidden: len(forbidden)}
	for _, number := range slices.Concat(positive, forbidden) {
		t.codes.add(tt.RowValues(number))
	}
	return t
}

// split returns the numbers of the rows to cover and of those that must not be.
func (tt *TruthTable) split(o Options) (positive, forbidden []uint64, err error) {
	for i := range tt.Rows {
		row := &tt.Rows[i]
		contradiction := row.Output == Contradiction
		switch {
		case row.Output == Positive, contradiction && o.Contradictions == ContradictionsAsPositive:
			positive = append(positive, row.Number)
		case row.Output == Negative, contradiction && o.Contradictions == ExcludeContradictions:
			forbidden = append(forbidden, row.Number)
		}
	}
	seen := make(map[uint64]bool, len(forbidden)+len(o.Exclude))
	for _, number := range forbidden {
		seen[number] = true
	}
	for _, number := range o.Exclude {
		if number < 1 || number > tt.Possible {
			return nil, nil, &InputError{Value: fmt.Sprint(number), Problem: "there is no row of this number to exclude",
				Remedy: fmt.Sprintf("use 1 to %d", tt.Possible)}
		}
		if _, is := slices.BinarySearch(positive, number); is {
			return nil, nil, &InputError{Value: fmt.Sprint(number), Problem: "the row to exclude is positive", Remedy: "exclude remainders only"}
		}
		if !seen[number] {
			seen[number] = true
			forbidden = append(forbidden, number)
		}
	}
	switch {
	case len(positive) == 0:
		return nil, nil, &InputError{Problem: "no row reaches the cuts, so there is nothing to explain", Remedy: "lower the inclusion, frequency or PRI cut"}
	case len(forbidden) == 0 && o.Solution != Conservative:
		return nil, nil, &InputError{Problem: "no row is negative, so any formula would do", Remedy: "ask for the conservative solution, or raise the cuts"}
	}
	return positive, forbidden, nil
}
