package exchange

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// keptMerges bounds the merged ranges of a sheet that are looked at.
const keptMerges = 10_000

// mergedCells is a range of cells that shows one value: only its first cell holds it.
type mergedCells struct {
	ref         string
	column, row int
	end         int // its last row
}

func (s *xlsxSheet) noteMerge(ref string) {
	first, last, _ := strings.Cut(ref, ":")
	column, row, ok := cellAt(first)
	_, end, okLast := cellAt(last)
	if ok && okLast && len(s.merges) < keptMerges {
		s.merges = append(s.merges, mergedCells{ref, column, row, end})
	}
}

// nextMerge reports merged cells after the rows, because a file names them there: each is a fault of its first row,
// since the cells under the value read as blank although they show it.
func (s *xlsxSheet) nextMerge(rec *record) error {
	if len(s.merges) == 0 {
		return io.EOF
	}
	m := s.merges[0]
	s.merges = s.merges[1:]
	rec.reset(m.row)
	rec.mergedTo = m.end
	rec.refuse(m.column, "the cells %s are merged, so that only the first holds the value; unmerge them and fill each", m.ref)
	return nil
}

func (s *xlsxSheet) noteFormula(column int) {
	if s.seen.formulas++; s.seen.formulas == 1 {
		s.seen.firstFormula = columnLetters(column) + strconv.Itoa(s.number)
	}
}

func (s *xlsxSheet) noteColumn(start xml.StartElement) {
	n, err := strconv.Atoi(attribute(start, "min"))
	if err == nil && isTrue(attribute(start, "hidden")) && n >= 1 && n <= s.book.limits.Columns && len(s.seen.hiddenColumns) < 20 {
		s.seen.hiddenColumns = append(s.seen.hiddenColumns, columnLetters(n-1))
	}
}

func (s *xlsxSheet) notes() []string {
	var notes []string
	if len(s.others) > 0 {
		notes = append(notes, fmt.Sprintf("The sheet %s was read, not %s.", s.name, shortened(strings.Join(s.others, ", "))))
	}
	if n := s.seen.formulas; n > 0 {
		notes = append(notes, fmt.Sprintf("%s a formula (first: %s); the value last computed was used.", counted(n, "cell holds", "cells hold"), s.seen.firstFormula))
	}
	if n := s.seen.hiddenRows; n > 0 {
		notes = append(notes, fmt.Sprintf("%s read too (first: row %s).", counted(n, "hidden row was", "hidden rows were"), s.seen.firstHiddenRow))
	}
	if len(s.seen.hiddenColumns) > 0 {
		notes = append(notes, "Hidden columns were read too: "+strings.Join(s.seen.hiddenColumns, ", ")+".")
	}
	return notes
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
