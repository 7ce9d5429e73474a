package improvement

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	area "sir/internal/improvement"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// cyclePage is one cycle with what comes next.
type cyclePage struct {
	Reading string
	Facts   []ui.SummaryRow
	Steps   []ui.SummaryRow // plan, do, study, act
	Clash   *clash
	Plan    *planForm // while the test has not begun
	Open    bool      // the plan wants something
	Form    *stepForm // the step that comes next
	Next    *ui.Button
	Ramp    *ui.Table
}

// stepForm takes one step of a cycle.
type stepForm struct {
	Heading, Action, Version, Step, Button string
	Text                                   ui.Textarea
	Date                                   *ui.DateInput
	Radios                                 *ui.Radios
}

// The steps of a cycle's forms.
const (
	stepPlan  = "plan"
	stepDo    = "do"
	stepStudy = "study"
	stepAct   = "act"
)

// typedStep is a step as it was typed.
type typedStep struct {
	step     string // empty where none was sent
	plan     typedPlan
	done     string
	ended    ui.TypedDate
	studied  string
	decision string
	why      string
}

func (p pages) showCycle(r *shell.Request) error {
	v, err := p.improvement.Cycle(r.Context(), r.Actor, address(r), r.PathValue("cycle"))
	if err != nil {
		return err
	}
	in := typedStep{plan: typedPlanOf(v.Choices.PlanOf(v.Cycle)), done: v.Done, studied: v.Studied, ended: ui.TypedDateOf(v.EndsOn)}
	if v.Done == "" && v.EndsOn > v.Today {
		in.ended = ui.TypedDateOf(v.Today)
	}
	return renderCycle(r, http.StatusOK, v, in, nil, nil)
}

func renderCycle(r *shell.Request, status int, v area.CycleView, in typedStep, clashing *clash, wrong ui.FieldErrors) error {
	page := cyclePageOf(v, in, r.Terms, wrong)
	page.Clash = clashing
	crumbs := breadcrumbs(v.Place, true)
	if !v.MemberOpen {
		crumbs = crumbs[:len(crumbs)-1]
	}
	return r.RenderStatus(status, ui.Page{
		Title: v.Title, Caption: fmt.Sprintf("PDSA cycle %d, %s", v.Numbers[v.ID], v.UnitName), Breadcrumbs: crumbs, Errors: wrong,
	}, page.content())
}

func cyclePageOf(v area.CycleView, in typedStep, terms term.Pack, wrong ui.FieldErrors) cyclePage {
	page := cyclePage{Reading: cycleReading(v), Facts: cycleFacts(v, terms), Steps: stepRows(v.Cycle), Ramp: rampTable(v)}
	if !v.MayWork {
		return page
	}
	action := cyclePath(v.Programme.Code, v.Cycle)
	number := strconv.FormatInt(v.Version, 10)
	switch state := v.State(v.Today); state {
	case area.Planned:
		form := planFormOf(action, v.Choices, in.plan, terms, wrong)
		form.Version = number
		page.Plan, page.Open = &form, len(wrong) > 0 || v.NeedsPrediction(v.Today)
	case area.Adapted:
		if isLast(v) {
			page.Next = &ui.Button{Text: "Plan the next cycle", Href: basePath(addressOf(v.Place)) + "/cycles/add?after=" + v.ID}
		}
	case area.Adopted, area.Abandoned:
	default:
		form := stepFormOf(state, in, wrong)
		form.Action, form.Version = action, number
		page.Form = &form
	}
	return page
}

// isLast tells whether no other cycle of the same idea follows.
func isLast(v area.CycleView) bool {
	return len(v.Ramp) == 0 || v.Ramp[len(v.Ramp)-1].ID == v.ID
}

// stepFormOf is the form of the step that comes next.
func stepFormOf(state area.State, in typedStep, wrong ui.FieldErrors) stepForm {
	switch state {
	case area.Running:
		ended := in.ended.Input("ended-on", "Day on which the test ended", "For example 15 4 2027", wrong)
		return stepForm{Heading: "Do: what happened", Step: stepDo, Button: "Save what happened", Date: &ended, Text: ui.Textarea{
			Name: "done", Label: "What happened", LabelSize: ui.SizeS, Hint: "Also what did not go as planned. " + privacy, Value: in.done, Error: wrong.For("done"),
		}}
	case area.ToStudy:
		return stepForm{Heading: "Study: compare with the prediction", Step: stepStudy, Button: "Save the study", Text: ui.Textarea{
			Name: "studied", Label: "What you saw, and how it compares with the prediction", LabelSize: ui.SizeS, Hint: "What surprised you? " + privacy,
			Value: in.studied, Error: wrong.For("studied"),
		}}
	}
	return stepForm{Heading: "Act: what becomes of it", Step: stepAct, Button: "Save the decision",
		Radios: &ui.Radios{
			Name: "decision", Legend: "What becomes of the change", LegendSize: ui.SizeS, Value: in.decision, Error: wrong.For("decision"),
			Options: []ui.Option{
				{Value: string(area.Adopt), Text: "Adopt", Hint: "It works here: make it the usual way"},
				{Value: string(area.Adapt), Text: "Adapt", Hint: "Change it, and test it again"},
				{Value: string(area.Abandon), Text: "Abandon", Hint: "Stop here. A test that ends in time has done its work"},
			},
		},
		Text: ui.Textarea{Name: "why", Label: "Why", LabelSize: ui.SizeS, Hint: "So that others can learn from it. " + privacy, Value: in.why, Error: wrong.For("why")},
	}
}

func cycleReading(v area.CycleView) string {
	text := "As at " + ui.Date(v.Today) + "."
	switch state := v.State(v.Today); {
	case v.NeedsPrediction(v.Today):
		return "The day of its start has come, and there is no prediction. The test begins once there is one. " + text
	case v.StudyOverdue(v.Today):
		return "The test ended on " + ui.Date(v.EndsOn) + ", and its study was due by " + ui.Date(v.StudyDue()) + ". " + text
	case state == area.Running || state == area.ToStudy:
		return "Its study is due by " + ui.Date(v.StudyDue()) + ". " + text
	case state == area.Abandoned:
		return "It was stopped, for the reason below. That is a result: nobody needs to try it in the same way again. " + text
	case state == area.Adapted:
		return "The change goes on in another form, in the next cycle. " + text
	case state == area.Adopted:
		return "The change became the usual way here. " + text
	}
	return text
}

func cycleFacts(v area.CycleView, terms term.Pack) []ui.SummaryRow {
	idea := v.Idea
	if v.IdeaRemoved {
		idea += " (removed from the diagram since)"
	}
	site := v.SiteName
	if site == "" {
		site = "No single " + terms.Label(term.Site).Full.Of(1)
	}
	return []ui.SummaryRow{
		{Key: "State", Content: stateTag(v.Cycle, v.Today)}, {Key: "Change idea", Value: orDash(idea)}, {Key: "Measure", Value: orDash(v.MeasureName)},
		{Key: term.Sentence(terms.Label(term.Site).Full.Of(1)), Value: site},
		{Key: "Test", Value: "From " + ui.Date(v.StartsOn) + " to " + ui.Date(v.EndsOn)}, {Key: "Written by", Value: term.Sentence(v.MadeBy)},
	}
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// stepRows are the four steps as far as they were taken.
func stepRows(c area.Cycle) []ui.SummaryRow {
	rows := []ui.SummaryRow{
		{Key: "Plan", Content: paragraphs(c.Plan)}, {Key: "Prediction", Content: paragraphs(orDash(c.Prediction))},
		{Key: "Do", Content: paragraphs(orDash(c.Done))}, {Key: "Study", Content: paragraphs(orDash(c.Studied))},
	}
	act := "–"
	if c.Decision != "" {
		act = term.Sentence(string(c.Decision)) + ".\n" + c.DecidedWhy
	}
	return append(rows, ui.SummaryRow{Key: "Act", Content: paragraphs(act)})
}

// linesOf parts a text at its line ends, without empty lines.
func linesOf(text string) (lines []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// rampTable lists the member's cycles of the same idea, where there are others.
func rampTable(v area.CycleView) *ui.Table {
	if len(v.Ramp) < 2 {
		return nil
	}
	table := &ui.Table{
		ID: "ramp", Caption: "Cycles of this idea", CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "Cycle"}, {Text: "State"}, {Text: "From"}, {Text: "To"}},
	}
	for _, c := range v.Ramp {
		name := ui.Cell{Text: fmt.Sprintf("%d: %s", v.Numbers[c.ID], c.Title), Href: cyclePath(v.Programme.Code, c)}
		if c.ID == v.ID {
			name = ui.Cell{Text: name.Text + " (this one)"}
		}
		table.Rows = append(table.Rows, append([]ui.Cell{name, {Content: stateTag(c, v.Today)}}, ui.Text(ui.Date(c.StartsOn), ui.Date(c.EndsOn))...))
	}
	return table
}
