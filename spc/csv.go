package spc

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// What ReadCSV and ReadRecords take at most: far beyond any chart, far below
// what would exhaust a machine.
const (
	MaxPoints = 100_000
	MaxBytes  = 16 << 20
)

// Columns names the columns of a file. Give Value, or Numerator and
// Denominator, or all three.
type Columns struct {
	Date, Value, Numerator, Denominator string
}

// ReadCSV reads the points of a series: a header line, then a line a date. The
// separator is comma, semicolon or tab, whichever the header has most of; a
// byte order mark and spaces around values are ignored. An empty value, or NA,
// is missing. Bad data is an InputError that names row, column and value.
func ReadCSV(r io.Reader, columns Columns) (Series, error) {
	limited := &io.LimitedReader{R: r, N: MaxBytes + 1}
	buffered := bufio.NewReader(limited)
	if mark, _ := buffered.Peek(3); string(mark) == "\ufeff" {
		if _, err := buffered.Discard(3); err != nil {
			return Series{}, fmt.Errorf("read CSV: %w", err)
		}
	}
	reader := csv.NewReader(buffered)
	reader.Comma = separator(buffered)
	reader.FieldsPerRecord = -1
	reader.TrimLeadingSpace = reader.Comma != '\t'
	var t table
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) && limited.N > 0 {
			return t.series()
		}
		if limited.N <= 0 {
			return Series{}, &InputError{Problem: fmt.Sprintf("the file is larger than %d MB", MaxBytes>>20), Remedy: "give a file of one series"}
		}
		var syntax *csv.ParseError
		if errors.As(err, &syntax) {
			return Series{}, &InputError{Row: syntax.Line, Problem: syntax.Err.Error(), Remedy: "check the quotation marks of this row"}
		}
		if err != nil {
			return Series{}, fmt.Errorf("read CSV: %w", err)
		}
		row, _ := reader.FieldPos(0)
		if err := t.add(row, record, columns); err != nil {
			return Series{}, err
		}
	}
}

// ReadRecords reads the rows of a sheet, the first of which is the header, as
// ReadCSV does. A date may also be a spreadsheet's day number: 43374 is
// 2018-10-01, in workbooks that count from 1900.
func ReadRecords(records [][]string, columns Columns) (Series, error) {
	t := table{dayNumbers: true}
	for i, record := range records {
		if err := t.add(i+1, record, columns); err != nil {
			return Series{}, err
		}
	}
	return t.series()
}

// separator counts the possible separators in what is buffered of the header.
func separator(r *bufio.Reader) rune {
	head, _ := r.Peek(r.Size())
	line, _, _ := strings.Cut(string(head), "\n")
	best, most := ',', 0
	for _, c := range []rune{',', ';', '\t'} {
		if n := strings.Count(line, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// table collects points row by row.
type table struct {
	dayNumbers bool // dates may be day numbers

	header []string
	fields [4]int // of date, value, numerator, denominator in a row; -1: not read
	rows   map[Date]int
	points []Point
}

func (t *table) series() (Series, error) {
	if len(t.points) == 0 {
		return Series{}, &InputError{Problem: "the file has no row of data", Remedy: "give a header line and a line for each date"}
	}
	return Series{Points: t.points}, nil
}

// add takes one row. Rows without any text are skipped.
func (t *table) add(row int, record []string, columns Columns) error {
	blank := true
	for _, text := range record {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return &InputError{Row: row, Problem: "the file is not in UTF-8", Remedy: "save it as CSV UTF-8"}
		}
		blank = blank && strings.TrimSpace(text) == ""
	}
	switch {
	case blank:
		return nil
	case t.header == nil:
		return t.setHeader(record, columns)
	case len(t.points) == MaxPoints:
		return &InputError{Row: row, Problem: fmt.Sprintf("the file has more than %d rows", MaxPoints), Remedy: "give a file of one series"}
	}
	date, err := t.date(t.cell(record, 0))
	if err != nil {
		return t.located(err, row, 0)
	}
	if other, twice := t.rows[date]; twice {
		return &InputError{Row: row, Column: t.header[t.fields[0]], Value: date.String(), Problem: fmt.Sprintf("row %d has the same date", other), Remedy: "keep one of the two rows, or give a file of one series"}
	}
	t.rows[date] = row
	p := Point{Date: date}
	for i, f := range []*Figure{&p.Value, &p.Numerator, &p.Denominator} {
		if *f, err = parseFigure(t.cell(record, i+1)); err != nil {
			return t.located(err, row, i+1)
		}
	}
	t.points = append(t.points, p)
	return nil
}

func (t *table) setHeader(record []string, columns Columns) error {
	t.rows = map[Date]int{}
	for _, name := range record {
		t.header = append(t.header, strings.TrimSpace(name))
	}
	for i, name := range []string{columns.Date, columns.Value, columns.Numerator, columns.Denominator} {
		t.fields[i] = slices.Index(t.header, name)
		if name == "" && i > 0 {
			t.fields[i] = -1
			continue
		}
		if t.fields[i] < 0 {
			return &InputError{Column: name, Problem: "no such column", Remedy: "use one of " + shortened(strings.Join(t.header, ", "))}
		}
	}
	return nil
}

// date reads a date. Day 0 of a workbook is 30 December 1899, for all days
// after the 29 February 1900 that it counts and the calendar does not.
func (t *table) date(text string) (Date, error) {
	if n, err := strconv.Atoi(text); err == nil && t.dayNumbers && n > 60 && n < 2_958_466 {
		return NewDate(1899, 12, 30) + Date(n), nil
	}
	return ParseDate(text)
}

// cell is the trimmed text of a field; short rows end in empty ones.
func (t *table) cell(record []string, field int) string {
	at := t.fields[field]
	if at < 0 || at >= len(record) {
		return ""
	}
	return strings.TrimSpace(record[at])
}

// located adds row and column to an error about one value.
func (t *table) located(err error, row, field int) error {
	var input *InputError
	if errors.As(err, &input) {
		input.Row, input.Column = row, t.header[t.fields[field]]
	}
	return err
}

// parseFigure reads a decimal number; nothing and NA are missing.
func parseFigure(text string) (Figure, error) {
	if text == "" || strings.EqualFold(text, "NA") {
		return Figure{}, nil
	}
	v, err := strconv.ParseFloat(text, 64)
	if f := Defined(v); err == nil && f.finite() && strings.Trim(text, "0123456789.eE+-") == "" {
		return f, nil
	}
	return Figure{}, &InputError{Value: text, Problem: "not a number", Remedy: "use digits and a decimal point, without % or thousands separators; leave it empty if it is missing"}
}
