package chart_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"sir/internal/chart"
)

// sampleBars has a target met and missed, none, and a rate not reported.
func sampleBars() chart.TargetBars {
	return chart.TargetBars{
		Frame:   chart.Frame{ID: "bars", Title: "Rate against own target", Note: "Example programme (made-up)."},
		Measure: chart.Measure{Unit: "%"}, RowHeader: "Network", Now: "Q4 2025/26", Before: "Q4 2024/25",
		Rows: []chart.TargetRow{
			{Name: "Alder network (made-up)", Value: chart.Number(63), Parts: "31 of 49", Before: chart.Number(50), Change: "up 13", Target: chart.Number(60), Verdict: chart.Met, Href: "/measure/1"},
			{Name: "Birch network (made-up)", Value: chart.Number(25), Parts: "5 of 20", Before: chart.Number(44), Change: "down 19", Target: chart.Number(50), Verdict: chart.Missed},
			{Name: "Cedar network (made-up)", Value: chart.Missing("not reported"), Before: chart.Number(12), Target: chart.Number(50)},
			{Name: "Hawthorn, Hazel and Juniper joint improvement network (made-up)", Value: chart.Number(0), Parts: "0 of 9", Change: "no change", Before: chart.Number(0)},
		},
	}
}

// sampleGroups has an interval, a small group and a group that may not be shown.
func sampleGroups() chart.GroupDots {
	return chart.GroupDots{
		Frame:   chart.Frame{ID: "groups", Title: "Uptake by deprivation fifth", Note: "Example programme (made-up)."},
		Measure: chart.Measure{Unit: "%"}, GroupHeader: "Deprivation", ValueHeader: "Sites that have adopted",
		Overall: &chart.Target{Value: 48, Label: "All sites 48%"},
		Groups: []chart.Group{
			{Name: "1 (most deprived)", Numerator: 310, Denominator: 1020, Value: chart.Number(30), Low: chart.Number(27), High: chart.Number(33), Href: "/measure?group=1"},
			{Name: "2", Numerator: 12, Denominator: 25, Value: chart.Number(48), Low: chart.Number(29), High: chart.Number(67)},
			{Name: "3", Numerator: 3, Denominator: 4, Value: chart.Number(75), Small: true},
			{Name: "4", Numerator: 1, Denominator: 2, Value: chart.Missing("too few to show"), Small: true},
		},
	}
}

func hostileBars(text string) chart.TargetBars {
	b := sampleBars()
	b.Frame, b.RowHeader, b.Now, b.Before = hostileFrame(text), text, text, text
	b.Rows[0].Name, b.Rows[0].Change, b.Rows[1].Parts, b.Rows[2].Value = "x"+text, text, text, chart.Missing(text)
	return b
}

func hostileGroups(text string) chart.GroupDots {
	g := sampleGroups()
	g.Frame, g.GroupHeader, g.ValueHeader, g.Overall.Label = hostileFrame(text), text, text, "x"+text
	g.Groups[0].Name, g.Groups[3].Value = "x"+text, chart.Missing(text)
	return g
}

func TestTargetBarsRefuses(t *testing.T) {
	tests := map[string]func(*chart.TargetBars){
		"0 rows":                 func(b *chart.TargetBars) { b.Rows = nil },
		"row 1: chart":           func(b *chart.TargetBars) { b.Rows[0].Name = "" },
		"has verdict 3":          func(b *chart.TargetBars) { b.Rows[0].Verdict = 3 },
		"needs a rate and a":     func(b *chart.TargetBars) { b.Rows[2].Verdict = chart.Met },
		"101 is off the axis":    func(b *chart.TargetBars) { b.Rows[0].Target = chart.Number(101) },
		"is NaN":                 func(b *chart.TargetBars) { b.Rows[0].Before = chart.Number(math.NaN()) },
		"must hold 0":            func(b *chart.TargetBars) { b.Axis = chart.Range{Min: 10, Max: 100} },
		`leads to "http://x"`:    func(b *chart.TargetBars) { b.Rows[0].Href = "http://x" },
		"decimals":               func(b *chart.TargetBars) { b.Decimals = 9 },
		"use Wide, Narrow or Fu": func(b *chart.TargetBars) { b.Layout = 9 },
	}
	for want, spoil := range tests {
		b := sampleBars()
		spoil(&b)
		refused(t, want, b, want)
	}
}

func TestGroupDotsRefuses(t *testing.T) {
	tests := map[string]func(*chart.GroupDots){
		"0 groups":            func(g *chart.GroupDots) { g.Groups = nil },
		"group 1: chart":      func(g *chart.GroupDots) { g.Groups[0].Name = "" },
		"has 5 of 4":          func(g *chart.GroupDots) { g.Groups[2].Numerator = 5 },
		"has -1 of 4":         func(g *chart.GroupDots) { g.Groups[2].Numerator = -1 },
		"the line of groups":  func(g *chart.GroupDots) { g.Overall.Label = " " },
		"101 is off the axis": func(g *chart.GroupDots) { g.Groups[0].High = chart.Number(101) },
		`leads to "x"`:        func(g *chart.GroupDots) { g.Groups[0].Href = "x" },
	}
	for want, spoil := range tests {
		g := sampleGroups()
		spoil(&g)
		refused(t, want, g, want)
	}
}

func TestRowTables(t *testing.T) {
	bars := sampleBars().Table()
	if !slices.Equal(bars.Headers, []string{"Network", "Q4 2025/26 (%)", "Of", "Target (%)", "Verdict", "Q4 2024/25 (%)", "Change"}) ||
		!slices.Equal(bars.Rows[0], []string{"Alder network (made-up)", "63", "31 of 49", "60", "target met", "50", "up 13"}) ||
		!slices.Equal(bars.Rows[2], []string{"Cedar network (made-up)", "not reported", "", "50", "not known", "12", ""}) ||
		bars.Rows[3][4] != "no target" {
		t.Errorf("bars: %q %q", bars.Headers, bars.Rows)
	}
	groups := sampleGroups().Table()
	if groups.Caption != "Uptake by deprivation fifth (All sites 48%)" ||
		!slices.Equal(groups.Rows[2], []string{"3", "75", "3", "4", "none", "none", "small group"}) ||
		!slices.Equal(groups.Rows[3], []string{"4", "too few to show", "not shown", "not shown", "none", "none", "small group"}) {
		t.Errorf("groups: %q %q", groups.Caption, groups.Rows)
	}
}

func TestRowStops(t *testing.T) {
	svg := render(t, sampleBars())
	if got := submatches(`<a [^>]*aria-label="([^"]+)"`, svg); !slices.Equal(got,
		[]string{"Alder network (made-up): 63% (31 of 49), up 13, target 60%, target met, Q4 2024/25 50%"}) {
		t.Errorf("links %q", got)
	}
	if got := submatches(`aria-label="([^"]+)" tabindex="0"`, svg); len(got) != 3 || got[1] != "Cedar network (made-up): not reported, target 50%, not known, Q4 2024/25 12%" {
		t.Errorf("stops %q", got)
	}
	for _, layout := range allLayouts {
		got := submatches(`aria-label="([^"]+)" tabindex="0"`, render(t, sampleGroups().In(layout)))
		if len(got) != 3 || got[0] != "2: 48%, 12 of 25, interval 29% to 67%" || got[1] != "3: 75%, 3 of 4, small group" || got[2] != "4: too few to show" {
			t.Errorf("groups %q", got)
		}
	}
}

// The parts of a value that may not be shown appear nowhere.
func TestHiddenGroupStaysHidden(t *testing.T) {
	g := sampleGroups()
	g.Groups[3].Numerator, g.Groups[3].Denominator = 7777, 8888
	for _, layout := range allLayouts {
		svg := render(t, g.In(layout))
		if strings.Contains(svg, "777") || strings.Contains(svg, "888") {
			t.Error("the drawing gives the parts of a hidden value")
		}
	}
}
