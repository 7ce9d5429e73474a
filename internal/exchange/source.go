package exchange

import (
	"bytes"
	"fmt"
	"io"
)

// record is one row as a source found it. Its cells stand in the order of the columns, trimmed, and are only valid
// until the next one is read.
type record struct {
	number int
	cells  [][]byte
	// reason refuses the row and column says where, counted from 0, or -1 for the row as a whole.
	reason string
	column int
	// mergedTo is the last row of merged cells when the fault is about them; they may lie outside the table.
	mergedTo int
}

func (r *record) reset(number int) {
	*r = record{number: number, cells: r.cells[:0], column: -1}
}

// refuse keeps the first fault of the row.
func (r *record) refuse(column int, format string, args ...any) {
	if r.reason == "" {
		r.reason, r.column = fmt.Sprintf(format, args...), column
	}
}

// source is a file of rows. A row that is faulty comes with a reason; an error ends the file: io.EOF, a Conflict that
// says why no more can be read, or what the reader under it returned.
type source interface {
	next(*record) error
	// ragged tells whether a row shorter than the header is a fault: in text each cell is written, in a workbook
	// empty ones are not.
	ragged() bool
	notes() []string
}

func tooManyColumns(limit int) string {
	return fmt.Sprintf("the row has more than %d cells; keep the columns that are needed", limit)
}

func tooLongCell(limit int) string {
	return fmt.Sprintf("the cell holds more than %s; shorten it", size(int64(limit)))
}

// headOf reads the first bytes of a stream, enough to see what kind of file it is.
func headOf(r io.Reader) ([]byte, error) {
	head := make([]byte, 4<<10)
	n, err := io.ReadFull(r, head)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return head[:n], err
}

func blankCells(cells [][]byte) bool {
	for _, cell := range cells {
		if len(cell) > 0 {
			return false
		}
	}
	return true
}

// trimmed cuts the spaces around a cell, which people do not see.
func trimmed(cell []byte) []byte {
	if len(cell) == 0 || (cell[0] > ' ' && cell[0] < 0x80 && cell[len(cell)-1] > ' ' && cell[len(cell)-1] < 0x80) {
		return cell
	}
	return bytes.TrimSpace(cell)
}
