package qca

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"
)

// MaxConditions is the largest number of conditions of one truth table.
const MaxConditions = 62

// TruthTable sorts the cases into rows and decides each row's output.
//
// A case belongs to the row in which its membership exceeds 0.5. A row's
// inclusion is sum min(x,y) / sum x over all cases, x the membership in the
// row and y in the outcome; its PRI is (sum min(x,y) - sum min(x,y,1-y)) /
// (sum x - sum min(x,y,1-y)).
func (t *Table) TruthTable(s Settings) (*TruthTable, error) {
	b := tableBuilder{table: t, settings: s}
	for _, step := range []func() error{b.fillSettings, b.readOutcome, b.readConditions, b.sortCases} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	b.judgeRows()
	tt := b.tt
	tt.settings = b.settings
	return &tt, nil
}

// tableBuilder carries what the steps of making a truth table share.
type tableBuilder struct {
	table    *Table
	settings Settings
	columns  []*column
	tt       TruthTable
	members  [][]int // case indexes by row
}

func (b *tableBuilder) fillSettings() error {
	s := &b.settings
	if s.Inclusion == 0 {
		s.Inclusion = 1
	}
	s.NCut = cmp.Or(s.NCut, 1)
	inUnit := func(v float64) bool { return v >= 0 && v <= 1 }
	switch {
	case !inUnit(s.Inclusion) || !inUnit(s.ContradictionCut) || !inUnit(s.PRICut):
		return &InputError{Problem: "an inclusion or PRI cut lies outside 0 to 1", Remedy: "give cuts from 0 to 1"}
	case s.ContradictionCut > s.Inclusion:
		return &InputError{Problem: fmt.Sprintf("the contradiction cut %g is above the inclusion cut %g", s.ContradictionCut, s.Inclusion),
			Remedy: "give the higher cut first"}
	case s.NCut < 1:
		return &InputError{Problem: fmt.Sprintf("the frequency cut is %d", s.NCut), Remedy: "give a number of cases from 1"}
	}
	return nil
}

func (b *tableBuilder) readOutcome() error {
	outcome, err := b.table.Literal(b.settings.Outcome, b.settings.Notation)
	if err != nil {
		return fmt.Errorf("outcome: %w", err)
	}
	if b.tt.outcome, err = outcome.memberships(b.table); err != nil {
		return fmt.Errorf("outcome: %w", err)
	}
	if column := &b.table.columns[b.table.index[outcome.Condition]]; slices.ContainsFunc(column.values, math.IsNaN) {
		return &InputError{Column: column.name, Value: "-", Problem: "the outcome has a don't-care value", Remedy: "give it a value, or leave the case out"}
	}
	y := b.tt.outcome
	if !b.settings.AllowConstant && slices.Min(y) == slices.Max(y) {
		return &InputError{Column: outcome.Condition, Value: formatNumber(y[0]), Problem: "the outcome is the same in every case",
			Remedy: "choose an outcome that varies, or add cases"}
	}
	b.tt.goal, b.tt.Outcome, b.tt.table, b.tt.LeftOut = outcome, outcome.String(), b.table, []string{}
	if len(b.settings.Conditions) == 0 {
		b.settings.Conditions = b.table.Others(outcome.Condition)
	}
	if slices.Contains(b.settings.Conditions, outcome.Condition) {
		return &InputError{Column: outcome.Condition, Problem: "the outcome is among the conditions", Remedy: "take it out of the conditions"}
	}
	return nil
}

func (b *tableBuilder) readConditions() error {
	names := b.settings.Conditions
	switch {
	case len(names) == 0:
		return &InputError{Problem: "there is no condition beside the outcome", Remedy: "name at least one"}
	case len(names) > MaxConditions:
		return &InputError{Problem: fmt.Sprintf("%d conditions are more than the %d that a truth table can have", len(names), MaxConditions),
			Remedy: "name those of interest"}
	}
	b.tt.Possible = 1
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			return &InputError{Column: name, Problem: "the condition is given twice", Remedy: "give it once"}
		}
		c, err := b.table.calibrated(name)
		if err != nil {
			return fmt.Errorf("conditions: %w", err)
		}
		b.columns = append(b.columns, c)
		b.tt.Conditions = append(b.tt.Conditions, Condition{name, c.kind, c.levels, b.settings.Notation})
		over, possible := bits.Mul64(b.tt.Possible, uint64(c.levels))
		if over != 0 || possible > 1<<62 {
			return &InputError{Column: name, Problem: fmt.Sprintf("from this condition on there are more possible rows than the %d that can be numbered", uint64(1)<<62), Remedy: "use fewer conditions or values"}
		}
		b.tt.Possible = possible
	}
	return nil
}

// sortCases finds each case's row and orders the rows by number.
func (b *tableBuilder) sortCases() error {
	rowOf := make(map[uint64]int)
	for i, id := range b.table.cases {
		numbers, half := b.rowNumbers(i)
		if half != nil {
			if !b.settings.LeaveOutHalf {
				return &InputError{Case: id, Column: half.name, Value: "0.5", Problem: "a membership of exactly 0.5 belongs to no row",
					Remedy: "move the crossover point, or leave such cases out"}
			}
			b.tt.LeftOut = append(b.tt.LeftOut, id)
			continue
		}
		if numbers == nil {
			return &InputError{Case: id, Value: "-", Problem: "so many values do not matter that the case has too many rows", Remedy: "use fewer of these conditions"}
		}
		for _, number := range numbers {
			r, seen := rowOf[number]
			if !seen {
				r = len(b.members)
				rowOf[number] = r
				b.members = append(b.members, nil)
			}
			b.members[r] = append(b.members[r], i)
		}
	}
	if len(b.members) == 0 {
		return &InputError{Problem: "every case has a membership of exactly 0.5", Remedy: "move the crossover points"}
	}
	numbers := make([]uint64, 0, len(rowOf))
	for n := range rowOf {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	unordered := b.members
	b.members = nil
	for _, n := range numbers {
		b.tt.Rows = append(b.tt.Rows, Row{Number: n, Values: b.tt.RowValues(n)})
		b.members = append(b.members, unordered[rowOf[n]])
	}
	return nil
}

// maxRowsPerCase bounds the rows that a case with don't-care values stands in.
const maxRowsPerCase = 4096

// rowNumbers returns the numbers of a case's rows, one unless values do not
// matter, or the column in which the case is exactly half in. It returns
// neither where there are more than maxRowsPerCase.
func (b *tableBuilder) rowNumbers(i int) (numbers []uint64, half *column) {
	numbers = []uint64{0}
	for _, c := range b.columns {
		v := c.values[i]
		values := []int{int(v)}
		switch {
		case c.kind == Fuzzy && v == 0.5:
			return nil, c
		case c.kind == Fuzzy && v > 0.5:
			values[0] = 1
		case math.IsNaN(v):
			values = upTo(c.levels)
		}
		if len(numbers)*len(values) > maxRowsPerCase {
			return nil, nil
		}
		longer := make([]uint64, 0, len(numbers)*len(values))
		for _, number := range numbers {
			for _, value := range values {
				longer = append(longer, number*uint64(c.levels)+uint64(value))
			}
		}
		numbers = longer
	}
	for j := range numbers {
		numbers[j]++
	}
	return numbers, nil
}

func (b *tableBuilder) judgeRows() {
	b.tt.kept = b.keptCases()
	for r := range b.tt.Rows {
		row := &b.tt.Rows[r]
		b.listCases(row, b.members[r])
		var s sums
		for _, i := range b.tt.kept {
			s.add(b.rowMembership(row.Values, i), b.tt.outcome[i])
		}
		row.Inclusion, row.PRI = s.inclusion(), s.pri()
		row.Output = b.settings.output(row)
	}
}

// keptCases returns the indexes of the cases that are not left out.
func (b *tableBuilder) keptCases() []int {
	kept := slices.Concat(b.members...)
	slices.Sort(kept)
	return slices.Compact(kept)
}

func (b *tableBuilder) listCases(row *Row, members []int) {
	row.N = len(members)
	for _, i := range members {
		row.Cases = append(row.Cases, b.table.cases[i])
		switch y := b.tt.outcome[i]; {
		case y < 0.5:
			row.Deviant = append(row.Deviant, b.table.cases[i])
		case y > 0.5:
			row.InOutcome++
			if b.rowMembership(row.Values, i) > y {
				row.DeviantInDegree = append(row.DeviantInDegree, b.table.cases[i])
			}
		}
	}
}

// rowMembership is the least membership of a case in the row's values.
func (b *tableBuilder) rowMembership(values []int, i int) float64 {
	least := 1.0
	for j, c := range b.columns {
		v := c.values[i]
		switch {
		case c.kind == Fuzzy && values[j] == 0:
			v = 1 - v
		case c.kind != Fuzzy && !math.IsNaN(v) && int(v) != values[j]:
			return 0
		case c.kind != Fuzzy:
			v = 1
		}
		least = min(least, v)
	}
	return least
}

func (s *Settings) output(row *Row) Output {
	switch {
	case row.N < s.NCut:
		return Remainder
	case row.Inclusion.AtLeast(s.Inclusion):
		if s.PRICut > 0 && !row.PRI.AtLeast(s.PRICut) {
			return Negative
		}
		return Positive
	case s.ContradictionCut > 0 && row.Inclusion.AtLeast(s.ContradictionCut):
		return Contradiction
	}
	return Negative
}
