package adoption

import (
	"context"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// Chart, table and file have the same rates, by the time since each start.
func TestSinceStartPage(t *testing.T) {
	a := pagetest.Demo(t)
	view, err := a.Adoption.SinceStart(context.Background(), system, madeUp)
	if err != nil {
		t.Fatal(err)
	}
	v := serve(t, a).As(t, policy.ProgrammeLead)
	page := v.Page(sincePath(madeUp))
	page.Check()
	for _, words := range []string{"quarters since each one's own start", "when its rollout started, as recorded", "not ranked"} {
		if !strings.Contains(page.Main(), words) {
			t.Errorf("the page does not say %q", words)
		}
	}
	rows := page.Rows("Adoption rate by quarters since own start")
	starts := page.Rows("Each start, and where it stands")
	if len(rows) != len(view.Members) || len(starts) != len(view.Members) {
		t.Fatalf("%d and %d rows for %d members", len(rows), len(starts), len(view.Members))
	}
	points := 0
	for i, m := range view.Members {
		points += len(m.Points)
		if first := m.Points[0]; rows[i][0] != m.Name || starts[i][1] != m.Start.Period.Label() || first.Elapsed == 0 && !strings.HasPrefix(rows[i][1], fmt.Sprintf("%d%%", first.Rate.Rounded())) {
			t.Errorf("the row of %s is %q, and its start %q", m.Name, rows[i], starts[i])
		}
	}
	file, err := csv.NewReader(strings.NewReader(v.Get(sincePath(madeUp) + ".csv").Body)).ReadAll()
	if err != nil || len(file) != points+1 || file[1][3] != "rollout" {
		t.Errorf("the file has %d rows for %d points (%v)", len(file)-1, points, err)
	}
	if svg := v.Get(sincePath(madeUp) + ".svg?member=" + ownMember); svg.Status != 200 || !strings.Contains(svg.Body, "Others") {
		t.Errorf("the chart with one member brought out answers %d", svg.Status)
	}
	own := v.Page(programmePath(madeUp) + "/members/" + ownMember)
	if !strings.Contains(own.Main(), "after its start") || !strings.Contains(own.Main(), "the target for then is") {
		t.Error("the member's page does not say where it stands since its start")
	}
	own.Href("Compare by time since each start")
}

// Who may not see members, or guesses one, gets nothing; published figures are
// open to all, and have no recorded start.
func TestSinceStartIsForThoseWhoMaySeeMembers(t *testing.T) {
	site := serve(t, pagetest.Demo(t))
	for role, want := range map[policy.Role][3]int{ // computed, a guessed member, published
		policy.ProgrammeLead: {200, 404, 200}, policy.Analyst: {200, 404, 200}, policy.SiteChampion: {403, 403, 200}, policy.Innovator: {403, 403, 200},
	} {
		v := site.As(t, role)
		for i, path := range []string{sincePath(madeUp), sincePath(madeUp) + "?member=MU-N99", sincePath("tcam")} {
			for _, end := range []string{"", ".csv", ".svg"} {
				address := strings.Replace(path, "since-start", "since-start"+end, 1)
				if got := v.Get(address).Status; got != want[i] {
					t.Errorf("%s as %s is answered %d, want %d", address, role, got, want[i])
				}
			}
		}
	}
	if text := site.As(t, policy.Innovator).Page(sincePath("tcam")).Main(); !strings.Contains(text, "No start of a rollout is recorded") {
		t.Errorf("published figures have starts of their own:\n%.300s", text)
	}
	if hidden := site.As(t, policy.Analyst).Page(sincePath(madeUp)).Rows("Each start, and where it stands"); len(hidden) == 0 {
		t.Error("an analyst does not see their own member")
	}
}
