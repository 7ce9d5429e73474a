package spc_test

import (
	"errors"
	"testing"

	"sir/spc"
)

// adoption is the rate of a made-up region over 15 quarters (vector p42).
var adoption = []float64{7, 7, 13, 20, 27, 33, 40, 47, 53, 60, 60, 67, 67, 73, 73}

func TestCumulative(t *testing.T) {
	dip := append([]float64{}, adoption...)
	dip[7], dip[8] = 47, 46 // 1 of a range of 66 is a restatement
	fall := append([]float64{}, adoption...)
	fall[8] = 45 // 2 of 66 is more than the tolerance
	plateau := append(append([]float64{0, 0, 0, 0, 0, 0}, adoption...), repeated(12, 73)...)
	down := make([]float64, len(adoption))
	for i, v := range adoption {
		down[i] = 100 - v
	}
	for _, test := range []struct {
		name   string
		values []float64
		want   bool
	}{
		{"an adoption curve", adoption, true},
		{"with a small restatement", dip, true},
		{"with a fall", fall, false},
		{"flat before and after", plateau, true},
		{"what is still to do", down, true},
		{"noise", noise(20), false},
		{"constant", repeated(20, 3), false},
		{"one step up", append(repeated(8, 1), repeated(8, 2)...), false},
		{"five steps", []float64{1, 2, 3, 4, 5, 6}, true},
		{"four steps", []float64{1, 2, 3, 4, 5}, false},
		{"steps now and then", []float64{1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6}, false},
		{"one value", []float64{1}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := analyse(t, monthly(test.values...), spc.Settings{})
			if a.Cumulative.Is != test.want || hasWarning(a, spc.CumulativeSeries, 0) != test.want {
				t.Errorf("%+v, warnings %v; want %v", a.Cumulative, a.Warnings, test.want)
			}
		})
	}
	c := analyse(t, monthly(adoption...), spc.Settings{}).Cumulative
	if want := (spc.Cumulative{Is: true, Side: spc.High, Steps: 12, Moves: 10}); c != want {
		t.Errorf("%+v, want %+v: 10 rises and 2 level steps between the first and the last", c, want)
	}
}

func TestTimeTo(t *testing.T) {
	gap := monthly(10, 0, 30, 30, 20)
	gap.Points[1].Value = spc.Figure{}
	for _, test := range []struct {
		name   string
		series spc.Series
		level  float64
		cut    spc.Cut
		want   spc.Reached
	}{
		{"on a date", monthly(10, 20, 30), 20, spc.AtLeast, spc.Reached{Is: true, Date: month(2), Estimate: month(2), Held: true}},
		{"not by the level itself", monthly(10, 20, 30), 20, spc.MoreThan, spc.Reached{Is: true, Date: month(3), Estimate: month(2), Interpolated: true, Held: true}},
		// 5/10 of the 31 days of January is 15.5: on the 16th day after the 1st.
		{"between dates", monthly(10, 20, 30), 15, spc.AtLeast, spc.Reached{Is: true, Date: month(2), Estimate: month(1) + 16, Interpolated: true, Held: true}},
		// Half of the 60 days from 1 January to 1 March 2020.
		{"across a missing value, then lost", gap, 20.5, spc.AtLeast, spc.Reached{Is: true, Date: month(3), Estimate: month(1) + 32, Interpolated: true}},
		{"from the start", monthly(10, 20), 5, spc.AtLeast, spc.Reached{Is: true, Date: month(1), Estimate: month(1), AtStart: true, Held: true}},
		{"never", monthly(10, 20), 21, spc.AtLeast, spc.Reached{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := test.series.TimeTo(test.level, test.cut)
			if err != nil || got != test.want {
				t.Errorf("%+v, %v; want %+v", got, err, test.want)
			}
		})
	}
	if _, err := monthly(1).TimeTo(1, ""); !errors.Is(err, spc.ErrInput) {
		t.Errorf("no cut: %v", err)
	}
}

func TestPace(t *testing.T) {
	s := monthly(0, 2, 2, 0, 12, 12)
	s.Points[3].Value = spc.Figure{} // 2 to 12 took two periods
	got, err := s.Pace()
	want := spc.Pace{From: month(1), To: month(6), Periods: 5, Change: spc.Defined(12), PerPeriod: spc.Defined(2.4), Fastest: spc.Defined(5), FastestTo: month(5)}
	if err != nil || got != want {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
	got, err = monthly(3).Pace()
	if want := (spc.Pace{From: month(1), To: month(1)}); err != nil || got != want {
		t.Errorf("one value: %+v, %v", got, err)
	}
}

func TestIncrements(t *testing.T) {
	s := monthly(1, 3, 6, 0, 15, 21)
	s.Points[3].Value = spc.Figure{}
	s.Targets = []spc.Step{{Value: spc.Defined(20)}}
	s.Rebases = []spc.Note{{Date: month(1)}, {Date: month(5), Reason: "new team"}}
	flow, err := s.Increments()
	if err != nil {
		t.Fatal(err)
	}
	want := []spc.Figure{spc.Defined(2), spc.Defined(3), {}, {}, spc.Defined(6)}
	for i, p := range flow.Points {
		if p.Value != want[i] || p.Date != month(i+2) {
			t.Errorf("change %d: %v on %v, want %v", i, p.Value, p.Date, want[i])
		}
	}
	if a := analyse(t, flow, spc.Settings{}); len(flow.Points) != len(want) || len(a.Parts) != 2 || a.Assurance != spc.NoAssurance {
		t.Errorf("%d changes in %d parts, assurance %s", len(flow.Points), len(a.Parts), a.Assurance)
	}
}
