package exchange

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// readHeader takes the first row with any text for the header, and holds it against the columns that were asked for.
func (t *TableReader) readHeader() error {
	var rec record
	for {
		err := t.source.next(&rec)
		var conflict Conflict
		switch {
		case errors.Is(err, io.EOF):
			t.conflicts.Add(Conflict{Reason: "the table is empty; give a header row and one row below it for each entry"})
			return nil
		case errors.As(err, &conflict):
			t.conflicts.Add(conflict)
			return nil
		case err != nil:
			return err
		}
		if rec.reason != "" || !blankCells(rec.cells) {
			break
		}
	}
	t.headerRow = rec.number
	if rec.reason != "" {
		t.conflicts.Add(Conflict{Row: rec.number, Reason: "the header cannot be read: " + rec.reason})
		return nil
	}
	for _, cell := range rec.cells {
		t.names = append(t.names, strings.Join(strings.Fields(RestoreCell(string(cell))), " "))
	}
	for len(t.names) > 0 && t.names[len(t.names)-1] == "" {
		t.names = t.names[:len(t.names)-1]
	}
	t.match()
	t.usable = t.conflicts.total == 0
	return nil
}

// match finds where each column stands.
func (t *TableReader) match() {
	t.columns = t.options.Columns
	if len(t.columns) == 0 {
		t.takeAllColumns()
	}
	t.column = slices.Repeat([]int{-1}, len(t.names))
	t.position = slices.Repeat([]int{-1}, len(t.columns))
	seen := map[string]int{}
	for i, name := range t.names {
		if name == "" {
			continue
		}
		if first, twice := seen[folded(name)]; twice {
			t.refuseHeader(name, fmt.Sprintf("two columns have this name, cells %d and %d of the header; remove one or rename it", first+1, i+1))
			continue
		}
		seen[folded(name)] = i
		number := t.numberOf(name)
		switch {
		case number < 0:
			t.refuseUnknown(name)
		case t.position[number] >= 0:
			t.refuseHeader(name, fmt.Sprintf("this is another name of the column %s, which the table has too; remove one", t.names[t.position[number]]))
		default:
			t.position[number], t.column[i] = i, number
		}
	}
	t.refuseMissing()
}

// takeAllColumns asks for what the header has, when the caller asked for nothing by name.
func (t *TableReader) takeAllColumns() {
	for _, name := range t.names {
		if name != "" && !slices.ContainsFunc(t.columns, func(c Column) bool { return folded(c.Name) == folded(name) }) {
			t.columns = append(t.columns, Column{Name: name})
		}
	}
}

// folded is what makes two names the same.
func folded(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

func (t *TableReader) numberOf(name string) int {
	return slices.IndexFunc(t.columns, func(c Column) bool {
		same := func(other string) bool { return folded(other) == folded(name) }
		return same(c.Name) || slices.ContainsFunc(c.Aliases, same)
	})
}

func (t *TableReader) refuseHeader(column, reason string) {
	t.conflicts.Add(Conflict{Row: t.headerRow, Column: column, Reason: reason})
}

func (t *TableReader) refuseUnknown(name string) {
	if t.options.Extra {
		return
	}
	if near := nearest(name, t.columnNames(false)); near != "" {
		t.refuseHeader(name, fmt.Sprintf("no column has this name; did you mean %s?", near))
		return
	}
	t.refuseHeader(name, fmt.Sprintf("no column has this name; the columns are %s", strings.Join(t.columnNames(false), ", ")))
}

func (t *TableReader) refuseMissing() {
	var missing []string
	for i, c := range t.columns {
		if c.Required && t.position[i] < 0 {
			missing = append(missing, c.Name)
		}
	}
	if len(missing) == len(t.columnNames(true)) && len(missing) > 1 {
		t.refuseHeader("", fmt.Sprintf("the first row with text is no header: it has none of the columns %s; check the file and the sheet", strings.Join(missing, ", ")))
		return
	}
	for _, name := range missing {
		reason := "the column is missing; add it to the header"
		if near := nearest(name, t.unclaimed()); near != "" {
			reason += fmt.Sprintf(", or rename %s if that is it", near)
		}
		t.refuseHeader(name, reason)
	}
}

func (t *TableReader) columnNames(required bool) []string {
	var names []string
	for _, c := range t.columns {
		if c.Required || !required {
			names = append(names, c.Name)
		}
	}
	return names
}

// unclaimed are the names in the header that are no known column.
func (t *TableReader) unclaimed() []string {
	var names []string
	for i, name := range t.names {
		if t.column[i] < 0 && name != "" {
			names = append(names, name)
		}
	}
	return names
}

// columnAt names a cell of a row for people: by its header or, where there is none, by its letters in a spreadsheet.
func (t *TableReader) columnAt(cell int) string {
	if cell < len(t.names) && t.names[cell] != "" {
		return t.names[cell]
	}
	return columnLetters(cell)
}
