package exchange

import (
	"strings"
	"time"
)

// Row is one row of a table. Its methods take the number of a column in TableOptions.Columns; a column that the file
// has not reads as blank. A cell that is not what is asked for goes to the conflicts of the table and answers false,
// as a blank one does: ask OK when all cells of the row are read.
type Row struct {
	table  *TableReader
	record record
	faults int // conflicts of the table before this row was handed out
}

// Number is the row number that a spreadsheet shows, or the place in the list for JSON.
func (r *Row) Number() int { return r.record.number }

// OK tells whether no cell of this row has been refused so far.
func (r *Row) OK() bool { return r.table.conflicts.total == r.faults }

// Bytes is the cell as it stands in the file, without the spaces around it. It is valid until the next row is read.
func (r *Row) Bytes(column int) []byte {
	if at := r.table.position[column]; at >= 0 && at < len(r.record.cells) {
		return r.record.cells[at]
	}
	return nil
}

// Blank tells whether the cell says that nothing is known: see IsBlank.
func (r *Row) Blank(column int) bool { return isBlank(r.Bytes(column)) }

// Text is the cell as text that may be kept, empty for a blank cell. The apostrophe that SafeCell wrote is taken off.
// An error of a spreadsheet such as #REF! is refused.
func (r *Row) Text(column int) string {
	cell := r.Bytes(column)
	if isBlank(cell) {
		return ""
	}
	text := r.table.restore(string(cell))
	if reason := spreadsheetError(text); reason != "" {
		r.Refuse(column, reason)
		return ""
	}
	return text
}

// spreadsheetErrors are what spreadsheets show for a formula that failed; #N/A is a blank.
const spreadsheetErrors = " #REF! #VALUE! #NAME? #DIV/0! #NUM! #NULL! #SPILL! #CALC! "

func spreadsheetError(text string) string {
	if text[0] == '#' && strings.Contains(spreadsheetErrors, " "+text+" ") {
		return "the spreadsheet shows an error here; mend the formula or write the value"
	}
	return ""
}

// Whole is the cell as a whole number, as ParseWhole reads it; false when it is blank or refused.
func (r *Row) Whole(column int) (int64, bool) {
	cell := r.Bytes(column)
	if n, ok := plainDigits(cell); ok {
		return n, true
	}
	return typed(r, column, cell, ParseWhole)
}

// Decimal is the cell as a number, as ParseDecimal reads it; false when it is blank or refused.
func (r *Row) Decimal(column int) (float64, bool) {
	cell := r.Bytes(column)
	if n, ok := plainDigits(cell); ok && n < 1<<53 {
		return float64(n), true
	}
	return typed(r, column, cell, ParseDecimal)
}

// Date is the cell as a date at midnight UTC, as ParseDate reads it; false when it is blank or refused.
func (r *Row) Date(column int) (time.Time, bool) {
	cell := r.Bytes(column)
	if date, ok := plainDate(cell); ok {
		return date, true
	}
	return typed(r, column, cell, r.table.parseDate)
}

// Bool is the cell as yes or no, as ParseBool reads it; known is false when it is blank or refused.
func (r *Row) Bool(column int) (value, known bool) {
	return typed(r, column, r.Bytes(column), ParseBool)
}

func typed[T any](r *Row, column int, cell []byte, parse func(string) (T, error)) (value T, ok bool) {
	if isBlank(cell) {
		return value, false
	}
	value, err := parse(r.table.restore(string(cell)))
	if err != nil {
		r.Refuse(column, err.Error())
	}
	return value, err == nil
}

// Refuse adds a conflict about a cell: what is wrong, and what to do.
func (r *Row) Refuse(column int, reason string) {
	r.table.conflicts.Add(Conflict{Row: r.Number(), Column: r.columnName(column), Value: string(r.Bytes(column)), Reason: reason})
}

// RefuseRow adds a conflict about the row as a whole.
func (r *Row) RefuseRow(reason string) {
	r.table.conflicts.Add(Conflict{Row: r.Number(), Reason: reason})
}

func (r *Row) columnName(column int) string {
	if at := r.table.position[column]; at >= 0 {
		return r.table.names[at]
	}
	return r.table.columns[column].Name
}
