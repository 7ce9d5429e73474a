package chart_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sir/internal/chart"
)

func on(iso string) time.Time {
	day, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		panic(err)
	}
	return day
}

// sampleTimeline has a bar with an end and one without, a late start, and a
// rollout that has not begun.
func sampleTimeline() chart.Timeline {
	return chart.Timeline{
		Frame: chart.Frame{ID: "timeline", Title: "Levers beside rollouts", Note: "Example programme (made-up)."},
		Bar:   "In force", RowHeader: "Lever or rollout", Points: []string{"Planned start", "Actual start"}, Today: on("2026-06-30"),
		Rows: []chart.TimelineRow{
			{Name: "National plan (made-up)", From: on("2024-04-01")},
			{Name: "Payment for referrals (made-up)", From: on("2023-04-01"), To: on("2025-04-01")},
			{Name: "Alder network (made-up)", Dates: []time.Time{on("2023-07-03"), on("2024-02-05")}},
			{Name: "Birch network (made-up)", Dates: []time.Time{on("2026-09-01"), {}}},
		},
	}
}

func hostileTimeline(text string) chart.Timeline {
	l := sampleTimeline()
	l.Frame, l.Bar, l.RowHeader, l.Points = hostileFrame(text), text, text, []string{text, text}
	l.Rows[0].Name, l.Rows[2].Name = "x"+text, "x"+text
	return l
}

func TestTimelineRefuses(t *testing.T) {
	tests := map[string]func(*chart.Timeline){
		"has no title":      func(l *chart.Timeline) { l.Title = "" },
		"0 rows":            func(l *chart.Timeline) { l.Rows = nil },
		"201 rows":          func(l *chart.Timeline) { l.Rows = make([]chart.TimelineRow, 201) },
		"3 kinds of points": func(l *chart.Timeline) { l.Points = make([]string, 3) },
		"row 1: chart":      func(l *chart.Timeline) { l.Rows[0].Name = " " },
		"2 dates for 1":     func(l *chart.Timeline) { l.Points = l.Points[:1] },
		"ends before":       func(l *chart.Timeline) { l.Rows[1].To = l.Rows[1].From },
		"in the year 2400":  func(l *chart.Timeline) { l.Rows[2].Dates[0] = on("2400-01-01") },
		"in the year 1700":  func(l *chart.Timeline) { l.Today = on("1700-01-01") },
	}
	for want, spoil := range tests {
		l := sampleTimeline()
		spoil(&l)
		refused(t, want, l, want)
	}
}

// Each row is a stop whose name has every date in it.
func TestTimelineSaysEveryDate(t *testing.T) {
	svg := render(t, sampleTimeline())
	for _, want := range []string{
		`aria-label="National plan (made-up): In force from 1 April 2024, no known end"`,
		`tabindex="0"`,
		`aria-label="Payment for referrals (made-up): In force from 1 April 2023, until 1 April 2025"`,
		`aria-label="Alder network (made-up): Planned start 3 July 2023, Actual start 5 February 2024"`,
		`aria-label="Birch network (made-up): Planned start 1 September 2026, no Actual start"`,
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("the drawing lacks %s", want)
		}
	}
}

func TestTimelineTable(t *testing.T) {
	table := sampleTimeline().Table()
	want := [][]string{
		{"National plan (made-up)", "2024-04-01", "open", "", ""},
		{"Payment for referrals (made-up)", "2023-04-01", "2025-04-01", "", ""},
		{"Alder network (made-up)", "", "", "2023-07-03", "2024-02-05"},
		{"Birch network (made-up)", "", "", "2026-09-01", ""},
	}
	if !slices.EqualFunc(table.Rows, want, slices.Equal[[]string]) || len(table.Headers) != 5 {
		t.Errorf("the table is %q under %q", table.Rows, table.Headers)
	}
}

// Where all dates are one day, the axis still has room for it.
func TestTimelineOfOneDay(t *testing.T) {
	l := sampleTimeline()
	l.Today = time.Time{}
	l.Rows = []chart.TimelineRow{{Name: "Alder network (made-up)", From: on("2026-01-01"), Dates: []time.Time{on("2026-01-01"), {}}}}
	for name, layout := range allLayouts {
		if _, err := inspect(render(t, l.In(layout))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
