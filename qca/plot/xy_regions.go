package plot

import "sir/qca/plot/svg"

// nameRegions writes the names where cases and the diagonal are rare, and
// keeps labels off them.
func (p *xyPlot) nameRegions(s *sheet, q xySquare, labels *placer) {
	aboveDiagonal, belowDiagonal := typical, inDegree
	upperLeft, lowerRight := notCovered, inKind
	if p.relation == Necessity {
		aboveDiagonal, belowDiagonal, upperLeft, lowerRight = inDegree, typical, inKind, inRelevance
	}
	middle, right, above, below := q.x(0.5)+5, q.left+q.side-5, q.y(0.5)-35, q.y(0.5)+3
	for _, n := range []regionName{
		{aboveDiagonal, middle, q.top + 3, 1, "start"},
		{belowDiagonal, right, above, -1, "end"},
		{upperLeft, q.left + 5, above, -1, "start"},
		{irrelevant, q.left + 5, below, 1, "start"},
		{lowerRight, right, below, 1, "end"},
	} {
		n.write(s, p.counts[n.region], q.side/5, labels)
	}
}

// regionName is where a region's name would best stand: at x, its lines below
// top, else further along in the direction.
type regionName struct {
	region    string
	x, top    float64
	direction float64
	anchor    string
}

func (n regionName) write(s *sheet, cases int, most float64, labels *placer) {
	lines := []string{n.region, counted(cases, "case")}
	width := max(svg.Width(lines[0], smallSize), svg.Width(lines[1], smallSize))
	best := n.room(width, most, labels)
	labels.take(best)
	for i, line := range lines {
		s.text(line, best.left, best.top+13+15*float64(i), svg.N("font-size", smallSize), svg.S("fill", muted))
	}
}

// room is the first free place of the width for two lines, within most of the
// best place; the best place itself where there is none.
func (n regionName) room(width, most float64, labels *placer) box {
	side := 1.0
	best := box{n.x, n.top, n.x + width, n.top + 32}
	if n.anchor == "end" {
		best.left, best.right, side = n.x-width, n.x, -1
	}
	for across := 0.0; across <= most; across += 8 {
		for along := 0.0; along <= most; along += 2 {
			dx, dy := side*across, n.direction*along
			if b := (box{best.left + dx, best.top + dy, best.right + dx, best.bottom + dy}); labels.free(b) {
				return b
			}
		}
	}
	return best
}
