package adoption

import (
	"errors"

	"sir/internal/exchange"
	"sir/internal/period"
)

// noValues is what is amiss with a file that has a header, and nothing below it.
const noValues = "has no values: write at least one, or the word clear to take one back"

// entries gives the values of the file, and reports it where there is no row.
// Rows whose cells are blank are a template that came back as it was: they say
// nothing, and are no fault.
func (r *reading) entries(report func(exchange.Conflict), take func(Entry) error) error {
	r.amiss, r.blanks = "", false
	anything := false
	err := r.read(func(c exchange.Conflict) {
		anything = true
		// What names no column is of a whole row or of the whole file.
		if r.amiss == "" && c.Reason != "" && (c.Column == "" || r.headless) {
			r.amiss = "could not be read: " + c.Error()
		}
		report(c)
	}, func(e Entry) error {
		anything = true
		return take(e)
	})
	r.silent = !anything && r.blanks
	if err == nil && !anything && !r.blanks {
		r.amiss = noValues
		report(exchange.Conflict{Reason: "the file " + noValues})
	}
	return err
}

// read gives what stands in the file.
func (r *reading) read(report func(exchange.Conflict), take func(Entry) error) error {
	if len(r.refused) > 0 {
		r.headless = true
		report(r.refused[0])
		return nil
	}
	switch r.form {
	case longTable:
		return r.long(report, take)
	case wideTable:
		return r.wide(report, take)
	}
	return r.dataValues(report, take)
}

// table opens the file as a table.
func (r *reading) table(options exchange.TableOptions) (*exchange.TableReader, error) {
	table, err := exchange.ReadTable(r.file.Content, r.file.Size, options)
	r.headless = err == nil && table.Conflicts().Total() > 0
	return table, err
}

// finish passes on what is wrong with a table that was read, and keeps what is
// to be said about it.
func (r *reading) finish(table *exchange.TableReader, report func(exchange.Conflict), stopped error) error {
	conflicts := table.Conflicts()
	for _, conflict := range conflicts.List() {
		report(conflict)
	}
	for range conflicts.Total() - len(conflicts.List()) {
		report(exchange.Conflict{}) // is counted: far more are kept already than anybody mends
	}
	r.notes = append(r.notes[:0], table.Notes()...)
	return errors.Join(stopped, table.Err())
}

// periodAt reads the period of a row, mostly that of the row before.
type periodAt struct {
	whole     period.Period // of the file
	wholeText string
	lastCell  []byte
	lastText  string
	last      period.Period
}

func periodsOf(file File) periodAt {
	return periodAt{whole: file.Period, wholeText: file.Period.Label()}
}

// fill says in an entry which period a row is of; false where it was refused.
func (p *periodAt) fill(e *Entry, row *exchange.Row, column int) bool {
	cell := row.Bytes(column)
	if len(cell) > 0 && string(cell) == string(p.lastCell) {
		e.Period, e.PeriodText = p.last, p.lastText
		return true
	}
	text := row.Text(column)
	if text == "" {
		e.Period, e.PeriodText = p.whole, p.wholeText
		if p.whole.IsZero() {
			row.Refuse(column, "the row does not say its period; write it like Q3 2018/19, or give one period for the whole file")
		}
		return !p.whole.IsZero()
	}
	read, err := period.Parse(text)
	switch {
	case err != nil:
		row.Refuse(column, err.Error())
		return false
	case !p.whole.IsZero() && read != p.whole:
		row.Refuse(column, "the file was sent as one of "+p.whole.Label()+"; send it without a period of its own, or mend the row")
		return false
	}
	p.last, p.lastText, p.lastCell = read, text, append(p.lastCell[:0], cell...)
	e.Period, e.PeriodText = read, text
	return true
}
