package innovation

import (
	"net/http"

	"github.com/a-h/templ"

	area "sir/internal/innovation"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// panelPage is what panels decided on an innovation.
type panelPage struct {
	Sections ui.ContentsList
	Reading  string
	Cautions []string        // on the newest decision
	Gaps     []ui.SummaryRow // as at today
	AsAt     string
	Record   *ui.Button
	Panels   []panelCard // the newest first
}

type panelCard struct {
	Heading  string
	Decision ui.Tag
	Facts    []ui.SummaryRow
}

var decisionTags = map[string]ui.Tag{
	"approve": {Text: "Approved", Colour: ui.TagGreen},
	"hold":    {Text: "On hold", Colour: ui.TagYellow},
	"decline": {Text: "Declined", Colour: ui.TagGrey},
}

func (p pages) showPanels(r *shell.Request) error {
	v, err := p.innovations.Panels(r.Context(), r.Actor, code(r))
	if err != nil {
		return err
	}
	page := panelPage{Sections: sectionsOf(r, v.Code, panels), Reading: panelsInWords(v), Gaps: gapRows(v.Gaps), AsAt: ui.Date(v.Today)}
	for i, one := range v.Panels {
		if i == 0 {
			page.Cautions = one.Cautions(v.Items)
		}
		page.Panels = append(page.Panels, panelCard{"Panel of " + ui.Date(one.DecidedOn), decisionTags[one.Decision], panelFacts(one)})
	}
	if v.MayRecord {
		page.Record = &ui.Button{Text: "Record a decision", Href: panels.path(v.Code) + "/add"}
	}
	return r.Render(ui.Page{Title: "Decision panel", Caption: v.Name, Breadcrumbs: breadcrumbs(v.Innovation)}, page.content())
}

func panelsInWords(v area.PanelsView) string {
	if len(v.Panels) == 0 {
		return "No panel has decided yet. A panel asks whether an innovation is credible, and whether it is feasible to spread."
	}
	return "The newest decision counts. Earlier ones stay as they were. To put one right, record another."
}

func panelFacts(p area.Panel) []ui.SummaryRow {
	return []ui.SummaryRow{
		{Key: "Reasons", Content: paragraphs(p.Reasons)},
		{Key: "Credible?", Content: paragraphs(term.Sentence(p.Credible) + "\n" + p.CredibleWhy)},
		{Key: "Feasible to spread?", Content: paragraphs(term.Sentence(p.Feasible) + "\n" + p.FeasibleWhy)},
		{Key: "Who sat", Value: p.Sat},
		{Key: "Recorded", Value: "On " + p.RecordedAt.UTC().Format("2 January 2006") + " by: " + p.RecordedBy},
	}
}

// typedPanel is a decision as it was typed.
type typedPanel struct {
	area.Panel
	decided ui.TypedDate
}

func readPanel(r *shell.Request) (in typedPanel, err error) {
	to := map[string]*string{
		"sat": &in.Sat, "credible": &in.Credible, "credible-why": &in.CredibleWhy, "feasible": &in.Feasible, "feasible-why": &in.FeasibleWhy,
		"decision": &in.Decision, "reasons": &in.Reasons,
	}
	in.decided.ReadTo(to, "decided-on")
	err = r.Fields(to)
	in.DecidedOn = in.decided.ISO()
	return in, err
}

func panelForm(in typedPanel, wrong ui.FieldErrors) formPage {
	return formPage{Save: "Record the decision", Controls: []templ.Component{
		in.decided.Input("decided-on", "Day of the decision", "For example 31 3 2026", wrong),
		line("sat", "Who sat", "Roles, such as a medical director, a pharmacist and a patient partner. Write no names.", in.Sat, wrong),
		choose("credible", "Is it credible?", "", area.Judgements, in.Credible, wrong),
		text("credible-why", "Why it is or is not credible", privacy, in.CredibleWhy, wrong),
		choose("feasible", "Is it feasible to spread?", "", area.Judgements, in.Feasible, wrong),
		text("feasible-why", "Why it is or is not feasible", "", in.FeasibleWhy, wrong),
		choose("decision", "Decision", "", area.PanelDecisions, in.Decision, wrong),
		text("reasons", "Reasons", "For a hold, also what the panel wants to see before it decides.", in.Reasons, wrong),
	}}
}

func (p pages) showAddPanel(r *shell.Request) error {
	return p.renderPanel(r, http.StatusOK, typedPanel{}, nil)
}

func (p pages) renderPanel(r *shell.Request, status int, in typedPanel, wrong ui.FieldErrors) error {
	v, err := p.innovations.Judging(r.Context(), r.Actor, code(r))
	if err != nil {
		return err
	}
	page := panelForm(in, wrong)
	page.Aside = gapsAside(gapRows(v.Gaps), ui.Date(v.Today))
	page.Action, page.Intro = panels.path(v.Code)+"/add", evidenceInWords(v.EvidenceView)+" "+gapsInWords(v.Items)
	return r.RenderStatus(status, ui.Page{
		Title: "Record a decision", Caption: v.Name, Breadcrumbs: within(v.Innovation, panels), Errors: wrong,
	}, page.content())
}

func (p pages) recordPanel(r *shell.Request) error {
	in, err := readPanel(r)
	if err != nil {
		return err
	}
	err = p.innovations.RecordPanel(r.Context(), r.Actor, code(r), in.Panel)
	return r.Finish(err, panels.path(code(r)), "The decision was recorded.", func(status int, _ bool, wrong ui.FieldErrors) error {
		return p.renderPanel(r, status, in, wrong)
	})
}
