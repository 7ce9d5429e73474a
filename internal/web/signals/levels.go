package signals

import (
	"fmt"
	"time"

	area "sir/internal/adoption"
	"sir/internal/chart"
	"sir/internal/exchange"
	"sir/internal/fault"
	"sir/internal/term"
	cite "sir/internal/web/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// levelsPage shows how the sites of a place spread over the levels.
type levelsPage struct {
	Summary string
	Figure  *ui.Figure
	Notes   []string
}

func (p pages) levels(r *shell.Request) (area.LevelSpread, error) {
	return p.adoption.Levels(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("unit"), r.PathValue("measure"))
}

func (p pages) showLevels(r *shell.Request) error {
	spread, err := p.levels(r)
	if err != nil {
		return err
	}
	page := levelsPage{Summary: levelsSummary(spread, r.Terms)}
	if spread.LeftOut > 0 {
		page.Notes = append(page.Notes, fmt.Sprintf("The first %d periods are left out here, as there are too many sites to count them all. The rate has all periods.", spread.LeftOut))
	}
	if page.Figure, err = levelsFigure(spread, r.Terms); err != nil {
		return err
	}
	path := measuresPath(spread.Programme.Code, spread.Unit)
	return r.Render(ui.Page{
		Title: spread.Measure.Name + " by level", Caption: caption(spread.Programme.Name, spread.Unit), Lede: spread.Measure.Meaning,
		Breadcrumbs: breadcrumbs(spread.Programme.Code, spread.Programme.Name, spread.Unit,
			ui.Link{Text: "All measures", Href: path}, ui.Link{Text: spread.Measure.Name, Href: path + "/" + spread.Measure.Code}),
	}, page.content())
}

func levelsSummary(spread area.LevelSpread, terms term.Pack) string {
	if len(spread.Periods) == 0 {
		return "Nothing has been reported yet."
	}
	last := spread.Periods[len(spread.Periods)-1]
	all, adopted := last.NotReported, 0
	for i, n := range last.Counts {
		all += n
		if spread.Levels[i] >= spread.Measure.AdoptedLevel {
			adopted += n
		}
	}
	return fmt.Sprintf("In %s, %d of %d eligible %s were at %q or above, and %d did not report.",
		last.Period.Long(), adopted, all, terms.Label(term.Site).Full.Of(all), spread.Measure.Levels[spread.Measure.AdoptedLevel], last.NotReported)
}

// levelsChart draws the spread; ok is false where there is nothing to draw.
func levelsChart(spread area.LevelSpread, heading bool) (plot chart.StackedLevels, ok bool) {
	plot = chart.StackedLevels{
		Frame: chart.Frame{
			ID: "levels-chart", Title: spread.Measure.Name + ": sites by level", Heading: heading, Note: caption(spread.Programme.Name, spread.Unit) + ".",
		},
		BarHeader: "Period",
	}
	for i, level := range spread.Levels {
		plot.Levels = append(plot.Levels, spread.Measure.LevelName(level))
		if plot.Adopted == 0 && level >= spread.Measure.AdoptedLevel {
			plot.Adopted = i
		}
	}
	for _, p := range spread.Periods[max(0, len(spread.Periods)-chart.MaxLevelBars):] {
		plot.Bars = append(plot.Bars, chart.LevelBar{Label: p.Period.Label(), Counts: p.Counts, NotReported: p.NotReported})
	}
	return plot, len(plot.Bars) > 0 && len(plot.Levels) > 0 && len(plot.Levels) <= chart.MaxLevels
}

func levelsFigure(spread area.LevelSpread, terms term.Pack) (*ui.Figure, error) {
	plot, ok := levelsChart(spread, false)
	if !ok {
		return nil, nil
	}
	drawn, err := figureOf(plot)
	if err != nil {
		return nil, err
	}
	path := signalPath(spread.Series) + "/levels"
	table := ui.Table{ID: "levels-table", Caption: plot.Title, CaptionHidden: true, RowHeaders: true, Compact: true, Scroll: true}
	numbers := plot.Table()
	for i, header := range numbers.Headers {
		table.Columns = append(table.Columns, ui.Column{Text: header, Numeric: i > 0})
	}
	for _, row := range numbers.Rows {
		table.Rows = append(table.Rows, ui.Text(row...))
	}
	return &ui.Figure{
		ID: "levels", Title: plot.Title, Chart: drawn, Table: table,
		Reading:   fmt.Sprintf("Each bar is all eligible %s of a period, parted by the level that they reported. Those that did not report are shown apart.", terms.Label(term.Site).Full.Of(2)),
		Downloads: []ui.Link{{Text: "Levels (CSV)", Href: path + ".csv"}, {Text: "Chart (SVG)", Href: path + ".svg"}},
		Source:    ui.Link{Text: cite.Cite(spread.Programme.Source)},
	}, nil
}

func (p pages) downloadLevels(r *shell.Request) error {
	spread, err := p.levels(r)
	if err != nil {
		return err
	}
	sheet := exchange.Sheet{Columns: []string{"programme", "unit", "measure", "period", "starts_on", "level", "label", "counts_as_adopted", "sites"}}
	for _, one := range spread.Periods {
		start := one.Period.Start().Format(time.DateOnly)
		row := func(level, label, adopted any, n int) {
			sheet.Rows = append(sheet.Rows, []any{spread.Programme.Code, spread.Unit.Code, spread.Measure.Code, one.Period.Slug(), start, level, label, adopted, n})
		}
		for i, level := range spread.Levels {
			row(level, spread.Measure.Levels[level], level >= spread.Measure.AdoptedLevel, one.Counts[i])
		}
		row(nil, "not reported", nil, one.NotReported)
	}
	return sheetFile(r, fileName(spread.Programme.Code, spread.Unit, spread.Measure.Code+"-levels"), sheet)
}

func (p pages) downloadLevelsChart(r *shell.Request) error {
	spread, err := p.levels(r)
	if err != nil {
		return err
	}
	plot, ok := levelsChart(spread, true)
	if !ok {
		return fault.NotFound("There is no chart of the levels of %s yet.", spread.Measure.Name)
	}
	content, err := file(plot)
	if err != nil {
		return err
	}
	return r.Download(fileName(spread.Programme.Code, spread.Unit, spread.Measure.Code+"-levels")+".svg", "image/svg+xml", content)
}
