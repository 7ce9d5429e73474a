package adoption_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"sir/internal/adoption"
	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/spc"
)

var leadOfP1 = held(policy.ProgrammeLead, policy.Grant{Programme: "p1"})

// accounts makes the accounts of those who write.
func (w *world) accounts() {
	for _, role := range policy.Roles {
		w.exec(`INSERT INTO account (id, sign_in_name, name, password_hash, created_at) VALUES ($1, $1, $1, '', 0)`, string(role))
	}
}

// quarterNo is a quarter by its number, from Q1 2020/21.
func quarterNo(t testing.TB, n int) period.Period {
	t.Helper()
	first, err := period.OfQuarter(2020, 1)
	if err != nil {
		t.Fatal(err)
	}
	return first.Add(n)
}

// totals gives one site of m1 a count in each period.
func (w *world) totals(counts ...int64) {
	for i, count := range counts {
		p := quarterNo(w.t.(testing.TB), i)
		w.counts(p, 1, "m1", 0)
		w.observes(11, p, 1, count)
		w.must(adoption.Recount(w.ctx, w.db, ofP1, p))
	}
}

func (w *world) signal(actor policy.Actor, measure string, choice adoption.SignalChoice) adoption.SignalView {
	view, err := w.service.Signal(w.ctx, actor, "code-p1", "", measure, choice)
	w.must(err)
	return view
}

// uneven is n values about 100 that show no trend and no shift.
func uneven(n int) []int64 {
	values := make([]int64, n)
	for i := range values {
		values[i] = 100 + int64([]int{3, -2, 1, -4, 4, -1, 2, -3}[i%8])
	}
	return values
}

// The chart follows from the number of values: a line, a run chart from 10,
// limits and icons from 13. What a chart may not say is not in its analysis.
func TestChartFollowsFromTheNumberOfValues(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder"}, 1)
		for n, want := range map[int]adoption.ChartKind{0: adoption.NoChart} {
			if got := w.signal(leadOfP1, "count", adoption.SignalChoice{}).Kind; got != want {
				t.Errorf("%d values make %s, want %s", n, got, want)
			}
		}
		for i, count := range uneven(13) {
			p := quarterNo(t, i)
			w.counts(p, 1, "m1", 0)
			w.observes(11, p, 1, count)
			w.must(adoption.Recount(w.ctx, d, ofP1, p))
			view := w.signal(leadOfP1, "count", adoption.SignalChoice{})
			n, want := i+1, adoption.LineChart
			switch {
			case n >= 13:
				want = adoption.XmRChart
			case n >= 10:
				want = adoption.RunChart
			}
			point := view.Analysis.Points[0]
			_, limits := point.Upper.Value()
			_, median := point.Median.Value()
			if view.Kind != want || limits != (n >= 13) || median != (n >= 10 && n < 13) || (view.Variation() == spc.VariationCommonCause) != (n >= 13) {
				t.Errorf("%d values make %s with limits %v, median %v, icon %s", n, view.Kind, limits, median, view.Variation())
			}
		}
	})
}

// A rate that builds up gets a curve; its change each period does not. A total
// that rises all the way gets no limits.
func TestNoLimitsForWhatBuildsUp(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t))
	w := newWorld(t, t.Context(), d, []string{"Alder"}, 1)
	rising := make([]int64, 16)
	for i := range rising {
		rising[i] = int64(10 * i)
	}
	w.totals(rising...)
	for measure, want := range map[string]adoption.ChartKind{"count": adoption.GrowthChart, "level": adoption.CurveChart} {
		view := w.signal(leadOfP1, measure, adoption.SignalChoice{})
		if view.Kind != want || view.Variation() != spc.NoVariation {
			t.Errorf("%s makes %s with the icon %s, want %s", measure, view.Kind, view.Variation(), want)
		}
		change := w.signal(leadOfP1, measure, adoption.SignalChoice{Show: adoption.FlowBasis})
		if change.Kind != adoption.XmRChart || len(change.Analysis.Points) != len(rising)-1 {
			t.Errorf("the change of %s makes %s of %d points", measure, change.Kind, len(change.Analysis.Points))
		}
	}
}

// A part after a change of the process has no limits until it has enough
// values, and the icon says so.
func TestMarksChangeTheChart(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder"}, 1)
		w.accounts()
		values := uneven(20)
		values[5] = 900
		w.totals(values...)
		if before := w.signal(leadOfP1, "count", adoption.SignalChoice{}); before.Analysis.Points[5].Rule != spc.Outside {
			t.Fatalf("the odd point is %q", before.Analysis.Points[5].Rule)
		}
		add := func(kind adoption.MarkKind, n int, body string) error {
			return w.service.AddMark(w.ctx, leadOfP1, "code-p1", "", "count", adoption.Mark{Period: quarterNo(t, n), Kind: kind, Body: body})
		}
		w.must(add(adoption.ExcludeMark, 5, "a flood"))
		w.must(add(adoption.RebaseMark, 14, "a second clinic"))
		w.must(add(adoption.NoteMark, 5, "<script>\u202e"))
		view := w.signal(leadOfP1, "count", adoption.SignalChoice{})
		upper, _ := view.Analysis.Points[0].Upper.Value()
		_, late := view.Analysis.Points[19].Upper.Value()
		if !view.Analysis.Points[5].Excluded || upper > 130 || late || len(view.Analysis.Parts) != 2 || view.Variation() != spc.VariationNotEnough {
			t.Errorf("excluded %v, upper limit %v, a limit after the change %v, %d parts, icon %s",
				view.Analysis.Points[5].Excluded, upper, late, len(view.Analysis.Parts), view.Variation())
		}
		for _, wrong := range []struct {
			err   error
			field string
		}{
			{add(adoption.RebaseMark, 14, "again"), "period"}, {add(adoption.RebaseMark, 0, "x"), "period"}, {add(adoption.NoteMark, 77, "x"), "period"},
			{add(adoption.NoteMark, 1, " "), "body"}, {add(adoption.NoteMark, 1, strings.Repeat("x", 301)), "body"}, {add("delete", 1, "x"), "kind"},
			{w.service.AddMark(w.ctx, leadOfP1, "code-p1", "", "level", adoption.Mark{Period: quarterNo(t, 1), Kind: adoption.RebaseMark, Body: "x"}), "kind"},
		} {
			var fields *fault.Error
			if !errors.As(wrong.err, &fields) || len(fields.Fields) == 0 || fields.Fields[0].Name != wrong.field {
				t.Errorf("%v is not about %s", wrong.err, wrong.field)
			}
		}
		w.withdrawals(t, view)
	})
}

// withdrawals takes each mark back: nothing is deleted, each is on the trail,
// and the chart is as it was.
func (w *world) withdrawals(t *testing.T, view adoption.SignalView) {
	for _, m := range view.Marks {
		w.must(w.service.WithdrawMark(w.ctx, leadOfP1, "code-p1", "", "count", m.ID))
		if err := w.service.WithdrawMark(w.ctx, leadOfP1, "code-p1", "", "count", m.ID); !errors.Is(err, fault.ErrStale) {
			t.Errorf("a second withdrawal: %v", err)
		}
	}
	if err := w.service.WithdrawMark(w.ctx, leadOfP1, "code-p1", "", "level", view.Marks[0].ID); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a mark of another chart: %v", err)
	}
	after := w.signal(leadOfP1, "count", adoption.SignalChoice{})
	if len(after.Marks) != 3 || slices.ContainsFunc(after.Marks, adoption.Mark.Stands) || after.Analysis.Points[5].Rule != spc.Outside {
		t.Errorf("after the withdrawals there are %+v and the odd point is %q", after.Marks, after.Analysis.Points[5].Rule)
	}
	entries, err := audit.List(w.ctx, w.db, audit.Filter{Limit: 50, Outcome: audit.Done})
	w.must(err)
	if len(entries) != 6 {
		t.Errorf("%d entries for three marks and their withdrawals", len(entries))
	}
}

// Who may see a place, and who may mark it: guessed codes teach nothing.
func TestWhoSeesSignals(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t))
	w := newWorld(t, t.Context(), d, []string{"Alder", "Beech"}, 2)
	w.accounts()
	p := quarterNo(t, 0)
	w.counts(p, 1, "m1", 3)
	w.counts(p, 2, "m2", 0)
	analystOfM1 := held(policy.Analyst, policy.Grant{Member: "m1"})
	champion := held(policy.SiteChampion, policy.Grant{Programme: "p1", Site: "s1"})
	admin := held(policy.InstanceAdmin, policy.Grant{})
	for _, c := range []struct {
		who           policy.Actor
		unit          string
		sees, mayMark bool
	}{
		{leadOfP1, "", true, true}, {leadOfP1, "code-m2", true, true},
		{manager, "", true, false}, {manager, "code-m1", true, true}, {manager, "code-m2", true, false},
		{analystOfM1, "code-m1", true, true}, {analystOfM1, "code-m2", false, false}, {analystOfM1, "code-m9", false, false},
		{champion, "", true, false}, {champion, "code-m1", false, false}, {admin, "", false, false},
	} {
		name := fmt.Sprintf("%s at %q", c.who.Name, c.unit)
		view, err := w.service.Signal(w.ctx, c.who, "code-p1", c.unit, "level", adoption.SignalChoice{})
		if (err == nil) != c.sees || err != nil && !errors.Is(err, fault.ErrForbidden) {
			t.Errorf("%s: %v", name, err)
		}
		if view.MayMark != c.mayMark {
			t.Errorf("%s may mark: %v", name, view.MayMark)
		}
		mark := adoption.Mark{Period: p, Kind: adoption.NoteMark, Body: "seen"}
		if err := w.service.AddMark(w.ctx, c.who, "code-p1", c.unit, "level", mark); (err == nil) != c.mayMark {
			t.Errorf("%s marks: %v", name, err)
		}
	}
	seen, err := w.service.CompareMembers(w.ctx, analystOfM1, "code-p1", "level", adoption.SignalChoice{})
	if err != nil || len(seen.Signals) != 1 || seen.Signals[0].Unit.Name != "Alder" {
		t.Errorf("an analyst compares %+v, %v", seen.Signals, err)
	}
	for _, code := range []string{"no-such", "' OR 1=1 --", "\u202e"} {
		if _, err := w.service.Series(w.ctx, leadOfP1, "code-p1", "", code); !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("measure %q: %v", code, err)
		}
	}
}

// Periods without a list are points without a value, and coverage is told.
func TestSeriesHasNoHiddenGaps(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t))
	w := newWorld(t, t.Context(), d, []string{"Alder"}, 3)
	for _, site := range []int64{1, 2, 3} {
		w.counts(quarterNo(t, 0), site, "m1", 3)
	}
	w.counts(quarterNo(t, 3), 1, "m1", 3)
	w.counts(quarterNo(t, 3), 2, "m1", blank)
	series, err := w.service.Series(w.ctx, leadOfP1, "code-p1", "code-m1", "level")
	w.must(err)
	var got []string
	for _, p := range series.Points {
		got = append(got, fmt.Sprintf("%d/%d/%d", p.Rate.Adopted, p.Reported, p.Expected))
	}
	if want := []string{"3/3/3", "0/0/0", "0/0/0", "1/1/2"}; !slices.Equal(got, want) {
		t.Errorf("points %q, want %q", got, want)
	}
	least, most, uneven := series.Coverage()
	if !uneven || least.Period != quarterNo(t, 3) || most.Period != quarterNo(t, 0) {
		t.Errorf("coverage from %v to %v, uneven %v", least.Period, most.Period, uneven)
	}
}
