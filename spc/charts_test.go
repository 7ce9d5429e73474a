package spc_test

import (
	"math"
	"testing"

	"sir/spc"
)

// TestRunChartByHand: the median of 1 2 3 4 9 9 9 9 9 9 9 9 1 2 is
// (9+4)/2 = 6.5 for the eighth and seventh of the sorted values 1 1 2 2 3 4 |
// 9...: there are eight nines among 14, so the seventh and eighth are 9 and 9
// and the median is 9. Eight points lie on it, six below: one run of 6, no
// crossing. round(log2 6) + 3 = round(2.58) + 3 = 6, and of Binomial(5, 1/2)
// P(X = 0) = 1/32 < 0.05 <= P(X <= 1) = 6/32, so one crossing is expected.
func TestRunChartByHand(t *testing.T) {
	s := monthly(1, 2, 3, 4, 9, 9, 9, 9, 9, 9, 9, 9, 1, 2)
	a := analyse(t, s, spc.Settings{Chart: spc.RunChart})
	want := spc.Runs{Useful: 6, Longest: 6, LongestMax: 6, From: month(1), To: month(14), Crossings: 0, CrossingsMin: 1, Signal: true}
	if a.Median != spc.Defined(9) || a.Runs != want {
		t.Errorf("median %v, %+v; want 9, %+v", a.Median, a.Runs, want)
	}
	if a.Variation != spc.NoVariation || a.Points[0].Flags != 0 {
		t.Errorf("icon %s, flags %v: a run chart has neither", a.Variation, a.Points[0].Flags.List())
	}
	// From the first four alone it is 2.5: 1 2 | 3 4 9...9 | 1 2.
	a = analyse(t, s, spc.Settings{Chart: spc.RunChart, Baseline: 4})
	want = spc.Runs{Useful: 14, Longest: 10, LongestMax: 7, From: month(3), To: month(12), Crossings: 2, CrossingsMin: 4, Signal: true}
	if a.Median != spc.Defined(2.5) || a.Runs != want {
		t.Errorf("median %v, %+v; want 2.5, %+v", a.Median, a.Runs, want)
	}
}

// TestProportionsByHand: 1 of 4, 2 of 4, 12 of 16. Pooled 15/24 = 0.625 with
// p(1-p) = 15/64, so that sd = sqrt(15)/16 for n = 4 and sqrt(15)/32 for
// n = 16. In units of 1/sqrt(15) the z scores are -6, -2, 4: moving ranges 4
// and 6, average 5/sqrt(15), sigma z that over 1.128.
func TestProportionsByHand(t *testing.T) {
	s := spc.Series{Points: []spc.Point{spc.Proportion(month(1), 1, 4), spc.Proportion(month(2), 2, 4), spc.Proportion(month(3), 12, 16)}}
	root := math.Sqrt(15)
	for chart, factor := range map[spc.Chart]float64{spc.PChart: 1, spc.PPrimeChart: 5 / root / 1.128} {
		a := analyse(t, s, spc.Settings{Chart: chart})
		for i, sd := range []float64{root / 16, root / 16, root / 32} {
			lower, upper := max(0, 0.625-3*factor*sd), min(1, 0.625+3*factor*sd)
			if p := a.Points[i]; !near(p.Lower, &lower) || !near(p.Upper, &upper) {
				t.Errorf("%s, point %d: limits %v to %v, want %v to %v", chart, i+1, p.Lower, p.Upper, lower, upper)
			}
		}
		if _, ok := a.SigmaZ.Value(); ok != (chart == spc.PPrimeChart) || ok && !near(a.SigmaZ, &factor) {
			t.Errorf("%s: sigma z %v", chart, a.SigmaZ)
		}
	}
}

// TestAllOrNone: where all adopt, or none does, nothing varies.
func TestAllOrNone(t *testing.T) {
	for _, rate := range []float64{0, 1} {
		var s spc.Series
		for i := range 13 {
			s.Points = append(s.Points, spc.Proportion(day(i), rate*float64(10+i), float64(10+i)))
		}
		for _, chart := range []spc.Chart{spc.PChart, spc.PPrimeChart} {
			a := analyse(t, s, spc.Settings{Chart: chart, Screen: true})
			if !near(a.Lower, &rate) || !near(a.Upper, &rate) || a.Variation != spc.VariationCommonCause {
				t.Errorf("%s at %v: limits %v, icon %s", chart, rate, a.Limits, a.Variation)
			}
		}
	}
}
