package admin

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sir/internal/policy"
	"sir/internal/setting"
	"sir/internal/web/pagetest"
)

const rulesPath = "/admin/settings/chart-rules"

// rulesOf is the form as it is sent, with some fields changed.
func rulesOf(changes ...string) url.Values {
	sent := url.Values{
		"trend": {"6"}, "shift": {"8"}, "two-of-three": {"no"}, "disagree": {"yes"}, "screen": {"yes"}, "limits-from": {"20"}, "version": {"0"},
	}
	for i := 0; i < len(changes); i += 2 {
		sent.Set(changes[i], changes[i+1])
	}
	return sent
}

// shown reads the values that the form of the rules shows.
func shown(page *pagetest.Page) map[string]string {
	values := map[string]string{}
	for _, option := range page.All("option") {
		if slices.ContainsFunc(option.Attr, func(a html.Attribute) bool { return a.Key == "selected" }) {
			values[pagetest.Attribute(option.Parent, "name")] = pagetest.Attribute(option, "value")
		}
	}
	for _, input := range page.All("input") {
		if name := pagetest.Attribute(input, "name"); name == "limits-from" {
			values[name] = pagetest.Attribute(input, "value")
		}
	}
	return values
}

func TestChartRulesAreChosenOnThePage(t *testing.T) {
	a := pagetest.Demo(t)
	site := serve(t, a)
	v := site.As(t, policy.InstanceAdmin)
	usual := map[string]string{"trend": "7", "shift": "7", "two-of-three": "yes", "disagree": "no", "screen": "no", "limits-from": "13"}
	page := v.Page("/admin/settings")
	page.Check()
	if got := shown(page); !maps.Equal(got, usual) {
		t.Errorf("at first the form shows %v", got)
	}
	if answer := v.Post(rulesPath, rulesOf()); answer.Status != 303 || answer.Header.Get("Location") != "/admin/settings" {
		t.Fatalf("the choice answers %d: %.300s", answer.Status, answer.Body)
	}
	want := setting.ChartRules{Trend: 6, Shift: 8, Screen: true, PreferImprovement: true, LimitsFrom: 20}
	if rules, version, err := setting.ChartRulesOf(context.Background(), a.Desk.DB); err != nil || rules != want || version != 1 {
		t.Errorf("kept is %v, version %d (%v)", rules, version, err)
	}
	page = v.Page("/admin/settings")
	if got := shown(page)["trend"]; got != "6" || !strings.Contains(page.Main(), "The rules of all charts are changed.") {
		t.Errorf("the form shows a trend of %s, the page says %q", got, page.Main())
	}
	stale := v.Post(rulesPath, rulesOf("trend", "7"))
	page = pagetest.Read(t, stale.Body)
	page.Check()
	if text := page.Main(); stale.Status != 409 || !strings.Contains(text, "You chose: trend 7, shift 8") || shown(page)["trend"] != "6" {
		t.Errorf("a stale choice answers %d: %s", stale.Status, text)
	}
	if got := site.As(t, policy.Analyst).Post(rulesPath, rulesOf()).Status; got != 403 {
		t.Errorf("an analyst's choice answers %d", got)
	}
}

// What is wrong is said at its field, and what was typed stays, with the
// version that it was typed for.
func TestWrongChartRules(t *testing.T) {
	a := pagetest.Demo(t)
	v := serve(t, a).As(t, policy.InstanceAdmin)
	for field, says := range map[string]string{
		"trend": "A trend is 6 or 7 points.", "shift": "A shift is 6 to 9 points.", "two-of-three": "Choose from the list.",
		"disagree": "Choose from the list.", "screen": "Choose from the list.", "limits-from": "Enter a whole number from 12 to 36, such as 13.",
	} {
		for _, text := range []string{"", "5", "1e3", "<script>", "9999999999999999999999"} {
			answer := v.Post(rulesPath, rulesOf(field, text, "version", "77"))
			page := pagetest.Read(t, answer.Body)
			page.Check()
			if answer.Status != 422 || !strings.Contains(page.Main(), says) {
				t.Errorf("%s %q is answered %d: %s", field, text, answer.Status, page.Main())
			}
			versions := slices.DeleteFunc(page.All("input"), func(n *html.Node) bool { return pagetest.Attribute(n, "value") != "77" })
			if got := shown(page); len(versions) != 1 || field != "limits-from" && got["limits-from"] != "20" {
				t.Errorf("%s %q: the form then shows %v, of %d versions", field, text, got, len(versions))
			}
		}
	}
	if answer := v.Post(rulesPath, rulesOf("version", "x")); answer.Status != 422 || !strings.Contains(answer.Body, "could not be read") {
		t.Errorf("no version is answered %d", answer.Status)
	}
	if rules, version, err := setting.ChartRulesOf(context.Background(), a.Desk.DB); err != nil || rules != setting.UsualChartRules() || version != 0 {
		t.Errorf("kept is %v, version %d (%v)", rules, version, err)
	}
}
