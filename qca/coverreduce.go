package qca

import "math/bits"

// reduce takes classes that a row cannot do without, and drops dominated rows
// and classes, until nothing changes. It reports false where no smaller cover
// is left.
func (b *branching) reduce(n *coverNode) bool {
	for changed := true; changed; {
		changed = false
		for w := range n.rows {
			for word := n.rows[w]; word != 0; word &= word - 1 {
				r := w*64 + bits.TrailingZeros64(word)
				if !hasBit(n.rows, r) {
					continue
				}
				only, count := b.onlyClass(n, r)
				if count == 0 {
					return false
				}
				if count == 1 {
					b.take(n, only)
					changed = true
				}
			}
		}
		if len(b.chosen) >= len(b.best) || !b.limits.spend(len(n.rows)*b.classWords) {
			return false
		}
		changed = b.dropClasses(n) || changed
		changed = b.dropRows(n) || changed
	}
	return true
}

// onlyClass returns the first class left of a row and how many there are, up
// to two.
func (b *branching) onlyClass(n *coverNode, r int) (class int32, count int) {
	for w, word := range b.row(r) {
		if word &= n.classes[w]; word != 0 {
			if count == 0 {
				class = int32(w*64 + bits.TrailingZeros64(word))
			}
			if count += bits.OnesCount64(word); count > 1 {
				return class, 2
			}
		}
	}
	return class, count
}

// dropClasses drops every class whose rows left another one left covers too:
// one such class is among those of any of its rows.
func (b *branching) dropClasses(n *coverNode) (dropped bool) {
	for w := range n.classes {
		for word := n.classes[w]; word != 0; word &= word - 1 {
			class := int32(w*64 + bits.TrailingZeros64(word))
			if b.classDominated(n, class) {
				n.classes[w] &^= 1 << (class % 64)
				dropped = true
			}
		}
	}
	return dropped
}

func (b *branching) classDominated(n *coverNode, class int32) bool {
	cover, shortest := b.at(class), -1
	for w, word := range cover {
		for word &= n.rows[w]; word != 0; word &= word - 1 {
			if r := w*64 + bits.TrailingZeros64(word); shortest < 0 || len(b.columns[r]) < len(b.columns[shortest]) {
				shortest = r
			}
		}
	}
	if shortest < 0 || b.each != nil {
		return shortest < 0
	}
	if !b.limits.spend(len(b.columns[shortest])/64 + 1) {
		return false
	}
	for _, other := range b.columns[shortest] {
		if other != class && hasBit(n.classes, int(other)) && subsetWithin(cover, b.at(other), n.rows) {
			return true
		}
	}
	return false
}

// subsetWithin reports whether a is a subset of b among what mask holds.
func subsetWithin(a, b, mask []uint64) bool {
	for w, word := range a {
		if word&^b[w]&mask[w] != 0 {
			return false
		}
	}
	return true
}

// dropRows drops every row that is covered whenever another one is.
func (b *branching) dropRows(n *coverNode) (dropped bool) {
	for w := range n.rows {
		for word := n.rows[w]; word != 0; word &= word - 1 {
			q := w*64 + bits.TrailingZeros64(word)
			if !hasBit(n.rows, q) {
				continue
			}
			first, _ := b.onlyClass(n, q)
			for v, others := range b.at(first) {
				for others &= n.rows[v]; others != 0; others &= others - 1 {
					r := v*64 + bits.TrailingZeros64(others)
					if r != q && subsetWithin(b.row(q), b.row(r), n.classes) {
						n.rows[v] &^= 1 << (r % 64)
						dropped = true
					}
				}
			}
		}
	}
	return dropped
}
