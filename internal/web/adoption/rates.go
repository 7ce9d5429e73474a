package adoption

import (
	"fmt"
	"net/http"
	"strconv"

	area "sir/internal/adoption"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/reference"
	"sir/internal/term"
	"sir/internal/web/measure"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// ratesPage is one programme's adoption at up to three points in time, and its
// course over all periods.
type ratesPage struct {
	Sections  ui.ContentsList
	Summary   string
	Stats     ui.Stats
	Points    *pointsForm // nil where there is nothing to choose
	Members   *ui.Figure  // nil where the reader may see only the total
	Legend    []mark
	Trend     *ui.Figure
	Notes     []string
	Oddities  []reference.Entry
	Published bool
	Own       []ui.ActionLink // to why the rate changed, all figures, and the reader's own sites
}

func (p pages) showRates(r *shell.Request) error {
	whole, err := p.adoption.Rates(r.Context(), r.Actor, r.PathValue("programme"))
	if err != nil {
		return err
	}
	points, err := pointsOf(r, whole)
	status, wrong := http.StatusOK, pointErrors(err)
	if len(wrong) > 0 {
		status = http.StatusUnprocessableEntity
		points, err = whole.Pick(whole.ThreePoints())
	}
	if err != nil {
		return err
	}
	view, err := p.ratesPageOf(r, whole, points)
	if err != nil {
		return err
	}
	view.Points = formOf(r, whole, points, wrong)
	view.Sections = measure.Sections(r, whole.Programme.Code, whole.Published, measure.Rates)
	return r.RenderStatus(status, ui.Page{
		Title: whole.Programme.Name, Caption: "Measure", Lede: whole.Programme.Summary, Breadcrumbs: breadcrumbs(), Errors: wrong,
		Flow: ui.Flow{
			From: measure.From(whole.Published),
			To:   []ui.Link{{Text: "Explain why it spread", Href: ui.ExplainPath}},
		},
	}, view.content())
}

func (p pages) ratesPageOf(r *shell.Request, whole, points area.Table) (ratesPage, error) {
	view := ratesPage{Published: whole.Published, Summary: summary(points, r.Terms)}
	names := r.Terms.Label(term.Network).Short
	if points.MembersOpen && len(points.Periods) > 0 {
		figure, err := membersFigure(points, names)
		if err != nil {
			return view, err
		}
		_, hasTarget := points.TargetAt(len(points.Periods) - 1)
		view.Members, view.Stats, view.Legend = &figure, reachedStats(points, names), legend(hasTarget, points)
	}
	if len(whole.Periods) > maxPoints {
		figure, err := courseOf(whole, "all "+names.Of(2)).figure(programmePath(whole.Programme.Code))
		if err != nil {
			return view, err
		}
		view.Trend = &figure
	}
	if !points.MembersOpen {
		view.Notes = append(view.Notes, "Your role shows you the programme as a whole, not single "+names.Of(2)+".")
	}
	if policy.Can(r.Actor, policy.ViewMemberRates) && !whole.Published && len(whole.Periods) > 1 {
		view.Own = append(view.Own, ui.ActionLink{Text: "Why the rate changed", Href: programmePath(whole.Programme.Code) + "/changes"})
	}
	if whole.MembersOpen && len(whole.Periods) > 1 {
		view.Own = append(view.Own, ui.ActionLink{Text: "By time since each start", Href: sincePath(whole.Programme.Code)})
	}
	if len(whole.Periods) > 0 {
		view.Own = append(view.Own, ui.ActionLink{Text: "Download all figures as a data package (ZIP)", Href: programmePath(whole.Programme.Code) + "/data-package.zip"})
	}
	for _, site := range whole.OwnSites {
		view.Own = append(view.Own, ui.ActionLink{Text: "Your site: " + site.Name, Href: programmePath(whole.Programme.Code) + "/sites/" + site.Code})
	}
	view.Notes = append(view.Notes, notesOn(points)...)
	var err error
	view.Oddities, err = p.oddities(r, whole)
	return view, err
}

// summary is what the page shows and as at when, in a sentence.
func summary(t area.Table, terms term.Pack) string {
	last := len(t.Periods) - 1
	if last < 0 {
		return "Nothing has been reported yet."
	}
	text := totalSentence(t.Total.Rates[last], t.Periods[last], terms)
	target, ok := t.TargetAt(last)
	if !ok || len(t.Rows) == 0 {
		return text
	}
	reached, members := t.Reached(last)
	return text + fmt.Sprintf(" %d of %d %s reached the target of %s.",
		reached, members, terms.Label(term.Network).Introduced(members), target.Said())
}

func totalSentence(total area.Rate, p period.Period, terms term.Pack) string {
	switch {
	case !total.Known:
		return "There is no total for " + p.Long() + "."
	case total.Published: // of what it is a share is not given
		return fmt.Sprintf("In %s, the published total was %d%%.", p.Long(), total.Rounded())
	}
	return fmt.Sprintf("In %s, %d%% of all eligible %s had adopted (%s).", p.Long(), total.Rounded(), terms.Label(term.Site).Full.Of(2), parts(total)) +
		unreported(total, terms)
}

// unreported warns that sites which did not report may have adopted.
func unreported(r area.Rate, terms term.Pack) string {
	silent := r.Eligible - r.Reported
	if r.Published || silent == 0 {
		return ""
	}
	return fmt.Sprintf(" %d %s did not report, so the true rate may be higher.", silent, terms.Label(term.Site).Full.Of(silent))
}

func reachedStats(t area.Table, names term.Form) ui.Stats {
	var stats ui.Stats
	for i, p := range t.Periods {
		target, ok := t.TargetAt(i)
		if !ok {
			continue
		}
		reached, members := t.Reached(i)
		note := p.Label()
		if n := t.Untold(i); n > 0 {
			note += fmt.Sprintf("; of %d more it cannot be told", n)
		}
		stats.Items = append(stats.Items, ui.Stat{
			Value: fmt.Sprintf("%d of %d", reached, members), Label: names.Of(members) + " reached " + target.Said(), Note: note,
		})
	}
	return stats
}

// asPublished stands under every figure that SIR did not compute.
const asPublished = "SIR shows these figures as they were published, without their numerators and denominators, and cannot compute them again."

func notesOn(t area.Table) []string {
	if t.Published {
		return []string{t.Note + ".", asPublished}
	}
	return []string{
		"A rate is the number of eligible sites that reported a level counted as adopted, over all eligible sites of that period. A site that did not report stays in the denominator.",
		"The total pools all sites. The plain mean gives each member the same weight, whatever its size.",
	}
}

func (p pages) oddities(r *shell.Request, t area.Table) ([]reference.Entry, error) {
	if !t.Published {
		return nil, nil
	}
	view, err := p.reference.Browse(r.Context(), r.Actor, reference.Oddities, reference.Choice{"page": "measure"})
	return view.Entries, err
}

// ratesTable is the table of the report's table 8.1: rates, changes, and under
// them the pooled total apart from the plain mean.
func ratesTable(t area.Table, names term.Form) ui.Table {
	table := ui.Table{
		ID: "rates-table", Caption: "Adoption rate by " + names.Of(1), CaptionHidden: true, RowHeaders: true, Scroll: true, Compact: true,
		Columns: []ui.Column{{Text: term.Sentence(names.Of(1))}},
	}
	for _, p := range t.Periods {
		table.Columns = append(table.Columns, ui.Column{Text: p.Label(), Numeric: true})
	}
	for i := 1; i < len(t.Periods); i++ {
		table.Columns = append(table.Columns, ui.Column{Text: fmt.Sprintf("Change to %s, points", t.Periods[i].Label()), Numeric: true})
	}
	for _, row := range t.Rows {
		table.Rows = append(table.Rows, ratesRow(t, row, ui.Cell{Text: row.Name, Href: memberPath(t, row)}))
	}
	total := "Total, pooled over all sites"
	if t.Published {
		total = "Total, as published"
	}
	table.Foot = append(table.Foot, ratesRow(t, t.Total, ui.Cell{Text: total}), meanRow(t), reachedRow(t, names))
	return table
}

func memberPath(t area.Table, row area.Row) string {
	return programmePath(t.Programme.Code) + "/members/" + row.Code
}

func ratesRow(t area.Table, row area.Row, name ui.Cell) []ui.Cell {
	cells := []ui.Cell{name}
	for i, rate := range row.Rates {
		target, ok := t.TargetAt(i)
		cells = append(cells, cellOf(rateMark(rate, target, ok), parts(rate)))
	}
	for _, change := range row.Changes() {
		cells = append(cells, cellOf(changeMark(change), ""))
	}
	return cells
}

func meanRow(t area.Table) []ui.Cell {
	cells := []ui.Cell{{Text: "Plain mean of the rates above"}}
	for i := range t.Periods {
		text := "–"
		if mean, ok := t.Mean(i); ok {
			text = strconv.FormatFloat(mean, 'f', 1, 64) + "%"
		}
		cells = append(cells, ui.Cell{Text: text})
	}
	return append(cells, make([]ui.Cell, max(len(t.Periods)-1, 0))...)
}

func reachedRow(t area.Table, names term.Form) []ui.Cell {
	cells := []ui.Cell{{Text: term.Sentence(names.Of(2)) + " at or over the target"}}
	for i := range t.Periods {
		text := "–"
		if target, ok := t.TargetAt(i); ok {
			reached, members := t.Reached(i)
			text = fmt.Sprintf("%d of %d (%s)", reached, members, targetWords(target))
		}
		cells = append(cells, ui.Cell{Text: text})
	}
	return append(cells, make([]ui.Cell, max(len(t.Periods)-1, 0))...)
}

// disagreements hides the notes on the report's own figures until asked for.
var disagreements = ui.Details{Summary: "Where the report's own figures disagree", Expander: true, ID: "oddities"}
