package exchange

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"time"

	"sir/internal/period"
)

// DataValueSet is what holds for all values of a set that is written; zero fields are left out. A value repeats its
// period and organisation unit only where they differ.
type DataValueSet struct {
	DataSet      string
	CompleteDate time.Time
	Period       period.Period
	OrgUnit      string
}

type jsonOutput struct {
	DataElement          string `json:"dataElement"`
	Period               string `json:"period,omitempty"`
	OrgUnit              string `json:"orgUnit,omitempty"`
	CategoryOptionCombo  string `json:"categoryOptionCombo,omitempty"`
	AttributeOptionCombo string `json:"attributeOptionCombo,omitempty"`
	Value                string `json:"value"`
	StoredBy             string `json:"storedBy,omitempty"`
	LastUpdated          string `json:"lastUpdated,omitempty"`
	Comment              string `json:"comment,omitempty"`
}

// WriteDataValuesJSON writes a DHIS2 data value set as values come; an error of theirs ends it.
func WriteDataValuesJSON(w io.Writer, set DataValueSet, values iter.Seq2[DataValue, error]) error {
	out := bufio.NewWriter(w)
	if err := writeAbove(out, set); err != nil {
		return err
	}
	before := ""
	for value, err := range values {
		if err != nil {
			return err
		}
		line, err := json.Marshal(set.output(value))
		if err != nil {
			return fmt.Errorf("data value %s: %w", value.DataElement, err)
		}
		if _, err := fmt.Fprintf(out, "%s\n    %s", before, line); err != nil {
			return err
		}
		before = ","
	}
	if _, err := out.WriteString("\n  ]\n}\n"); err != nil {
		return err
	}
	return out.Flush()
}

func writeAbove(out *bufio.Writer, set DataValueSet) error {
	date := ""
	if !set.CompleteDate.IsZero() {
		date = set.CompleteDate.UTC().Format(time.DateOnly)
	}
	if _, err := out.WriteString("{\n"); err != nil {
		return err
	}
	for _, field := range [][2]string{{"dataSet", set.DataSet}, {"completeDate", date}, {"period", set.Period.DHIS2()}, {"orgUnit", set.OrgUnit}} {
		if field[1] == "" {
			continue
		}
		text, err := json.Marshal(field[1])
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(out, "  %q: %s,\n", field[0], text); err != nil {
			return err
		}
	}
	_, err := out.WriteString(`  "dataValues": [`)
	return err
}

// output leaves out what the set already says.
func (set DataValueSet) output(v DataValue) jsonOutput {
	out := jsonOutput{
		DataElement: v.DataElement, CategoryOptionCombo: v.CategoryOptionCombo, AttributeOptionCombo: v.AttributeOptionCombo,
		Value: v.Value, StoredBy: v.StoredBy, LastUpdated: v.LastUpdated, Comment: v.Comment,
	}
	if v.Period != set.Period {
		out.Period = v.Period.DHIS2()
	}
	if v.OrgUnit != set.OrgUnit {
		out.OrgUnit = v.OrgUnit
	}
	return out
}

// WriteDataValuesCSV writes values with the header of DHIS2; the data set of a value has no place in it. Cells that a
// spreadsheet would run are made safe.
func WriteDataValuesCSV(w io.Writer, values iter.Seq2[DataValue, error]) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"dataelement", "period", "orgunit", "catoptcombo", "attroptcombo", "value", "strby", "lstupd", "cmt"}); err != nil {
		return err
	}
	for v, err := range values {
		if err != nil {
			return err
		}
		record := []string{v.DataElement, v.Period.DHIS2(), v.OrgUnit, v.CategoryOptionCombo, v.AttributeOptionCombo, v.Value, v.StoredBy, v.LastUpdated, v.Comment}
		for i, cell := range record {
			record[i] = SafeCell(cell)
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
