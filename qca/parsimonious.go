package qca

import (
	"math"
	"math/bits"
	"runtime"
	"sync"
)

// parsimonious finds every prime implicant that covers a positive and no
// forbidden configuration. An implicant that covers p is a set of p's own
// literals, and it keeps a forbidden q out exactly when it holds a literal on
// which p and q differ: the prime implicants covering p are the minimal
// hitting sets of the difference sets of p.
//
// With atMost above zero only those with at most that many literals are found.
// When a limit stops the search, every positive is still covered by at least
// one prime implicant, of any size.
func (t *task) parsimonious(atMost int) *primes {
	found := t.twoSearches(atMost)
	if found == nil {
		found = t.search(atMost, 0, 1, t.limits)
	}
	if t.limits.stopped {
		found.dropDuplicates()
	}
	found.sort(t.codes)
	return found
}

// twoSearches shares the positives between two cores, where that pays. The
// answer is the same as that of one search; where the number of steps is
// limited, or the number of results reaches its limit, one search is made, so
// that a partial answer is the same on every machine. It returns nil then.
func (t *task) twoSearches(atMost int) *primes {
	if t.limits.steps < math.MaxInt/2 || t.positives*t.forbidden < 1<<14 || runtime.GOMAXPROCS(0) < 2 {
		return nil
	}
	var parts [2]*primes
	var lims [2]limits
	var both sync.WaitGroup
	for i := range parts {
		lims[i] = *t.limits
		both.Go(func() { parts[i] = t.search(atMost, i, 2, &lims[i]) })
	}
	both.Wait()
	left := lims[0].results + lims[1].results - t.limits.results
	if left < 0 {
		return nil
	}
	t.limits.results = left
	t.limits.stopped = lims[0].stopped || lims[1].stopped
	parts[0].cubes = append(parts[0].cubes, parts[1].cubes...)
	parts[0].cover = append(parts[0].cover, parts[1].cover...)
	return parts[0]
}

// search finds the prime implicants that cover the first positive or one every
// stride after it, and no positive before that.
func (t *task) search(atMost, first, stride int, lim *limits) *primes {
	found := newPrimes(t.positives)
	differ := make([]uint64, t.positives)
	family := make([]uint64, t.forbidden)
	search := hittingSets{atMost: atMost}
	p := 0
	add := func(fixed uint64) bool {
		return !found.coverFrom(cube{fixed, int32(p)}, differ) || lim.result()
	}
	for p = first; p < t.positives; p += stride {
		family = family[:t.forbidden]
		t.codes.differences(differ, p, 0)
		t.codes.differences(family, p, t.positives)
		if !search.run(family, add, lim.step) {
			found.coverFrom(firstCovered(t.greedyPrime(p), differ), differ)
		}
		lim.meter.advance()
	}
	return found
}

// firstCovered gives a cube over fixed the first configuration it covers as its
// row; differ holds the differences from any configuration it covers.
func firstCovered(fixed uint64, differ []uint64) cube {
	for j, d := range differ {
		if d&fixed == 0 {
			return cube{fixed, int32(j)}
		}
	}
	return cube{fixed: fixed, row: -1}
}

// greedyPrime drops p's literals one by one, from the last, while what is left
// keeps every forbidden configuration out.
func (t *task) greedyPrime(p int) uint64 {
	fixed := t.codes.all()
	for left := fixed; left != 0; {
		literal := uint64(1) << (bits.Len64(left) - 1)
		left &^= literal
		if t.keepsOut(p, fixed&^literal) {
			fixed &^= literal
		}
	}
	return fixed
}

func (t *task) keepsOut(p int, fixed uint64) bool {
	for q := t.positives; q < t.positives+t.forbidden; q++ {
		if t.codes.diff(p, q)&fixed == 0 {
			return false
		}
	}
	return true
}

// dropDuplicates removes cubes listed twice: the greedy cubes of a search that
// was stopped may have been found before.
func (p *primes) dropDuplicates() {
	seen := make(map[cube]bool)
	kept := 0
	for i, c := range p.cubes {
		if seen[c] {
			continue
		}
		seen[c] = true
		copy(p.at(kept), p.at(i))
		p.cubes[kept] = c
		kept++
	}
	p.cubes, p.cover = p.cubes[:kept], p.cover[:kept*p.words]
}
