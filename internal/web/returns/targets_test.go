package returns

import (
	"net/url"
	"strings"
	"testing"

	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// target is a form that is right.
func target(who string) url.Values {
	return url.Values{
		"for": {who}, "value": {"65"}, "inclusive": {"more-than"}, "agreed-by": {"Programme board"},
		"starts-on-day": {"1"}, "starts-on-month": {"4"}, "starts-on-year": {"2027"},
		"agreed-on-day": {"2"}, "agreed-on-month": {"3"}, "agreed-on-year": {"2026"},
	}
}

var targetsPath = programmePath(madeUp) + "/targets"

// A target is added with its inequality, and withdrawn without being lost.
func TestTargetsAreAddedAndWithdrawn(t *testing.T) {
	w := open(t)
	v := w.site.As(t, policy.ProgrammeLead)
	if a := v.Post(targetsPath, target(nationalValue)); a.Status != 303 {
		t.Fatalf("adding answers %d: %s", a.Status, a.Body)
	}
	page := v.Page(targetsPath)
	page.Check()
	rows := page.Rows("National targets")
	last := rows[len(rows)-1]
	if want := []string{"1 April 2027", "Adoption rate", "more than 65%", "Programme board", "2 March 2026", "stands"}; strings.Join(last[:6], "|") != strings.Join(want, "|") {
		t.Errorf("the last target is %q, want %q", last, want)
	}
	withdraw := page.Href("Withdraw the target from 1 April 2027")
	has(t, v.Page(withdraw).Main(), "more than 65%")
	if a := v.Post(withdraw, url.Values{"member": {""}}); a.Status != 303 {
		t.Fatalf("withdrawing answers %d", a.Status)
	}
	rows = v.Page(targetsPath).Rows("National targets")
	if last := rows[len(rows)-1]; !strings.HasPrefix(last[5], "withdrawn on") {
		t.Errorf("after withdrawing it is %q", last)
	}
	if a := v.Post(withdraw, url.Values{}); a.Status != 409 {
		t.Errorf("withdrawing twice answers %d", a.Status)
	}
	if a := v.Post(targetsPath, target(nationalValue)); a.Status != 303 {
		t.Errorf("its date is not free again: %d", a.Status)
	}
}

func TestTargetsThatAreWrong(t *testing.T) {
	w := open(t)
	v := w.site.As(t, policy.ProgrammeLead)
	if a := v.Post(targetsPath, target(nationalValue)); a.Status != 303 {
		t.Fatal(a.Status)
	}
	for _, c := range []struct{ field, value, at string }{
		{"value", "0", "value"}, {"value", "101", "value"}, {"value", "<b>", "value"}, {"value", "50.5", "value"}, {"value", "NaN", "value"},
		{"measure", "nothing rate", "measure"}, {"measure", "queries rate", "measure"}, {"agreed-by", "", "agreed-by"},
		{"agreed-by", strings.Repeat("x", 200), "agreed-by"}, {"starts-on-month", "13", "starts-on"}, {"starts-on-day", "", "starts-on"},
		{"agreed-on-year", "2190", "agreed-on"}, {"value", "100", "inclusive"}, {"value", "70", "starts-on"},
	} {
		form := target(nationalValue)
		form.Set(c.field, c.value)
		a := v.Post(targetsPath, form)
		if a.Status != 422 || !strings.Contains(a.Body, `href="#`+c.at+`"`) {
			t.Errorf("%s %q answers %d without an error at %s", c.field, c.value, a.Status, c.at)
			continue
		}
		page := pagetest.Read(t, a.Body)
		page.Check()
		if got := fieldsOf(page).Get(c.field); c.field != "inclusive" && c.field != "measure" && got != c.value {
			t.Errorf("%s came back as %q", c.field, got)
		}
	}
}

// National targets are the lead's, a member's those of its own people.
func TestTargetsAreSetByThoseWhoMay(t *testing.T) {
	w := open(t)
	for role, want := range map[policy.Role][3]int{ // national, own member, other member
		policy.ProgrammeLead: {303, 303, 303}, policy.SpreadManager: {403, 303, 403}, policy.SeniorManager: {403, 303, 403},
		policy.Analyst: {403, 403, 403}, policy.SiteChampion: {403, 403, 403}, policy.InstanceAdmin: {403, 403, 403},
	} {
		w := open(t)
		v := w.site.As(t, role)
		for i, who := range []string{nationalValue, ownMember, otherMember} {
			if a := v.Post(targetsPath, target(who)); a.Status != want[i] {
				t.Errorf("%s for %s is answered %d, want %d", role, who, a.Status, want[i])
			}
		}
	}
	page := w.site.As(t, policy.Innovator).Get(targetsPath)
	if page.Status != 200 || strings.Contains(page.Body, "Targets of ") || strings.Contains(page.Body, "Add a target") {
		t.Errorf("an innovator is answered %d, or sees members' targets", page.Status)
	}
	national := w.site.As(t, policy.ProgrammeLead).Page(targetsPath).Href("Withdraw the target from " + firstStart(t, w))
	if a := w.site.As(t, policy.SpreadManager).Post(national, url.Values{"member": {ownMember}}); a.Status != 403 {
		t.Errorf("a spread manager withdraws a national target as their own: %d", a.Status)
	}
}

func firstStart(t *testing.T, w *world) string {
	t.Helper()
	return w.site.As(t, policy.ProgrammeLead).Page(targetsPath).Rows("National targets")[0][0]
}

// A target of a count is set, shown with what it is of, and a point of a
// trajectory beside it.
func TestTargetsOfOtherMeasures(t *testing.T) {
	w := open(t)
	v := w.site.As(t, policy.SpreadManager)
	form := target(ownMember)
	form.Set("measure", "referrals total")
	form.Set("value", "1,200")
	if a := v.Post(targetsPath, form); a.Status != 303 {
		t.Fatalf("adding answers %d: %s", a.Status, a.Body)
	}
	form.Set("kind", pathChoice)
	if a := v.Post(targetsPath, form); a.Status != 303 {
		t.Fatalf("adding a point of the trajectory answers %d", a.Status)
	}
	main := v.Page(targetsPath).Main()
	has(t, main, "Referrals, total", "more than 1200", "On 1 April 2027", "1200 (trajectory)")
	form = target(nationalValue)
	form.Set("measure", "referrals total")
	if a := v.Post(targetsPath, form); a.Status != 403 {
		t.Errorf("a spread manager sets a national target of a count: %d", a.Status)
	}
	form = target(otherMember)
	form.Set("measure", "referrals average")
	if a := v.Post(targetsPath, form); a.Status != 403 {
		t.Errorf("a spread manager sets another's target of a count: %d", a.Status)
	}
}
