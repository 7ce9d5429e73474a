package adoption

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"sir/internal/db"
	"sir/internal/period"
)

func one(holds bool) int64 {
	if holds {
		return 1
	}
	return 0
}

// sums is what a submission adds to the rollups of one period: reported,
// adopted and total by measure and unit; received, complete and on time by
// unit.
type sums struct {
	values  map[[2]int64]*[3]int64
	returns map[int64]*[3]int64
}

func newSums() *sums { return &sums{map[[2]int64]*[3]int64{}, map[int64]*[3]int64{}} }

func (s *sums) size() int { return len(s.values) + len(s.returns) }

// addTo adds to the sum of a key. Nothing is added by nothing.
func addTo[K comparable](totals map[K]*[3]int64, key K, delta [3]int64) {
	if delta == [3]int64{} {
		return
	}
	sum := totals[key]
	if sum == nil {
		sum = &[3]int64{}
		totals[key] = sum
	}
	for i, n := range delta {
		sum[i] += n
	}
}

// add adds what the batch, sent on a day, changes.
func (s *sums) add(b *batch, day string) {
	units, unitsOf := b.countedUnits()
	for m, measure := range b.measures {
		counted := make([][3]int64, len(units))
		for at := range b.sites {
			before, after := b.before[m][at], b.after[m][at]
			if before == after {
				continue
			}
			delta := [3]int64{
				one(after.known) - one(before.known),
				one(after.known && measure.Adopted(after.value)) - one(before.known && measure.Adopted(before.value)),
				after.value - before.value, // a blank's value is 0
			}
			for _, u := range unitsOf[at] {
				counted[u][0] += delta[0]
				counted[u][1] += delta[1]
				counted[u][2] += delta[2]
			}
		}
		for u, delta := range counted {
			addTo(s.values, [2]int64{measure.Key, units[u]}, delta)
		}
	}
	s.addReturns(b, day, units, unitsOf)
}

func (s *sums) addReturns(b *batch, day string, units []int64, unitsOf [][]int) {
	due := b.collection.DueOn(b.period)
	for at, site := range b.sites {
		next := b.settle(at, day)
		for _, u := range unitsOf[at] {
			addTo(s.returns, units[u], [3]int64{
				one(next.submittedOn != "") - one(site.ret.submittedOn != ""),
				one(next.completeOn != "") - one(site.ret.completeOn != ""),
				one(onTime(next, due)) - one(onTime(site.ret, due)),
			})
		}
	}
}

func onTime(r returnState, due string) bool { return r.completeOn != "" && r.completeOn <= due }

// countedUnits answers the units under which the batch's sites count, the whole
// programme first, and for each site which of them are its own.
func (b *batch) countedUnits() (units []int64, of [][]int) {
	units, at := []int64{wholeProgramme}, map[int64]int{}
	of = make([][]int, len(b.sites))
	for i, site := range b.sites {
		if len(site.units) == 0 {
			continue
		}
		of[i] = append(make([]int, 0, len(site.units)+1), 0)
		for _, unit := range site.units {
			u, known := at[unit]
			if !known {
				u = len(units)
				at[unit], units = u, append(units, unit)
			}
			of[i] = append(of[i], u)
		}
	}
	return units, of
}

// write adds the sums to the rollups of a period, in one order, whoever writes
// them.
func (s *sums) write(ctx context.Context, d *db.DB, c Collection, p period.Period) error {
	var diff difference
	for _, key := range sortedPairs(s.values) {
		v := s.values[key]
		diff.values.Add(key[0], key[1], v[0], v[1], v[2])
		if v[0] < 0 {
			diff.fallen.Add(key[0], key[1])
		}
	}
	for _, unit := range sortedKeys(s.returns) {
		v := s.returns[unit]
		diff.returns.Add(unit, v[0], v[1], v[2])
	}
	return addToRollups(ctx, d, c, p, diff)
}

func sortedKeys[V any](m map[int64]V) []int64 { return slices.Sorted(maps.Keys(m)) }

func sortedPairs[V any](m map[[2]int64]V) [][2]int64 {
	return slices.SortedFunc(maps.Keys(m), func(a, b [2]int64) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
}
