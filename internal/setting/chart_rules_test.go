package setting_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/setting"
	"sir/spc"
)

// others are rules of which each differs from the usual one.
var others = setting.ChartRules{Trend: 6, Shift: 8, Screen: true, PreferImprovement: true, LimitsFrom: 20}

// inForce answers the rules in force and their version.
func inForce(t *testing.T, d *db.DB) (setting.ChartRules, int64) {
	t.Helper()
	rules, version, err := setting.ChartRulesOf(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return rules, version
}

// Until somebody chooses, charts are judged as spc does by itself, with limits
// from the number of values that its own warning names.
func TestUsualChartRulesAreThoseOfTheLibrary(t *testing.T) {
	t.Parallel()
	usual := setting.UsualChartRules()
	series := spc.Series{Points: []spc.Point{{Date: spc.NewDate(2026, 1, 1), Value: spc.Defined(1)}}}
	own, err := spc.Analyse(series, spc.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	chosen, err := spc.Analyse(series, usual.Settings())
	if err != nil || chosen.Settings != own.Settings || chosen.Rules != own.Rules || usual.LimitsFrom != 13 {
		t.Errorf("the rules are %+v from %d values, want %+v from 13 (%v)", chosen.Settings, usual.LimitsFrom, own.Settings, err)
	}
}

func TestChartRulesAreChosenAndKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d)
		if rules, version := inForce(t, d); rules != setting.UsualChartRules() || version != 0 {
			t.Errorf("before anybody chose: %v, version %d", rules, version)
		}
		if err := s.ChooseChartRules(t.Context(), admin, others, 0); err != nil {
			t.Fatal(err)
		}
		if rules, version := inForce(t, d); rules != others || version != 1 {
			t.Errorf("kept is %v, version %d", rules, version)
		}
		if err := s.ChooseChartRules(t.Context(), admin, setting.UsualChartRules(), 0); !errors.Is(err, fault.ErrStale) {
			t.Errorf("version 0 after version 1: %v", err)
		}
		if err := s.ChooseChartRules(t.Context(), admin, setting.UsualChartRules(), 1); err != nil {
			t.Error(err)
		}
		view, err := s.View(t.Context(), admin)
		if err != nil || view.Rules != setting.UsualChartRules() || view.RulesVersion != 2 || view.TermsVersion != 0 {
			t.Errorf("the view is %+v (%v)", view, err)
		}
		entries, err := audit.List(t.Context(), d, audit.Filter{Limit: 9, Outcome: audit.Done})
		if err != nil || len(entries) != 2 || entries[1].Object != "setting chart-rules" ||
			!strings.Contains(entries[1].Detail, `"from":"trend 7`) || !strings.Contains(entries[1].Detail, `"to":"trend 6`) {
			t.Errorf("the trail is %+v (%v)", entries, err)
		}
	})
}

func TestChartRulesThatCannotBe(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	s := serviceOn(d)
	if err := s.ChooseChartRules(t.Context(), analyst, others, 0); !errors.Is(err, fault.ErrForbidden) {
		t.Errorf("an analyst chose: %v", err)
	}
	for name, change := range map[string]func(*setting.ChartRules){
		"trend":       func(r *setting.ChartRules) { r.Trend = 5 },
		"shift":       func(r *setting.ChartRules) { r.Shift = 10 },
		"limits-from": func(r *setting.ChartRules) { r.LimitsFrom = 11 },
	} {
		rules := others
		change(&rules)
		err := s.ChooseChartRules(t.Context(), admin, rules, 0)
		var wrong *fault.Error
		if !errors.Is(err, fault.ErrInvalid) || !errors.As(err, &wrong) || len(wrong.Fields) != 1 || wrong.Fields[0].Name != name {
			t.Errorf("a wrong %s is answered %v", name, err)
		}
	}
	if _, version := inForce(t, d); version != 0 {
		t.Error("a refused choice was kept")
	}
}

// What another release, or a hand, left in the database takes no chart down,
// and can be replaced.
func TestChartRulesThatAreNotKnown(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "no JSON", `{"trend":9}`, `{"trend":7,"shift":7,"limits_from":2}`, `[]`, `{"trend":"7"}`} {
		d := dbtest.Open(t, dbtest.SQLite(t))
		if _, err := d.Exec(t.Context(), `INSERT INTO setting (name, value, version) VALUES ('chart-rules', $1, 4)`, text); err != nil {
			t.Fatal(err)
		}
		if rules, version := inForce(t, d); rules != setting.UsualChartRules() || version != 4 {
			t.Errorf("%q: in force is %v, version %d", text, rules, version)
		}
		if err := serviceOn(d).ChooseChartRules(t.Context(), admin, others, 4); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Rules without a fault are rules that an analysis takes, and two that differ
// are said differently.
func TestChartRulesWithoutFaultsCanBeUsed(t *testing.T) {
	t.Parallel()
	series := spc.Series{Points: []spc.Point{{Date: spc.NewDate(2026, 1, 1), Value: spc.Defined(1)}}}
	said := map[string]setting.ChartRules{}
	rapid.Check(t, func(t *rapid.T) {
		rules := setting.ChartRules{
			Trend: rapid.IntRange(5, 8).Draw(t, "trend"), Shift: rapid.IntRange(5, 10).Draw(t, "shift"), TwoOfThree: rapid.Bool().Draw(t, "two of three"),
			Screen: rapid.Bool().Draw(t, "screen"), PreferImprovement: rapid.Bool().Draw(t, "prefer"), LimitsFrom: rapid.IntRange(10, 40).Draw(t, "limits from"),
		}
		_, err := spc.Analyse(series, rules.Settings())
		usable := err == nil && rules.LimitsFrom >= setting.FewestForLimits && rules.LimitsFrom <= setting.MostForLimits
		if faults := rules.Faults(); usable != (len(faults) == 0) {
			t.Fatalf("%v: faults %v, the analysis says %v", rules, faults, err)
		}
		words := rules.String()
		if same, ok := said[words]; ok && same != rules {
			t.Fatalf("%+v and %+v are both %q", same, rules, words)
		}
		said[words] = rules
	})
	if words := others.String(); !slices.Contains(strings.Split(words, ", "), "limits from 20 values") {
		t.Errorf("the rules are %q", words)
	}
}
