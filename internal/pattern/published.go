package pattern

import (
	"fmt"
	"slices"
	"strings"

	"sir/qca"
)

// Side is one of the two things that are explained apart from each other: the
// outcome, or its absence.
type Side struct {
	Name    string // "success" or "failure", as PublishedTerm.Outcome
	Outcome string // as qca writes it, such as "~OUTCOME"
	Means   string // what the value says
	Value   int    // of the outcome
	Cases   []string
}

// The names of the sides.
const (
	Success = "success"
	Failure = "failure"
)

// Sides answers success and failure, each with its cases.
func (t CaseTable) Sides() []Side {
	sides := []Side{
		{Name: Success, Outcome: t.Outcome.Name, Means: t.Outcome.OneMeans, Value: 1},
		{Name: Failure, Outcome: "~" + t.Outcome.Name, Means: t.Outcome.ZeroMeans, Value: 0},
	}
	for i := range sides {
		for _, c := range t.Cases {
			if value, coded := c.Values[t.Outcome.Name]; coded && value == sides[i].Value {
				sides[i].Cases = append(sides[i].Cases, c.Label)
			}
		}
	}
	return sides
}

// PublishedTerms answers what the source published for a side.
func (t CaseTable) PublishedTerms(side string) []PublishedTerm {
	return slices.DeleteFunc(slices.Clone(t.Published), func(p PublishedTerm) bool { return p.Outcome != side })
}

// PublishedFormula answers the published terms of a side as one expression;
// it is empty where nothing was published.
func (t CaseTable) PublishedFormula(side string) (qca.Expression, error) {
	var formula qca.Expression
	for _, p := range t.PublishedTerms(side) {
		term, err := t.ReadTerm(p.Term)
		if err != nil {
			return nil, fmt.Errorf("published term for %s: %w", side, err)
		}
		formula = append(formula, term)
	}
	return formula, nil
}

// ReadTerm reads a term as sources print it, where a name in lower case is a
// condition that is absent (Ragin 1987), such as "nondelay*PHARMA".
func (t CaseTable) ReadTerm(text string) (qca.Term, error) {
	e, err := qca.Parse(text)
	if err != nil {
		return nil, err
	}
	if len(e) != 1 {
		return nil, fmt.Errorf("%q is not a single term", text)
	}
	names := t.Names()
	for i, literal := range e[0] {
		upper := strings.ToUpper(literal.Condition)
		switch {
		case slices.Contains(names, literal.Condition):
		case slices.Contains(names, upper):
			e[0][i].Condition, e[0][i].Negated = upper, !literal.Negated
		default:
			return nil, fmt.Errorf("%q names no condition of the set", text)
		}
	}
	return e[0], nil
}

// PublishedRow is a group of cases that the source puts into one row of its
// truth table, with the side on which they are.
type PublishedRow struct {
	Cases []string
	Side  string
}

// PublishedRows answers the rows that the published terms cover, each once, in
// the order of publication. Sources group the cases of a term by row.
func (t CaseTable) PublishedRows() []PublishedRow {
	var rows []PublishedRow
	for _, p := range t.Published {
		for group := range strings.SplitSeq(p.Cases, ";") {
			row := PublishedRow{Side: p.Outcome}
			for label := range strings.SplitSeq(group, ",") {
				row.Cases = append(row.Cases, strings.TrimSpace(label))
			}
			known := slices.ContainsFunc(rows, func(r PublishedRow) bool { return r.Side == row.Side && slices.Equal(r.Cases, row.Cases) })
			if !known {
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// SameFormula tells whether two expressions have the same terms, whatever
// their order.
func SameFormula(a, b qca.Expression) bool {
	return slices.Equal(canonical(a), canonical(b))
}

func canonical(e qca.Expression) []string {
	terms := make([]string, len(e))
	for i, term := range e {
		literals := make([]string, len(term))
		for j, l := range term {
			literals[j] = l.String()
		}
		slices.Sort(literals)
		terms[i] = strings.Join(literals, "*")
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}
