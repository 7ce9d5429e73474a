package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// csvScanner cuts text into rows: RFC 4180 with any of three separators and with line feeds, carriage returns or both
// as line ends. It is written by hand rather than over encoding/csv because that skips empty lines, so that row numbers
// would not be those of a spreadsheet, reads lone carriage returns as text, and takes a whole file into memory behind
// an unclosed quotation mark.
type csvScanner struct {
	text   *utf8Reader
	limits Limits
	comma  byte
	stop   [256]bool // the separator and the line ends
	buffer []byte
	start  int // of what is not yet scanned
	end    int
	last   bool // all of the text is in the buffer
	number int
	spans  []span
	count  int // cells of the row, also those beyond the limit
	fault  string
	faulty int // the cell of the fault
	said   []string
}

// span is where a cell stands in the row, without its quotation marks.
type span struct {
	from, to int
	doubled  bool // it holds "" for "
}

func newCSVScanner(r io.Reader, limits Limits) (*csvScanner, error) {
	counted := &metered{source: r, left: limits.Bytes, refusal: tooLarge(limits.Bytes)}
	head, err := headOf(counted)
	if err != nil {
		return nil, err
	}
	if kind := looksLike(head); kind != "" {
		return nil, notText(kind)
	}
	s := &csvScanner{text: newUTF8Reader(counted, head), limits: limits, buffer: make([]byte, 64<<10)}
	if err := s.fill(); err != nil {
		return nil, err
	}
	s.findComma()
	return s, nil
}

func (s *csvScanner) ragged() bool { return true }

func (s *csvScanner) next(rec *record) error {
	for {
		if s.start == s.end && s.last {
			return io.EOF
		}
		row := s.buffer[s.start:s.end]
		used, ok := s.scanRow(row)
		if !ok {
			if err := s.fill(); err != nil {
				return err
			}
			continue
		}
		s.start += used
		s.number++
		if s.number > s.limits.Rows {
			return tooManyRows(s.number, s.limits.Rows)
		}
		rec.reset(s.number)
		s.cut(row, rec)
		return nil
	}
}

func tooManyRows(row, limit int) Conflict {
	return Conflict{Row: row, Reason: fmt.Sprintf("the table has more than %d rows; split it into several files", limit)}
}

// fill reads more text behind what is not yet scanned, in a buffer that grows up to the longest row allowed.
func (s *csvScanner) fill() error {
	if s.start > 0 {
		s.end = copy(s.buffer, s.buffer[s.start:s.end])
		s.start = 0
	}
	if s.end == len(s.buffer) {
		if len(s.buffer) >= s.limits.RowBytes {
			return s.tooLongRow()
		}
		s.buffer = append(s.buffer, make([]byte, min(len(s.buffer), s.limits.RowBytes-len(s.buffer)))...)
	}
	n, err := s.text.Read(s.buffer[s.end:])
	s.end += n
	if errors.Is(err, io.EOF) {
		s.last = true
		return nil
	}
	return err
}

func (s *csvScanner) tooLongRow() error {
	why := "it has no line end"
	if s.openQuote() {
		why = fmt.Sprintf("a quotation mark opens in cell %d and is not closed", s.count)
	}
	return Conflict{Row: s.number + 1, Reason: fmt.Sprintf("the row is longer than %s: %s", size(int64(s.limits.RowBytes)), why)}
}

// openQuote tells whether the scan of an unfinished row stopped inside quotation marks.
func (s *csvScanner) openQuote() bool { return s.faulty >= 0 && s.fault == openQuoteFault }

const openQuoteFault = "a quotation mark opens here and is not closed; close it, or double it where it is part of the text"

// scanRow finds the cells of the first row of data, and how many bytes it takes with its line end. It answers false
// when the row may go on beyond the data.
func (s *csvScanner) scanRow(data []byte) (used int, ok bool) {
	s.spans, s.count, s.fault, s.faulty = s.spans[:0], 0, "", -1
	for i := 0; ; i++ {
		var cell span
		s.count++
		cell, i, ok = s.scanCell(data, i)
		if !ok {
			return 0, false
		}
		if s.count <= s.limits.Columns {
			s.spans = append(s.spans, cell)
		}
		switch {
		case i == len(data):
			return i, true
		case data[i] == s.comma:
		case data[i] == '\n':
			return i + 1, true
		case i+1 < len(data) && data[i+1] == '\n':
			return i + 2, true
		default:
			return i + 1, i+1 < len(data) || s.last
		}
	}
}

// cut makes the cells of a row that was found.
func (s *csvScanner) cut(row []byte, rec *record) {
	for i, at := range s.spans {
		cell := row[at.from:at.to:at.to]
		if at.doubled {
			cell = halved(cell)
		}
		cell = trimmed(cell)
		if len(cell) > s.limits.CellBytes {
			rec.refuse(i, "%s", tooLongCell(s.limits.CellBytes))
		}
		rec.cells = append(rec.cells, cell)
	}
	if s.fault != "" {
		rec.refuse(s.faulty, "%s", s.fault)
	}
	if s.count > s.limits.Columns {
		rec.refuse(-1, "%s", tooManyColumns(s.limits.Columns))
	}
	if s.text.suspect {
		s.checkText(rec)
	}
}

// halved writes " for "" over the cell itself.
func halved(cell []byte) []byte {
	to := cell[:0]
	for i := 0; i < len(cell); i++ {
		to = append(to, cell[i])
		if cell[i] == '"' {
			i++
		}
	}
	return to
}

func (s *csvScanner) checkText(rec *record) {
	for i, cell := range rec.cells {
		switch {
		case bytes.IndexByte(cell, 0) >= 0:
			rec.refuse(i, "the cell holds a NUL byte, which no text has; save the table again as CSV (UTF-8)")
		case s.text.convert == nil && !utf8.Valid(cell), s.text.convert != nil && bytes.ContainsRune(cell, utf8.RuneError):
			rec.refuse(i, "the cell holds bytes that are no text in %s; save the table again as CSV (UTF-8)", s.text.name)
		}
	}
}
