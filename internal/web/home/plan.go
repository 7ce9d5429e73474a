package home

import (
	"sir/internal/policy"
	area "sir/internal/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// planPage is what has been recorded for planning, and the shelves that serve
// it, by the question they answer.
type planPage struct {
	Records []record
	Parts   []planPart
}

// record is a list that people keep for planning.
type record struct {
	ui.Link
	About string
}

// records are those lists, with what it takes to see one.
var records = []struct {
	action policy.Action
	record
}{
	{policy.ViewInnovations, record{ui.Link{Text: "Innovations", Href: ui.PlanPath + "/innovations"}, "What is to be spread: its evidence, what it offers to whom, and what panels decided."}},
	{policy.ViewProgrammes, record{ui.Link{Text: "Programmes", Href: ui.PlanPath + "/programmes"}, "Who spreads what on whose mandate, with which lead time and budget, and how its rollouts stand."}},
	{policy.ViewLevers, record{ui.Link{Text: "Levers", Href: ui.PlanPath + "/levers"}, "Payment, guidance and mandates: what they do to a programme, and what a change asks of its rollouts."}},
}

type planPart struct {
	Question string
	Shelves  []area.Shelf
}

// questions are what somebody who plans asks, and where the answers stand.
var questions = []struct {
	question string
	shelves  []string
}{
	{"Which way of working fits?", []string{"approaches", "frameworks", "principles"}},
	{"What will have to be done, and by whom?", []string{"stages", "activities", "roles"}},
	{"What will help or hinder?", []string{"factors", "levers"}},
}

func (p pages) showPlan(r *shell.Request) error {
	all, err := p.shelves.Shelves(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	var view planPage
	for _, one := range records {
		if policy.Can(r.Actor, one.action) {
			view.Records = append(view.Records, one.record)
		}
	}
	for _, q := range questions {
		if shelves := pick(all, q.shelves); len(shelves) > 0 {
			view.Parts = append(view.Parts, planPart{q.question, shelves})
		}
	}
	return r.Render(ui.Page{
		Title:       "Plan",
		Lede:        "Choose a way of working that fits the innovation and the place. Nothing here is compulsory.",
		Breadcrumbs: []ui.Link{start},
		Flow: ui.Flow{
			From: []ui.Link{{Text: "Share: what was learnt before", Href: ui.SharePath}},
			To:   []ui.Link{{Text: "Do: run the rollout and record it", Href: ui.DoPath}},
		},
	}, view.content())
}
