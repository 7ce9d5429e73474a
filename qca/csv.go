package qca

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

// CSVOptions says how ReadCSV reads a file; the zero value suits most files.
type CSVOptions struct {
	// ID names the column of case ids. Empty: the first column if its header
	// is blank, "case", "cases" or "id" (in any case) or if it holds anything
	// but numbers; otherwise cases are numbered from 1.
	ID string
	// Columns to read; empty: all but the id column. Columns that are not read
	// may hold anything.
	Columns []string
	// Defer accepts columns with bad names or values until they are used: a file
	// may hold notes beside the data.
	Defer bool
	// Comma separates the values. Zero: comma, semicolon or tab, whichever the
	// header line has most of.
	Comma rune
}

// ReadCSV reads a header line and one line a case. A byte order mark and
// spaces around values are ignored; "-" is a don't-care value. Bad data is an InputError that names case,
// column and value.
func ReadCSV(r io.Reader, opt CSVOptions) (*Table, error) {
	records, err := readRecords(r, opt.Comma)
	if err != nil {
		return nil, err
	}
	return ReadRecords(records, opt)
}

// ReadRecords makes a table of the rows of a sheet, the first of which is the
// header, as ReadCSV does. Rows may be shorter than the header: what is absent
// is empty. Rows without any text are skipped.
func ReadRecords(records [][]string, opt CSVOptions) (*Table, error) {
	records, err := squared(records)
	if err != nil {
		return nil, err
	}
	header, rows := records[0], records[1:]
	if len(rows) == 0 {
		return nil, &InputError{Problem: "the file has a header line and no cases", Remedy: "add one line a case"}
	}
	id, err := idColumn(header, rows, opt.ID)
	if err != nil {
		return nil, err
	}
	ids := caseIDs(rows, id)
	if err := readable(header, ids); err != nil {
		return nil, err
	}
	fields, err := fieldsToRead(header, id, opt.Columns)
	if err != nil {
		return nil, err
	}
	t, err := emptyTable(ids, len(fields))
	if err != nil {
		return nil, err
	}
	for _, f := range fields {
		column, err := parseColumn(header[f], t.cases, rows, f)
		if err == nil {
			err = t.add(column)
		}
		switch {
		case err != nil && opt.Defer:
			t.addUnusable(header[f], fieldTexts(rows, f), err)
		case err != nil:
			return nil, err
		}
	}
	return t, nil
}

func readRecords(r io.Reader, comma rune) ([][]string, error) {
	buffered := bufio.NewReader(r)
	if mark, _ := buffered.Peek(3); string(mark) == "\ufeff" {
		if _, err := buffered.Discard(3); err != nil {
			return nil, fmt.Errorf("read CSV: %w", err)
		}
	}
	if comma == 0 {
		comma = guessComma(buffered)
	}
	reader := csv.NewReader(buffered)
	reader.Comma = comma
	reader.TrimLeadingSpace = comma != '\t'
	records, err := reader.ReadAll()
	var parse *csv.ParseError
	switch {
	case errors.As(err, &parse):
		return nil, &InputError{Line: parse.Line, Problem: parse.Err.Error(),
			Remedy: "give every line as many values as the header line"}
	case err != nil:
		return nil, fmt.Errorf("read CSV: %w", err)
	}
	return records, nil
}

// squared trims every value, drops rows without any, and gives every row as
// many values as the header has.
func squared(records [][]string) ([][]string, error) {
	var square [][]string
	for i, record := range records {
		row, blank := make([]string, len(record)), true
		for j, value := range record {
			row[j] = strings.TrimSpace(value)
			blank = blank && row[j] == ""
		}
		if blank {
			continue
		}
		for len(square) == 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		for len(square) > 0 && len(row) < len(square[0]) {
			row = append(row, "")
		}
		for len(square) > 0 && len(row) > len(square[0]) {
			if last := len(row) - 1; row[last] != "" {
				return nil, &InputError{Line: i + 1, Value: row[last], Problem: "the value stands beyond the last column of the header",
					Remedy: "give the column a name, or clear the value"}
			}
			row = row[:len(row)-1]
		}
		square = append(square, row)
	}
	if len(square) == 0 {
		return nil, &InputError{Problem: "the file is empty", Remedy: "give a header line and one line a case"}
	}
	return square, nil
}

// guessComma counts the possible separators in what is buffered of the first line.
func guessComma(r *bufio.Reader) rune {
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

// idColumn returns the index of the id column, or -1 for none.
func idColumn(header []string, rows [][]string, name string) (int, error) {
	if name != "" {
		if i := slices.Index(header, name); i >= 0 {
			return i, nil
		}
		return 0, unknownField(name, header)
	}
	if slices.Contains([]string{"", "case", "cases", "id"}, strings.ToLower(header[0])) {
		return 0, nil
	}
	for _, row := range rows {
		if _, err := strconv.ParseFloat(row[0], 64); err != nil && row[0] != "" {
			return 0, nil
		}
	}
	return -1, nil
}

// readable refuses names that are not UTF-8, which would be printed as something
// else; columns that are not used may hold anything.
func readable(header, cases []string) error {
	const problem, remedy = "the text is not in UTF-8", "save the file as CSV in UTF-8"
	for _, name := range header {
		if !utf8.ValidString(name) {
			return &InputError{Column: name, Problem: problem, Remedy: remedy}
		}
	}
	for _, id := range cases {
		if !utf8.ValidString(id) {
			return &InputError{Case: id, Problem: problem, Remedy: remedy}
		}
	}
	return nil
}

func unknownField(name string, header []string) error {
	return &InputError{Column: name, Problem: "no such column", Remedy: "use one of " + strings.Join(header, ", ")}
}

func fieldsToRead(header []string, id int, names []string) ([]int, error) {
	var fields []int
	if len(names) == 0 {
		for i := range header {
			if i != id {
				fields = append(fields, i)
			}
		}
		return fields, nil
	}
	for _, name := range names {
		i := slices.Index(header, name)
		if i < 0 {
			return nil, unknownField(name, header)
		}
		fields = append(fields, i)
	}
	return fields, nil
}

// fieldTexts are the values of one field.
func fieldTexts(rows [][]string, field int) []string {
	list := make([]string, len(rows))
	for i, row := range rows {
		list[i] = row[field]
	}
	return list
}

func caseIDs(rows [][]string, id int) []string {
	cases := make([]string, len(rows))
	for i, row := range rows {
		if id < 0 {
			cases[i] = strconv.Itoa(i + 1)
		} else {
			cases[i] = row[id]
		}
	}
	return cases
}

func parseColumn(name string, cases []string, rows [][]string, field int) (Column, error) {
	c := Column{Name: name, Values: make([]float64, len(rows))}
	for i, row := range rows {
		bad := &InputError{Case: cases[i], Column: name, Value: row[field]}
		if row[field] == "" || strings.EqualFold(row[field], "NA") {
			bad.Problem, bad.Remedy = "the value is missing", "fill it in, or leave the case out"
			return Column{}, bad
		}
		if row[field] == "-" {
			if c.DontCare == nil {
				c.DontCare = make([]bool, len(rows))
			}
			c.DontCare[i] = true
			continue
		}
		v, err := strconv.ParseFloat(row[field], 64)
		if err != nil {
			bad.Problem, bad.Remedy = "not a number", "write a number with a decimal point, or do not use this column"
			return Column{}, bad
		}
		c.Values[i] = v
	}
	return c, nil
}
