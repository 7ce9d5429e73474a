package plot

import "math"

// box is an upright rectangle.
type box struct{ left, top, right, bottom float64 }

func (b box) overlaps(other box) bool {
	return b.left < other.right && other.left < b.right && b.top < other.bottom && other.top < b.bottom
}

func (b box) within(other box) bool {
	return b.left >= other.left && b.right <= other.right && b.top >= other.top && b.bottom <= other.bottom
}

// around is the box of a size with its middle at a point.
func around(x, y, width, height float64) box {
	return box{x - width/2, y - height/2, x + width/2, y + height/2}
}

// placer finds room for labels: inside the area, clear of what is taken, and
// where Allowed is given, only where it allows.
type placer struct {
	area    box
	taken   []box
	allowed func(box) bool
}

func (p *placer) free(b box) bool {
	if !b.within(p.area) {
		return false
	}
	for _, other := range p.taken {
		if b.overlaps(other) {
			return false
		}
	}
	return p.allowed == nil || p.allowed(b)
}

// take keeps others off the box.
func (p *placer) take(b box) { p.taken = append(p.taken, b) }

// beside takes the first free box of the size near a mark of a radius: close by
// on each side, then further out, where a line has to join them.
func (p *placer) beside(x, y, radius, width, height float64) (b box, joined, ok bool) {
	for _, gap := range []float64{3, 14, 26, 40, 56} {
		for _, direction := range [][2]float64{{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {-1, -1}, {1, 1}, {-1, 1}} {
			dx, dy := direction[0], direction[1]
			away := radius + gap
			if dx != 0 && dy != 0 {
				away *= math.Sqrt2 / 2
			}
			b, joined = around(x+dx*(away+width/2), y+dy*(away+height/2), width, height), gap > 3
			if p.free(b) && (!joined || p.joins(x, y, b)) {
				p.take(b)
				return b, joined, true
			}
		}
	}
	return box{}, false, false
}

// joins takes the way from a mark to a box, unless something but the mark is on it.
func (p *placer) joins(x, y float64, b box) bool {
	const every = 3
	toX, toY := b.nearest(x, y)
	steps := math.Ceil(math.Hypot(toX-x, toY-y) / every)
	var way []box
	for i := range int(steps) {
		share := float64(i) / steps
		dot := around(x+(toX-x)*share, y+(toY-y)*share, 1, 1)
		for _, other := range p.taken {
			if dot.overlaps(other) && !around(x, y, 1, 1).overlaps(other) {
				return false
			}
		}
		way = append(way, dot)
	}
	p.taken = append(p.taken, way...)
	return true
}

// nearest is the point of the box that is nearest to a point.
func (b box) nearest(x, y float64) (float64, float64) {
	return min(max(x, b.left), b.right), min(max(y, b.top), b.bottom)
}
