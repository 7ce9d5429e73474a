package chart_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"sir/internal/chart"
)

func month(i int) time.Time {
	return time.Date(2023, time.April+time.Month(i), 1, 0, 0, 0, 0, time.UTC)
}

// sampleControl has every class, a gap, a break, near limits, a target of two steps, a trajectory and notes that share a point.
func sampleControl() chart.ControlChart {
	numbers := []float64{42, 45, 39, 44, 47, 41, 38, 43, 46, 40, 44, 42, 70, 45, 41, 43, 52, 55, 54, 58, 61, 57, 63, 60, 66, 64, 62, 41, 65, 68}
	c := chart.ControlChart{
		Frame:   chart.Frame{ID: "control", Title: "Clinics that offered the test, by month", Note: "Example programme (made-up)."},
		Measure: chart.Measure{Unit: "%"},
		Breaks:  []chart.Break{{At: 16, Reason: "New pathway from August 2024"}},
		Targets: []chart.DatedStep{{From: month(0), Value: 40}, {From: month(18), Value: 60}},
		Annotations: []chart.Annotation{{At: 16, Text: "New pathway starts"}, {At: 27, Text: "Strike in two clinics"},
			{At: 16, Text: "Training done"}},
		Settings: []string{"Shift: 7 points on one side", "Trend: 7 points", "Two of three near a limit: on", "Baseline: first 12 points of each stretch"},
		Axis:     chart.Range{Max: 100},
	}
	for i, v := range numbers {
		p := chart.ControlPoint{Date: month(i), Label: month(i).Format("Jan 2006"), Value: chart.Number(v),
			Centre: chart.Number(43), Upper: chart.Number(56), Lower: chart.Number(30), NearUpper: chart.Number(51.7), NearLower: chart.Number(34.3)}
		if i >= 16 {
			p.Centre, p.Upper, p.Lower, p.NearUpper, p.NearLower = chart.Number(61), chart.Number(73), chart.Number(49), chart.Number(69), chart.Number(53)
		}
		c.Points = append(c.Points, p)
	}
	c.Points[5].Value, c.Points[5].Incomplete = chart.Missing("not reported"), "0 of 12 reported"
	c.Points[6].Incomplete, c.Points[23].Incomplete = "11 of 12 reported", "9 of 12 reported"
	c.Points[12].Class, c.Points[12].Signal = chart.Excluded, "count doubled in error"
	for _, i := range []int{22, 23, 24, 25} {
		c.Points[i].Class, c.Points[i].Signal = chart.Improvement, "trend of 7"
	}
	c.Points[27].Class, c.Points[27].Signal = chart.Concern, "below the lower limit"
	c.Points[28].Class, c.Points[29].Class = chart.NeutralHigh, chart.NeutralLow
	for i := 18; i < 30; i += 3 {
		c.Trajectory = append(c.Trajectory, chart.DatedValue{Date: month(i), Value: 50 + float64(i-18)*1.5})
	}
	return c
}

// sampleRun is a run chart of a short series: a median, no limits, an axis of its own.
func sampleRun() chart.ControlChart {
	c := chart.ControlChart{Frame: chart.Frame{ID: "run", Title: "Days from referral to test"}, Measure: chart.Measure{Unit: " days", Decimals: 1},
		Centre: "Median", Settings: []string{"Longest run at most 6, crossings at least 2"}}
	for i, v := range []float64{21, 19.5, 22, 18, 20, 17.5, 16, 16.5, 15} {
		p := chart.ControlPoint{Date: month(3 * i), Value: chart.Number(v), Centre: chart.Number(18)}
		if i > 4 {
			p.Class = chart.Improvement
		}
		c.Points = append(c.Points, p)
	}
	return c
}

func hostileControl(text string) chart.ControlChart {
	c := sampleControl()
	c.Frame, c.Centre, c.Settings = hostileFrame(text), text, []string{text, text}
	c.Points[3].Label, c.Points[3].Signal, c.Points[3].Incomplete, c.Points[5].Value = text, text, text, chart.Missing(text)
	c.Breaks[0].Reason, c.Annotations[0].Text = "x"+text, "x"+text
	return c
}

func TestControlRefuses(t *testing.T) {
	tests := map[string]func(*chart.ControlChart){
		"0 points":                func(c *chart.ControlChart) { c.Points = nil },
		"1101 points":             func(c *chart.ControlChart) { c.Points = make([]chart.ControlPoint, 1101) },
		"point 3 of control":      func(c *chart.ControlChart) { c.Points[2].Date = c.Points[1].Date },
		"class 6 is unknown":      func(c *chart.ControlChart) { c.Points[0].Class = 6 },
		"the year is 1":           func(c *chart.ControlChart) { c.Points[0].Date = time.Time{} },
		"is NaN":                  func(c *chart.ControlChart) { c.Points[0].Upper = chart.Number(math.NaN()) },
		"101 is off the axis":     func(c *chart.ControlChart) { c.Points[0].Value = chart.Number(101) },
		"break 1 of control":      func(c *chart.ControlChart) { c.Breaks[0].At = 0 },
		"break 2 of control":      func(c *chart.ControlChart) { c.Breaks = append(c.Breaks, c.Breaks[0]) },
		"needs a reason":          func(c *chart.ControlChart) { c.Breaks[0].Reason = " " },
		"note 2 of control":       func(c *chart.ControlChart) { c.Annotations[1].At = 30 },
		"target 2 of control":     func(c *chart.ControlChart) { c.Targets[1].From = c.Targets[0].From },
		"target 101 is off":       func(c *chart.ControlChart) { c.Targets[0].Value = 101 },
		"value 2 of the traject":  func(c *chart.ControlChart) { c.Trajectory[1].Date = c.Trajectory[0].Date },
		"trajectory -1 is off":    func(c *chart.ControlChart) { c.Trajectory[1].Value = -1 },
		"use Wide, Narrow or Ful": func(c *chart.ControlChart) { c.Layout = 3 },
	}
	for want, spoil := range tests {
		c := sampleControl()
		spoil(&c)
		refused(t, want, c, want)
	}
}

func TestControlTable(t *testing.T) {
	table := sampleControl().Table()
	if want := []string{"Date", "Value (%)", "Mean (%)", "Upper limit (%)", "Lower limit (%)", "Upper near limit (%)", "Lower near limit (%)",
		"Target (%)", "Trajectory (%)", "What the point says", "Notes"}; !slices.Equal(table.Headers, want) {
		t.Errorf("headers %q", table.Headers)
	}
	rows := map[int][]string{
		6:  {"Oct 2023", "38", "43", "56", "30", "52", "34", "40", "none", "common cause; incomplete", ""},
		5:  {"Sep 2023", "not reported", "43", "56", "30", "52", "34", "40", "none", "not reported", ""},
		12: {"Apr 2024", "70", "43", "56", "30", "52", "34", "40", "none", "left out of the limits: count doubled in error", ""},
		16: {"Aug 2024", "52", "61", "73", "49", "69", "53", "40", "none", "common cause",
			"computed anew from here: New pathway from August 2024; note 1: New pathway starts; note 3: Training done"},
		18: {"Oct 2024", "54", "61", "73", "49", "69", "53", "60", "50", "common cause", ""},
	}
	for i, want := range rows {
		if !slices.Equal(table.Rows[i], want) {
			t.Errorf("row %d: %q, want %q", i, table.Rows[i], want)
		}
	}
	if run := sampleRun().Table(); !slices.Equal(run.Headers, []string{"Date", "Value (days)", "Median (days)", "What the point says"}) {
		t.Errorf("a run chart has the headers %q", run.Headers)
	}
}

// Counts are whole; what lies between them, such as their mean, need not be.
func TestControlCounts(t *testing.T) {
	c := chart.ControlChart{Frame: chart.Frame{ID: "counts", Title: "Referrals"}, MoreDigits: 1,
		Targets: []chart.DatedStep{{From: month(0), Value: 120}, {From: month(1), Value: 122.5}}, Trajectory: []chart.DatedValue{{Date: month(0), Value: 118}}}
	for i, v := range []float64{114, 9} {
		c.Points = append(c.Points, chart.ControlPoint{Date: month(i), Value: chart.Number(v), Centre: chart.Number(61.5), Upper: chart.Number(130)})
	}
	want := [][]string{{"1 Apr 2023", "114", "61.5", "130.0", "120", "118", "common cause"}, {"1 May 2023", "9", "61.5", "130.0", "122.5", "none", "common cause"}}
	if got := c.Table().Rows; !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("the table is %q, want %q", got, want)
	}
	svg := render(t, c)
	for _, words := range []string{"1 Apr 2023: 114, common cause, target 120", "The latest value is 9 (", "The mean is 61.5.", ">Target 122.5<"} {
		if !strings.Contains(svg, words) {
			t.Errorf("the chart does not say %q", words)
		}
	}
	refused(t, "digits", func() chart.ControlChart { c.MoreDigits = 7; return c }(), "7 decimals")
}

// A short series has all its points as stops, a long one those that stand out.
func TestControlStops(t *testing.T) {
	stops := func(c chart.Chart) []string { return submatches(`aria-label="([^"]+)" tabindex="0"`, render(t, c)) }
	got := stops(sampleControl())
	want := []string{
		"Apr 2024: 70%, left out of the limits: count doubled in error, target 40%",
		"Jul 2025: 41%, concern: below the lower limit, target 60%, note 2: Strike in two clinics",
	}
	if len(got) != 9 || got[0] != want[0] || got[6] != want[1] {
		t.Errorf("%d stops %q", len(got), got)
	}
	if got := stops(sampleRun()); len(got) != 9 || got[8] != "1 Apr 2025: 15.0 days, improvement" {
		t.Errorf("%d stops of a run chart: %q", len(got), got)
	}
}

// A value over fewer than all is hollow, and says over how many.
func TestControlIncomplete(t *testing.T) {
	c := sampleControl()
	svg := render(t, c)
	hollow := `class="sir-chart__common" fill="#ffffff" stroke="#4c6272"`
	if got := strings.Count(svg, hollow); got != 2 || !strings.Contains(svg, ">Hollow: not all reported<") {
		t.Errorf("%d hollow marks of common cause, want the point and the key to it", got)
	}
	if want := `"Mar 2025: 60%, improvement: trend of 7; incomplete: 9 of 12 reported, target 60%"`; !strings.Contains(svg, want) {
		t.Errorf("no point says %s", want)
	}
	for i := range c.Points {
		c.Points[i].Incomplete = ""
	}
	if svg := render(t, c); strings.Contains(svg, hollow) || strings.Contains(svg, "not all reported") {
		t.Error("a chart of whole values has hollow marks")
	}
}

// A centre that changes at a break is two lines, a limit that changes at every point one line with steps.
func TestControlLines(t *testing.T) {
	line := func(class string, c chart.Chart) string {
		return strings.Join(submatches(`class="`+class+`" d="([^"]+)"`, render(t, c)), "|")
	}
	c := sampleControl()
	if d := line("sir-chart__centre", c); strings.Count(d, "M") != 2 || strings.Count(d, "V") != 0 {
		t.Errorf("two stretches are %q", d)
	}
	c.Breaks = nil
	for i := range c.Points {
		c.Points[i].Upper = chart.Number(float64(60 + i%2))
	}
	if d := strings.Split(line("sir-chart__limit", c), "|")[0]; strings.Count(d, "M") != 1 || strings.Count(d, "V") != len(c.Points)-1 {
		t.Errorf("a limit that changes at every point is %q", d)
	}
	if d := line("sir-chart__values", c); strings.Count(d, "M") != 3 {
		t.Errorf("a gap and a point left out make three lines, got %q", d)
	}
}

// Limits beyond a fixed axis are named, not drawn outside it.
func TestControlLimitOffTheAxis(t *testing.T) {
	c := sampleControl()
	for i := range c.Points {
		c.Points[i].Upper = chart.Number(112)
	}
	svg := render(t, c)
	if _, err := inspect(svg); err != nil {
		t.Error(err)
	}
	if !strings.Contains(svg, ">Upper limit 112%<") {
		t.Error("the limit is not named")
	}
}

// Every kind of span gets dates that lie apart.
func TestDateAxis(t *testing.T) {
	for _, days := range []int{1, 10, 40, 100, 400, 2000, 20000} {
		c := chart.ControlChart{Frame: chart.Frame{ID: "a", Title: "A"}, Points: []chart.ControlPoint{
			{Date: month(0), Value: chart.Number(1)}, {Date: month(0).AddDate(0, 0, days), Value: chart.Number(2)}}}
		labels := submatches(`>(\d+ [A-Z][a-z]{2}|[A-Z][a-z]{2} \d{4})<`, render(t, c))
		if len(labels) < 2 || len(labels) > 20 {
			t.Errorf("%d days: %q", days, labels)
		}
		if slices.Sort(labels); len(slices.Compact(labels)) < 2 {
			t.Errorf("%d days: the dates are %s", days, fmt.Sprint(labels))
		}
	}
}
