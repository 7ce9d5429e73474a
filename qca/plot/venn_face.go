package plot

import (
	"math"
	"slices"

	"sir/qca/plot/svg"
)

// face is a region of the diagram: the loop of arcs around it.
type face struct {
	mask  int
	loops [][]side
}

// side is an arc as one walks round a region, against t where back.
type side struct {
	arc
	back bool
}

// ends are the parameters at which one walks on and off.
func (s side) ends() (from, to float64) {
	if s.back {
		return s.to, s.from
	}
	return s.from, s.to
}

// faces returns every bounded region, by mask. A region has one loop where the
// diagram is right.
func faces(sets []ellipse) []face {
	list, _ := arcs(sets)
	around := make([][]arc, 1<<len(sets))
	for _, a := range list {
		around[a.mask] = append(around[a.mask], a)
		with := a.mask | 1<<a.set
		around[with] = append(around[with], a)
	}
	var result []face
	for mask := 1; mask < len(around); mask++ {
		result = append(result, face{mask, loops(around[mask])})
	}
	return result
}

// loops joins arcs end to end.
func loops(rest []arc) [][]side {
	var result [][]side
	for len(rest) > 0 {
		loop := []side{{rest[0], false}}
		first, at := rest[0].start, rest[0].end
		rest = slices.Delete(slices.Clone(rest), 0, 1)
		for at != first {
			i := slices.IndexFunc(rest, func(a arc) bool { return a.start == at || a.end == at })
			if i < 0 {
				break // the outline is open: not a Venn diagram
			}
			next := side{rest[i], rest[i].start != at}
			if at = next.end; next.back {
				at = next.start
			}
			loop, rest = append(loop, next), slices.Delete(rest, i, i+1)
		}
		result = append(result, loop)
	}
	return result
}

// transform takes the diagram to the sheet.
type transform struct{ x, y, scale float64 }

func (t transform) point(x, y float64) (float64, float64) { return t.x + x*t.scale, t.y + y*t.scale }

// path is the outline of the region on the sheet, of elliptical arcs.
func (f face) path(sets []ellipse, t transform) svg.Attr {
	var p svg.Path
	for _, loop := range f.loops {
		for i, one := range loop {
			e, sweep := sets[one.set], 1.0
			from, to := one.ends()
			if one.back {
				sweep = 0
			}
			if i == 0 {
				x, y := t.point(e.at(from))
				p.Add('M', x, y)
			}
			far := 0.0
			if one.to-one.from > math.Pi {
				far = 1
			}
			x, y := t.point(e.at(to))
			p.Add('A', e.a*t.scale, e.b*t.scale, e.turn*180/math.Pi, far, sweep, x, y)
		}
		p.Add('Z')
	}
	return p.D()
}

// border samples the outline of the region on the sheet.
func (f face) border(sets []ellipse, t transform) [][2]float64 {
	const samples = 24
	var points [][2]float64
	for _, loop := range f.loops {
		for _, one := range loop {
			from, to := one.ends()
			for i := range samples {
				x, y := t.point(sets[one.set].at(from + (to-from)*float64(i)/samples))
				points = append(points, [2]float64{x, y})
			}
		}
	}
	return points
}
