package plot

import (
	"fmt"
	"math"

	"sir/qca"
	"sir/qca/plot/svg"
)

// vennLabel is where the text of a region stands.
type vennLabel struct {
	lines []string
	x, y  float64 // middle of the text
	// A text outside its region is joined to a point in it.
	outside      bool
	fromX, fromY float64
}

const vennLine = 15 // height of a line of a label

// labelForms are the texts of a region, from the fullest to the shortest.
func labelForms(row qca.Row) [][]string {
	short := fmt.Sprint(row.Number)
	if row.N == 0 {
		return [][]string{{short}}
	}
	return [][]string{{"row " + short, fmt.Sprintf("n = %d", row.N)}, {fmt.Sprintf("%s: %d", short, row.N)}}
}

func formSize(lines []string) (width, height float64) {
	for _, line := range lines {
		width = max(width, svg.Width(line, smallSize)+4)
	}
	return width, vennLine*float64(len(lines)) - 2
}

// labels finds room for every region's text: the fullest form that fits inside
// it, else the shortest on the free ground outside. It returns how many have
// no room.
func (v *vennDiagram) labels(regions []face, rows map[int]qca.Row, sets []ellipse, t transform, ground *placer) (list []vennLabel, missing int) {
	var tight []vennLabel
	for _, f := range regions {
		l, fits := v.within(f, rows[f.mask], sets, t)
		if !fits {
			tight = append(tight, l)
			continue
		}
		ground.take(l.box())
		list = append(list, l)
	}
	for _, l := range tight {
		if l.moveOut(t, ground) {
			list = append(list, l)
		} else {
			missing++
		}
	}
	return list, missing
}

// within finds the place where a region's text has most room, and whether it
// has enough.
func (v *vennDiagram) within(f face, row qca.Row, sets []ellipse, t transform) (l vennLabel, fits bool) {
	border := f.border(sets, t)
	in := func(x, y float64) bool { return inside(sets, (x-t.x)/t.scale, (y-t.y)/t.scale) == f.mask }
	for _, lines := range labelForms(row) {
		width, height := formSize(lines)
		x, y, room := roomiest(border, in, width, height)
		if l = (vennLabel{lines: lines, x: x, y: y, fromX: x, fromY: y}); room >= 1 {
			return l, true
		}
	}
	return l, false
}

// moveOut finds free ground outside all sets that a line can reach without
// crossing another label, or failing that, any free ground.
func (l *vennLabel) moveOut(t transform, ground *placer) bool {
	l.outside = true
	start, from := math.Atan2(l.fromY-t.y, l.fromX-t.x), math.Hypot(l.fromX-t.x, l.fromY-t.y)
	for _, straight := range []bool{true, false} {
		for away := from; away < 2.2*t.scale; away += 4 {
			for _, turn := range []float64{0, 0.08, -0.08, 0.16, -0.16, 0.24, -0.24, 0.36, -0.36, 0.5, -0.5} {
				l.x, l.y = t.x+away*math.Cos(start+turn), t.y+away*math.Sin(start+turn)
				if b := l.box(); ground.free(b) && (!straight || ground.joins(l.fromX, l.fromY, b)) {
					ground.take(b)
					return true
				}
			}
		}
	}
	return false
}

func (l *vennLabel) box() box {
	width, height := formSize(l.lines)
	return around(l.x, l.y, width+4, height+3)
}

// roomiest is the point of a region at which a text has most room: 1 or more
// where a text of the size fits.
func roomiest(border [][2]float64, in func(x, y float64) bool, width, height float64) (atX, atY, room float64) {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, p := range border {
		b = box{min(b.left, p[0]), min(b.top, p[1]), max(b.right, p[0]), max(b.bottom, p[1])}
	}
	const steps = 40
	for i := 1; i < steps; i++ {
		for j := 1; j < steps; j++ {
			x, y := b.left+(b.right-b.left)*float64(j)/steps, b.top+(b.bottom-b.top)*float64(i)/steps
			if !in(x, y) {
				continue
			}
			least := math.Inf(1)
			for _, p := range border {
				if least = min(least, max(2*math.Abs(p[0]-x)/width, 2*math.Abs(p[1]-y)/height)); least <= room {
					break
				}
			}
			if least > room {
				atX, atY, room = x, y, least
			}
		}
	}
	return atX, atY, room
}

// clear allows boxes that no set touches.
func clear(sets []ellipse, t transform) func(box) bool {
	return func(b box) bool {
		const steps = 6
		for i := range steps + 1 {
			for j := range steps + 1 {
				x, y := b.left+(b.right-b.left)*float64(i)/steps, b.top+(b.bottom-b.top)*float64(j)/steps
				if inside(sets, (x-t.x)/t.scale, (y-t.y)/t.scale) != 0 {
					return false
				}
			}
		}
		return true
	}
}
