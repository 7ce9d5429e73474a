package improvement

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"sir/internal/policy"
)

// today as it is typed.
func today() (day, month, year string) {
	now := time.Now().UTC()
	return now.Format("2"), now.Format("1"), now.Format("2006")
}

// One cycle from its plan to the plan of the next.
func TestACycleFromPlanToTheNext(t *testing.T) {
	w := open(t)
	v := w.manager(t)
	d, m, y := today()
	add := ownPath + "/cycles/add?idea=" + firstIdea
	form := formOf(t, v.Page(add), stepPlan)
	if form.Get("idea") != firstIdea {
		t.Fatalf("the idea is not chosen: %q", form)
	}
	form = with(
		form, "title", "Evening training", "measure", "level", "starts-on-day", d, "starts-on-month", m, "starts-on-year", y,
		"ends-on-day", d, "ends-on-month", m, "ends-on-year", y, "plan", "One evening.\r\nCount messages.",
	)
	page := refused(t, v, ownPath+"/cycles/add", form, 422)
	has(t, page.Main(), "Say what you expect to see before the test begins.")
	if back := formOf(t, page, stepPlan); back.Get("plan") != "One evening.\nCount messages." && back.Get("plan") != form.Get("plan") {
		t.Errorf("the plan came back as %q", back.Get("plan"))
	}
	address := send(t, v, ownPath+"/cycles/add", with(form, "prediction", "Half will."))
	page = v.Page(address)
	page.Check()
	has(t, page.Main(), "Running", "Half will.", "Count messages.", "Cycles of this idea", "Spread manager")
	form = formOf(t, page, stepDo)
	has(t, refused(t, v, address, with(form, "done", ""), 422).Main(), "Say what happened")
	send(t, v, address, with(form, "done", "It took place."))
	page = refused(t, v, address, with(form, "done", "Nothing happened."), 409)
	has(t, page.Main(), "It says now It took place.", "You wrote Nothing happened.")
	send(t, v, address, with(formOf(t, v.Page(address), stepStudy), "studied", "A third did, fewer than predicted."))
	page = v.Page(address)
	form = formOf(t, page, stepAct)
	has(t, refused(t, v, address, with(form, "decision", "adapt"), 422).Main(), "Say why")
	send(t, v, address, with(form, "decision", "adapt", "why", "Start earlier."))
	next := v.Page(address).Href("Plan the next cycle")
	form = formOf(t, v.Page(next), stepPlan)
	if form.Get("title") != "Evening training" || form.Get("prediction") != "" || !strings.Contains(form.Get("plan"), "Start earlier.") || form.Get("idea") != firstIdea {
		t.Errorf("the next plan begins with %q", form)
	}
}

func TestPlansOfCyclesThatAreWrong(t *testing.T) {
	w := open(t)
	v := w.manager(t)
	right := with(
		formOf(t, v.Page(ownPath+"/cycles/add"), stepPlan), "title", "T", "plan", "P", "starts-on-day", "1", "starts-on-month", "4", "starts-on-year", "2199",
		"ends-on-day", "2", "ends-on-month", "4", "ends-on-year", "2199",
	)
	for _, c := range []struct{ field, value, at string }{
		{"title", "", "title"}, {"title", strings.Repeat("x", 101), "title"}, {"idea", "no-such", "idea"}, {"measure", "no-such", "measure"},
		{"site", "MU-S-no", "site"}, {"starts-on-month", "13", "starts-on"}, {"ends-on-day", "x", "ends-on"}, {"ends-on-year", "2198", "ends-on"},
		{"plan", "call 943 476 5919", "plan"}, {"prediction", "a@b.org", "prediction"},
	} {
		a := v.Post(ownPath+"/cycles/add", with(right, c.field, c.value))
		if a.Status != 422 || !strings.Contains(a.Body, `href="#`+c.at) {
			t.Errorf("%s %q is answered %d without an error at %s", c.field, c.value, a.Status, c.at)
		}
	}
	send(t, v, ownPath+"/cycles/add", right)
}

func TestEndsOfTestsAreRespected(t *testing.T) {
	w := open(t)
	v := w.site.As(t, policy.SeniorManager)
	var stopped string
	for _, row := range v.Page(ownPath).All("a") {
		if row.FirstChild != nil && strings.HasPrefix(row.FirstChild.Data, "Card beside the screen") {
			for _, a := range row.Attr {
				if a.Key == "href" {
					stopped = a.Val
				}
			}
		}
	}
	text := v.Page(stopped).Main()
	has(t, text, "Abandoned", "That is a result", "The rules on paper at the bedside are right")
	if strings.Contains(text, "Save") {
		t.Error("a senior manager is offered a change")
	}
}

// Only those who work there take steps, whatever they send.
func TestStepsAreTakenByThoseWhoMay(t *testing.T) {
	for role, want := range map[policy.Role]int{
		policy.SpreadManager: 303, policy.ProgrammeLead: 303, policy.Analyst: 303,
		policy.SeniorManager: 403, policy.SiteChampion: 403, policy.Evaluator: 403, policy.MemberAdmin: 403,
	} {
		w := open(t)
		d, m, y := today()
		form := url.Values{"step": {stepDo}, "version": {"1"}, "done": {"X"}, "ended-on-day": {d}, "ended-on-month": {m}, "ended-on-year": {y}}
		if a := w.site.As(t, role).Post(running, form); a.Status != want {
			t.Errorf("%s is answered %d, want %d", role, a.Status, want)
		}
	}
	w := open(t)
	v := w.manager(t)
	if a := v.Post(running, url.Values{"step": {"burn"}, "version": {"1"}}); a.Status != 422 {
		t.Errorf("a step that is none is answered %d", a.Status)
	}
	if a := v.Post(otherPath+running[len(ownPath):], url.Values{"step": {stepDo}, "version": {"1"}}); a.Status != 403 {
		t.Errorf("the cycle at another member's address is answered %d", a.Status)
	}
}
