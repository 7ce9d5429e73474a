package adoption

import (
	"fmt"
	"strconv"

	area "sir/internal/adoption"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// sitePage is one site's returns, corrections, champions and fate.
type sitePage struct {
	Facts        []ui.SummaryRow
	Actions      []ui.ActionLink
	Returns      []ui.Table // one a collection
	Restatements ui.Table
	Champions    ui.Table
	Fates        []fate
}

func (p pages) showSite(r *shell.Request) error {
	view, err := p.adoption.Site(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("site"))
	if err != nil {
		return err
	}
	page := sitePage{
		Facts: siteFacts(view.Site), Actions: siteActions(r, view),
		Restatements: restatementsTable(view), Champions: championsTable(view), Fates: fatesOf(view),
	}
	for _, c := range view.Collections {
		if table := returnsTable(view, c); len(table.Rows) > 0 {
			page.Returns = append(page.Returns, table)
		}
	}
	return r.Render(ui.Page{
		Title: view.Site.Name, Caption: view.Programme.Name,
		Breadcrumbs: breadcrumbs(ui.Link{Text: view.Programme.Name, Href: programmePath(view.Programme.Code)}),
	}, page.content())
}

func siteFacts(s network.Site) []ui.SummaryRow {
	rows := []ui.SummaryRow{{Key: "Code", Value: s.Code}}
	add := func(key, value string) {
		if value != "" {
			rows = append(rows, ui.SummaryRow{Key: key, Value: value})
		}
	}
	add("Setting", s.Setting)
	add("Size", s.SizeBand)
	if s.DeprivationFifth > 0 {
		add("Deprivation", fmt.Sprintf("fifth %d of 5, where 1 is the most deprived", s.DeprivationFifth))
	}
	add("Closed on", ui.Date(s.ValidTo))
	return rows
}

// siteActions lead to the form of the last period of each collection.
func siteActions(r *shell.Request, view area.SiteView) (links []ui.ActionLink) {
	object := view.Programme.Object()
	object.Member, object.Site = view.MemberID, view.Site.ID
	if policy.Allow(r.Actor, policy.SubmitReturns, object) != nil {
		return nil
	}
	last := map[string]area.SitePeriod{}
	for _, h := range view.History {
		if h.MemberName != "" {
			last[h.Collection] = h
		}
	}
	for _, c := range view.Collections {
		if h, ok := last[c.Code]; ok {
			links = append(links, ui.ActionLink{
				Text: c.Name + ", " + h.Period.Label(),
				Href: fmt.Sprintf("%s/returns/%s/%s/sites/%s", programmePath(view.Programme.Code), c.Code, h.Period.Slug(), view.Site.Code),
			})
		}
	}
	return links
}

// returnsTable is what the site owed and reported to one collection, by period.
func returnsTable(view area.SiteView, c area.Collection) ui.Table {
	table := ui.Table{
		ID: "returns-" + c.Code, Caption: c.Name, CaptionSize: ui.SizeM, RowHeaders: true, Scroll: true, Compact: true,
		Columns: []ui.Column{{Text: "Period"}, {Text: "Counted under"}, {Text: "Return"}},
	}
	for _, m := range view.Measures {
		if m.CollectionKey == c.Key {
			table.Columns = append(table.Columns, ui.Column{Text: m.Name, Numeric: m.Kind == area.CountMeasure})
		}
	}
	for _, h := range view.History {
		if h.Collection != c.Code {
			continue
		}
		cells := []ui.Cell{{Text: h.Period.Label()}, {Text: or(h.MemberName, "not eligible")}, {Text: returnWords(h, view.Site.Code)}}
		for _, m := range view.Measures {
			if m.CollectionKey == c.Key {
				cells = append(cells, valueCell(h, m))
			}
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}

func returnWords(h area.SitePeriod, own string) string {
	var text string
	switch {
	case h.SubmittedOn == "":
		return sentence("missing; was due", ui.Date(h.DueOn)+".", h.WhyMissing)
	case h.Late:
		text = fmt.Sprintf("late: %s, was due %s", ui.Date(h.SubmittedOn), ui.Date(h.DueOn))
	default:
		text = "in time: " + ui.Date(h.SubmittedOn)
	}
	if h.SentBy != "" && h.SentBy != own {
		text += ", sent by " + h.SentBy
	}
	return text
}

func valueCell(h area.SitePeriod, m area.Measure) ui.Cell {
	value, ok := h.Values[m.Key]
	if !ok {
		return ui.Cell{Text: "not reported"}
	}
	if m.Kind != area.LevelMeasure {
		return ui.Cell{Text: strconv.FormatInt(value, 10)}
	}
	level := area.SiteLevel{Eligible: true, Reported: true, Level: int(value), Adopted: int(value) >= m.AdoptedLevel}
	return cellOf(levelMark(level), m.Levels[int(value)])
}

// restatementsTable keeps what a value was before it was corrected.
func restatementsTable(view area.SiteView) ui.Table {
	names := map[int64]string{}
	for _, m := range view.Measures {
		names[m.Key] = m.Name
	}
	table := ui.Table{
		ID: "restatements-table", Caption: "Corrections", CaptionSize: ui.SizeM, RowHeaders: true, Scroll: true, Compact: true,
		Columns: []ui.Column{{Text: "Period"}, {Text: "Measure"}, {Text: "Was", Numeric: true}, {Text: "Is", Numeric: true}, {Text: "When"}, {Text: "By"}, {Text: "Why"}},
	}
	for _, h := range view.History {
		for _, c := range h.Restatements {
			table.Rows = append(table.Rows, ui.Text(c.Period.Label(), names[c.MeasureKey],
				orBlank(c.Old), orBlank(c.New), ui.Date(c.On), c.By, c.Reason))
		}
	}
	return table
}

// orBlank is a value as text; a blank is not a zero.
func orBlank(value *int64) string {
	if value == nil {
		return "blank"
	}
	return strconv.FormatInt(*value, 10)
}

func championsTable(view area.SiteView) ui.Table {
	table := ui.Table{
		ID: "champions-table", Caption: "Champions", CaptionSize: ui.SizeM, RowHeaders: true, Scroll: true, Compact: true,
		Columns: []ui.Column{{Text: "Role"}, {Text: "From"}, {Text: "To"}, {Text: "Why they left"}},
	}
	for _, c := range view.Champions {
		role := c.Role
		if c.Deputy {
			role += " (deputy)"
		}
		table.Rows = append(table.Rows, ui.Text(role, ui.Date(c.ServesFrom), or(ui.Date(c.ServesTo), "still there"), c.LeavingReason))
	}
	return table
}

// fate is what became of a site, or became part of it: words that end in the
// name of the other site, and why.
type fate struct {
	Words, Reason string
	Other         ui.Link // empty for a closure
}

// fatesOf says what became of the site, and what became part of it.
func fatesOf(view area.SiteView) []fate {
	var said []fate
	for _, s := range view.Successions {
		own, on := s.ID == view.Site.ID, "On "+ui.Date(s.HappenedOn)
		f := fate{Reason: s.Reason}
		if s.Other.Code != "" {
			f.Other = ui.Link{Text: s.Other.Name, Href: "/organisations/" + s.Other.Code}
		}
		switch {
		case s.Kind == network.Closure:
			f.Words = on + " it closed."
		case s.Kind == network.Split && own:
			f.Words = on + " a part of it went to: "
		case s.Kind == network.Split:
			f.Words = on + " it took over a part of: "
		case own:
			f.Words = on + " it merged into: "
		default:
			f.Words = on + " another site merged into it: "
		}
		said = append(said, f)
	}
	return said
}
