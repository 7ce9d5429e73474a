package qca

import (
	"fmt"
	"strings"
)

// Notation is how presence and absence of a two-valued condition are written.
type Notation int

// The notations.
const (
	Tilde Notation = iota // A and ~A
	Case                  // A and a (Ragin 1987)
)

// String names the notation.
func (n Notation) String() string { return [...]string{"tilde", "case"}[n] }

// MarshalText writes the notation's name.
func (n Notation) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads a notation's name.
func (n *Notation) UnmarshalText(text []byte) error {
	switch string(text) {
	case "tilde":
		*n = Tilde
	case "case":
		*n = Case
	default:
		return &InputError{Value: string(text), Problem: "no such notation", Remedy: "use tilde or case"}
	}
	return nil
}

// cased writes a literal without values in upper or lower case.
func cased(l Literal) string {
	if l.Negated {
		return strings.ToLower(l.Condition)
	}
	return strings.ToUpper(l.Condition)
}

// Expression parses text about the columns of the table. In Case notation a
// name in lower case is the absence of the column, and any other spelling its
// presence; the names of columns may then not differ in case alone. A name that
// is no column is an InputError.
func (t *Table) Expression(text string, n Notation) (Expression, error) {
	e, err := Parse(text)
	if err != nil {
		return nil, err
	}
	if n == Case {
		if err := t.readCases(e); err != nil {
			return nil, err
		}
	}
	for _, name := range e.Conditions() {
		if _, err := t.column(name); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// Literal is ParseLiteral in a notation, about a column of the table.
func (t *Table) Literal(text string, n Notation) (Literal, error) {
	l, err := ParseLiteral(text)
	if err != nil {
		return Literal{}, err
	}
	e := Expression{Term{l}}
	if n == Case {
		err = t.readCases(e)
	}
	return e[0][0], err
}

// Expectations is ParseExpectations in a notation.
func (t *Table) Expectations(text string, n Notation) ([]Term, error) {
	expect, err := ParseExpectations(text)
	if err == nil && n == Case {
		err = t.readCases(expect)
	}
	return expect, err
}

// readCases gives every literal the name of its column, and those in lower case
// the opposite meaning.
func (t *Table) readCases(e Expression) error {
	if err := t.checkCases(); err != nil {
		return err
	}
	for _, term := range e {
		for i := range term {
			l := &term[i]
			l.Notation = Case
			if l.Values == nil && l.Condition == strings.ToLower(l.Condition) {
				l.Negated = !l.Negated
			}
			for _, c := range t.columns {
				if strings.EqualFold(c.name, l.Condition) {
					l.Condition = c.name
				}
			}
		}
	}
	return nil
}

// checkCases refuses a table in which upper and lower case tell columns apart,
// or a name has no case to tell presence by.
func (t *Table) checkCases() error {
	known := make(map[string]string)
	for _, c := range t.columns {
		if c.bad != nil {
			continue
		}
		lower := strings.ToLower(c.name)
		if other, twice := known[lower]; twice {
			return &InputError{Column: c.name, Problem: fmt.Sprintf("only its case tells it from %q", other), Remedy: "use the tilde notation"}
		}
		if lower == strings.ToUpper(c.name) {
			return &InputError{Column: c.name, Problem: "the name has no upper and lower case", Remedy: "use the tilde notation"}
		}
		known[lower] = c.name
	}
	return nil
}
