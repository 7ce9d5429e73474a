package facts

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"
)

// table says what one data file must look like: its header, column by column, and
// the columns that together must not repeat.
type table struct {
	file    string
	columns []string
	key     []string
}

// row is one record of a table. Its methods read a cell as what it must be and
// keep the first fault they meet, so that a parser reads a whole row before the
// row is judged.
type row struct {
	line  int
	cells map[string]string
	err   error
}

// load reads a table and parses its rows in order. Any fault is an error that
// names the file, the line and the column.
func load[T any](fsys fs.FS, t table, parse func(*row) T) ([]T, error) {
	rows, err := t.rows(fsys)
	if err != nil {
		return nil, err
	}
	parsed := make([]T, 0, len(rows))
	seen := make(map[string]int)
	for _, r := range rows {
		v := parse(r)
		if r.err != nil {
			return nil, fmt.Errorf("%s line %d: %w", t.file, r.line, r.err)
		}
		key := r.join(t.key)
		if first, ok := seen[key]; ok {
			return nil, fmt.Errorf("%s line %d: %q is already on line %d", t.file, r.line, key, first)
		}
		seen[key] = r.line
		parsed = append(parsed, v)
	}
	return parsed, nil
}

func (t table) rows(fsys fs.FS) ([]*row, error) {
	f, err := fsys.Open(t.file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	c := csv.NewReader(f)
	c.FieldsPerRecord = len(t.columns)
	header, err := c.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", t.file, err)
	}
	if !slices.Equal(header, t.columns) {
		return nil, fmt.Errorf("%s line 1: columns are %s, want %s", t.file, strings.Join(header, ","), strings.Join(t.columns, ","))
	}
	var rows []*row
	for {
		record, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.file, err)
		}
		rows = append(rows, t.row(c, record))
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s: has no rows", t.file)
	}
	return rows, nil
}

func (t table) row(c *csv.Reader, record []string) *row {
	line, _ := c.FieldPos(0)
	r := &row{line: line, cells: make(map[string]string, len(record))}
	for i, column := range t.columns {
		r.cells[column] = record[i]
		if record[i] != strings.TrimSpace(record[i]) {
			r.fail(column, "has spaces around %q", record[i])
		}
	}
	return r
}

func (r *row) fail(column, format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("column %s "+format, append([]any{column}, args...)...)
	}
}

func (r *row) join(columns []string) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = r.cells[c]
	}
	return strings.Join(parts, " / ")
}

// text is a cell that must not be empty.
func (r *row) text(column string) string {
	v := r.cells[column]
	if v == "" {
		r.fail(column, "is empty")
	}
	return v
}

// optional is a cell that may be empty.
func (r *row) optional(column string) string { return r.cells[column] }

func (r *row) oneOf(column string, choices ...string) string {
	v := r.cells[column]
	if !slices.Contains(choices, v) {
		r.fail(column, "is %q, want one of %s", v, strings.Join(choices, ", "))
	}
	return v
}

// number is a whole number from low to high, both included.
func (r *row) number(column string, low, high int) int {
	n, err := strconv.Atoi(r.cells[column])
	if err != nil || n < low || n > high {
		r.fail(column, "is %q, want a whole number from %d to %d", r.cells[column], low, high)
	}
	return n
}

// share is a number from 0 to 1, both included.
func (r *row) share(column string) float64 {
	x, err := strconv.ParseFloat(r.cells[column], 64)
	if err != nil || !(x >= 0 && x <= 1) {
		r.fail(column, "is %q, want a number from 0 to 1", r.cells[column])
	}
	return x
}

func (r *row) date(column string) time.Time {
	d, err := time.Parse(time.DateOnly, r.cells[column])
	if err != nil {
		r.fail(column, "is %q, want a date such as 2018-10-01", r.cells[column])
	}
	return d
}

// list is a cell of several values, none empty.
func (r *row) list(column, separator string) []string {
	items := strings.Split(r.cells[column], separator)
	if slices.Contains(items, "") {
		r.fail(column, "has an empty item in %q", r.cells[column])
	}
	return items
}

func (r *row) source() string {
	v := r.cells["source"]
	if err := checkSource(v); err != nil {
		r.fail("source", "%v", err)
	}
	return v
}
