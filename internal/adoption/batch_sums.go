package adoption

import (
	"cmp"
	"maps"
	"slices"
)

func one(holds bool) int64 {
	if holds {
		return 1
	}
	return 0
}

func addTo[K comparable](sums map[K]*[3]int64, key K, delta [3]int64) {
	sum := sums[key]
	if sum == nil {
		sum = &[3]int64{}
		sums[key] = sum
	}
	for i, n := range delta {
		sum[i] += n
	}
}

// withProgramme adds the whole programme to the units of a site.
func withProgramme(units []int64) []int64 {
	return append(slices.Clip(units), wholeProgramme)
}

// The rollups are written in one order, whoever writes them.

func sortedKeys[V any](m map[int64]V) []int64 { return slices.Sorted(maps.Keys(m)) }

func sortedPairs[V any](m map[[2]int64]V) [][2]int64 {
	return slices.SortedFunc(maps.Keys(m), func(a, b [2]int64) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
}
