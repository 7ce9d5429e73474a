package adoption

import (
	"fmt"
	"math"
	"strconv"

	area "sir/internal/adoption"
	"sir/internal/chart"
	"sir/internal/period"
	cite "sir/internal/web/reference"
	"sir/internal/web/ui"
)

// course is one rate over time, with the targets that hold for it.
type course struct {
	Programme string // name
	Name      string // of what it is the rate
	Periods   []period.Period
	Row       area.Row
	Targets   []area.Target
	Path      []area.Target // points of the trajectory
	Published bool
	Source    string
}

func courseOf(t area.Table, name string) course {
	return course{
		Programme: t.Programme.Name, Name: name, Periods: t.Periods, Row: t.Total, Targets: t.Targets, Path: t.Path,
		Published: t.Published, Source: t.Programme.Source,
	}
}

// chart draws the course as an S-curve: a rate that adds up over time is no
// stable process, so that it gets a target track and no control limits.
func (c course) chart() chart.SCurve {
	curve := chart.Curve{Name: c.Name, Highlight: true, Oddities: c.oddities()}
	drawing := chart.SCurve{
		Frame: chart.Frame{
			ID: "trend-chart", Title: "Adoption rate by period: " + c.Name,
			Desc: "The line is the adoption rate in percent; the stepped line is the target in force. The band is what the rate could be, had all sites reported.",
			Note: c.Programme + ".",
		},
		Measure: chart.Measure{Unit: "%"}, Periods: c.Periods,
	}
	for i, p := range c.Periods {
		rate := c.Row.Rates[i]
		curve.Values = append(curve.Values, valueOf(rate))
		low, high := bounds(rate)
		curve.Low, curve.High = append(curve.Low, low), append(curve.High, high)
		target := chart.Missing("no target yet")
		if t, ok := area.InForce(c.Targets, p); ok {
			target = chart.Number(t.Value)
		}
		drawing.Targets = append(drawing.Targets, target)
	}
	if c.Published {
		curve.Low, curve.High = nil, nil
	}
	if len(c.Targets) == 0 {
		drawing.Targets = nil
	}
	drawing.Curves = []chart.Curve{curve}
	if path := pathCurve(c.Path, c.Periods); path != nil {
		drawing.Curves = append(drawing.Curves, *path)
	}
	return drawing
}

// pathCurve is the trajectory; nil where there is none.
func pathCurve(path []area.Target, periods []period.Period) *chart.Curve {
	if len(path) == 0 {
		return nil
	}
	curve := chart.Curve{Name: "Trajectory", Highlight: true}
	for _, p := range periods {
		at := chart.Missing("none")
		if value, ok := area.PathAt(path, p); ok {
			at = chart.Number(math.Round(value))
		}
		curve.Values = append(curve.Values, at)
	}
	return &curve
}

// bounds are the least and the most that the rate could be: none, or all, of
// the sites that did not report have adopted.
func bounds(r area.Rate) (low, high chart.Value) {
	if !r.Known {
		return chart.Missing("not known"), chart.Missing("not known")
	}
	most := area.Computed(r.Adopted+r.Eligible-r.Reported, r.Eligible, r.Eligible)
	return chart.Number(float64(r.Rounded())), chart.Number(float64(most.Rounded()))
}

// oddities marks the periods in which the rate fell.
func (c course) oddities() (marks []chart.Oddity) {
	for i, change := range c.Row.Changes() {
		if change.Known && change.Points < 0 {
			marks = append(marks, chart.Oddity{At: i + 1, Kind: chart.OddFall, Text: "fell by " + strconv.Itoa(-change.Points) + " points"})
		}
	}
	return marks
}

// figure is the chart with its table.
func (c course) figure(path string) (ui.Figure, error) {
	picture, err := drawn(c.chart())
	if err != nil {
		return ui.Figure{}, err
	}
	reading := "Each rate is over the sites that were eligible in that period."
	if c.Published {
		reading = "Each rate is as it was published; over which sites is not known."
	}
	return ui.Figure{
		ID: "trend", Title: "Adoption rate by period: " + c.Name, Reading: reading, Chart: picture, Table: c.table(),
		Downloads: []ui.Link{{Text: "Rates (CSV)", Href: path + "/rates.csv"}, {Text: "Chart (SVG)", Href: path + "/trend.svg"}},
		Source:    ui.Link{Text: cite.Cite(c.Source)},
	}, nil
}

func (c course) table() ui.Table {
	table := ui.Table{
		ID: "trend-table", Caption: "Adoption rate by period: " + c.Name, CaptionHidden: true, RowHeaders: true, Compact: true, Scroll: true,
		Columns: []ui.Column{{Text: "Period"}, {Text: "Rate", Numeric: true}, {Text: "Adopted of eligible", Numeric: true}, {Text: "Reported", Numeric: true}, {Text: "Target", Numeric: true}},
	}
	if len(c.Path) > 0 {
		table.Columns = append(table.Columns, ui.Column{Text: "Trajectory", Numeric: true})
	}
	for i, p := range c.Periods {
		rate := c.Row.Rates[i]
		target, ok := area.InForce(c.Targets, p)
		words := "–"
		if ok {
			words = targetWords(target)
		}
		row := []ui.Cell{{Text: p.Long()}, cellOf(rateMark(rate, target, ok), ""), {Text: ofEligible(rate)}, {Text: reported(rate)}, {Text: words}}
		if len(c.Path) > 0 {
			row = append(row, ui.Cell{Text: pathWords(c.Path, p)})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// pathWords is where the trajectory puts a rate at the end of a period.
func pathWords(path []area.Target, p period.Period) string {
	value, ok := area.PathAt(path, p)
	if !ok {
		return "–"
	}
	return fmt.Sprintf("%.0f%%", value)
}

func ofEligible(r area.Rate) string {
	switch {
	case r.Empty:
		return "none eligible"
	case !r.Known || r.Published:
		return "not given"
	}
	return fmt.Sprintf("%d of %d", r.Adopted, r.Eligible)
}

func reported(r area.Rate) string {
	switch {
	case r.Empty:
		return "none eligible"
	case !r.Known || r.Published:
		return "not given"
	}
	return fmt.Sprintf("%d of %d", r.Reported, r.Eligible)
}
