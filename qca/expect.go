package qca

import (
	"fmt"
	"slices"
	"strings"
)

// ParseExpectations reads a list such as "A=1, B=0, C=-, ~D*E, F[1,2]": a
// condition and the value by which it is expected to contribute ("-" for no
// expectation), or a conjunction expected to contribute as a whole.
func ParseExpectations(text string) ([]Term, error) {
	var expect []Term
	for _, part := range splitOutside(text) {
		name, value, assigned := strings.Cut(part, "=")
		if assigned {
			switch value = strings.TrimSpace(value); value {
			case "-":
				continue
			case "1":
				part = name
			case "0":
				part = "~" + name
			default:
				part = name + "[" + value + "]"
			}
		}
		e, err := Parse(part)
		if err != nil {
			return nil, fmt.Errorf("expectation: %w", err)
		}
		if len(e) != 1 {
			return nil, &InputError{Value: part, Problem: "an expectation is a condition or a conjunction",
				Remedy: "give alternatives one by one, separated by commas"}
		}
		expect = append(expect, e[0])
	}
	return expect, nil
}

// splitOutside splits at commas that are not inside brackets.
func splitOutside(text string) []string {
	depth := 0
	return slices.DeleteFunc(strings.FieldsFunc(text, func(r rune) bool {
		switch r {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		}
		return r == ',' && depth <= 0
	}), func(part string) bool { return strings.TrimSpace(part) == "" })
}

// expectation is a directional expectation on the conditions of a truth table:
// the values expected, by condition, as bit sets.
type expectation struct {
	conditions uint64
	values     map[int]uint64
}

func (tt *TruthTable) expectations(terms []Term) ([]expectation, error) {
	list := make([]expectation, len(terms))
	for i, term := range terms {
		list[i].values = make(map[int]uint64)
		for _, l := range term {
			at := slices.IndexFunc(tt.Conditions, func(c Condition) bool { return c.Name == l.Condition })
			if at < 0 {
				return nil, &InputError{Column: l.Condition, Problem: "the expectation is about no condition of this analysis",
					Remedy: "use one of " + strings.Join(tt.settings.Conditions, ", ")}
			}
			c, err := tt.table.column(l.Condition)
			if err != nil {
				return nil, err
			}
			if err := l.fits(c); err != nil {
				return nil, err
			}
			list[i].conditions |= 1 << at
			list[i].values[at] = l.valueSet(c.levels)
		}
	}
	return list, nil
}

// valueSet is the set of a column's values that the literal takes in.
func (l Literal) valueSet(levels int) uint64 {
	set := uint64(2)
	if l.Values != nil {
		set = 0
		for _, v := range l.Values {
			set |= 1 << v
		}
	}
	if l.Negated {
		set = (1<<levels - 1) &^ set
	}
	return set
}

// against returns the conditions of a cube that contradict an expectation. A
// cube that contradicts one literal of a conjunction contradicts it as a whole;
// a condition that also serves an expectation the cube meets is not returned.
func against(list []expectation, c *codes, q cube) uint64 {
	var met, unmet uint64
	for _, e := range list {
		contradicts := false
		for at, values := range e.values {
			contradicts = contradicts || q.fixed>>at&1 != 0 && values>>c.value(int(q.row), at)&1 == 0
		}
		if contradicts {
			unmet |= e.conditions
		} else {
			met |= e.conditions
		}
	}
	return q.fixed & unmet &^ met
}
