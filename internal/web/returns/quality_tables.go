package returns

import (
	"fmt"
	"strconv"

	area "sir/internal/adoption"
	"sir/internal/exchange"
	"sir/internal/period"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// linker makes the addresses at which the faults of a collection are mended.
type linker struct {
	programme  string
	collection area.Collection
}

func (l linker) siteForm(p period.Period, site string) string {
	return partPath(l.programme, l.collection, p) + "/sites/" + site
}

// tableOf is a table of at most mostShown rows, or the words for none.
func tableOf[T any](id, heading, none string, columns []ui.Column, items []T, row func(T) []ui.Cell) qualityTable {
	t := qualityTable{Heading: heading}
	if len(items) == 0 {
		t.Note = none
		return t
	}
	t.Table = ui.Table{ID: id, Caption: heading, CaptionHidden: true, RowHeaders: true, Responsive: true, Compact: true, Columns: columns}
	for _, item := range items[:min(len(items), mostShown)] {
		t.Table.Rows = append(t.Table.Rows, row(item))
	}
	if len(items) > mostShown {
		t.Note = fmt.Sprintf("The first %d of %d are shown. The CSV has them all.", mostShown, len(items))
	}
	return t
}

func (l linker) id(name string) string { return name + "-" + l.collection.Code }

func (l linker) unapproved(c area.CollectionQuality, terms term.Pack) qualityTable {
	columns := []ui.Column{{Text: term.Sentence(terms.Label(term.Network).Short.Of(1))}, {Text: "Period"}, {Text: "Complete", Numeric: true}, {Text: "Next"}}
	return tableOf(l.id("unapproved"), "Due and not approved", "All figures that are due are approved.", columns, c.Unapproved, func(u area.Unapproved) []ui.Cell {
		step := ui.Action{Text: "See the returns", Hidden: "of " + u.Period.Label(), Href: statusPath(l.programme, l.collection, u.Period)}
		if u.MayApprove {
			step = ui.Action{Text: "Approve", Hidden: u.MemberName + ", " + u.Period.Label(), Href: memberPath(l.programme, l.collection, u.Period, u.MemberCode) + "/approve"}
		}
		return []ui.Cell{{Text: u.MemberName}, {Text: u.Period.Label()}, {Text: fmt.Sprintf("%d of %d", u.Count.Complete, u.Count.Expected)}, {Content: nextSteps([]ui.Action{step})}}
	})
}

func (l linker) restated(c area.CollectionQuality, terms term.Pack) qualityTable {
	columns := []ui.Column{
		{Text: term.Sentence(terms.Label(term.Network).Short.Of(1))}, {Text: "Period"}, {Text: "Values corrected", Numeric: true},
		{Text: "After approval", Numeric: true}, {Text: "Effect on the rate, in points", Numeric: true}, {Text: "Next"},
	}
	return tableOf(l.id("restated"), "Restatements", "No value was corrected.", columns, c.Restated, func(s area.RestatedPeriod) []ui.Cell {
		return []ui.Cell{
			{Text: s.Member.Name}, {Text: s.Period.Label()}, {Text: strconv.Itoa(s.Cells)}, {Text: strconv.Itoa(s.AfterApproval)},
			{Text: fmt.Sprintf("%s (%+d of %d)", points(s.Points()), s.Adopted, s.Eligible)},
			{Content: nextSteps([]ui.Action{{Text: "See the rates", Hidden: "of " + s.Member.Name, Href: programmePath(l.programme) + "/members/" + s.Member.Code}})},
		}
	})
}

// siteCells begin a row about a site.
func siteCells(l linker, o area.SiteOf) []ui.Cell {
	return []ui.Cell{{Text: o.SiteName, Href: programmePath(l.programme) + "/sites/" + o.SiteCode}, {Text: o.MemberName}}
}

func siteColumns(terms term.Pack, more ...ui.Column) []ui.Column {
	return append([]ui.Column{
		{Text: term.Sentence(terms.Label(term.Site).Full.Of(1))}, {Text: term.Sentence(terms.Label(term.Network).Short.Of(1))},
	}, more...)
}

func (l linker) fill(p period.Period, o area.SiteOf) ui.Cell {
	return ui.Cell{Content: nextSteps([]ui.Action{{Text: "Figures", Hidden: "of " + o.SiteName, Href: l.siteForm(p, o.SiteCode)}})}
}

func (l linker) neverCame(c area.CollectionQuality, terms term.Pack) qualityTable {
	columns := siteColumns(terms, ui.Column{Text: "Periods asked", Numeric: true}, ui.Column{Text: "Why"}, ui.Column{Text: "Next"})
	return tableOf(l.id("never"), "Never reported", "Each one asked twice or more has sent something.", columns, c.NeverCame, func(n area.NeverCame) []ui.Cell {
		return append(siteCells(l, n.SiteOf), ui.Cell{Text: strconv.Itoa(n.Periods)}, ui.Cell{Text: orDash(n.Why)}, l.fill(n.Last, n.SiteOf))
	})
}

func (l linker) fallen(c area.CollectionQuality, terms term.Pack) qualityTable {
	columns := siteColumns(terms, ui.Column{Text: "Measure"}, ui.Column{Text: "From", Numeric: true}, ui.Column{Text: "To", Numeric: true}, ui.Column{Text: "Next"})
	heading := "Levels that fell"
	if len(c.Fallen) > 0 {
		heading += " in " + c.Fallen[0].Period.Label()
	}
	return tableOf(l.id("fallen"), heading, "No level fell in the last period.", columns, c.Fallen, func(f area.Fallen) []ui.Cell {
		return append(siteCells(l, f.SiteOf), ui.Cell{Text: f.Measure}, ui.Cell{Text: strconv.FormatInt(f.From, 10)}, ui.Cell{Text: strconv.FormatInt(f.To, 10)}, l.fill(f.Period, f.SiteOf))
	})
}

func (l linker) constant(c area.CollectionQuality, terms term.Pack) qualityTable {
	columns := siteColumns(terms, ui.Column{Text: "Measure"}, ui.Column{Text: "Value", Numeric: true}, ui.Column{Text: "Periods", Numeric: true}, ui.Column{Text: "Next"})
	return tableOf(l.id("constant"), "Counts that never change", "No count was the same in four periods or more.", columns, c.Constant, func(k area.Constant) []ui.Cell {
		return append(siteCells(l, k.SiteOf), ui.Cell{Text: k.Measure}, ui.Cell{Text: strconv.FormatInt(k.Value, 10)}, ui.Cell{Text: strconv.Itoa(k.Periods)}, l.fill(k.Last, k.SiteOf))
	})
}

// downloadQuality has a row for each thing on the page, in long form: what it
// is, of which member and site, in which period, with one value or two.
func (p pages) downloadQuality(r *shell.Request) error {
	quality, err := p.adoption.DataQuality(r.Context(), r.Actor, r.PathValue("programme"))
	if err != nil {
		return err
	}
	sheet := exchange.Sheet{Columns: []string{
		"programme", "collection", "finding", "network", "site_code", "site", "period", "measure", "value", "of", "after_approval", "why", "as_at",
	}}
	for _, c := range quality.Collections {
		add := func(finding string, o area.SiteOf, at, measure string, value, of, approved any, why string) {
			sheet.Rows = append(sheet.Rows, []any{
				quality.Programme.Code, c.Collection.Code, finding, o.MemberName, o.SiteCode, o.SiteName, at, measure, value, of, approved, why, quality.AsOf,
			})
		}
		addMembers(c, add)
		addSites(c, add)
	}
	return download(r, quality.Programme.Code+"-quality.csv", sheet)
}

type addRow func(finding string, o area.SiteOf, at, measure string, value, of, approved any, why string)

func addMembers(c area.CollectionQuality, add addRow) {
	for _, m := range c.Members {
		for i, n := range m.Counts {
			if n.Expected > 0 {
				add("complete returns", area.SiteOf{MemberName: m.Name}, c.Periods[i].Slug(), "", n.Complete, n.Expected, nil, "")
				add("returns complete on time", area.SiteOf{MemberName: m.Name}, c.Periods[i].Slug(), "", n.OnTime, n.Expected, nil, "")
			}
		}
	}
	for _, u := range c.Unapproved {
		add("due and not approved", area.SiteOf{MemberName: u.MemberName}, u.Period.Slug(), "", u.Count.Complete, u.Count.Expected, nil, "")
	}
	for _, s := range c.Restated {
		add("values corrected", area.SiteOf{MemberName: s.Member.Name}, s.Period.Slug(), "", s.Cells, nil, s.AfterApproval, "")
		add("change of adopted sites by corrections", area.SiteOf{MemberName: s.Member.Name}, s.Period.Slug(), "", s.Adopted, s.Eligible, nil, "")
	}
}

func addSites(c area.CollectionQuality, add addRow) {
	for _, n := range c.NeverCame {
		add("never reported", n.SiteOf, n.Last.Slug(), "", 0, n.Periods, nil, n.Why)
	}
	for _, f := range c.Fallen {
		add("level fell", f.SiteOf, f.Period.Slug(), f.Measure, f.To, f.From, nil, "")
	}
	for _, k := range c.Constant {
		add("count never changes", k.SiteOf, k.Last.Slug(), k.Measure, k.Value, k.Periods, nil, "")
	}
}
