package home

import (
	area "sir/internal/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// planPage is the shelves that serve planning, by the question they answer.
type planPage struct {
	Parts []planPart
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
