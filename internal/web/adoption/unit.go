package adoption

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	area "sir/internal/adoption"
	"sir/internal/exchange"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/term"
	"sir/internal/web/measure"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// unitPage is the adoption of one member or area over all periods: its rate,
// why that changed, what it is made of, and its sites for readers who may see
// them.
type unitPage struct {
	Summary  string
	Stats    ui.Stats
	Actions  []ui.ActionLink
	Trend    *ui.Figure
	Movement *ui.Table
	Moved    string // what the movement says, in a sentence
	Others   ui.ActionLink
	Restated *ui.Table // what was changed after approval
	Parts    *ui.Table
	Sites    *ui.Table
	More     ui.Pagination   // of the sites
	Levels   []ui.SummaryRow // what each level means
	Notes    []string
}

func (p pages) showUnit(r *shell.Request) error {
	at, err := r.PageNumber()
	if err != nil {
		return err
	}
	view, err := p.adoption.Unit(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("unit"), at)
	if err != nil {
		return err
	}
	page, err := unitPageOf(r, view)
	if err != nil {
		return err
	}
	programme := view.Programme
	crumbs := []ui.Link{{Text: programme.Name, Href: programmePath(programme.Code)}}
	for _, above := range view.Above {
		crumbs = append(crumbs, ui.Link{Text: above.Name, Href: unitPath(programme.Code, above)})
	}
	return r.Render(ui.Page{
		Title: view.Unit.Name, Caption: programme.Name, Breadcrumbs: breadcrumbs(crumbs...),
		Flow: ui.Flow{
			From: measure.From(view.Published),
			To:   []ui.Link{{Text: "All " + r.Terms.Label(term.Network).Full.Of(2), Href: programmePath(programme.Code)}},
		},
	}, page.content())
}

// unitPath is where a unit's adoption is shown. Members keep the address that
// they always had.
func unitPath(programme string, unit network.Unit) string {
	return pathOf(programme, unit.Kind, unit.Code)
}

func pathOf(programme string, kind network.UnitKind, code string) string {
	if kind == network.MemberUnit {
		return programmePath(programme) + "/members/" + code
	}
	return programmePath(programme) + "/units/" + code
}

func unitPageOf(r *shell.Request, view area.UnitView) (unitPage, error) {
	page := unitPage{Summary: sentence(unitSummary(view, r.Terms), sinceWords(view))}
	path := unitPath(view.Programme.Code, view.Unit)
	if len(view.Periods) > 1 {
		figure, err := unitCourse(view).figure(path)
		if err != nil {
			return page, err
		}
		page.Trend = &figure
	}
	if view.OwnTarget {
		page.Notes = append(page.Notes, "The target is this member's own, agreed by "+view.Targets[0].AgreedBy+".")
	}
	if view.Published {
		page.Notes, page.Actions = append(page.Notes, asPublished), sinceLink(view)
		return page, nil
	}
	page.Summary = sentence(page.Summary, approval(view))
	page.Stats = unitStats(view)
	page.Actions = append(unitActions(r, view), sinceLink(view)...)
	page.addMovement(view, r.Terms)
	page.addRestated(view, r.Terms)
	page.addParts(view, r.Terms)
	if !view.SitesOpen {
		page.Notes = append(page.Notes, "Your role does not show you single "+r.Terms.Label(term.Site).Full.Of(2)+" here.")
		return page, nil
	}
	table := sitesTable(view, r.Terms)
	page.Sites = &table
	if view.Sites.Pages > 1 {
		page.More = ui.Pages(view.Sites.Page, view.Sites.Pages, func(n int) string { return fmt.Sprintf("%s?page=%d#sites-table", path, n) })
	}
	for level := range len(view.Measure.Levels) {
		words := view.Measure.Levels[level]
		if level >= view.Measure.AdoptedLevel {
			words += " (counts as adopted)"
		}
		page.Levels = append(page.Levels, ui.SummaryRow{Key: strconv.Itoa(level), Value: words})
	}
	return page, nil
}

func unitCourse(view area.UnitView) course {
	return course{
		Programme: view.Programme.Name, Name: view.Unit.Name, Periods: view.Periods, Row: view.Row, Targets: view.Targets, Path: view.Path,
		Published: view.Published, Source: view.Programme.Source,
	}
}

func unitSummary(view area.UnitView, terms term.Pack) string {
	last := len(view.Periods) - 1
	if last < 0 {
		return "Nothing has been reported yet."
	}
	rate := view.Row.Rates[last]
	if !rate.Known {
		return noRateSentence(view, terms)
	}
	text := fmt.Sprintf("In %s the rate was %d%%", view.Periods[last].Long(), rate.Rounded())
	if made := parts(rate); made != "" {
		text += " (" + made + ")"
	}
	target, ok := area.InForce(view.Targets, view.Periods[last])
	switch {
	case !ok:
		text += "."
	case target.ReachedBy(rate):
		text += ", which reaches the target of " + target.Said() + "."
	case target.MayBeReachedBy(rate):
		text += ". Whether that reaches the target of " + target.Said() + " cannot be told."
	default:
		text += ", below the target of " + target.Said() + "."
	}
	return text + unreported(rate, terms)
}

// noRateSentence says since when a unit has no rate, where that is known.
func noRateSentence(view area.UnitView, terms term.Pack) string {
	last := len(view.Periods) - 1
	if !view.Row.Rates[last].Empty {
		return "There is no rate for " + view.Periods[last].Long() + "."
	}
	words := view.Unit.Name + " had no eligible " + terms.Label(term.Site).Full.Of(2)
	if since := emptySince(view); since > 0 {
		return fmt.Sprintf("%s from %s on, so there is no rate since %s.", words, view.Periods[since].Long(), view.Periods[since-1].Long())
	}
	return words + " in any period, so there is no rate."
}

// emptySince is the first of the last periods that have no eligible site after
// one that had; 0 where none had.
func emptySince(view area.UnitView) int {
	for at := len(view.Periods) - 1; at >= 0; at-- {
		if !view.Row.Rates[at].Empty {
			return at + 1
		}
	}
	return 0
}

// unitStats are the last period's figures at a glance.
func unitStats(view area.UnitView) (stats ui.Stats) {
	last := len(view.Periods) - 1
	if last < 0 {
		return stats
	}
	p, n := view.Periods[last], view.Returns[last]
	if rate := view.Row.Rates[last]; rate.Known {
		stats.Items = append(stats.Items, ui.Stat{Value: strconv.Itoa(rate.Rounded()) + "%", Label: "had adopted", Note: parts(rate) + ", " + p.Label()})
	}
	if n.Expected > 0 {
		stats.Items = append(stats.Items, ui.Stat{
			Value: fmt.Sprintf("%d of %d", n.Complete, n.Expected), Label: "returns complete", Note: fmt.Sprintf("%d on time", n.OnTime),
		})
	}
	return stats
}

// approval says whether the last period's figures of a member may still
// change.
func approval(view area.UnitView) string {
	last := len(view.Periods) - 1
	if view.Unit.Kind != network.MemberUnit || last < 0 || view.Row.Rates[last].Empty {
		return ""
	}
	p := view.Periods[last]
	for _, a := range view.Approvals {
		if a.Period == p && a.Stands() {
			return fmt.Sprintf("The figures of %s were approved on %s by %s.", p.Label(), ui.Date(a.ApprovedAt.Format(time.DateOnly)), a.ApprovedBy)
		}
	}
	return "The figures of " + p.Label() + " are not approved yet, so they may change."
}

// unitActions lead to what the reader may look at or do next about this unit's
// figures.
func unitActions(r *shell.Request, view area.UnitView) (links []ui.ActionLink) {
	path, last := unitPath(view.Programme.Code, view.Unit), len(view.Periods)-1
	if last < 0 {
		return nil
	}
	if since := emptySince(view); view.Row.Rates[last].Empty && since > 0 {
		links = append(links, ui.ActionLink{
			Text: "Why there are no eligible sites since " + view.Periods[since-1].Label(),
			Href: fmt.Sprintf("%s/changes?from=%s&to=%s", path, view.Periods[since-1].Slug(), view.Periods[since].Slug()),
		})
	}
	links = append(links, ui.ActionLink{Text: "All measures of " + view.Unit.Name, Href: path + "/measures"})
	if view.SitesOpen {
		links = append(links, ui.ActionLink{Text: "How far its sites have got with each step", Href: path + "/milestones"})
	}
	if view.Unit.Kind != network.MemberUnit {
		return links
	}
	object := view.Programme.Object()
	object.Member = view.Unit.ID
	if !view.Row.Rates[last].Empty && policy.Allow(r.Actor, policy.SubmitReturns, object) == nil {
		links = append(links, ui.ActionLink{
			Text: "Enter or correct returns for " + view.Periods[last].Label(),
			Href: fmt.Sprintf("%s/returns/%s/%s/members/%s", programmePath(view.Programme.Code), view.Collected, view.Periods[last].Slug(), view.Unit.Code),
		})
	}
	if policy.Allow(r.Actor, policy.ViewImprovement, object) == nil {
		links = append(links, ui.ActionLink{Text: "Improvement work", Href: path + "/improvement"})
	}
	return links
}

// addMovement says why the last rate is not the one before.
func (p *unitPage) addMovement(view area.UnitView, terms term.Pack) {
	move := view.Movement
	if move == nil {
		return
	}
	p.Moved = movedSentence(*move, terms)
	p.Others = ui.ActionLink{Text: "Compare other periods", Href: unitPath(view.Programme.Code, view.Unit) + "/changes"}
	if len(move.Causes) == 0 {
		return
	}
	table := movementTable(*move, view.SitesOpen, terms)
	p.Movement = &table
}

// addRestated lists the values of the last period that were changed after they
// had been approved.
func (p *unitPage) addRestated(view area.UnitView, terms term.Pack) {
	if len(view.Restated) == 0 {
		return
	}
	table := ui.Table{
		ID: "restated-table", Caption: "Restated after approval, " + view.Periods[len(view.Periods)-1].Label(), CaptionSize: ui.SizeS,
		RowHeaders: true, Scroll: true, Compact: true, Columns: []ui.Column{{Text: "When"}},
	}
	if view.SitesOpen {
		table.Columns = append(table.Columns, ui.Column{Text: term.Sentence(terms.Label(term.Site).Full.Of(1))}, ui.Column{Text: "Was", Numeric: true},
			ui.Column{Text: "Is", Numeric: true}, ui.Column{Text: "By"}, ui.Column{Text: "Why"})
	}
	for _, r := range view.Restated {
		cells := []ui.Cell{{Text: ui.Date(r.On)}}
		if view.SitesOpen {
			cells = append(cells, ui.Cell{Text: r.SiteName, Href: programmePath(view.Programme.Code) + "/sites/" + r.SiteCode})
			cells = append(cells, ui.Text(orBlank(r.Old), orBlank(r.New), r.By, r.Reason)...)
		}
		table.Rows = append(table.Rows, cells)
	}
	p.Restated = &table
}

// addParts lists the units within this one, so that a reader can go down.
func (p *unitPage) addParts(view area.UnitView, terms term.Pack) {
	if len(view.Parts) == 0 {
		return
	}
	last := len(view.Periods) - 1
	table := ui.Table{
		ID: "parts-table", Caption: "Within " + view.Unit.Name + ", " + view.Periods[last].Label(), CaptionSize: ui.SizeM, RowHeaders: true, Compact: true, Responsive: true,
		Columns: []ui.Column{{Text: "Name"}, {Text: "Kind"}, {Text: "Rate", Numeric: true}, {Text: "Adopted of eligible", Numeric: true}, {Text: "Change, points", Numeric: true}},
	}
	for i, row := range view.Parts {
		target, ok := area.InForce(view.Targets, view.Periods[last])
		change := area.Change{}
		if last > 0 {
			change = row.Rates[last].ChangeFrom(row.Rates[last-1])
		}
		table.Rows = append(table.Rows, []ui.Cell{
			{Text: row.Name, Href: pathOf(view.Programme.Code, view.PartKinds[i], row.Code)}, {Text: kindWord(view.PartKinds[i], terms)},
			cellOf(rateMark(row.Rates[last], target, ok), ""), {Text: ofEligible(row.Rates[last])}, cellOf(changeMark(change), ""),
		})
	}
	p.Parts = &table
}

// kindWord is what the country calls a kind of unit.
func kindWord(kind network.UnitKind, terms term.Pack) string {
	word, known := map[network.UnitKind]term.Term{
		network.OrganisationUnit: term.Provider, network.CommissionerUnit: term.Commissioner,
		network.RegionUnit: term.Region, network.MemberUnit: term.Network,
	}[kind]
	if !known {
		return string(kind)
	}
	return terms.Label(word).Full.Of(1)
}

func (p pages) downloadUnitTrend(r *shell.Request) error {
	view, err := p.adoption.Unit(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("unit"), 1)
	if err != nil {
		return err
	}
	drawing := unitCourse(view).chart()
	drawing.Heading = true
	content, err := file(drawing)
	if err != nil {
		return err
	}
	return r.Download(view.Programme.Code+"-"+view.Unit.Code+"-trend.svg", "image/svg+xml", content)
}

func (p pages) downloadUnitRates(r *shell.Request) error {
	view, err := p.adoption.Unit(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("unit"), 1)
	if err != nil {
		return err
	}
	table := area.Table{Programme: view.Programme, Published: view.Published, Periods: view.Periods, Targets: view.Targets, Rows: append([]area.Row{view.Row}, view.Parts...)}
	var content bytes.Buffer
	if err := rowsSheet(table, table.Rows).Write(&content, exchange.CSV); err != nil {
		return fmt.Errorf("write rates: %w", err)
	}
	return r.Download(view.Programme.Code+"-"+view.Unit.Code+"-rates.csv", "text/csv; charset=utf-8", content.Bytes())
}
