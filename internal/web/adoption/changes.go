package adoption

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"

	area "sir/internal/adoption"
	"sir/internal/exchange"
	"sir/internal/fault"
	"sir/internal/period"
	"sir/internal/term"
	"sir/internal/web/measure"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// changesPage explains a rate's movement between two periods.
type changesPage struct {
	Sections  ui.ContentsList
	Moved     string
	Movement  *ui.Table
	Downloads []ui.Link
	Action    string
	Options   []ui.SelectOption
	From, To  string
	Notes     []string
}

func (p changesPage) filter() ui.Filter {
	return ui.Filter{Action: p.Action, Label: "Choose the periods to compare", Clear: p.Action}
}

func (p pages) changes(r *shell.Request) (area.ChangesView, error) {
	from, err := periodNamed(r, "from")
	if err != nil {
		return area.ChangesView{}, err
	}
	to, err := periodNamed(r, "to")
	if err != nil {
		return area.ChangesView{}, err
	}
	return p.adoption.Changes(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("unit"), from, to)
}

func (p pages) showChanges(r *shell.Request) error {
	view, err := p.changes(r)
	if err != nil {
		return err
	}
	code := view.Programme.Code
	crumbs := []ui.Link{{Text: view.Programme.Name, Href: programmePath(code)}}
	caption, path := view.Programme.Name, programmePath(code)
	if view.Unit != nil {
		caption, path = caption+", "+view.Unit.Name, unitPath(code, *view.Unit)
		crumbs = append(crumbs, ui.Link{Text: view.Unit.Name, Href: path})
	}
	page := changesPageOf(view, path+"/changes", r.Terms)
	page.Sections = measure.Sections(r, code, false, "/changes") // which is none of them
	return r.Render(ui.Page{Title: "Why the rate changed", Caption: caption, Breadcrumbs: breadcrumbs(crumbs...)}, page.content())
}

func changesPageOf(view area.ChangesView, path string, terms term.Pack) changesPage {
	page := changesPage{
		Moved: movedSentence(view.Movement, terms), Action: path, From: view.Movement.From.Slug(), To: view.Movement.To.Slug(),
		Options: newPeriodForm(path, view.Periods, view.Movement.To).Options,
		Notes:   []string{"Each " + terms.Label(term.Site).Full.Of(1) + " that counts otherwise than before stands under one cause, so that the causes add up to the difference."},
	}
	if len(view.Movement.Causes) > 0 {
		table := movementTable(view.Movement, view.SitesOpen, terms)
		page.Movement = &table
		query := url.Values{"from": {page.From}, "to": {page.To}}
		page.Downloads = []ui.Link{{Text: "Causes (CSV)", Href: path + ".csv?" + query.Encode()}}
	}
	if !view.SitesOpen {
		page.Notes = append(page.Notes, "Your role does not show you single "+terms.Label(term.Site).Full.Of(2)+" here.")
	}
	return page
}

// periodNamed reads a period from a field of the address; zero where it has
// none.
func periodNamed(r *shell.Request, field string) (period.Period, error) {
	text, err := r.Choice(field)
	if err != nil || text == "" {
		return period.Period{}, err
	}
	p, err := period.Parse(text)
	if err != nil {
		return p, fault.Invalid("%q is not a period. Choose from the periods on the page.", clipped(text))
	}
	return p, nil
}

func movedSentence(move area.Movement, terms term.Pack) string {
	change := move.After.ChangeFrom(move.Before)
	sites := terms.Label(term.Site).Full
	switch {
	case !change.Known:
		return fmt.Sprintf("There is no rate to compare between %s and %s.", move.From.Label(), move.To.Label())
	case len(move.Causes) == 0:
		return fmt.Sprintf("Nothing changed between %s and %s.", move.From.Label(), move.To.Label())
	}
	direction := "stayed at"
	if change.Points > 0 {
		direction = "rose to"
	} else if change.Points < 0 {
		direction = "fell to"
	}
	text := fmt.Sprintf("From %s to %s the rate %s %d%% from %d%%: %d of %d %s had adopted, then %d of %d.",
		move.From.Label(), move.To.Label(), direction, move.After.Rounded(), move.Before.Rounded(),
		move.Before.Adopted, move.Before.Eligible, sites.Of(move.Before.Eligible), move.After.Adopted, move.After.Eligible)
	if direction == "stayed at" {
		text = fmt.Sprintf("From %s to %s the rate stayed at %d%%, although single %s changed.", move.From.Label(), move.To.Label(), move.After.Rounded(), sites.Of(2))
	}
	return text
}

func movementTable(move area.Movement, open bool, terms term.Pack) ui.Table {
	sites := term.Sentence(terms.Label(term.Site).Full.Of(2))
	table := ui.Table{
		ID: "movement-table", Caption: "Why the rate changed", CaptionHidden: true, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "Cause"}, {Text: "Adopted", Numeric: true}, {Text: "Eligible", Numeric: true}},
	}
	if open {
		table.Columns = append(table.Columns, ui.Column{Text: sites})
	}
	for _, c := range move.Causes {
		cells := []ui.Cell{{Text: term.Sentence(string(c.Kind))}, {Text: signed(c.Adopted)}, {Text: signed(c.Eligible)}}
		if open {
			cells = append(cells, ui.Cell{Text: movedSites(c.Sites)})
		}
		table.Rows = append(table.Rows, cells)
	}
	foot := []ui.Cell{
		{Text: "Altogether"}, {Text: signed(move.After.Adopted - move.Before.Adopted)}, {Text: signed(move.After.Eligible - move.Before.Eligible)},
	}
	if open {
		foot = append(foot, ui.Cell{})
	}
	table.Foot = [][]ui.Cell{foot}
	return table
}

func movedSites(sites []area.MovedSite) string {
	said := make([]string, len(sites))
	for i, s := range sites {
		said[i] = s.Name
		if s.Why != "" {
			said[i] += " (" + strings.TrimSuffix(s.Why, ".") + ")"
		}
	}
	return strings.Join(said, "; ")
}

// downloadChanges is the page's table as CSV: a row a cause, whose numbers add
// up to the difference.
func (p pages) downloadChanges(r *shell.Request) error {
	view, err := p.changes(r)
	if err != nil {
		return err
	}
	name, unit := view.Programme.Code, "all"
	if view.Unit != nil {
		name, unit = name+"-"+view.Unit.Code, view.Unit.Code
	}
	sheet := exchange.Sheet{Columns: []string{"programme", "unit", "from", "to", "cause", "adopted", "eligible", "sites"}}
	for _, c := range view.Movement.Causes {
		var sites any // not known to who may not see them
		if view.SitesOpen {
			sites = movedSites(c.Sites)
		}
		sheet.Rows = append(sheet.Rows, []any{
			view.Programme.Code, unit, view.Movement.From.Slug(), view.Movement.To.Slug(), string(c.Kind), c.Adopted, c.Eligible, sites,
		})
	}
	var content bytes.Buffer
	if err := sheet.Write(&content, exchange.CSV); err != nil {
		return fmt.Errorf("write causes: %w", err)
	}
	return r.Download(name+"-changes.csv", "text/csv; charset=utf-8", content.Bytes())
}
