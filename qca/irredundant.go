package qca

import "slices"

// everyIrredundant returns the minimum covers and after them, by size, all
// other covers that can do without none of their classes. A search that a
// limit stops gives those found so far.
func (c *coverProblem) everyIrredundant() covers {
	found := c.minimum()
	if !found.all {
		return found
	}
	found = c.renumbered(found)
	least := len(found.list[0])
	var larger [][]int32
	s := newIrredundantSearch(c, func(chosen []int32) bool {
		if len(chosen) == least {
			return true // listed already
		}
		larger = append(larger, slices.Clone(chosen))
		return c.limits.result()
	})
	found.all = s.extend(0)
	slices.SortStableFunc(larger, func(a, b []int32) int { return len(a) - len(b) })
	found.list = append(found.list, larger...)
	return found
}

// renumbered gives covers of a part of the problem's classes the numbers that
// the classes have in the whole of it.
func (c *coverProblem) renumbered(found covers) covers {
	number := make(map[int32]int32, len(c.classes)) // by first member
	for i, members := range c.classes {
		number[members[0]] = int32(i)
	}
	for _, cover := range found.list {
		for i, class := range cover {
			cover[i] = number[found.problem.classes[class][0]]
		}
	}
	found.problem = c
	return found
}

// irredundantSearch enumerates the covers in which every class covers some row
// alone: depth first, branching on an uncovered row with the fewest classes
// left, and giving a choice up as soon as a class in it is needed for no row.
// A class tried at a branch is forbidden after it, so that nothing is found
// twice.
type irredundantSearch struct {
	*coverProblem
	times     []int32 // by row: chosen classes that cover it
	owner     []int32 // by row: the first of them, as a place in chosen
	alone     []int32 // by place in chosen: rows that it alone covers
	forbidden []int32 // by class: 1 + the depth that forbade it, or 0
	chosen    []int32
	found     func(chosen []int32) bool
}

func newIrredundantSearch(c *coverProblem, found func([]int32) bool) *irredundantSearch {
	return &irredundantSearch{coverProblem: c, times: make([]int32, c.rows), owner: make([]int32, c.rows),
		alone: make([]int32, c.rows+1), forbidden: make([]int32, len(c.classes)), found: found}
}

func (s *irredundantSearch) extend(depth int) bool {
	if !s.limits.step() {
		return false
	}
	row, work := s.branchRow()
	if row < 0 {
		return s.found(s.chosen)
	}
	if !s.limits.spend(work) {
		return false
	}
	mark := int32(depth + 1)
	goOn := true
	for _, class := range s.columns[row] {
		if !goOn || s.forbidden[class] != 0 {
			continue
		}
		if s.choose(class) {
			goOn = s.extend(depth + 1)
		}
		s.drop(class)
		s.forbidden[class] = mark
	}
	for _, class := range s.columns[row] {
		if s.forbidden[class] == mark {
			s.forbidden[class] = 0
		}
	}
	return goOn
}

// branchRow returns an uncovered row with the fewest classes left, or -1 where
// every row is covered, and how many classes it looked at.
func (s *irredundantSearch) branchRow() (row, work int) {
	row, least := -1, len(s.classes)+1
	for r, times := range s.times {
		if times > 0 || !hasBit(s.open, r) {
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
		if least == 0 {
			break
		}
	}
	return row, work
}

// choose adds a class and reports whether every chosen one is still needed.
func (s *irredundantSearch) choose(class int32) bool {
	place := int32(len(s.chosen))
	s.chosen = append(s.chosen, class)
	s.alone[place] = 0
	needed := true
	forBits(s.at(class), func(r int) {
		switch s.times[r]++; s.times[r] {
		case 1:
			s.owner[r] = place
			s.alone[place]++
		case 2:
			s.alone[s.owner[r]]--
			needed = needed && s.alone[s.owner[r]] > 0
		}
	})
	return needed
}

// drop takes the class chosen last away again.
func (s *irredundantSearch) drop(class int32) {
	s.chosen = s.chosen[:len(s.chosen)-1]
	forBits(s.at(class), func(r int) {
		if s.times[r]--; s.times[r] == 1 {
			s.alone[s.owner[r]]++
		}
	})
}
