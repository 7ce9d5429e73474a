package returns

import (
	"bytes"
	"fmt"
	"math"
	"strconv"

	"github.com/a-h/templ"

	area "sir/internal/adoption"
	"sir/internal/chart"
	"sir/internal/term"
	"sir/internal/web/measure"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// qualityPage is what is to be known and mended about the data.
type qualityPage struct {
	Sections    ui.ContentsList
	Reading     string
	Collections []qualitySection
}

// qualitySection is one collection's data.
type qualitySection struct {
	Heading, Reading string
	Figures          []ui.Figure
	Tables           []qualityTable
}

// qualityTable is one kind of thing to mend, or that there is nothing.
type qualityTable struct {
	Table   ui.Table
	Heading string
	Note    string
}

// mostShown is how many rows of one kind the page shows; the CSV has them all.
const mostShown = 100

func (p pages) showQuality(r *shell.Request) error {
	quality, err := p.adoption.DataQuality(r.Context(), r.Actor, r.PathValue("programme"))
	if err != nil {
		return err
	}
	page := qualityPage{Reading: "As at " + ui.Date(quality.AsOf) + ". Each item leads to where it can be mended."}
	if len(quality.Collections) == 0 {
		page.Reading = quality.Programme.Name + " asks for no returns, so there is nothing to judge."
	}
	for i, c := range quality.Collections {
		section, err := qualitySectionOf(quality, i, c, r.Terms)
		if err != nil {
			return err
		}
		page.Collections = append(page.Collections, section)
	}
	programme := quality.Programme
	page.Sections = measure.Sections(r, programme.Code, len(quality.Collections) == 0, measure.Quality)
	return r.Render(ui.Page{
		Title: "Quality of the data", Caption: programme.Name,
		Breadcrumbs: breadcrumbs(programme, ui.Link{Text: "Returns", Href: returnsPath(programme.Code)}),
		Flow: ui.Flow{
			From: []ui.Link{{Text: "Returns", Href: returnsPath(programme.Code)}},
			To:   []ui.Link{{Text: "Adoption in " + programme.Name, Href: programmePath(programme.Code)}},
		},
	}, page.content())
}

func qualitySectionOf(quality area.Quality, number int, c area.CollectionQuality, terms term.Pack) (qualitySection, error) {
	section := qualitySection{Heading: c.Collection.Name}
	if len(c.Members) == 0 {
		section.Reading = "There are no figures that you may see yet."
		return section, nil
	}
	first, last := c.Periods[0], c.Periods[len(c.Periods)-1]
	section.Reading = fmt.Sprintf("Shown are the %s from %s to %s, and the %s that you may see, in alphabetical order.",
		plural(len(c.Periods), "period", "periods"), first.Label(), last.Label(), terms.Label(term.Network).Full.Of(2))
	for _, kind := range []struct {
		id, title, reading string
		count              func(area.ReturnCount) int
	}{
		{"completeness", "Completeness", "Of the returns expected, the share that is complete: every required value is there. An empty return is not.", func(n area.ReturnCount) int { return n.Complete }},
		{"timeliness", "Timeliness", "Of the returns expected, the share that was complete by the due date.", func(n area.ReturnCount) int { return n.OnTime }},
	} {
		figure, err := heatFigure(quality.Programme.Code, fmt.Sprintf("%s-%d", kind.id, number+1), kind.title, c, kind.count, terms)
		if err != nil {
			return section, err
		}
		figure.Reading = kind.reading
		section.Figures = append(section.Figures, figure)
	}
	links := linker{quality.Programme.Code, c.Collection}
	section.Tables = []qualityTable{links.unapproved(c, terms), links.restated(c, terms)}
	if c.SitesVisible {
		section.Tables = append(section.Tables, links.neverCame(c, terms), links.fallen(c, terms), links.constant(c, terms))
	}
	return section, nil
}

// heatFigure is a share of the expected returns, by member and period.
func heatFigure(programme, id, title string, c area.CollectionQuality, count func(area.ReturnCount) int, terms term.Pack) (ui.Figure, error) {
	name := terms.Label(term.Network)
	heat := chart.HeatMap{
		Frame: chart.Frame{
			ID: id + "-chart", Title: title + " of returns by " + name.Full.Of(1),
			Desc: "One row for each " + name.Full.Of(1) + ", in alphabetical order, with the share in percent of the returns expected in each period.",
		},
		Measure: chart.Measure{Unit: "%"}, RowHeader: term.Sentence(name.Short.Of(1)), Classes: chart.Classes{From: []float64{50, 75, 90, 100}},
	}
	table := ui.Table{
		ID: id + "-table", Caption: heat.Title, CaptionHidden: true, RowHeaders: true, Compact: true, Scroll: true,
		Columns: []ui.Column{{Text: heat.RowHeader}},
	}
	for _, p := range c.Periods {
		heat.Columns = append(heat.Columns, p.Label())
		table.Columns = append(table.Columns, ui.Column{Text: p.Label(), Numeric: true})
	}
	for _, m := range c.Members {
		row := chart.HeatRow{Name: m.Name}
		cells := []ui.Cell{{Text: m.Name}}
		for i, n := range m.Counts {
			href := statusPath(programme, c.Collection, c.Periods[i])
			value := chart.Missing("none expected")
			text := "none expected"
			if n.Expected > 0 {
				value = chart.Number(wholeShare(count(n), n.Expected))
				text = fmt.Sprintf("%s (%d of %d)", percentOf(count(n), n.Expected), count(n), n.Expected)
			}
			row.Cells = append(row.Cells, chart.HeatCell{Value: value, Href: href})
			cells = append(cells, ui.Cell{Text: text})
		}
		heat.Rows = append(heat.Rows, row)
		table.Rows = append(table.Rows, cells)
	}
	picture, err := drawn(heat)
	return ui.Figure{
		ID: id, Title: heat.Title, Level: 3, Chart: picture, Table: table,
		Downloads: []ui.Link{{Text: "All of this page (CSV)", Href: programmePath(programme) + "/quality.csv"}},
	}, err
}

// wholeShare is a share in whole percent, 100 for the whole alone.
func wholeShare(part, whole int) float64 {
	percent := math.Round(100 * float64(part) / float64(whole))
	if part < whole && percent == 100 {
		return 99
	}
	return percent
}

// drawn is a chart in its layouts, as a component.
func drawn(c chart.Responsive) (templ.Component, error) {
	var svg bytes.Buffer
	if err := chart.Figure(&svg, c); err != nil {
		return nil, fmt.Errorf("draw chart: %w", err)
	}
	return templ.Raw(svg.String()), nil
}

// points writes a change in percentage points with its sign.
func points(p float64) string {
	text := strconv.FormatFloat(math.Abs(p), 'f', 1, 64)
	switch {
	case text == "0.0":
		return "0"
	case p < 0:
		return "−" + text
	}
	return "+" + text
}
