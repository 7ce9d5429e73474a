package rollout

import (
	"encoding/csv"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sir/internal/app"
	"sir/internal/policy"
	area "sir/internal/rollout"
	"sir/internal/web/pagetest"
)

// guessed is an id of no rollout.
const guessed = recordPath + "00000000-0000-7000-8000-00000000000f"

const madeUpPath = programmePath + "MU-EXAMPLE"

// world is the demonstration with this package's pages: own is the active
// rollout for whose member the roles are held, other one of another member.
type world struct {
	app        *app.App
	site       *pagetest.Site
	own, other string
}

func open(t *testing.T) *world {
	t.Helper()
	a := pagetest.Demo(t)
	w := &world{app: a, site: pagetest.Serve(t, a, append(Routes(a.Rollout, a.Reference), RecordRoutes(a.Rollout, a.Lever)...))}
	mine := w.site.As(t, policy.SeniorManager).Page("/do").Hrefs()
	overview, err := a.Rollout.Overview(t.Context(), policy.System("test"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range overview[0].Rollouts {
		if slices.Contains(mine, recordPath+r.ID) {
			w.own = recordPath + r.ID
		} else if r.State == area.Active {
			w.other = recordPath + r.ID
		}
	}
	if w.own == "" || w.other == "" {
		t.Fatal("the demonstration has no such rollouts")
	}
	return w
}

func (w *world) as(t *testing.T, role policy.Role) *pagetest.Visitor {
	t.Helper()
	return w.site.As(t, role)
}

// filled are the fields of the page's form, as a browser would send them.
func filled(t *testing.T, p *pagetest.Page) url.Values {
	t.Helper()
	values := url.Values{}
	for _, form := range p.All("form") {
		if !strings.Contains(pagetest.Attribute(form, "action"), "/") || pagetest.Attribute(form, "method") != "post" {
			continue
		}
		for n := range form.Descendants() {
			collect(n, values)
		}
	}
	if values.Get("version") == "" && !values.Has("member") {
		t.Fatalf("the page has no form of ours: %q", values)
	}
	return values
}

func collect(n *html.Node, into url.Values) {
	if n.Type != html.ElementNode {
		return
	}
	name, value := pagetest.Attribute(n, "name"), pagetest.Attribute(n, "value")
	switch n.Data {
	case "input":
		kind := pagetest.Attribute(n, "type")
		if kind != "radio" && kind != "checkbox" || has(n, "checked") {
			into.Add(name, value)
		}
	case "textarea":
		into.Set(name, pagetest.Text(n))
	case "select":
		into.Set(name, "")
		for option := range n.Descendants() {
			if has(option, "selected") {
				into.Set(name, pagetest.Attribute(option, "value"))
			}
		}
	}
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// with answers a form with some fields set otherwise.
func with(form url.Values, pairs ...string) url.Values {
	changed := url.Values{}
	for name, values := range form {
		changed[name] = values
	}
	for i := 0; i < len(pairs); i += 2 {
		changed.Set(pairs[i], pairs[i+1])
	}
	return changed
}

// send posts a form that must be answered with the status, and answers the
// page or, for 303, the page to which it leads.
func send(t *testing.T, v *pagetest.Visitor, address string, form url.Values, status int) *pagetest.Page {
	t.Helper()
	a := v.Post(address, form)
	page := pagetest.Read(t, a.Body)
	if a.Status == 303 && status == 303 {
		page = v.Page(a.Header.Get("Location"))
	} else if a.Status != status {
		t.Fatalf("POST %s answers %d, want %d: %s", address, a.Status, status, page.Main())
	}
	page.Check()
	return page
}

func says(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not said in\n%s", w, text)
		}
	}
}

// statuses checks what each role is answered, with GET or, where a form is
// given, with POST; a refusal shows nothing of what is there.
func (w *world) statuses(t *testing.T, address string, form url.Values, want map[policy.Role]int) {
	t.Helper()
	for role, status := range want {
		v := w.as(t, role)
		got := v.Get(address)
		if form != nil {
			got = v.Post(address, form)
		}
		if got.Status != status {
			t.Errorf("%s is answered %d at %s, want %d", role, got.Status, address, status)
		}
		if status == 403 && strings.Contains(pagetest.Read(t, got.Body).Main(), "Exit rule") {
			t.Errorf("%s is refused and yet shown %s", role, address)
		}
	}
}

// The wrong role, and the right one with somebody else's id or a guessed one,
// neither see nor change what is not theirs.
func TestRolloutsOfOthers(t *testing.T) {
	w := open(t)
	outside := map[policy.Role]int{
		policy.SiteChampion: 403, policy.Innovator: 403, policy.Evaluator: 403, policy.InsightReviewer: 403, policy.MemberAdmin: 403, policy.InstanceAdmin: 403,
	}
	only := func(more map[policy.Role]int) map[policy.Role]int {
		for role, status := range outside {
			more[role] = status
		}
		return more
	}
	see := only(map[policy.Role]int{
		policy.SpreadManager: 200, policy.Communications: 200, policy.ProgrammeLead: 200, policy.Analyst: 200, policy.SeniorManager: 403,
	})
	w.statuses(t, w.other, nil, see)
	w.statuses(t, w.other+"/states.csv", nil, see)
	w.statuses(t, guessed, nil, only(map[policy.Role]int{policy.SpreadManager: 404, policy.ProgrammeLead: 403, policy.SeniorManager: 403}))
	step := filled(t, w.as(t, policy.SpreadManager).Page(w.own+"/state"))
	plan := filled(t, w.as(t, policy.SpreadManager).Page(w.own+"/edit"))
	nobody := only(map[policy.Role]int{
		policy.SpreadManager: 403, policy.ProgrammeLead: 403, policy.SeniorManager: 403, policy.Analyst: 403, policy.Communications: 403,
	})
	for _, address := range []string{w.other, guessed} {
		w.statuses(t, address+"/state", nil, nobody)
		w.statuses(t, address+"/edit", nil, nobody)
		w.statuses(t, address+"/state", with(step, "state", "stopped", "reason", "r", "freed", "f", "lesson", "l"), nobody)
		w.statuses(t, address+"/edit", with(plan, "aim", "Taken"), nobody)
	}
	w.statuses(t, w.own+"/edit", with(plan, "aim", "Taken"), only(map[policy.Role]int{policy.SeniorManager: 403, policy.ProgrammeLead: 403}))
	w.statuses(t, w.own+"/state", with(step, "aim", "Taken"), only(map[policy.Role]int{policy.ProgrammeLead: 403, policy.Analyst: 403}))
	w.statuses(t, madeUpPath+"/rollout", with(plan, "member", "MU-N02"), only(map[policy.Role]int{
		policy.SpreadManager: 422, policy.ProgrammeLead: 403, policy.SeniorManager: 403,
	}))
	if a := w.site.Stranger(t).Get(w.own); a.Status != 303 {
		t.Errorf("a visitor is answered %d", a.Status)
	}
	page := w.as(t, policy.SpreadManager).Page(w.other)
	if text := page.Main(); strings.Contains(text, "Taken") || strings.Contains(text, "Change the state") || strings.Contains(text, "Edit the rollout") {
		t.Errorf("another member's manager is offered more than to look: %s", text)
	}
}

// INVENTORY 6.3, rule 7: a rollout is stopped with a reason, what it frees and
// a lesson, and its history keeps them.
func TestRule7StoppingTellsWhy(t *testing.T) {
	w := open(t)
	v := w.as(t, policy.SeniorManager)
	page := v.Page(w.own)
	page.Check()
	form := filled(t, v.Page(page.Href("Change the state")+"?state=stopped"))
	if form.Get("state") != "stopped" {
		t.Errorf("the form begins with %q", form)
	}
	page = send(t, v, w.own+"/state", with(form, "reason", `<b onclick="x">Superseded</b>`, "since-day", "99"), 422)
	says(t, page.Main(), "Say which people, money or time this frees", "Say what others can learn", "Enter a date that exists")
	again := filled(t, page)
	if again.Get("reason") != `<b onclick="x">Superseded</b>` || again.Get("since-day") != "99" || again.Get("version") != form.Get("version") {
		t.Errorf("the form came back with %q", again)
	}
	page = send(t, v, w.own+"/state", with(again, "since-day", form.Get("since-day"), "freed", "A post & a half.", "lesson", "Ask first."), 303)
	says(t, page.Main(), "The rollout is now stopped", "Stopped since")
	row := page.Rows("States and their reasons")[0]
	if want := []string{"Stopped", `<b onclick="x">Superseded</b>`, "A post & a half.", "Ask first."}; row[0] != want[0] || !slices.Equal(row[2:5], want[1:]) {
		t.Errorf("the history begins with %q", row)
	}
	file, err := csv.NewReader(strings.NewReader(v.Get(w.own + "/states.csv").Body)).ReadAll()
	if err != nil || file[1][1] != "stopped" || file[1][4] != "A post & a half." || len(file) != len(page.Rows("States and their reasons"))+1 {
		t.Errorf("the file is %q (%v)", file, err)
	}
}

// INVENTORY 6.3, rules 5 and 6: nothing blocks becoming active; what is not
// there is waived with a reason, and shown with a name.
func TestRules5And6AreShown(t *testing.T) {
	w := open(t)
	v := w.as(t, policy.SpreadManager)
	form := with(filled(t, v.Page(w.own+"/state")), "state", "paused", "reason", "Storm", "freed", "None", "lesson", "Plan for storms.")
	send(t, v, w.own+"/state", form, 303)
	form = with(filled(t, v.Page(w.own+"/state")), "state", "active", "reason", "Calm", "waiver", "")
	form["met"] = []string{"aim", "exit rule", "five levers checked"}
	page := send(t, v, w.own+"/state", form, 422)
	says(t, page.Main(), "Say why it goes ahead without what is not ticked")
	if got := filled(t, page)["met"]; !slices.Equal(got, form["met"]) {
		t.Errorf("ticked came back %q", got)
	}
	page = send(t, v, w.own+"/state", with(form, "waiver", "Sites are waiting."), 303)
	says(t, page.Main(), "Active without", "Evidence reviewed, context assessed, champion, sustainability draft. Waived by", "Sites are waiting.")
}

// Two people change the same rollout: neither's words are lost.
func TestTheSecondSeesBothVersions(t *testing.T) {
	w := open(t)
	v := w.as(t, policy.SpreadManager)
	plan, step := filled(t, v.Page(w.own+"/edit")), with(filled(t, v.Page(w.own+"/state")), "state", "paused", "reason", "Mine", "freed", "f", "lesson", "l")
	send(t, v, w.own+"/edit", with(plan, "aim", "First"), 303)
	page := send(t, v, w.own+"/edit", with(plan, "aim", "Second", "budget", "lots"), 422)
	if filled(t, page).Get("version") != plan.Get("version") {
		t.Error("after a mistake the form takes another version for the one that was seen")
	}
	page = send(t, v, w.own+"/edit", with(plan, "aim", "Second"), 409)
	if rows := page.Rows("Both versions"); len(rows) != 1 || rows[0][1] != "First" || rows[0][2] != "Second" {
		t.Errorf("it shows %q", rows)
	}
	says(t, send(t, v, w.own+"/edit", filled(t, page), 303).Main(), "Second")

	other := w.as(t, policy.SeniorManager)
	send(t, other, w.own+"/state", with(filled(t, other.Page(w.own+"/state")), "state", "paused", "reason", "Theirs", "freed", "f", "lesson", "l"), 303)
	page = send(t, v, w.own+"/state", step, 409)
	if rows := page.Rows("Both versions"); len(rows) != 1 || rows[0][1] != "Theirs" || rows[0][2] != "Mine" {
		t.Errorf("it shows %q", rows)
	}
	if again := filled(t, page); again.Get("reason") != "Mine" || again.Has("state") {
		t.Errorf("the form came back with %q: paused is no step from paused", again)
	}
}

func TestAProgrammeKeepsMandateAndEndorsementApart(t *testing.T) {
	w := open(t)
	v := w.as(t, policy.ProgrammeLead)
	list := v.Page(programmesPath)
	list.Check()
	page := v.Page(list.Href("Example programme (made-up)"))
	page.Check()
	says(t, page.Main(), "Not mandated", "Endorsements", "84 days, from", "£450,000", "started late", "15 rollouts")
	if strings.Contains(page.Main(), "Add a rollout") {
		t.Error("who leads a programme is offered a rollout")
	}
	edit := page.Href("Edit the programme")
	form := filled(t, v.Page(edit))
	bad := send(t, v, edit, with(form, "mandate", "mandated", "mandate-note", "", "budget-after", ""), 422)
	says(t, bad.Main(), "Say who mandates it", "Say what carries the work on")
	send(t, v, edit, with(form, "mandate", "mandated", "mandate-note", "The contract."), 303)
	stale := send(t, v, edit, with(form, "level", "local"), 409)
	if rows := stale.Rows("Both versions"); len(rows) != 2 || rows[0][0] != "Level" || rows[1][1] != "Mandated: The contract." {
		t.Errorf("it shows %q", rows)
	}
	says(t, send(t, v, edit, filled(t, stale), 303).Main(), "Local", "Not mandated")
	nobody := map[policy.Role]int{policy.SpreadManager: 403, policy.SeniorManager: 403, policy.SiteChampion: 403, policy.Innovator: 403, policy.Analyst: 403}
	w.statuses(t, madeUpPath+"/edit", form, nobody)
	nobody[policy.ProgrammeLead] = 403
	for _, foreign := range []string{"tcam", "no-such"} {
		w.statuses(t, programmePath+foreign+"/edit", nil, nobody)
		w.statuses(t, programmePath+foreign+"/edit", form, nobody)
	}
	w.statuses(t, madeUpPath, nil, map[policy.Role]int{policy.SiteChampion: 403, policy.Innovator: 403, policy.InstanceAdmin: 403, policy.Evaluator: 200})
	w.statuses(t, programmesFile, nil, map[policy.Role]int{policy.SiteChampion: 403, policy.Innovator: 403, policy.Analyst: 200})
}

// A rollout is added where a member has none, from the programme's page.
func TestAddingARollout(t *testing.T) {
	w := open(t)
	v := w.as(t, policy.SpreadManager)
	if href := v.Page(madeUpPath).Href("Add a rollout"); href != "" {
		t.Errorf("a second rollout is offered at %q", href)
	}
	programmes, err := area.ListProgrammes(t.Context(), w.app.Desk.DB)
	if err != nil {
		t.Fatal(err)
	}
	second := programmes[0]
	second.ID, second.Code, second.Name = "00000000-0000-7000-8000-0000000000aa", "SECOND", "Second (made-up)"
	if err := area.InsertProgramme(t.Context(), w.app.Desk.DB, second); err != nil {
		t.Fatal(err)
	}
	add := v.Page(programmePath + "SECOND").Href("Add a rollout")
	form := with(filled(t, v.Page(add)), "member", "MU-N01", "aim", "Every ward & clinic.")
	page := send(t, v, add, form, 422)
	says(t, page.Main(), "Enter the day on which it is planned to start.")
	page = send(t, v, add, with(filled(t, page), "member", "MU-N01", "planned-start-day", "1", "planned-start-month", "4", "planned-start-year", "2025"), 303)
	says(t, page.Main(), "The rollout was added.", "Every ward & clinic.", "It should have started", "Scoping since")
}
