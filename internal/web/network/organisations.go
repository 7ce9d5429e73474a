package network

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"sir/internal/exchange"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// OrganisationsPath is the address of the organisations. One of them is at
// its code below.
const OrganisationsPath = "/organisations"

// organisationsPage is one page of the list.
type organisationsPage struct {
	List      network.OrganisationList
	Words     kindWords
	MayImport bool
	Fields    []ui.Input
	Kind      ui.Select
	Table     ui.Table
	Pages     *ui.Pagination
}

func (o organisations) list(r *shell.Request) error {
	filter, err := filterOf(r)
	if err != nil {
		return err
	}
	list, err := o.network.Organisations(r.Context(), r.Actor, filter)
	if err != nil {
		return err
	}
	words := kindWordsOf(r.Terms)
	view := organisationsPage{
		List: list, Words: words, MayImport: policy.Can(r.Actor, policy.ImportOrganisations),
		Fields: []ui.Input{
			{Name: "q", ID: "organisation-words", Label: "Name or code", Value: filter.Words},
			{Name: "on", Label: "As at", Hint: "For example, 2024-04-01", Value: filter.On, Width: 10},
		},
		Kind:  words.choice(string(filter.Kind), "Any kind"),
		Table: organisationTable(list, words),
	}
	if list.Pages > 1 {
		pages := ui.Pages(list.Filter.Page, list.Pages, func(page int) string { return address(list.Filter, page) })
		view.Pages = &pages
	}
	return r.Render(ui.Page{
		Title: "Organisations", Lede: "Sites, the organisations that run them, and the areas that they lie in, as they were on a day.",
		Breadcrumbs: []ui.Link{start, {Text: "Members", Href: Path}},
		Flow:        ui.Flow{To: []ui.Link{{Text: "Rollouts by member", Href: ui.DoPath}, {Text: "Adoption", Href: ui.MeasurePath}}},
	}, view.content())
}

// filterOf reads the filter from the address. A date may be written as in an
// import.
func filterOf(r *shell.Request) (network.OrganisationFilter, error) {
	var f network.OrganisationFilter
	var kind, page, codes string
	for name, into := range map[string]*string{"q": &f.Words, "kind": &kind, "on": &f.On, "in": &f.In, "page": &page, "codes": &codes} {
		var err error
		if *into, err = r.Choice(name); err != nil {
			return f, err
		}
	}
	f.Kind, f.On = network.UnitKind(kind), isoDate(f.On)
	f.Codes = strings.FieldsFunc(codes, func(c rune) bool { return c == ',' })
	f.Page, _ = strconv.Atoi(page) // what is no number is the first page
	return f, nil
}

// isoDate is a date as ISO where it can be read, or what was written.
func isoDate(text string) string {
	if day, err := exchange.ParseDate(text); err == nil {
		return day.Format(time.DateOnly)
	}
	return text
}

// address is that of a page of a list.
func address(f network.OrganisationFilter, page int) string {
	query := queryOf(f)
	if page > 1 {
		query.Set("page", strconv.Itoa(page))
	}
	return withQuery(OrganisationsPath, query)
}

func queryOf(f network.OrganisationFilter) url.Values {
	query := url.Values{}
	for name, value := range map[string]string{"q": f.Words, "kind": string(f.Kind), "on": f.On, "in": f.In, "codes": strings.Join(f.Codes, ",")} {
		if value != "" {
			query.Set(name, value)
		}
	}
	return query
}

func withQuery(path string, query url.Values) string {
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

func organisationPath(code string) string { return OrganisationsPath + "/" + url.PathEscape(code) }

func organisationTable(list network.OrganisationList, words kindWords) ui.Table {
	t := ui.Table{
		ID: "organisations", Caption: "Organisations as at " + ui.Date(list.Filter.On), CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true,
		Columns: []ui.Column{{Text: "Name"}, {Text: "Code"}, {Text: "Kind"}, {Text: "Belongs to"}},
	}
	for _, r := range list.Rows {
		t.Rows = append(t.Rows, []ui.Cell{
			{Text: r.Name, Href: organisationPath(r.Code)}, {Text: r.Code}, {Text: term.Sentence(words.one(r.Kind))}, {Text: belongsWords(r, list.Filter.On)},
		})
	}
	return t
}

// belongsWords is what a row belongs to on a day, or that it had closed by then.
func belongsWords(r network.OrganisationRow, on string) string {
	if r.ValidTo != "" && r.ValidTo <= on {
		return "Closed on " + ui.Date(r.ValidTo)
	}
	return or(above(r.Above), "Nothing")
}

func above(units []network.UnitRef) string {
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = u.Name
	}
	return strings.Join(names, "; ")
}

func (o organisations) download(r *shell.Request) error {
	filter, err := filterOf(r)
	if err != nil {
		return err
	}
	filter.All = true
	list, err := o.network.Organisations(r.Context(), r.Actor, filter)
	if err != nil {
		return err
	}
	var content bytes.Buffer
	if err := (exchange.Sheet{Columns: list.Columns(), Rows: list.Cells()}).Write(&content, exchange.CSV); err != nil {
		return fmt.Errorf("write organisations: %w", err)
	}
	return r.Download("organisations.csv", "text/csv; charset=utf-8", content.Bytes())
}

// kindWords are what the kinds are called where the service runs.
type kindWords map[network.UnitKind]term.Form

func kindWordsOf(pack term.Pack) kindWords {
	return kindWords{
		network.SiteKind: pack.Label(term.Site).Full, network.OrganisationUnit: {Singular: "organisation", Plural: "organisations"},
		network.GroupUnit:        {Singular: "group of organisations", Plural: "groups of organisations"},
		network.CommissionerUnit: pack.Label(term.Commissioner).Full, network.RegionUnit: pack.Label(term.Region).Full,
		network.MemberUnit: pack.Label(term.Network).Full,
	}
}

func (w kindWords) one(kind network.UnitKind) string { return w[kind].Singular }

// choice lists the kinds for a form.
func (w kindWords) choice(value, none string) ui.Select {
	s := ui.Select{Name: "kind", Label: "Kind", Value: value, Options: []ui.SelectOption{{Text: none}}}
	for _, kind := range network.OrganisationKinds {
		s.Options = append(s.Options, ui.SelectOption{Value: string(kind), Text: term.Sentence(w.one(kind))})
	}
	if !slices.ContainsFunc(s.Options, func(o ui.SelectOption) bool { return o.Value == value }) {
		s.Value = ""
	}
	return s
}

// found says how many there are.
func (p organisationsPage) found() string {
	text := fmt.Sprintf("%d found", p.List.Total)
	if p.List.Total == 1 {
		text = "1 found"
	}
	if p.List.Within != nil {
		text += " in " + p.List.Within.Name
	}
	switch codes := p.List.Filter.Codes; {
	case len(codes) > 3:
		text += fmt.Sprintf(" of %d codes", len(codes))
	case len(codes) > 0:
		text += " with the code " + strings.Join(codes, " or ")
	}
	return text
}
