package adoption

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	area "sir/internal/adoption"
	"sir/internal/app"
	"sir/internal/db"
	"sir/internal/innovation"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
	"sir/internal/web/pagetest"
)

// chosen are the values of the form's lists.
func chosen(page *pagetest.Page) []string {
	var values []string
	for _, option := range page.All("option") {
		for _, a := range option.Attr {
			if a.Key == "selected" {
				values = append(values, pagetest.Attribute(option, "value"))
			}
		}
	}
	return values
}

// The form offers every period, and shows those that are compared: at first
// the first, the middle and the last.
func TestPeriodsForm(t *testing.T) {
	a := pagetest.Demo(t)
	v := serve(t, a).As(t, policy.Analyst)
	page := v.Page("/measure/" + madeUp)
	if options := len(page.All("option")); options != 3*12 {
		t.Errorf("%d options, want 12 in each of 3 lists", options)
	}
	if got := chosen(page); !slices.Equal(got, []string{"q1_2023_24", "q2_2024_25", "q4_2025_26"}) {
		t.Errorf("at first %q are compared", got)
	}
	asked := []string{"q2_2023_24", "q3_2023_24", "q1_2025_26"}
	query := "?" + url.Values{"first": {asked[0]}, "second": {asked[1]}, "third": {asked[2]}}.Encode()
	page = v.Page("/measure/" + madeUp + query)
	if got := chosen(page); !slices.Equal(got, asked) {
		t.Errorf("%q were asked for, %q are compared", asked, got)
	}
	if head := page.Texts("thead")[0]; head != "AHSN Q2 2023/24 Q3 2023/24 Q1 2025/26 Change to Q3 2023/24, points Change to Q1 2025/26, points" {
		t.Errorf("the table's head is %q", head)
	}
	if href := page.Href("Chart (SVG)"); !strings.HasPrefix(href, "/measure/"+madeUp+"/rates.svg?") || !strings.Contains(v.Get(href).Body, "Q3 2023/24") {
		t.Errorf("the drawing to download is not that of the page: %s", href)
	}
}

// Periods that cannot be compared show the page again, with what to put right
// and with what was chosen.
func TestPeriodsRefused(t *testing.T) {
	v := analyst(t)
	tests := map[string]struct{ query, says, field string }{
		"unordered":        {"first=q3_2023_24&second=q2_2023_24&third=q1_2025_26", "Choose a later period than the one before.", "second"},
		"twice the same":   {"first=q3_2023_24&second=q3_2023_24&third=q1_2025_26", "Choose a later period than the one before.", "second"},
		"no period":        {"first=soon&second=q3_2023_24&third=q1_2025_26", `"soon" is not a period. Choose from the periods on the page.`, "first"},
		"two wrong":        {"first=soon&second=later&third=q1_2025_26", `"later" is not a period.`, "second"},
		"without figures":  {"first=q3_1999_00&second=q3_2023_24&third=q1_2025_26", "has no figures for Q3 1999/00.", ""},
		"of another kind":  {"first=oct_2023&second=nov_2023&third=dec_2023", "has no figures for October 2023.", ""},
		"too few":          {"first=q3_2023_24", "Choose 3 periods to compare.", ""},
		"two of three":     {"first=q3_2023_24&third=q1_2025_26", "Choose 3 periods to compare.", ""},
		"hostile":          {"first=" + url.QueryEscape(strings.Repeat("<b>", 100)), "is not a period.", "first"},
		"not to be stored": {"first=%00", "The text contains a character that cannot be stored.", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a := v.Get("/measure/" + madeUp + "?" + test.query)
			if a.Status != http.StatusUnprocessableEntity {
				t.Fatalf("answers %d", a.Status)
			}
			page := pagetest.Read(t, a.Body)
			page.Check()
			if text := page.Main(); !strings.Contains(text, "There is a problem") || !strings.Contains(text, test.says) {
				t.Errorf("the page says %.300q", text)
			}
			if rows := page.Rows("Adoption rate by AHSN"); len(rows) != 18 {
				t.Errorf("the table has %d rows", len(rows))
			}
			fields := 0
			for _, link := range page.All("a") {
				if pagetest.Attribute(link, "href") == "#"+test.field {
					fields++
				}
			}
			if test.field != "" && fields != 1 {
				t.Errorf("%d entries of the summary lead to the field %s", fields, test.field)
			}
		})
	}
	kept := pagetest.Read(t, v.Get("/measure/"+madeUp+"?first=q3_2023_24&second=q2_2023_24&third=q1_2025_26").Body)
	if got := chosen(kept); !slices.Equal(got, []string{"q3_2023_24", "q2_2023_24", "q1_2025_26"}) {
		t.Errorf("the form forgot what was chosen: %q", got)
	}
}

// TCAM has three points and nothing to choose; its periods may be named, and
// others are refused.
func TestPeriodsOfTCAM(t *testing.T) {
	v := analyst(t)
	if lists := v.Page("/measure/tcam").All("select"); len(lists) != 0 {
		t.Errorf("the page has %d lists", len(lists))
	}
	for query, want := range map[string]int{
		"first=q3_2018_19&second=q3_2019_20&third=q2_2020_21": http.StatusOK,
		"first=q3_2018_19&second=q3_2019_20&third=q3_2020_21": http.StatusUnprocessableEntity, // X3: the report's heading, not its data
		"first=q3_2018_19&second=q3_2019_20":                  http.StatusUnprocessableEntity,
	} {
		for _, path := range []string{"/measure/tcam", "/measure/tcam/rates.svg"} {
			if a := v.Get(path + "?" + query); a.Status != want {
				t.Errorf("%s?%s answers %d, want %d", path, query, a.Status, want)
			}
		}
	}
}

// publish adds a programme of which others published n quarters, for one
// member of the demonstration.
func publish(t *testing.T, a *app.App, code string, n int) {
	t.Helper()
	ctx := context.Background()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	item := innovation.Innovation{ID: db.NewID(), Code: code, Name: code, Summary: "For a test.", Source: "test"}
	must(innovation.Insert(ctx, a.Desk.DB, item))
	programme := rollout.Programme{ID: db.NewID(), Code: code, Name: code, InnovationID: item.ID, Summary: "For a test.", Source: "test"}
	must(rollout.InsertProgramme(ctx, a.Desk.DB, programme))
	must(area.InsertTarget(ctx, a.Desk.DB, programme.ID, area.Target{StartsOn: "2020-01-01", Value: 50, AgreedBy: "a test", Source: "test"}))
	p, err := period.Parse("q1_2023_24")
	must(err)
	for i := range n {
		must(area.InsertPublished(ctx, a.Desk.DB, programme.ID, ratesOf(t, a, "tcam").Rows[0].MemberID, p, 10*i, "Published for a test", "test"))
		p = p.Next()
	}
}

// A programme may have no figures yet, or those of a period or two. A total
// that nobody published is not known.
func TestFewPeriods(t *testing.T) {
	a := pagetest.Demo(t)
	for n := range 6 {
		publish(t, a, fmt.Sprintf("few-%d", n), n)
	}
	v := serve(t, a).As(t, policy.ProgrammeLead)
	for n := range 6 {
		path := fmt.Sprintf("/measure/few-%d", n)
		page := v.Page(path)
		page.Check()
		says := fmt.Sprintf("There is no total for Q%d", (n-1)%4+1)
		if n == 0 {
			says = "Nothing has been reported yet. "
		}
		if text := page.Main(); !strings.Contains(text, says) {
			t.Errorf("%s says %q", path, text)
		}
		for file, least := range map[string]int{"/rates.csv": 0, "/trend.svg": 1, "/rates.svg": 2} {
			want := http.StatusOK
			if n < least {
				want = http.StatusNotFound
			}
			if got := v.Get(path + file).Status; got != want {
				t.Errorf("%s%s answers %d, want %d", path, file, got, want)
			}
		}
		if n > 0 {
			v.Page(path + "/members/east-midlands")
		}
	}
}
