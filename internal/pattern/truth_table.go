package pattern

import (
	"slices"

	"sir/qca"
)

// TruthTable is the rows that the chosen conditions make of the cases.
type TruthTable struct {
	*qca.TruthTable
	Chosen []string // the conditions
	Mixed  []qca.Row
	// Unobserved is the number of possible rows without a case (remainders,
	// or logical remainders), Remainders those rows where they are few enough
	// to list.
	Unobserved uint64
	Remainders []qca.Term
	// Published compares with the source, where it published rows for the same
	// conditions; else nil.
	Published *RowComparison
}

// maxListedRemainders bounds how many unobserved rows are spelled out.
const maxListedRemainders = 64

// RowComparison says how a truth table and the source's rows differ.
type RowComparison struct {
	Same           int            // rows that both have, with the same outcome
	Missing, Extra []PublishedRow // in the source only; here only
}

// TruthTable sorts the cases into the rows of the named conditions (see
// Choose). A row is positive when all of its cases are successes, negative
// when none is, and contradictory (mixed) when both occur.
func (t CaseTable) TruthTable(names []string) (TruthTable, error) {
	chosen, err := t.Choose(names)
	if err != nil {
		return TruthTable{}, err
	}
	table, err := t.data(chosen)
	if err != nil {
		return TruthTable{}, err
	}
	tt, err := table.TruthTable(qca.Settings{Outcome: t.Outcome.Name, Conditions: chosen})
	if err != nil {
		return TruthTable{}, refuse("conditions", err)
	}
	all := TruthTable{TruthTable: tt, Chosen: chosen, Mixed: tt.Mixed(), Unobserved: tt.Possible - uint64(len(tt.Rows))}
	if all.Unobserved <= maxListedRemainders {
		all.Remainders = remainders(tt)
	}
	if slices.Equal(chosen, t.KeptNames()) && len(t.Published) > 0 {
		all.Published = compareRows(tt, t.PublishedRows())
	}
	return all, nil
}

// remainders spells out the rows without a case, in the order of their
// numbers.
func remainders(tt *qca.TruthTable) []qca.Term {
	var terms []qca.Term
	next := 0
	for number := uint64(1); number <= tt.Possible; number++ {
		if next < len(tt.Rows) && tt.Rows[next].Number == number {
			next++
			continue
		}
		terms = append(terms, tt.Configuration(tt.RowValues(number)))
	}
	return terms
}

func compareRows(tt *qca.TruthTable, published []PublishedRow) *RowComparison {
	c := &RowComparison{}
	matched := make([]bool, len(published))
	for _, row := range tt.Rows {
		here := PublishedRow{Cases: row.Cases, Side: sideOf(row)}
		at := slices.IndexFunc(published, here.same)
		if at < 0 {
			c.Extra = append(c.Extra, here)
			continue
		}
		matched[at] = true
		c.Same++
	}
	for i, row := range published {
		if !matched[i] {
			c.Missing = append(c.Missing, row)
		}
	}
	return c
}

func (r PublishedRow) same(other PublishedRow) bool {
	return r.Side == other.Side && slices.Equal(slices.Sorted(slices.Values(r.Cases)), slices.Sorted(slices.Values(other.Cases)))
}

// sideOf is the side that all cases of a row are on; empty where they differ.
func sideOf(row qca.Row) string {
	switch {
	case row.Mixed():
		return ""
	case row.Output == qca.Positive:
		return Success
	default:
		return Failure
	}
}
