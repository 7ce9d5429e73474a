package adoption

import (
	"sir/internal/exchange"
)

// The columns of a long table. Those after the value are what an export says
// besides; they are passed over.
const (
	longPeriod = iota
	longSite
	longMeasure
	longValue
	longComment
)

var longColumns = append([]exchange.Column{
	longPeriod:  {Name: "period"},
	longSite:    {Name: "site", Aliases: siteAliases, Required: true},
	longMeasure: {Name: "measure", Aliases: []string{"measure code", "measure_code"}, Required: true},
	longValue:   {Name: "value", Required: true},
	longComment: {Name: "comment", Aliases: []string{"comments", "note"}},
}, passedOver...)

var siteAliases = []string{"site code", "site_code", "orgunit"}

// passedOver are the columns of an export and of a template that say what SIR
// knows itself.
var passedOver = func() []exchange.Column {
	columns := []exchange.Column{{Name: "site_name", Aliases: []string{"site name", "name"}}}
	for _, c := range exportColumns {
		switch c {
		case "period", "site", "measure", "value":
		default:
			columns = append(columns, exchange.Column{Name: c})
		}
	}
	return columns
}()

// long reads a table with a row for each value.
func (r *reading) long(report func(exchange.Conflict), take func(Entry) error) error {
	table, err := r.table(exchange.TableOptions{Columns: requirePeriod(longColumns, r.file)})
	if err != nil {
		return err
	}
	var stopped error
	periods := periodsOf(r.file)
	names := columnNames{table, longColumns}
	when, site, value := names.of(longPeriod), names.of(longSite), names.of(longValue)
	for row := range table.Rows() {
		if row.Blank(longValue) {
			r.blanks = true
			continue
		}
		e := Entry{Row: row.Number(), PeriodColumn: when, SiteColumn: site, Column: value}
		if !r.longEntry(&e, &periods, row) {
			continue
		}
		if stopped = take(e); stopped != nil {
			break
		}
	}
	err = r.finish(table, report, stopped)
	if table.Has(longComment) {
		r.notes = append(r.notes, "Comments are not kept.")
	}
	return err
}

// longEntry fills an entry from a row; false where the row was refused.
func (r *reading) longEntry(e *Entry, periods *periodAt, row *exchange.Row) bool {
	var read bool
	fine := periods.fill(e, row, longPeriod)
	r.sites.fill(e, row, longSite)
	m := r.measures.find(row, longMeasure)
	if m != nil {
		e.MeasureKey = m.Key
		read = m.read(e, row, longValue)
	}
	return fine && read && row.OK()
}

// The first columns of a wide table; measures follow.
const (
	widePeriod = iota
	wideSite
	wideMeasures
)

var wideColumns = []exchange.Column{
	widePeriod: {Name: "period"},
	wideSite:   {Name: "site", Aliases: siteAliases, Required: true},
}

// lastPrefix stands in a template before the name of a measure whose last
// value a column shows.
const lastPrefix = "last "

// wideOptions asks for a column for each measure, and passes over what a
// template shows beside them.
func (r *reading) wideOptions() exchange.TableOptions {
	columns := append([]exchange.Column(nil), wideColumns...)
	for _, m := range r.measures.all {
		columns = append(columns, exchange.Column{Name: m.Code, Aliases: []string{m.Name}})
	}
	for _, m := range r.measures.all {
		columns = append(columns, exchange.Column{Name: lastPrefix + m.Code})
	}
	columns = append(columns, exchange.Column{Name: "site name", Aliases: []string{"site_name", "name", "member"}})
	return exchange.TableOptions{Columns: requirePeriod(columns, r.file)}
}

// requirePeriod has the first of the columns, the period, in every file that
// was not sent with one.
func requirePeriod(columns []exchange.Column, file File) []exchange.Column {
	columns = append([]exchange.Column(nil), columns...)
	columns[0].Required = file.Period.IsZero()
	return columns
}

// wide reads a table with a row for each site.
func (r *reading) wide(report func(exchange.Conflict), take func(Entry) error) error {
	options := r.wideOptions()
	table, err := r.table(options)
	if err != nil {
		return err
	}
	var stopped error
	periods := periodsOf(r.file)
	names := columnNames{table, options.Columns}
	when, site := names.of(widePeriod), names.of(wideSite)
	for row := range table.Rows() {
		if r.emptyReturn(row) {
			r.blanks = true
			continue
		}
		e := Entry{Row: row.Number(), PeriodColumn: when, SiteColumn: site}
		fine := periods.fill(&e, row, widePeriod)
		r.sites.fill(&e, row, wideSite)
		for i, m := range r.measures.all {
			if row.Blank(wideMeasures + i) {
				continue
			}
			e.MeasureKey, e.Column = m.Key, names.of(wideMeasures+i)
			if m.read(&e, row, wideMeasures+i) && fine && stopped == nil {
				stopped = take(e)
			}
		}
		if stopped != nil {
			break
		}
	}
	return r.finish(table, report, stopped)
}

// emptyReturn tells whether a row names a site and says nothing about it.
func (r *reading) emptyReturn(row *exchange.Row) bool {
	for i := range r.measures.all {
		if !row.Blank(wideMeasures + i) {
			return false
		}
	}
	return true
}

// columnNames answers what a file itself calls a column.
type columnNames struct {
	table   *exchange.TableReader
	columns []exchange.Column
}

func (n columnNames) of(column int) string {
	for _, name := range n.table.Names() {
		if isNamed(n.columns[column], name) {
			return name
		}
	}
	return n.columns[column].Name
}
