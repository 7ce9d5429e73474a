package plot

import (
	"fmt"
	"math"
	"strings"

	"sir/qca/plot/svg"
)

const (
	xyLargest = 480 // side of the square at most
	xyInset   = 16  // from the frame to membership 0 and 1
	xyAxis    = 30  // room for the numbers at an axis
)

// xySquare is where the memberships lie on the sheet.
type xySquare struct{ left, top, side float64 }

func (q xySquare) x(v float64) float64 { return q.left + xyInset + v*(q.side-2*xyInset) }
func (q xySquare) y(v float64) float64 { return q.top + q.side - xyInset - v*(q.side-2*xyInset) }
func (q xySquare) frame() box          { return box{q.left, q.top, q.left + q.side, q.top + q.side} }

func (p *xyPlot) draw(s *sheet) {
	s.paragraph("Up: "+p.outcome, textSize, svg.S("aria-hidden", "true"))
	q := xySquare{left: edge + xyAxis, top: s.y + 8, side: min(s.width-2*edge-xyAxis, xyLargest)}
	labels := &placer{area: q.frame()}
	s.hidden()
	q.drawAxes(s)
	for _, point := range p.points {
		r := point.radius() + 1
		labels.take(around(q.x(point.x), q.y(point.y), 2*r, 2*r))
	}
	p.nameRegions(s, q, labels)
	s.Close("g")
	unnamed := p.drawPoints(s, q, labels)
	s.y = q.top + q.side + 20
	s.paragraph("Across: "+p.expression.String(), textSize, svg.S("aria-hidden", "true"))
	s.paragraph(p.figureWords, textSize)
	if unnamed > 0 {
		s.paragraph(fmt.Sprintf("No room for the names of %s: see the table.", counted(unnamed, "mark")), smallSize, svg.S("fill", muted))
	}
}

func (q xySquare) drawAxes(s *sheet) {
	s.Empty("rect", svg.N("x", q.left), svg.N("y", q.top), svg.N("width", q.side), svg.N("height", q.side), svg.S("fill", "none"), svg.S("stroke", rule))
	right, bottom := q.left+q.side, q.top+q.side
	s.line(q.x(0.5), q.top, q.x(0.5), bottom, rule, svg.S("stroke-dasharray", "4 3"))
	s.line(q.left, q.y(0.5), right, q.y(0.5), rule, svg.S("stroke-dasharray", "4 3"))
	s.line(q.left, bottom, right, q.top, ink)
	for _, v := range []float64{0, 0.5, 1} {
		s.centred(decimal(v), q.x(v), bottom+16, svg.N("font-size", smallSize))
		s.text(decimal(v), q.left-6, q.y(v)+4, svg.S("text-anchor", "end"), svg.N("font-size", smallSize))
	}
}

// drawPoints draws marks and, where there is room, their cases. It returns how
// many stay unnamed.
func (p *xyPlot) drawPoints(s *sheet, q xySquare, labels *placer) (unnamed int) {
	s.stops = len(p.points) <= maxStops
	for _, point := range p.points {
		s.item(p.say(point))
		x, y := q.x(point.x), q.y(point.y)
		if !p.label(s, labels, point, x, y, 0.45*q.side) {
			unnamed++
		}
		mark(s, point.region, x, y, point.radius())
		s.Close("g")
	}
	return unnamed
}

// label writes the point's cases beside it.
func (p *xyPlot) label(s *sheet, labels *placer, point xyPoint, x, y, most float64) bool {
	lines := caseLines(point.cases, most)
	width := 0.0
	for _, line := range lines {
		width = max(width, svg.Width(line, smallSize))
	}
	b, joined, ok := labels.beside(x, y, point.radius(), width, 15*float64(len(lines)))
	if !ok {
		return false
	}
	if joined {
		toX, toY := b.nearest(x, y)
		s.line(x, y, toX, toY, rule)
	}
	left, anchor := b.left, "start"
	if b.right <= x { // to the left of its mark
		left, anchor = b.right, "end"
	}
	for i, line := range lines {
		s.text(line, left, b.top+12+15*float64(i), append([]svg.Attr{svg.S("text-anchor", anchor), svg.N("font-size", smallSize)}, halo...)...)
	}
	return true
}

// caseLines writes ids in up to three lines; the last says how many more there are.
func caseLines(ids []string, width float64) []string {
	const shown = 24
	short := make([]string, 0, min(len(ids), shown))
	for _, id := range ids[:min(len(ids), shown)] {
		short = append(short, svg.Fit(svg.Clean(id), smallSize, width/1.6))
	}
	for n := len(short); n > 1; n-- {
		text := strings.Join(short[:n], ", ")
		if n < len(ids) {
			text += fmt.Sprintf(" and %d more", len(ids)-n)
		}
		if lines := svg.Wrap(text, smallSize, width, 4); len(lines) <= 3 {
			return lines
		}
	}
	if len(ids) > 1 {
		return []string{short[0], fmt.Sprintf("and %d more", len(ids)-1)}
	}
	return short
}

func (p *xyPlot) say(point xyPoint) string {
	one := "Case"
	if len(point.cases) > 1 {
		one = "Cases"
	}
	return fmt.Sprintf("%s %s: membership %s in the expression, %s in the outcome; %s", one, strings.Join(point.cases, ", "),
		decimal(point.x), decimal(point.y), point.region)
}

// radius grows with the number of cases.
func (p xyPoint) radius() float64 { return min(4+math.Sqrt(float64(len(p.cases)-1)), 9) }

// mark draws the shape of a region.
func mark(s *sheet, region string, x, y, r float64) {
	var path svg.Path
	fill, stroke := paper, ink
	switch region {
	case typical:
		fill, stroke = blue, paper
		s.Empty("circle", svg.N("cx", x), svg.N("cy", y), svg.N("r", r), svg.S("fill", fill), svg.S("stroke", stroke))
		return
	case inDegree:
		path.Add('M', x, y-r-1).Add('L', x+r+1, y).Add('L', x, y+r+1).Add('L', x-r-1, y).Add('Z')
	case inKind:
		fill, stroke = "none", plum
		path.Add('M', x-r, y-r).Add('L', x+r, y+r).Add('M', x-r, y+r).Add('L', x+r, y-r)
	case notCovered, inRelevance:
		path.Add('M', x, y-r-1).Add('L', x+r+1, y+r).Add('L', x-r-1, y+r).Add('Z')
	default:
		stroke = muted
		path.Add('M', x-r+1, y-r+1).Add('H', x+r-1).Add('V', y+r-1).Add('H', x-r+1).Add('Z')
	}
	s.Empty("path", path.D(), svg.S("fill", fill), svg.S("stroke", stroke), svg.N("stroke-width", 2))
}
