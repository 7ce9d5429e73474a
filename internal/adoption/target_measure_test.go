package adoption_test

import (
	"fmt"
	"testing"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/policy"
	"sir/spc"
)

// agreed is a target of the count measure of p1 that is right.
func agreed(basis adoption.Basis, from string, value float64) adoption.Target {
	return adoption.Target{Measure: "count", Basis: basis, StartsOn: from, Value: value, Inclusive: true, AgreedBy: "Board", AgreedOn: "2020-01-10"}
}

// A count has its own target, by date, in the chart and in the icon; the
// adoption rate keeps its own.
func TestCountsHaveTargetsOfTheirOwn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder"}, 1)
		w.totals(uneven(14)...)
		if got := w.signal(leadOfP1, "count", adoption.SignalChoice{}).Assurance(); got != spc.NoAssurance {
			t.Fatalf("without a target the icon is %s", got)
		}
		w.must(w.service.AddNationalTarget(w.ctx, leadOfP1, "code-p1", agreed(adoption.TotalBasis, "2020-04-01", 50)))
		w.must(w.service.AddNationalTarget(w.ctx, leadOfP1, "code-p1", agreed(adoption.TotalBasis, "2022-04-01", 150)))
		path := agreed(adoption.TotalBasis, quarterNo(t, 0).End().Format("2006-01-02"), 60)
		path.OnPath = true
		w.must(w.service.AddNationalTarget(w.ctx, leadOfP1, "code-p1", path))
		path.StartsOn, path.Value = quarterNo(t, 13).End().Format("2006-01-02"), 160
		w.must(w.service.AddNationalTarget(w.ctx, leadOfP1, "code-p1", path))

		view := w.signal(leadOfP1, "count", adoption.SignalChoice{})
		if got := view.Assurance(); got != spc.Fail {
			t.Errorf("against 150 the icon is %s", got)
		}
		points := view.Analysis.Points
		first, last := points[0], points[13]
		if fmt.Sprint(first.Target, points[7].Target, points[8].Target, first.Trajectory, last.Trajectory) != "50 50 150 60 160" {
			t.Errorf("targets and trajectory are %v %v %v, %v %v", first.Target, points[7].Target, points[8].Target, first.Trajectory, last.Trajectory)
		}
		if rate := w.signal(leadOfP1, "level", adoption.SignalChoice{}); len(rate.Targets)+len(rate.Path) != 0 {
			t.Errorf("the adoption rate took the targets %v of another measure", rate.Targets)
		}
		tried := w.signal(leadOfP1, "count", adoption.SignalChoice{Target: "70"})
		if got, _ := tried.Analysis.Points[0].Target.Value(); got != 70 {
			t.Errorf("a target to try gives %v", got)
		}
		change := w.signal(leadOfP1, "count", adoption.SignalChoice{Show: adoption.FlowBasis})
		if _, ok := change.Analysis.Points[0].Target.Value(); ok {
			t.Error("the change each period is held to the target of the total")
		}
	})
}

// A member is not held to the national total, but to the national average, and
// to its own total.
func TestNationalTotalsAreOfTheWholeProgramme(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder"}, 1)
		w.totals(uneven(4)...)
		at := func(show adoption.Basis) string {
			view, err := w.service.Signal(w.ctx, manager, "code-p1", "code-m1", "count", adoption.SignalChoice{Show: show})
			w.must(err)
			text := ""
			for _, target := range view.Targets {
				text += target.Said()
			}
			return text
		}
		w.must(w.service.AddNationalTarget(w.ctx, leadOfP1, "code-p1", agreed(adoption.TotalBasis, "2020-04-01", 900)))
		w.must(w.service.AddNationalTarget(w.ctx, leadOfP1, "code-p1", agreed(adoption.EachBasis, "2020-04-01", 12.5)))
		if total, each := at(""), at(adoption.EachBasis); total != "" || each != "12.5 or more" {
			t.Errorf("the member is held to the total %q and the average %q", total, each)
		}
		w.must(w.service.AddLocalTarget(w.ctx, manager, "code-p1", "code-m1", agreed(adoption.TotalBasis, "2020-04-01", 80)))
		if total := at(""); total != "80 or more" {
			t.Errorf("with a target of its own it is held to %q", total)
		}
	})
}

func TestTargetsFitTheirMeasure(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder"}, 1)
		w.totals(uneven(2)...)
		for i, c := range []struct {
			target adoption.Target
			want   string
		}{
			{agreed(adoption.TotalBasis, "2020-04-01", 1200), ""},
			{agreed(adoption.TotalBasis, "2020-04-01", 1300), "invalid"}, // the same date
			{agreed(adoption.EachBasis, "2020-04-01", 12.5), ""},         // of another value
			{agreed(adoption.TotalBasis, "2020-05-01", 12.5), "invalid"}, // a total is whole
			{agreed(adoption.EachBasis, "2020-05-01", 12.25), "invalid"}, // two decimals
			{agreed(adoption.TotalBasis, "2020-05-01", -1), "invalid"},   // below nothing
			{agreed(adoption.RateBasis, "2020-05-01", 50), "invalid"},    // a count has no rate
			{agreed(adoption.ShareBasis, "2020-05-01", 50), "invalid"},   // nor is it a part
			{agreed(adoption.FlowBasis, "2020-05-01", 50), "invalid"},    // changes have none
			{agreed(adoption.Basis("<b>"), "2020-05-01", 50), "invalid"}, // no basis
			{agreed(adoption.TotalBasis, "2020-13-01", 50), "invalid"},   // no date
			{agreed(adoption.TotalBasis, "2020-05-01", 2e9), "invalid"},  // beyond the bound
		} {
			if got := outcome(w.service.AddNationalTarget(w.ctx, leadOfP1, "code-p1", c.target)); got != c.want {
				t.Errorf("target %d is answered %q, want %q", i, got, c.want)
			}
		}
		for _, actor := range []policy.Actor{manager, held(policy.Analyst, policy.Grant{Member: "m1"}), held(policy.SiteChampion, policy.Grant{Site: "s1"})} {
			if err := w.service.AddNationalTarget(w.ctx, actor, "code-p1", agreed(adoption.TotalBasis, "2021-04-01", 1)); outcome(err) != "forbidden" {
				t.Errorf("%s sets a national target of a count: %v", actor.Name, err)
			}
		}
	})
}

// Where a measure should go down, a target is reached from above.
func TestTargetsOfWhatShouldGoDown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		inclusive  bool
		said       string
		at, beyond bool
		short      bool
	}{
		{true, "20 or less", true, true, false},
		{false, "less than 20", false, true, false},
	} {
		target := adoption.Target{Basis: adoption.TotalBasis, Direction: adoption.Decrease, Value: 20, Inclusive: c.inclusive}
		if target.Said() != c.said || target.Meets(20) != c.at || target.Meets(19) != c.beyond || target.Meets(21) != c.short {
			t.Errorf("%s: 20 %v, 19 %v, 21 %v", target.Said(), target.Meets(20), target.Meets(19), target.Meets(21))
		}
	}
}

// A trajectory is straight between its dates and nowhere outside them. Q1
// 2020/21 ends on 30 June, Q2 on 30 September, 92 days later, Q3 92 after that.
func TestTrajectoryIsStraightBetweenItsDates(t *testing.T) {
	t.Parallel()
	path := []adoption.Target{{OnPath: true, StartsOn: "2020-06-30", Value: 10}, {OnPath: true, StartsOn: "2020-12-31", Value: 30}, {OnPath: true, StartsOn: "2021-03-31", Value: 20}}
	for n, want := range map[int]string{-1: "0 false", 0: "10 true", 1: "20 true", 2: "30 true", 3: "20 true", 4: "0 false"} {
		value, ok := adoption.PathAt(path, quarterNo(t, n))
		if got := fmt.Sprint(value, ok); got != want {
			t.Errorf("at the end of quarter %d it is %s, want %s", n, got, want)
		}
	}
}
