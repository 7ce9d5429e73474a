package madeup

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"sir/internal/period"
)

// DefaultSeed is that of the programme which the demo loads.
const DefaultSeed uint64 = 2021

// quarters is the length of the programme: three years from Q1 2023/24.
const quarters = 12

// The days on which things happen whatever the seed.
var (
	networksFormed = day(2018, time.April, 1)
	mergerDay      = day(2024, time.October, 1) // the first day of Q3 2024/25
	stopDay        = day(2024, time.November, 20)
	pauseDay       = day(2025, time.February, 3)
	closureDay     = day(2025, time.February, 14) // in the middle of Q4 2024/25
	moveDay        = day(2025, time.April, 1)     // the first day of Q1 2025/26
	handOverDay    = day(2026, time.January, 12)
	fallDay        = day(2024, time.November, 15) // when the champion of the site that falls back leaves
)

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

// generator builds one Programme. Its methods draw from rng in a fixed order: a new draw anywhere changes all that follows.
type generator struct {
	rng *rand.Rand
	Programme
	cast cast
}

// cast says which networks (by index) and sites (by index) play the parts that must occur.
type cast struct {
	stopped, paused, handedOver int
	early, late                 []int
	merging                     [2]int
	merged, closing, moving     int
	movesTo                     int   // a network
	falling                     int   // loses its champion and falls back
	deputised                   int   // loses its champion to a deputy
	leaving, joining            []int // sites that stop being, or become, eligible
}

// Generate invents the programme of a seed.
func Generate(seed uint64) Programme {
	g := &generator{rng: rand.New(rand.NewPCG(seed, 0x53495220646d6f))}
	g.Programme = Programme{Seed: seed, Code: "MU-EXAMPLE", Name: "Example programme" + madeUp, Innovation: innovation,
		Levels: slices.Clone(levels), Periods: programmePeriods(), DueDays: 30}
	sizes := g.networks()
	g.castNetworks()
	g.sites(sizes)
	g.castSites()
	g.changeSites()
	g.hierarchy()
	g.rollouts()
	g.eligibility()
	g.champions()
	g.targets()
	g.returns()
	g.restate()
	g.monthly()
	return g.Programme
}

func programmePeriods() []period.Period {
	first, err := period.OfQuarter(2023, 1)
	if err != nil {
		panic(err) // a constant
	}
	all := make([]period.Period, quarters)
	for i := range all {
		all[i] = first.Add(i)
	}
	return all
}

// networks creates the 15 networks and returns how many sites each gets: eight on average, five to eleven.
func (g *generator) networks() []int {
	sizes := make([]int, len(trees))
	for i, tree := range trees {
		g.Networks = append(g.Networks, Network{Code: fmt.Sprintf("MU-N%02d", i+1), Name: tree + " network" + madeUp})
		sizes[i] = len(minerals) * len(features) / len(trees)
	}
	for range 3 * len(sizes) {
		from, to := g.rng.IntN(len(sizes)), g.rng.IntN(len(sizes))
		if sizes[from] > 5 && sizes[to] < 11 {
			sizes[from]--
			sizes[to]++
		}
	}
	return sizes
}

// castNetworks deals out the parts of networks; no network has two.
func (g *generator) castNetworks() {
	order := g.rng.Perm(len(g.Networks))
	g.cast.stopped, g.cast.paused, g.cast.handedOver, g.cast.movesTo = order[0], order[1], order[2], order[3]
	g.cast.early, g.cast.late = order[4:6], order[6:10]
}

// castSites deals out the parts of sites; no site has two. They come from networks that began on time and went on, so that
// one event does not hide another.
func (g *generator) castSites() {
	order := g.rng.Perm(len(g.Networks))
	var plain []int
	for _, network := range order {
		c := g.cast
		special := append([]int{c.stopped, c.paused, c.handedOver, c.movesTo}, append(c.early, c.late...)...)
		if !slices.Contains(special, network) {
			plain = append(plain, network)
		}
	}
	pool := make([][]int, len(plain))
	for i, network := range plain {
		pool[i] = g.sitesOf(network)
	}
	g.cast.merging = [2]int{pool[0][0], pool[0][1]}
	g.cast.closing, g.cast.moving, g.cast.falling = pool[1][0], pool[2][0], pool[3][0]
	g.cast.deputised = pool[2][2]
	g.cast.leaving = []int{pool[4][0], pool[1][1]}
	g.cast.joining = []int{pool[4][1], pool[3][1], pool[2][1]}
}

// sitesOf lists the sites of a network at the start, in a drawn order.
func (g *generator) sitesOf(network int) []int {
	var sites []int
	for i, m := range g.Memberships {
		if m.Network == g.Networks[network].Code {
			sites = append(sites, i)
		}
	}
	g.rng.Shuffle(len(sites), func(i, j int) { sites[i], sites[j] = sites[j], sites[i] })
	return sites
}

// chance is true in the given number of cases out of a hundred.
func (g *generator) chance(percent int) bool { return g.rng.IntN(100) < percent }

// between draws a whole number from lo to hi, both included.
func (g *generator) between(lo, hi int) int { return lo + g.rng.IntN(hi-lo+1) }

func pick[T any](g *generator, from []T) T { return from[g.rng.IntN(len(from))] }
