package chart_test

import (
	"testing"

	"sir/internal/chart"
	"sir/internal/period"
)

// quarters returns n quarters from Q1 2023/24.
func quarters(t testing.TB, n int) []period.Period {
	t.Helper()
	first, err := period.OfQuarter(2023, 1)
	if err != nil {
		t.Fatal(err)
	}
	all, err := period.Sequence(first, first.Add(n-1))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func values(numbers ...float64) []chart.Value {
	var out []chart.Value
	for _, v := range numbers {
		out = append(out, chart.Number(v))
	}
	return out
}

// sampleDots has equal values, a fall, both ends of the axis and a missing value.
func sampleDots() chart.DotPlot {
	return chart.DotPlot{
		Frame: chart.Frame{ID: "rates", Title: "Adoption rate by network", Desc: "As at 30 June 2026.",
			Note: "Example programme (made-up). As at 30 June 2026."},
		Measure:   chart.Measure{Unit: "%"},
		RowHeader: "Network",
		Points:    []string{"Q4 2023/24", "Q4 2024/25", "Q4 2025/26"},
		Target:    &chart.Target{Value: 50, Label: ">= 50"},
		Rows: []chart.DotRow{
			{Name: "Alder network (made-up)", Values: values(50, 50, 63), Note: "up 13"},
			{Name: "Birch network (made-up)", Values: values(44, 25, 25), Note: "down 19"},
			{Name: "Cedar network (made-up)", Values: []chart.Value{chart.Number(0), chart.Missing("not reported"), chart.Number(100)}, Note: "up 100"},
			{Name: "Hawthorn, Hazel and Juniper joint improvement network (made-up)", Values: values(20, 20, 20), Note: "no change"},
		},
	}
}

// sampleLine has a gap, a lone point, ends close together, and a target of two steps that starts late.
func sampleLine(t testing.TB) chart.Line {
	p := quarters(t, 12)
	cedar := values(0, 1, 1, 2, 4, 0, 15, 0, 40, 54, 65, 76)
	cedar[5], cedar[7] = chart.Missing("not reported"), chart.Value{}
	return chart.Line{
		Frame:   chart.Frame{ID: "curve", Title: "Sites that have adopted", Note: "Example programme (made-up)."},
		Measure: chart.Measure{Unit: "%"},
		Axis:    chart.Range{Min: 0, Max: 100},
		Periods: p,
		Series: []chart.Series{
			{Name: "Alder network (made-up)", Values: values(1, 2, 4, 8, 15, 26, 40, 54, 65, 72, 76, 78)},
			{Name: "Birch network (made-up)", Values: values(1, 1, 2, 4, 8, 15, 26, 40, 54, 65, 72, 77)},
			{Name: "Cedar network (made-up)", Values: cedar},
		},
		Targets: []chart.Step{{From: p[3], Value: 20}, {From: p[7], Value: 50}},
	}
}

func sampleSpark(t testing.TB) chart.Sparkline {
	line := sampleLine(t)
	return chart.Sparkline{Title: "Cedar network (made-up)", Measure: line.Measure, Periods: line.Periods,
		Values: line.Series[2].Values, Axis: line.Axis, Target: chart.Number(50)}
}
