package adoption

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"sir/internal/exchange"
)

// form is how a file lays out its values.
type form int

const (
	longTable form = iota + 1 // a row a value: period, site, measure, value
	wideTable                 // a row a site, a column a measure
	dhis2CSV
	dhis2JSON
)

func (f form) String() string {
	switch f {
	case longTable:
		return "long table"
	case wideTable:
		return "wide table"
	}
	return "DHIS2 data value set"
}

// recognise finds the form of the file by its first characters and its header.
// The error is a Conflict where it has none of the forms.
func (r *reading) recognise() error {
	var head [1024]byte
	n, err := r.file.Content.ReadAt(head[:min(int64(len(head)), r.file.Size)], 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	start := bytes.TrimLeft(bytes.TrimPrefix(head[:n], []byte("\ufeff")), " \t\r\n")
	if bytes.HasPrefix(start, []byte("{")) {
		r.form = dhis2JSON
		return nil
	}
	r.workbook = bytes.HasPrefix(head[:n], []byte("PK\x03\x04"))
	table, err := exchange.ReadTable(r.file.Content, r.file.Size, exchange.TableOptions{Extra: true})
	if err != nil {
		return err
	}
	if list := table.Conflicts().List(); len(list) > 0 {
		return list[0]
	}
	return r.recogniseHeader(table)
}

func (r *reading) recogniseHeader(table *exchange.TableReader) error {
	names := table.Names()
	has := func(columns ...exchange.Column) bool {
		for _, c := range columns {
			if !slices.ContainsFunc(names, func(name string) bool { return isNamed(c, name) }) {
				return false
			}
		}
		return true
	}
	switch {
	case !r.workbook && has(exchange.Column{Name: "dataelement"}, exchange.Column{Name: "orgunit"}, exchange.Column{Name: "value"}):
		r.form = dhis2CSV
	case has(longColumns[longMeasure], longColumns[longValue]):
		r.form = longTable
	case has(wideColumns[wideSite]):
		r.form = wideTable
	default:
		return exchange.Conflict{Reason: "the first row with text is no header that is known: give the columns period, site, measure and value, " +
			"or site and a column for each measure (" + r.measures.list() + "), or a DHIS2 data value set"}
	}
	return nil
}

func isNamed(c exchange.Column, name string) bool {
	same := func(other string) bool { return strings.EqualFold(other, name) }
	return same(c.Name) || slices.ContainsFunc(c.Aliases, same)
}
