package exchange

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// xlsxSheet gives the rows of one sheet as they come in its part.
type xlsxSheet struct {
	book   *workbookFile
	part   io.ReadCloser
	stream xmlStream
	name   string
	others []string
	number int    // of the last row
	text   []byte // of the cells of the row, end to end
	ends   []cellText
	ended  bool
	merges []mergedCells
	seen   sheetOddities
}

type cellText struct{ column, from, to int }

// sheetOddities are what the sender should be told of.
type sheetOddities struct {
	formulas, hiddenRows         int
	firstFormula, firstHiddenRow string
	hiddenColumns                []string
}

func (w *workbookFile) openSheet(name string) (*xlsxSheet, error) {
	chosen := slices.IndexFunc(w.sheets, func(s sheetEntry) bool {
		return name == "" && !s.hidden || name != "" && folded(s.name) == folded(name)
	})
	if chosen < 0 {
		return nil, w.noSheet(name)
	}
	part, err := w.open(w.sheets[chosen].part)
	if err != nil {
		return nil, notWorkbook(err)
	}
	sheet := &xlsxSheet{book: w, part: part, stream: newXMLStream(part, w.limits.RowBytes), name: w.sheets[chosen].name}
	for i, other := range w.sheets {
		if i != chosen && !other.hidden {
			sheet.others = append(sheet.others, other.name)
		}
	}
	return sheet, nil
}

func (w *workbookFile) noSheet(name string) error {
	if len(w.sheets) == 0 {
		return Conflict{Reason: "the workbook has no sheet with cells"}
	}
	var names []string
	for _, s := range w.sheets {
		names = append(names, s.name)
	}
	if name == "" {
		return Conflict{Reason: "all sheets of the workbook are hidden; unhide one of " + strings.Join(names, ", ")}
	}
	return Conflict{Reason: fmt.Sprintf("the workbook has no sheet %q; it has %s", name, strings.Join(names, ", "))}
}

func (s *xlsxSheet) ragged() bool { return false }

func (s *xlsxSheet) next(rec *record) error {
	for !s.ended {
		token, err := s.stream.next()
		if err != nil {
			return s.end(rec, err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "row":
			return s.readRow(rec, start)
		case "col":
			s.noteColumn(start)
		case "mergeCell":
			s.noteMerge(attribute(start, "ref"))
		}
	}
	return s.nextMerge(rec)
}

// end says why the sheet ends: its part does, or no more can be read.
func (s *xlsxSheet) end(rec *record, err error) error {
	s.ended = true
	if closing := s.part.Close(); errors.Is(err, io.EOF) && closing != nil {
		err = closing
	}
	if errors.Is(err, io.EOF) {
		return s.nextMerge(rec)
	}
	var conflict Conflict
	if errors.As(err, &conflict) {
		conflict.Row = s.number + 1
		return conflict
	}
	return Conflict{Row: s.number + 1, Reason: fmt.Sprintf("the sheet %s cannot be read further (%v); save the workbook again", s.name, err)}
}

func (s *xlsxSheet) readRow(rec *record, start xml.StartElement) error {
	number := s.number + 1
	if said := attribute(start, "r"); said != "" {
		n, err := strconv.Atoi(said)
		if err != nil || n < number || n > 1_048_576 {
			return Conflict{Row: number, Reason: "the rows of the sheet are not in order; save the workbook again"}
		}
		number = n
	}
	s.number = number
	if number > s.book.limits.Rows {
		return tooManyRows(number, s.book.limits.Rows)
	}
	if isTrue(attribute(start, "hidden")) {
		if s.seen.hiddenRows++; s.seen.hiddenRows == 1 {
			s.seen.firstHiddenRow = strconv.Itoa(number)
		}
	}
	rec.reset(number)
	s.text, s.ends = s.text[:0], s.ends[:0]
	if err := s.readCells(rec); err != nil {
		return s.end(rec, err)
	}
	s.layOut(rec)
	return nil
}

// readCells reads up to the end of the row.
func (s *xlsxSheet) readCells(rec *record) error {
	column := -1
	for {
		token, err := s.stream.next()
		if err != nil {
			return unexpected(err)
		}
		switch token := token.(type) {
		case xml.EndElement:
			if token.Name.Local == "row" {
				return nil
			}
		case xml.StartElement:
			if token.Name.Local != "c" {
				continue
			}
			column++
			if at, _, ok := cellAt(attribute(token, "r")); ok {
				column = at
			}
			if err := s.readCell(rec, token, column); err != nil {
				return unexpected(err)
			}
		}
	}
}

// layOut puts the texts of the row in the order of the columns.
func (s *xlsxSheet) layOut(rec *record) {
	for _, cell := range s.ends {
		if cell.column >= s.book.limits.Columns {
			rec.refuse(-1, "%s", tooManyColumns(s.book.limits.Columns))
			return
		}
		for len(rec.cells) <= cell.column {
			rec.cells = append(rec.cells, nil)
		}
		rec.cells[cell.column] = trimmed(s.text[cell.from:cell.to:cell.to])
		if cell.to-cell.from > s.book.limits.CellBytes {
			rec.refuse(cell.column, "%s", tooLongCell(s.book.limits.CellBytes))
		}
	}
}

// unexpected is the end of a part in the middle of a row.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
