package spc_test

import (
	"encoding/json"
	"testing"

	"sir/spc"
)

// benchSeries is 40 points about a level, with one missing and a target that
// steps.
func benchSeries() spc.Series {
	s := monthly(noise(40)...)
	for i := range s.Points {
		v, _ := s.Points[i].Value.Value()
		s.Points[i].Value = spc.Defined(v + float64(i*7%5))
		s.Points[i].Numerator, s.Points[i].Denominator = spc.Defined(v), spc.Defined(v+20)
	}
	s.Points[17].Value = spc.Figure{}
	s.Targets = []spc.Step{{Value: spc.Defined(12)}, {From: month(20), Value: spc.Defined(14)}}
	return s
}

// BenchmarkAnalyse1000 analyses 1,000 series of 40 points.
func BenchmarkAnalyse1000(b *testing.B) {
	s := benchSeries()
	for _, chart := range []spc.Chart{spc.XmRChart, spc.RunChart, spc.PPrimeChart} {
		b.Run(string(chart), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for range 1000 {
					if _, err := spc.Analyse(s, spc.Settings{Chart: chart}); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// BenchmarkAnalyse100000 analyses one series of as many points as a file may hold.
func BenchmarkAnalyse100000(b *testing.B) {
	s := spc.Series{Improvement: spc.Increase}
	for i := range spc.MaxPoints {
		s.Points = append(s.Points, spc.Point{Date: day(i), Value: spc.Defined(float64(i * 7 % 11))})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := spc.Analyse(s, spc.Settings{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkJSON writes the analysis of 40 points.
func BenchmarkJSON(b *testing.B) {
	a, err := spc.Analyse(benchSeries(), spc.Settings{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := json.Marshal(a); err != nil {
			b.Fatal(err)
		}
	}
}
