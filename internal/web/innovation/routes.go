// Package innovation has the pages of innovations: the record, its evidence,
// what is said about it, how ready it is, and what panels decided.
package innovation

import (
	"slices"

	area "sir/internal/innovation"
	"sir/internal/policy"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

type pages struct{ innovations *area.Service }

// The patterns of the addresses.
const (
	listPath = ui.PlanPath + "/innovations"
	pattern  = listPath + "/{innovation}"
)

// Routes answers the routes of this package.
func Routes(innovations *area.Service) []shell.Route {
	p := pages{innovations}
	return []shell.Route{
		{Method: "GET", Pattern: listPath, Action: policy.ViewInnovations, Serve: p.showList},
		{Method: "GET", Pattern: listPath + "/add", Action: policy.AddInnovation, Serve: p.showAdd},
		{Method: "POST", Pattern: listPath + "/add", Action: policy.AddInnovation, Serve: p.add},
		{Method: "GET", Pattern: pattern, Action: policy.ViewInnovations, Serve: p.show},
		{Method: "GET", Pattern: pattern + "/edit", Action: policy.ChangeInnovation, Serve: p.showEdit},
		{Method: "POST", Pattern: pattern + "/edit", Action: policy.ChangeInnovation, Serve: p.edit},
		{Method: "GET", Pattern: pattern + "/evidence", Action: policy.ViewInnovations, Serve: p.showEvidence},
		{Method: "GET", Pattern: pattern + "/evidence/add", Action: policy.ChangeInnovation, Serve: p.showAddEvidence},
		{Method: "POST", Pattern: pattern + "/evidence/add", Action: policy.ChangeInnovation, Serve: p.addEvidence},
		{Method: "GET", Pattern: pattern + "/evidence/{evidence}", Action: policy.ChangeInnovation, Serve: p.showEditEvidence},
		{Method: "POST", Pattern: pattern + "/evidence/{evidence}", Action: policy.ChangeInnovation, Serve: p.editEvidence},
		{Method: "GET", Pattern: pattern + "/narratives", Action: policy.ViewInnovations, Serve: p.showNarratives},
		{Method: "GET", Pattern: pattern + "/narratives/add", Action: policy.WriteNarratives, Serve: p.showAddNarrative},
		{Method: "POST", Pattern: pattern + "/narratives/add", Action: policy.WriteNarratives, Serve: p.writeNarrative},
		{Method: "GET", Pattern: pattern + "/narratives/{narrative}", Action: policy.ViewInnovations, Serve: p.showNarrative},
		{Method: "GET", Pattern: pattern + "/narratives/{narrative}/edit", Action: policy.WriteNarratives, Serve: p.showEditNarrative},
		{Method: "POST", Pattern: pattern + "/narratives/{narrative}/edit", Action: policy.WriteNarratives, Serve: p.writeNarrative},
		{Method: "GET", Pattern: pattern + "/readiness", Action: policy.ViewInnovations, Serve: p.showReadiness},
		{Method: "GET", Pattern: pattern + "/readiness.csv", Action: policy.ViewInnovations, Serve: p.downloadReadiness},
		{Method: "GET", Pattern: pattern + "/readiness/{question}", Action: policy.ChangeInnovation, Serve: p.showAnswer},
		{Method: "POST", Pattern: pattern + "/readiness/{question}", Action: policy.ChangeInnovation, Serve: p.answerQuestion},
		{Method: "GET", Pattern: pattern + "/panel", Action: policy.ViewJudgement, Serve: p.showPanels},
		{Method: "GET", Pattern: pattern + "/panel/add", Action: policy.RecordPanel, Serve: p.showAddPanel},
		{Method: "POST", Pattern: pattern + "/panel/add", Action: policy.RecordPanel, Serve: p.recordPanel},
	}
}

// section is one view of an innovation, by the end of its address.
type section string

const (
	record     section = ""
	evidence   section = "/evidence"
	narratives section = "/narratives"
	readiness  section = "/readiness"
	panels     section = "/panel"
)

type view struct {
	section section
	text    string
	action  policy.Action
}

var sections = []view{
	{record, "Record", policy.ViewInnovations},
	{evidence, "Evidence", policy.ViewInnovations},
	{narratives, "What is said", policy.ViewInnovations},
	{readiness, "Readiness", policy.ViewInnovations},
	{panels, "Decision panel", policy.ViewJudgement},
}

func (s section) path(code string) string { return listPath + "/" + code + string(s) }

// sectionsOf lists the views of an innovation that the reader has, with the
// current one marked.
func sectionsOf(r *shell.Request, code string, current section) ui.ContentsList {
	list := ui.ContentsList{Label: "Views of this innovation", Inline: true}
	for _, s := range sections {
		if !policy.Can(r.Actor, s.action) {
			continue
		}
		item := ui.NavItem{Text: s.text, Href: s.section.path(code)}
		if s.section == current {
			item.Current = ui.CurrentPage
		}
		list.Items = append(list.Items, item)
	}
	return list
}

// breadcrumbs lead to the list and, within an innovation, to its record.
func breadcrumbs(within ...area.Innovation) []ui.Link {
	links := []ui.Link{{Text: "Start", Href: "/"}, {Text: "Plan", Href: ui.PlanPath}, {Text: "Innovations", Href: listPath}}
	for _, i := range within {
		links = append(links, ui.Link{Text: i.Name, Href: record.path(i.Code)})
	}
	return links
}

// within is breadcrumbs for a page below a section.
func within(i area.Innovation, s section) []ui.Link {
	at := slices.IndexFunc(sections, func(one view) bool { return one.section == s })
	return append(breadcrumbs(i), ui.Link{Text: sections[at].text, Href: s.path(i.Code)})
}

func code(r *shell.Request) string { return r.PathValue("innovation") }

// stepOf answers which button sent a form, and for which version.
func stepOf(r *shell.Request) (step string, seen int64, err error) {
	if step, err = r.Field("step"); err != nil {
		return "", 0, err
	}
	seen, err = r.Version()
	return step, seen, err
}
