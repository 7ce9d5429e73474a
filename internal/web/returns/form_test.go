package returns

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	area "sir/internal/adoption"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// cells are the fields of the form's first site.
func cells(form area.Form, at int) (level, referrals, completed string) {
	site := form.Sites[at].Key
	return cellField(site, form.Measures[0].Key), cellField(site, form.Measures[1].Key), cellField(site, form.Measures[2].Key)
}

func TestFormShowsWhatIsKnown(t *testing.T) {
	w := open(t)
	form := w.form(ownMember)
	page := w.site.As(t, policy.SpreadManager).Page(w.path(ownMember))
	page.Check()
	rows := page.Rows("Figures to report")
	if len(rows) != len(form.Sites) || len(rows) < 5 {
		t.Fatalf("%d rows for %d sites", len(rows), len(form.Sites))
	}
	fields := fieldsOf(page)
	for i, site := range form.Sites {
		for m, measure := range form.Measures {
			field := cellField(site.Key, measure.Key)
			now, known := site.Now[measure.Key]
			if got := fields.Get(field); got != textOf(now, known) || fields.Get(wasField(field)) != got {
				t.Errorf("%s, %s: the field says %q, known is %d (%t)", site.Name, measure.Name, got, now, known)
			}
			last, before := site.Last[measure.Key]
			has(t, rows[i][1+m], form.Before.Label()+": "+valueWords(measure, last, before))
			if same := strings.Contains(rows[i][1+m], ", the same"); same != (known && before && now == last) {
				t.Errorf("%s, %s: marked as the same: %t", site.Name, measure.Name, same)
			}
		}
	}
}

// What is typed is kept and counted: added, changed, cleared and left alone.
func TestFormIsSent(t *testing.T) {
	w := open(t)
	form := w.form(ownMember)
	v := w.site.As(t, policy.SpreadManager)
	fields := fieldsOf(v.Page(w.path(ownMember)))
	level, referrals, completed := cells(form, 0)
	known := 0
	for _, site := range form.Sites {
		known += len(site.Now)
	}
	fields.Set(level, "1")
	fields.Set(referrals, "1 234")
	fields.Set(completed, "")
	before := form.Sites[0].Now
	a := v.Post(w.path(ownMember), fields)
	if a.Status != 303 || a.Header.Get("Location") != w.path(ownMember)+"/sent" {
		t.Fatalf("the form answers %d, to %s: %s", a.Status, a.Header.Get("Location"), a.Body)
	}
	after := w.form(ownMember).Sites[0]
	if after.Now[form.Measures[0].Key] != 1 || after.Now[form.Measures[1].Key] != 1234 || len(after.Now) != 2 {
		t.Errorf("kept is %v", after.Now)
	}
	page := v.Page(a.Header.Get("Location"))
	page.Check()
	text := page.Main()
	changed, cleared := 0, 0
	for key, value := range before {
		if now, still := after.Now[key]; !still {
			cleared++
		} else if now != value {
			changed++
		}
	}
	has(t, text, fmt.Sprintf("%d changed, %d cleared", changed, cleared), "complete for "+form.Period.Long())
	if !strings.Contains(text, "unchanged") || known == 0 {
		t.Errorf("%d values were known, the page says %q", known, text)
	}
}

// What cannot be taken is said at each cell, and nothing typed is lost.
func TestFormKeepsWhatIsTyped(t *testing.T) {
	w := open(t)
	form := w.form(ownMember)
	v := w.site.As(t, policy.SpreadManager)
	level, referrals, completed := cells(form, 0)
	_, other, _ := cells(form, 1)
	for _, c := range []struct {
		name  string
		typed map[string]string
		wrong string
		says  string
	}{
		{"no number", map[string]string{referrals: "<b>many</b>", other: "17"}, referrals, "Referrals: "},
		{"no level", map[string]string{level: "9", other: "17"}, level, "has the levels"},
		{"part over whole", map[string]string{referrals: "5", completed: "6", other: "17"}, completed, "cannot be more than"},
		{"below 0", map[string]string{referrals: "-5", completed: "", other: "17"}, referrals, "cannot be less than 0"},
		{"ambiguous", map[string]string{referrals: "1,234.5.6", other: "17"}, referrals, ""},
	} {
		fields := fieldsOf(v.Page(w.path(ownMember)))
		for field, text := range c.typed {
			fields.Set(field, text)
		}
		a := v.Post(w.path(ownMember), fields)
		if a.Status != 422 {
			t.Errorf("%s: %d", c.name, a.Status)
			continue
		}
		page := pagetest.Read(t, a.Body)
		page.Check()
		if got := fieldsOf(page); got.Encode() != fields.Encode() {
			if level != c.wrong { // a list has no place for what is not in it
				t.Errorf("%s: the fields came back changed", c.name)
			}
		}
		if !strings.Contains(a.Body, `href="#`+c.wrong+`"`) || !strings.Contains(a.Body, `id="`+c.wrong+`-error"`) {
			t.Errorf("%s: no error leads to %s", c.name, c.wrong)
		}
		has(t, page.Main(), c.says)
	}
	if now := w.form(ownMember).Sites[1].Now[form.Measures[1].Key]; now == 17 {
		t.Error("a form with a fault was taken in part")
	}
}

// Two people fill the same form: the second is told of what both changed, and
// what only the first changed stays.
func TestFormOfTwoPeople(t *testing.T) {
	w := open(t)
	form := w.form(ownMember)
	one, two := w.site.As(t, policy.SpreadManager), w.site.As(t, policy.Analyst)
	first, second := fieldsOf(one.Page(w.path(ownMember))), fieldsOf(two.Page(w.path(ownMember)))
	_, referrals, completed := cells(form, 0)
	_, other, otherCompleted := cells(form, 1)
	first.Set(referrals, "4111")
	first.Set(completed, "")
	first.Set(other, "4333")
	first.Set(otherCompleted, "")
	second.Set(referrals, "4222")
	second.Set(completed, "")
	if a := one.Post(w.path(ownMember), first); a.Status != 303 {
		t.Fatalf("the first is answered %d", a.Status)
	}
	a := two.Post(w.path(ownMember), second)
	if a.Status != 409 {
		t.Fatalf("the second is answered %d", a.Status)
	}
	has(t, pagetest.Read(t, a.Body).Main(), "somebody else made it 4111 while you typed 4222")
	again := fieldsOf(pagetest.Read(t, a.Body))
	if again.Get(referrals) != "4222" || again.Get(wasField(referrals)) != "4111" {
		t.Errorf("the form came back with %q, was %q", again.Get(referrals), again.Get(wasField(referrals)))
	}
	if a := two.Post(w.path(ownMember), again); a.Status != 303 {
		t.Fatalf("sent knowingly it answers %d", a.Status)
	}
	after := w.form(ownMember)
	key := form.Measures[1].Key
	if after.Sites[0].Now[key] != 4222 || after.Sites[1].Now[key] != 4333 {
		t.Errorf("kept are %d and %d", after.Sites[0].Now[key], after.Sites[1].Now[key])
	}
}

// A reason why there is no return is kept, shown, and refused beside values.
func TestFormTakesWhyThereIsNoReturn(t *testing.T) {
	w := open(t)
	form := w.form(ownMember)
	v := w.site.As(t, policy.SpreadManager)
	fields := fieldsOf(v.Page(w.path(ownMember)))
	why := area.WhyField(form.Sites[0].Key)
	fields.Set(why, `=HYPERLINK("x") <script>alert(1)</script>`)
	a := v.Post(w.path(ownMember), fields)
	if len(form.Sites[0].Now) > 0 {
		if a.Status != 422 {
			t.Errorf("a reason beside values answers %d", a.Status)
		}
		level, referrals, completed := cells(form, 0)
		for _, field := range []string{level, referrals, completed} {
			fields.Set(field, "")
		}
		a = v.Post(w.path(ownMember), fields)
	}
	if a.Status != 303 {
		t.Fatalf("%d: %s", a.Status, a.Body)
	}
	status := v.Get(returnsPath(madeUp)).Body
	if strings.Contains(status, "<script>alert") || !strings.Contains(status, "&lt;script&gt;alert(1)") {
		t.Error("the reason is not shown as text")
	}
	if file := v.Get(programmePath(madeUp) + "/owing.csv").Body; !strings.Contains(file, `'=HYPERLINK`) {
		t.Error("the reason runs as a formula in a spreadsheet")
	}
}

// Levels that stayed the same need no typing; nothing is saved by looking.
func TestFormStartsFromLastLevels(t *testing.T) {
	w := open(t)
	form := w.form(ownMember)
	v := w.site.As(t, policy.SpreadManager)
	fields := fieldsOf(v.Page(w.path(ownMember)))
	level, referrals, completed := cells(form, 0)
	for _, field := range []string{level, referrals, completed} {
		fields.Set(field, "")
	}
	if a := v.Post(w.path(ownMember), fields); a.Status != 303 {
		t.Fatalf("clearing answers %d", a.Status)
	}
	if v.Page(w.path(ownMember)).Href("Start from the levels of "+form.Before.Label()) == "" {
		t.Error("the form does not offer the last levels")
	}
	got := fieldsOf(v.Page(w.path(ownMember) + "?levels=last"))
	last, ok := form.Sites[0].Last[form.Measures[0].Key]
	if !ok || got.Get(level) != textOf(last, true) || got.Get(wasField(level)) != "" || got.Get(referrals) != "" {
		t.Errorf("the fields are %q, %q, %q", got.Get(level), got.Get(wasField(level)), got.Get(referrals))
	}
}

// Only those who may are let in, whatever address or key they guess.
func TestFormIsClosedToOthers(t *testing.T) {
	w := open(t)
	for role, want := range map[policy.Role][2]int{
		policy.SpreadManager: {200, 403}, policy.ProgrammeLead: {200, 200}, policy.Analyst: {200, 200}, policy.SeniorManager: {403, 403},
		policy.SiteChampion: {403, 403}, policy.Evaluator: {403, 403}, policy.Innovator: {403, 403}, policy.InstanceAdmin: {403, 403},
	} {
		v := w.site.As(t, role)
		for i, member := range []string{ownMember, otherMember} {
			if a := v.Get(w.path(member)); a.Status != want[i] {
				t.Errorf("%s for %s is answered %d, want %d", role, member, a.Status, want[i])
			}
		}
	}
	foreign := w.form(otherMember).Sites[0]
	fields := url.Values{wasField(area.WhyField(foreign.Key)): {""}}
	fields.Set(cellField(foreign.Key, 1), "1")
	v := w.site.As(t, policy.SpreadManager)
	if a := v.Post(w.path(otherMember), fields); a.Status != 403 {
		t.Errorf("another member's form takes a post with %d", a.Status)
	}
	v.Post(w.path(ownMember), fields)
	if after := w.form(otherMember).Sites[0]; after.Now[1] != foreign.Now[1] {
		t.Error("another member's site was changed through the own form")
	}
}

// Approved figures need a reason, from those who may restate them.
func TestFormRestates(t *testing.T) {
	w := open(t)
	earlier := w.last.Periods[1]
	path := memberPath(madeUp, w.last.Collection, earlier, ownMember)
	v := w.site.As(t, policy.SpreadManager)
	page := v.Page(path)
	has(t, page.Main(), "These figures are approved.", "Why are approved figures changed?")
	form, err := w.app.Adoption.ReturnForm(t.Context(), system, area.FormName{Programme: madeUp, Collection: "quarterly", Period: earlier, Member: ownMember})
	if err != nil {
		t.Fatal(err)
	}
	_, referrals, completed := cells(form, 0)
	fields := fieldsOf(page)
	fields.Set(referrals, "77")
	fields.Set(completed, "7")
	a := v.Post(path, fields)
	if a.Status != 422 || !strings.Contains(a.Body, `href="#reason"`) {
		t.Errorf("without a reason it answers %d", a.Status)
	}
	fields.Set("reason", "Counted anew")
	if a := v.Post(path, fields); a.Status != 303 {
		t.Errorf("with a reason it answers %d", a.Status)
	}
	sent := v.Page(path + "/sent")
	sent.Check()
	has(t, sent.Main(), "2 values are restated. What they said before is kept, with your reason.",
		" values were restated after approval. What was said before is kept, with the reason and who changed it.")
	if got := sent.Href("See how the rate of " + form.Member.Name + " changed"); got != programmePath(madeUp)+"/members/"+ownMember {
		t.Errorf("the change is explained at %q", got)
	}
}
