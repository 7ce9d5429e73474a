package qca

import "math"

// prices gives every open row a price such that no class covers rows worth
// more than 1 together: a solution of the dual of the covering problem's linear
// relaxation. Any cover of some rows then has at least as many classes as the
// rows are worth. The prices come from subgradient steps towards the dual
// optimum (Held and Karp 1971; Beasley 1990), made feasible and then raised
// until every row has a class that is used up. known is the size of a cover.
func (c *coverProblem) prices(known int) []float64 {
	p := &pricing{coverProblem: c, price: make([]float64, c.rows), best: make([]float64, c.rows),
		over: make([]float64, c.rows), feasible: make([]float64, c.rows), sums: make([]float64, len(c.classes))}
	entries := 0
	for r, columns := range c.columns {
		entries += len(columns)
		widest := 1
		for _, class := range columns {
			widest = max(widest, countBits(c.at(class)))
		}
		if hasBit(c.open, r) {
			p.price[r] = 1 / float64(widest)
		}
	}
	p.keep()
	step := 1.0
	for range min(maxPricing, 30_000_000/(entries+1)) {
		if !c.limits.spend(entries/64+1) || p.worth > float64(known)-1+tolerance {
			break
		}
		if !p.move(step, known) {
			break
		}
		if !p.keep() {
			step *= 0.97
		}
	}
	return p.best
}

// maxPricing subgradient steps are made at most.
const maxPricing = 300

type pricing struct {
	*coverProblem
	price, best    []float64 // by row
	over, feasible []float64 // by row, scratch
	sums           []float64 // by class: what its rows cost together
	worth          float64   // of the best prices together
}

// move makes one subgradient step of the Lagrangian of the cover: rows covered
// by no class that pays get dearer, rows covered more than once cheaper.
func (p *pricing) move(step float64, known int) bool {
	p.addUp(p.price)
	value, length := 0.0, 0.0
	over := p.over // by row: 1 - times covered by classes that pay
	clear(over)
	forBits(p.open, func(r int) {
		value += p.price[r]
		over[r] = 1
		for _, class := range p.columns[r] {
			if p.sums[class] > 1 {
				over[r]--
			}
		}
		length += over[r] * over[r]
	})
	for _, s := range p.sums {
		value += min(0, 1-s)
	}
	if length == 0 {
		return false
	}
	scale := step * (1.02*float64(known) - value) / length
	for r, o := range over {
		p.price[r] = max(0, p.price[r]+scale*o)
	}
	return true
}

func (p *pricing) addUp(price []float64) {
	for i := range p.sums {
		s := 0.0
		forBits(p.at(int32(i)), func(r int) { s += price[r] })
		p.sums[i] = s
	}
}

// keep makes the current prices feasible and reports whether they are worth
// more than the best so far.
func (p *pricing) keep() bool {
	p.addUp(p.price)
	feasible := p.feasible
	clear(feasible)
	forBits(p.open, func(r int) {
		dearest := 1.0
		for _, class := range p.columns[r] {
			dearest = max(dearest, p.sums[class])
		}
		feasible[r] = p.price[r] / dearest
	})
	p.addUp(feasible)
	worth := 0.0
	forBits(p.open, func(r int) {
		room := math.Inf(1)
		for _, class := range p.columns[r] {
			room = min(room, 1-p.sums[class])
		}
		if room > 0 {
			feasible[r] += room
			for _, class := range p.columns[r] {
				p.sums[class] += room
			}
		}
		worth += feasible[r]
	})
	if worth <= p.worth+tolerance {
		return false
	}
	p.worth, p.best, p.feasible = worth, feasible, p.best
	return true
}

// worth is what all rows cost together: no cover has fewer classes.
func (c *coverProblem) worth(prices []float64) float64 {
	sum := 0.0
	forBits(c.open, func(r int) { sum += prices[r] })
	return sum
}

// within returns the problem with only those classes that a cover of the size
// can hold: a class whose rows cost so much less than 1 that the others then
// need more than is left is in none.
func (c *coverProblem) within(prices []float64, size int) *coverProblem {
	room := float64(size) - c.worth(prices) + 1e-6
	return c.only(func(class int32) bool {
		cost := 1.0
		forBits(c.at(class), func(r int) { cost -= prices[r] })
		return cost <= room
	})
}
