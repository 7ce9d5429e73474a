package innovation

import (
	"testing"

	"sir/internal/policy"
)

func TestTheListLeadsToARecord(t *testing.T) {
	w := open(t)
	v := w.site.As(t, policy.SpreadManager)
	page := v.Page(listPath)
	page.Check()
	page = v.Page(page.Href("Lantern medicines message (made-up)"))
	page.Check()
	has(t, page.Main(), "Made-up example", "Digital product", "Convergent", "Ward clerk", "INN-MADE-UP-1")
	if page.Href("Edit the record") == "" {
		t.Error("the keeper's manager cannot edit it")
	}
	text := w.site.As(t, policy.Innovator).Page(listPath).Main()
	has(t, text, "There is 1 innovation that you may see", "Lantern")
	lacks(t, text, "Rival Row", "Add an innovation")
}

// The wrong role, and the right one with somebody else's code, are told
// nothing; nor is there a difference to a code that is not there.
func TestRecordsOfOthers(t *testing.T) {
	w := open(t)
	form := with(formOf(t, w.site.As(t, policy.SpreadManager).Page(record.path(own)+"/edit"), stepSave), "name", "Taken")
	w.answers(t, record.path(other), nil, map[policy.Role]int{
		policy.Innovator: 403, policy.SiteChampion: 403, policy.InstanceAdmin: 403, policy.MemberAdmin: 403, policy.Analyst: 200,
	})
	for _, address := range []string{record.path(other) + "/edit", record.path("no-such") + "/edit"} {
		everybody := map[policy.Role]int{
			policy.Innovator: 403, policy.SpreadManager: 403, policy.ProgrammeLead: 403, policy.SiteChampion: 403, policy.Analyst: 403,
		}
		w.answers(t, address, nil, everybody)
		w.answers(t, address, form, everybody)
	}
	w.answers(t, record.path("no-such"), nil, map[policy.Role]int{policy.Innovator: 403, policy.SpreadManager: 404})
	w.answers(t, record.path(own)+"/edit", form, map[policy.Role]int{policy.Evaluator: 403, policy.SeniorManager: 403, policy.SiteChampion: 403})
	w.answers(t, listPath+"/add", with(form, "keeper", "MU-N01"), map[policy.Role]int{policy.Innovator: 403, policy.Evaluator: 403, policy.SpreadManager: 303})
	refused(t, w.site.As(t, policy.SpreadManager), listPath+"/add", with(form, "keeper", "MU-N02"), 422)
	if a := w.site.Stranger(t).Get(record.path(own)); a.Status != 303 {
		t.Errorf("a visitor is answered %d", a.Status)
	}
	lacks(t, w.site.As(t, policy.Analyst).Page(record.path(other)).Main(), "Taken")
}

func TestAnInnovationIsAddedWithItsMistakesKept(t *testing.T) {
	w := open(t)
	v := w.site.As(t, policy.SpreadManager)
	add := v.Page(listPath).Href("Add an innovation")
	form := with(formOf(t, v.Page(add), stepSave), "name", `<b onclick="x">Box</b>`, "keeper", "MU-N01")
	page := refused(t, v, add, form, 422)
	has(t, page.Main(), "Say in a sentence or two", "Choose what kind", "Choose where it is used")
	form = formOf(t, page, stepSave)
	if form.Get("name") != `<b onclick="x">Box</b>` || form.Get("status") != "being considered" {
		t.Errorf("the form came back with %q", form)
	}
	page = send(t, v, add, with(form, "summary", "A box & a lid.", "kind", "device", "setting", "care home", "keeper", "MU-N01"))
	page.Check()
	has(t, page.Main(), "The innovation was added", `<b onclick="x">Box</b>`, "A box & a lid.", "Care home")
}

// Two people change the same record: neither's words are lost.
func TestTheSecondSeesBothVersions(t *testing.T) {
	w := open(t)
	first, second := w.site.As(t, policy.Innovator), w.site.As(t, policy.SpreadManager)
	address := record.path(own) + "/edit"
	form := formOf(t, second.Page(address), stepSave)
	send(t, first, address, with(formOf(t, first.Page(address), stepSave), "supplier", "Lantern Hill Software"))
	page := refused(t, second, address, with(form, "supplier", "Lantern Gate Software"), 409)
	rows := page.Rows("Both versions")
	if len(rows) != 1 || rows[0][1] != "Lantern Hill Software" || rows[0][2] != "Lantern Gate Software" {
		t.Errorf("it shows %q", rows)
	}
	again := formOf(t, page, stepSave)
	if again.Get("supplier") != "Lantern Gate Software" || again.Get("version") == form.Get("version") {
		t.Errorf("the form came back with %q", again)
	}
	mistake := refused(t, second, address, with(form, "name", ""), 422)
	if formOf(t, mistake, stepSave).Get("version") != form.Get("version") {
		t.Error("after a mistake the form takes another version for the one that was seen")
	}
	has(t, send(t, second, address, again).Main(), "Lantern Gate Software")
}
