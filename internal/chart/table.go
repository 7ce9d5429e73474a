package chart

import (
	"encoding/csv"
	"io"
	"regexp"
	"strings"
)

// Table is the chart in rows: the first cell of each row names it. Numbers are plain (no unit, no separator); a missing
// value is its reason.
type Table struct {
	Caption string
	Headers []string
	Rows    [][]string
}

// WriteCSV writes headers and rows as UTF-8, each cell through SafeCell. Lines end in LF: with CRLF, encoding/csv would
// change the line breaks inside cells too.
func (t Table) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(safeCells(t.Headers)); err != nil {
		return err
	}
	for _, row := range t.Rows {
		if err := out.Write(safeCells(row)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func safeCells(cells []string) []string {
	safe := make([]string, len(cells))
	for i, cell := range cells {
		safe[i] = SafeCell(cell)
	}
	return safe
}

var numberCell = regexp.MustCompile(`^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?%?$`)

// SafeCell puts an apostrophe before a cell that a spreadsheet would run as a formula: one that begins with = + - @, a tab
// or a line break, or a full-width form of those, also behind spaces or a byte order mark. Numbers stay numbers.
func SafeCell(cell string) string {
	if numberCell.MatchString(cell) {
		return cell
	}
	start := strings.TrimLeft(cell, " \u00a0\ufeff")
	if strings.IndexAny(start, "=+-@\t\r\n＝＋－＠") == 0 {
		return "'" + cell
	}
	return cell
}
