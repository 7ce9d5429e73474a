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
	Row        int
	Column     string
	Period     period.Period
	SiteKey    int64
	MeasureKey int64
	Value      int64
	Clear      bool // takes back what was reported: the cell becomes blank
}

func (e Entry) conflict(format string, args ...any) exchange.Conflict {
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
	before     [][]cell // by measure, site
	after      [][]cell
	entryOf    [][]int32 // 1 + index of the entry that set the cell
}

// unseen is what an entry says where a site is not open to the sender: it
// says the same of a site that is not there.
const unseen = "no eligible site that you may send for has this code in this period"

// judge lays the entries over the cells, giving each conflict to report.
func (b *batch) judge(entries []Entry, who sender, report func(exchange.Conflict)) {
	for i, e := range entries {
		at, known := b.siteAt[e.SiteKey]
		if !known || len(b.sites[at].units) == 0 || !who.may(b.sites[at]) {
			report(e.conflict(unseen))
			continue
		}
		m := b.measureAt[e.MeasureKey]
		if reason := b.measures[m].Check(e.Value); reason != "" && !e.Clear {
			report(e.conflict("%s", reason))
			continue
		}
		next := cell{e.Value, !e.Clear}
		if e.Clear {
			next.value = 0
		}
		if first := b.entryOf[m][at]; first > 0 {
			if b.after[m][at] != next {
				report(e.conflict("row %d says otherwise of the same site, period and measure", entries[first-1].Row))
			}
			continue
		}
		b.after[m][at], b.entryOf[m][at] = next, int32(i+1)
		if next != b.before[m][at] {
			b.judgeApproved(e, b.sites[at], who, report)
		}
	}
	b.judgeParts(entries, report)
}

// sender is what whoever sends may do, and whether they gave a reason.
type sender struct {
	may        func(siteState) bool
	mayRestate func(siteState) bool
	reason     bool
}

// judgeApproved lets approved figures be changed only by those who may restate
// them, with a reason.
func (b *batch) judgeApproved(e Entry, site siteState, who sender, report func(exchange.Conflict)) {
	switch {
	case !site.approved:
	case !who.mayRestate(site):
		report(e.conflict("the figures of %s for this period are approved: ask for them to be opened again", site.name))
	case !who.reason:
		report(e.conflict("the figures of %s for this period are approved: give a reason to restate them", site.name))
	}
}

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
				e := entries[setBy-1]
				report(e.conflict("%s (%d) cannot be more than %s (%d)", measure.Name, part.value, b.measures[whole].Name, all.value))
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
	for m, measure := range b.measures {
		anything = anything || b.after[m][at].known
		everything = everything && (b.after[m][at].known || !measure.Required)
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

// difference is what the batch, sent on a day, adds to the rollups.
func (b *batch) difference(day string) (d difference) {
	values := map[[2]int64]*[3]int64{}
	returns := map[int64]*[3]int64{}
	due := b.collection.DueOn(b.period)
	for at, site := range b.sites {
		b.addValues(values, at)
		next := b.settle(at, day)
		delta := [3]int64{
			one(next.submittedOn != "") - one(site.ret.submittedOn != ""),
			one(next.completeOn != "") - one(site.ret.completeOn != ""),
			one(onTime(next, due)) - one(onTime(site.ret, due)),
		}
		if delta == [3]int64{} {
			continue
		}
		for _, unit := range withProgramme(site.units) {
			addTo(returns, unit, delta)
		}
	}
	for _, key := range sortedPairs(values) {
		v := values[key]
		d.values.Add(key[0], key[1], v[0], v[1], v[2])
	}
	for _, unit := range sortedKeys(returns) {
		v := returns[unit]
		d.returns.Add(unit, v[0], v[1], v[2])
	}
	return d
}

func (b *batch) addValues(values map[[2]int64]*[3]int64, at int) {
	for m, measure := range b.measures {
		before, after := b.before[m][at], b.after[m][at]
		if before == after {
			continue
		}
		delta := [3]int64{
			one(after.known) - one(before.known),
			one(after.known && measure.Adopted(after.value)) - one(before.known && measure.Adopted(before.value)),
			after.value - before.value, // a blank's value is 0
		}
		for _, unit := range withProgramme(b.sites[at].units) {
			addTo(values, [2]int64{measure.Key, unit}, delta)
		}
	}
}

func onTime(r returnState, due string) bool { return r.completeOn != "" && r.completeOn <= due }
