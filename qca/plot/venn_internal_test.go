package plot

import (
	"math"
	"math/bits"
	"testing"
)

// A Venn diagram of n sets has every region exactly once (Venn 1880), and a
// simple one 2^n - 2 crossings, by Euler's formula.
func TestVennSetsMakeAVennDiagram(t *testing.T) {
	for n := 1; n <= MaxVennConditions; n++ {
		sets := vennSets(n)
		_, crossings := arcs(sets)
		if want := 1<<n - 2; crossings != want && n > 1 {
			t.Errorf("%d sets cross %d times, want %d", n, crossings, want)
		}
		list := faces(sets)
		if len(list) != 1<<n-1 {
			t.Errorf("%d sets have %d regions", n, len(list))
		}
		for _, f := range list {
			if len(f.loops) != 1 {
				t.Errorf("%d sets: region %05b has %d outlines, want 1", n, f.mask, len(f.loops))
			}
		}
	}
}

// What a region's outline encloses is the points that lie in its sets and no
// other: its area by the outline is that of a fine grid.
func TestRegionsAreDrawnWhereTheirSetsMeet(t *testing.T) {
	for n := 1; n <= MaxVennConditions; n++ {
		sets := vennSets(n)
		const cell = 0.004
		counted := make(map[int]float64)
		for x := -1.8; x < 1.8; x += cell {
			for y := -1.8; y < 1.8; y += cell {
				counted[inside(sets, x, y)] += cell * cell
			}
		}
		for _, f := range faces(sets) {
			drawn := math.Abs(enclosed(f.border(sets, transform{scale: 1})))
			if math.Abs(drawn-counted[f.mask]) > 0.002+0.02*drawn {
				t.Errorf("%d sets, region %05b of %d: the outline encloses %.4f, its points %.4f", n, f.mask, bits.OnesCount(uint(f.mask)), drawn, counted[f.mask])
			}
		}
	}
}

// enclosed is the area inside a polygon (shoelace formula).
func enclosed(points [][2]float64) float64 {
	sum := 0.0
	for i, p := range points {
		q := points[(i+1)%len(points)]
		sum += p[0]*q[1] - q[0]*p[1]
	}
	return sum / 2
}
