package adoption

import (
	"fmt"

	"sir/internal/period"
)

// Hint points to a value that is possible and looks unlikely. It stops nothing.
type Hint struct {
	Row      int    // 0 where the hint is about a site that has none
	Column   string // empty for the row as a whole
	Period   period.Period
	Site     string // code
	SiteName string
	Text     string // names the measure, and what was said before and when
}

// historyPeriods is how many periods before a value is held against.
const historyPeriods = 8

// earlier is what a site said of a measure in a period before.
type earlier struct {
	period period.Period
	value  int64
}

// knownBefore answers what is known of the periods before p, newest first.
func knownBefore(p period.Period, before []cell) []earlier {
	var past []earlier
	for i, c := range before[:min(len(before), historyPeriods)] {
		if c.known {
			past = append(past, earlier{p.Add(-i - 1), c.value})
		}
	}
	return past
}

// unlikely says what is unlikely about a measure's value in a period, given
// what the site said in the periods before, newest first. Empty where nothing
// is.
func unlikely(m Measure, p period.Period, now cell, before []cell) string {
	past := knownBefore(p, before)
	if !now.known || len(past) == 0 {
		return ""
	}
	if m.Kind == LevelMeasure {
		return fallen(m, now.value, past[0])
	}
	return offCourse(m, now.value, past)
}

// fallen finds a level that falls. An innovation that is in use is seldom given
// up, so a fall is either news or a slip.
func fallen(m Measure, now int64, last earlier) string {
	if now >= last.value {
		return ""
	}
	return fmt.Sprintf("%s falls from %d (%s) in %s to %d (%s)",
		m.Name, last.value, m.Levels[int(last.value)], last.period.Label(), now, m.Levels[int(now)])
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
			if text := unlikely(measure, b.period, now[m], before); text != "" {
				h.add(Hint{Row: e.Row, Column: e.Column, Period: b.period, Site: site.code, SiteName: site.name, Text: text})
			}
		}
		if row > 0 && repeats(b.measures, now, last) {
			h.add(Hint{
				Row: row, Period: b.period, Site: site.code, SiteName: site.name,
				Text: "All counts are those of " + b.period.Prev().Label() + ": " + countsInWords(b.measures, now),
			})
		}
	}
}
