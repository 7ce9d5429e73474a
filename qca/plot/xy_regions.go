package plot

import "sir/qca/plot/svg"

// nameRegions writes the names where cases and the diagonal are rare, and
// keeps labels off them.
func (p *xyPlot) nameRegions(q xySquare, labels *placer) (names []regionName) {
	aboveDiagonal, belowDiagonal := typical, inDegree
	upperLeft, lowerRight := notCovered, inKind
	if p.relation == Necessity {
		aboveDiagonal, belowDiagonal, upperLeft, lowerRight = inDegree, typical, inKind, inRelevance
	}
	middle, right, above, below := q.x(0.5)+5, q.left+q.side-5, q.y(0.5)-35, q.y(0.5)+3
	for _, n := range []regionName{
		{region: aboveDiagonal, x: middle, top: q.top + 3, direction: 1, anchor: "start"},
		{region: belowDiagonal, x: right, top: above, direction: -1, anchor: "end"},
		{region: upperLeft, x: q.left + 5, top: above, direction: -1, anchor: "start"},
		{region: irrelevant, x: q.left + 5, top: below, direction: 1, anchor: "start"},
		{region: lowerRight, x: right, top: below, direction: 1, anchor: "end"},
	} {
		n.place(p.counts[n.region], q.side/5, labels)
		names = append(names, n)
	}
	return names
}

// regionName is where a region's name would best stand: at x, its lines below
// top, else further along in the direction.
type regionName struct {
	region    string
	x, top    float64
	direction float64
	anchor    string

	lines []string
	at    box
}

// place finds the name's place and keeps labels off it.
func (n *regionName) place(cases int, most float64, labels *placer) {
	n.lines = []string{n.region, counted(cases, "case")}
	width := max(svg.Width(n.lines[0], smallSize), svg.Width(n.lines[1], smallSize))
	n.at = n.room(width, most, labels)
	labels.take(n.at)
}

func (n *regionName) write(s *sheet) {
	for i, line := range n.lines {
		s.text(line, n.at.left, n.at.top+13+15*float64(i), append([]svg.Attr{svg.N("font-size", smallSize), svg.S("fill", muted)}, halo...)...)
	}
}

// room is the first free place of the width for two lines, within most of the
// best place; the best place itself where there is none.
func (n *regionName) room(width, most float64, labels *placer) box {
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
