package innovation

import (
	"testing"

	"sir/internal/policy"
)

func TestReadinessIsAnsweredAgain(t *testing.T) {
	w := open(t)
	v, other := w.site.As(t, policy.SpreadManager), w.site.As(t, policy.Innovator)
	page := v.Page(readiness.path(own))
	page.Check()
	has(t, page.Main(), "12 questions, 12 not answered yet", "Not answered yet")
	at := readiness.path(own) + "/cost-1"
	first := formOf(t, v.Page(at), stepSave)
	refusedPage := refused(t, v, at, with(first, "answer", "not applicable", "note", ""), 422)
	has(t, refusedPage.Main(), "Say why it does not apply.")
	page = send(t, v, at, with(first, "answer", "in part", "note", "=1+1 & <E2>"))
	page.Check()
	has(t, page.Main(), "The answer was saved", "In part", "=1+1 & <E2>", "11 not answered yet")
	// Who answers over an answer that they did not see is shown both.
	page = refused(t, other, at, with(first, "answer", "yes", "note", "We know it."), 409)
	has(t, page.Main(), "Both versions", "In part", "We know it.")
	page = send(t, other, at, formOf(t, page, stepSave))
	has(t, page.Main(), "We know it.", "Earlier answers", "=1+1 & <E2>")
	file := v.Get(readiness.path(own) + ".csv")
	has(t, file.Body, "cost-1,Money,", ",2,yes,We know it.,", ",1,in part,'=1+1 & <E2>,")
	has(t, v.Page(panels.path(own)).Main(), "What is not known", "E2 Half an hour", "Need, belief", "As at")
}

func TestReadinessOfOthers(t *testing.T) {
	w := open(t)
	form := formOf(t, w.site.As(t, policy.SpreadManager).Page(readiness.path(own)+"/need-1"), stepSave)
	form = with(form, "answer", "yes")
	for _, address := range []string{readiness.path(other), readiness.path(other) + ".csv"} {
		w.answers(t, address, nil, map[policy.Role]int{policy.Innovator: 403, policy.SiteChampion: 403, policy.InstanceAdmin: 403, policy.Evaluator: 200})
	}
	closed := map[policy.Role]int{
		policy.SpreadManager: 403, policy.ProgrammeLead: 403, policy.Innovator: 403, policy.SiteChampion: 403, policy.Evaluator: 403,
	}
	w.answers(t, readiness.path(other)+"/need-1", nil, closed)
	w.answers(t, readiness.path(other)+"/need-1", form, closed)
	w.answers(t, readiness.path(own)+"/need-1", form, map[policy.Role]int{policy.Evaluator: 403, policy.Communications: 403, policy.SiteChampion: 403})
	// A guessed question is refused like one of somebody else.
	w.answers(t, readiness.path(own)+"/no-such", form, map[policy.Role]int{policy.SpreadManager: 403, policy.Innovator: 403})
}
