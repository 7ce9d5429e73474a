package qca

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawnChart is a chart with so many rows of which every one is covered, as a
// bitset of rows for each column, and the problem of covering it.
func drawnChart(t *rapid.T) (columns []uint64, rows int, c *coverProblem) {
	rows = rapid.IntRange(1, 12).Draw(t, "rows")
	columns = rapid.SliceOfN(rapid.Uint64Range(1, 1<<rows-1), 1, 14).Draw(t, "columns")
	all := uint64(0)
	for _, column := range columns {
		all |= column
	}
	if rest := (1<<rows - 1) &^ all; rest != 0 {
		columns = append(columns, rest)
	}
	p := newPrimes(rows)
	for i, column := range columns {
		p.cubes, p.cover = append(p.cubes, cube{row: int32(i)}), append(p.cover, column)
	}
	lim := &limits{ctx: t.Context(), steps: math.MaxInt, results: math.MaxInt}
	return columns, rows, newCoverProblem(p, rows, nil, lim)
}

// bruteCovers is the size of the minimum covers and how many there are, by
// trying every set of columns.
func bruteCovers(columns []uint64, rows int) (size, count int) {
	size = len(columns) + 1
	for set := uint64(0); set < 1<<len(columns); set++ {
		n, covered := bits.OnesCount64(set), uint64(0)
		if n > size {
			continue
		}
		for rest := set; rest != 0; rest &= rest - 1 {
			covered |= columns[bits.TrailingZeros64(rest)]
		}
		switch {
		case covered != 1<<rows-1:
		case n < size:
			size, count = n, 1
		default:
			count++
		}
	}
	return size, count
}

func TestMinimumCoversAreThoseOfBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns, rows, c := drawnChart(t)
		size, count := bruteCovers(columns, rows)
		sizes, counts := 0, 1
		for _, part := range c.components() {
			found := part.minimum()
			if !found.all || !found.proved {
				t.Fatalf("all %v, proved %v", found.all, found.proved)
			}
			sizes += len(found.list[0])
			sum := 0
			for _, cover := range found.list {
				ways := 1
				for _, class := range cover {
					ways *= len(found.problem.classes[class])
				}
				sum += ways
			}
			counts *= sum
		}
		if sizes != size || counts != count {
			t.Fatalf("%d covers of %d columns, want %d of %d", counts, sizes, count, size)
		}
	})
}

// Branch and bound finds a minimum cover whatever cover and prices it starts
// from: here from all classes together, and from prices of nothing.
func TestExactMinimumFromAnyStart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns, rows, c := drawnChart(t)
		size, _ := bruteCovers(columns, rows)
		known := make([]int32, len(c.classes)+1) // a cover and one class too many
		for i := range c.classes {
			known[i] = int32(i)
		}
		best, proved := c.exactMinimum(known, make([]float64, c.rows))
		covered := make([]uint64, c.words)
		for _, class := range best {
			for w, word := range c.at(class) {
				covered[w] |= word
			}
		}
		if !proved || len(best) != size || !subset(c.open, covered) {
			t.Fatalf("%d classes (proved %v) cover %b of %b; want %d classes", len(best), proved, covered, c.open, size)
		}
	})
}

// Renewed prices list the same covers as trying every set.
func TestEachCoverIsThatOfBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns, rows, c := drawnChart(t)
		size, count := bruteCovers(columns, rows)
		seen := make(map[string]bool)
		sum := 0
		all := c.eachCover(size, make([]float64, c.rows), func(cover []int32) bool {
			ways := 1
			for _, class := range cover {
				ways *= len(c.classes[class])
			}
			sorted := slices.Sorted(slices.Values(cover))
			if key := fmt.Sprint(sorted); len(cover) != size || seen[key] {
				t.Fatalf("cover %v of %d, twice %v", cover, size, seen[key])
			} else {
				seen[key] = true
			}
			sum += ways
			return true
		})
		if !all || sum != count {
			t.Fatalf("all %v: %d covers, want %d", all, sum, count)
		}
	})
}

// The search can be stopped, and then says so and has a cover all the same.
func TestExactMinimumThatIsStopped(t *testing.T) {
	m := minimizationOf(t, mixedTable(t, 10, 100))
	c := chartOf(t, m)
	c.limits = &limits{ctx: t.Context(), steps: 200}
	known := c.greedy()
	best, proved := c.exactMinimum(known, make([]float64, c.rows))
	if proved || len(best) > len(known) {
		t.Errorf("proved %v with %d classes, %d known", proved, len(best), len(known))
	}
}
