package exchange

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"
	"unicode/utf8"
)

// Format is how a sheet is written.
type Format string

// The formats of a sheet.
const (
	Table Format = "table" // aligned columns, for reading
	CSV   Format = "csv"   // RFC 4180, UTF-8, line feeds
	JSON  Format = "json"  // a list of objects, one a row
)

// Sheet is rows under named columns. A cell is a string, an integer, a float,
// a bool, a time.Time (midnight UTC is a date), or nil for "not known", which is an empty cell and a JSON null.
type Sheet struct {
	Columns []string
	Rows    [][]any
}

// Write writes the sheet in the format. A row must have a cell for each column.
func (s Sheet) Write(w io.Writer, format Format) error {
	for i, row := range s.Rows {
		if len(row) != len(s.Columns) {
			return wrongWidth(i+1, len(row), len(s.Columns))
		}
	}
	switch format {
	case CSV:
		return WriteCSV(w, s.Columns, RowsOf(s.Rows))
	case JSON:
		return s.writeJSON(w)
	case Table:
		return s.writeTable(w)
	default:
		return fmt.Errorf("no format is called %q: use table, csv or json", format)
	}
}

// writeJSON keeps the order of the columns, which a map would lose.
func (s Sheet) writeJSON(w io.Writer) error {
	var text strings.Builder
	text.WriteString("[")
	for i, row := range s.Rows {
		if i > 0 {
			text.WriteString(",")
		}
		text.WriteString("\n  {")
		for j, cell := range row {
			if j > 0 {
				text.WriteString(", ")
			}
			name, err := json.Marshal(s.Columns[j])
			if err != nil {
				return err
			}
			value, err := json.Marshal(cell)
			if err != nil {
				return fmt.Errorf("column %s: %w", s.Columns[j], err)
			}
			fmt.Fprintf(&text, "%s: %s", name, value)
		}
		text.WriteString("}")
	}
	text.WriteString("\n]\n")
	_, err := io.WriteString(w, text.String())
	return err
}

func (s Sheet) writeTable(w io.Writer) error {
	// Every line keeps all its tabs, or a column would lose its width where
	// the last cells of a row are empty; the spaces they leave are cut after.
	var aligned strings.Builder
	out := tabwriter.NewWriter(&aligned, 0, 4, 2, ' ', 0)
	line := func(cells []string) { fmt.Fprintln(out, strings.Join(cells, "\t")) }
	cells := make([]string, len(s.Columns))
	for i, name := range s.Columns {
		cells[i] = printable(name)
	}
	line(cells)
	for _, row := range s.Rows {
		for i, cell := range row {
			cells[i] = printable(show(cell))
		}
		line(cells)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	for text := range strings.Lines(aligned.String()) {
		if _, err := fmt.Fprintln(w, strings.TrimRight(text, " \n")); err != nil {
			return err
		}
	}
	return nil
}

func show(cell any) string {
	switch cell := cell.(type) {
	case nil:
		return ""
	case string:
		return cell
	case time.Time:
		return isoTime(cell)
	}
	return fmt.Sprint(cell)
}

// safe keeps a text cell from being run as a formula by a spreadsheet; numbers
// stay as they are.
func safe(cell any) string {
	text := show(cell)
	if _, isText := cell.(string); isText {
		return SafeCell(text)
	}
	return text
}

// printable keeps out of a table what could rewrite the terminal: control
// characters, other line ends, changes of direction.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, text)
}
