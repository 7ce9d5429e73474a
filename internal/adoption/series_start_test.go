package adoption_test

import (
	"fmt"
	"testing"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// since writes each member's course: "name start recorded: elapsed=rate ...".
func since(view adoption.SinceStart) (lines []string) {
	for _, m := range view.Members {
		line := fmt.Sprint(m.Name, " ", m.Start.Period.Slug(), " ", m.Start.Recorded, ":")
		for _, p := range m.Points {
			line += fmt.Sprintf(" %d=%d", p.Elapsed, p.Rate.Rounded())
		}
		lines = append(lines, line)
	}
	return lines
}

// A recorded start goes before the first figure; what lies before it is left
// out; who has neither is left out.
func TestRatesSinceOwnStart(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Birch", "Alder", "Cedar"}, 3)
		for n, level := range []int{0, 3, 3} {
			w.counts(quarterNo(t, n), 1, "m1", level)
			w.counts(quarterNo(t, n), 3, "m3", blank)
			if n > 0 {
				w.counts(quarterNo(t, n), 2, "m2", level)
			}
		}
		w.must(rollout.Insert(w.ctx, d, rollout.Rollout{
			ID: "r1", ProgrammeID: "p1", MemberID: "m1", State: rollout.Active, PlannedStart: "2020-04-01", ActualStart: quarterNo(t, 1).End().Format("2006-01-02"),
		}))
		w.must(rollout.Insert(w.ctx, d, rollout.Rollout{ID: "r3", ProgrammeID: "p1", MemberID: "m3", State: rollout.Planned, PlannedStart: "2020-04-01"}))
		w.must(adoption.InsertTarget(w.ctx, d, "p1", adoption.Target{StartsOn: quarterNo(t, 2).Start().Format("2006-01-02"), Value: 40, AgreedBy: "Board", Source: "test"}))

		view, err := w.service.SinceStart(w.ctx, system, "code-p1")
		w.must(err)
		second := quarterNo(t, 1).Slug()
		want := []string{"Alder " + second + " false: 0=100 1=100", "Birch " + second + " true: 0=100 1=100"}
		if got := since(view); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("since their starts\n%v\nwant\n%v", got, want)
		}
		points := view.Members[1].Points
		if points[0].Target != nil || points[1].Target == nil || points[1].Target.Value != 40 {
			t.Errorf("the targets for then are %v and %v", points[0].Target, points[1].Target)
		}
		unit, err := w.service.Unit(w.ctx, manager, "code-p1", "code-m1", 1)
		w.must(err)
		if unit.Start == nil || !unit.Start.Recorded || unit.Start.Elapsed(quarterNo(t, 2)) != 1 {
			t.Errorf("the member's page has the start %+v", unit.Start)
		}
	})
}

func TestRatesSinceStartAreAsTheReaderMaySee(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder", "Birch"}, 2)
		w.counts(quarterNo(t, 0), 1, "m1", 3)
		w.counts(quarterNo(t, 0), 2, "m2", 3)
		view, err := w.service.SinceStart(w.ctx, held(policy.Analyst, policy.Grant{Member: "m2"}), "code-p1")
		w.must(err)
		if len(view.Members) != 1 || view.Members[0].Name != "Birch" {
			t.Errorf("an analyst of Birch sees %v", since(view))
		}
		for _, actor := range []policy.Actor{held(policy.SiteChampion, policy.Grant{Programme: "p1", Site: "s1"}), held(policy.Innovator, policy.Grant{Innovation: "i1"})} {
			if _, err := w.service.SinceStart(w.ctx, actor, "code-p1"); outcome(err) != "forbidden" {
				t.Errorf("%s is answered %v", actor.Name, err)
			}
		}
	})
}
