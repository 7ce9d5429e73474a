package qca

import (
	"math/bits"
	"slices"
)

// coverProblem asks for sets of columns that together cover every open row.
// Columns that cover the same open rows are one class, since each can stand in
// for the others. Rows are positive configurations; those that are not open
// are covered already, or whenever another row is.
type coverProblem struct {
	words   int
	rows    int      // numbered from 0, open or not
	open    []uint64 // bitset of rows
	classes [][]int32
	cover   []uint64  // rows by class: words each, one after the other
	columns [][]int32 // classes by row
	limits  *limits
}

func (c *coverProblem) at(class int32) []uint64 {
	return c.cover[int(class)*c.words : (int(class)+1)*c.words]
}

// newCoverProblem reduces the chart of the given primes. Rows covered by a
// chosen prime implicant are not open, and neither is a row that is covered
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
	p.closeDominated(open, positives)
	return groupColumns(p, open, positives, lim)
}

// closeDominated clears every open row that each prime implicant covering some
// other open row covers as well.
func (p *primes) closeDominated(open []uint64, positives int) {
	meet := make([]uint64, positives*p.words) // by row: what all covering it cover
	for i := range meet {
		meet[i] = ^uint64(0)
	}
	for i := range p.cubes {
		cover := p.at(i)
		for w, word := range cover {
			for word &= open[w]; word != 0; word &= word - 1 {
				r := w*64 + bits.TrailingZeros64(word)
				common := meet[r*p.words : (r+1)*p.words]
				for v := range common {
					common[v] &= cover[v]
				}
			}
		}
	}
	for r := range positives {
		if !hasBit(open, r) {
			continue
		}
		for w, word := range meet[r*p.words : (r+1)*p.words] {
			open[w] &^= word
		}
		setBit(open, r)
	}
}

// groupColumns makes classes of the prime implicants by which open rows they
// cover; those that cover none are left out.
func groupColumns(p *primes, open []uint64, rows int, lim *limits) *coverProblem {
	c := &coverProblem{words: p.words, rows: rows, open: open, limits: lim}
	masked := make([]uint64, p.words)
	slots := make([]int32, 1<<bits.Len(uint(2*len(p.cubes)))) // 1 + class, 0 where free
	for i := range p.cubes {
		any := uint64(0)
		for w, word := range p.at(i) {
			masked[w] = word & open[w]
			any |= masked[w]
		}
		if any == 0 {
			continue
		}
		slot := c.find(slots, masked)
		if slots[slot] == 0 {
			c.classes = append(c.classes, nil)
			c.cover = append(c.cover, masked...)
			slots[slot] = int32(len(c.classes))
		}
		class := slots[slot] - 1
		c.classes[class] = append(c.classes[class], int32(i))
	}
	c.fillColumns()
	return c
}

// find returns the slot of the class with this cover, or the free slot it
// would take.
func (c *coverProblem) find(slots []int32, cover []uint64) int {
	hash := uint64(0)
	for _, w := range cover {
		hash = (hash ^ hash>>29 ^ w) * 0xbf58476d1ce4e5b9
	}
	mask := len(slots) - 1
	slot := int(hash^hash>>32) & mask
	for slots[slot] != 0 && !slices.Equal(c.at(slots[slot]-1), cover) {
		slot = (slot + 1) & mask
	}
	return slot
}

func (c *coverProblem) fillColumns() {
	counts, total := make([]int, c.rows), 0
	for i := range c.classes {
		forBits(c.at(int32(i)), func(r int) { counts[r]++; total++ })
	}
	all := make([]int32, 0, total)
	c.columns = make([][]int32, c.rows)
	for r, n := range counts {
		c.columns[r] = all[len(all):len(all):(len(all) + n)]
		all = all[:len(all)+n]
	}
	for i := range c.classes {
		forBits(c.at(int32(i)), func(r int) { c.columns[r] = append(c.columns[r], int32(i)) })
	}
}

func forBits(set []uint64, do func(i int)) {
	for w, word := range set {
		for ; word != 0; word &= word - 1 {
			do(w*64 + bits.TrailingZeros64(word))
		}
	}
}

// components splits the problem into those that share no row and no column,
// smallest first: each can be solved by itself.
func (c *coverProblem) components() []*coverProblem {
	part := make([]int32, c.rows) // 1 + number of the component, by row
	var parts []*coverProblem
	forBits(c.open, func(first int) {
		if part[first] != 0 {
			return
		}
		one := &coverProblem{words: c.words, rows: c.rows, open: make([]uint64, c.words), limits: c.limits}
		parts = append(parts, one)
		number := int32(len(parts))
		part[first] = number
		for rows := []int{first}; len(rows) > 0; {
			r := rows[len(rows)-1]
			rows = rows[:len(rows)-1]
			setBit(one.open, r)
			for _, class := range c.columns[r] {
				forBits(c.at(class), func(other int) {
					if part[other] == 0 {
						part[other] = number
						rows = append(rows, other)
					}
				})
			}
		}
	})
	if len(parts) == 1 {
		return []*coverProblem{c}
	}
	for i, members := range c.classes {
		cover := c.at(int32(i))
		first := slices.IndexFunc(cover, func(w uint64) bool { return w != 0 })
		one := parts[part[first*64+bits.TrailingZeros64(cover[first])]-1]
		one.classes = append(one.classes, members)
		one.cover = append(one.cover, cover...)
	}
	for _, one := range parts {
		one.fillColumns()
	}
	slices.SortStableFunc(parts, func(a, b *coverProblem) int { return len(a.classes) - len(b.classes) })
	return parts
}

// undominated returns the problem with only those classes that are not
// contained in another: enough to find the size of a minimum cover.
func (c *coverProblem) undominated() *coverProblem {
	if len(c.classes) > maxDominance {
		return c
	}
	return c.only(func(class int32) bool { return !c.dominated(class) })
}

// only returns the problem with those classes that keep says.
func (c *coverProblem) only(keep func(class int32) bool) *coverProblem {
	u := &coverProblem{words: c.words, rows: c.rows, open: c.open, limits: c.limits}
	for i := range c.classes {
		if keep(int32(i)) {
			u.classes = append(u.classes, c.classes[i])
			u.cover = append(u.cover, c.at(int32(i))...)
		}
	}
	u.fillColumns()
	return u
}

// dominated reports whether another class covers all that this one does: one
// such class is in the shortest column of its rows.
func (c *coverProblem) dominated(class int32) bool {
	cover := c.at(class)
	shortest := -1
	forBits(cover, func(r int) {
		if shortest < 0 || len(c.columns[r]) < len(c.columns[shortest]) {
			shortest = r
		}
	})
	return slices.ContainsFunc(c.columns[shortest], func(other int32) bool {
		return other != class && subset(cover, c.at(other))
	})
}

// maxDominance classes are compared with one another; with more that costs too
// much.
const maxDominance = 100_000

// greedy returns a cover made by always taking the first class that covers
// most of what is left, without those that turn out not to be needed. A class
// is looked at anew only when what it covered last puts it in front.
func (c *coverProblem) greedy() []int32 {
	left := slices.Clone(c.open)
	covers := func(class int32) int {
		n := 0
		for w, word := range c.at(class) {
			n += bits.OnesCount64(word & left[w])
		}
		return n
	}
	var byCount [][]int32
	for i := range c.classes {
		n := covers(int32(i))
		for len(byCount) <= n {
			byCount = append(byCount, nil)
		}
		byCount[n] = append(byCount[n], int32(i))
	}
	var chosen []int32
	for n := len(byCount) - 1; n > 0; n-- {
		for _, class := range byCount[n] {
			now := covers(class)
			if now < n {
				byCount[now] = append(byCount[now], class)
				continue
			}
			for w, word := range c.at(class) {
				left[w] &^= word
			}
			chosen = append(chosen, class)
		}
	}
	return c.irredundant(chosen)
}

// irredundant drops members of a cover, first ones first, that the others make
// needless.
func (c *coverProblem) irredundant(cover []int32) []int32 {
	times := make([]int, c.rows)
	for _, class := range cover {
		forBits(c.at(class), func(r int) { times[r]++ })
	}
	return slices.DeleteFunc(cover, func(class int32) bool {
		needed := false
		forBits(c.at(class), func(r int) { needed = needed || times[r] == 1 })
		if !needed {
			forBits(c.at(class), func(r int) { times[r]-- })
		}
		return !needed
	})
}
