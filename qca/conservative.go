package qca

import "math/bits"

// conservative finds every prime implicant that covers nothing but positive
// configurations and the explicitly allowed ones that follow the forbidden
// ones in the codes, and at least one positive. It merges cubes level by level
// (Quine-McCluskey), over the configurations at hand instead of all possible
// ones: a cube loses a condition when its siblings with every other value of
// that condition are there too.
//
// When a limit stops it, the cubes of the last level merged stand in for the
// larger ones not reached: they are implicants, but may not be prime.
func (t *task) conservative() *primes {
	found := newPrimes(t.positives)
	differ := make([]uint64, t.positives)
	keep := func(c cube) {
		t.codes.differences(differ, int(c.row), 0)
		if c = firstCovered(c.fixed, differ); c.row >= 0 {
			t.codes.differences(differ, int(c.row), 0)
			found.coverFrom(c, differ)
		}
	}
	level := newMergeLevel(t.codes, t.startCubes())
	for len(level.cubes) > 0 {
		next, complete := level.merge(t.limits)
		for i, c := range level.cubes {
			if !level.merged[i] || !complete {
				keep(c)
			}
		}
		if !complete {
			break
		}
		level = next
	}
	found.sort(t.codes)
	return found
}

// startCubes are the allowed configurations themselves.
func (t *task) startCubes() []cube {
	all := t.codes.all()
	var cubes []cube
	for i := range t.codes.len() {
		if i < t.positives || i >= t.positives+t.forbidden {
			cubes = append(cubes, cube{all, int32(i)})
		}
	}
	return cubes
}

// mergeLevel is all implicants with the same number of literals, with an open
// addressing table from a cube's literals to its index.
type mergeLevel struct {
	codes  *codes
	cubes  []cube
	merged []bool
	slots  []int32 // index+1 into cubes, 0 where free
}

func newMergeLevel(c *codes, cubes []cube) *mergeLevel {
	size := 1 << bits.Len(uint(2*len(cubes)))
	l := &mergeLevel{codes: c, cubes: cubes, merged: make([]bool, len(cubes)), slots: make([]int32, size)}
	var key [maxPlanes]uint64
	for i, q := range cubes {
		slot, _ := l.find(q.fixed, l.key(q, &key))
		l.slots[slot] = int32(i + 1)
	}
	return l
}

// key writes the planes of the cube's literals to buffer.
func (l *mergeLevel) key(q cube, buffer *[maxPlanes]uint64) []uint64 {
	key := buffer[:l.codes.planes]
	for b, w := range l.codes.at(int(q.row)) {
		key[b] = w & q.fixed
	}
	return key
}

// find returns the slot of the cube with these literals, or the free slot it
// would take.
func (l *mergeLevel) find(fixed uint64, key []uint64) (slot int, ok bool) {
	hash := fixed * 0x9e3779b97f4a7c15
	for _, w := range key {
		hash = (hash ^ hash>>29 ^ w) * 0xbf58476d1ce4e5b9
	}
	hash ^= hash >> 32
	mask := len(l.slots) - 1
	for slot = int(hash) & mask; l.slots[slot] != 0; slot = (slot + 1) & mask {
		if l.is(l.cubes[l.slots[slot]-1], fixed, key) {
			return slot, true
		}
	}
	return slot, false
}

func (l *mergeLevel) is(q cube, fixed uint64, key []uint64) bool {
	if q.fixed != fixed {
		return false
	}
	for b, w := range l.codes.at(int(q.row)) {
		if w&fixed != key[b] {
			return false
		}
	}
	return true
}

// merge returns the level with one literal fewer and marks the cubes that went
// into it.
func (l *mergeLevel) merge(lim *limits) (next *mergeLevel, complete bool) {
	var cubes []cube
	all := l.codes.all()
	for i, q := range l.cubes {
		dropped := all &^ q.fixed
		for rest := q.fixed; rest != 0; rest &= rest - 1 {
			condition := bits.TrailingZeros64(rest)
			if !lim.step() {
				return nil, false
			}
			if !l.mergeSiblings(i, condition) || dropped>>condition != 0 {
				continue
			}
			// Each larger cube is made once: by dropping its last condition.
			cubes = append(cubes, cube{q.fixed &^ (1 << condition), q.row})
			if !lim.result() {
				return nil, false
			}
		}
	}
	return newMergeLevel(l.codes, cubes), true
}

// mergeSiblings reports whether cube i has value 0 on the condition and a
// sibling with each other value of it, and marks them all as merged.
func (l *mergeLevel) mergeSiblings(i, condition int) bool {
	q := l.cubes[i]
	if l.codes.value(int(q.row), condition) != 0 {
		return false
	}
	var buffer [maxPlanes]uint64
	var siblings [MaxLevels]int32
	key := l.key(q, &buffer)
	levels := l.codes.levels[condition]
	for v := 1; v < levels; v++ {
		for b := range key {
			key[b] = key[b]&^(1<<condition) | uint64(v>>b&1)<<condition
		}
		slot, ok := l.find(q.fixed, key)
		if !ok {
			return false
		}
		siblings[v] = l.slots[slot] - 1
	}
	l.merged[i] = true
	for v := 1; v < levels; v++ {
		l.merged[siblings[v]] = true
	}
	return true
}
