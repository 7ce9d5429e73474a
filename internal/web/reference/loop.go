package reference

import (
	"slices"

	"sir/internal/web/ui"
)

// served says which shelves each step of the loop draws on, in the order in
// which somebody who takes the step needs them.
var served = []struct {
	step    ui.Link
	shelves []string
}{
	{ui.Link{Text: "Plan a rollout", Href: ui.PlanPath}, []string{"stages", "activities", "approaches", "frameworks", "factors", "levers", "roles", "principles"}},
	{ui.Link{Text: "Do: run rollouts and record them", Href: ui.DoPath}, []string{"stages", "activities", "roles", "reflections"}},
	{ui.Link{Text: "Measure adoption", Href: ui.MeasurePath}, []string{"oddities"}},
	{ui.Link{Text: "Explain across rollouts", Href: ui.ExplainPath}, []string{"factors", "levers", "oddities"}},
	{ui.Link{Text: "Share what was learnt", Href: ui.SharePath}, []string{"conclusions", "reflections", "oddities"}},
}

// Serving answers the codes of the shelves that serve a step of the loop, such
// as ui.PlanPath.
func Serving(step string) []string {
	for _, s := range served {
		if s.step.Href == step {
			return s.shelves
		}
	}
	return nil
}

// flow is a shelf's place in the loop: made from sources, used by steps.
func flow(shelf string, sources ...ui.Link) ui.Flow {
	f := ui.Flow{From: sources}
	for _, s := range served {
		if slices.Contains(s.shelves, shelf) {
			f.To = append(f.To, s.step)
		}
	}
	return f
}
