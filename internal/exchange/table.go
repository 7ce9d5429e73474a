package exchange

import (
	"errors"
	"io"
	"iter"
)

// Column is a column that a table may have. Its name is compared without regard to letter case and spacing.
type Column struct {
	Name     string
	Aliases  []string
	Required bool // a table without it is refused
}

// TableOptions says what to read. The zero value reads every column of the first sheet.
type TableOptions struct {
	// Columns are those that Row's methods number from 0. Empty: all that the header names, in its order.
	Columns []Column
	// Extra lets columns be that Columns does not name; otherwise each is a conflict.
	Extra bool
	// Sheet of a workbook; empty means the first that is not hidden.
	Sheet  string
	Limits Limits
	// Keep is how many conflicts to keep; zero means KeptConflicts.
	Keep int
}

// TableReader gives the rows of a table one after the other. What is wrong with the file goes to Conflicts, never to
// the caller: a header that does not fit, rows that do not fit the header, cells that are not what a column holds. A
// file with any conflict should change nothing.
type TableReader struct {
	source    source
	options   TableOptions
	columns   []Column // by the numbers that callers use
	position  []int    // in the row, -1 for a column that the file has not
	column    []int    // the reverse: -1 for a cell of the row that nobody asked for
	names     []string // of the header, as written there
	headerRow int
	restore   func(string) string // RestoreCell, where the source may be a file that SafeCell wrote
	serials   int                 // days to add to date serials: 1,462 in workbooks that count from 1904
	usable    bool
	conflicts Conflicts
	err       error
}

// ReadTable opens a table of size bytes: an Excel workbook (.xlsx), or text with commas, semicolons or tabs between the
// values in UTF-8, UTF-16 with a byte order mark, or Windows-1252. The error is a Conflict when the file is no table at
// all, and says what it looks like. Otherwise look at Conflicts after reading, and show Notes.
func ReadTable(file io.ReaderAt, size int64, options TableOptions) (*TableReader, error) {
	if size > options.Limits.withDefaults().Bytes {
		return nil, tooLarge(options.Limits.withDefaults().Bytes)
	}
	var start [4]byte
	if n, err := file.ReadAt(start[:], 0); n == len(start) && string(start[:]) == zipStart {
		return ReadXLSX(file, size, options)
	} else if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return ReadCSV(io.NewSectionReader(file, 0, size), options)
}

const zipStart = "PK\x03\x04"

// ReadCSV is ReadTable for text that can only be read once, from front to back. Memory is bounded whatever its length.
func ReadCSV(r io.Reader, options TableOptions) (*TableReader, error) {
	options.Limits = options.Limits.withDefaults()
	scanner, err := newCSVScanner(r, options.Limits)
	if err != nil {
		return nil, err
	}
	return newTableReader(scanner, options)
}

func newTableReader(from source, options TableOptions) (*TableReader, error) {
	t := &TableReader{source: from, options: options, conflicts: Conflicts{Keep: options.Keep}, restore: RestoreCell}
	return t, t.readHeader()
}

// Names returns the header as it is written in the file.
func (t *TableReader) Names() []string { return t.names }

// Has tells whether the file has the column with that number.
func (t *TableReader) Has(column int) bool { return t.position[column] >= 0 }

// Conflicts collects the faults of the file; the caller may add more, such as codes that do not exist.
func (t *TableReader) Conflicts() *Conflicts { return &t.conflicts }

// Notes are sentences about how the file was read, which its sender should see: an encoding that was assumed, formulas
// whose values were used, hidden rows. They are complete when all rows were read.
func (t *TableReader) Notes() []string { return t.source.notes() }

// Err is why reading stopped before the end, other than a conflict: the connection broke, or the disk failed.
func (t *TableReader) Err() error { return t.err }

// Rows gives each row below the header that has any text and fits the header. The row is only valid in its turn.
func (t *TableReader) Rows() iter.Seq[*Row] {
	return func(yield func(*Row) bool) {
		if !t.usable {
			return
		}
		row := Row{table: t}
		for t.next(&row.record) {
			row.faults = t.conflicts.total
			if !yield(&row) {
				return
			}
		}
	}
}

// next finds the next row to hand out; what is refused on the way goes to the conflicts.
func (t *TableReader) next(rec *record) bool {
	for {
		if err := t.source.next(rec); err != nil {
			t.stop(err)
			return false
		}
		if rec.reason == "" && blankCells(rec.cells) {
			continue
		}
		if t.fits(rec) {
			return true
		}
	}
}

// stop ends the reading: at the end of the file silently, by a conflict, or by an error of the reader underneath.
func (t *TableReader) stop(err error) {
	var conflict Conflict
	switch {
	case errors.Is(err, io.EOF):
	case errors.As(err, &conflict):
		t.conflicts.Add(conflict)
	default:
		t.err = err
	}
}

// fits holds a row against the header.
func (t *TableReader) fits(rec *record) bool {
	if rec.mergedTo > 0 && (rec.mergedTo <= t.headerRow || rec.column >= len(t.column) || t.column[rec.column] < 0) {
		return false
	}
	if rec.reason == "" {
		t.measure(rec)
	}
	if rec.reason == "" {
		return true
	}
	conflict := Conflict{Row: rec.number, Reason: rec.reason}
	if rec.column >= 0 {
		conflict.Column = t.columnAt(rec.column)
		if rec.column < len(rec.cells) {
			conflict.Value = string(rec.cells[rec.column])
		}
	}
	t.conflicts.Add(conflict)
	return false
}

// measure refuses a row with values beyond the header, or under a column without a name, or, in text, with fewer cells.
func (t *TableReader) measure(rec *record) {
	if t.source.ragged() && len(rec.cells) < len(t.names) {
		rec.refuse(-1, "the row has fewer cells (%d) than the header (%d); write a separator for each empty cell, and a line break inside a value only between quotation marks",
			len(rec.cells), len(t.names))
		return
	}
	for i, cell := range rec.cells {
		switch {
		case len(cell) == 0 || t.options.Extra:
		case i >= len(t.names):
			rec.refuse(i, "the value stands beyond the last column of the header; name that column, or put quotation marks around values that hold the separator")
		case t.names[i] == "":
			rec.refuse(i, "the value stands in a column without a name; name the column or clear the value")
		}
	}
}
