package lever

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	area "sir/internal/lever"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// programmePage is what levers do to a programme.
type programmePage struct {
	MadeUp       bool
	Gate         string // what to do before a start; empty where the five are checked
	Checks       ui.Table
	Findings     *ui.Table
	Others       []ui.Link // levers that can be looked at, or again
	Earlier      *ui.Table
	TimeLine     *ui.Figure
	Alerts       *ui.Table
	Endorsements *ui.Table
	Actions      []ui.Button
}

func (p pages) showProgramme(r *shell.Request) error {
	v, err := p.levers.Programme(r.Context(), r.Actor, r.PathValue("programme"))
	if err != nil {
		return err
	}
	page := programmePage{MadeUp: v.Programme.MadeUp, Gate: gate(v), Checks: checksTable(v)}
	if len(v.Effects) > 0 {
		page.Findings = findingsTable("findings", "What was found", v.Effects)
	}
	if len(v.Earlier) > 0 {
		page.Earlier = findingsTable("earlier", "Earlier findings", v.Earlier)
	}
	if page.TimeLine, err = timeLine(v, r.Terms); err != nil {
		return err
	}
	if len(v.Alerts) > 0 {
		page.Alerts = alertTable("Decisions after a change", v.Alerts, v.MayDecide)
	}
	if len(v.Endorsements) > 0 {
		page.Endorsements = endorsementTable(v)
	}
	if v.MayAssess {
		page.Others = toLookAt(v)
	}
	if v.MayRequest {
		page.Actions = []ui.Button{{Text: "Ask for an endorsement", Href: programmesPath + v.Programme.Code + "/endorsements/add", Variant: ui.ButtonSecondary}}
	}
	return r.Render(ui.Page{
		Title: "Levers and " + v.Programme.Name, Heading: "What levers do to this programme", Caption: v.Programme.Name, Breadcrumbs: below(),
		Lede: "Five types are always checked before a start. What is missing warns and never blocks.",
		Flow: ui.Flow{
			From: []ui.Link{{Text: "All levers", Href: registerPath}},
			To:   []ui.Link{{Text: "Adoption in " + v.Programme.Name, Href: ui.MeasurePath + "/" + v.Programme.Code}},
		},
	}, page.content())
}

// gate says which of the five are missing, and how many rollouts have started
// without them.
func gate(v area.ProgrammeView) string {
	missing := area.Missing(v.Checks)
	if missing == 0 {
		return ""
	}
	text := fmt.Sprintf("%d of the five types still to be checked, as at %s.", missing, ui.Date(v.Today))
	if n := v.Started(); n > 0 {
		text += " " + counted(n, "rollout") + " that you may see started already."
	}
	return text + " Check each, or waive it with a reason."
}

func checksTable(v area.ProgrammeView) ui.Table {
	t := ui.Table{
		ID: "five", Caption: "The five to check before a start", CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "Type"}, {Text: "Check"}, {Text: "Effect found"}, {Text: "By whom and when"}, {Text: "Still to look at"}},
	}
	for _, c := range v.Checks {
		kind := ui.Cell{Text: term.Sentence(string(c.Kind))}
		if v.MayAssess {
			kind.Href, kind.Hidden = checkPath(v.Programme.Code, "kind", string(c.Kind)), "check this type as a whole"
		}
		var found, by, left []string
		for _, e := range c.Findings {
			text := findingTag(e.Finding).Text
			if e.LeverName != "" {
				text = e.LeverName + ": " + text
			}
			found, by = append(found, text), append(by, e.MadeBy+", "+ui.Date(e.AsAt))
		}
		for _, l := range append(c.New[:len(c.New):len(c.New)], c.Changed...) {
			left = append(left, l.Name)
		}
		t.Rows = append(t.Rows, []ui.Cell{kind, {Content: checkTags[c.State]}, {Content: lines(found)}, {Content: lines(by)}, {Content: lines(left)}})
	}
	return t
}

// checkPath is the form for one lever or one type.
func checkPath(programme, name, value string) string {
	return programmesPath + programme + "/check?" + url.Values{name: {value}}.Encode()
}

func findingsTable(id, caption string, found []area.Effect) *ui.Table {
	t := &ui.Table{
		ID: id, Caption: caption, CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "Lever or type"}, {Text: "Effect"}, {Text: "Reason"}, {Text: "As at"}, {Text: "Found by"}},
	}
	for _, e := range found {
		about := ui.Cell{Text: "Type: " + string(e.Kind)}
		if e.LeverID != "" {
			about = ui.Cell{Text: e.LeverName, Href: leverPath + e.LeverID}
		}
		t.Rows = append(t.Rows, append([]ui.Cell{about, {Content: findingTag(e.Finding)}}, ui.Text(e.Reason, ui.Date(e.AsAt), e.MadeBy)...))
	}
	return t
}

// toLookAt are levers that have not ended, each leading to its form.
func toLookAt(v area.ProgrammeView) (links []ui.Link) {
	for _, l := range v.Levers {
		if l.On(v.Today) != area.Ended {
			links = append(links, ui.Link{Text: "Write down what " + l.Name + " does", Href: checkPath(v.Programme.Code, "lever", l.ID)})
		}
	}
	return links
}

// checkForm is a finding as it was typed.
type checkForm struct {
	area.Assessment
	asAt ui.TypedDate
}

// checkPage asks what a lever does.
type checkPage struct {
	Facts *ui.SummaryList
	Last  string
	Form  form
}

func (p pages) showCheck(r *shell.Request) error {
	lever, err := r.Choice("lever")
	if err != nil {
		return err
	}
	kind, err := r.Choice("kind")
	if err != nil {
		return err
	}
	return p.renderCheck(r, http.StatusOK, checkForm{Assessment: area.Assessment{Lever: lever, Kind: area.Kind(kind)}}, nil)
}

func (p pages) renderCheck(r *shell.Request, status int, in checkForm, wrong ui.FieldErrors) error {
	a, err := p.levers.Assessing(r.Context(), r.Actor, r.PathValue("programme"), in.Lever, in.Kind)
	if err != nil {
		return err
	}
	if wrong == nil {
		in.asAt = ui.TypedDateOf(a.Today)
	}
	title, page := "Check: "+string(a.Kind), checkPage{}
	if a.Lever != nil {
		list := facts(a.Lever.Wording, nil)
		title, page.Facts = "What "+a.Lever.Name+" does", &list
		if in.Version == 0 || status == http.StatusConflict {
			in.Version = a.Lever.Version
		}
	}
	if a.Last != nil {
		page.Last = "Found before: " + findingTag(a.Last.Finding).Text + ", as at " + ui.Date(a.Last.AsAt) + ", by " + a.Last.MadeBy + ": " + a.Last.Reason
	}
	page.Form = in.form(a, wrong)
	return r.RenderStatus(status, ui.Page{
		Title: title, Caption: a.Programme.Name, Breadcrumbs: below(programmeLink(a.Programme)), Errors: wrong,
	}, page.content())
}

func (in checkForm) form(a area.Assessing, wrong ui.FieldErrors) form {
	var choices []ui.Option
	for _, f := range findings {
		aboutKind := f.finding == area.NoLever || f.finding == area.Waived
		if aboutKind == (a.Lever == nil) {
			choices = append(choices, ui.Option{Value: string(f.finding), Text: f.words, Hint: f.hint})
		}
	}
	return form{
		Action: programmesPath + a.Programme.Code + "/check", Button: "Save what was found",
		Hidden: map[string]string{"lever": in.Lever, "kind": string(a.Kind), "version": strconv.FormatInt(in.Version, 10)},
		Parts: []templ.Component{
			ui.Radios{Name: "finding", Legend: "Effect on this programme", LegendSize: ui.SizeS, Options: choices, Value: string(in.Finding), Error: wrong.For("finding")},
			ui.Textarea{Name: "reason", Label: "Reason", LabelSize: ui.SizeS, Hint: privacy, Value: in.Reason, Error: wrong.For("reason")},
			in.asAt.Input("as-at", "As at", "The day on which you looked", wrong),
		},
	}
}

func (p pages) check(r *shell.Request) error {
	var in checkForm
	to := map[string]*string{"lever": &in.Lever, "kind": (*string)(&in.Kind), "finding": (*string)(&in.Finding), "reason": &in.Reason}
	in.asAt.ReadTo(to, "as-at")
	if err := r.Fields(to); err != nil {
		return err
	}
	var err error
	if in.Version, err = r.Version(); err != nil {
		return err
	}
	in.AsAt = in.asAt.ISO()
	code := r.PathValue("programme")
	err = p.levers.Assess(r.Context(), r.Actor, code, in.Assessment)
	if wrong, mend := answered(err); mend {
		return p.renderCheck(r, http.StatusUnprocessableEntity, in, wrong)
	}
	if status, _ := shell.Status(err); err != nil && status == http.StatusConflict {
		return p.renderCheck(r, status, in, conflicting(err))
	}
	if err != nil {
		return err
	}
	r.Notify("What was found is saved.")
	return r.Redirect(programmesPath + url.PathEscape(strings.TrimSpace(code)))
}
