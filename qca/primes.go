package qca

import (
	"cmp"
	"math/bits"
	"slices"
)

// primes is a list of implicants with the positive configurations each covers.
// A cube's row is the first configuration it covers, so that a cube has one
// representation whichever configuration it was found from.
type primes struct {
	cubes []cube
	words int      // words of a bitset over the positive configurations
	cover []uint64 // words of each cube, one after the other
}

func newPrimes(positives int) *primes { return &primes{words: (positives + 63) / 64} }

func (p *primes) at(i int) []uint64 { return p.cover[i*p.words : (i+1)*p.words] }

// coverFrom appends to p.cover the positives that the cube covers, given the
// differences of every positive from its row. It refuses, and appends nothing,
// when a positive before the row is covered: the cube was found from there.
func (p *primes) coverFrom(c cube, differ []uint64) bool {
	for _, d := range differ[:c.row] {
		if d&c.fixed == 0 {
			return false
		}
	}
	start := len(p.cover)
	for range p.words {
		p.cover = append(p.cover, 0)
	}
	bitset := p.cover[start:]
	for j := int(c.row); j < len(differ); j++ {
		if differ[j]&c.fixed == 0 {
			bitset[j/64] |= 1 << (j % 64)
		}
	}
	p.cubes = append(p.cubes, c)
	return true
}

// sort puts the cubes in the order of codes.compare.
func (p *primes) sort(c *codes) {
	type keyed struct {
		key uint64 // most of what compare looks at
		at  int32
	}
	order := make([]keyed, len(p.cubes))
	for i, q := range p.cubes {
		order[i] = keyed{uint64(bits.OnesCount64(q.fixed))<<58 | ^bits.Reverse64(q.fixed)>>6, int32(i)}
	}
	slices.SortFunc(order, func(a, b keyed) int {
		if a.key != b.key {
			return cmp.Compare(a.key, b.key)
		}
		return c.compare(p.cubes[a.at], p.cubes[b.at])
	})
	cubes, cover := make([]cube, 0, len(p.cubes)), make([]uint64, 0, len(p.cover))
	for _, k := range order {
		cubes = append(cubes, p.cubes[k.at])
		cover = append(cover, p.at(int(k.at))...)
	}
	p.cubes, p.cover = cubes, cover
}

// sole returns the indexes of the cubes that alone cover some positive.
func (p *primes) sole() []int {
	once, more := make([]uint64, p.words), make([]uint64, p.words)
	for i := range p.cubes {
		for w, c := range p.at(i) {
			more[w] |= once[w] & c
			once[w] |= c
		}
	}
	var found []int
	for i := range p.cubes {
		for w, c := range p.at(i) {
			if c&once[w]&^more[w] != 0 {
				found = append(found, i)
				break
			}
		}
	}
	return found
}

// dropDominated removes every cube that covers a proper part of another's
// positives.
func (p *primes) dropDominated() {
	all := *p
	p.cubes, p.cover = nil, nil
	for i, c := range all.cubes {
		cover, dominated := all.at(i), false
		for j := 0; j < len(all.cubes) && !dominated; j++ {
			other := all.at(j)
			dominated = subset(cover, other) && !subset(other, cover)
		}
		if !dominated {
			p.cubes, p.cover = append(p.cubes, c), append(p.cover, cover...)
		}
	}
}

// bit tests and counts on slices of words.

func hasBit(set []uint64, i int) bool { return set[i/64]>>(i%64)&1 != 0 }

func setBit(set []uint64, i int) { set[i/64] |= 1 << (i % 64) }

func countBits(set []uint64) int {
	n := 0
	for _, w := range set {
		n += bits.OnesCount64(w)
	}
	return n
}

// subset reports whether every bit of a is in b.
func subset(a, b []uint64) bool {
	for i, w := range a {
		if w&^b[i] != 0 {
			return false
		}
	}
	return true
}
