package qca

import (
	"math/bits"
	"slices"
)

// assumptions lists, in order, the numbers of the rows that the prime
// implicants cover and that are not positive. With more than room of them it
// returns none and false.
func (m *minimization) assumptions(list []int, room int) (rows []uint64, listed bool) {
	rows = []uint64{}
	if m.options.Solution == Conservative {
		return rows, true
	}
	for _, prime := range list {
		if m.covered(m.primes.cubes[prime], room+m.task.positives) < 0 {
			return rows, false
		}
	}
	marks := newRowMarks(m.tt.Possible)
	for _, prime := range list {
		marks.add(m.coveredRows(m.primes.cubes[prime]))
	}
	for _, number := range m.positive {
		marks.drop(number)
	}
	if marks.count() > room {
		return rows, false
	}
	return marks.numbers(), true
}

// covered counts the rows that a cube covers, or returns -1 where there are
// more than room.
func (m *minimization) covered(c cube, room int) int {
	size := 1
	for i, levels := range m.task.codes.levels {
		if c.fixed>>i&1 == 0 {
			if size *= levels; size > room {
				return -1
			}
		}
	}
	return size
}

// coveredRows returns the numbers of the rows that a cube covers.
func (m *minimization) coveredRows(c cube) []uint64 {
	strides := m.tt.strides()
	first, size := uint64(1), 1
	for i, stride := range strides {
		if c.fixed>>i&1 != 0 {
			first += stride * uint64(m.task.codes.value(int(c.row), i))
		} else {
			size *= m.task.codes.levels[i]
		}
	}
	rows := append(make([]uint64, 0, size), first)
	for free := m.task.codes.all() &^ c.fixed; free != 0; free &= free - 1 {
		i := bits.TrailingZeros64(free)
		known := rows
		for v := 1; v < m.task.codes.levels[i]; v++ {
			for _, number := range known {
				rows = append(rows, number+strides[i]*uint64(v))
			}
		}
	}
	return rows
}

// strides is, by condition, how far apart the numbers of rows are that differ
// by one in that condition's value.
func (tt *TruthTable) strides() []uint64 {
	strides := make([]uint64, len(tt.Conditions))
	step := uint64(1)
	for i, c := range slices.Backward(tt.Conditions) {
		strides[i] = step
		step *= uint64(c.Levels)
	}
	return strides
}

// rowMarks is a set of row numbers: bits where there are few possible rows,
// else a map.
type rowMarks struct {
	bits []uint64
	rest map[uint64]bool
}

// maxMarkedRows possible rows are marked by bits.
const maxMarkedRows = 1 << 24

func newRowMarks(possible uint64) *rowMarks {
	if possible < maxMarkedRows {
		return &rowMarks{bits: make([]uint64, possible/64+1)}
	}
	return &rowMarks{rest: make(map[uint64]bool)}
}

func (r *rowMarks) add(numbers []uint64) {
	for _, n := range numbers {
		if r.bits != nil {
			r.bits[n/64] |= 1 << (n % 64)
		} else {
			r.rest[n] = true
		}
	}
}

func (r *rowMarks) drop(number uint64) {
	if r.bits != nil {
		r.bits[number/64] &^= 1 << (number % 64)
	}
	delete(r.rest, number)
}

func (r *rowMarks) count() int { return countBits(r.bits) + len(r.rest) }

// numbers lists the set in order.
func (r *rowMarks) numbers() []uint64 {
	list := make([]uint64, 0, r.count())
	forBits(r.bits, func(i int) { list = append(list, uint64(i)) })
	for n := range r.rest {
		list = append(list, n)
	}
	slices.Sort(list[countBits(r.bits):])
	return list
}
