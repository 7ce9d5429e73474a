package signals

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	area "sir/internal/adoption"
	"sir/internal/app"
	"sir/internal/chart"
	work "sir/internal/improvement"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/setting"
	improvementpages "sir/internal/web/improvement"
	"sir/internal/web/pagetest"
	"sir/internal/web/shell"
)

const (
	ownTitle   = `Made-up <b>test</b> "one" & two`
	otherTitle = "Made-up test of the other"
	planTitle  = "Made-up plan"
	queriesOwn = madeUp + "/members/MU-N01/measures/queries"
)

// tested adds to the demonstration two cycles that began in February 2026, one
// of them at another member, and a plan.
func tested(t *testing.T) *app.App {
	t.Helper()
	a := pagetest.Demo(t)
	ctx := context.Background()
	view, err := a.Adoption.Signal(ctx, system, "MU-EXAMPLE", "", "queries", area.SignalChoice{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ member, title, starts, prediction string }{
		{"MU-N01", ownTitle, "2026-02-28", "It helps."}, {"MU-N02", otherTitle, "2026-02-01", "It helps."}, {"MU-N01", planTitle, "2026-02-10", ""},
	} {
		m, err := network.MemberByCode(ctx, a.Desk.DB, c.member)
		if err != nil {
			t.Fatal(err)
		}
		err = work.InsertCycle(ctx, a.Desk.DB, work.Cycle{
			ProgrammeID: view.Programme.ID, UnitID: m.ID, MeasureID: view.Measure.ID, Title: c.title, StartsOn: c.starts, EndsOn: "2026-03-02",
			Plan: "Try it.", Prediction: c.prediction, MadeBy: "spread manager",
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// withCycles serves the pages to which the charts lead, too.
func withCycles(t *testing.T, a *app.App) *pagetest.Site {
	return pagetest.Serve(t, a, slices.Concat([]shell.Route{}, Routes(a.Adoption, a.Improvement), improvementpages.Routes(a.Improvement)))
}

// A cycle stands on the chart, in its table, in the file and in the list, which
// leads to its page; a plan is nowhere.
func TestCyclesAreMarksOnTheChart(t *testing.T) {
	v := withCycles(t, tested(t)).As(t, policy.SpreadManager)
	page := v.Page(queriesOwn)
	page.Check()
	figure := page.Texts("figcaption")[0]
	rows := page.Rows(figure[:strings.Index(figure, " Each ")])
	last := rows[len(rows)-2] // February, of a table up to March
	if notes := last[len(last)-1]; last[0] != "February 2026" || !strings.HasSuffix(notes, "PDSA cycle: "+ownTitle) || !strings.HasPrefix(notes, "note ") {
		t.Errorf("the table says %q of %s", notes, last[0])
	}
	list := page.Rows("PDSA cycles that work on the measure")
	if len(list) != 1 || list[0][0] != ownTitle || list[0][3] != "February 2026" || list[0][4] != string(work.Running) {
		t.Errorf("the list is %q", list)
	}
	if next := v.Page(page.Href(ownTitle)); !strings.Contains(next.Main(), "It helps.") {
		t.Errorf("the list leads to %q", next.Main())
	}
	svg := v.Get(queriesOwn + "/chart.svg").Body
	if !strings.Contains(svg, "PDSA cycle: Made-up &lt;b&gt;test&lt;/b&gt;") {
		t.Error("the chart does not name the cycle")
	}
	file := rowsOf(t, v.Get(queriesOwn+"/series.csv").Body)
	if got := file[len(file)-2]; got[3] != "feb_2026" || got[len(got)-1] != "PDSA cycle: "+ownTitle {
		t.Errorf("the file has %q", got)
	}
	for _, text := range []string{page.Main(), svg} {
		if strings.Contains(text, planTitle) || strings.Contains(text, otherTitle) {
			t.Error("a plan, or the other member's cycle, is on the chart")
		}
	}
	level := v.Page(madeUp + "/members/MU-N01/measures/level") // a curve
	level.Check()
	if text := level.Main(); !strings.Contains(text, "note: PDSA cycle") || !strings.Contains(text, "Monday training on one ward") {
		t.Error("the curve has no cycle")
	}
}

// Cycles are open as improvement work is: who sees the chart and not the work
// gets the chart as if there were none.
func TestCyclesAreSeenByThoseWhoMay(t *testing.T) {
	site := serve(t, tested(t))
	for _, c := range []struct {
		role       policy.Role
		own, other bool
	}{
		{policy.ProgrammeLead, true, true}, {policy.Analyst, true, true}, {policy.SpreadManager, true, false}, {policy.SeniorManager, true, false},
		{policy.SiteChampion, false, false}, {policy.Evaluator, false, false}, {policy.Communications, false, false}, {policy.Innovator, false, false},
	} {
		v := site.As(t, c.role)
		for _, address := range []string{
			queries, queries + "?show=each", queries + "/series.csv", queries + "/chart.svg", queries + "/members",
			madeUp + "/members/MU-N02/measures/queries", queriesOwn, queriesOwn + "/series.csv",
		} {
			answer := v.Get(address)
			if answer.Status != 200 { // closed to some of them
				continue
			}
			of01, of02 := !strings.Contains(address, "MU-N02"), !strings.Contains(address, "MU-N01")
			if got, want := strings.Contains(answer.Body, "Made-up &lt;b&gt;test") || strings.Contains(answer.Body, "Made-up <b>test"), c.own && of01; got != want {
				t.Errorf("%s as %s: the cycle is there: %v", address, c.role, got)
			}
			if got, want := strings.Contains(answer.Body, otherTitle), c.other && of02; got != want {
				t.Errorf("%s as %s: the other member's cycle is there: %v", address, c.role, got)
			}
			if seen := strings.Contains(answer.Body, "PDSA cycle:"); !c.own && seen {
				t.Errorf("%s as %s names a cycle", address, c.role)
			}
		}
	}
	if page := site.As(t, policy.ProgrammeLead).Page(queries).Main(); !strings.Contains(page, "PDSA cycles: "+otherTitle+" at ") {
		t.Error("a chart of the programme does not say whose its cycles are")
	}
}

// Where many cycles begin in one period the chart names a few and counts the
// rest, and its notes are numbered from left to right.
func TestManyCyclesInOnePeriod(t *testing.T) {
	a := pagetest.Demo(t)
	view, err := a.Adoption.Signal(context.Background(), system, "MU-EXAMPLE", "", "queries", area.SignalChoice{})
	if err != nil {
		t.Fatal(err)
	}
	var all []work.Cycle
	for i := range cyclesListed + 2 {
		all = append(all, work.Cycle{Title: fmt.Sprintf("Test %d", i), UnitName: "Alder", UnitCode: "alder", StartsOn: "2025-05-31", Prediction: "x"})
	}
	all = append(all, work.Cycle{Title: "Before", StartsOn: "1999-12-31", Prediction: "x"})
	marks := cyclesOn(view.Series, all)
	at := slices.IndexFunc(view.Points, func(p area.SeriesPoint) bool { return p.Period.Label() == "May 2025" })
	want := fmt.Sprintf("PDSA cycles: Test 0 at Alder; Test 1 at Alder; Test 2 at Alder, and %d more", cyclesListed-1)
	if got := cycleWords(view.Signal, marks, view.Points[at].Period); got != want {
		t.Errorf("the chart says %q, want %q", got, want)
	}
	drawn := drawing(view.Signal, marks, "T", false).(chart.ControlChart)
	if !slices.IsSortedFunc(drawn.Annotations, func(a, b chart.Annotation) int { return a.At - b.At }) || len(drawn.Annotations) < 2 {
		t.Errorf("the notes are %+v", drawn.Annotations)
	}
	if said := strings.Join(drawn.Settings, "\n"); !strings.Contains(said, ": "+want+".") {
		t.Errorf("below the chart stands %s", said)
	}
	if lines := noteLines(make([]chart.Annotation, notesPrinted+4)); len(lines) != notesPrinted+1 || lines[notesPrinted] != "The table has 4 more." {
		t.Errorf("of many notes are printed %q", lines)
	}
	table := cyclesTable(view.Signal, marks)
	if len(table.Rows) != cyclesListed || table.Rows[0][3].Text != "not in its periods" || !strings.Contains(cyclesNote(marks), "The latest 50 of 53 are listed.") {
		t.Errorf("%d rows, the first %+v; %s", len(table.Rows), table.Rows[0], cyclesNote(marks))
	}
}

// Rules that an administrator chose are printed on the page's chart and in the
// file of it, and the page says how many values limits need.
func TestChosenRulesAreOnThePage(t *testing.T) {
	a := pagetest.Demo(t)
	v := serve(t, a).As(t, policy.ProgrammeLead)
	rules := setting.UsualChartRules()
	rules.Trend, rules.TwoOfThree, rules.LimitsFrom = 6, false, 14
	if err := a.Settings.ChooseChartRules(context.Background(), system, rules, 0); err != nil {
		t.Fatal(err)
	}
	for address, says := range map[string]string{
		queries: "needs 14 values", queries + "/chart.svg": "6 points in a row rising", madeUp + "/measures": "limits need 14 values",
	} {
		body := v.Get(address).Body
		if !strings.Contains(body, says) || strings.Contains(body, "2 of 3 points") {
			t.Errorf("%s does not say %q, or names the rule that is not used", address, says)
		}
	}
	form := v.Page(queries)
	for _, option := range form.All("option") {
		if pagetest.Attribute(option.Parent, "name") == "trend" && pagetest.Attribute(option, "value") == "7" {
			for _, attribute := range option.Attr {
				if attribute.Key == "selected" {
					t.Error("the form shows a trend of 7 as chosen")
				}
			}
		}
	}
}
