package spc_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sir/spc"
)

// flagged returns the 1-based points that a rule names.
func flagged(a *spc.Analysis, rule spc.Rule) []int {
	var at []int
	for i, p := range a.Points {
		if p.Rule == rule {
			at = append(at, i+1)
		}
	}
	return at
}

// noise alternates about 10, so that nothing is flagged.
func noise(n int) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = 9 + 2*float64(i%2)
	}
	return values
}

func TestTrendOfSixOrSeven(t *testing.T) {
	six := append(noise(20), 8, 8.5, 9.5, 10.5, 11.2, 12, 9, 11, 9)
	if got := flagged(analyse(t, monthly(six...), spc.Settings{}), spc.Trend); got != nil {
		t.Errorf("a trend of 7 flags six rising points: %v", got)
	}
	want := []int{21, 22, 23, 24, 25, 26}
	if got := flagged(analyse(t, monthly(six...), spc.Settings{Trend: 6}), spc.Trend); !slices.Equal(got, want) {
		t.Errorf("a trend of 6 flags %v, want %v", got, want)
	}
	six[23] = six[22] // a tie ends the trend
	if got := flagged(analyse(t, monthly(six...), spc.Settings{Trend: 6}), spc.Trend); got != nil {
		t.Errorf("a trend with a tie is flagged: %v", got)
	}
}

// TestWithoutTwoOfThree: the rule that is left out flags nothing and is not
// printed; the others do as before.
func TestWithoutTwoOfThree(t *testing.T) {
	s := monthly(append(append(noise(20), 14.9, 11, 14.9, 9, 11, 9, 30), noise(10)...)...)
	s.Exclusions = []spc.Note{{Date: month(27), Reason: "far outside"}}
	with, without := analyse(t, s, spc.Settings{}), analyse(t, s, spc.Settings{NoTwoOfThree: true})
	if got, want := flagged(with, spc.TwoOfThree), []int{21, 23}; !slices.Equal(got, want) {
		t.Errorf("two of three flags %v, want %v", got, want)
	}
	if got := flagged(without, spc.TwoOfThree); got != nil || with.Limits != without.Limits {
		t.Errorf("left out, it flags %v; limits %v and %v", got, with.Limits, without.Limits)
	}
	if !strings.Contains(with.Rules, "2 of 3") || strings.Contains(without.Rules, "2 of 3") {
		t.Errorf("with: %s\nwithout: %s", with.Rules, without.Rules)
	}
	s.Exclusions = nil
	if got, want := flagged(analyse(t, s, spc.Settings{NoTwoOfThree: true}), spc.Outside), []int{27}; !slices.Equal(got, want) {
		t.Errorf("without the rule, outside flags %v, want %v", got, want)
	}
}

// TestNoRuleCrossesARebase cuts a shift of eight into two of four.
func TestNoRuleCrossesARebase(t *testing.T) {
	s := monthly(append(noise(20), 11, 11, 11, 11, 11, 11, 11, 11, 9, 9, 9, 9, 9, 9)...)
	if got := flagged(analyse(t, s, spc.Settings{}), spc.Shift); len(got) == 0 {
		t.Fatal("no shift to cut")
	}
	s.Points = s.Points[:28]
	s.Rebases = []spc.Note{{Date: s.Points[24].Date, Reason: "moved house"}}
	a := analyse(t, s, spc.Settings{})
	for _, rule := range []spc.Rule{spc.Shift, spc.Trend} {
		if got := flagged(a, rule); got != nil {
			t.Errorf("%s flags %v across the rebase", rule, got)
		}
	}
	if p := a.Parts[1]; p.Reason != "moved house" || p.From != s.Points[24].Date || p.Used != 4 {
		t.Errorf("second part %+v", p)
	}
}

// TestMissingValueEndsAShift: with one of eight points on a side missing no
// seven are left in a row, unless gaps are bridged.
func TestMissingValueEndsAShift(t *testing.T) {
	s := monthly(append(noise(20), 9, 11, 11, 11, 11, 11, 11, 11, 11, 9, 9)...)
	s.Points[25].Value = spc.Figure{}
	if got := flagged(analyse(t, s, spc.Settings{}), spc.Shift); got != nil {
		t.Errorf("a shift across a missing value: %v", got)
	}
	want := []int{22, 23, 24, 25, 27, 28, 29}
	if got := flagged(analyse(t, s, spc.Settings{Missing: spc.Bridge}), spc.Shift); !slices.Equal(got, want) {
		t.Errorf("bridged, the shift is %v, want %v", got, want)
	}
}

// TestConflict: a falling trend that stays above the mean says concern by its
// slope and, as a shift, improvement by its side.
func TestConflict(t *testing.T) {
	s := monthly(append(noise(20), 15, 14.5, 14, 13.5, 13, 12.5, 12)...)
	for policy, want := range map[spc.Conflict]spc.Variation{spc.FirstRule: spc.ConcernLow, spc.PreferImprovement: spc.ImprovementHigh} {
		a := analyse(t, s, spc.Settings{Conflict: policy})
		last := a.Points[a.Latest]
		if !last.Conflict || !last.Flags.Has(spc.Trend) || !last.Flags.Has(spc.Shift) {
			t.Errorf("%s: flags %v, conflict %v", policy, last.Flags.List(), last.Conflict)
		}
		if a.Variation != want {
			t.Errorf("%s: icon %s, want %s", policy, a.Variation, want)
		}
	}
}

// TestTargets: a stepped target belongs to its periods, moves no limit, and
// the icon takes that of the last date.
func TestTargets(t *testing.T) {
	s := monthly(noise(15)...) // 10 ± 2.66*2
	plain := analyse(t, s, spc.Settings{})
	s.Targets = []spc.Step{
		{From: month(40), Value: spc.Defined(1)}, // after the last point
		{From: month(10), Value: spc.Defined(99)},
		{Value: spc.Defined(2)},
	}
	s.Trajectory = []spc.Step{{From: month(3), Value: spc.Defined(60)}, {From: month(1), Value: spc.Defined(0)}}
	a := analyse(t, s, spc.Settings{})
	if a.Assurance != spc.Fail || a.Mean != plain.Mean || a.Limits != plain.Limits {
		t.Errorf("assurance %s, mean %v, limits %v; without targets %v, %v", a.Assurance, a.Mean, a.Limits, plain.Mean, plain.Limits)
	}
	for at, want := range map[int]float64{1: 2, 9: 2, 10: 99, 15: 99} {
		if !near(a.Points[at-1].Target, &want) {
			t.Errorf("target of month %d: %v, want %v", at, a.Points[at-1].Target, want)
		}
	}
	// January has 31 of the 60 days from 1 January to 1 March 2020.
	for at, want := range map[int]float64{1: 0, 2: 31, 3: 60} {
		if !near(a.Points[at-1].Trajectory, &want) {
			t.Errorf("trajectory of month %d: %v, want %v", at, a.Points[at-1].Trajectory, want)
		}
	}
	if _, ok := a.Points[3].Trajectory.Value(); ok {
		t.Error("the trajectory goes on after its last value")
	}
	s.Points[14].Value = spc.Figure{}
	if a := analyse(t, s, spc.Settings{}); a.Assurance != spc.Fail {
		t.Errorf("with the last value missing, assurance %s", a.Assurance)
	}
	s.Targets = append(s.Targets, spc.Step{From: month(12)})
	if a := analyse(t, s, spc.Settings{}); a.Assurance != spc.NoAssurance {
		t.Errorf("with the target ended, assurance %s", a.Assurance)
	}
}

// TestWarnings names each code by the series that must raise it.
func TestWarnings(t *testing.T) {
	missing := monthly(noise(15)...)
	missing.Points[14].Value = spc.Figure{}
	unexplained := monthly(noise(30)...)
	unexplained.Rebases = []spc.Note{{Date: month(16)}}
	unexplained.Exclusions = []spc.Note{{Date: month(3)}}
	for _, test := range []struct {
		name     string
		series   spc.Series
		settings spc.Settings
		want     []spc.Code
	}{
		{"enough", monthly(noise(13)...), spc.Settings{}, nil},
		{"twelve", monthly(noise(12)...), spc.Settings{}, []spc.Code{spc.ShortSeries}},
		{"latest missing", missing, spc.Settings{}, []spc.Code{spc.LatestMissing}},
		{"no reasons", unexplained, spc.Settings{}, []spc.Code{spc.NoReason, spc.NoReason}},
		{"baseline of 11", monthly(noise(13)...), spc.Settings{Baseline: 11}, []spc.Code{spc.BaselineShort}},
		{"run chart of 9", monthly(noise(9)...), spc.Settings{Chart: spc.RunChart}, []spc.Code{spc.FewRuns}},
		{"run chart of 10", monthly(noise(10)...), spc.Settings{Chart: spc.RunChart}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []spc.Code
			for _, w := range analyse(t, test.series, test.settings).Warnings {
				got = append(got, w.Code)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("warnings %v, want %v", got, test.want)
			}
		})
	}
}

func TestRulesSentence(t *testing.T) {
	for _, test := range []struct {
		settings spc.Settings
		want     []string
	}{
		{spc.Settings{}, []string{"XmR chart: mean of all points", "2.66 average moving ranges, no range left out", "7 points in a row rising", "Improvement: increase."}},
		{spc.Settings{Trend: 6, Screen: true, Baseline: 12, Scaling: spc.ThreeOverD2}, []string{"first 12 points", "3/1.128", "6 points in a row rising", "3.267 times"}},
		{spc.Settings{Chart: spc.RunChart, Centre: spc.Defined(4)}, []string{"Run chart", "centre line 4 was given"}},
		{spc.Settings{Chart: spc.PChart}, []string{"P chart: mean proportion"}},
		{spc.Settings{Chart: spc.PPrimeChart, Conflict: spc.PreferImprovement}, []string{"Laney", "improvement is shown"}},
	} {
		s := monthly()
		s.Points = []spc.Point{spc.Proportion(month(1), 1, 2)}
		rules := analyse(t, s, test.settings).Rules
		for _, want := range test.want {
			if !strings.Contains(rules, want) {
				t.Errorf("%+v: %q does not say %q", test.settings, rules, want)
			}
		}
	}
}

// TestAnalysisJSON reads an analysis back from its JSON.
func TestAnalysisJSON(t *testing.T) {
	s := monthly(append(noise(13), 30)...)
	s.Points[2].Value = spc.Figure{}
	a := analyse(t, s, spc.Settings{})
	text, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var back spc.Analysis
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if again := show(back); again != string(text) {
		t.Errorf("read back as\n%s\nwritten as\n%s", again, text)
	}
	for _, want := range []string{`"date":"2020-03-01","value":null`, `"flags":["outside"],"rule":"outside","side":"high","class":"improvement"`, `"variation_icon":"improvement_high"`, `"longest_run":`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
}
