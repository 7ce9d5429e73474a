package adoption

import (
	"fmt"

	"sir/internal/exchange"
	"sir/internal/period"
)

// Entry is one value that somebody sends: of a measure, for a site and a
// period. Row and Column say where it stands in a file or a form, so that a
// conflict can be found again.
type Entry struct {
	Row          int
	Column       string
	Site         string // code of the site as it was sent, and SiteColumn where it stands; empty outside files
	SiteColumn   string
	Period       period.Period
	PeriodText   string // the period as it was sent, and PeriodColumn where it stands; empty outside files
	PeriodColumn string
	SiteKey      int64 // 0 for a code that names no site
	MeasureKey   int64
	Value        int64
	Clear        bool // takes back what was reported: the cell becomes blank
}

func (e *Entry) conflict(format string, args ...any) exchange.Conflict {
	value := ""
	if !e.Clear {
		value = fmt.Sprint(e.Value)
	}
	return exchange.Conflict{Row: e.Row, Column: e.Column, Value: value, Reason: fmt.Sprintf(format, args...)}
}

// cell is a value or a blank.
type cell struct {
	value int64
	known bool
}

// siteState is what is known of one site of a batch.
type siteState struct {
	key      int64
	id       string
	code     string
	name     string
	units    []int64 // that it counts under; none where it is not eligible
	memberID string
	approved bool // the member's figures of the period are approved
	ret      returnState
}

// returnState is how far a site's return has come. The days are ISO text,
// empty while nothing or not everything that is required was reported.
type returnState struct {
	submittedOn string
	completeOn  string
}

// batch is what a submission does to one period of a collection: the cells
// before and after, of all the collection's measures and the sites touched.
type batch struct {
	collection Collection
	measures   []Measure
	period     period.Period
	sites      []siteState
	siteAt     map[int64]int
	measureAt  map[int64]int
	seen       func(m, site int) bool // whether an earlier batch of the same sending set the cell
	place      func(row int) string   // names a row to whoever sends
	before     [][]cell               // by measure, site
	after      [][]cell
	entryOf    [][]int32 // 1 + index of the entry that set the cell
}

// unseen is what an entry says where a site is not open to the sender: it
// says the same of a site that is not there.
const unseen = "no eligible site that you may send for has this code in this period"

// otherwise is what an entry says that contradicts an earlier one.
const otherwise = " says otherwise of the same site, period and measure"

// judge lays the entries over the cells, giving each conflict to report.
func (b *batch) judge(entries []Entry, who sender, report func(exchange.Conflict)) {
	open := b.openTo(who)
	told := 0 // the last row of whose site it was said
	for i := range entries {
		e := &entries[i]
		at, known := b.siteAt[e.SiteKey]
		if !known || !open[at] {
			if e.Row == 0 || e.Row != told {
				report(e.unseen())
			}
			told = e.Row
			continue
		}
		b.lay(e, int32(i+1), at, entries, who, report)
	}
}

func (e *Entry) unseen() exchange.Conflict {
	conflict := e.conflict(unseen)
	if e.SiteColumn != "" {
		conflict.Column, conflict.Value = e.SiteColumn, e.Site
	}
	return conflict
}

// misdated is a conflict about the period of the entry.
func (e *Entry) misdated(reason string) exchange.Conflict {
	conflict := e.conflict("%s", reason)
	if e.PeriodColumn != "" {
		conflict.Column, conflict.Value = e.PeriodColumn, e.PeriodText
	}
	return conflict
}

// openTo tells of each site whether it is eligible and the sender's to send for.
func (b *batch) openTo(who sender) []bool {
	open := make([]bool, len(b.sites))
	for at, site := range b.sites {
		open[at] = len(site.units) > 0 && who.may(site)
	}
	return open
}

// lay lays one entry, the number-th, over the cell of a site.
func (b *batch) lay(e *Entry, number int32, at int, entries []Entry, who sender, report func(exchange.Conflict)) {
	m, known := b.measureAt[e.MeasureKey]
	if !known {
		report(e.conflict("%s does not ask for this measure", b.collection.Name))
		return
	}
	if reason := b.measures[m].Check(e.Value); reason != "" && !e.Clear {
		report(e.conflict("%s", reason))
		return
	}
	next := cell{e.Value, !e.Clear}
	if e.Clear {
		next.value = 0
	}
	if first := b.entryOf[m][at]; first > 0 {
		if b.after[m][at] != next {
			report(e.conflict("%s%s", b.place(entries[first-1].Row), otherwise))
		}
		return
	}
	if b.seen != nil && b.seen(m, at) {
		if b.before[m][at] != next {
			report(e.conflict("an earlier value%s", otherwise))
		}
		return
	}
	b.after[m][at], b.entryOf[m][at] = next, number
	if next != b.before[m][at] && b.sites[at].approved {
		b.judgeApproved(e, b.sites[at], who, report)
	}
}

// sender is what whoever sends may do, and whether they gave a reason.
type sender struct {
	may        func(siteState) bool
	mayRestate func(siteState) bool
	reason     bool
}

// judgeApproved lets approved figures be changed only by those who may restate
// them, with a reason.
func (b *batch) judgeApproved(e *Entry, site siteState, who sender, report func(exchange.Conflict)) {
	switch {
	case !who.mayRestate(site):
		report(e.conflict("the figures of %s for this period are approved: ask for them to be opened again", site.name))
	case !who.reason:
		report(e.conflict("the figures of %s for this period are approved: give a reason to restate them", site.name))
	}
}

const partExceeds = "%s (%d) cannot be more than %s (%d)"

// judgeParts finds counts that exceed what they are a part of, where an entry
// set either.
func (b *batch) judgeParts(entries []Entry, report func(exchange.Conflict)) {
	for m, measure := range b.measures {
		whole, ok := b.measureAt[measure.PartOf]
		if measure.PartOf == 0 || !ok {
			continue
		}
		for at := range b.sites {
			setBy := max(b.entryOf[m][at], b.entryOf[whole][at])
			part, all := b.after[m][at], b.after[whole][at]
			if setBy > 0 && part.known && all.known && part.value > all.value {
				report(entries[setBy-1].conflict(partExceeds, measure.Name, part.value, b.measures[whole].Name, all.value))
			}
		}
	}
}

// Tally counts what a submission does.
type Tally struct {
	Added     int64 // cells that were blank
	Changed   int64 // cells that said something else
	Cleared   int64 // cells that become blank
	Unchanged int64 // entries that say what the cell says already
}

func (t *Tally) add(o Tally) {
	t.Added += o.Added
	t.Changed += o.Changed
	t.Cleared += o.Cleared
	t.Unchanged += o.Unchanged
}

// tally counts what the batch does.
func (b *batch) tally() (t Tally) {
	for m := range b.measures {
		for at := range b.sites {
			before, after := b.before[m][at], b.after[m][at]
			switch {
			case b.entryOf[m][at] == 0:
			case before == after:
				t.Unchanged++
			case !before.known:
				t.Added++
			case !after.known:
				t.Cleared++
			default:
				t.Changed++
			}
		}
	}
	return t
}

// settle answers a site's return after the batch, sent on a day. A return is
// complete once every required measure has a value, and submitted once any
// has: an empty one is neither.
func (b *batch) settle(at int, day string) returnState {
	anything, everything := false, true
	for m := range b.measures {
		known := b.after[m][at].known
		anything = anything || known
		everything = everything && (known || !b.measures[m].Required)
	}
	next := b.sites[at].ret
	next.submittedOn = keepOrSet(next.submittedOn, anything, day)
	next.completeOn = keepOrSet(next.completeOn, anything && everything, day)
	return next
}

func keepOrSet(standing string, holds bool, day string) string {
	switch {
	case !holds:
		return ""
	case standing != "":
		return standing
	}
	return day
}
