package adoption

import (
	"bytes"
	"fmt"
	"net/url"

	area "sir/internal/adoption"
	"sir/internal/chart"
	"sir/internal/exchange"
	"sir/internal/term"
	"sir/internal/web/measure"
	cite "sir/internal/web/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// equityPage compares uptake between groups of sites.
type equityPage struct {
	Sections ui.ContentsList
	Summary  string
	Choice   periodForm
	By       []ui.SelectOption
	Chosen   string
	Figure   ui.Figure
	Notes    []string
}

func (p pages) equity(r *shell.Request) (area.EquityView, error) {
	asked, err := periodNamed(r, "period")
	if err != nil {
		return area.EquityView{}, err
	}
	by, err := r.Choice("by")
	if err != nil {
		return area.EquityView{}, err
	}
	return p.adoption.Equity(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("unit"), by, asked)
}

func (p pages) showEquity(r *shell.Request) error {
	view, err := p.equity(r)
	if err != nil {
		return err
	}
	page, err := equityPageOf(view, r.Terms)
	if err != nil {
		return err
	}
	page.Sections = measure.Sections(r, view.Programme.Code, false, measure.Reach)
	crumbs := []ui.Link{{Text: view.Programme.Name, Href: programmePath(view.Programme.Code)}}
	caption := view.Programme.Name
	if view.Unit != nil {
		crumbs = append(crumbs, ui.Link{Text: view.Unit.Name, Href: unitPath(view.Programme.Code, *view.Unit)})
		caption += ", " + view.Unit.Name
	}
	return r.Render(ui.Page{
		Title: "Who is reached", Caption: caption, Breadcrumbs: breadcrumbs(crumbs...),
		Lede: "Uptake compared between groups of sites, so that those left behind are seen.",
	}, page.content())
}

func equityPath(view area.EquityView) string {
	if view.Unit == nil {
		return programmePath(view.Programme.Code) + "/equity"
	}
	return unitPath(view.Programme.Code, *view.Unit) + "/equity"
}

func equityPageOf(view area.EquityView, terms term.Pack) (equityPage, error) {
	path := equityPath(view)
	page := equityPage{
		Summary: totalSentence(view.Total, view.Period, terms), Choice: newPeriodForm(path, view.Periods, view.Period), Chosen: view.By,
		Notes: []string{
			fmt.Sprintf("Groups of fewer than %d %s are marked: their rate says little, and may single a site out.", area.SmallGroup, terms.Label(term.Site).Full.Of(2)),
			"A difference between groups is not its cause. Groups differ in other ways too.",
		},
	}
	for _, name := range view.Attributes {
		page.By = append(page.By, ui.SelectOption{Value: name, Text: term.Sentence(name)})
	}
	drawing := equityChart(view)
	picture, err := drawn(drawing)
	if err != nil {
		return page, err
	}
	query := "?" + url.Values{"period": {view.Period.Slug()}, "by": {view.By}}.Encode()
	page.Figure = ui.Figure{
		ID: "equity", Title: drawing.Title, Reading: "Each group with its rate and what that is made of.", Chart: picture,
		Table: equityTable(view, terms), TableOpen: true,
		Downloads: []ui.Link{{Text: "Groups (CSV)", Href: path + ".csv" + query}, {Text: "Chart (SVG)", Href: path + ".svg" + query}},
		Source:    ui.Link{Text: cite.Cite(view.Programme.Source)},
	}
	return page, nil
}

func equityChart(view area.EquityView) chart.GroupDots {
	drawing := chart.GroupDots{
		Frame: chart.Frame{
			ID: "equity-chart", Title: "Adoption rate by " + view.By + ", " + view.Period.Label(),
			Desc: "One row for each group of sites, with the share that had adopted.", Note: view.Programme.Name + ".",
		},
		Measure: chart.Measure{Unit: "%"}, GroupHeader: term.Sentence(view.By), ValueHeader: "Rate",
		Overall: &chart.Target{Value: float64(view.Total.Rounded()), Label: fmt.Sprintf("all %d%%", view.Total.Rounded())},
	}
	for _, g := range view.Groups {
		drawing.Groups = append(drawing.Groups, chart.Group{
			Name: groupName(view.By, g.Value), Value: valueOf(g.Rate), Numerator: g.Rate.Adopted, Denominator: g.Rate.Eligible,
			Small: g.Rate.Eligible < area.SmallGroup,
		})
	}
	return drawing
}

// groupName is a group's value in words.
func groupName(by, value string) string {
	switch {
	case value == "":
		return "Not known"
	case by == area.ByDeprivation && value == "1":
		return "1 (most deprived)"
	case by == area.ByDeprivation && value == "5":
		return "5 (least deprived)"
	}
	return term.Sentence(value)
}

func equityTable(view area.EquityView, terms term.Pack) ui.Table {
	table := ui.Table{
		ID: "equity-table", Caption: "Adoption rate by " + view.By, CaptionHidden: true, RowHeaders: true, Compact: true, Scroll: true,
		Columns: []ui.Column{
			{Text: term.Sentence(view.By)}, {Text: "Rate", Numeric: true}, {Text: "Adopted of eligible", Numeric: true}, {Text: "Reported", Numeric: true}, {Text: "Remark"},
		},
	}
	for _, g := range view.Groups {
		remark := ""
		if g.Rate.Eligible < area.SmallGroup {
			remark = "few " + terms.Label(term.Site).Full.Of(2)
		}
		table.Rows = append(table.Rows, []ui.Cell{
			{Text: groupName(view.By, g.Value)}, cellOf(rateMark(g.Rate, area.Target{}, false), ""), {Text: ofEligible(g.Rate)}, {Text: reported(g.Rate)}, {Text: remark},
		})
	}
	table.Foot = [][]ui.Cell{{
		{Text: "All"}, cellOf(rateMark(view.Total, area.Target{}, false), ""), {Text: ofEligible(view.Total)}, {Text: reported(view.Total)}, {},
	}}
	return table
}

func (p pages) downloadEquity(r *shell.Request) error {
	view, err := p.equity(r)
	if err != nil {
		return err
	}
	sheet := exchange.Sheet{Columns: []string{"programme", "unit", "period", "grouped_by", "group", "percent", "adopted", "eligible", "reported", "small"}}
	unit := "all"
	if view.Unit != nil {
		unit = view.Unit.Code
	}
	for _, g := range view.Groups {
		sheet.Rows = append(sheet.Rows, []any{
			view.Programme.Code, unit, view.Period.Slug(), view.By, g.Value, g.Rate.Rounded(), g.Rate.Adopted, g.Rate.Eligible, g.Rate.Reported,
			g.Rate.Eligible < area.SmallGroup,
		})
	}
	var content bytes.Buffer
	if err := sheet.Write(&content, exchange.CSV); err != nil {
		return fmt.Errorf("write groups: %w", err)
	}
	return r.Download(view.Programme.Code+"-equity.csv", "text/csv; charset=utf-8", content.Bytes())
}

func (p pages) downloadEquityChart(r *shell.Request) error {
	view, err := p.equity(r)
	if err != nil {
		return err
	}
	drawing := equityChart(view)
	drawing.Heading = true
	content, err := file(drawing)
	if err != nil {
		return err
	}
	return r.Download(view.Programme.Code+"-equity.svg", "image/svg+xml", content)
}
