package qca

import (
	"cmp"
	"slices"
)

// covers are what a search for minimum covers found, as lists of classes.
type covers struct {
	list   [][]int
	all    bool // every minimum cover is listed
	proved bool // those listed are of minimum size
}

// minimum returns the minimum covers. When a limit stops the search it returns
// those found so far, at least one, marked accordingly.
func (c *coverProblem) minimum() covers {
	if c.rows == 0 {
		return covers{[][]int{{}}, true, true}
	}
	fallback := c.greedy()
	size, ok := c.minimumSize(len(fallback))
	if !ok {
		return covers{list: [][]int{fallback}}
	}
	var list [][]int
	s := newCoverSearch(c)
	s.found = func(chosen []int) bool {
		list = append(list, slices.Clone(chosen))
		return c.limits.result()
	}
	all := s.run(size)
	if len(list) == 0 {
		list = append(list, fallback)
	}
	return covers{list, all, len(list[0]) == size}
}

// minimumSize is the size of a minimum cover, at most that of a known one. It
// reports false when a limit stops the search.
func (c *coverProblem) minimumSize(known int) (size int, ok bool) {
	s := newCoverSearch(c.undominated())
	s.found = func([]int) bool { return false }
	for size = s.bound(0); size < known; size++ {
		if !s.run(size) {
			return size, !c.limits.stopped
		}
	}
	return known, true
}

// coverSearch looks for covers of a given size: depth first, branching on an
// uncovered row with the fewest columns. A column tried at a branch is
// forbidden in the branches after it, so that no cover is found twice.
type coverSearch struct {
	*coverProblem
	words     int
	left      []uint64 // by depth: rows not covered yet
	spare     []uint64 // scratch for the bound
	linked    []uint64 // by row: rows that share a column with it
	order     []int    // rows, fewest columns first
	forbidden []int32  // by class: 1 + the depth that forbade it, or 0
	chosen    []int
	size      int
	most      int // rows that one column covers at most
	found     func(chosen []int) bool
}

func newCoverSearch(c *coverProblem) *coverSearch {
	words := (c.rows + 63) / 64
	s := &coverSearch{
		coverProblem: c, words: words,
		left:      make([]uint64, words*(c.rows+1)),
		spare:     make([]uint64, words),
		linked:    make([]uint64, words*c.rows),
		forbidden: make([]int32, len(c.classes)),
	}
	for r := range c.rows {
		setBit(s.left, r)
		s.order = append(s.order, r)
		for _, class := range c.columns[r] {
			for w, word := range c.cover[class] {
				s.linked[r*words+w] |= word
			}
		}
	}
	slices.SortStableFunc(s.order, func(a, b int) int { return cmp.Compare(len(c.columns[a]), len(c.columns[b])) })
	for _, cover := range c.cover {
		s.most = max(s.most, countBits(cover))
	}
	return s
}

// run calls found with every cover of exactly size columns, given that there
// is no smaller one, and reports whether it came to the end.
func (s *coverSearch) run(size int) bool {
	s.size, s.chosen = size, s.chosen[:0]
	clear(s.forbidden)
	return s.extend(0)
}

func (s *coverSearch) rowsLeft(depth int) []uint64 { return s.left[depth*s.words : (depth+1)*s.words] }

func (s *coverSearch) extend(depth int) bool {
	if !s.limits.step() {
		return false
	}
	left := s.rowsLeft(depth)
	if countBits(left) == 0 {
		return s.found(s.chosen)
	}
	if depth+s.bound(depth) > s.size {
		return true
	}
	row, work := s.branchRow(left)
	if !s.limits.spend(work) {
		return false
	}
	columns := s.columns[row]
	mark := int32(depth + 1)
	for _, class := range columns {
		if s.forbidden[class] != 0 {
			continue
		}
		next := s.rowsLeft(depth + 1)
		for w, word := range s.cover[class] {
			next[w] = left[w] &^ word
		}
		s.chosen = append(s.chosen, class)
		if !s.extend(depth + 1) {
			return false
		}
		s.chosen = s.chosen[:depth]
		s.forbidden[class] = mark
	}
	for _, class := range columns {
		if s.forbidden[class] == mark {
			s.forbidden[class] = 0
		}
	}
	return true
}

// branchRow returns an uncovered row with the fewest columns still allowed, and
// how many columns it looked at.
func (s *coverSearch) branchRow(left []uint64) (row, work int) {
	row, least := -1, len(s.classes)+1
	for _, r := range s.order {
		if !hasBit(left, r) {
			continue
		}
		n := 0
		work += len(s.columns[r])
		for _, class := range s.columns[r] {
			if s.forbidden[class] == 0 {
				n++
			}
		}
		if n < least {
			row, least = r, n
		}
		if least <= 1 {
			break
		}
	}
	return row, work
}

// bound is a lower bound on the number of columns that the rows left at a
// depth still need: rows no two of which share a column need one each, and no
// column covers more than s.most of them.
func (s *coverSearch) bound(depth int) int {
	copy(s.spare, s.rowsLeft(depth))
	left, apart := countBits(s.spare), 0
	for _, r := range s.order {
		if !hasBit(s.spare, r) {
			continue
		}
		apart++
		for w, word := range s.linked[r*s.words : (r+1)*s.words] {
			s.spare[w] &^= word
		}
	}
	if s.most == 0 {
		return apart
	}
	return max(apart, (left+s.most-1)/s.most)
}
