package madeup

import (
	"math"
	"testing"
)

// The curve is rounded to whole numbers well away from a half, so that a machine whose exponential differs in the last bit
// gives the same programme.
func TestCurveRoundsTheSameEverywhere(t *testing.T) {
	for x := range spread {
		if _, fraction := math.Modf(curve(x)); math.Abs(fraction-0.5) < 1e-6 {
			t.Errorf("curve(%d) = %v is too close to a half", x, curve(x))
		}
		if x > 0 && spread[x] < spread[x-1] {
			t.Errorf("the curve falls at %d", x)
		}
	}
	if spread[50] != 500 || levelAt(spread[0]) != 0 || levelAt(spread[100]) != 4 {
		t.Errorf("the curve goes from %d over %d to %d", spread[0], spread[50], spread[100])
	}
}
