package adoption

import (
	"fmt"
	"strconv"

	area "sir/internal/adoption"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// memberPage is one member's adoption over all periods, and its sites for
// readers who may see them.
type memberPage struct {
	Summary string
	Trend   ui.Figure
	Sites   *ui.Table
	Levels  []ui.SummaryRow // what each level means
	Notes   []string
}

func (p pages) showMember(r *shell.Request) error {
	view, err := p.adoption.Member(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("member"))
	if err != nil {
		return err
	}
	page, err := memberPageOf(view, r.Terms)
	if err != nil {
		return err
	}
	programme := view.Table.Programme
	return r.Render(ui.Page{
		Title: view.Row.Name, Caption: programme.Name,
		Breadcrumbs: breadcrumbs(ui.Link{Text: programme.Name, Href: programmePath(programme.Code)}),
		Flow: ui.Flow{
			From: []ui.Link{{Text: "Rollouts under way", Href: ui.DoPath}},
			To:   []ui.Link{{Text: "All " + r.Terms.Label(term.Network).Full.Of(2), Href: programmePath(programme.Code)}},
		},
	}, page.content())
}

func memberPageOf(view area.MemberView, terms term.Pack) (memberPage, error) {
	page := memberPage{Summary: memberSummary(view, terms)}
	var err error
	svg := programmePath(view.Table.Programme.Code) + "/members/" + view.Row.Code + "/trend.svg"
	if page.Trend, err = trendFigure(view.Table, view.Row.Name, view.Row, view.Targets, svg); err != nil {
		return page, err
	}
	if view.OwnTarget {
		page.Notes = append(page.Notes, "The target is this member's own, agreed by "+view.Targets[0].AgreedBy+".")
	}
	if view.Table.Published {
		page.Notes = append(page.Notes, asPublished)
		return page, nil
	}
	if !view.SitesOpen {
		page.Notes = append(page.Notes, "Your role does not show you single "+terms.Label(term.Site).Full.Of(2)+" of this member.")
		return page, nil
	}
	table := sitesTable(view, terms)
	page.Sites = &table
	for level := range len(view.Measure.Levels) {
		words := view.Measure.Levels[level]
		if level >= view.Measure.AdoptedLevel {
			words += " (counts as adopted)"
		}
		page.Levels = append(page.Levels, ui.SummaryRow{Key: strconv.Itoa(level), Value: words})
	}
	return page, nil
}

func memberSummary(view area.MemberView, terms term.Pack) string {
	last := len(view.Table.Periods) - 1
	rate := view.Row.Rates[last]
	if !rate.Known {
		return "There is no rate for " + view.Table.Periods[last].Long() + "."
	}
	text := fmt.Sprintf("In %s the rate was %d%%", view.Table.Periods[last].Long(), rate.Rounded())
	if made := parts(rate); made != "" {
		text += " (" + made + ")"
	}
	target, ok := area.InForce(view.Targets, view.Table.Periods[last])
	switch {
	case !ok:
		text += "."
	case target.ReachedBy(rate):
		text += ", which reaches the target of " + targetWords(target) + "."
	case target.MayBeReachedBy(rate):
		text += ". Whether that reaches the target of " + targetWords(target) + " cannot be told."
	default:
		text += ", below the target of " + targetWords(target) + "."
	}
	return text + unreported(rate, terms)
}

// sitesTable is the level that each site reported in each period.
func sitesTable(view area.MemberView, terms term.Pack) ui.Table {
	table := ui.Table{
		ID: "sites-table", Caption: "Level reported by each " + terms.Label(term.Site).Full.Of(1), RowHeaders: true, Scroll: true, Compact: true,
		CaptionSize: ui.SizeM,
		Columns:     []ui.Column{{Text: term.Sentence(terms.Label(term.Site).Full.Of(1))}},
	}
	for _, p := range view.Table.Periods {
		table.Columns = append(table.Columns, ui.Column{Text: p.Label(), Numeric: true})
	}
	for _, site := range view.Sites {
		cells := []ui.Cell{{Text: site.Name, Href: programmePath(view.Table.Programme.Code) + "/sites/" + site.Code}}
		for _, level := range site.Levels {
			cells = append(cells, cellOf(levelMark(level), ""))
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}

func levelMark(l area.SiteLevel) mark {
	switch {
	case !l.Eligible:
		return mark{Shape: "–", Words: "not eligible", Class: "sir-value--none"}
	case !l.Reported:
		return mark{Shape: "?", Words: "not reported", Class: "sir-value--none"}
	case l.Adopted:
		return mark{Shape: "●", Text: strconv.Itoa(l.Level), Words: "adopted", Class: "sir-value--reached"}
	default:
		return mark{Shape: "○", Text: strconv.Itoa(l.Level), Words: "not yet adopted", Class: "sir-value--below"}
	}
}

var levelLegend = []mark{
	{Shape: "●", Words: "adopted", Class: "sir-value--reached"},
	{Shape: "○", Words: "not yet adopted", Class: "sir-value--below"},
	{Shape: "?", Words: "not reported", Class: "sir-value--none"},
	{Shape: "–", Words: "not eligible", Class: "sir-value--none"},
}

// downloadMemberTrend is the member's line as a file.
func (p pages) downloadMemberTrend(r *shell.Request) error {
	view, err := p.adoption.Member(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("member"))
	if err != nil {
		return err
	}
	line := trendChart(view.Table, view.Row.Name, view.Row, view.Targets)
	line.Heading = true
	content, err := file(line)
	if err != nil {
		return err
	}
	return r.Download(view.Table.Programme.Code+"-"+view.Row.Code+"-trend.svg", "image/svg+xml", content)
}
