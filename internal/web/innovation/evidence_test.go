package innovation

import (
	"net/url"
	"strings"
	"testing"

	"sir/internal/policy"
)

// itemOf is where the numbered item of the made-up innovation is edited.
func (w *world) itemOf(t *testing.T, number string) string {
	t.Helper()
	return w.site.As(t, policy.SpreadManager).Page(evidence.path(own)).Href("Edit E" + number)
}

func TestEvidenceShowsWhatIsOverdueAndWhatIsMissing(t *testing.T) {
	w := open(t)
	page := w.site.As(t, policy.Evaluator).Page(evidence.path(own))
	page.Check()
	has(t, page.Main(), "3 items of evidence, 1 overdue for review", "No evidence yet of these types: real-world, patient.", "30 June 2025 Overdue")
	lacks(t, page.Main(), "Add evidence", "Edit E1")
}

func TestEvidenceIsEnteredAndTakenOut(t *testing.T) {
	w := open(t)
	v := w.site.As(t, policy.Innovator)
	add := v.Page(evidence.path(own)).Href("Add evidence")
	form := with(formOf(t, v.Page(add), stepSave), "title", "Patients like it", "kind", "patient", "review-by-day", "31", "review-by-month", "2")
	page := refused(t, v, add, form, 422)
	has(t, page.Main(), "Say where it can be read", "Enter the date of the source", "Enter the day by which to look at it again")
	form = formOf(t, page, stepSave)
	if form.Get("kind") != "patient" || form.Get("review-by-day") != "31" {
		t.Errorf("the form came back with %q", form)
	}
	page = send(t, v, add, with(form, "source", "Survey", "scope", "one site", "quality", "not judged", "supports", "Patients & carers <gain>.",
		"dated-on-day", "1", "dated-on-month", "3", "dated-on-year", "2025", "review-by-year", "2099", "review-by-month", "3"))
	page.Check()
	has(t, page.Main(), "E4 Patients like it", "Patients & carers <gain>.", "31 March 2099")
	address := page.Href("Edit E4")
	form = formOf(t, v.Page(address), stepRemove)
	page = send(t, v, address, form)
	has(t, page.Main(), "You can put it back", "3 items of evidence")
	if a := v.Get(address); a.Status != 403 {
		t.Errorf("what was taken out can be edited: %d", a.Status)
	}
	has(t, send(t, v, address, formOf(t, page, stepRestore)).Main(), "4 items of evidence")
}

func TestEvidenceChangedByTwo(t *testing.T) {
	w := open(t)
	v, address := w.site.As(t, policy.SpreadManager), w.itemOf(t, "1")
	form := formOf(t, v.Page(address), stepSave)
	send(t, v, address, with(form, "place", "Here"))
	page := refused(t, v, address, with(form, "place", "There"), 409)
	if rows := page.Rows("Both versions"); len(rows) != 1 || rows[0][1] != "Here" || rows[0][2] != "There" {
		t.Errorf("it shows %q", rows)
	}
	send(t, v, address, formOf(t, page, stepSave))
	page = refused(t, v, address, with(formOf(t, v.Page(address), stepRemove), "version", "1"), 409)
	has(t, page.Main(), "Somebody else changed this")
}

// The right form at a guessed address: of another's innovation, and of one's
// own innovation with another's item.
func TestEvidenceOfOthers(t *testing.T) {
	w := open(t)
	mine := w.itemOf(t, "1")
	form := formOf(t, w.site.As(t, policy.SpreadManager).Page(mine), stepSave)
	w.answers(t, evidence.path(other), nil, map[policy.Role]int{policy.Innovator: 403, policy.SiteChampion: 403, policy.Analyst: 200})
	for _, address := range []string{evidence.path(other) + "/add", strings.Replace(mine, own, other, 1), evidence.path(own) + "/no-such"} {
		for _, f := range []url.Values{nil, form} {
			want := map[policy.Role]int{policy.Innovator: 403, policy.SpreadManager: 403, policy.ProgrammeLead: 403, policy.Evaluator: 403}
			w.answers(t, address, f, want)
		}
	}
	w.answers(t, mine, form, map[policy.Role]int{policy.SiteChampion: 403, policy.Communications: 403, policy.SeniorManager: 403, policy.InstanceAdmin: 403})
}
