package db

import (
	"fmt"
	"strconv"
	"strings"
)

// Ints is a table of whole numbers that travels as one parameter: a statement
// over thousands of rows is then one round trip and one plan.
type Ints struct {
	text    strings.Builder
	columns int
	rows    int
}

// Add adds a row. All rows have the same number of columns.
func (t *Ints) Add(row ...int64) {
	open := byte(',')
	if t.rows == 0 {
		open = '['
	}
	t.text.WriteByte(open)
	t.columns, t.rows = len(row), t.rows+1
	var digits [20]byte
	if len(row) == 1 { // a list of numbers is read twice as fast as one of lists
		t.text.Write(strconv.AppendInt(digits[:0], row[0], 10))
		return
	}
	separator := byte('[')
	for _, n := range row {
		t.text.WriteByte(separator)
		t.text.Write(strconv.AppendInt(digits[:0], n, 10))
		separator = ','
	}
	t.text.WriteByte(']')
}

// Len is the number of rows.
func (t *Ints) Len() int { return t.rows }

// Param is the table as a parameter of a statement.
func (t *Ints) Param() string {
	if t.rows == 0 {
		return "[]"
	}
	return t.text.String() + "]"
}

// Column answers a one-column table of the numbers.
func Column(numbers []int64) *Ints {
	t := &Ints{}
	for _, n := range numbers {
		t.Add(n)
	}
	return t
}

// IntsAt answers SQL that reads the Ints in the parameter with that number, as
// a table with the named columns, of which there are as many as the Ints has:
// it stands in a FROM clause or after IN.
func (d *DB) IntsAt(parameter int, columns ...string) string {
	if len(columns) == 1 {
		return fmt.Sprintf("(SELECT %s AS %s FROM "+d.dialect.rowsOf+")", d.dialect.oneInt, columns[0], parameter)
	}
	parts := make([]string, len(columns))
	for i, name := range columns {
		parts[i] = fmt.Sprintf(d.dialect.intAt, i) + " AS " + name
	}
	return fmt.Sprintf("(SELECT %s FROM "+d.dialect.rowsOf+")", strings.Join(parts, ", "), parameter)
}
