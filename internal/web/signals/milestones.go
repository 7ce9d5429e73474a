package signals

import (
	"fmt"
	"strconv"
	"time"

	area "sir/internal/adoption"
	"sir/internal/exchange"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// milestonesPage shows when each site came to each step.
type milestonesPage struct {
	Summary   string
	Steps     *ui.Table
	Sites     *ui.Table
	Pages     *ui.Pagination
	Downloads []ui.Link
}

func (p pages) showMilestones(r *shell.Request) error {
	number, _ := strconv.Atoi(r.URL.Query().Get("page")) // anything else is the first page
	number = max(number, 1)
	found, err := p.milestones(r, number)
	if err != nil {
		return err
	}
	last := max((found.Total+area.MilestonePage-1)/area.MilestonePage, 1)
	if number > last {
		if found, err = p.milestones(r, last); err != nil {
			return err
		}
		number = last
	}
	page := milestonesPageOf(found, number, last, r.Terms)
	return r.Render(ui.Page{
		Title: "Milestones", Caption: caption(found.Programme.Name, found.Unit),
		Breadcrumbs: breadcrumbs(found.Programme.Code, found.Programme.Name, found.Unit,
			ui.Link{Text: "All measures", Href: measuresPath(found.Programme.Code, found.Unit)}),
	}, page.content())
}

func (p pages) milestones(r *shell.Request, page int) (area.Milestones, error) {
	return p.adoption.Milestones(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("unit"), page)
}

func milestonesPageOf(found area.Milestones, number, last int, terms term.Pack) milestonesPage {
	sites := terms.Label(term.Site).Full
	path := placePath(found.Programme.Code, found.Unit) + "/milestones"
	page := milestonesPage{}
	switch {
	case len(found.Steps) == 0:
		page.Summary = "The programme has no steps to report."
		return page
	case found.Last.IsZero():
		page.Summary = "Nothing has been reported yet."
		return page
	}
	page.Summary = fmt.Sprintf("When each of %d %s first reported each step, as at the end of %s. A step counts for the period whose return first said it.",
		found.Total, sites.Of(found.Total), found.Last.Long())
	page.Downloads = []ui.Link{{Text: "Milestones (CSV)", Href: path + ".csv"}}
	steps := stepsTable(found, sites)
	table := sitesTable(found, sites)
	page.Steps, page.Sites = &steps, &table
	if last > 1 {
		pagination := ui.Pages(number, last, func(n int) string { return fmt.Sprintf("%s?page=%d", path, n) })
		page.Pages = &pagination
	}
	return page
}

func stepsTable(found area.Milestones, sites term.Form) ui.Table {
	table := ui.Table{
		ID: "steps-table", Caption: "How far they are, " + found.Last.Label(), CaptionSize: ui.SizeM, RowHeaders: true, Compact: true,
		Columns: []ui.Column{{Text: "Step"}, {Text: term.Sentence(sites.Of(2)) + " there or further", Numeric: true}, {Text: "Share", Numeric: true}},
	}
	for _, step := range found.Steps {
		table.Rows = append(table.Rows, ui.Text(
			step.Measure.Levels[step.Level], fmt.Sprintf("%d of %d", step.Sites, step.Of), percentOf(step.Sites, step.Of)))
	}
	return table
}

func sitesTable(found area.Milestones, sites term.Form) ui.Table {
	table := ui.Table{
		ID: "milestones-table", Caption: "When each " + sites.Of(1) + " came to each step", CaptionSize: ui.SizeM, RowHeaders: true, Compact: true, Scroll: true,
		Columns: []ui.Column{{Text: term.Sentence(sites.Of(1))}},
	}
	for _, step := range found.Steps {
		table.Columns = append(table.Columns, ui.Column{Text: step.Measure.Levels[step.Level]})
	}
	for _, site := range found.Sites {
		row := []ui.Cell{{Text: site.Name, Href: ui.MeasurePath + "/" + found.Programme.Code + "/sites/" + site.Code}}
		for _, step := range site.Steps {
			row = append(row, ui.Cell{Text: stepWords(step)})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func stepWords(s area.StepReached) string {
	switch {
	case s.Period.IsZero():
		return "not yet"
	case s.Lost:
		return s.Period.Label() + ", no longer there"
	}
	return s.Period.Label()
}

func (p pages) downloadMilestones(r *shell.Request) error {
	found, err := p.milestones(r, 0)
	if err != nil {
		return err
	}
	sheet := exchange.Sheet{Columns: []string{"programme", "unit", "site", "site_name", "measure", "step", "label", "period", "ends_on", "no_longer_there"}}
	for _, site := range found.Sites {
		for i, step := range found.Steps {
			cells := []any{
				found.Programme.Code, found.Unit.Code, site.Code, site.Name, step.Measure.Code, step.Level, step.Measure.Levels[step.Level], nil, nil, nil,
			}
			if reached := site.Steps[i]; !reached.Period.IsZero() {
				cells[7], cells[8], cells[9] = reached.Period.Slug(), reached.Period.End().Format(time.DateOnly), reached.Lost
			}
			sheet.Rows = append(sheet.Rows, cells)
		}
	}
	return sheetFile(r, fileName(found.Programme.Code, found.Unit, "milestones"), sheet)
}
