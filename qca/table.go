package qca

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Kind is how a column's values are read.
type Kind int

// The kinds of column.
const (
	Raw        Kind = iota // not calibrated: no condition or outcome yet
	Crisp                  // 0 or 1
	MultiValue             // whole numbers from 0, at least one above 1
	Fuzzy                  // memberships from 0 to 1
)

var kindNames = []string{"raw", "crisp", "multi-value", "fuzzy"}

// String names the kind in words.
func (k Kind) String() string { return kindNames[k] }

// MarshalText writes the kind in words.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the kind in words.
func (k *Kind) UnmarshalText(text []byte) error {
	i := slices.Index(kindNames, string(text))
	if i < 0 {
		return &InputError{Value: string(text), Problem: "not a kind of column", Remedy: "use " + strings.Join(kindNames, ", ")}
	}
	*k = Kind(i)
	return nil
}

// MaxLevels is the largest number of values of a multi-value condition.
const MaxLevels = 64

// Column is one condition or outcome: a name and a value for every case.
// Levels is the number of values a multi-value column can take (0 to
// Levels-1); zero means "as many as the largest value asks for".
//
// DontCare, where given, marks the cases for which the value does not matter:
// such a case has every value of the column at once, and stands in a row for
// each. In a fuzzy column there are none; a raw one is to be ordered
// (Table.WithOrder) before it is used.
type Column struct {
	Name     string
	Values   []float64
	Levels   int
	DontCare []bool
}

// Table holds cases by columns. It does not change once made.
type Table struct {
	cases   []string
	columns []column
	index   map[string]int
}

type column struct {
	name   string
	values []float64
	kind   Kind
	levels int
	bad    error    // what using the column answers, where it cannot be used
	texts  []string // what such a column holds
}

// NewTable checks and copies its arguments. Every column has one value a case,
// case ids and column names are unique and not blank, and values are finite:
// anything else is an InputError.
func NewTable(cases []string, columns []Column) (*Table, error) {
	t, err := emptyTable(cases, len(columns))
	if err != nil {
		return nil, err
	}
	for _, c := range columns {
		if err := t.add(c); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// emptyTable checks the cases of a table that is to have so many columns.
func emptyTable(cases []string, columns int) (*Table, error) {
	if len(cases) == 0 {
		return nil, &InputError{Problem: "there are no cases", Remedy: "give at least one row of data"}
	}
	if columns == 0 {
		return nil, &InputError{Problem: "there are no columns", Remedy: "give at least one condition and an outcome"}
	}
	if err := uniqueCases(cases); err != nil {
		return nil, err
	}
	return &Table{cases: slices.Clone(cases), index: make(map[string]int, columns)}, nil
}

func uniqueCases(cases []string) error {
	seen := make(map[string]bool, len(cases))
	for i, id := range cases {
		if strings.TrimSpace(id) == "" {
			return &InputError{Problem: fmt.Sprintf("case %d has no id", i+1), Remedy: "give every case an id"}
		}
		if seen[id] {
			return &InputError{Case: id, Problem: "the id is used twice", Remedy: "give every case its own id"}
		}
		seen[id] = true
	}
	return nil
}

func (t *Table) add(c Column) error {
	if c.Name == "" {
		return &InputError{Problem: "a column has values and no name", Remedy: "give it a name in the header line, or clear it"}
	}
	if !validName(c.Name) {
		return &InputError{Column: c.Name, Problem: "the name cannot be used in an expression",
			Remedy: "start with a letter and use letters, digits, full stops and underscores"}
	}
	if _, twice := t.index[c.Name]; twice {
		return &InputError{Column: c.Name, Problem: "the name is used twice", Remedy: "rename one of the columns"}
	}
	if len(c.Values) != len(t.cases) {
		return &InputError{Column: c.Name, Problem: fmt.Sprintf("%d values for %d cases", len(c.Values), len(t.cases)),
			Remedy: "give one value a case"}
	}
	if c.DontCare != nil && len(c.DontCare) != len(c.Values) {
		return &InputError{Column: c.Name, Problem: fmt.Sprintf("%d don't-care marks for %d cases", len(c.DontCare), len(c.Values)), Remedy: "give one a case, or none"}
	}
	for i, v := range c.Values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return &InputError{Case: t.cases[i], Column: c.Name, Value: formatNumber(v), Problem: "not a finite number",
				Remedy: "fill the value in, or leave the case out"}
		}
	}
	values := slices.Clone(c.Values)
	for i, free := range c.DontCare {
		if free {
			values[i] = dontCare
		}
	}
	kind, levels := classify(values)
	if kind == Fuzzy && slices.ContainsFunc(values, math.IsNaN) {
		return &InputError{Column: c.Name, Problem: "a fuzzy column has a don't-care value", Remedy: "give a membership, or use crisp values"}
	}
	if c.Levels > 0 {
		if c.Levels < levels || c.Levels > MaxLevels || kind == Raw || kind == Fuzzy {
			return &InputError{Column: c.Name, Problem: fmt.Sprintf("%d levels do not fit its values", c.Levels),
				Remedy: "give one more than the largest value"}
		}
		levels = c.Levels
		if levels > 2 {
			kind = MultiValue
		}
	}
	t.index[c.Name] = len(t.columns)
	t.columns = append(t.columns, column{name: c.Name, values: values, kind: kind, levels: levels})
	return nil
}

// addUnusable adds a column of texts that answers err when it is used.
func (t *Table) addUnusable(name string, texts []string, err error) {
	if i, twice := t.index[name]; twice {
		t.columns[i].bad, t.columns[i].texts = err, nil
		return
	}
	t.index[name] = len(t.columns)
	t.columns = append(t.columns, column{name: name, bad: err, texts: texts})
}

// Texts returns what a column holds as text, one a case: of a column that
// cannot be used as a set (CSVOptions.Defer) as it was read, of any other the
// numbers.
func (t *Table) Texts(name string) ([]string, error) {
	c, err := t.column(name)
	if c == nil {
		return nil, err
	}
	if c.texts != nil {
		return slices.Clone(c.texts), nil
	}
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(c.values))
	for i, v := range c.values {
		if texts[i] = formatNumber(v); math.IsNaN(v) {
			texts[i] = "-"
		}
	}
	return texts, nil
}

// dontCare stands for every value of a column at once.
var dontCare = math.NaN()

// classify tells a column's kind from its values, and its number of levels.
func classify(values []float64) (Kind, int) {
	whole, most := true, 0.0
	for _, v := range values {
		if math.IsNaN(v) {
			continue
		}
		if v < 0 {
			return Raw, 0
		}
		whole = whole && v == math.Trunc(v)
		most = max(most, v)
	}
	switch {
	case most <= 1 && whole:
		return Crisp, 2
	case most <= 1:
		return Fuzzy, 2
	case whole && most < MaxLevels:
		return MultiValue, int(most) + 1
	}
	return Raw, 0
}

// validName reports whether an expression can name the column: a letter, then
// letters, digits, full stops and underscores.
func validName(name string) bool {
	for i, r := range name {
		if !isNameRune(r, i == 0) {
			return false
		}
	}
	return name != ""
}

// Cases returns the case ids in order.
func (t *Table) Cases() []string { return slices.Clone(t.cases) }

// Columns returns the column names in order.
func (t *Table) Columns() []string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return names
}

// Column returns a copy of the named column and its kind.
func (t *Table) Column(name string) (Column, Kind, error) {
	c, err := t.column(name)
	if err != nil {
		return Column{}, Raw, err
	}
	column := Column{Name: c.name, Values: slices.Clone(c.values), Levels: c.levels}
	for i, v := range c.values {
		if math.IsNaN(v) {
			if column.DontCare == nil {
				column.DontCare = make([]bool, len(c.values))
			}
			column.Values[i], column.DontCare[i] = 0, true
		}
	}
	return column, c.kind, nil
}

// Others returns the names of all columns but the given ones, in order.
func (t *Table) Others(names ...string) []string {
	return slices.DeleteFunc(t.Columns(), func(n string) bool { return slices.Contains(names, n) })
}

func (t *Table) column(name string) (*column, error) {
	i, ok := t.index[name]
	if !ok {
		return nil, &InputError{Column: name, Problem: "no such column",
			Remedy: "use one of " + strings.Join(t.Columns(), ", ")}
	}
	return &t.columns[i], t.columns[i].bad
}

// calibrated returns the named column, refusing one that is still raw.
func (t *Table) calibrated(name string) (*column, error) {
	c, err := t.column(name)
	if err != nil {
		return nil, err
	}
	if c.kind != Raw {
		return c, nil
	}
	for i, v := range c.values {
		if v < 0 || v > 1 {
			return nil, &InputError{Case: t.cases[i], Column: name, Value: formatNumber(v),
				Problem: "neither a membership from 0 to 1 nor one of a few whole values", Remedy: "calibrate the column first"}
		}
	}
	return nil, &InputError{Column: name, Problem: "the column is not calibrated", Remedy: "calibrate it first"}
}

func formatNumber(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
