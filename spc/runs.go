package spc

import "math"

// Runs is the runs analysis of a part (Anhøj and Olesen 2014). With n useful
// points, those with a value off the centre line, a part that varies at random
// hardly ever has a run of more than round(log2 n) + 3 points on one side, or
// fewer crossings than the 5 % quantile of Binomial(n-1, 1/2).
type Runs struct {
	Useful       int  `json:"useful"`
	Longest      int  `json:"longest_run"`
	LongestMax   int  `json:"longest_run_max"`
	From         Date `json:"longest_run_from,omitzero"` // dates of the longest run, the first of several
	To           Date `json:"longest_run_to,omitzero"`
	Crossings    int  `json:"crossings"`
	CrossingsMin int  `json:"crossings_min"`
	Signal       bool `json:"signal"`
}

// runsOf analyses the runs of points about their centre line. Missing and
// excluded points and points on the line are passed over.
func runsOf(points []PointResult, rounding float64) Runs {
	var r Runs
	length, last := 0, 0
	var from Date
	for i := range points {
		centre := points[i].Centre()
		if !points[i].used() || !centre.defined {
			continue
		}
		side := compare(points[i].Value.value, centre.value, rounding)
		switch {
		case side == 0:
			continue
		case side != last:
			if last != 0 {
				r.Crossings++
			}
			length, from = 0, points[i].Date
		}
		r.Useful++
		length++
		last = side
		if length > r.Longest {
			r.Longest, r.From, r.To = length, from, points[i].Date
		}
	}
	if r.Useful == 0 {
		return r
	}
	r.LongestMax, r.CrossingsMin = RunLimits(r.Useful)
	r.Signal = r.Longest > r.LongestMax || r.Crossings < r.CrossingsMin
	return r
}

// RunLimits returns the longest run and the fewest crossings that are still
// usual with n useful points, n > 0.
func RunLimits(n int) (longestMax, crossingsMin int) {
	return int(math.RoundToEven(math.Log2(float64(n)))) + 3, halfQuantile(n - 1)
}

// halfQuantile is the smallest k with P(X <= k) >= 0.05 for X of
// Binomial(n, 1/2). It adds up terms by their logarithms, since (1/2)^n is 0
// beyond n = 1074.
func halfQuantile(n int) int {
	term := -float64(n) * math.Ln2
	sum := math.Exp(term)
	k := 0
	for ; sum < 0.05; k++ {
		term += math.Log(float64(n-k) / float64(k+1))
		sum += math.Exp(term)
	}
	return k
}
