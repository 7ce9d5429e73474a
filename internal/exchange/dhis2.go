package exchange

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"time"

	"sir/internal/period"
)

// DataValue is one value of a DHIS2 data value set. Its texts are codes or ids, as the sender chose; empty where there
// are none. Row is the place in the list for JSON and the row of the spreadsheet for CSV.
type DataValue struct {
	Row                  int
	DataSet              string
	DataElement          string
	Period               period.Period
	OrgUnit              string
	CategoryOptionCombo  string
	AttributeOptionCombo string
	Value                string // empty: blank
	Comment              string
	StoredBy             string
	LastUpdated          string
}

// The columns of a data value, with the names that DHIS2 gives them in CSV and, as aliases, in JSON.
const (
	dhis2Element = iota
	dhis2Period
	dhis2OrgUnit
	dhis2Category
	dhis2Attribute
	dhis2Value
	dhis2StoredBy
	dhis2Updated
	dhis2Comment
	dhis2FollowUp
	dhis2Deleted
	dhis2DataSet
)

var dataValueColumns = []Column{
	dhis2Element:   {Name: "dataelement", Required: true},
	dhis2Period:    {Name: "period", Required: true},
	dhis2OrgUnit:   {Name: "orgunit", Required: true},
	dhis2Category:  {Name: "catoptcombo", Aliases: []string{"categoryOptionCombo"}},
	dhis2Attribute: {Name: "attroptcombo", Aliases: []string{"attributeOptionCombo"}},
	dhis2Value:     {Name: "value", Required: true},
	dhis2StoredBy:  {Name: "strby", Aliases: []string{"storedBy"}},
	dhis2Updated:   {Name: "lstupd", Aliases: []string{"lastUpdated"}},
	dhis2Comment:   {Name: "cmt", Aliases: []string{"comment"}},
	dhis2FollowUp:  {Name: "followup"},
	dhis2Deleted:   {Name: "deleted"},
	dhis2DataSet:   {Name: "dataset"},
}

// DataValueReader gives the values of a DHIS2 data value set one after the other. Conflicts, Notes and Err are those of
// a table.
type DataValueReader struct {
	*TableReader
	json       *dhis2JSON // nil for CSV
	lastText   string
	lastPeriod period.Period
}

// ReadDataValues opens a DHIS2 data value set in JSON or CSV, whichever its first character says. It reads a stream of
// any length in bounded memory. The error is a Conflict when the file is neither.
func ReadDataValues(r io.Reader, limits Limits) (*DataValueReader, error) {
	limits = limits.withDefaults()
	head, err := headOf(r)
	if err != nil {
		return nil, err
	}
	options := TableOptions{Columns: dataValueColumns, Limits: limits}
	start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte(byteOrderMark)), " \t\r\n")
	if !bytes.HasPrefix(start, []byte("{")) {
		table, err := ReadCSV(io.MultiReader(bytes.NewReader(head), r), options)
		return &DataValueReader{TableReader: table}, err
	}
	source := newDHIS2JSON(io.MultiReader(bytes.NewReader(start), r), limits)
	table, err := newTableReader(source, options)
	if err != nil {
		return nil, err
	}
	table.restore = func(text string) string { return text }
	return &DataValueReader{TableReader: table, json: source}, nil
}

// Values gives each value that names its data element, period and organisation unit; the others are conflicts.
func (r *DataValueReader) Values() iter.Seq[DataValue] {
	return func(yield func(DataValue) bool) {
		for row := range r.Rows() {
			if value := r.value(row); row.OK() && !yield(value) {
				return
			}
		}
	}
}

// CompleteDate is the day on which the sender calls the set complete, once all values are read; false when none is said.
func (r *DataValueReader) CompleteDate() (time.Time, bool) {
	if r.json == nil || IsBlank(r.json.completeDate) {
		return time.Time{}, false
	}
	date, err := ParseDate(r.json.completeDate)
	return date, err == nil
}

func (r *DataValueReader) value(row *Row) DataValue {
	v := DataValue{
		Row: row.Number(), DataSet: row.Text(dhis2DataSet), DataElement: row.Text(dhis2Element), OrgUnit: row.Text(dhis2OrgUnit),
		CategoryOptionCombo: row.Text(dhis2Category), AttributeOptionCombo: row.Text(dhis2Attribute), Value: row.Text(dhis2Value),
		Comment: row.Text(dhis2Comment), StoredBy: row.Text(dhis2StoredBy), LastUpdated: row.Text(dhis2Updated),
	}
	for _, column := range []int{dhis2Element, dhis2Period, dhis2OrgUnit} {
		if row.Blank(column) {
			row.Refuse(column, "the value does not say which it is for; fill this in")
		}
	}
	if deleted, _ := row.Bool(dhis2Deleted); deleted {
		row.Refuse(dhis2Deleted, "a value that was deleted cannot be taken in; leave it out, or send it with a blank value")
	}
	if text := row.Text(dhis2Period); text != "" {
		var err error
		if v.Period, err = r.period(text); err != nil {
			row.Refuse(dhis2Period, err.Error())
		}
	}
	return v
}

// period reads a period, mostly that of the row before.
func (r *DataValueReader) period(text string) (period.Period, error) {
	if text == r.lastText {
		return r.lastPeriod, nil
	}
	p, err := period.ParseDHIS2(text)
	if errors.Is(err, period.ErrInvalid) {
		return p, errNotDHIS2Period
	} else if err == nil {
		r.lastText, r.lastPeriod = text, p
	}
	return p, err
}

var errNotDHIS2Period = errors.New("this is no period of DHIS2; write a month as 201810, a quarter as 2018Q4 or a financial year as 2018April")
