package chart_test

import (
	"slices"
	"strings"
	"testing"

	"sir/internal/chart"
)

func TestTables(t *testing.T) {
	dots := sampleDots().Table()
	if dots.Caption != "Adoption rate by network (target: >= 50)" ||
		!slices.Equal(dots.Headers, []string{"Network", "Q4 2023/24 (%)", "Q4 2024/25 (%)", "Q4 2025/26 (%)", "Note"}) ||
		!slices.Equal(dots.Rows[2], []string{"Cedar network (made-up)", "0", "not reported", "100", "up 100"}) {
		t.Errorf("dot plot: %q %q %q", dots.Caption, dots.Headers, dots.Rows[2])
	}
	line := sampleLine(t).Table()
	if len(line.Rows) != 12 || line.Headers[4] != "Target (%)" ||
		!slices.Equal(line.Rows[0], []string{"Q1 2023/24", "1", "1", "0", "none"}) ||
		!slices.Equal(line.Rows[7], []string{"Q4 2024/25", "54", "40", "no value", "50"}) {
		t.Errorf("line: %q %q", line.Headers, line.Rows)
	}
	spark := sampleSpark(t).Table()
	if len(spark.Rows) != 12 || !slices.Equal(spark.Rows[5], []string{"Q2 2024/25", "not reported"}) {
		t.Errorf("sparkline: %q", spark.Rows)
	}
}

// A number is written with its decimals, never as a negative zero, and without separators.
func TestTableNumbers(t *testing.T) {
	line := sampleLine(t)
	line.Axis = chart.Range{}
	line.Measure = chart.Measure{Decimals: 1}
	line.Periods, line.Targets = line.Periods[:4], nil
	line.Series = []chart.Series{{Name: "A", Values: values(1234567.25, -0.04, -12.5, 0)}}
	var got []string
	for _, row := range line.Table().Rows {
		got = append(got, row[1])
	}
	if want := []string{"1234567.2", "0.0", "-12.5", "0.0"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if svg := render(t, line); !strings.Contains(svg, "A 1,234,567.2") {
		t.Error("the name of the first period does not group thousands")
	}
}
