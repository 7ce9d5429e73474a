package lever

import (
	"bytes"
	"fmt"
	"time"

	"github.com/a-h/templ"

	"sir/internal/chart"
	"sir/internal/exchange"
	"sir/internal/fault"
	area "sir/internal/lever"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// drawing sets the levers that bear on a programme beside the starts of the
// rollouts that the reader may see; ok is false where there is neither.
func drawing(v area.ProgrammeView, terms term.Pack) (line chart.Timeline, ok bool) {
	line = chart.Timeline{
		Frame: chart.Frame{
			ID: "time-line", Title: "Levers and rollouts of " + v.Programme.Name, Note: "As at " + ui.Date(v.Today) + ".",
		},
		RowHeader: "Lever or " + terms.Label(term.Network).Full.Of(1), Bar: "Lever in force", Points: []string{"Planned start", "Actual start"},
		Today: parsed(v.Today),
	}
	bears := map[string]bool{}
	for _, e := range v.Effects {
		bears[e.LeverID] = true
	}
	for _, l := range v.Levers {
		if bears[l.ID] {
			line.Rows = append(line.Rows, chart.TimelineRow{Name: l.Name, From: parsed(l.From), To: parsed(l.To)})
		}
	}
	for _, r := range v.Rollouts {
		line.Rows = append(line.Rows, chart.TimelineRow{Name: r.MemberName, Dates: []time.Time{parsed(r.PlannedStart), parsed(r.ActualStart)}})
	}
	line.Rows = line.Rows[:min(len(line.Rows), chart.MaxTimelineRows)]
	return line, len(line.Rows) > 0
}

// parsed is an ISO date; what is none is zero.
func parsed(iso string) time.Time {
	date, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return time.Time{}
	}
	return date
}

// timeLine is the drawing with its table; nil where there is nothing to draw.
func timeLine(v area.ProgrammeView, terms term.Pack) (*ui.Figure, error) {
	line, ok := drawing(v, terms)
	if !ok {
		return nil, nil
	}
	var svg bytes.Buffer
	if err := chart.Figure(&svg, line); err != nil {
		return nil, fmt.Errorf("draw time line: %w", err)
	}
	at := programmesPath + v.Programme.Code
	return &ui.Figure{
		ID: "time-line-figure", Title: line.Title, Chart: templ.Raw(svg.String()), Table: dateTable(line.Table()),
		Reading:   "When each lever that was looked at is in force, beside when each rollout was to start and did. As at " + ui.Date(v.Today) + ".",
		Downloads: []ui.Link{{Text: "Time line (SVG)", Href: at + "/time-line.svg"}, {Text: "Time line (CSV)", Href: at + "/time-line.csv"}},
	}, nil
}

// dateTable is the chart's table with its dates in words.
func dateTable(of chart.Table) ui.Table {
	t := ui.Table{ID: "time-line-table", Caption: of.Caption, CaptionHidden: true, RowHeaders: true, Responsive: true, Compact: true}
	for _, header := range of.Headers {
		t.Columns = append(t.Columns, ui.Column{Text: header})
	}
	for _, row := range of.Rows {
		cells := ui.Text(row...)
		for i := 1; i < len(cells); i++ {
			if !parsed(row[i]).IsZero() {
				cells[i].Text = ui.Date(row[i])
			}
			cells[i].Text = orDash(cells[i].Text)
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// drawn answers the time line of the request's programme.
func (p pages) drawn(r *shell.Request) (line chart.Timeline, name string, err error) {
	v, err := p.levers.Programme(r.Context(), r.Actor, r.PathValue("programme"))
	if err != nil {
		return line, "", err
	}
	line, ok := drawing(v, r.Terms)
	if !ok {
		return line, "", fault.NotFound("There is nothing to draw yet.")
	}
	return line, v.Programme.Code + "-levers", nil
}

func (p pages) downloadDrawing(r *shell.Request) error {
	line, name, err := p.drawn(r)
	if err != nil {
		return err
	}
	line.Heading = true
	var svg bytes.Buffer
	if err := line.In(chart.Full).Render(&svg); err != nil {
		return fmt.Errorf("draw time line: %w", err)
	}
	return r.Download(name+".svg", "image/svg+xml", svg.Bytes())
}

// downloadTable has one row a lever or rollout, its dates as ISO text.
func (p pages) downloadTable(r *shell.Request) error {
	line, name, err := p.drawn(r)
	if err != nil {
		return err
	}
	table := line.Table()
	sheet := exchange.Sheet{Columns: []string{"name", "in_force_from", "in_force_until", "planned_start", "actual_start"}}
	for _, row := range table.Rows {
		cells := make([]any, len(row))
		for i, text := range row {
			cells[i] = text
		}
		sheet.Rows = append(sheet.Rows, cells)
	}
	var content bytes.Buffer
	if err := sheet.Write(&content, exchange.CSV); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return r.Download(name+".csv", "text/csv; charset=utf-8", content.Bytes())
}
