package signals

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/a-h/templ"

	area "sir/internal/adoption"
	"sir/internal/chart"
	"sir/internal/fault"
	work "sir/internal/improvement"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// membersPage has one small chart a member, all on one scale.
type membersPage struct {
	Summary   string
	Reading   string
	Charts    []smallChart
	Large     bool // there are so few that each has the whole width
	Table     ui.Table
	Downloads []ui.Link
}

// smallChart is one member's chart with its name and what it says.
type smallChart struct {
	Name, Href, Says string
	Drawn            templ.Component
}

func (p pages) compare(r *shell.Request) (area.Comparison, error) {
	choice, err := choiceOf(r)
	if err != nil {
		return area.Comparison{}, err
	}
	c, err := p.adoption.CompareMembers(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("measure"), choice)
	if err == nil && len(c.Signals) == 0 {
		err = fault.NotFound("There is no %s of %s to compare.", r.Terms.Label(term.Network).Full.Of(1), c.Programme.Name)
	}
	return c, err
}

func (p pages) showMembers(r *shell.Request) error {
	c, err := p.compare(r)
	if err != nil {
		return err
	}
	names := r.Terms.Label(term.Network).Full
	page := membersPage{
		Summary: fmt.Sprintf("%s of %d %s, in alphabetical order, all drawn to one scale. It is no ranking: each has limits of its own, and that two differ may be chance.",
			c.Measure.Name, len(c.Signals), names.Of(len(c.Signals))),
		Reading: basisWords(c.Signals[0], r.Terms),
	}
	cycles, err := p.memberCycles(r, c)
	if err != nil {
		return err
	}
	if err := page.fill(c, cycles, r.Terms); err != nil {
		return err
	}
	path := ui.MeasurePath + "/" + c.Programme.Code + "/measures"
	own, query := path+"/"+c.Measure.Code, queryOf(c.Signals[0].Choice)
	page.Downloads = []ui.Link{{Text: "Latest values (CSV)", Href: own + "/members.csv" + query}, {Text: "All in one chart (SVG)", Href: own + "/members.svg" + query}}
	return r.Render(ui.Page{
		Title: c.Measure.Name + " by " + names.Of(1), Caption: c.Programme.Name,
		Breadcrumbs: breadcrumbs(c.Programme.Code, c.Programme.Name, network.Unit{}, ui.Link{Text: "All measures", Href: path}, ui.Link{Text: c.Measure.Name, Href: own}),
	}, page.content())
}

func (p *membersPage) fill(c area.Comparison, cycles []work.Cycle, terms term.Pack) error {
	p.Large = len(c.Signals) <= fewCharts
	axis := commonAxis(c.Signals)
	all := allDates(c.Signals)
	p.Table = ui.Table{
		ID: "members-table", Caption: "The latest values", CaptionSize: ui.SizeM, RowHeaders: true, Compact: true, Responsive: true,
		Columns: []ui.Column{
			{Text: term.Sentence(terms.Label(term.Network).Short.Of(1))}, {Text: "Latest value"}, {Text: "As at"}, {Text: "Reported"}, {Text: "Variation"}, {Text: "Target"},
		},
	}
	for i, s := range c.Signals {
		drawn, err := small(s, cyclesOn(s.Series, cycles), i, p.Large, axis, all)
		if err != nil {
			return err
		}
		p.Charts = append(p.Charts, smallChart{Name: s.Unit.Name, Href: signalPath(s.Series) + queryOf(s.Choice), Says: says(s), Drawn: drawn})
		row, err := overviewRow(s)
		if err != nil {
			return err
		}
		row[0].Text = s.Unit.Name
		p.Table.Rows = append(p.Table.Rows, append(row[:4:4], row[5:]...))
	}
	return nil
}

// fewCharts are so few that drawings made for a phone would be stretched over
// the width of a desk.
const fewCharts = 2

// small is a member's chart as narrow as a phone, or as wide as the page, on
// the common scale.
func small(s area.Signal, cycles []cycleMark, at int, large bool, axis chart.Range, all []period.Period) (templ.Component, error) {
	c := drawing(s, cycles, titleOf(s), false)
	if c == nil {
		return templ.NopComponent, nil
	}
	id := fmt.Sprintf("member-%d", at+1)
	switch d := c.(type) {
	case chart.ControlChart:
		d.ID, d.Axis, d.Settings = id, axis, nil
		d = stretched(d, all)
		c = d
	case chart.SCurve:
		d.ID = id
		c = d
	}
	if large {
		return figureOf(c)
	}
	var drawn bytes.Buffer
	if err := c.In(chart.Narrow).Render(&drawn); err != nil {
		return nil, fmt.Errorf("draw chart: %w", err)
	}
	return templ.Raw(drawn.String()), nil
}

// allDates are the periods from the first to the last of any chart, as the
// charts have them.
func allDates(signals []area.Signal) []period.Period {
	var first, last period.Period
	for _, s := range signals {
		if s.Analysis == nil {
			continue
		}
		from, to := periodOf(s, s.Analysis.Points[0].Date), s.Points[len(s.Points)-1].Period
		if first.IsZero() || period.Compare(from, first) < 0 {
			first = from
		}
		if last.IsZero() || period.Compare(to, last) > 0 {
			last = to
		}
	}
	all, err := period.Sequence(first, last)
	if err != nil { // there is no chart with points
		return nil
	}
	return all
}

// stretched is a chart over all periods, so that small charts share their time
// axis: where a member did not count there is no value.
func stretched(c chart.ControlChart, all []period.Period) chart.ControlChart {
	points := make([]chart.ControlPoint, len(all))
	for i, p := range all {
		points[i] = chart.ControlPoint{Date: p.Start(), Label: p.Label(), Value: chart.Missing("not eligible then")}
	}
	before := slices.IndexFunc(points, func(p chart.ControlPoint) bool { return p.Date.Equal(c.Points[0].Date) })
	copy(points[before:], c.Points)
	c.Points = points
	breaks, notes := slices.Clone(c.Breaks), slices.Clone(c.Annotations)
	for i := range breaks {
		breaks[i].At += before
	}
	for i := range notes {
		notes[i].At += before
	}
	c.Breaks, c.Annotations = breaks, notes
	return c
}

// commonAxis takes in every value, limit and target of all charts.
func commonAxis(signals []area.Signal) chart.Range {
	var axis chart.Range
	for _, s := range signals {
		if s.Analysis == nil {
			continue
		}
		_, factor := scale(s)
		for _, p := range s.Analysis.Points {
			for _, f := range []interface{ Value() (float64, bool) }{p.Value, p.Upper, p.Lower, p.Target} {
				if v, ok := f.Value(); ok {
					axis.Min, axis.Max = min(axis.Min, v*factor), max(axis.Max, v*factor)
				}
			}
		}
	}
	return axis
}

func (p pages) downloadMembers(r *shell.Request) error {
	c, err := p.compare(r)
	if err != nil {
		return err
	}
	return sheetFile(r, fileName(c.Programme.Code, network.Unit{}, c.Measure.Code+"-members"), signalsSheet(c.Signals))
}

// downloadMembersChart is the course of every member in one chart, which the
// small charts of the page take apart.
func (p pages) downloadMembersChart(r *shell.Request) error {
	c, err := p.compare(r)
	if err != nil {
		return err
	}
	measure, _ := scale(c.Signals[0])
	plot := chart.SCurve{
		Frame: chart.Frame{
			ID: "members-chart", Title: c.Measure.Name + " by " + r.Terms.Label(term.Network).Full.Of(1), Heading: true,
			Note: c.Programme.Name + ". Alphabetical, not ranked.",
		},
		Measure: measure,
	}
	if axis := commonAxis(c.Signals); axis != (chart.Range{}) {
		plot.Axis = axis
	}
	lines := make([]chart.Sparkline, len(c.Signals))
	for i, s := range c.Signals {
		lines[i] = spark(s, chart.Range{})
		if len(lines[i].Periods) > len(plot.Periods) {
			plot.Periods = lines[i].Periods
		}
	}
	for i, line := range lines[:min(len(lines), chart.MaxCurves)] {
		plot.Curves = append(plot.Curves, chart.Curve{Name: c.Signals[i].Unit.Name, Values: alongside(plot.Periods, line)})
	}
	content, err := file(plot)
	if err != nil {
		return err
	}
	return r.Download(fileName(c.Programme.Code, network.Unit{}, c.Measure.Code+"-members")+".svg", "image/svg+xml", content)
}

// alongside lays the values of a line out by the periods of the chart.
func alongside(periods []period.Period, line chart.Sparkline) []chart.Value {
	values := make([]chart.Value, len(periods))
	for i, p := range periods {
		values[i] = chart.Missing("not eligible then")
		for j, own := range line.Periods {
			if own == p {
				values[i] = line.Values[j]
			}
		}
	}
	return values
}
