package spc

import (
	"math"
	"slices"
)

// screenFactor is D4 for two points: a moving range of so many times their
// average is itself a signal.
const screenFactor = 3.267

// setXmRLimits sets mean and natural process limits (Wheeler 2003): mean ±
// scaling × average moving range, both from the baseline's points.
func (part *Part) setXmRLimits(points []PointResult, stretches [][]int, s Settings) {
	mean, ok := meanOf(points, s.Centre)
	if !ok {
		return
	}
	value := func(i int) float64 { return points[i].Value.value }
	average, ok := averageRange(points, stretches, value, s.Screen)
	part.Mean = Defined(mean)
	if ok {
		part.AverageMovingRange = Defined(average)
		part.Limits = limitsAround(mean, s.Scaling*average)
	}
	for i := range points {
		points[i].Mean, points[i].Limits = part.Mean, part.Limits
	}
}

// meanOf is the mean of the baseline's values, or the given centre. ok is
// false where there is neither.
func meanOf(points []PointResult, given Figure) (mean float64, ok bool) {
	if given.defined {
		return given.value, true
	}
	n := 0
	for i := range points {
		if points[i].Baseline {
			mean += points[i].Value.value
			n++
		}
	}
	return mean / float64(n), n > 0
}

// averageRange is the mean of |y(i) - y(i-1)| over neighbours in a stretch
// that both belong to the baseline. Screening drops ranges of screenFactor
// times that mean or more, once; when all are 0 it drops none, since a
// constant series has limits, too. ok is false without a range.
func averageRange(points []PointResult, stretches [][]int, y func(int) float64, screen bool) (average float64, ok bool) {
	mean := func(below float64) (float64, bool) {
		sum, n := 0.0, 0
		for _, stretch := range stretches {
			for j := 1; j < len(stretch); j++ {
				from, to := stretch[j-1], stretch[j]
				if !points[from].Baseline || !points[to].Baseline {
					continue
				}
				if r := math.Abs(y(to) - y(from)); r < below {
					sum += r
					n++
				}
			}
		}
		return sum / float64(n), n > 0
	}
	average, ok = mean(math.Inf(1))
	if screen && ok && average > 0 {
		return mean(screenFactor * average)
	}
	return average, ok
}

// limitsAround are limits at a distance from the mean.
func limitsAround(mean, distance float64) Limits {
	near := distance * 2 / 3
	return Limits{Lower: Defined(mean - distance), Upper: Defined(mean + distance), NearLower: Defined(mean - near), NearUpper: Defined(mean + near)}
}

// setProportionLimits sets the limits of a P chart, 3 sqrt(p(1-p)/n) around
// the pooled proportion p, or of a P' chart, as much times Laney's sigma z
// (Laney 2002): the average moving range of the z scores over 1.128. Limits
// are cut at 0 and 1.
func (part *Part) setProportionLimits(points []PointResult, stretches [][]int, s Settings) {
	p, ok := pooled(points, s.Centre)
	if !ok {
		return
	}
	part.Mean = Defined(p)
	deviation := func(i int) float64 { return math.Sqrt(max(0, p*(1-p)/points[i].Denominator.value)) }
	factor, known := 1.0, true
	if s.Chart == PPrimeChart {
		z := func(i int) float64 {
			if d := deviation(i); d > 0 {
				return (points[i].Value.value - p) / d
			}
			return 0
		}
		factor, known = averageRange(points, stretches, z, s.Screen)
		factor /= 1.128
		if known {
			part.SigmaZ = Defined(factor)
		}
	}
	for i := range points {
		points[i].Mean = part.Mean
		if !known || !points[i].Value.defined {
			continue
		}
		limits := limitsAround(p, 3*factor*deviation(i))
		for _, f := range []*Figure{&limits.Lower, &limits.Upper, &limits.NearLower, &limits.NearUpper} {
			f.value = min(1, max(0, f.value))
		}
		points[i].Limits = limits
		if points[i].used() {
			part.Limits = limits
		}
	}
}

// pooled is the sum of the baseline's numerators over that of its
// denominators, or the given centre.
func pooled(points []PointResult, given Figure) (p float64, ok bool) {
	if given.defined {
		return given.value, true
	}
	k, n := 0.0, 0.0
	for i := range points {
		if points[i].Baseline {
			k += points[i].Numerator.value
			n += points[i].Denominator.value
		}
	}
	return k / n, n > 0
}

// setMedian sets the centre line of a run chart: the median of the baseline's
// values, or the given centre.
func (part *Part) setMedian(points []PointResult, given Figure) {
	part.Median = given
	if !given.defined {
		values := make([]float64, 0, len(points))
		for i := range points {
			if points[i].Baseline {
				values = append(values, points[i].Value.value)
			}
		}
		if len(values) == 0 {
			return
		}
		slices.Sort(values)
		half := len(values) / 2
		median := values[half]
		if len(values)%2 == 0 {
			median = (values[half-1] + median) / 2
		}
		part.Median = Defined(median)
	}
	for i := range points {
		points[i].Median = part.Median
	}
}
