package qca

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Literal is a condition or outcome, its absence, or a set of its values.
// Without Values it is the presence of a crisp or fuzzy condition; Negated is
// the complement of either.
type Literal struct {
	Condition string
	Values    []int
	Negated   bool
	// Notation in which the literal is written; it does not change its meaning.
	Notation Notation
}

// Term is a conjunction of literals; the empty term holds of every case.
type Term []Literal

// Expression is a disjunction of terms; the empty expression holds of no case.
type Expression []Term

// String writes ~A, A, C[2], C[1,2] or ~C[2]; in Case notation a and A for
// the first two.
func (l Literal) String() string {
	if l.Notation == Case && l.Values == nil {
		return cased(l)
	}
	var b strings.Builder
	if l.Negated {
		b.WriteByte('~')
	}
	b.WriteString(l.Condition)
	if l.Values != nil {
		b.WriteByte('[')
		for i, v := range l.Values {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.Itoa(v))
		}
		b.WriteByte(']')
	}
	return b.String()
}

// String joins the literals with "*"; the empty term is "1".
func (t Term) String() string {
	if len(t) == 0 {
		return "1"
	}
	parts := make([]string, len(t))
	for i, l := range t {
		parts[i] = l.String()
	}
	return strings.Join(parts, "*")
}

// String joins the terms with " + "; the empty expression is "0".
func (e Expression) String() string {
	if len(e) == 0 {
		return "0"
	}
	parts := make([]string, len(e))
	for i, t := range e {
		parts[i] = t.String()
	}
	return strings.Join(parts, " + ")
}

// MarshalText writes the expression as text.
func (e Expression) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText parses the expression.
func (e *Expression) UnmarshalText(text []byte) error {
	parsed, err := Parse(string(text))
	*e = parsed
	return err
}

// Conditions returns the names the expression uses, each once, in order of
// first use.
func (e Expression) Conditions() []string {
	var names []string
	for _, t := range e {
		for _, l := range t {
			if !slices.Contains(names, l.Condition) {
				names = append(names, l.Condition)
			}
		}
	}
	return names
}

// Memberships returns each case's membership in the expression: the maximum
// over terms of the minimum over literals. A name that is no calibrated column
// of the table, or a value the column cannot take, is an InputError.
func (e Expression) Memberships(t *Table) ([]float64, error) {
	whole := make([]float64, len(t.cases))
	for _, term := range e {
		part, err := term.Memberships(t)
		if err != nil {
			return nil, err
		}
		for i, m := range part {
			whole[i] = max(whole[i], m)
		}
	}
	return whole, nil
}

// Memberships returns each case's membership in the term, as for Expression.
func (t Term) Memberships(table *Table) ([]float64, error) {
	least := make([]float64, len(table.cases))
	for i := range least {
		least[i] = 1
	}
	for _, l := range t {
		member, err := l.memberships(table)
		if err != nil {
			return nil, err
		}
		for i, m := range member {
			least[i] = min(least[i], m)
		}
	}
	return least, nil
}

func (l Literal) memberships(t *Table) ([]float64, error) {
	c, err := t.calibrated(l.Condition)
	if err != nil {
		return nil, err
	}
	if err := l.fits(c); err != nil {
		return nil, err
	}
	member := make([]float64, len(c.values))
	for i, v := range c.values {
		member[i] = l.membership(c.kind, v)
	}
	return member, nil
}

// membership of a value in the literal.
func (l Literal) membership(k Kind, v float64) float64 {
	m := v
	switch {
	case math.IsNaN(v): // every value at once
		return 1
	case l.Values == nil:
	case k == MultiValue:
		m = 0
		if slices.Contains(l.Values, int(v)) {
			m = 1
		}
	case slices.Contains(l.Values, 0) && slices.Contains(l.Values, 1):
		m = 1
	case slices.Contains(l.Values, 0):
		m = 1 - v
	}
	if l.Negated {
		return 1 - m
	}
	return m
}

// fits checks that the literal's values are values of the column.
func (l Literal) fits(c *column) error {
	if l.Values == nil && c.kind == MultiValue {
		return &InputError{Column: c.name, Problem: "a multi-value column needs a value",
			Remedy: "write for example " + c.name + "[1]"}
	}
	for _, v := range l.Values {
		if v < 0 || v >= c.levels {
			return &InputError{Column: c.name, Value: strconv.Itoa(v), Problem: "the column has no such value",
				Remedy: "use 0 to " + strconv.Itoa(c.levels-1)}
		}
	}
	return nil
}
