package innovation

import (
	"testing"

	"sir/internal/policy"
)

func TestAPanelsDecisionIsRecorded(t *testing.T) {
	w := open(t)
	v := w.site.As(t, policy.SeniorManager)
	page := v.Page(panels.path(own))
	page.Check()
	has(t, page.Main(), "Panel of 12 March 2025", "On hold", "Who sat")
	add := page.Href("Record a decision")
	form := with(formOf(t, v.Page(add), stepSave), "sat", "A director & a nurse", "credible", "yes")
	page = refused(t, v, add, form, 422)
	has(t, page.Main(), "Enter the day of the decision", "Choose what was decided", "No evidence yet of these types: real-world, patient.")
	form = formOf(t, page, stepSave)
	if form.Get("sat") != "A director & a nurse" || form.Get("credible") != "yes" {
		t.Errorf("the form came back with %q", form)
	}
	page = send(t, v, add, with(form, "decided-on-day", "1", "decided-on-month", "6", "decided-on-year", "2025", "credible-why", "Audits agree.",
		"feasible", "in part", "feasible-why", "Needs a technician.", "decision", "approve", "reasons", "The need is <felt>."))
	page.Check()
	has(t, page.Main(), "The decision was recorded", "Panel of 1 June 2025", "Approved", "The need is <felt>.", "although the panel was not sure", "Panel of 12 March 2025")
}

// What a panel said is closed to the innovator, also of their own innovation.
func TestPanelsOfOthers(t *testing.T) {
	w := open(t)
	form := formOf(t, w.site.As(t, policy.SpreadManager).Page(panels.path(own)+"/add"), stepSave)
	for _, address := range []string{panels.path(own), panels.path(other), panels.path("no-such")} {
		w.answers(t, address, nil, map[policy.Role]int{policy.Innovator: 403, policy.SiteChampion: 403, policy.InstanceAdmin: 403})
	}
	lacks(t, w.site.As(t, policy.Innovator).Page(record.path(own)).Main(), "Decision panel")
	closed := map[policy.Role]int{policy.SpreadManager: 403, policy.ProgrammeLead: 403, policy.SeniorManager: 403, policy.Innovator: 403}
	w.answers(t, panels.path(other)+"/add", form, closed)
	w.answers(t, panels.path(other)+"/add", nil, closed)
	w.answers(t, panels.path(own)+"/add", form, map[policy.Role]int{policy.Evaluator: 403, policy.Communications: 403, policy.SiteChampion: 403})
}
