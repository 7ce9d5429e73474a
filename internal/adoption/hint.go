package adoption

import (
	"fmt"
	"slices"

	"sir/internal/period"
)

// Hint points to a value that is possible and looks unlikely. It stops nothing.
type Hint struct {
	Row    int    // 0 where the hint is about a site that has none
	Column string // empty for the row as a whole
	Period period.Period
	Site   string // code
	Text   string
}

const (
	historyPeriods = 8  // periods before that a count is held against
	jumpTimes      = 3  // a count over so many times the median is a jump,
	jumpLeast      = 10 // if it is also so much more
)

// unlikely says what is unlikely about a value of a measure, given what the
// site said in the periods before, newest first: a level that falls, or a count
// over three times the median and at least ten more. Empty where nothing is.
func unlikely(m Measure, now cell, before []cell) string {
	var known []int64
	for _, c := range before[:min(len(before), historyPeriods)] {
		if c.known {
			known = append(known, c.value)
		}
	}
	if !now.known || len(known) == 0 {
		return ""
	}
	if m.Kind == LevelMeasure {
		if last := known[0]; now.value < last {
			return fmt.Sprintf("%s falls from %d (%s) to %d (%s)", m.Name, last, m.Levels[int(last)], now.value, m.Levels[int(now.value)])
		}
		return ""
	}
	median := medianOf(known)
	if value := float64(now.value); value > jumpTimes*median && value >= median+jumpLeast {
		return fmt.Sprintf("%s is %d, more than %d times what is usual for the site (%g)", m.Name, now.value, jumpTimes, median)
	}
	return ""
}

// medianOf answers the median of at least one number.
func medianOf(numbers []int64) float64 {
	sorted := slices.Sorted(slices.Values(numbers))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return float64(sorted[middle])
	}
	return (float64(sorted[middle-1]) + float64(sorted[middle])) / 2
}

// repeats tells whether a site's counts are all those of the period before: a
// return that was copied. Blanks say nothing, and noughts alone are no copy.
func repeats(measures []Measure, now, before []cell) bool {
	some := false
	for m, measure := range measures {
		switch {
		case measure.Kind != CountMeasure || !now[m].known && !before[m].known:
		case now[m] != before[m]:
			return false
		default:
			some = some || now[m].value > 0
		}
	}
	return some
}

// keptHints is how many hints are kept.
const keptHints = 200

// hints collects what looks unlikely in a sending of one chunk.
type hints struct {
	list   []Hint
	more   int
	before map[period.Period]*batch // of the same sending
}

func (h *hints) add(hint Hint) {
	if len(h.list) == keptHints {
		h.more++
		return
	}
	h.list = append(h.list, hint)
}

// judge looks at each value of a batch that says something new, given the
// cells of the periods before: by period, newest first, measure and site.
func (h *hints) judge(b *batch, entries []Entry, past [][][]cell) {
	for at, site := range b.sites {
		now, last := make([]cell, len(b.measures)), make([]cell, len(b.measures))
		row := 0
		for m, measure := range b.measures {
			now[m], last[m] = b.after[m][at], past[0][m][at]
			number := b.entryOf[m][at]
			if number == 0 {
				continue
			}
			e := entries[number-1]
			row = e.Row
			before := make([]cell, len(past))
			for i := range past {
				before[i] = past[i][m][at]
			}
			if text := unlikely(measure, now[m], before); text != "" {
				h.add(Hint{Row: e.Row, Column: e.Column, Period: b.period, Site: site.code, Text: text})
			}
		}
		if row > 0 && repeats(b.measures, now, last) {
			h.add(Hint{Row: row, Period: b.period, Site: site.code, Text: "all counts are those of " + b.period.Prev().Label()})
		}
	}
}
