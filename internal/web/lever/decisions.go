package lever

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"sir/internal/fault"
	area "sir/internal/lever"
	"sir/internal/policy"
	"sir/internal/rollout"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// decisionsPage lists alerts.
type decisionsPage struct {
	Reading       string
	Open, Decided *ui.Table
}

func (p pages) showDecisions(r *shell.Request) error {
	d, err := p.levers.Decisions(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	page := decisionsPage{Reading: counted(len(d.Open), "decision") + " open that you may see, " + strconv.Itoa(len(d.Decided)) + " taken."}
	if len(d.Open) > 0 {
		page.Open = alertTable("Open decisions", d.Open, d.MayDecide)
	}
	if len(d.Decided) > 0 {
		page.Decided = alertTable("Decisions taken", d.Decided, d.MayDecide)
		page.Decided.ID = "decided"
	}
	return r.Render(ui.Page{
		Title: "Decisions after a change of a lever", Breadcrumbs: below(),
		Lede: "When a lever changes, each rollout that it touches is asked what to do. Nothing is decided by itself.",
	}, page.content())
}

// alertTable lists alerts, each leading to its page.
func alertTable(caption string, alerts []area.Alert, may func(area.Alert) bool) *ui.Table {
	t := &ui.Table{
		ID: "decisions", Caption: caption, CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "Rollout"}, {Text: "Lever"}, {Text: "Asked"}, {Text: "Decision"}, {Text: "Reason"}},
	}
	for _, a := range alerts {
		row := []ui.Cell{
			{Text: a.Rollout.MemberName + ", " + a.ProgrammeName, Href: decisionsPath + "/" + a.ID, Hidden: "after a change of " + a.LeverName},
			{Text: a.LeverName, Href: leverPath + a.LeverID}, {Text: moment(a.RaisedAt)}, {Content: decisionTag(a, may(a))}, {Text: orDash(a.Reason)},
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func decisionTag(a area.Alert, mayDecide bool) ui.Tag {
	switch {
	case a.Decision != "":
		return ui.Tag{Text: term.Sentence(string(a.Decision)), Colour: ui.TagGrey}
	case mayDecide:
		return ui.Tag{Text: "Open: yours to decide", Colour: ui.TagRed}
	}
	return ui.Tag{Text: "Open", Colour: ui.TagYellow}
}

// decisionPage is one alert.
type decisionPage struct {
	Facts   ui.SummaryList
	Changes ui.Table
	Form    *form
}

// readVerdict reads a verdict as it was typed.
func readVerdict(r *shell.Request) (v area.Verdict, err error) {
	return v, r.Fields(map[string]*string{"decision": (*string)(&v.Decision), "reason": &v.Reason, "lesson": &v.Lesson})
}

func (p pages) showDecision(r *shell.Request) error {
	return p.renderDecision(r, http.StatusOK, area.Verdict{}, 0, nil)
}

// renderDecision shows an alert; the form is for the version that was seen,
// where one was.
func (p pages) renderDecision(r *shell.Request, status int, in area.Verdict, seen int64, wrong ui.FieldErrors) error {
	v, err := p.levers.Alert(r.Context(), r.Actor, r.PathValue("decision"))
	if err != nil {
		return err
	}
	page := decisionPage{
		Facts:   alertFacts(v),
		Changes: comparison("What changed", "Before", v.Before.Wording, "Now", v.Now.Wording, v.Names),
	}
	if v.Decision == "" && v.MayDecide {
		if seen == 0 {
			seen = v.Version
		}
		f := verdictForm(v.ID, seen, in, wrong)
		page.Form = &f
	}
	return r.RenderStatus(status, ui.Page{
		Title: "What does the change mean for " + v.Rollout.MemberName + "?", Caption: v.ProgrammeName + ": " + v.LeverName, Errors: wrong,
		Breadcrumbs: below(ui.Link{Text: "Decisions", Href: decisionsPath}),
	}, page.content())
}

func alertFacts(v area.AlertView) ui.SummaryList {
	rows := []ui.SummaryRow{{
		Key: "State of the rollout", Value: term.Sentence(string(v.Rollout.State)),
		Actions: []ui.Action{{Text: "See the rollout", Href: rolloutPath + v.Rollout.ID}},
	}}
	for _, change := range v.Changes {
		rows = append(rows, ui.SummaryRow{
			Key: fmt.Sprintf("Version %d of %s", change.Number, moment(change.MadeAt)), Value: change.MadeBy + ": " + change.Why,
		})
	}
	rows = append(rows, ui.SummaryRow{
		Key: "Effect found", Value: findingTag(v.Effect.Finding).Text + ", as at " + ui.Date(v.Effect.AsAt) + ": " + v.Effect.Reason,
	})
	if v.Decision != "" {
		rows = append(rows, ui.SummaryRow{Key: "Decision", Value: term.Sentence(string(v.Decision))},
			ui.SummaryRow{Key: "Reason", Value: v.Reason}, ui.SummaryRow{Key: "Lesson", Value: orDash(v.Lesson)},
			ui.SummaryRow{Key: "Decided by", Value: v.DecidedBy + ", " + moment(v.DecidedAt)})
	}
	return ui.SummaryList{Rows: rows}
}

func verdictForm(id string, seen int64, in area.Verdict, wrong ui.FieldErrors) form {
	return form{
		Action: decisionsPath + "/" + id, Button: "Record the decision", Hidden: map[string]string{"version": strconv.FormatInt(seen, 10)},
		Parts: []templ.Component{
			ui.Radios{
				Name: "decision", Legend: "Decision", LegendSize: ui.SizeS, Options: decisions, Value: string(in.Decision), Error: wrong.For("decision"),
				Hint: "It is kept for others to learn from. The state of the rollout is changed where the rollout is run",
			},
			ui.Textarea{Name: "reason", Label: "Reason", LabelSize: ui.SizeS, Hint: privacy, Value: in.Reason, Error: wrong.For("reason")},
			ui.Textarea{
				Name: "lesson", Label: "Lesson", LabelSize: ui.SizeS, Rows: 3, Hint: "Needed to stop. What can others learn?", Value: in.Lesson, Error: wrong.For("lesson"),
			},
		},
	}
}

func (p pages) decide(r *shell.Request) error {
	in, err := readVerdict(r)
	if err != nil {
		return err
	}
	seen, err := r.Version()
	if err != nil {
		return err
	}
	err = p.levers.Decide(r.Context(), r.Actor, r.PathValue("decision"), seen, in)
	wrong, mend := answered(err)
	switch {
	case mend:
		return p.renderDecision(r, http.StatusUnprocessableEntity, in, seen, wrong)
	case errors.Is(err, fault.ErrStale):
		return p.renderDecision(r, http.StatusConflict, in, 0, conflicting(err))
	case err != nil:
		return err
	}
	return p.offer(r, in.Decision)
}

// asksFor are the states that decisions ask for.
var asksFor = map[area.Decision]rollout.State{area.Pause: rollout.Paused, area.Stop: rollout.Stopped}

// offer leads from a recorded decision to where the rollout's state is changed,
// where the decision asks for another one. Nothing changes by itself.
func (p pages) offer(r *shell.Request, decision area.Decision) error {
	state, another := asksFor[decision]
	if !another {
		r.Notify("The decision is recorded.")
		return r.Redirect(decisionsPath)
	}
	v, err := p.levers.Alert(r.Context(), r.Actor, r.PathValue("decision"))
	if err != nil {
		return err
	}
	if policy.Allow(r.Actor, policy.ChangeRolloutState, v.Rollout.Object()) == nil {
		r.Notify("The decision is recorded. The state of the rollout is not changed yet: do that here.")
		return r.Redirect(rolloutPath + v.Rollout.ID + "/state?state=" + url.QueryEscape(string(state)))
	}
	r.Notify("The decision is recorded. The state of the rollout is changed by those who run it.")
	return r.Redirect(rolloutPath + v.Rollout.ID)
}

// rolloutPath begins the addresses of rollouts.
const rolloutPath = ui.DoPath + "/rollouts/"
