package chart

import (
	"fmt"
	"math"
)

// scale maps values to units along one axis and knows where the ticks go.
type scale struct {
	lo, hi   float64 // values at the two ends
	from, to float64 // units at the two ends
	ticks    []float64
	decimals int // that the ticks need
}

func (s scale) at(v float64) float64 {
	return s.from + (v-s.lo)/(s.hi-s.lo)*(s.to-s.from)
}

func (s scale) tick(v float64, unit string) string {
	return grouped(plain(v, s.decimals)) + unit
}

// Range fixes the ends of an axis. The zero Range lets the chart choose ends that show every value, zero included.
type Range struct{ Min, Max float64 }

func (r Range) isAuto() bool { return r == Range{} }

func (r Range) validate() error {
	if r.isAuto() {
		return nil
	}
	bad := math.IsNaN(r.Min) || math.IsNaN(r.Max) || math.Abs(r.Min) > Largest || math.Abs(r.Max) > Largest
	if bad || r.Max-r.Min < 1e-6 {
		return fmt.Errorf("%w: axis from %v to %v; the end must lie above the start", ErrInvalid, r.Min, r.Max)
	}
	return nil
}

func (r Range) holds(v float64) bool { return r.isAuto() || v >= r.Min && v <= r.Max }

// newScale fits about count steps on the axis. An automatic range is widened to whole steps; a fixed one keeps its ends
// and shows the steps inside.
func newScale(r Range, values []float64, count int) scale {
	if !r.isAuto() {
		step, decimals := niceStep(r.Max-r.Min, count)
		return scale{lo: r.Min, hi: r.Max, ticks: multiples(r.Min, r.Max, step), decimals: decimals}
	}
	lo, hi := 0.0, 0.0
	for _, v := range values {
		lo, hi = min(lo, v), max(hi, v)
	}
	if hi-lo < 1e-6 {
		hi = lo + 1
	}
	step, decimals := niceStep(hi-lo, count)
	lo, hi = math.Floor(lo/step)*step, math.Ceil(hi/step)*step
	return scale{lo: lo, hi: hi, ticks: multiples(lo, hi, step), decimals: decimals}
}

// niceStep is the smallest of 1, 2, 5 (and 25, 250, ...) times a power of ten that divides span into at most count steps,
// with the decimals it needs.
func niceStep(span float64, count int) (step float64, decimals int) {
	least := span / float64(count) * (1 - 1e-9)
	power := int(math.Floor(math.Log10(least)))
	for ; ; power++ {
		for _, m := range []float64{1, 2, 2.5, 5} {
			if m == 2.5 && power < 1 {
				continue
			}
			if step = m * math.Pow10(power); step >= least {
				return step, max(0, -power)
			}
		}
	}
}

// multiples lists the multiples of step from lo to hi, each computed afresh so that errors do not add up.
func multiples(lo, hi, step float64) []float64 {
	first, last := math.Ceil(lo/step-1e-9), math.Floor(hi/step+1e-9)
	out := make([]float64, 0, int(last-first)+1)
	for i := first; i <= last; i++ {
		out = append(out, i*step)
	}
	return out
}

// spread moves positions, given in ascending order, as little as it can (in the sense of least squares) so that
// neighbours lie at least gap apart and all lie between lo and hi. When they cannot all fit, they overlap evenly.
func spread(positions []float64, gap, lo, hi float64) []float64 {
	count := len(positions)
	if count > 1 {
		gap = min(gap, (hi-lo)/float64(count-1))
	}
	// Taking i gaps off position i turns "at least gap apart" into "not descending", which pooling neighbours solves.
	type block struct {
		sum  float64
		size int
	}
	mean := func(b block) float64 { return b.sum / float64(b.size) }
	var blocks []block
	for i, p := range positions {
		blocks = append(blocks, block{p - gap*float64(i), 1})
		for k := len(blocks) - 1; k > 0 && mean(blocks[k-1]) > mean(blocks[k]); k-- {
			blocks[k-1] = block{blocks[k-1].sum + blocks[k].sum, blocks[k-1].size + blocks[k].size}
			blocks = blocks[:k]
		}
	}
	out := make([]float64, 0, count)
	for _, b := range blocks {
		at := min(max(mean(b), lo), hi-gap*float64(count-1))
		for range b.size {
			out = append(out, at+gap*float64(len(out)))
		}
	}
	return out
}

// floorTo is the largest multiple of step that is not above v, forgiving the error of the division.
func floorTo(v, step float64) float64 { return math.Floor(v/step+1e-9) * step }
