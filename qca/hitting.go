package qca

import "math/bits"

// hittingSets enumerates the minimal hitting sets of a family of sets over up
// to 64 elements, with the MMCS scheme of Murakami and Uno (2014): depth
// first, branching on an unhit set with the fewest elements left to try, and
// giving up a partial choice as soon as one of its elements is critical for no
// set. It is used again for many families; nothing is allocated while it runs
// once its buffers have grown.
type hittingSets struct {
	sets       []uint64 // the family without non-minimal members
	words      int      // words of a bitset over sets
	incidence  []uint64 // by element: the sets that hold it
	unhit      []uint64 // by depth: the sets not yet hit
	critical   []uint64 // by depth and choice: sets that only this choice hits
	sorted     []uint64 // scratch
	seen       [seenBits / 64]uint64
	candidates uint64
	atMost     int // elements of a hitting set; 0: any number
	found      func(set uint64) bool
	step       func() bool
}

// run calls found with every minimal hitting set of the family, which it
// reorders, until found or step returns false; step is called once a node. It
// reports whether it came to the end. An empty family has the empty set; a
// family with an empty member has none.
func (h *hittingSets) run(family []uint64, found func(set uint64) bool, step func() bool) bool {
	h.sets = h.minimal(family)
	h.found, h.step = found, step
	h.candidates = 0
	for _, s := range h.sets {
		h.candidates |= s
	}
	if len(h.sets) > 0 && h.sets[0] == 0 {
		return true
	}
	h.grow(bits.Len64(h.candidates))
	for i, s := range h.sets {
		h.unhit[i/64] |= 1 << (i % 64)
		for ; s != 0; s &= s - 1 {
			h.incidence[bits.TrailingZeros64(s)*h.words+i/64] |= 1 << (i % 64)
		}
	}
	return h.extend(0, 0)
}

// minimal keeps the members of the family that contain no other, in the
// family's place, smallest first.
func (h *hittingSets) minimal(family []uint64) []uint64 {
	var starts [66]int
	h.sorted = h.sorted[:0]
	for _, s := range family {
		if !h.repeated(s) {
			h.sorted = append(h.sorted, s)
			starts[bits.OnesCount64(s)+1]++
		}
	}
	for _, s := range h.sorted {
		h.seen[s%seenBits/64] &^= 1 << (s % 64)
	}
	for i := range 65 {
		starts[i+1] += starts[i]
	}
	bySize := family[:len(h.sorted)]
	for _, s := range h.sorted {
		n := bits.OnesCount64(s)
		bySize[starts[n]] = s
		starts[n]++
	}
	kept := bySize[:0]
next:
	for _, s := range bySize {
		for _, k := range kept {
			if s&k == k {
				continue next
			}
		}
		kept = append(kept, s)
	}
	return kept
}

// seenBits is the number of different sets over few elements, of which
// repetitions are easily told.
const seenBits = 1 << 12

// repeated reports whether the set was there before. Sets over many elements
// may count as new again.
func (h *hittingSets) repeated(s uint64) bool {
	if s >= seenBits {
		return false
	}
	bit := uint64(1) << (s % 64)
	again := h.seen[s/64]&bit != 0
	h.seen[s/64] |= bit
	return again
}

// grow sizes and clears the buffers for elements 0 to n-1.
func (h *hittingSets) grow(n int) {
	h.words = (len(h.sets) + 63) / 64
	h.incidence = cleared(h.incidence, n*h.words)
	h.unhit = cleared(h.unhit, (n+1)*h.words)
	h.critical = cleared(h.critical, (n+1)*(n+1)*h.words)
}

// cleared returns a zeroed slice of n words, reusing s where it is large enough.
func cleared(s []uint64, n int) []uint64 {
	if cap(s) < n {
		return make([]uint64, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// extend tries every way to complete a choice of depth elements.
func (h *hittingSets) extend(depth int, chosen uint64) bool {
	if !h.step() {
		return false
	}
	branch, done := h.smallest(depth)
	if done {
		return h.found(chosen)
	}
	if depth == h.atMost && h.atMost > 0 {
		return true
	}
	before := h.candidates
	h.candidates &^= branch
	for b := branch; b != 0; b &= b - 1 {
		element := bits.TrailingZeros64(b)
		if !h.choose(depth, element) {
			continue
		}
		if !h.extend(depth+1, chosen|1<<element) {
			return false
		}
		h.candidates |= 1 << element
	}
	h.candidates = before
	return true
}

// smallest returns the candidates in an unhit set that has fewest of them, or
// done where every set is hit.
func (h *hittingSets) smallest(depth int) (branch uint64, done bool) {
	done, least := true, 65
	for w, word := range h.unhit[depth*h.words : (depth+1)*h.words] {
		for ; word != 0; word &= word - 1 {
			left := h.sets[w*64+bits.TrailingZeros64(word)] & h.candidates
			done = false
			if n := bits.OnesCount64(left); n < least {
				branch, least = left, n
				if n <= 1 {
					return branch, false
				}
			}
		}
	}
	return branch, done
}

// choose fills the next depth's bitsets with the element added, and reports
// whether every earlier choice is still critical for some set.
func (h *hittingSets) choose(depth, element int) bool {
	n := h.words
	stride := len(h.unhit) // one row of criticals a depth: (n+1) choices
	hit := h.incidence[element*n : (element+1)*n]
	now, next := h.critical[depth*stride:], h.critical[(depth+1)*stride:]
	for i := 0; i < depth*n; i += n {
		var any uint64
		for w := range n {
			c := now[i+w] &^ hit[w]
			next[i+w] = c
			any |= c
		}
		if any == 0 {
			return false
		}
	}
	unhit, rest := h.unhit[depth*n:(depth+1)*n], h.unhit[(depth+1)*n:]
	for w := range n {
		next[depth*n+w] = unhit[w] & hit[w]
		rest[w] = unhit[w] &^ hit[w]
	}
	return true
}
