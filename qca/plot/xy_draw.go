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
	s.Close("g")
	names := p.nameRegions(q, labels)
	unnamed := p.drawPoints(s, q, labels)
	s.hidden()
	for _, n := range names {
		n.write(s)
	}
	s.Close("g")
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
func (p *xyPlot) drawPoints(s *sheet, q xySquare, room *placer) (unnamed int) {
	s.stops = len(p.points) <= maxStops
	labels := p.labels(q, room)
	for i, point := range p.points {
		s.item(p.say(point))
		x, y := q.x(point.x), q.y(point.y)
		if labels[i].lines == nil {
			unnamed++
		} else {
			labels[i].draw(s, x, y)
		}
		mark(s, point.region, x, y, point.radius())
		s.Close("g")
	}
	return unnamed
}

// pointLabel is the cases of a point and where they are written; without lines
// there was no room.
type pointLabel struct {
	lines  []string
	at     box
	joined bool
}

// labels places the names of the points: first of those that call for a look.
func (p *xyPlot) labels(q xySquare, room *placer) []pointLabel {
	labels := make([]pointLabel, len(p.points))
	for _, region := range []string{inKind, notCovered, inRelevance, inDegree, onLine, typical, irrelevant} {
		for i, point := range p.points {
			if point.region != region {
				continue
			}
			l := pointLabel{lines: caseLines(point.cases, 0.45*q.side)}
			width := 0.0
			for _, line := range l.lines {
				width = max(width, svg.Width(line, smallSize))
			}
			var ok bool
			if l.at, l.joined, ok = room.beside(q.x(point.x), q.y(point.y), point.radius(), width, 15*float64(len(l.lines))); ok {
				labels[i] = l
			}
		}
	}
	return labels
}

// draw writes the label, and a line to its mark at x, y where it is apart.
func (l pointLabel) draw(s *sheet, x, y float64) {
	if l.joined {
		toX, toY := l.at.nearest(x, y)
		s.line(x, y, toX, toY, rule)
	}
	left, anchor := l.at.left, "start"
	if l.at.right <= x { // to the left of its mark
		left, anchor = l.at.right, "end"
	}
	for i, line := range l.lines {
		s.text(line, left, l.at.top+12+15*float64(i), append([]svg.Attr{svg.S("text-anchor", anchor), svg.N("font-size", smallSize)}, halo...)...)
	}
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
