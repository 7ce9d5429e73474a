package adoption_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/setting"
	"sir/internal/usecase"
	"sir/spc"
)

// rules lets an administrator choose rules; version is how often that was done.
func (w *world) rules(version int64, change func(*setting.ChartRules)) {
	chosen := setting.UsualChartRules()
	change(&chosen)
	settings := setting.New(&usecase.Desk{DB: w.db, Now: time.Now})
	w.must(settings.ChooseChartRules(w.ctx, policy.System("test"), chosen, version))
}

// The rules that the instance chose judge every chart, and a reader's choice on
// one chart goes before them.
func TestInstanceRulesJudgeCharts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder"}, 1)
		values := append(uneven(14), 97, 98, 99, 100, 101, 102) // a run of six that rises
		values[4], values[5] = 180, 20                          // a large step
		w.totals(values...)
		at := len(values) - 1
		limit := func(v adoption.SignalView) float64 { upper, _ := v.Analysis.Points[at].Upper.Value(); return upper }
		usual := w.signal(leadOfP1, "count", adoption.SignalChoice{})
		if usual.Kind != adoption.XmRChart || usual.Analysis.Points[at].Rule != "" || usual.Rules != setting.UsualChartRules() {
			t.Fatalf("the usual rules make %s, the last point is %q by %v", usual.Kind, usual.Analysis.Points[at].Rule, usual.Rules)
		}
		w.rules(0, func(r *setting.ChartRules) { r.Trend, r.Screen, r.TwoOfThree = 6, true, false })
		view := w.signal(leadOfP1, "count", adoption.SignalChoice{})
		if view.Analysis.Points[at].Rule != spc.Trend || limit(view) >= limit(usual) || !strings.Contains(view.Analysis.Rules, "6 points in a row rising") ||
			strings.Contains(view.Analysis.Rules, "2 of 3") {
			t.Errorf("a trend of 6 with screening: %q, limits %v and %v, %s", view.Analysis.Points[at].Rule, limit(view), limit(usual), view.Analysis.Rules)
		}
		own := w.signal(leadOfP1, "count", adoption.SignalChoice{Trend: 7, Screen: adoption.Unscreened})
		if own.Analysis.Points[at].Rule != "" || limit(own) != limit(usual) {
			t.Errorf("a reader's own choice: %q, limits %v and %v", own.Analysis.Points[at].Rule, limit(own), limit(usual))
		}
		list, err := w.service.Signals(w.ctx, leadOfP1, "code-p1", "")
		w.must(err)
		for _, s := range list.Signals {
			if s.Measure.Code == "count" && (s.Variation() != view.Variation() || s.Analysis.Rules != view.Analysis.Rules) {
				t.Errorf("the overview says %s by %s, the chart %s", s.Variation(), s.Analysis.Rules, view.Variation())
			}
		}
		w.rules(1, func(r *setting.ChartRules) { r.LimitsFrom = 25 })
		view = w.signal(leadOfP1, "count", adoption.SignalChoice{})
		if view.Kind != adoption.RunChart || view.Missing() != 5 || view.Variation() != spc.NoVariation {
			t.Errorf("of %d values, with limits from 25: %s, %d missing, icon %s", len(values), view.Kind, view.Missing(), view.Variation())
		}
		w.rules(2, func(r *setting.ChartRules) { r.LimitsFrom = 20 })
		if view = w.signal(leadOfP1, "count", adoption.SignalChoice{}); view.Kind != adoption.XmRChart {
			t.Errorf("with limits from 20: %s", view.Kind)
		}
	})
}

func TestScreeningThatIsNotThere(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t))
	w := newWorld(t, t.Context(), d, []string{"Alder"}, 1)
	_, err := w.service.Signal(w.ctx, leadOfP1, "code-p1", "", "count", adoption.SignalChoice{Screen: "perhaps"})
	var wrong *fault.Error
	if !errors.As(err, &wrong) || len(wrong.Fields) != 1 || wrong.Fields[0].Name != "screen" {
		t.Errorf("an unknown screening is answered %v", err)
	}
}
