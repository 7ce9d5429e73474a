package chart_test

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"

	"sir/internal/chart"
	"sir/internal/period"
)

func refused(t *testing.T, name string, c chart.Chart, want string) {
	t.Helper()
	err := c.Validate()
	if !errors.Is(err, chart.ErrInvalid) || !strings.Contains(err.Error(), want) || len(err.Error()) > 500 {
		t.Errorf("%s: %v; want ErrInvalid with %q", name, err, want)
	}
	var out bytes.Buffer
	if err := c.Render(&out); err == nil || out.Len() > 0 {
		t.Errorf("%s: Render gave %v and wrote %d bytes", name, err, out.Len())
	}
}

func TestDotPlotRefuses(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	tests := map[string]func(*chart.DotPlot){
		`id ""`:                 func(d *chart.DotPlot) { d.ID = "" },
		`id "a\" onload="`:      func(d *chart.DotPlot) { d.ID = `a" onload=` },
		"id \"xxxx":             func(d *chart.DotPlot) { d.ID = long },
		"has no title":          func(d *chart.DotPlot) { d.Title = " " },
		"layout 7":              func(d *chart.DotPlot) { d.Layout = 7 },
		"decimals":              func(d *chart.DotPlot) { d.Decimals = -1 },
		"unit":                  func(d *chart.DotPlot) { d.Unit = long },
		"1 points a row":        func(d *chart.DotPlot) { d.Points = d.Points[:1] },
		"4 points a row":        func(d *chart.DotPlot) { d.Points = append(d.Points, "x") },
		"0 rows":                func(d *chart.DotPlot) { d.Rows = nil },
		"201 rows":              func(d *chart.DotPlot) { d.Rows = make([]chart.DotRow, 201) },
		"row 1: chart":          func(d *chart.DotPlot) { d.Rows[0].Name = "" },
		"2 values for 3 points": func(d *chart.DotPlot) { d.Rows[0].Values = d.Rows[0].Values[:2] },
		"101 is off the axis":   func(d *chart.DotPlot) { d.Rows[0].Values = values(1, 2, 101) },
		"is NaN":                func(d *chart.DotPlot) { d.Rows[0].Values = values(1, 2, math.NaN()) },
		"is +Inf":               func(d *chart.DotPlot) { d.Rows[0].Values = values(1, 2, math.Inf(1)) },
		"target 150":            func(d *chart.DotPlot) { d.Target = &chart.Target{Value: 150, Label: ">= 150"} },
		"needs a label":         func(d *chart.DotPlot) { d.Target = &chart.Target{Value: 50} },
		"axis from 5 to 5":      func(d *chart.DotPlot) { d.Axis = chart.Range{Min: 5, Max: 5} },
	}
	for want, spoil := range tests {
		d := sampleDots()
		spoil(&d)
		refused(t, want, d, want)
	}
}

func TestLineRefuses(t *testing.T) {
	p := quarters(t, 400)
	month, err := period.Parse("April 2023")
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]func(*chart.Line){
		"0 series":                func(l *chart.Line) { l.Series = nil },
		"7 series":                func(l *chart.Line) { l.Series = make([]chart.Series, 7) },
		"0 periods":               func(l *chart.Line) { l.Periods = nil },
		"400 periods":             func(l *chart.Line) { l.Periods = p },
		"spans 400 periods":       func(l *chart.Line) { l.Periods = []period.Period{p[0], p[399]} },
		"is not a quarter":        func(l *chart.Line) { l.Periods = []period.Period{p[0], month} },
		"period 2 (no period)":    func(l *chart.Line) { l.Periods = []period.Period{p[0], {}} },
		"Q1 2023/24 follows":      func(l *chart.Line) { l.Periods = []period.Period{p[0], p[0]} },
		"12 values for 2 periods": func(l *chart.Line) { l.Periods = p[:2] },
		"series 2: chart":         func(l *chart.Line) { l.Series[1].Name = "\n" },
		"is off the axis":         func(l *chart.Line) { l.Axis = chart.Range{Min: 0, Max: 10} },
		"target step 2":           func(l *chart.Line) { l.Targets = []chart.Step{{From: p[3], Value: 1}, {From: p[3], Value: 2}} },
		"target step 1":           func(l *chart.Line) { l.Targets = []chart.Step{{From: month, Value: 1}} },
		"target is NaN":           func(l *chart.Line) { l.Targets[0].Value = math.NaN() },
		"target 101 is off":       func(l *chart.Line) { l.Targets[0].Value = 101 },
	}
	for want, spoil := range tests {
		l := sampleLine(t)
		spoil(&l)
		refused(t, want, l, want)
	}
}

func TestSparklineRefuses(t *testing.T) {
	tests := map[string]func(*chart.Sparkline){
		"no title":               func(s *chart.Sparkline) { s.Title = "" },
		"0 periods":              func(s *chart.Sparkline) { s.Periods = nil },
		"1 values for":           func(s *chart.Sparkline) { s.Values = s.Values[:1] },
		"target 200 is off":      func(s *chart.Sparkline) { s.Target = chart.Number(200) },
		"target is -Inf":         func(s *chart.Sparkline) { s.Target = chart.Number(math.Inf(-1)) },
		"axis from 2 to 1":       func(s *chart.Sparkline) { s.Axis = chart.Range{Min: 2, Max: 1} },
		"-1 is off the axis (0 ": func(s *chart.Sparkline) { s.Values[0] = chart.Number(-1) },
	}
	for want, spoil := range tests {
		s := sampleSpark(t)
		spoil(&s)
		refused(t, want, s, want)
	}
}
