package signals

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	area "sir/internal/adoption"
	"sir/internal/app"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

const (
	madeUp   = "/measure/MU-EXAMPLE"
	queries  = madeUp + "/measures/queries"
	classes  = 17 // columns of the file of a series
	valueAt  = 6
	upperAt  = 15
	markText = `<script>alert("x")</script> O'Brien & 50% ` + "\u202e"
)

var system = policy.System("test")

func serve(t testing.TB, a *app.App) *pagetest.Site {
	return pagetest.Serve(t, a, Routes(a.Adoption, a.Improvement))
}

// rowsOf reads a CSV file without its header.
func rowsOf(t testing.TB, body string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatalf("%v: %.200s", err, body)
	}
	return rows[1:]
}

// wordOf is the class of a file's row as the table says it.
func wordOf(row []string) string {
	switch {
	case row[20] == "true":
		return "left out of the limits"
	case row[classes] == "common_cause":
		return "common cause"
	}
	return row[classes]
}

// Chart, table, file and icon of any measure, place and choice say the same:
// each value, limit and class in the file stands in the table of the page, and
// the icon is that of the latest value that counts.
func TestChartTableFileAndIconAgree(t *testing.T) {
	a := pagetest.Demo(t)
	v := serve(t, a).As(t, policy.ProgrammeLead)
	rapid.Check(t, func(t2 *rapid.T) {
		path := madeUp + rapid.SampledFrom([]string{"", "/members/MU-N01", "/members/MU-N08"}).Draw(t2, "place") + "/measures/" +
			rapid.SampledFrom([]string{"queries", "answered", "referrals", "completed"}).Draw(t2, "measure")
		query := url.Values{
			"show": {rapid.SampledFrom([]string{"", "each", "change"}).Draw(t2, "show")}, "trend": {rapid.SampledFrom([]string{"", "6", "7"}).Draw(t2, "trend")},
			"baseline": {rapid.SampledFrom([]string{"", "12", "20"}).Draw(t2, "baseline")}, "screen": {rapid.SampledFrom([]string{"", "yes"}).Draw(t2, "screen")},
			"target": {rapid.SampledFrom([]string{"", "80", "1200"}).Draw(t2, "target")}, "chart": {rapid.SampledFrom([]string{"", "run", "p"}).Draw(t2, "chart")},
		}
		address := "?" + query.Encode()
		page, rows := v.Page(path+address), rowsOf(t, v.Get(path+"/series.csv"+address).Body)
		figure := page.Texts("figcaption")[0]
		caption := figure[:strings.Index(figure, " Each ")]
		table := page.Rows(caption)
		rows = rows[len(rows)-len(table):] // changes begin a period later
		last := ""
		for i, row := range rows {
			says := strings.Join(table[i], " | ")
			if !strings.Contains(says, wordOf(row)) && row[valueAt] != "" {
				t2.Fatalf("%s%s: the file says %q of %s, the table %q", path, address, wordOf(row), row[3], says)
			}
			if row[valueAt] != "" && !slices.ContainsFunc(table[i], func(cell string) bool { return near(cell, row[valueAt]) }) {
				t2.Fatalf("%s%s: the file has %s in %s, the table %q", path, address, row[valueAt], row[3], says)
			}
			if row[upperAt] != "" && !slices.ContainsFunc(table[i], func(cell string) bool { return near(cell, row[upperAt]) }) {
				t2.Fatalf("%s%s: the file has the limit %s in %s, the table %q", path, address, row[upperAt], row[3], says)
			}
			if row[valueAt] != "" && row[20] != "true" {
				last = row[classes]
			}
		}
		icons := strings.Join(page.Texts("ul"), " ")
		if rows[0][12] == "xmr" || rows[0][12] == "p" || rows[0][12] == "p_prime" {
			want := map[string]string{"common_cause": "common cause: no sign of change", "improvement": "special cause, improvement", "concern": "special cause, concern"}[last]
			if !strings.Contains(icons, want) && !strings.Contains(icons, "not enough data") {
				t2.Fatalf("%s%s: the latest value is %s, the icons say %q", path, address, last, icons)
			}
		} else if strings.Contains(icons, "special cause") {
			t2.Fatalf("%s%s: an icon on a chart without limits", path, address)
		}
	})
}

// near tells whether a cell is the rounding of a number.
func near(cell, number string) bool {
	shown, err := strconv.ParseFloat(cell, 64)
	exact, wrong := strconv.ParseFloat(number, 64)
	return err == nil && wrong == nil && shown-exact <= 0.5000001 && exact-shown <= 0.5000001
}

// The overview's icon is that of the measure's own page.
func TestOverviewAgreesWithThePages(t *testing.T) {
	a := pagetest.Demo(t)
	v := serve(t, a).As(t, policy.ProgrammeLead)
	list, err := a.Adoption.Signals(context.Background(), system, "MU-EXAMPLE", "")
	if err != nil {
		t.Fatal(err)
	}
	rows := v.Page(madeUp + "/measures").Rows("All measures of the whole programme")
	if len(rows) != len(list.Signals) || len(rows) != 6 {
		t.Fatalf("%d rows for %d measures", len(rows), len(list.Signals))
	}
	limits := 0
	for i, s := range list.Signals {
		if s.Kind.HasLimits() {
			limits++
			if rows[i][5] != s.Variation().Text() {
				t.Errorf("%s: %q, want %q", s.Measure.Name, rows[i][5], s.Variation().Text())
			}
		}
		if alone := v.Page(signalPath(s.Series)).Main(); s.Kind.HasLimits() && !strings.Contains(alone, s.Variation().Text()) {
			t.Errorf("%s: its page does not say %q", s.Measure.Name, s.Variation().Text())
		}
	}
	if limits != 2 {
		t.Errorf("%d measures have limits, want the two monthly ones", limits)
	}
}

// The made-up counts show what they were made to show: fewer queries from the
// month in which the message changed, and an odd month that is left out.
func TestMadeUpQueries(t *testing.T) {
	a := pagetest.Demo(t)
	view, err := a.Adoption.Signal(context.Background(), system, "MU-EXAMPLE", "", "queries", area.SignalChoice{Show: area.EachBasis})
	if err != nil {
		t.Fatal(err)
	}
	before, _ := view.Analysis.Parts[0].Mean.Value()
	after, _ := view.Analysis.Parts[1].Mean.Value()
	if view.Kind != area.XmRChart || len(view.Analysis.Parts) != 2 || after > 0.9*before || !view.Analysis.Points[16].Excluded {
		t.Errorf("%s of %d parts with the means %v and %v", view.Kind, len(view.Analysis.Parts), before, after)
	}
	rows := rowsOf(t, serve(t, a).As(t, policy.Analyst).Get(madeUp+"/measures/step/levels.csv").Body)
	sites := 0
	for _, row := range rows {
		if row[3] == rows[len(rows)-1][3] {
			n, _ := strconv.Atoi(row[8])
			sites += n
		}
	}
	if last := view.Points[len(view.Points)-1].Expected; sites != last {
		t.Errorf("the levels of the last month are of %d sites, %d were expected", sites, last)
	}
}

// Every page and file opens to those who may see it and to nobody else, and a
// guess is answered like what is closed.
func TestRolesAndGuesses(t *testing.T) {
	site := serve(t, pagetest.Demo(t))
	all := []policy.Role{policy.ProgrammeLead, policy.SpreadManager, policy.Analyst, policy.SiteChampion, policy.Innovator, policy.InstanceAdmin}
	for address, statuses := range map[string][]int{
		madeUp + "/measures":                                {200, 200, 200, 200, 200, 403},
		queries:                                             {200, 200, 200, 200, 200, 403},
		queries + "/series.csv":                             {200, 200, 200, 200, 200, 403},
		queries + "/chart.svg":                              {200, 200, 200, 200, 200, 403},
		queries + "/members":                                {200, 200, 200, 403, 403, 403},
		queries + "/members.svg":                            {200, 200, 200, 403, 403, 403},
		madeUp + "/members/MU-N01/measures":                 {200, 200, 200, 403, 403, 403},
		madeUp + "/members/MU-N02/measures/queries":         {200, 200, 200, 403, 403, 403},
		madeUp + "/members/no-such/measures":                {404, 404, 404, 403, 403, 403},
		madeUp + "/measures/no-such":                        {404, 404, 404, 404, 404, 403},
		madeUp + "/measures/queries/levels":                 {404, 404, 404, 403, 403, 403},
		madeUp + "/measures/step/levels.svg":                {200, 200, 200, 200, 200, 403},
		madeUp + "/milestones":                              {200, 403, 200, 403, 403, 403},
		madeUp + "/members/MU-N01/milestones":               {200, 200, 200, 403, 403, 403},
		madeUp + "/members/MU-N02/milestones.csv":           {200, 403, 200, 403, 403, 403},
		madeUp + "/members/oxford/measures":                 {404, 404, 404, 403, 403, 403},
		"/measure/tcam/measures/rate":                       {200, 200, 200, 200, 200, 200},
		"/measure/tcam/members/oxford/measures":             {200, 200, 200, 200, 200, 200},
		"/measure/tcam/members/MU-N01/measures":             {404, 404, 404, 404, 404, 404},
		"/measure/no-such/measures":                         {404, 404, 404, 403, 403, 403},
		queries + "?trend=9&target=NaN&baseline=1&show=all": {422, 422, 422, 422, 422, 403},
	} {
		for i, role := range all {
			if got := site.As(t, role).Get(address).Status; got != statuses[i] {
				t.Errorf("%s as %s answers %d, want %d", address, role, got, statuses[i])
			}
		}
		if got := site.Stranger(t).Get(address).Status; got != 303 {
			t.Errorf("%s without signing in answers %d", address, got)
		}
	}
}

// A mark is text whatever it holds, on the page, in the chart and in the file.
func TestHostileMark(t *testing.T) {
	v := serve(t, pagetest.Demo(t)).As(t, policy.ProgrammeLead)
	answer := v.Post(queries+"/marks", url.Values{"period": {"feb_2026"}, "kind": {"note"}, "body": {markText}})
	if answer.Status != 303 || answer.Header.Get("Location") != queries {
		t.Fatalf("the mark answers %d, to %q: %.500s", answer.Status, answer.Header.Get("Location"), answer.Body)
	}
	page := v.Page(queries)
	page.Check()
	if !strings.Contains(page.Main(), `<script>alert("x")</script> O'Brien & 50%`) {
		t.Error("the mark is not on the page as it was typed")
	}
	if svg := v.Get(queries + "/chart.svg").Body; strings.Contains(svg, "<script") {
		t.Error("the mark is markup in the chart")
	}
	if !strings.Contains(v.Get(queries+"/series.csv").Body, "Note: <script>") {
		t.Error("the mark is not in the file")
	}
	wrong := v.Post(queries+"/marks", url.Values{"period": {"2099-01"}, "kind": {"erase"}, "body": {""}})
	form := pagetest.Read(t, wrong.Body)
	form.Check()
	for _, words := range []string{"Choose one of the periods of the chart.", "Choose what the mark does.", "Say what happened, or why."} {
		if wrong.Status != 422 || !strings.Contains(form.Main(), words) {
			t.Errorf("status %d, and the form does not say %q", wrong.Status, words)
		}
	}
	if got := v.Post(queries+"/marks/withdraw", url.Values{"mark": {"no-such"}}).Status; got != 403 {
		t.Errorf("a guessed mark answers %d", got)
	}
	if got := serve(t, pagetest.Demo(t)).As(t, policy.SpreadManager).Post(queries+"/marks", url.Values{"kind": {"note"}}).Status; got != 403 {
		t.Errorf("a spread manager marks the whole programme: %d", got)
	}
}

// Each kind of page keeps to what every page keeps to, and says as at when.
func TestPagesSayAsAtWhen(t *testing.T) {
	v := serve(t, pagetest.Demo(t)).As(t, policy.ProgrammeLead)
	for address, words := range map[string]string{
		madeUp + "/measures": "March 2026", queries: "In March 2026 it was", queries + "/members": "alphabetical order", madeUp + "/measures/level": "In Q4 2025/26",
		madeUp + "/measures/step/levels": "In March 2026", madeUp + "/milestones": "as at the end of March 2026",
		"/measure/tcam/measures/rate": "What it is made of is not given.", madeUp + "/units/MU-O01/measures/queries": "In ",
	} {
		page := v.Page(address)
		page.Check()
		if !strings.Contains(page.Main(), words) {
			t.Errorf("%s does not say %q", address, words)
		}
	}
}

// What a page needs from the database, and the analyses.
func BenchmarkPageData(b *testing.B) {
	a := pagetest.Demo(b)
	ctx := context.Background()
	for name, read := range map[string]func() error{
		"overview": func() error { _, err := a.Adoption.Signals(ctx, system, "MU-EXAMPLE", ""); return err },
		"measure": func() error {
			_, err := a.Adoption.Signal(ctx, system, "MU-EXAMPLE", "", "queries", area.SignalChoice{})
			return err
		},
		"series": func() error { _, err := a.Adoption.Series(ctx, system, "MU-EXAMPLE", "", "queries"); return err },
		"members": func() error {
			_, err := a.Adoption.CompareMembers(ctx, system, "MU-EXAMPLE", "queries", area.SignalChoice{})
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A member's mark changes its small chart as it changes its own page: both are
// of one analysis.
func TestMemberMarksReachTheComparison(t *testing.T) {
	a := pagetest.Demo(t)
	v := serve(t, a).As(t, policy.ProgrammeLead)
	own := madeUp + "/members/MU-N01/measures/queries"
	answer := v.Post(own+"/marks", url.Values{"period": {"jan_2025"}, "kind": {"rebase"}, "body": {"A made-up change"}})
	if answer.Status != 303 {
		t.Fatalf("the mark answers %d: %.300s", answer.Status, answer.Body)
	}
	compared, err := a.Adoption.CompareMembers(context.Background(), system, "MU-EXAMPLE", "queries", area.SignalChoice{})
	if err != nil {
		t.Fatal(err)
	}
	alone, err := a.Adoption.Signal(context.Background(), system, "MU-EXAMPLE", "MU-N01", "queries", area.SignalChoice{})
	if err != nil {
		t.Fatal(err)
	}
	first, other := compared.Signals[0], compared.Signals[1]
	if first.Unit.Code != "MU-N01" || len(first.Analysis.Parts) != 2 || first.Variation() != alone.Variation() || len(other.Analysis.Parts) != 1 {
		t.Errorf("%s has %d parts and says %s, alone %s; the next has %d parts",
			first.Unit.Code, len(first.Analysis.Parts), first.Variation(), alone.Variation(), len(other.Analysis.Parts))
	}
	v.Page(queries + "/members").Check()
}

// A value over fewer sites than were expected says so on its point and in its
// row; one over all of them does not.
func TestIncompleteValuesSaySo(t *testing.T) {
	a := pagetest.Demo(t)
	v := serve(t, a).As(t, policy.ProgrammeLead)
	signal, err := a.Adoption.Signal(context.Background(), system, "MU-EXAMPLE", "", "queries", area.SignalChoice{})
	if err != nil {
		t.Fatal(err)
	}
	rows := v.Page(queries).Rows("Queries from pharmacies: whole programme")
	drawn := v.Get(queries + "/chart.svg").Body
	whole, parts := 0, 0
	for i, p := range signal.Points {
		if p.Reported == 0 {
			continue
		}
		want := p.Reported < p.Expected
		if want {
			parts++
		} else {
			whole++
		}
		if says := strings.Join(rows[i], " | "); strings.Contains(says, "incomplete") != want {
			t.Errorf("%s has %d of %d sites, and its row says %q", p.Period.Label(), p.Reported, p.Expected, says)
		}
		if words := fmt.Sprintf("incomplete: %d of %d reported", p.Reported, p.Expected); want && !strings.Contains(drawn, words) {
			t.Errorf("no point of the chart says %q", words)
		}
	}
	if whole == 0 || parts == 0 {
		t.Errorf("%d whole periods and %d others: this test needs both", whole, parts)
	}
}

// Counts are whole in table, chart and sparkline; an average is not.
func TestCountsAreWhole(t *testing.T) {
	v := serve(t, pagetest.Demo(t)).As(t, policy.ProgrammeLead)
	own := madeUp + "/members/MU-N01/measures/referrals"
	const of = ": Alder network (made-up)"
	for query, reading := range map[string]string{"": "", "?show=change": ", change each period"} {
		for _, row := range v.Page(own + query).Rows("Referrals" + reading + of) {
			if strings.Contains(row[1], ".") {
				t.Errorf("%s%s: %s has the count %s", own, query, row[0], row[1])
			}
		}
	}
	if row := v.Page(own + "?show=each").Rows("Referrals, average of those that reported" + of)[0]; !strings.Contains(row[1], ".") {
		t.Errorf("an average is %s", row[1])
	}
	if body := v.Get(madeUp + "/members/MU-N01/measures").Body; strings.Contains(body, ".0 in ") {
		t.Error("a sparkline has a count with a fraction")
	}
}

// The rules of a chart and its notes stand below it as text, which wraps on a
// phone and is not cut; the file has them in its drawing.
func TestRulesStandBelowTheChart(t *testing.T) {
	v := serve(t, pagetest.Demo(t)).As(t, policy.ProgrammeLead)
	below := ""
	page := v.Page(queries)
	for _, text := range page.Texts("p") {
		if strings.HasPrefix(text, "XmR chart: mean of") {
			below = text
		}
	}
	for _, words := range []string{"7 points in a row on one side of the mean", "Note 1: left out: A records system was down for two weeks, and pharmacies rang about most patients."} {
		if !strings.Contains(below, words) {
			t.Errorf("the text below the chart does not say %q: %q", words, below)
		}
	}
	for _, drawn := range page.Texts("svg") {
		if strings.Contains(drawn, "moving ranges") {
			t.Error("a drawing of the page has the rules in it, too")
		}
	}
	if file := v.Get(queries + "/chart.svg").Body; !strings.Contains(file, "moving ranges") || !strings.Contains(file, "Note 1: left out") {
		t.Error("the file does not say by which rules it was judged")
	}
}
