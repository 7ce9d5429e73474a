package exchange

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"time"
)

// Rows are the rows of a table as they come, for writers that need not hold them all; an error ends the writing. A cell
// is what a cell of a Sheet is. A row is only used in its turn, so that the giver may use it again.
type Rows = iter.Seq2[[]any, error]

// RowsOf gives rows that are in memory.
func RowsOf(rows [][]any) Rows {
	return func(yield func([]any, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// WriteCSV writes a header and rows as they come: RFC 4180, UTF-8, line feeds, and every text cell made safe.
func WriteCSV(w io.Writer, columns []string, rows Rows) error {
	out := csv.NewWriter(w)
	record := make([]string, len(columns))
	for i, name := range columns {
		record[i] = SafeCell(name)
	}
	if err := out.Write(record); err != nil {
		return err
	}
	number := 0
	for row, err := range rows {
		if err != nil {
			return err
		}
		if number++; len(row) != len(columns) {
			return wrongWidth(number, len(row), len(columns))
		}
		for i, cell := range row {
			record[i] = safe(cell)
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func wrongWidth(row, cells, columns int) error {
	return fmt.Errorf("row %d has %d cells for %d columns", row, cells, columns)
}

// isoTime writes midnight UTC as a date, and any other time with its time of day in UTC.
func isoTime(t time.Time) string {
	t = t.UTC()
	if t.Equal(t.Truncate(24 * time.Hour)) {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}
