package main

import (
	"slices"
	"time"
)

// median returns the middle of values, or the mean of the two in the middle.
// It panics when there are none.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

// repeat measures n times and returns the median, or the first error.
func repeat(n int, measure func() (float64, error)) (float64, error) {
	values := make([]float64, n)
	for i := range values {
		value, err := measure()
		if err != nil {
			return 0, err
		}
		values[i] = value
	}
	return median(values), nil
}

// milliseconds is d as a number of milliseconds.
func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
