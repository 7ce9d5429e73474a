package spc_test

import (
	"fmt"
	"strings"

	"sir/spc"
)

func ExampleAnalyse() {
	file := `month,referrals
2020-01,31
2020-02,28
2020-03,33
2020-04,29
2020-05,30
2020-06,32
2020-07,27
2020-08,30
2020-09,33
2020-10,28
2020-11,31
2020-12,30
2021-01,29
2021-02,44`
	series, err := spc.ReadCSV(strings.NewReader(file), spc.Columns{Date: "month", Value: "referrals"})
	if err != nil {
		fmt.Println(err)
		return
	}
	series.Improvement = spc.Increase
	series.Targets = []spc.Step{{Value: spc.Defined(40)}}
	a, err := spc.Analyse(series, spc.Settings{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("mean %s, limits %s to %s\n", a.Mean, a.Lower, a.Upper)
	fmt.Printf("variation %s, assurance %s\n", a.Variation, a.Assurance)
	for _, p := range a.Points {
		if p.Rule != "" {
			fmt.Println(p.Date, p.Value, p.Rule, p.Class)
		}
	}
	// Output:
	// mean 31.0714, limits 20.636 to 41.5068
	// variation improvement_high, assurance hit_or_miss
	// 2021-02-01 44 outside improvement
}

func ExampleSeries_TimeTo() {
	series := spc.Series{Points: []spc.Point{
		{Date: spc.NewDate(2019, 1, 1), Value: spc.Defined(20)},
		{Date: spc.NewDate(2019, 4, 1), Value: spc.Defined(40)},
		{Date: spc.NewDate(2019, 7, 1), Value: spc.Defined(60)},
	}}
	reached, err := series.TimeTo(50, spc.AtLeast)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(reached.Date, reached.Estimate, reached.Interpolated)
	// Output: 2019-07-01 2019-05-17 true
}
