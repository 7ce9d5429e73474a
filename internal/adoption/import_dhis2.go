package adoption

import (
	"io"

	"sir/internal/exchange"
)

// defaultCombo is how DHIS2 calls a value that is not broken down: by name, and
// by the identifier that every DHIS2 gives it.
var defaultCombo = map[string]bool{"": true, "default": true, "HllvX50cXC0": true}

// dataValues reads a DHIS2 data value set, in which data elements go by the
// codes of measures, and organisation units by those of sites.
func (r *reading) dataValues(report func(exchange.Conflict), take func(Entry) error) error {
	values, err := exchange.ReadDataValues(io.NewSectionReader(r.file.Content, 0, r.file.Size), exchange.Limits{})
	if err != nil {
		return err
	}
	r.headless = values.Conflicts().Total() > 0
	var stopped error
	for v := range values.Values() {
		e, conflict := r.dataValue(v)
		switch {
		case conflict != nil:
			report(*conflict)
		case v.Value == "":
			r.blanks = true
		default:
			stopped = take(e)
		}
		if stopped != nil {
			break
		}
	}
	return r.finish(values.TableReader, report, stopped)
}

func (r *reading) dataValue(v exchange.DataValue) (Entry, *exchange.Conflict) {
	e := Entry{Row: v.Row, Column: "value", SiteColumn: "orgUnit", Site: v.OrgUnit, Period: v.Period, PeriodColumn: "period", PeriodText: v.Period.DHIS2()}
	refuse := func(column, value, reason string) (Entry, *exchange.Conflict) {
		return e, &exchange.Conflict{Row: v.Row, Column: column, Value: value, Reason: reason}
	}
	e.SiteKey = r.sites.key(v.OrgUnit)
	m := r.measures.named(v.DataElement)
	switch {
	case m == nil:
		return refuse("dataElement", v.DataElement, r.measures.unknown())
	case !defaultCombo[v.CategoryOptionCombo]:
		return refuse("categoryOptionCombo", v.CategoryOptionCombo, "values that are broken down are not taken; send the total")
	case !r.file.Period.IsZero() && r.file.Period != v.Period:
		return refuse("period", v.Period.DHIS2(), "the file was sent as one of "+r.file.Period.Label())
	case v.Value == "":
		return e, nil
	}
	e.MeasureKey = m.Key
	value, clears, reason := m.parse(v.Value)
	if reason != "" {
		return refuse("value", v.Value, reason)
	}
	e.Value, e.Clear = value, clears
	return e, nil
}
