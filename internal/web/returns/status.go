package returns

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	area "sir/internal/adoption"
	"sir/internal/exchange"
	"sir/internal/term"
	"sir/internal/web/measure"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// statusPage is how the returns of a programme came.
type statusPage struct {
	Sections    ui.ContentsList
	Summary     string
	Collections []statusSection
}

// statusSection is one collection at one period.
type statusSection struct {
	Heading   string
	Code      string
	Reading   string
	Filter    ui.Filter
	Periods   ui.Select
	Own       []ui.ActionLink
	Stats     ui.Stats
	Members   *ui.Table
	Owing     *ui.Table
	OwingNote string
	Downloads []ui.Link
}

// statusChoice reads which period of which collection an address asks for.
func statusChoice(r *shell.Request) (area.StatusChoice, error) {
	collection, err := r.Choice("collection")
	if err != nil {
		return area.StatusChoice{}, err
	}
	slug, err := r.Choice("period")
	if err != nil || slug == "" {
		return area.StatusChoice{Collection: collection}, err
	}
	p, err := periodNamed(slug)
	return area.StatusChoice{Collection: collection, Period: p}, err
}

func (p pages) status(r *shell.Request) (area.Status, error) {
	choice, err := statusChoice(r)
	if err != nil {
		return area.Status{}, err
	}
	return p.adoption.ReturnStatus(r.Context(), r.Actor, r.PathValue("programme"), choice)
}

func (p pages) showStatus(r *shell.Request) error {
	status, err := p.status(r)
	if err != nil {
		return err
	}
	programme := status.Programme
	page := statusPageOf(status, r.Terms)
	page.Sections = measure.Sections(r, programme.Code, len(status.Collections) == 0, measure.Returns)
	return r.Render(ui.Page{
		Title: "Returns", Caption: programme.Name, Breadcrumbs: breadcrumbs(programme),
		Flow: ui.Flow{
			From: measure.From(len(status.Collections) == 0),
			To:   []ui.Link{{Text: "Adoption in " + programme.Name, Href: programmePath(programme.Code)}},
		},
	}, page.content())
}

func statusPageOf(status area.Status, terms term.Pack) statusPage {
	page := statusPage{Summary: "As at " + ui.Date(status.AsOf) + "."}
	if len(status.Collections) == 0 {
		page.Summary = status.Programme.Name + " asks its " + terms.Label(term.Site).Full.Of(2) + " for no returns."
	}
	for _, c := range status.Collections {
		page.Collections = append(page.Collections, sectionOf(status, c, terms))
	}
	return page
}

func sectionOf(status area.Status, c area.CollectionStatus, terms term.Pack) statusSection {
	section := statusSection{Heading: c.Collection.Name, Code: c.Collection.Code}
	if c.Period.IsZero() {
		section.Reading = "No period that it asks for has ended yet."
		return section
	}
	programme := status.Programme.Code
	section.Heading += ", " + c.Period.Label()
	section.Reading = sectionReading(c, terms)
	section.Filter = ui.Filter{Action: returnsPath(programme), Label: "Choose a period of " + c.Collection.Name}
	section.Periods = ui.Select{ID: "period-" + c.Collection.Code, Name: "period", Label: "Period", Value: c.Period.Slug()}
	for _, p := range c.Periods {
		section.Periods.Options = append(section.Periods.Options, ui.SelectOption{Value: p.Slug(), Text: p.Long()})
	}
	for _, own := range c.Own {
		if own.MayEnter {
			section.Own = append(section.Own, ui.ActionLink{
				Text: ownWords(own), Href: partPath(programme, c.Collection, c.Period) + "/sites/" + own.SiteCode,
			})
		}
	}
	if mayEnter(c) {
		section.Own = append(section.Own, ui.ActionLink{Text: "Upload a file of returns", Href: uploadsPath(programme, c.Collection)})
	}
	section.Stats = statsOf(c.Total)
	if status.MembersOpen {
		table := membersTable(programme, c, terms)
		section.Members = &table
	}
	section.addOwing(programme, c, terms)
	query := "?collection=" + c.Collection.Code + "&period=" + c.Period.Slug()
	section.Downloads = append(section.Downloads, ui.Link{Text: "How returns came (CSV)", Href: programmePath(programme) + "/returns.csv" + query})
	if section.Owing != nil {
		section.Downloads = append(section.Downloads, ui.Link{Text: "Missing and late returns (CSV)", Href: programmePath(programme) + "/owing.csv" + query})
	}
	return section
}

// mayEnter tells whether the reader may send figures for anything shown.
func mayEnter(c area.CollectionStatus) bool {
	return slices.ContainsFunc(c.Members, func(m area.MemberStatus) bool { return m.MayEnter }) ||
		slices.ContainsFunc(c.Own, func(o area.OwnReturn) bool { return o.MayEnter })
}

func sectionReading(c area.CollectionStatus, terms term.Pack) string {
	sites := terms.Label(term.Site).Full
	if c.Total.Expected == 0 {
		return "No " + sites.Of(1) + " is on the list of " + c.Period.Long() + "."
	}
	return fmt.Sprintf("%s. Returns were due by %s. A return is complete once every required value is there, and on time where that was by the due date. Each share is of the %d %s expected.",
		c.Period.Long(), ui.Date(c.DueOn), c.Total.Expected, sites.Of(c.Total.Expected))
}

func ownWords(own area.OwnReturn) string {
	switch {
	case own.SubmittedOn == "":
		return "Send the return of " + own.SiteName
	case own.CompleteOn == "":
		return "Complete the return of " + own.SiteName
	}
	return "See or change the return of " + own.SiteName
}

func statsOf(n area.ReturnCount) ui.Stats {
	if n.Expected == 0 {
		return ui.Stats{}
	}
	of := fmt.Sprintf("of %d", n.Expected)
	return ui.Stats{Items: []ui.Stat{
		{Value: strconv.Itoa(n.Expected), Label: "Expected"},
		{Value: percentOf(n.Received, n.Expected), Label: "Received", Note: fmt.Sprintf("%d %s", n.Received, of)},
		{Value: percentOf(n.Complete, n.Expected), Label: "Complete", Note: fmt.Sprintf("%d %s", n.Complete, of)},
		{Value: percentOf(n.OnTime, n.Expected), Label: "On time", Note: fmt.Sprintf("%d %s", n.OnTime, of)},
	}}
}

func membersTable(programme string, c area.CollectionStatus, terms term.Pack) ui.Table {
	member := terms.Label(term.Network)
	table := ui.Table{
		ID: "members-" + c.Collection.Code, Caption: "Returns by " + member.Full.Of(1) + ", " + c.Period.Label(), CaptionSize: ui.SizeM,
		RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{
			{Text: term.Sentence(member.Short.Of(1))}, {Text: "Expected", Numeric: true}, {Text: "Received", Numeric: true},
			{Text: "Complete", Numeric: true}, {Text: "On time", Numeric: true}, {Text: "Approved"}, {Text: "Next"},
		},
	}
	for _, m := range c.Members {
		table.Rows = append(table.Rows, []ui.Cell{
			{Text: m.Name}, {Text: strconv.Itoa(m.Count.Expected)},
			{Text: shareWords(m.Count.Received, m.Count.Expected)}, {Text: shareWords(m.Count.Complete, m.Count.Expected)},
			{Text: shareWords(m.Count.OnTime, m.Count.Expected)}, {Text: approvalWords(m.Approval)},
			{Content: nextSteps(stepsFor(programme, c, m))},
		})
	}
	return table
}

// stepsFor are what the reader may do next with a member's figures.
func stepsFor(programme string, c area.CollectionStatus, m area.MemberStatus) []ui.Action {
	path := memberPath(programme, c.Collection, c.Period, m.Code)
	var steps []ui.Action
	if m.MayEnter {
		words := "Enter"
		if m.Approval != nil {
			words = "Restate"
		}
		steps = append(steps, ui.Action{Text: words, Hidden: "figures of " + m.Name, Href: path})
	}
	if m.MayApprove {
		steps = append(steps, ui.Action{Text: "Approve", Hidden: "figures of " + m.Name, Href: path + "/approve"})
	}
	if m.MayReopen {
		steps = append(steps, ui.Action{Text: "Open again", Hidden: "figures of " + m.Name, Href: path + "/reopen"})
	}
	return steps
}

func (s *statusSection) addOwing(programme string, c area.CollectionStatus, terms term.Pack) {
	if len(c.Members) == 0 && len(c.Own) == 0 || c.Total.Expected == 0 {
		return
	}
	if len(c.Owing) == 0 {
		s.OwingNote = "Of the " + terms.Label(term.Site).Full.Of(2) + " that you may see, none is missing or late."
		return
	}
	table := owingTable(programme, "owing-"+c.Collection.Code, "Missing and late returns, "+c.Period.Label(), c.Owing, terms)
	s.Owing = &table
}

func owingTable(programme, id, caption string, owing []area.Owing, terms term.Pack) ui.Table {
	table := ui.Table{
		ID: id, Caption: caption, CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{
			{Text: term.Sentence(terms.Label(term.Site).Full.Of(1))}, {Text: term.Sentence(terms.Label(term.Network).Short.Of(1))}, {Text: "Return"},
			{Text: "Days late", Numeric: true}, {Text: "Why"}, {Text: "Sent last before"}, {Text: "Whom to ask"},
		},
	}
	for _, o := range owing {
		table.Rows = append(table.Rows, []ui.Cell{
			{Text: o.SiteName, Href: programmePath(programme) + "/sites/" + o.SiteCode}, {Text: o.MemberName}, {Text: stateOf(o)},
			{Text: strconv.Itoa(o.DaysLate)}, {Text: orDash(o.WhyMissing)}, {Text: lastSent(o)}, {Text: orDash(strings.Join(o.Champions, ", "))},
		})
	}
	return table
}

// chosen is what a file holds: the collection that its address names, or all.
func (p pages) chosen(r *shell.Request) (area.Status, error) {
	status, err := p.status(r)
	if code := r.URL.Query().Get("collection"); code != "" {
		status.Collections = slices.DeleteFunc(status.Collections, func(c area.CollectionStatus) bool { return c.Collection.Code != code })
	}
	return status, err
}

func (p pages) downloadStatus(r *shell.Request) error {
	status, err := p.chosen(r)
	if err != nil {
		return err
	}
	sheet := exchange.Sheet{Columns: []string{
		"programme", "collection", "period", "due_on", "network", "expected", "received", "complete", "on_time", "approved_on", "approved_by", "as_at",
	}}
	for _, c := range status.Collections {
		for _, m := range c.Members {
			cells := statusCells(status, c, m.Name, m.Count)
			if m.Approval != nil {
				cells[9], cells[10] = m.Approval.ApprovedAt.UTC().Format("2006-01-02"), m.Approval.ApprovedBy
			}
			sheet.Rows = append(sheet.Rows, cells)
		}
		sheet.Rows = append(sheet.Rows, statusCells(status, c, "Total", c.Total))
	}
	return download(r, status.Programme.Code+"-returns.csv", sheet)
}

func statusCells(status area.Status, c area.CollectionStatus, name string, n area.ReturnCount) []any {
	return []any{
		status.Programme.Code, c.Collection.Code, c.Period.Slug(), c.DueOn, name, n.Expected, n.Received, n.Complete, n.OnTime, nil, nil, status.AsOf,
	}
}

func (p pages) downloadOwing(r *shell.Request) error {
	status, err := p.chosen(r)
	if err != nil {
		return err
	}
	sheet := exchange.Sheet{Columns: []string{
		"programme", "collection", "period", "due_on", "network", "site_code", "site", "return", "submitted_on", "complete_on", "days_late",
		"why_missing", "last_period_sent", "last_sent_on", "last_sent_by", "whom_to_ask", "as_at",
	}}
	for _, c := range status.Collections {
		for _, o := range c.Owing {
			last := ""
			if !o.LastPeriod.IsZero() {
				last = o.LastPeriod.Slug()
			}
			sheet.Rows = append(sheet.Rows, []any{
				status.Programme.Code, c.Collection.Code, c.Period.Slug(), c.DueOn, o.MemberName, o.SiteCode, o.SiteName, strings.ToLower(stateOf(o)),
				o.SubmittedOn, o.CompleteOn, o.DaysLate, o.WhyMissing, last, o.LastSentOn, o.LastSentBy, strings.Join(o.Champions, "; "), status.AsOf,
			})
		}
	}
	return download(r, status.Programme.Code+"-owing.csv", sheet)
}

// download sends a sheet as CSV.
func download(r *shell.Request, name string, sheet exchange.Sheet) error {
	var content bytes.Buffer
	if err := sheet.Write(&content, exchange.CSV); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return r.Download(name, "text/csv; charset=utf-8", content.Bytes())
}
