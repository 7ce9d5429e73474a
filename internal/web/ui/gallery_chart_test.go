package ui

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/a-h/templ"

	"sir/internal/chart"
	"sir/internal/period"
)

// galleryCharts shows one chart of each kind with its table, and every icon.
func galleryCharts() (Page, templ.Component) {
	var parts []templ.Component
	for _, c := range []chart.Responsive{controlSample(), curveSample(), heatSample(12), heatSample(40), tileSample(), levelSample(), barSample(), groupSample(), treeSample()} {
		table := c.Table()
		id := fmt.Sprintf("chart-%d", len(parts))
		parts = append(parts, Figure{ID: id, Title: table.Caption, Chart: drawn(c), Table: tableOf(id, table)})
	}
	return Page{Title: "Charts", Lede: "One of each kind, with made-up numbers."}, all(append(parts, iconSample())...)
}

func tableOf(id string, t chart.Table) Table {
	table := Table{ID: id + "-table", Caption: t.Caption, CaptionHidden: true, RowHeaders: true, Compact: true, Scroll: true}
	for _, header := range t.Headers {
		table.Columns = append(table.Columns, Column{Text: header})
	}
	for _, row := range t.Rows {
		table.Rows = append(table.Rows, Text(row...))
	}
	return table
}

func chartValues(values ...float64) []chart.Value {
	var out []chart.Value
	for _, v := range values {
		out = append(out, chart.Number(v))
	}
	return out
}

func frame(id, title string) chart.Frame { return chart.Frame{ID: id, Title: title} }

func controlSample() chart.ControlChart {
	c := chart.ControlChart{Frame: frame("control", "Clinics that offered the test, by month"), Measure: chart.Measure{Unit: "%"},
		Breaks:      []chart.Break{{At: 12, Reason: "New pathway from April 2026"}},
		Targets:     []chart.DatedStep{{From: time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC), Value: 45}},
		Annotations: []chart.Annotation{{At: 12, Text: "New pathway starts"}},
		Settings:    []string{"Shift: 7 points on one side of the mean", "Trend: 7 points", "Limits need 13 points"}}
	for i, v := range []float64{42, 45, 39, 44, 47, 41, 38, 43, 46, 40, 44, 42, 58, 61, 57, 63, 60, 66, 64, 62, 41, 65, 68, 67} {
		p := chart.ControlPoint{Date: time.Date(2025, 4+time.Month(i), 1, 0, 0, 0, 0, time.UTC), Value: chart.Number(v),
			Centre: chart.Number(43), Upper: chart.Number(56), Lower: chart.Number(30)}
		if i >= 12 {
			p.Centre, p.Upper, p.Lower = chart.Number(61), chart.Number(73), chart.Number(49)
		}
		if i >= 21 {
			p.Class, p.Signal = chart.Improvement, "shift of 7 above the mean"
		}
		c.Points = append(c.Points, p)
	}
	c.Points[20].Class, c.Points[20].Signal, c.Points[7].Value = chart.Concern, "below the lower limit", chart.Missing("not reported")
	return c
}

func curveSample() chart.SCurve {
	first, _ := period.OfQuarter(2024, 1)
	quarters, _ := period.Sequence(first, first.Add(7))
	return chart.SCurve{Frame: frame("curve", "Sites that have adopted"), Measure: chart.Measure{Unit: "%"}, Periods: quarters,
		Targets: chartValues(10, 10, 10, 30, 30, 30, 60, 60),
		Curves: []chart.Curve{
			{Name: "Made-up Coast Network", Highlight: true, Values: chartValues(1, 4, 12, 30, 44, 41, 60, 66), Low: chartValues(1, 4, 12, 28, 40, 38, 52, 60),
				High: chartValues(3, 7, 16, 36, 52, 50, 70, 78), Oddities: []chart.Oddity{{At: 5, Kind: chart.OddFall, Text: "3 sites left"}}},
			{Name: "Made-up Hills Network", Values: chartValues(0, 1, 3, 8, 15, 26, 40, 64)},
			{Name: "Made-up Rivers Network", Values: chartValues(2, 9, 24, 41, 55, 63, 65, 65)},
		}}
}

func heatSample(columns int) chart.HeatMap {
	h := chart.HeatMap{Frame: frame(fmt.Sprintf("heat-%d", columns), fmt.Sprintf("Rate by network over %d quarters", columns)), Measure: chart.Measure{Unit: "%"}, RowHeader: "Network",
		Classes: chart.Classes{From: []float64{20, 40, 60, 80}}}
	for k := range columns {
		h.Columns = append(h.Columns, fmt.Sprintf("Q%d %d/%02d", k%4+1, 2018+k/4, 19+k/4))
	}
	for i, name := range []string{"Made-up Coast Network", "Made-up Hills Network", "Made-up Rivers Innovation Network"} {
		row := chart.HeatRow{Name: name, Href: "/measure/rates"}
		for k := range columns {
			cell := chart.HeatCell{Value: chart.Number(float64(100 * k / (columns + 3*i))), Href: "/measure/rates"}
			if k%7 == i {
				cell.Value = chart.Missing("not reported")
			}
			row.Cells = append(row.Cells, cell)
		}
		h.Rows = append(h.Rows, row)
	}
	return h
}

func tileSample() chart.TileMap {
	m := chart.TileMap{Frame: frame("tiles", "Rate by network, on a grid"), Measure: chart.Measure{Unit: "%"}, RowHeader: "Network", Value: "Rate",
		Classes: chart.Classes{From: []float64{20, 40, 60, 80}}}
	for i, name := range []string{"Coast", "Hills", "Rivers", "Moor", "Vale", "Forest", "Isles"} {
		m.Tiles = append(m.Tiles, chart.Tile{Name: "Made-up " + name + " Network", Short: name, At: &chart.Place{Column: i % 4, Row: i / 4}, Value: chart.Number(float64(15 * i)), Href: "/measure/rates"})
	}
	m.Tiles[2].Value = chart.Missing("not reported")
	return m
}

func levelSample() chart.StackedLevels {
	st := chart.StackedLevels{Frame: frame("levels", "Sites by level"), BarHeader: "Quarter", Levels: []string{"Not started", "Planning", "Testing", "Adopted", "Sustained"}, Adopted: 3}
	for i := range 4 {
		st.Bars = append(st.Bars, chart.LevelBar{Label: fmt.Sprintf("Q%d 2025/26", i+1), Counts: []int{40 - 9*i, 10, 8, 2 + 6*i, i}, NotReported: 3 * i, Href: "/measure/rates"})
	}
	return st
}

func barSample() chart.TargetBars {
	return chart.TargetBars{Frame: frame("bars", "Rate against own target"), Measure: chart.Measure{Unit: "%"}, RowHeader: "Network", Now: "Q4 2025/26", Before: "Q4 2024/25",
		Rows: []chart.TargetRow{
			{Name: "Made-up Coast Network", Value: chart.Number(63), Parts: "31 of 49", Before: chart.Number(50), Change: "up 13", Target: chart.Number(60), Verdict: chart.Met, Href: "/measure/rates"},
			{Name: "Made-up Hills Network", Value: chart.Number(25), Parts: "5 of 20", Before: chart.Number(44), Change: "down 19", Target: chart.Number(50), Verdict: chart.Missed},
			{Name: "Made-up Rivers Network", Value: chart.Missing("not reported"), Before: chart.Number(12), Target: chart.Number(50)},
		}}
}

func groupSample() chart.GroupDots {
	return chart.GroupDots{Frame: frame("groups", "Uptake by size of site"), Measure: chart.Measure{Unit: "%"}, GroupHeader: "Size", ValueHeader: "Sites that have adopted",
		Overall: &chart.Target{Value: 36, Label: "All sites 36%"},
		Groups: []chart.Group{
			{Name: "Large", Numerator: 31, Denominator: 102, Value: chart.Number(30), Low: chart.Number(22), High: chart.Number(40)},
			{Name: "Medium", Numerator: 12, Denominator: 25, Value: chart.Number(48), Low: chart.Number(29), High: chart.Number(67)},
			{Name: "Small", Numerator: 3, Denominator: 4, Value: chart.Number(75), Small: true},
		}}
}

func treeSample() chart.Tree {
	return chart.Tree{Frame: frame("drivers", "What would get the test to every clinic"), Levels: []string{"Aim", "Primary drivers", "Change ideas"},
		Root: chart.TreeNode{Text: "By March 2027, every made-up clinic offers the test", Children: []chart.TreeNode{
			{Text: "Staff know when to refer", Children: []chart.TreeNode{{Text: "Half-hour session", State: "adopted", Href: "/plan/form"}, {Text: "Pocket card", State: "testing", Href: "/plan/form"}}},
			{Text: "Clinics have the equipment", Children: []chart.TreeNode{{Text: "Loan pool shared between neighbouring clinics", State: "planned"}}},
		}}}
}

// iconSample is a table cell's worth of every icon, each beside its words.
func iconSample() templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		if _, err := io.WriteString(w, "<ul>"); err != nil {
			return err
		}
		var icons []chart.Icon
		for v := range chart.UnusualLow + 1 {
			icons = append(icons, chart.VariationIcon(v, ""))
		}
		for a := range chart.HitOrMiss + 1 {
			icons = append(icons, chart.AssuranceIcon(a, ""))
		}
		for _, icon := range icons {
			words := icon.Variation.Meaning()
			if icon.Kind == chart.ShowAssurance {
				words = icon.Assurance.Meaning()
			}
			fmt.Fprint(w, "<li>")
			if err := icon.Render(w); err != nil {
				return err
			}
			fmt.Fprintf(w, " %s</li>", templ.EscapeString(words))
		}
		_, err := io.WriteString(w, "</ul>")
		return err
	})
}
