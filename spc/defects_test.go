package spc_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sir/spc"
)

// monthly is a series of values from January 2020 on.
func monthly(values ...float64) spc.Series {
	s := spc.Series{Improvement: spc.Increase}
	for i, v := range values {
		s.Points = append(s.Points, spc.Point{Date: spc.NewDate(2020, time.Month(1+i), 1), Value: spc.Defined(v)})
	}
	return s
}

func month(i int) spc.Date { return spc.NewDate(2020, time.Month(i), 1) }

func repeated(n int, v float64) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = v
	}
	return values
}

func analyse(t *testing.T, s spc.Series, settings spc.Settings) *spc.Analysis {
	t.Helper()
	a, err := spc.Analyse(s, settings)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestConstantSeries corrects the first defect of NHSRplotthedots 0.2.2
// (vector p29). By hand: 15 values of 100 have 14 moving ranges of 0, so
// aMR = 0. Screening keeps a range if it is below 3.267 aMR; 0 < 0 is false, so
// the package drops all of them and divides 0 by 0. But a range of 0 is no
// outlier among ranges of 0. Kept, they give limits 100 ± 2.66*0 = 100. The
// process gives 100 every time: it meets 95 and, exactly, 100; never 101.
func TestConstantSeries(t *testing.T) {
	for _, test := range []struct {
		value, target float64
		better        spc.Direction
		want          spc.Assurance
	}{
		{100, 95, spc.Increase, spc.Pass},
		{100, 100, spc.Increase, spc.Pass},
		{100, 101, spc.Increase, spc.Fail},
		{100, 95, spc.Decrease, spc.Fail},
		{100, 100, spc.Decrease, spc.Pass},
		{100, 101, spc.Decrease, spc.Pass},
		{0.1, 0.1, spc.Increase, spc.Pass}, // 15 times 0.1 does not add up to 1.5
		{0, 0, spc.Decrease, spc.Pass},
	} {
		for _, screen := range []bool{true, false} {
			s := monthly(repeated(15, test.value)...)
			s.Improvement = test.better
			s.Targets = []spc.Step{{Value: spc.Defined(test.target)}}
			a := analyse(t, s, spc.Settings{Screen: screen})
			if a.Assurance != test.want || a.Variation != spc.VariationCommonCause {
				t.Errorf("%+v, screen %v: %s, %s", test, screen, a.Assurance, a.Variation)
			}
			if !near(a.Upper, &test.value) || !near(a.Lower, &test.value) {
				t.Errorf("%+v, screen %v: limits %v", test, screen, a.Limits)
			}
			if !hasWarning(a, spc.NoVariance, 1) {
				t.Errorf("%+v, screen %v: no warning that nothing varies", test, screen)
			}
		}
	}
}

// TestSinglePoint corrects the second defect (vector p31). One value has no
// moving range, so nothing is known of its variation: it is not "common cause"
// but not enough data, and no target can be judged.
func TestSinglePoint(t *testing.T) {
	for _, test := range []struct {
		name   string
		points []spc.Point
	}{
		{"one value", []spc.Point{{Date: month(1), Value: spc.Defined(5)}}},
		{"two values with a missing one between", []spc.Point{
			{Date: month(1), Value: spc.Defined(5)}, {Date: month(2)}, {Date: month(3), Value: spc.Defined(7)}}},
		{"no value", []spc.Point{{Date: month(1)}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := spc.Series{Points: test.points, Improvement: spc.Increase, Targets: []spc.Step{{Value: spc.Defined(6)}}}
			a := analyse(t, s, spc.Settings{})
			if a.Variation != spc.VariationNotEnough || a.Assurance != spc.AssuranceNotEnough {
				t.Errorf("icons %q, %q", a.Variation, a.Assurance)
			}
			if _, ok := a.Upper.Value(); ok || !hasWarning(a, spc.NoLimits, 1) || !hasWarning(a, spc.ShortSeries, 1) {
				t.Errorf("limits %v, warnings %v", a.Limits, a.Warnings)
			}
			if a.Points[0].Class != spc.CommonCause || a.Points[0].Rule != "" {
				t.Errorf("flagged %q", a.Points[0].Rule)
			}
		})
	}
}

// TestEmptyBaseline: where the baseline has no value there is no mean, so that
// nothing can lie on one side of it.
func TestEmptyBaseline(t *testing.T) {
	s := monthly(append([]float64{0}, repeated(9, 5)...)...)
	s.Points[0].Value = spc.Figure{}
	a := analyse(t, s, spc.Settings{Baseline: 1})
	for _, p := range a.Points {
		if _, ok := p.Mean.Value(); ok || p.Flags != 0 {
			t.Fatalf("%v: mean %v, flags %v", p.Date, p.Mean, p.Flags.List())
		}
	}
	if a.Variation != spc.VariationNotEnough || !hasWarning(a, spc.NoLimits, 1) {
		t.Errorf("icon %s, warnings %v", a.Variation, a.Warnings)
	}
}

// TestUnknownRebase refuses what NHSRplotthedots ignores (vector p41): a
// rebase between two dates would silently do nothing.
func TestUnknownRebase(t *testing.T) {
	s := monthly(repeated(24, 1)...)
	s.Rebases = []spc.Note{{Date: spc.NewDate(2020, time.June, 15)}}
	_, err := spc.Analyse(s, spc.Settings{})
	if !errors.Is(err, spc.ErrInput) || !strings.Contains(err.Error(), "date 2020-06-15: rebase on a date that the series does not have") {
		t.Errorf("error %v", err)
	}
}

// TestMissingAndExcluded shows the two treatments of a gap by hand. With the
// third of 10 12 x 11 9 gone the ranges are |12-10| = 2 and |9-11| = 2, and
// bridged also |11-12| = 1: averages 2 and 5/3.
func TestMissingAndExcluded(t *testing.T) {
	missing := monthly(10, 12, 0, 11, 9)
	missing.Points[2].Value = spc.Figure{}
	excluded := monthly(10, 12, 99, 11, 9)
	excluded.Exclusions = []spc.Note{{Date: month(3), Reason: "fire"}}
	apart, across := 2.0, 5.0/3
	for _, test := range []struct {
		name     string
		series   spc.Series
		settings spc.Settings
		want     float64
	}{
		{"missing breaks", missing, spc.Settings{}, apart},
		{"missing bridged", missing, spc.Settings{Missing: spc.Bridge}, across},
		{"excluded is bridged", excluded, spc.Settings{}, across},
		{"excluded breaks", excluded, spc.Settings{Excluded: spc.Break}, apart},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := analyse(t, test.series, test.settings)
			mean := 10.5
			if !near(a.AverageMovingRange, &test.want) || !near(a.Mean, &mean) {
				t.Errorf("average moving range %v, mean %v; want %v, 10.5", a.AverageMovingRange, a.Mean, test.want)
			}
			if p := a.Points[2]; p.Flags != 0 {
				t.Errorf("the point that is left out is flagged %v", p.Flags.List())
			}
		})
	}
}
