package adoption

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	area "sir/internal/adoption"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// cellOfRate is a computed rate as the page shows it, from its parts.
func cellOfRate(r area.Rate, target area.Target, hasTarget bool) string {
	if !r.Known {
		return "no eligible sites"
	}
	text := fmt.Sprintf("%d%%", int(math.Round(100*float64(r.Adopted)/float64(r.Eligible))))
	reaches := func(adopted int) bool {
		share := 100 * float64(adopted) / float64(r.Eligible)
		return share > target.Value || target.Inclusive && share == target.Value
	}
	switch {
	case !hasTarget:
	case reaches(r.Adopted):
		text += " , target reached"
	case reaches(r.Adopted + r.Eligible - r.Reported):
		text += " , cannot be told: sites did not report"
	default:
		text += " , below the target"
	}
	text += fmt.Sprintf(" %d of %d", r.Adopted, r.Eligible)
	if r.Reported < r.Eligible {
		text += fmt.Sprintf(", %d reported", r.Reported)
	}
	return text
}

// TestMadeUpRates: every rate on the page is that of the service, with its
// numerator and denominator, and the members stand in alphabetical order.
func TestMadeUpRates(t *testing.T) {
	a := pagetest.Demo(t)
	whole := ratesOf(t, a, madeUp)
	points, err := whole.Pick(whole.ThreePoints())
	if err != nil {
		t.Fatal(err)
	}
	page := serve(t, a).As(t, policy.Analyst).Page("/measure/" + madeUp)
	rows := page.Rows("Adoption rate by AHSN")
	if len(rows) != len(points.Rows)+3 || len(points.Rows) != 15 {
		t.Fatalf("%d rows for %d members", len(rows), len(points.Rows))
	}
	for i, row := range append(slices.Clone(points.Rows), points.Total) {
		want := []string{row.Name}
		if row.MemberID == "" {
			want[0] = "Total, pooled over all sites"
		}
		for at, rate := range row.Rates {
			target, ok := points.TargetAt(at)
			want = append(want, cellOfRate(rate, target, ok))
		}
		if !slices.Equal(rows[i][:4], want) {
			t.Errorf("row %d is %q, want %q", i+1, rows[i][:4], want)
		}
		if i > 0 && i < 15 && rows[i-1][0] >= rows[i][0] {
			t.Errorf("%q stands before %q", rows[i-1][0], rows[i][0])
		}
	}
}

// The course of the whole programme is pooled over its members, period by
// period.
func TestMadeUpTrend(t *testing.T) {
	a := pagetest.Demo(t)
	whole := ratesOf(t, a, madeUp)
	rows := serve(t, a).As(t, policy.Analyst).Page("/measure/" + madeUp).Rows("Adoption rate by period: all AHSNs")
	if len(rows) != len(whole.Periods) || len(rows) != 12 {
		t.Fatalf("%d rows for %d periods", len(rows), len(whole.Periods))
	}
	for i, row := range rows {
		var adopted, reported, eligible int
		for _, member := range whole.Rows {
			adopted, reported, eligible = adopted+member.Rates[i].Adopted, reported+member.Rates[i].Reported, eligible+member.Rates[i].Eligible
		}
		if want := []string{fmt.Sprintf("%d of %d", adopted, eligible), fmt.Sprintf("%d of %d", reported, eligible)}; !slices.Equal(row[2:4], want) {
			t.Errorf("%s: %q, the members add up to %q", row[0], row[2:4], want)
		}
	}
}

// A member's page shows its rates and, to those who may see them, its sites:
// the last period's rate can be counted from the sites below it.
func TestMadeUpMember(t *testing.T) {
	a := pagetest.Demo(t)
	site := serve(t, a)
	view, err := a.Adoption.Unit(context.Background(), system, madeUp, ownMember, 1)
	if err != nil {
		t.Fatal(err)
	}
	last := len(view.Periods) - 1
	page := site.As(t, policy.SpreadManager).Page("/measure/" + madeUp + "/members/" + ownMember)
	rows := page.Rows("Level reported by each site")
	var adopted, eligible int
	for _, row := range rows {
		cell := row[1+last]
		if cell != "not eligible" {
			eligible++
		}
		if strings.Contains(cell, ", adopted") {
			adopted++
		}
	}
	if rate := view.Row.Rates[last]; adopted != rate.Adopted || eligible != rate.Eligible {
		t.Errorf("the sites add up to %d of %d, the rate is %d of %d", adopted, eligible, rate.Adopted, rate.Eligible)
	}
	if !strings.Contains(page.Main(), fmt.Sprintf("%d of %d", adopted, eligible)) {
		t.Error("the page does not say what the rate is made of")
	}
	other := site.As(t, policy.SpreadManager).Page("/measure/" + madeUp + "/members/MU-N02").Main()
	if strings.Contains(other, "Level reported") || !strings.Contains(other, "Your role does not show you single sites here.") {
		t.Error("another member's sites are open, or not said to be closed")
	}
}

// A site's page tells what the report never gives: late and missing returns,
// corrections, champions who left, mergers and closures.
func TestSitePages(t *testing.T) {
	a := pagetest.Demo(t)
	v := serve(t, a).As(t, policy.ProgrammeLead)
	wanted := map[string]bool{
		"late: ": false, "missing; was due ": false, "in time: ": false, ", sent by ": false, "not reported": false, "Corrections": false,
		"Why they left": false, "still there": false, " it closed.": false, " it merged into: ": false, " another site merged into it: ": false,
		"(deputy)": false,
	}
	sites := 0
	for _, row := range ratesOf(t, a, madeUp).Rows {
		view, err := a.Adoption.Unit(context.Background(), system, madeUp, row.Code, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range view.Sites.Rows {
			sites++
			page := v.Page("/measure/" + madeUp + "/sites/" + one.Code)
			page.Check()
			text := page.Main()
			for words := range wanted {
				wanted[words] = wanted[words] || strings.Contains(text, words)
			}
		}
	}
	for words, seen := range wanted {
		if !seen {
			t.Errorf("no page of %d sites says %q", sites, words)
		}
	}
}
