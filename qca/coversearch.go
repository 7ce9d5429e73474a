package qca

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// covers are what a search for covers of one component found, as lists of
// classes, those with fewest first.
type covers struct {
	problem *coverProblem
	list    [][]int32
	all     bool // every cover asked for is listed
	proved  bool // there is none smaller than the first
}

// minimum returns the minimum covers. When a limit stops the search it returns
// those found so far, at least one, marked accordingly.
func (c *coverProblem) minimum() covers {
	known := c.greedy()
	prices := c.prices(len(known))
	if c.worth(prices) <= float64(len(known))-1+1e-6 {
		u := c.undominated()
		best, proved := u.exactMinimum(u.greedy(), prices)
		if !proved {
			return covers{problem: u, list: [][]int32{best}}
		}
		found := c.within(prices, len(best)).ofSize(len(best), prices)
		if len(found.list) == 0 {
			return covers{problem: u, list: [][]int32{best}, proved: true}
		}
		return found
	}
	found := c.within(prices, len(known)).ofSize(len(known), prices)
	if len(found.list) == 0 {
		return covers{problem: c, list: [][]int32{known}, proved: true}
	}
	return found
}

// ofSize enumerates the covers of the size of a minimum one: with fixed prices,
// which is fastest where there are many; where that finds none soon, with prices
// renewed at every node, which needs far fewer nodes.
func (c *coverProblem) ofSize(size int, prices []float64) covers {
	search := newCoverSearch(c, prices, c.linked())
	whole := *c.limits
	c.limits.steps = min(c.limits.steps, quickSteps)
	first := c.listed(func(each func([]int32) bool) bool {
		search.found = each
		return search.run(size)
	})
	used := min(whole.steps, quickSteps) - max(c.limits.steps, 0)
	if first.all || c.limits.ctx.Err() != nil || whole.steps <= quickSteps {
		c.limits.steps = whole.steps - used
		return first
	}
	*c.limits = whole
	c.limits.steps -= used
	second := c.listed(func(each func([]int32) bool) bool {
		if len(first.list) == 0 {
			return c.eachCover(size, prices, each)
		}
		search.found = each
		return search.run(size)
	})
	if len(second.list) < len(first.list) {
		return first
	}
	return second
}

// quickSteps of a search with fixed prices take a fraction of a second.
const quickSteps = 3_000_000

// listed collects what a search gives to each.
func (c *coverProblem) listed(search func(each func([]int32) bool) bool) covers {
	found := covers{problem: c, proved: true}
	found.all = search(func(chosen []int32) bool {
		found.list = append(found.list, slices.Clone(chosen))
		return c.limits.result()
	})
	return found
}

// coverSearch looks for covers of a given size: depth first, branching on an
// uncovered row with the fewest classes left. A class tried at a branch is
// forbidden in the branches after it, so that no cover is found twice.
type coverSearch struct {
	*coverProblem
	prices    []float64 // of rows, from which a bound follows
	left      []uint64  // by depth: rows not covered yet
	worth     []float64 // by depth: what they cost together
	spare     []uint64  // scratch for the bound
	linked    []uint64  // by row: rows that share a class with it
	order     []int     // open rows, fewest classes first
	allowed   []int32   // by row: classes not forbidden
	forbidden []int32   // by class: 1 + the depth that forbade it, or 0
	chosen    []int32
	size      int
	found     func(chosen []int32) bool
}

func newCoverSearch(c *coverProblem, prices []float64, linked []uint64) *coverSearch {
	s := &coverSearch{coverProblem: c, prices: prices, linked: linked, spare: make([]uint64, c.words),
		allowed: make([]int32, c.rows), forbidden: make([]int32, len(c.classes))}
	s.left = append(s.left, c.open...)
	s.worth = append(s.worth, 0)
	forBits(c.open, func(r int) {
		s.order = append(s.order, r)
		s.worth[0] += prices[r]
	})
	slices.SortStableFunc(s.order, func(a, b int) int { return cmp.Compare(len(c.columns[a]), len(c.columns[b])) })
	return s
}

// linked is, by row, the rows that share a class with it.
func (c *coverProblem) linked() []uint64 {
	linked := make([]uint64, c.words*c.rows)
	for i := range c.classes {
		cover := c.at(int32(i))
		forBits(cover, func(r int) {
			row := linked[r*c.words : (r+1)*c.words]
			for w, word := range cover {
				row[w] |= word
			}
		})
	}
	return linked
}

// run calls found with every cover of exactly size classes, given that there
// is no smaller one, and reports whether it came to the end.
func (s *coverSearch) run(size int) bool {
	s.size, s.chosen = size, s.chosen[:0]
	for len(s.worth) <= size {
		s.left = append(s.left, s.spare...)
		s.worth = append(s.worth, 0)
	}
	clear(s.forbidden)
	for r, columns := range s.columns {
		s.allowed[r] = int32(len(columns))
	}
	return s.extend(0)
}

func (s *coverSearch) rowsLeft(depth int) []uint64 { return s.left[depth*s.words : (depth+1)*s.words] }

func (s *coverSearch) extend(depth int) bool {
	if !s.limits.spend(s.words) {
		return false
	}
	left := s.rowsLeft(depth)
	row := s.branchRow(left)
	if row < 0 {
		return s.found(s.chosen)
	}
	if s.allowed[row] == 0 || depth+s.bound(depth) > s.size {
		return true
	}
	columns := s.columns[row]
	if !s.limits.spend(len(columns)) {
		return false
	}
	mark, goOn := int32(depth+1), true
	for _, class := range columns {
		if s.forbidden[class] != 0 {
			continue
		}
		if s.choose(depth, class) {
			s.chosen = append(s.chosen, class)
			goOn = s.extend(depth + 1)
			s.chosen = s.chosen[:depth]
		}
		if !goOn {
			break
		}
		s.forbid(class, mark)
	}
	for _, class := range columns {
		if s.forbidden[class] == mark {
			s.allow(class)
		}
	}
	return goOn
}

// choose fills the next depth's rows, and reports whether the prices of what
// is left allow a cover of the size.
func (s *coverSearch) choose(depth int, class int32) bool {
	left, next := s.rowsLeft(depth), s.left[(depth+1)*s.words:(depth+2)*s.words]
	worth := s.worth[depth]
	for w, word := range s.at(class) {
		next[w] = left[w] &^ word
		for gone := left[w] & word; gone != 0; gone &= gone - 1 {
			worth -= s.prices[w*64+bits.TrailingZeros64(gone)]
		}
	}
	s.worth[depth+1] = worth
	return depth+1+atLeast(worth) <= s.size
}

// atLeast is the number of classes that rows of this worth need.
func atLeast(worth float64) int { return int(math.Ceil(worth - 1e-6)) }

func (s *coverSearch) forbid(class, mark int32) {
	s.forbidden[class] = mark
	forBits(s.at(class), func(r int) { s.allowed[r]-- })
}

func (s *coverSearch) allow(class int32) {
	s.forbidden[class] = 0
	forBits(s.at(class), func(r int) { s.allowed[r]++ })
}

// branchRow returns an uncovered row with the fewest classes still allowed, or
// -1 where every row is covered.
func (s *coverSearch) branchRow(left []uint64) int {
	row, least := -1, int32(math.MaxInt32)
	for _, r := range s.order {
		if hasBit(left, r) && s.allowed[r] < least {
			if row, least = r, s.allowed[r]; least <= 1 {
				break
			}
		}
	}
	return row
}

// bound is a lower bound on the number of classes that the rows left at a
// depth still need: what they are worth, or the number of rows no two of which
// share a class.
func (s *coverSearch) bound(depth int) int {
	least := atLeast(s.worth[depth])
	if depth+least > s.size && s.size > 0 {
		return least
	}
	copy(s.spare, s.rowsLeft(depth))
	apart := 0
	for _, r := range s.order {
		if !hasBit(s.spare, r) {
			continue
		}
		apart++
		for w, word := range s.linked[r*s.words : (r+1)*s.words] {
			s.spare[w] &^= word
		}
	}
	return max(least, apart)
}
