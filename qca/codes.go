package qca

import (
	"cmp"
	"math/bits"
)

// maxPlanes bit planes spell the values 0 to MaxLevels-1.
const maxPlanes = 6

// codes holds configurations of up to 64 conditions as bit planes: bit i of
// plane b is bit b of condition i's value. Two-valued conditions need one
// plane. Conditions on which two configurations differ come out as one word.
type codes struct {
	levels []int
	planes int
	words  []uint64 // planes words a configuration
}

func newCodes(levels []int) *codes {
	c := &codes{levels: levels, planes: 1}
	for _, l := range levels {
		c.planes = max(c.planes, bits.Len(uint(l-1)))
	}
	return c
}

func (c *codes) len() int { return len(c.words) / c.planes }

func (c *codes) add(values []int) {
	for b := range c.planes {
		var w uint64
		for i, v := range values {
			w |= uint64(v>>b&1) << i
		}
		c.words = append(c.words, w)
	}
}

// at returns the planes of configuration i.
func (c *codes) at(i int) []uint64 { return c.words[i*c.planes : (i+1)*c.planes] }

// value of one condition in configuration i.
func (c *codes) value(i, condition int) int {
	v := 0
	for b, w := range c.at(i) {
		v |= int(w>>condition&1) << b
	}
	return v
}

// diff is the set of conditions on which configurations i and j differ.
func (c *codes) diff(i, j int) uint64 {
	switch c.planes {
	case 1:
		return c.words[i] ^ c.words[j]
	case 2:
		return (c.words[2*i] ^ c.words[2*j]) | (c.words[2*i+1] ^ c.words[2*j+1])
	}
	return c.diffPlanes(i, j)
}

// differences fills into with what configuration i and those from first on
// differ on.
func (c *codes) differences(into []uint64, i, first int) {
	switch c.planes {
	case 1:
		a := c.words[i]
		for j, b := range c.words[first : first+len(into)] {
			into[j] = a ^ b
		}
	case 2:
		a, b := c.words[2*i], c.words[2*i+1]
		others := c.words[2*first:]
		for j := range into {
			into[j] = (a ^ others[2*j]) | (b ^ others[2*j+1])
		}
	default:
		for j := range into {
			into[j] = c.diffPlanes(i, first+j)
		}
	}
}

func (c *codes) diffPlanes(i, j int) uint64 {
	var d uint64
	a, b := c.at(i), c.at(j)
	for k := range a {
		d |= a[k] ^ b[k]
	}
	return d
}

// all is the set of all conditions.
func (c *codes) all() uint64 { return 1<<len(c.levels) - 1 }

// cube is a conjunction: the conditions in fixed have the values that they
// have in configuration row.
type cube struct {
	fixed uint64
	row   int32
}

// compare orders cubes by number of literals, then by the conditions they fix
// (earlier ones first), then by value.
func (c *codes) compare(a, b cube) int {
	if d := cmp.Compare(bits.OnesCount64(a.fixed), bits.OnesCount64(b.fixed)); d != 0 {
		return d
	}
	if d := cmp.Compare(bits.Reverse64(b.fixed), bits.Reverse64(a.fixed)); d != 0 {
		return d
	}
	differ := c.diff(int(a.row), int(b.row)) & a.fixed
	if differ == 0 {
		return 0
	}
	first := bits.TrailingZeros64(differ)
	return cmp.Compare(c.value(int(a.row), first), c.value(int(b.row), first))
}
