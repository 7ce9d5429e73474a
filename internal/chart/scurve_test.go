package chart_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"sir/internal/chart"
)

// sampleCurves is 15 members, one highlighted with a band, a fall and a restated value, and a target of three steps.
func sampleCurves(t testing.TB) chart.SCurve {
	c := chart.SCurve{
		Frame:   chart.Frame{ID: "scurve", Title: "Sites that have adopted, by network", Note: "Example programme (made-up)."},
		Measure: chart.Measure{Unit: "%"}, Periods: quarters(t, 12),
	}
	for i := range 15 {
		curve := chart.Curve{Name: fmt.Sprintf("Network %d (made-up)", i+1), Highlight: i == 4}
		for k := range 12 {
			curve.Values = append(curve.Values, chart.Number(math.Round(90/(1+math.Exp(-float64(k-4-i%7)*0.8)))))
		}
		c.Curves = append(c.Curves, curve)
	}
	own := &c.Curves[4]
	own.Name = "Hawthorn and Hazel network (made-up)"
	own.Values[9], own.Values[10] = chart.Number(52), chart.Number(48)
	for k, v := range own.Values {
		low, _ := v.Known()
		own.Low = append(own.Low, v)
		own.High = append(own.High, chart.Number(min(100, low+float64(k*k)/6)))
	}
	own.Values[6], own.Low[6] = chart.Missing("not reported"), chart.Value{}
	own.Oddities = []chart.Oddity{{At: 10, Kind: chart.OddFall, Text: "3 sites left"}, {At: 4, Kind: chart.OddRestated, Text: "2 sites added late"}}
	for k := range 12 {
		c.Targets = append(c.Targets, chart.Value{})
		if k >= 2 {
			c.Targets[k] = chart.Number([]float64{10, 30, 60}[min(2, (k-2)/4)])
		}
	}
	return c
}

// sampleElapsed compares three members by the months since each one's own start.
func sampleElapsed() chart.SCurve {
	c := chart.SCurve{Frame: chart.Frame{ID: "elapsed", Title: "Adoption since own start"}, Measure: chart.Measure{Unit: "%", Decimals: 1},
		Elapsed: []int{0, 3, 6, 9, 12, 18}, Curves: []chart.Curve{
			{Name: "Alder network (made-up)", Values: values(0, 4, 11, 27, 45, 60)},
			{Name: "Birch network (made-up)", Values: values(0, 1, 3, 9, 20, 59.5)},
			{Name: "Cedar network (made-up)", Values: append(values(2, 8, 30), make([]chart.Value, 3)...)},
		}}
	return c
}

func hostileCurves(t testing.TB, text string) chart.SCurve {
	c := sampleCurves(t)
	c.Frame, c.TargetLabel = hostileFrame(text), text
	c.Curves[4].Name, c.Curves[4].Oddities[0].Text, c.Curves[4].Values[6] = "x"+text, text, chart.Missing(text)
	c.Curves[5].Name = "x" + text
	return c
}

func hostileElapsed(text string) chart.SCurve {
	c := sampleElapsed()
	c.ElapsedUnit = text
	return c
}

func TestSCurveRefuses(t *testing.T) {
	tests := map[string]func(*chart.SCurve){
		"0 curves":                func(c *chart.SCurve) { c.Curves = nil },
		"61 curves":               func(c *chart.SCurve) { c.Curves = make([]chart.Curve, 61) },
		"0 periods":               func(c *chart.SCurve) { c.Periods = nil },
		"12 periods and 2 steps":  func(c *chart.SCurve) { c.Elapsed = []int{0, 1} },
		"step 2 (1) is out of":    func(c *chart.SCurve) { c.Periods, c.Elapsed = nil, []int{1, 1} },
		"curve 1: chart":          func(c *chart.SCurve) { c.Curves[0].Name = " " },
		"3 values for 12 columns": func(c *chart.SCurve) { c.Curves[0].Values = values(1, 2, 3) },
		"band of Network 1":       func(c *chart.SCurve) { c.Curves[0].Low = values(1) },
		"column 2: 101 is off":    func(c *chart.SCurve) { c.Curves[4].High[1] = chart.Number(101) },
		"is NaN":                  func(c *chart.SCurve) { c.Curves[2].Values[0] = chart.Number(math.NaN()) },
		"kind 3 at column 0":      func(c *chart.SCurve) { c.Curves[2].Oddities = []chart.Oddity{{Kind: 3}} },
		"kind 0 at column 12":     func(c *chart.SCurve) { c.Curves[2].Oddities = []chart.Oddity{{At: 12}} },
		`"target" has 1 values`:   func(c *chart.SCurve) { c.Targets = c.Targets[:1] },
		"highlights 15 curves": func(c *chart.SCurve) {
			for i := range c.Curves {
				c.Curves[i].Highlight = true
			}
		},
	}
	for want, spoil := range tests {
		c := sampleCurves(t)
		spoil(&c)
		refused(t, want, c, want)
	}
}

func TestSCurveTable(t *testing.T) {
	table := sampleCurves(t).Table()
	own := slices.Index(table.Headers, "Hawthorn and Hazel network (made-up) (%)")
	if own != 5 || len(table.Headers) != 1+15+3+1 || len(table.Rows) != 12 {
		t.Fatalf("headers %q", table.Headers)
	}
	if got, want := table.Rows[10][own:own+4], []string{"48", "48", "65", "fall: 3 sites left"}; !slices.Equal(got, want) {
		t.Errorf("row 11: %q, want %q", got, want)
	}
	if first, last := table.Rows[0], table.Rows[11]; first[len(first)-1] != "none" || last[len(last)-1] != "60" {
		t.Errorf("targets %q and %q", first, last)
	}
	if since := sampleElapsed().Table(); since.Headers[0] != "Months since own start" || since.Rows[5][0] != "18" || since.Rows[5][3] != "no value" {
		t.Errorf("since own start: %q %q", since.Headers, since.Rows[5])
	}
}

func TestSCurveStops(t *testing.T) {
	got := submatches(`aria-label="([^"]+)" tabindex="0"`, render(t, sampleCurves(t)))
	want := "Q3 2025/26: Hawthorn and Hazel network (made-up) 48% (possible 48% to 65%), fall: 3 sites left, others 45% to 89%, target 60%"
	if len(got) != 12 || got[10] != want {
		t.Errorf("%d stops, the last but one %q; want %q", len(got), got[10], want)
	}
}

// The target track has a level for each step, not only the last.
func TestTargetTrack(t *testing.T) {
	for name, c := range map[string]chart.Chart{"S-curve": sampleCurves(t), "line": sampleLine(t)} {
		svg := render(t, c)
		d := strings.Join(submatches(`class="sir-chart__target" d="([^"]+)"`, svg), "")
		levels := map[string]bool{}
		for _, y := range submatches(`(?:[ML][\d.]+ |V)([\d.]+)`, d) {
			levels[y] = true
		}
		want := map[string]int{"S-curve": 3, "line": 2}[name]
		if len(levels) != want || strings.Count(d, "M") != 1 {
			t.Errorf("%s: track %q has the levels %v, want %d in one line", name, d, levels, want)
		}
	}
}

// A gap in reports opens the curve and its band.
func TestSCurveGap(t *testing.T) {
	svg := render(t, sampleCurves(t))
	if got := len(submatches(`class="sir-chart__band" d="([^"]+)"`, svg)); got != 2 {
		t.Errorf("%d pieces of the band, want 2", got)
	}
	if d := submatches(`class="sir-chart__series-1" d="([^"]+)"`, svg); len(d) == 0 || strings.Count(d[0], "M") != 2 {
		t.Errorf("the curve is %q, want two pieces", d)
	}
}
