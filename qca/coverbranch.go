package qca

import (
	"math"
	"math/bits"
)

// branching finds one minimum cover: branch and bound with the Lagrangian bound
// of the covering problem renewed at every node from the prices of the node
// above (Beasley 1990; Caprara, Fischetti and Toth 1999). At a node rows that
// only one class covers decide, dominated rows and classes go, and classes whose
// reduced cost rules them in or out are fixed. Given each, it lists every
// minimum cover instead: dominated classes stay then.
type branching struct {
	*coverProblem
	classWords int
	ofRow      []uint64 // by row: bitset of its classes
	nodes      []coverNode
	chosen     []int32
	best       []int32
	each       func(cover []int32) bool // given every cover smaller than best
	sums       []float64                // by class: what its rows left cost together
	over, keep []float64                // by row: the direction of the prices; the best ones
}

// coverNode is what is left at a depth.
type coverNode struct {
	rows, classes []uint64  // bitsets
	price         []float64 // by row
	bound         float64   // classes that the rows need, at the prices
}

// nodeSteps subgradient steps are made at a node; the prices of the node above
// are near its best already.
const nodeSteps = 30

// exactMinimum returns a minimum cover given some cover and prices of rows. It
// reports false where a limit stopped it, with the best cover found so far.
func (c *coverProblem) exactMinimum(known []int32, prices []float64) (best []int32, proved bool) {
	b := c.branching(known, prices)
	b.solve(0)
	return b.best, !c.limits.stopped
}

// eachCover calls each with every cover of the size of a minimum one until it
// returns false or a limit is reached, and reports whether it came to the end.
func (c *coverProblem) eachCover(size int, prices []float64, each func(cover []int32) bool) bool {
	b := c.branching(make([]int32, size+1), prices)
	b.each = each
	b.solve(0)
	return !c.limits.stopped
}

// branching is the search at its root.
func (c *coverProblem) branching(known []int32, prices []float64) *branching {
	b := &branching{coverProblem: c, classWords: (len(c.classes) + 63) / 64, best: known, sums: make([]float64, len(c.classes)),
		over: make([]float64, c.rows), keep: make([]float64, c.rows)}
	b.ofRow = make([]uint64, c.rows*b.classWords)
	for r, columns := range c.columns {
		for _, class := range columns {
			setBit(b.row(r), int(class))
		}
	}
	root := b.node(0)
	copy(root.rows, c.open)
	for i := range c.classes {
		setBit(root.classes, i)
	}
	copy(root.price, prices)
	return b
}

func (b *branching) row(r int) []uint64 { return b.ofRow[r*b.classWords : (r+1)*b.classWords] }

// node returns the node of a depth; what a deeper call does to it is lost, and
// what it holds is overwritten.
func (b *branching) node(depth int) *coverNode {
	for len(b.nodes) <= depth {
		b.nodes = append(b.nodes, coverNode{rows: make([]uint64, b.words), classes: make([]uint64, b.classWords), price: make([]float64, b.rows)})
	}
	return &b.nodes[depth]
}

// solve looks for a cover smaller than the best one below a node.
func (b *branching) solve(depth int) {
	chosen := len(b.chosen)
	defer func() { b.chosen = b.chosen[:chosen] }()
	b.node(depth + 1)
	n := &b.nodes[depth]
	for changed := true; changed; {
		if !b.reduce(n) || !b.tighten(n) {
			return
		}
		changed = b.fix(n)
	}
	if b.each == nil {
		b.complete(n)
	}
	class := b.branchClass(n)
	if class < 0 {
		if b.each != nil && !b.each(b.chosen) {
			b.limits.stopped = true
		}
		return
	}
	for _, take := range []bool{true, false} {
		n, next := &b.nodes[depth], &b.nodes[depth+1]
		copy(next.rows, n.rows)
		copy(next.classes, n.classes)
		copy(next.price, n.price)
		if take {
			b.take(next, class)
		} else {
			next.classes[class/64] &^= 1 << (class % 64)
		}
		b.solve(depth + 1)
		b.chosen = b.chosen[:len(b.chosen)-map[bool]int{true: 1, false: 0}[take]]
		if b.limits.stopped || !b.canImprove(n) {
			return
		}
	}
}

func (b *branching) take(n *coverNode, class int32) {
	b.chosen = append(b.chosen, class)
	n.classes[class/64] &^= 1 << (class % 64)
	for w, word := range b.at(class) {
		n.rows[w] &^= word
	}
}

// canImprove reports whether the bound leaves room for a smaller cover.
func (b *branching) canImprove(n *coverNode) bool {
	return len(b.chosen)+atLeast(n.bound) < len(b.best)
}

// tighten makes subgradient steps on the prices and keeps the best. It reports
// whether they leave room for a smaller cover.
func (b *branching) tighten(n *coverNode) bool {
	for r := range n.price {
		if !hasBit(n.rows, r) {
			n.price[r] = 0
		}
	}
	n.bound = math.Inf(-1)
	copy(b.keep, n.price)
	step, worse := 1.0, 0
	for range nodeSteps {
		value, length := b.lagrange(n)
		if value > n.bound+tolerance {
			n.bound, worse = value, 0
			copy(b.keep, n.price)
		} else if worse++; worse == 4 {
			step, worse = step/2, 0
		}
		if !b.limits.spend(len(b.classes)/8+1) || !b.canImprove(n) {
			return false
		}
		if length == 0 {
			break
		}
		goal := float64(len(b.best) - len(b.chosen))
		scale := step * (1.02*goal - value) / length
		forBits(n.rows, func(r int) { n.price[r] = max(0, n.price[r]+scale*b.over[r]) })
	}
	copy(n.price, b.keep)
	b.lagrange(n)
	return true
}

// lagrange is the bound at the node's prices, and the squared length of the
// direction in which they are to go: over.
func (b *branching) lagrange(n *coverNode) (value, length float64) {
	forBits(n.rows, func(r int) {
		value += n.price[r]
		b.over[r] = 1
	})
	for w, word := range n.classes {
		for ; word != 0; word &= word - 1 {
			class := w*64 + bits.TrailingZeros64(word)
			sum := 0.0
			cover := b.at(int32(class))
			for v, rows := range cover {
				for rows &= n.rows[v]; rows != 0; rows &= rows - 1 {
					sum += n.price[v*64+bits.TrailingZeros64(rows)]
				}
			}
			if b.sums[class] = sum; sum > 1 {
				value += 1 - sum
				for v, rows := range cover {
					for rows &= n.rows[v]; rows != 0; rows &= rows - 1 {
						b.over[v*64+bits.TrailingZeros64(rows)]--
					}
				}
			}
		}
	}
	forBits(n.rows, func(r int) { length += b.over[r] * b.over[r] })
	return value, length
}

// fix takes the classes without which the bound leaves no smaller cover, and
// drops those with which it leaves none.
func (b *branching) fix(n *coverNode) (changed bool) {
	room := float64(len(b.best)-1-len(b.chosen)) - n.bound + 1e-6
	for w := range n.classes {
		for word := n.classes[w]; word != 0; word &= word - 1 {
			class := int32(w*64 + bits.TrailingZeros64(word))
			switch cost := 1 - b.sums[class]; {
			case cost > room:
				n.classes[w] &^= 1 << (class % 64)
				changed = true
			case -cost > room:
				b.take(n, class)
				changed = true
			}
		}
	}
	return changed
}

// complete makes a cover of the rows left, cheapest classes first at the prices
// of what they newly cover, and keeps it where it is the smallest so far.
func (b *branching) complete(n *coverNode) {
	left := append([]uint64(nil), n.rows...)
	cover := append([]int32(nil), b.chosen...)
	for countBits(left) > 0 {
		pick, least := int32(-1), math.Inf(1)
		for w, word := range n.classes {
			for ; word != 0; word &= word - 1 {
				class := int32(w*64 + bits.TrailingZeros64(word))
				cost, news := 1.0, 0
				for v, rows := range b.at(class) {
					for rows &= left[v]; rows != 0; rows &= rows - 1 {
						cost -= n.price[v*64+bits.TrailingZeros64(rows)]
						news++
					}
				}
				if news == 0 {
					continue
				}
				if cost > 0 {
					cost /= float64(news)
				} else {
					cost *= float64(news)
				}
				if cost < least {
					pick, least = class, cost
				}
			}
		}
		if pick < 0 || !b.limits.spend(len(b.classes)/8+1) {
			return
		}
		cover = append(cover, pick)
		for v, rows := range b.at(pick) {
			left[v] &^= rows
		}
	}
	if cover = b.irredundant(cover); len(cover) < len(b.best) {
		b.best = cover
	}
}

// branchClass is the class to decide on: the cheapest of a row with the fewest.
func (b *branching) branchClass(n *coverNode) int32 {
	row, least := -1, math.MaxInt
	forBits(n.rows, func(r int) {
		count := 0
		for w, word := range b.row(r) {
			count += bits.OnesCount64(word & n.classes[w])
		}
		if count < least {
			row, least = r, count
		}
	})
	if row < 0 {
		return -1
	}
	pick := int32(-1)
	for _, class := range b.columns[row] {
		if hasBit(n.classes, int(class)) && (pick < 0 || b.sums[class] > b.sums[pick]) {
			pick = class
		}
	}
	return pick
}
