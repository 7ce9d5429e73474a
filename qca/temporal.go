package qca

import (
	"fmt"
	"maps"
	"math"
	"slices"
)

// WithOrder makes a table for temporal QCA (Caren and Panofsky 2005; Ragin and
// Strand 2008) of columns that say when an event took place in each case, or
// that it did not ("-", a don't-care value). Each becomes a crisp condition,
// 1 where the event took place; and for each two events, in the order given, a
// condition FIRST_BEFORE_SECOND is added: 1 where the first came before the
// second, 0 where it came later or at the same time, and don't care where not
// both took place.
func (t *Table) WithOrder(events []string) (*Table, error) {
	other := *t
	other.columns, other.index = slices.Clone(t.columns), maps.Clone(t.index)
	times := make([][]float64, len(events))
	for i, name := range events {
		if slices.Contains(events[:i], name) {
			return nil, &InputError{Column: name, Problem: "the event is given twice", Remedy: "give it once"}
		}
		c, err := t.column(name)
		if err != nil {
			return nil, err
		}
		times[i] = c.values
		present := column{name: name, values: make([]float64, len(c.values)), kind: Crisp, levels: 2}
		for j, time := range c.values {
			if !math.IsNaN(time) {
				present.values[j] = 1
			}
		}
		other.columns[t.index[name]] = present
	}
	for i, first := range events {
		for j, second := range events[i+1:] {
			if err := other.add(orderColumn(first, second, times[i], times[i+1+j])); err != nil {
				return nil, fmt.Errorf("order of %s and %s: %w", first, second, err)
			}
		}
	}
	return &other, nil
}

func orderColumn(first, second string, a, b []float64) Column {
	c := Column{Name: first + "_BEFORE_" + second, Values: make([]float64, len(a)), DontCare: make([]bool, len(a))}
	for i := range a {
		switch {
		case math.IsNaN(a[i]) || math.IsNaN(b[i]):
			c.DontCare[i] = true
		case a[i] < b[i]:
			c.Values[i] = 1
		}
	}
	return c
}
