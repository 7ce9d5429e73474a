package adoption

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"

	"sir/internal/exchange"
	"sir/internal/fault"
	"sir/internal/period"
	"sir/internal/policy"
)

// ExportFormat is how an export is written.
type ExportFormat string

// The formats of an export.
const (
	ExportCSV       ExportFormat = "csv"         // a row a value
	ExportJSON      ExportFormat = "json"        // a list of objects, one a value
	ExportDHIS2     ExportFormat = "dhis2"       // a DHIS2 data value set in JSON
	ExportDHIS2CSV  ExportFormat = "dhis2-csv"   // and in CSV
	statusApproved               = "approved"    // the member's figures of the period are approved
	statusProvision              = "provisional" // they may still change without a reason
)

// exportColumns are the columns of an export as CSV, which are the keys of one
// as JSON.
var exportColumns = []string{
	"programme", "collection", "period", "iso", "dhis2", "sdmx", "site", "member", "measure", "value", "level", "status", "restated",
}

// ExportRow is one value. The period is given by its label, as ISO 8601 start
// and duration, and as DHIS2 and SDMX name it (the latter with
// REPORTING_YEAR_START_DAY --04-01).
type ExportRow struct {
	Programme  string `json:"programme"`
	Collection string `json:"collection"`
	Period     string `json:"period"`
	ISO        string `json:"iso"`
	DHIS2      string `json:"dhis2"`
	SDMX       string `json:"sdmx"`
	Site       string `json:"site"`
	Member     string `json:"member"`
	Measure    string `json:"measure"`
	Value      int64  `json:"value"`
	Level      string `json:"level"` // label, for a measure with levels
	Status     string `json:"status"`
	Restated   string `json:"restated"` // yes or no

	at period.Period
}

func (r ExportRow) cells() []any {
	return []any{r.Programme, r.Collection, r.Period, r.ISO, r.DHIS2, r.SDMX, r.Site, r.Member, r.Measure, r.Value, r.Level, r.Status, r.Restated}
}

// ExportChoice narrows an export. The zero value is all periods.
type ExportChoice struct{ First, Last period.Period }

func (c ExportChoice) has(p period.Period) bool {
	return (c.First.IsZero() || period.Compare(p, c.First) >= 0) && (c.Last.IsZero() || period.Compare(p, c.Last) <= 0)
}

// Export writes the values of a collection whose sites the actor may see, by
// period, measure and site, as of one moment.
func (s *Service) Export(ctx context.Context, actor policy.Actor, programme, collection string, choice ExportChoice, format ExportFormat, w io.Writer) error {
	p, c, err := s.openTo(ctx, actor, policy.ViewSiteLevels, programme, collection)
	if err != nil {
		return err
	}
	if err := s.desk.Read(ctx, actor, policy.ViewSiteLevels, ownPart(actor, policy.ViewSiteLevels, p)); err != nil {
		return err
	}
	return s.desk.DB.Snapshot(ctx, func(ctx context.Context) error {
		from := exportOf{db: s.desk.DB, actor: actor, programme: p, c: c, choice: choice, open: map[[2]string]bool{}}
		if err := from.prepare(ctx); err != nil {
			return err
		}
		return write(w, format, c, from.rows(ctx))
	})
}

func write(w io.Writer, format ExportFormat, c Collection, rows iter.Seq2[ExportRow, error]) error {
	out := bufio.NewWriterSize(w, 64<<10)
	var err error
	switch format {
	case ExportCSV:
		err = exchange.WriteCSV(out, exportColumns, func(yield func([]any, error) bool) {
			for row, err := range rows {
				if !yield(row.cells(), err) {
					return
				}
			}
		})
	case ExportJSON:
		err = writeRowsJSON(out, rows)
	case ExportDHIS2:
		err = exchange.WriteDataValuesJSON(out, exchange.DataValueSet{DataSet: c.Code}, dataValuesOf(rows))
	case ExportDHIS2CSV:
		err = exchange.WriteDataValuesCSV(out, dataValuesOf(rows))
	default:
		return fault.Invalid("No export is called %q: use csv, json, dhis2 or dhis2-csv.", format)
	}
	return errors.Join(err, out.Flush())
}

func dataValuesOf(rows iter.Seq2[ExportRow, error]) iter.Seq2[exchange.DataValue, error] {
	return func(yield func(exchange.DataValue, error) bool) {
		for row, err := range rows {
			v := exchange.DataValue{DataElement: row.Measure, Period: row.at, OrgUnit: row.Site, Value: strconv.FormatInt(row.Value, 10)}
			if !yield(v, err) {
				return
			}
		}
	}
}

func writeRowsJSON(w io.Writer, rows iter.Seq2[ExportRow, error]) error {
	before := "[\n  "
	for row, err := range rows {
		if err != nil {
			return err
		}
		text, err := json.Marshal(row)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s%s", before, text); err != nil {
			return err
		}
		before = ",\n  "
	}
	end := "\n]\n"
	if before[0] == '[' { // there was no row
		end = "[]\n"
	}
	_, err := io.WriteString(w, end)
	return err
}
