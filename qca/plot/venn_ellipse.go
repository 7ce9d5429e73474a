package plot

import (
	"math"
	"slices"
)

// ellipse is a set of a Venn diagram: middle, half axes, and the turn of the
// first axis, in radians, y down.
type ellipse struct{ x, y, a, b, turn float64 }

// vennSets are the shapes for one to five sets. The five congruent ellipses
// are of the kind that Grünbaum (1975, Venn diagrams and independent families
// of sets) found; here, as for four, the numbers are those that make the
// smallest region large.
func vennSets(sets int) []ellipse {
	switch sets {
	case 1:
		return []ellipse{{0, 0, 1, 1, 0}}
	case 2:
		return []ellipse{{-0.55, 0, 1, 1, 0}, {0.55, 0, 1, 1, 0}}
	case 4:
		return []ellipse{{-0.321, -0.213, 1, 0.628, 1.020}, {0.003, -0.591, 1, 0.473, 0.908},
			{-0.003, -0.591, 1, 0.473, -0.908}, {0.321, -0.213, 1, 0.628, -1.020}}
	}
	out, shape := 0.58, ellipse{a: 1, b: 1}
	if sets == 5 {
		out, shape = 0.269, ellipse{a: 1, b: 0.545, turn: 0.3135}
	}
	list := make([]ellipse, sets)
	for i := range list {
		angle := -math.Pi/2 + 2*math.Pi*float64(i)/float64(sets)
		list[i] = ellipse{out * math.Cos(angle), out * math.Sin(angle), shape.a, shape.b, angle + shape.turn}
	}
	return list
}

// at is the point of the outline at parameter t.
func (e ellipse) at(t float64) (x, y float64) {
	u, v := e.a*math.Cos(t), e.b*math.Sin(t)
	c, s := math.Cos(e.turn), math.Sin(e.turn)
	return e.x + u*c - v*s, e.y + u*s + v*c
}

// level is below 0 inside and above 0 outside.
func (e ellipse) level(x, y float64) float64 {
	u, v := e.local(x, y)
	return u*u + v*v - 1
}

// local are the coordinates in which the ellipse is the unit circle.
func (e ellipse) local(x, y float64) (u, v float64) {
	c, s := math.Cos(e.turn), math.Sin(e.turn)
	dx, dy := x-e.x, y-e.y
	return (dx*c + dy*s) / e.a, (dy*c - dx*s) / e.b
}

// parameter is that of a point on the outline, from 0 to 2 pi.
func (e ellipse) parameter(x, y float64) float64 {
	u, v := e.local(x, y)
	return math.Mod(math.Atan2(v, u)+2*math.Pi, 2*math.Pi)
}

// inside has bit i set where set i holds the point.
func inside(sets []ellipse, x, y float64) int {
	mask := 0
	for i, e := range sets {
		if e.level(x, y) < 0 {
			mask |= 1 << i
		}
	}
	return mask
}

// arc is a piece of an outline between two crossings, t growing from start to
// end. On its one side is the region mask, on the other that with the set added.
type arc struct {
	set, start, end int // start and end are numbers of crossings
	from, to        float64
	mask            int // of the other sets
}

// crossing is where an outline meets another.
type crossing struct {
	number int
	t      float64
}

// arcs cuts the outlines where they cross.
func arcs(sets []ellipse) (list []arc, crossings int) {
	on := make([][]crossing, len(sets))
	for i := range sets {
		for j := i + 1; j < len(sets); j++ {
			for _, t := range meetings(sets[i], sets[j]) {
				x, y := sets[i].at(t)
				on[i] = append(on[i], crossing{crossings, t})
				on[j] = append(on[j], crossing{crossings, sets[j].parameter(x, y)})
				crossings++
			}
		}
	}
	for i, points := range on {
		slices.SortFunc(points, func(a, b crossing) int {
			if a.t < b.t {
				return -1
			}
			return 1
		})
		if len(points) == 0 { // a set alone: two halves
			crossings += 2
			points = []crossing{{crossings - 2, 0}, {crossings - 1, math.Pi}}
		}
		for k, p := range points {
			next := points[(k+1)%len(points)]
			a := arc{set: i, start: p.number, end: next.number, from: p.t, to: next.t}
			if a.to <= a.from {
				a.to += 2 * math.Pi
			}
			x, y := sets[i].at((a.from + a.to) / 2)
			a.mask = inside(sets, x, y) &^ (1 << i)
			list = append(list, a)
		}
	}
	return list, crossings
}

// meetings are the parameters of e at which it crosses the other: a change of
// side between two of many steps, halved down.
func meetings(e, other ellipse) []float64 {
	const steps = 720
	level := func(t float64) float64 { x, y := e.at(t); return other.level(x, y) }
	var found []float64
	for i := range steps {
		// The half step keeps the points of symmetry off the steps.
		low, high := 2*math.Pi*(float64(i)+0.5)/steps, 2*math.Pi*(float64(i)+1.5)/steps
		if level(low) < 0 == (level(high) < 0) {
			continue
		}
		for range 60 {
			middle := (low + high) / 2
			if level(low) < 0 == (level(middle) < 0) {
				low = middle
			} else {
				high = middle
			}
		}
		found = append(found, math.Mod(low, 2*math.Pi))
	}
	return found
}
