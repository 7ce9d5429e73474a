package adoption

import (
	"bytes"
	"fmt"

	"github.com/a-h/templ"

	area "sir/internal/adoption"
	"sir/internal/chart"
	"sir/internal/term"
	cite "sir/internal/web/reference"
	"sir/internal/web/ui"
)

// membersChart is a row a member, with its rates at two or three periods.
func membersChart(t area.Table, names term.Form) chart.DotPlot {
	plot := chart.DotPlot{
		Frame: chart.Frame{
			ID: "rates-chart", Title: "Adoption rate by " + names.Of(1),
			Desc: "There is one row for each " + names.Of(1) + ", in alphabetical order, with its adoption rate in percent at each period.",
			Note: sentence(t.Programme.Name+".", t.Source),
		},
		Measure: chart.Measure{Unit: "%"}, RowHeader: term.Sentence(names.Of(1)), Axis: chart.Range{Max: 100},
	}
	for _, p := range t.Periods {
		plot.Points = append(plot.Points, p.Label())
	}
	for _, row := range t.Rows {
		dots := chart.DotRow{Name: row.Name}
		for _, rate := range row.Rates {
			dots.Values = append(dots.Values, valueOf(rate))
		}
		plot.Rows = append(plot.Rows, dots)
	}
	if target, ok := t.TargetAt(len(t.Periods) - 1); ok {
		plot.Target = &chart.Target{Value: target.Value, Label: targetWords(target)}
	}
	return plot
}

func valueOf(r area.Rate) chart.Value {
	if !r.Known {
		return chart.Missing(whyNone(r))
	}
	return chart.Number(float64(r.Rounded()))
}

// drawn is a chart in both layouts, as a component.
func drawn(c chart.Responsive) (templ.Component, error) {
	var svg bytes.Buffer
	if err := chart.Figure(&svg, c); err != nil {
		return nil, fmt.Errorf("draw chart: %w", err)
	}
	return templ.Raw(svg.String()), nil
}

// file is a chart as a file of its own, with its heading.
func file(c chart.Responsive) ([]byte, error) {
	var svg bytes.Buffer
	if err := c.In(chart.Wide).Render(&svg); err != nil {
		return nil, fmt.Errorf("draw chart: %w", err)
	}
	return svg.Bytes(), nil
}

// minPoints is how many periods a chart by member needs; for fewer there is
// the table alone.
const minPoints = 2

func membersFigure(t area.Table, names term.Form) (ui.Figure, error) {
	path := programmePath(t.Programme.Code)
	figure := ui.Figure{
		ID: "rates", Title: "Adoption rate by " + names.Of(1),
		Reading: "In alphabetical order, not ranked.", Chart: templ.NopComponent,
		Table: ratesTable(t, names), TableOpen: true,
		Downloads: []ui.Link{{Text: "Rates (CSV)", Href: path + "/rates.csv"}},
		Source:    ui.Link{Text: cite.Cite(or(t.Source, t.Programme.Source))},
	}
	if len(t.Periods) < minPoints {
		return figure, nil
	}
	figure.Downloads = append(figure.Downloads, ui.Link{Text: "Chart (SVG)", Href: path + "/rates.svg" + pointsQuery(t)})
	var err error
	figure.Chart, err = drawn(membersChart(t, names))
	return figure, err
}

// pointsQuery is the query that asks for the table's periods again.
func pointsQuery(t area.Table) string {
	query := "?"
	for i, p := range t.Periods {
		if i < len(pointNames) {
			query += pointNames[i] + "=" + p.Slug() + "&"
		}
	}
	return query[:len(query)-1]
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
