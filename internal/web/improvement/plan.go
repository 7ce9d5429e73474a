package improvement

import (
	"errors"
	"net/http"

	"sir/internal/fault"
	area "sir/internal/improvement"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// planForm is the first step of a cycle.
type planForm struct {
	Action, Button string
	Version        string // empty for a new one
	Title          ui.Input
	Selects        []ui.Select
	Dates          []ui.DateInput
	Texts          []ui.Textarea
}

// typedPlan is a plan as it was typed.
type typedPlan struct {
	area.Plan
	starts, ends ui.TypedDate
}

func typedPlanOf(p area.Plan) typedPlan {
	return typedPlan{p, ui.TypedDateOf(p.StartsOn), ui.TypedDateOf(p.EndsOn)}
}

func readPlan(r *shell.Request) (in typedPlan, err error) {
	to := map[string]*string{
		"title": &in.Title, "idea": &in.Idea, "measure": &in.Measure, "site": &in.Site, "plan": &in.Plan.Plan, "prediction": &in.Prediction,
	}
	in.starts.ReadTo(to, "starts-on")
	in.ends.ReadTo(to, "ends-on")
	err = r.Fields(to)
	in.StartsOn, in.EndsOn = in.starts.ISO(), in.ends.ISO()
	return in, err
}

func planFormOf(action string, c area.Choices, in typedPlan, terms term.Pack, wrong ui.FieldErrors) planForm {
	site := terms.Label(term.Site).Full.Of(1)
	return planForm{
		Action: action, Button: "Save the plan",
		Title: ui.Input{
			Name: "title", Label: "Title", LabelSize: ui.SizeS, Hint: "What you try, in a few words. " + privacy, Value: in.Title, Error: wrong.For("title"),
		},
		Selects: []ui.Select{
			{Name: "idea", Label: "Change idea", LabelSize: ui.SizeS, Options: ideaOptions(c), Value: in.Idea, Error: wrong.For("idea")},
			measureSelect(c.Measures, "The cycle is marked on its charts", in.Measure, wrong),
			{
				Name: "site", Label: term.Sentence(site), LabelSize: ui.SizeS, Hint: "Leave it open where the test is not at one " + site,
				Options: siteOptions(c, site), Value: in.Site, Error: wrong.For("site"),
			},
		},
		Texts: []ui.Textarea{
			{
				Name: "plan", Label: "Plan", LabelSize: ui.SizeS, Hint: "What you will try, where, for how long, and what you will look at. " + privacy,
				Rows: 8, Value: in.Plan.Plan, Error: wrong.For("plan"),
			},
			{
				Name: "prediction", Label: "Prediction", LabelSize: ui.SizeS, Rows: 3,
				Hint:  "What you expect to see. The test does not begin without it, and it stays as it is from then on.",
				Value: in.Prediction, Error: wrong.For("prediction"),
			},
		},
		Dates: []ui.DateInput{
			in.starts.Input("starts-on", "First day of the test", "For example 1 4 2027", wrong),
			in.ends.Input("ends-on", "Last day of the test", "As planned. Its study is due two weeks later", wrong),
		},
	}
}

func ideaOptions(c area.Choices) []ui.SelectOption {
	options := []ui.SelectOption{{Text: "None of the diagrams"}}
	for _, idea := range c.Own {
		options = append(options, ui.SelectOption{Value: idea.ID, Text: idea.Body})
	}
	for _, idea := range c.Shared {
		options = append(options, ui.SelectOption{Value: idea.ID, Text: "Shared: " + idea.Body})
	}
	return options
}

func siteOptions(c area.Choices, site string) []ui.SelectOption {
	options := []ui.SelectOption{{Text: "No single " + site}}
	for _, s := range c.Sites {
		options = append(options, ui.SelectOption{Value: s.Code, Text: s.Name})
	}
	return options
}

// showPlan asks for a new cycle: of an idea, or the next after an adapted one.
func (p pages) showPlan(r *shell.Request) error {
	idea, err := r.Choice("idea")
	if err != nil {
		return err
	}
	after, err := r.Choice("after")
	if err != nil {
		return err
	}
	in := typedPlan{Plan: area.Plan{Idea: idea}}
	if after != "" {
		v, err := p.improvement.Cycle(r.Context(), r.Actor, address(r), after)
		if err != nil {
			return err
		}
		in = typedPlanOf(v.Choices.NextPlan(v.Cycle))
	}
	return p.renderPlan(r, http.StatusOK, in, nil)
}

func (p pages) renderPlan(r *shell.Request, status int, in typedPlan, wrong ui.FieldErrors) error {
	place, choices, err := p.improvement.Planning(r.Context(), r.Actor, address(r))
	if err != nil {
		return err
	}
	form := planFormOf(basePath(addressOf(place))+"/cycles/add", choices, in, r.Terms, wrong)
	return r.RenderStatus(status, ui.Page{
		Title: "Plan a PDSA cycle", Caption: place.Member.Name, Breadcrumbs: breadcrumbs(place, true), Errors: wrong,
	}, form.content())
}

func (p pages) addCycle(r *shell.Request) error {
	in, err := readPlan(r)
	if err != nil {
		return err
	}
	id, err := p.improvement.PlanCycle(r.Context(), r.Actor, address(r), in.Plan)
	var wrong *fault.Error
	if errors.As(err, &wrong) && len(wrong.Fields) > 0 {
		return p.renderPlan(r, http.StatusUnprocessableEntity, in, shell.FieldErrors(wrong))
	}
	if err != nil {
		return err
	}
	r.Notify("The cycle is planned.")
	return r.Redirect(basePath(address(r)) + "/cycles/" + id)
}
