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
	strides := m.tt.strides()
	for _, prime := range list {
		var ok bool
		if rows, ok = m.coveredRows(rows, m.primes.cubes[prime], strides, room+m.task.positives); !ok {
			return []uint64{}, false
		}
	}
	rows = m.notPositive(rows)
	if len(rows) > room {
		return []uint64{}, false
	}
	return rows, true
}

// notPositive sorts row numbers and drops doubles and positive rows.
func (m *minimization) notPositive(rows []uint64) []uint64 {
	slices.Sort(rows)
	return slices.DeleteFunc(slices.Compact(rows), func(number uint64) bool {
		_, positive := slices.BinarySearch(m.positive, number)
		return positive
	})
}

// coveredRows appends the numbers of the rows that a cube covers, unless there
// are more than room of them.
func (m *minimization) coveredRows(rows []uint64, c cube, strides []uint64, room int) ([]uint64, bool) {
	first, size := uint64(1), 1
	for i, stride := range strides {
		if c.fixed>>i&1 != 0 {
			first += stride * uint64(m.task.codes.value(int(c.row), i))
			continue
		}
		if size *= m.task.codes.levels[i]; size > room {
			return rows, false
		}
	}
	start := len(rows)
	rows = append(rows, first)
	for free := m.task.codes.all() &^ c.fixed; free != 0; free &= free - 1 {
		i := bits.TrailingZeros64(free)
		known := rows[start:]
		for v := 1; v < m.task.codes.levels[i]; v++ {
			for _, number := range known {
				rows = append(rows, number+strides[i]*uint64(v))
			}
		}
	}
	return rows, true
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
