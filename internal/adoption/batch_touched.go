package adoption

import (
	"maps"
	"math/bits"
	"slices"

	"sir/internal/period"
)

// touched remembers which cells a sending has set, one bit each.
type touched struct {
	byPeriod map[period.Period]*touchedPeriod
	siteAt   map[int64]int // where a site's bit stands
}

// touchedPeriod is the cells of one period that were set: by measure, site.
type touchedPeriod struct {
	all   *touched
	any   bitset // by site
	cells []bitset
}

// of answers what was touched of a period of so many measures.
func (t *touched) of(p period.Period, measures int) *touchedPeriod {
	if t.byPeriod == nil {
		t.byPeriod, t.siteAt = map[period.Period]*touchedPeriod{}, map[int64]int{}
	}
	if t.byPeriod[p] == nil {
		t.byPeriod[p] = &touchedPeriod{all: t, cells: make([]bitset, measures)}
	}
	return t.byPeriod[p]
}

// periods answers those of which any cell was set, oldest first.
func (t *touched) periods() []period.Period {
	return slices.SortedFunc(maps.Keys(t.byPeriod), period.Compare)
}

// sites counts the returns that were touched: a site once a period.
func (t *touched) sites() (n int) {
	for _, p := range t.byPeriod {
		n += p.any.count()
	}
	return n
}

// mark adds the cells that a batch set.
func (t *touchedPeriod) mark(b *batch) {
	for i, site := range b.sites {
		at, known := t.all.siteAt[site.key]
		if !known {
			at = len(t.all.siteAt)
			t.all.siteAt[site.key] = at
		}
		for m := range b.measures {
			if b.entryOf[m][i] > 0 {
				t.cells[m].set(at)
				t.any.set(at)
			}
		}
	}
}

// cell tells whether the cell of a measure and site was set.
func (t *touchedPeriod) cell(m int, siteKey int64) bool {
	at, known := t.all.siteAt[siteKey]
	return known && t.cells[m].has(at)
}

// bitset grows as far as it is set.
type bitset []uint64

func (s *bitset) set(at int) {
	for len(*s) <= at/64 {
		*s = append(*s, 0)
	}
	(*s)[at/64] |= 1 << (at % 64)
}

func (s bitset) has(at int) bool { return at/64 < len(s) && s[at/64]>>(at%64)&1 == 1 }

func (s bitset) count() (n int) {
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}
