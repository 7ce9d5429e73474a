package network

import (
	"fmt"
	"net/url"
	"time"

	"sir/internal/network"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// organisationPage is a site or a unit over time.
type organisationPage struct {
	View    network.OrganisationView
	Facts   ui.SummaryList
	Fates   []fate
	History ui.Table
	Below   []ui.Link
	DayForm bool
}

// fate is what became of an organisation, in words that end in a link.
type fate struct {
	Words, Reason string
	Link          ui.Link
}

func (o organisations) show(r *shell.Request) error {
	on, err := r.Choice("on")
	if err != nil {
		return err
	}
	view, err := o.network.Organisation(r.Context(), r.Actor, r.PathValue("code"), isoDate(on))
	if err != nil {
		return err
	}
	words := kindWordsOf(r.Terms)
	page := organisationPage{
		View: view, Facts: factsOf(view, words), History: historyTable(view, words), Below: below(view, words),
		DayForm: view.Kind != network.SiteKind,
	}
	for _, f := range view.Fates {
		page.Fates = append(page.Fates, fateOf(f))
	}
	flow := ui.Flow{}
	if flow.To, err = o.adoptionOf(r, view); err != nil {
		return err
	}
	if view.Kind == network.MemberUnit {
		flow.From = []ui.Link{{Text: "Members", Href: Path + "#" + view.Code}}
	}
	return r.Render(ui.Page{
		Title: view.Name, Caption: term.Sentence(words.one(view.Kind)) + " " + view.Code, Flow: flow,
		Breadcrumbs: []ui.Link{start, {Text: "Members", Href: Path}, {Text: "Organisations", Href: OrganisationsPath}},
	}, page.content())
}

// adoptionOf leads to the adoption of a site or a unit in each programme in
// which the reader may see it, or to all programmes.
func (o organisations) adoptionOf(r *shell.Request, view network.OrganisationView) ([]ui.Link, error) {
	programmes, err := o.adoption.CountedIn(r.Context(), r.Actor, view.Kind, view.Code)
	if err != nil {
		return nil, err
	}
	folder := "/units/"
	switch view.Kind {
	case network.MemberUnit:
		folder = "/members/"
	case network.SiteKind:
		folder = "/sites/"
	}
	var links []ui.Link
	for _, p := range programmes {
		links = append(links, ui.Link{Text: "Its adoption in " + p.Name, Href: ui.MeasurePath + "/" + p.Code + folder + url.PathEscape(view.Code)})
	}
	if links == nil {
		links = []ui.Link{{Text: "Adoption", Href: ui.MeasurePath}}
	}
	return links, nil
}

func factsOf(v network.OrganisationView, words kindWords) ui.SummaryList {
	var list ui.SummaryList
	add := func(key, value string) {
		if value != "" {
			list.Rows = append(list.Rows, ui.SummaryRow{Key: key, Value: value})
		}
	}
	add("Code", v.Code)
	add("Kind", term.Sentence(words.one(v.Kind)))
	add("Whose code", map[string]string{"ods": "Organisation Data Service", "ons": "Office for National Statistics", "own": "Our own"}[v.Scheme])
	add("Opened", ui.Date(v.ValidFrom))
	if v.ValidTo != "" {
		add("Closed", ui.Date(v.ValidTo))
	}
	add("Size band", term.Sentence(v.Site.SizeBand))
	if v.Site.DeprivationFifth > 0 {
		add("Deprivation fifth", fmt.Sprintf("%d of 5 (1 is most deprived)", v.Site.DeprivationFifth))
	}
	add("Setting", term.Sentence(v.Site.Setting))
	for _, a := range v.Attributes {
		add(term.Sentence(a.Name), a.Value)
	}
	for _, n := range v.Names {
		add("Name until "+ui.Date(dayBefore(n.HeldTo)), n.Name)
	}
	return list
}

func fateOf(f network.Fate) fate {
	out := fate{Reason: f.Reason}
	if f.Code != "" {
		out.Link = ui.Link{Text: f.Name, Href: organisationPath(f.Code)}
	}
	on := "On " + ui.Date(f.On)
	switch {
	case f.Past && f.Kind == network.Merger:
		out.Words = on + ", this became part of it: "
	case f.Past:
		out.Words = on + ", it took over a part of: "
	case f.Kind == network.Merger:
		out.Words = on + " it merged into: "
	case f.Kind == network.Split:
		out.Words = on + " a part of it went to: "
	default:
		out.Words = on + " it closed."
	}
	return out
}

// historyTable has a row for each stretch of time and a column for each kind
// that occurs.
func historyTable(v network.OrganisationView, words kindWords) ui.Table {
	t := ui.Table{
		ID: "history", Caption: "What it belonged to over time", CaptionSize: ui.SizeM, Responsive: true,
		Columns: []ui.Column{{Text: "From"}, {Text: "To"}},
	}
	var kinds []network.UnitKind
	for _, kind := range network.UnitKinds {
		for _, b := range v.History {
			if _, ok := in(b, kind); ok {
				kinds = append(kinds, kind)
				t.Columns = append(t.Columns, ui.Column{Text: term.Sentence(words.one(kind))})
				break
			}
		}
	}
	for _, b := range v.History {
		row := []ui.Cell{{Text: ui.Date(b.From)}, {Text: "Now"}}
		if b.To != "" {
			row[1].Text = ui.Date(dayBefore(b.To))
		}
		for _, kind := range kinds {
			cell := ui.Cell{Text: "None"}
			if u, ok := in(b, kind); ok {
				cell = ui.Cell{Text: u.Name, Href: organisationPath(u.Code)}
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func in(b network.Belonged, kind network.UnitKind) (network.UnitRef, bool) {
	return network.OrganisationRow{Above: b.Units}.In(kind)
}

// below leads to lists of what belonged to a unit on the day.
func below(v network.OrganisationView, words kindWords) []ui.Link {
	var links []ui.Link
	for _, kind := range network.OrganisationKinds {
		if n := v.Below[kind]; n > 0 {
			links = append(links, ui.Link{
				Text: fmt.Sprintf("%d %s", n, words[kind].Of(n)), Href: address(network.OrganisationFilter{Kind: kind, In: v.Code, On: v.On}, 1),
			})
		}
	}
	return links
}

// dayBefore is the last day of a stretch of time that ends with the ISO date.
func dayBefore(iso string) string {
	day, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return day.AddDate(0, 0, -1).Format(time.DateOnly)
}
