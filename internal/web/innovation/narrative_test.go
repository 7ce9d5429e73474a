package innovation

import (
	"strings"
	"testing"

	"sir/internal/policy"
)

func TestLinesNameTheirEvidence(t *testing.T) {
	w := open(t)
	v := w.site.As(t, policy.Communications)
	page := v.Page(narratives.path(own))
	page.Check()
	has(t, page.Main(), "Value proposition for ward managers", "1 line has no evidence behind it", "E1 Fewer wrong prescriptions", "No evidence")
	old := v.Page(page.Href("2 versions of Value proposition for ward managers"))
	old.Check()
	has(t, old.Main(), "Version 2, written on 3 November 2025", "Version 1, written on 1 May 2024", "An hour of training for each nurse.")
}

func TestANarrativeIsWritten(t *testing.T) {
	w := open(t)
	v := w.site.As(t, policy.Communications)
	add := v.Page(narratives.path(own)).Href("Write another")
	form := with(formOf(t, v.Page(add), stepSave), "kind", "narrative", "audience", "commissioners", "line-1", "It <saves>.", "evidence-1", "E9")
	page := refused(t, v, add, form, 422)
	has(t, page.Main(), "Say what you ask of them", "There is no evidence E9")
	form = formOf(t, page, stepSave)
	if form.Get("line-1") != "It <saves>." || form.Get("kind") != "narrative" {
		t.Errorf("the form came back with %q", form)
	}
	page = send(t, v, add, with(form, "ask", "A year of funding.", "evidence-1", "E2 3"))
	page.Check()
	has(t, page.Main(), "Narrative for commissioners", "It <saves>.", "E2 Half an hour", "by: communications")
}

func TestANarrativeWrittenByTwo(t *testing.T) {
	w := open(t)
	v := w.site.As(t, policy.SpreadManager)
	edit := v.Page(narratives.path(own)).Href("Edit Value proposition for ward managers")
	form := formOf(t, v.Page(edit), stepSave)
	send(t, v, edit, with(form, "line-1", "Theirs."))
	page := refused(t, v, edit, with(form, "line-1", "Mine."), 409)
	rows := page.Rows("Both versions")
	if len(rows) != 1 || rows[0][0] != "Line 1" || rows[0][1] != "Theirs. (E1)" || rows[0][2] != "Mine. (E1)" {
		t.Errorf("it shows %q", rows)
	}
	has(t, send(t, v, edit, formOf(t, page, stepSave)).Main(), "Mine.", "4 versions")
}

func TestNarrativesOfOthers(t *testing.T) {
	w := open(t)
	mine := w.site.As(t, policy.SpreadManager).Page(narratives.path(own)).Href("Edit Value proposition for ward managers")
	form := formOf(t, w.site.As(t, policy.SpreadManager).Page(mine), stepSave)
	w.answers(t, narratives.path(other), nil, map[policy.Role]int{policy.Innovator: 403, policy.SiteChampion: 403})
	closed := map[policy.Role]int{policy.Innovator: 403, policy.Communications: 403, policy.SpreadManager: 403, policy.ProgrammeLead: 403}
	w.answers(t, narratives.path(other)+"/add", form, closed)
	w.answers(t, strings.Replace(mine, own, other, 1), form, closed)
	w.answers(t, mine, form, map[policy.Role]int{policy.Evaluator: 403, policy.SiteChampion: 403, policy.SeniorManager: 403})
}
