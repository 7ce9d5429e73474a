package home

import (
	"fmt"

	"sir/internal/policy"
	area "sir/internal/reference"
	"sir/internal/web/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// startPage is the loop with what is in it now, and where the reader's role
// begins.
type startPage struct {
	First   []ui.ActionLink
	Steps   []step
	Shelves []area.Shelf
}

// step is one step of the loop. Now says what there is in it, for this reader.
type step struct {
	Name, Href string
	About      string
	Now        string
}

func (p pages) showStart(r *shell.Request) error {
	shelves, err := p.shelves.Shelves(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	steps := []step{
		{Name: "Plan", Href: ui.PlanPath, About: "Choose a way of working that fits the innovation and the place."},
		{Name: "Do", Href: ui.DoPath, About: "See how rollouts go: where they stand, when they started, and why some stopped."},
		{Name: "Measure", Href: ui.MeasurePath, About: "See who has adopted what, out of how many, and since when."},
		{Name: "Explain", Href: ui.ExplainPath, About: "Compare rollouts to find what goes with success."},
		{Name: "Share", Href: ui.SharePath, About: "Read what was learnt, what worked and what did not."},
	}
	steps[0].Now = onShelves(shelves, ui.PlanPath)
	steps[4].Now = onShelves(shelves, ui.SharePath)
	for i, now := range []func(*shell.Request) (string, error){p.rolloutsNow, p.measuresNow, p.casesNow} {
		if steps[i+1].Now, err = now(r); err != nil {
			return err
		}
	}
	return r.Render(ui.Page{
		Title:   "Start",
		Heading: "What spreads, and why",
		Lede: "SIR is the working memory of organisations that spread proven innovations through a health system. " +
			"Each rollout is planned from what earlier ones taught, and teaches the next.",
		Flow: ui.Flow{From: []ui.Link{
			{Text: "Reference shelves: what published sources say", Href: "/shelves"},
			{Text: "Members: who takes part", Href: "/members"},
		}},
	}, startPage{First: firstFor(r.Actor), Steps: steps, Shelves: shelves}.content())
}

// onShelves says how much stands on the shelves that serve a step.
func onShelves(all []area.Shelf, step string) string {
	shelves, entries := 0, 0
	for _, s := range pick(all, reference.Serving(step)) {
		shelves++
		entries += s.Count
	}
	if shelves == 0 {
		return "No shelves are loaded yet."
	}
	return fmt.Sprintf("%s with %s.", plural(shelves, "shelf", "shelves"), plural(entries, "entry", "entries"))
}

func (p pages) rolloutsNow(r *shell.Request) (string, error) {
	if !policy.Can(r.Actor, policy.ViewRollouts) {
		return "Guidance for this step. Your role does not show rollouts.", nil
	}
	overview, err := p.rollouts.Overview(r.Context(), r.Actor)
	rollouts := 0
	for _, one := range overview {
		rollouts += len(one.Rollouts)
	}
	return fmt.Sprintf("%s in %s.", plural(rollouts, "rollout", "rollouts"), plural(len(overview), "programme", "programmes")), err
}

func (p pages) measuresNow(r *shell.Request) (string, error) {
	programmes, err := p.adoption.Programmes(r.Context(), r.Actor)
	return fmt.Sprintf("Adoption in %s.", plural(len(programmes), "programme", "programmes")), err
}

func (p pages) casesNow(r *shell.Request) (string, error) {
	if !policy.Can(r.Actor, policy.ViewCases) {
		return "Your role does not show case tables.", nil
	}
	sets, err := p.patterns.Sets(r.Context(), r.Actor)
	return fmt.Sprintf("%s.", plural(len(sets), "case table", "case tables")), err
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// pick answers the shelves with the codes, in the order of the codes; one that
// is not loaded is left out.
func pick(all []area.Shelf, codes []string) []area.Shelf {
	var picked []area.Shelf
	for _, code := range codes {
		for _, s := range all {
			if s.Code == code {
				picked = append(picked, s)
			}
		}
	}
	return picked
}
