package plot

import (
	"fmt"
	"math"

	"sir/qca"
	"sir/qca/plot/svg"
)

const (
	vennLargest = 560 // width of the diagram at most
	vennSide    = 30  // kept free of sets on each side, for labels
)

func (v *vennDiagram) draw(s *sheet) {
	s.stops = true // 32 at most
	v.patterns(s)
	sets := vennSets(len(v.conditions))
	t, frame := v.fit(s, sets)
	ground := &placer{area: frame, allowed: clear(sets, t)}
	byMask := make(map[int]qca.Row, len(v.rows))
	for _, row := range v.rows {
		byMask[mask(row)] = row
	}
	v.outer(s, byMask[0], frame, ground)
	regions := faces(sets)
	for _, f := range regions {
		v.region(s, f, byMask[f.mask], sets, t)
	}
	s.hidden()
	for _, e := range sets {
		s.Empty("ellipse", svg.N("rx", e.a*t.scale), svg.N("ry", e.b*t.scale), svg.S("fill", "none"), svg.S("stroke", ink), svg.N("stroke-width", 1.5),
			svg.S("transform", fmt.Sprintf("translate(%s %s) rotate(%s)", svg.Number(t.x+e.x*t.scale), svg.Number(t.y+e.y*t.scale), svg.Number(e.turn*180/math.Pi))))
	}
	keys := v.names(s, sets, t, ground)
	labels, missing := v.labels(regions, byMask, sets, t, ground)
	for _, l := range labels {
		l.join(s)
	}
	for _, l := range labels {
		l.draw(s)
	}
	s.Close("g")
	s.y = frame.bottom + 8
	for _, key := range keys {
		s.paragraph(key, textSize, svg.S("aria-hidden", "true"))
	}
	v.legend(s, missing)
}

// fit chooses the scale that lets the sets fill the width, and the frame.
func (v *vennDiagram) fit(s *sheet, sets []ellipse) (transform, box) {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, e := range sets {
		for i := range 360 {
			x, y := e.at(float64(i) * math.Pi / 180)
			b = box{min(b.left, x), min(b.top, y), max(b.right, x), max(b.bottom, y)}
		}
	}
	width := min(s.width-2*edge, vennLargest)
	t := transform{scale: (width - 2*vennSide) / max(b.right-b.left, b.bottom-b.top)}
	const above, below = 34, 44 // for names, and for the region outside all sets
	height := (b.bottom-b.top)*t.scale + above + below
	t.x = s.width/2 - (b.left+b.right)/2*t.scale
	t.y = s.y + 4 + above - b.top*t.scale
	return t, box{edge, s.y + 4, s.width - edge, s.y + 4 + height}
}

// outer draws the region outside all sets: the frame.
func (v *vennDiagram) outer(s *sheet, row qca.Row, frame box, ground *placer) {
	s.item(v.say(row))
	rect := []svg.Attr{svg.N("x", frame.left), svg.N("y", frame.top), svg.N("width", frame.right-frame.left), svg.N("height", frame.bottom-frame.top)}
	s.Empty("rect", append(rect, v.fill(s, row), svg.S("stroke", rule))...)
	text := fmt.Sprintf("row %d, none of them", row.Number)
	if row.N > 0 {
		text += fmt.Sprintf(": n = %d", row.N)
	}
	ground.take(box{frame.left, frame.bottom - 24, frame.left + 16 + svg.Width(text, smallSize), frame.bottom})
	s.text(text, frame.left+8, frame.bottom-8, append([]svg.Attr{svg.N("font-size", smallSize)}, halo...)...)
	s.Close("g")
}

func (v *vennDiagram) region(s *sheet, f face, row qca.Row, sets []ellipse, t transform) {
	s.item(v.say(row))
	s.Empty("path", f.path(sets, t), v.fill(s, row))
	s.Close("g")
}

// names writes each condition's name outside its set, or a letter that the
// lines returned explain.
func (v *vennDiagram) names(s *sheet, sets []ellipse, t transform, ground *placer) (keys []string) {
	for i, name := range v.conditions {
		shown := svg.Fit(svg.Clean(name), textSize, 150)
		if !v.name(s, shown, i, sets, t, ground) {
			letter := string(rune('A' + i))
			v.name(s, letter, i, sets, t, ground)
			keys = append(keys, letter+" = "+name)
		}
	}
	return keys
}

// name writes text next to the part of an outline that is furthest out.
func (v *vennDiagram) name(s *sheet, text string, set int, sets []ellipse, t transform, ground *placer) bool {
	width := svg.Width(text, textSize)*1.06 + 6
	far, angle := 0.0, 0.0
	for i := range 360 {
		x, y := sets[set].at(float64(i) * math.Pi / 180)
		if d := math.Hypot(x, y); d > far+1e-9 && inside(sets, x, y)&^(1<<set) == 0 {
			far, angle = d, math.Atan2(y, x)
		}
	}
	for away := 0.0; away < 70; away += 4 {
		for _, turn := range []float64{0, 0.08, -0.08, 0.16, -0.16, 0.24, -0.24} {
			// A box is further off where it is wide: its middle moves with it.
			cos, sin := math.Cos(angle+turn), math.Sin(angle+turn)
			x, y := t.x+(far*t.scale+away+8)*cos+width/2*cos, t.y+(far*t.scale+away+8)*sin+6*sin
			if b := around(x, y, width, 18); ground.free(b) {
				ground.take(b)
				s.centred(text, x, y+5, append([]svg.Attr{svg.S("font-weight", "bold")}, halo...)...)
				return true
			}
		}
	}
	return false
}

// join draws the line from a region to a text outside it.
func (l *vennLabel) join(s *sheet) {
	if !l.outside {
		return
	}
	x, y := l.box().nearest(l.fromX, l.fromY)
	s.line(l.fromX, l.fromY, x, y, ink)
	s.Empty("circle", svg.N("cx", l.fromX), svg.N("cy", l.fromY), svg.N("r", 2), svg.S("fill", ink))
}

func (l *vennLabel) draw(s *sheet) {
	top := l.y - float64(len(l.lines)-1)*vennLine/2
	for i, line := range l.lines {
		s.centred(line, l.x, top+vennLine*float64(i)+4.5, append([]svg.Attr{svg.N("font-size", smallSize)}, halo...)...)
	}
}

// vennFills are the outputs' shades: a colour and the lines on it.
var vennFills = []struct {
	output qca.Output
	name   string
	paper  string
	lines  string
	colour string
}{
	{qca.Positive, "positive", "#cfe0f3", "M-2 2L2 -2M0 10L10 0M8 12L12 8", "#7fa9d6"},
	{qca.Negative, "negative", "#e8edee", "M5 4V6", "#8a979f"},
	{qca.Contradiction, "contradiction", "#ffe9a8", "M0 0L10 10M10 0L0 10", "#b58900"},
}

func (v *vennDiagram) patterns(s *sheet) {
	s.Open("defs")
	for _, f := range vennFills {
		s.Open("pattern", svg.S("id", s.ID+"-"+f.name), svg.N("width", 10), svg.N("height", 10), svg.S("patternUnits", "userSpaceOnUse"))
		s.Empty("rect", svg.N("width", 10), svg.N("height", 10), svg.S("fill", f.paper))
		s.Empty("path", svg.S("d", f.lines), svg.S("stroke", f.colour), svg.N("stroke-width", 1.5))
		s.Close("pattern")
	}
	s.Close("defs")
}

// fill is the shade of a row; remainders are left white.
func (v *vennDiagram) fill(s *sheet, row qca.Row) svg.Attr {
	for _, f := range vennFills {
		if f.output == row.Output {
			return svg.S("fill", "url(#"+s.ID+"-"+f.name+")")
		}
	}
	return svg.S("fill", paper)
}

// legend explains the shades that occur, and the labels.
func (v *vennDiagram) legend(s *sheet, missing int) {
	s.hidden()
	for _, output := range []qca.Output{qca.Positive, qca.Negative, qca.Contradiction, qca.Remainder} {
		rows, cases := 0, 0
		for _, row := range v.rows {
			if row.Output == output {
				rows, cases = rows+1, cases+row.N
			}
		}
		if rows == 0 {
			continue
		}
		s.Empty("rect", svg.N("x", edge+1), svg.N("y", s.y+2), svg.N("width", 26), svg.N("height", 18), v.fill(s, qca.Row{Output: output}), svg.S("stroke", rule))
		s.text(fmt.Sprintf("output %s: %s, %s", outputWords[output], counted(rows, "row"), counted(cases, "case")), edge+36, s.y+16, svg.N("font-size", smallSize))
		s.y += 25
	}
	s.Close("g")
	s.paragraph("12: 3 or n = 3 means 3 cases in row 12; a number alone is a row without cases.", smallSize, svg.S("fill", muted), svg.S("aria-hidden", "true"))
	if missing > 0 {
		s.paragraph(fmt.Sprintf("Too small for a label: %s. See the table.", counted(missing, "region")), smallSize, svg.S("fill", muted))
	}
}
