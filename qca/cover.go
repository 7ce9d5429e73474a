package qca

import (
	"math/bits"
	"slices"
)

// coverProblem asks for sets of columns that together cover every row. Columns
// that cover the same rows are one class, since each can stand in for the
// others; the essential prime implicants and what they cover are gone already.
type coverProblem struct {
	rows    int
	classes [][]int    // prime implicants by class
	cover   [][]uint64 // rows by class
	columns [][]int    // classes by row
	limits  *limits
}

// newCoverProblem reduces the chart of the given primes. Rows covered by a
// chosen prime implicant are left out, and so is every row that is covered
// whenever another one is (row dominance), which changes neither the minimal
// nor the irredundant covers.
func newCoverProblem(p *primes, positives int, chosen []int, lim *limits) *coverProblem {
	open := make([]uint64, p.words)
	for r := range positives {
		setBit(open, r)
	}
	for _, i := range chosen {
		for w, c := range p.at(i) {
			open[w] &^= c
		}
	}
	full := groupColumns(p, open)
	full.dropDominated(open)
	c := groupColumns(p, open)
	c.limits = lim
	return c
}

// groupColumns makes classes of the prime implicants by which open rows they
// cover; those that cover none are left out. Rows are numbered anew.
func groupColumns(p *primes, open []uint64) *coverProblem {
	c := &coverProblem{rows: countBits(open)}
	c.columns = make([][]int, c.rows)
	words := (c.rows + 63) / 64
	byCover := make(map[string]int)
	key := make([]byte, 0, 8*words)
	packed := make([]uint64, words)
	for i := range p.cubes {
		if !packOpen(packed, p.at(i), open) {
			continue
		}
		key = key[:0]
		for _, w := range packed {
			for b := range 8 {
				key = append(key, byte(w>>(8*b)))
			}
		}
		class, ok := byCover[string(key)]
		if !ok {
			class = len(c.classes)
			byCover[string(key)] = class
			c.classes = append(c.classes, nil)
			c.cover = append(c.cover, slices.Clone(packed))
			forBits(packed, func(r int) { c.columns[r] = append(c.columns[r], class) })
		}
		c.classes[class] = append(c.classes[class], i)
	}
	return c
}

// packOpen writes the bits of cover that are open side by side into packed and
// reports whether there are any.
func packOpen(packed, cover, open []uint64) bool {
	clear(packed)
	n, any := 0, false
	for w, o := range open {
		for ; o != 0; o &= o - 1 {
			if cover[w]>>bits.TrailingZeros64(o)&1 != 0 {
				setBit(packed, n)
				any = true
			}
			n++
		}
	}
	return any
}

func forBits(set []uint64, do func(i int)) {
	for w, word := range set {
		for ; word != 0; word &= word - 1 {
			do(w*64 + bits.TrailingZeros64(word))
		}
	}
}

// dropDominated clears the bit of every open row whose columns include all
// columns of another open row.
func (c *coverProblem) dropDominated(open []uint64) {
	var rows []int // positions in open, by number
	forBits(open, func(r int) { rows = append(rows, r) })
	words := (len(c.classes) + 63) / 64
	sets := make([][]uint64, c.rows)
	for r, columns := range c.columns {
		sets[r] = make([]uint64, words)
		for _, class := range columns {
			setBit(sets[r], class)
		}
	}
	gone := make([]bool, c.rows)
	for r := range sets {
		for s := range sets {
			if r != s && !gone[s] && !gone[r] && len(c.columns[s]) <= len(c.columns[r]) && subset(sets[s], sets[r]) {
				gone[r] = true
				open[rows[r]/64] &^= 1 << (rows[r] % 64)
			}
		}
	}
}

// undominated returns the problem with only those classes that are not
// contained in another: enough to find the size of a minimum cover.
func (c *coverProblem) undominated() *coverProblem {
	if len(c.classes) > maxDominance {
		return c
	}
	u := &coverProblem{rows: c.rows, columns: make([][]int, c.rows), limits: c.limits}
	for i, cover := range c.cover {
		dominated := slices.ContainsFunc(c.cover, func(other []uint64) bool {
			return &other[0] != &cover[0] && subset(cover, other)
		})
		if dominated {
			continue
		}
		class := len(u.classes)
		u.classes = append(u.classes, c.classes[i])
		u.cover = append(u.cover, cover)
		forBits(cover, func(r int) { u.columns[r] = append(u.columns[r], class) })
	}
	return u
}

// maxDominance classes are compared pairwise; with more that costs too much.
const maxDominance = 20_000

// greedy returns a cover made by always taking the class that covers most of
// what is left, without those that turn out not to be needed.
func (c *coverProblem) greedy() []int {
	left := make([]uint64, (c.rows+63)/64)
	for r := range c.rows {
		setBit(left, r)
	}
	var chosen []int
	for countBits(left) > 0 {
		best, most := -1, 0
		for i, cover := range c.cover {
			n := 0
			for w, word := range cover {
				n += bits.OnesCount64(word & left[w])
			}
			if n > most {
				best, most = i, n
			}
		}
		for w, word := range c.cover[best] {
			left[w] &^= word
		}
		chosen = append(chosen, best)
	}
	return c.irredundant(chosen)
}

// irredundant drops members of a cover, first ones first, that the others make
// needless.
func (c *coverProblem) irredundant(cover []int) []int {
	times := make([]int, c.rows)
	for _, class := range cover {
		forBits(c.cover[class], func(r int) { times[r]++ })
	}
	return slices.DeleteFunc(cover, func(class int) bool {
		needed := false
		forBits(c.cover[class], func(r int) { needed = needed || times[r] == 1 })
		if !needed {
			forBits(c.cover[class], func(r int) { times[r]-- })
		}
		return !needed
	})
}
