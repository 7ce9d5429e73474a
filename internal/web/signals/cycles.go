package signals

import (
	"fmt"
	"slices"
	"strings"
	"time"

	area "sir/internal/adoption"
	"sir/internal/chart"
	work "sir/internal/improvement"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// cycleMark is a PDSA cycle at the period of a series in which it began.
type cycleMark struct {
	work.Cycle
	Period period.Period // zero where the series does not have it
}

// Bounds of what a page shows: a programme may have many cycles.
const (
	cyclesAtPoint = 3  // named at one point of a chart
	cyclesListed  = 50 // listed below it, the latest
	notesPrinted  = 3  // printed below the drawing
)

// cycles answers the PDSA cycles that work on a series and that the reader may
// see. They belong to members; nothing is asked of other units.
func (p pages) cycles(r *shell.Request, s area.Series) ([]cycleMark, error) {
	if s.Unit.Kind != "" && s.Unit.Kind != network.MemberUnit || !policy.Can(r.Actor, policy.ViewImprovement) {
		return nil, nil
	}
	all, err := p.improvement.CyclesOn(r.Context(), r.Actor, s.Measure.ID, s.Unit.Key)
	return cyclesOn(s, all), err
}

// memberCycles answers the cycles of all members that are compared.
func (p pages) memberCycles(r *shell.Request, c area.Comparison) ([]work.Cycle, error) {
	if !policy.Can(r.Actor, policy.ViewImprovement) {
		return nil, nil
	}
	return p.improvement.CyclesOn(r.Context(), r.Actor, c.Measure.ID, 0)
}

// cyclesOn are the cycles of a series' unit, by start, each at its period.
func cyclesOn(s area.Series, all []work.Cycle) []cycleMark {
	var marks []cycleMark
	for _, c := range all {
		if s.Unit.ID != "" && c.UnitID != s.Unit.ID {
			continue
		}
		mark := cycleMark{Cycle: c}
		for _, point := range s.Points {
			if isoDate(point.Period.Start()) <= c.StartsOn && c.StartsOn <= isoDate(point.Period.End()) {
				mark.Period = point.Period
			}
		}
		marks = append(marks, mark)
	}
	return marks
}

func isoDate(t time.Time) string { return t.Format(time.DateOnly) }

// cycleNames are the titles of the cycles that began in a period; those on a
// chart of the whole programme with their members.
func cycleNames(s area.Signal, cycles []cycleMark, at period.Period) (names []string) {
	for _, c := range cycles {
		switch {
		case c.Period != at:
		case s.Unit.Code == "":
			names = append(names, c.Title+" at "+c.UnitName)
		default:
			names = append(names, c.Title)
		}
	}
	return names
}

// cycleWords name the cycles that began in a period, on a chart; empty where
// none did.
func cycleWords(s area.Signal, cycles []cycleMark, at period.Period) string {
	names := cycleNames(s, cycles, at)
	switch more := len(names) - cyclesAtPoint; {
	case len(names) == 0:
		return ""
	case len(names) == 1:
		return "PDSA cycle: " + names[0]
	case more > 0:
		return fmt.Sprintf("PDSA cycles: %s, and %d more", strings.Join(names[:cyclesAtPoint], "; "), more)
	}
	return "PDSA cycles: " + strings.Join(names, "; ")
}

// annotated adds the cycles to a control chart, so that its notes are numbered
// from left to right.
func annotated(c chart.ControlChart, s area.Signal, cycles []cycleMark) chart.ControlChart {
	for i, p := range s.Analysis.Points {
		if text := cycleWords(s, cycles, periodOf(s, p.Date)); text != "" {
			c.Annotations = append(c.Annotations, chart.Annotation{At: i, Text: text})
		}
	}
	slices.SortStableFunc(c.Annotations, func(a, b chart.Annotation) int { return a.At - b.At })
	c.Settings = append(c.Settings, noteLines(c.Annotations)...)
	return c
}

// noteLines say the notes of a control chart below it, so that a file of the
// chart can be read by itself.
func noteLines(notes []chart.Annotation) (lines []string) {
	for i, note := range notes[:min(len(notes), notesPrinted)] {
		lines = append(lines, fmt.Sprintf("Note %d: %s.", i+1, strings.TrimSuffix(note.Text, ".")))
	}
	if more := len(notes) - notesPrinted; more > 0 {
		lines = append(lines, fmt.Sprintf("The table has %d more.", more))
	}
	return lines
}

// cyclesTable lists the cycles below the chart, the latest first.
func cyclesTable(s area.Signal, cycles []cycleMark) *ui.Table {
	if len(cycles) == 0 {
		return nil
	}
	table := &ui.Table{
		ID: "cycles-table", Caption: "PDSA cycles that work on the measure", CaptionHidden: true, RowHeaders: true, Compact: true, Responsive: true,
		Columns: []ui.Column{{Text: "PDSA cycle"}, {Text: "Where"}, {Text: "Test"}, {Text: "On the chart"}, {Text: "State"}},
	}
	for _, c := range slices.Backward(cycles[max(0, len(cycles)-cyclesListed):]) {
		on := "not in its periods"
		if !c.Period.IsZero() {
			on = c.Period.Label()
		}
		where := c.UnitName
		switch {
		case c.SiteName != "" && s.Unit.Code != "":
			where = c.SiteName
		case c.SiteName != "":
			where += ", " + c.SiteName
		}
		test := "from " + ui.Date(c.StartsOn)
		if c.EndsOn != "" {
			test += " to " + ui.Date(c.EndsOn)
		}
		// The state of a cycle that has begun is the same on every later day.
		row := ui.Text(c.Title, where, test, on, string(c.State(c.StartsOn)))
		row[0].Href = cyclePath(s, c.Cycle)
		table.Rows = append(table.Rows, row)
	}
	return table
}

// cyclesNote says which of the cycles are listed.
func cyclesNote(cycles []cycleMark) string {
	note := "Small tests of a change that are to move this measure. Each stands on the chart in the period in which it began. That a value changed then does not show that the test changed it."
	if n := len(cycles); n > cyclesListed {
		note += fmt.Sprintf(" The latest %d of %d are listed.", cyclesListed, n)
	}
	return note
}

// cyclePath is the page of a cycle.
func cyclePath(s area.Signal, c work.Cycle) string {
	return ui.MeasurePath + "/" + s.Programme.Code + "/members/" + c.UnitCode + "/improvement/cycles/" + c.ID
}
