package chart

import (
	"math"
	"slices"
	"strings"
)

func (sc SCurve) draw() []byte {
	p := sc.plan()
	c := &canvas{buf: make([]byte, 0, 8192+sc.columns()*(500+60*len(sc.Curves)))}
	y := sc.begin(c, p.height, sc.describe())
	c.openGroup(s("aria-hidden", "true"))
	p.legend.draw(c, y)
	p.drawAxes(c)
	for _, i := range p.bright {
		p.drawBand(c, sc.Curves[i])
	}
	p.drawTarget(c)
	for i, curve := range sc.Curves {
		if !slices.Contains(p.bright, i) {
			c.stroke(contextLine, p.curvePath(curve.Values))
		}
	}
	for rank, i := range p.bright {
		look := seriesStyles[rank]
		c.empty("path", s("class", look.class), s("d", p.curvePath(sc.Curves[i].Values)), s("fill", "none"), s("stroke", look.colour),
			n("stroke-width", 2.5), s("stroke-linejoin", "round"), s("stroke-linecap", "round"))
	}
	p.nameSteps(c)
	p.drawEnds(c)
	c.close("g")
	for i := range sc.columns() {
		p.drawColumn(c, i)
	}
	sc.end(c, p.height)
	return c.buf
}

func (p scurvePlan) drawAxes(c *canvas) {
	drawLevels(c, p.y, p.Unit, p.left, p.right)
	if len(p.Elapsed) == 0 {
		drawTimeAxis(c, p.Periods, p.slotWidth, p.left, p.bottom)
		return
	}
	used := math.Inf(-1)
	for i, at := range p.Elapsed {
		text := plain(float64(at), 0)
		if half := textWidth(text, smallSize)/2 + 5; p.xs[i]-half >= used {
			axisText(c, text, p.xs[i], p.bottom+19)
			used = p.xs[i] + half
		}
	}
	text, _ := fit(sentence(p.elapsedUnit()), smallSize, p.right-p.left)
	axisText(c, text, (p.left+p.right)/2, p.bottom+39)
}

// next reports whether a column follows the one before without a gap.
func (p scurvePlan) next(i int) bool {
	return len(p.Elapsed) > 0 || p.Periods[i-1].Next() == p.Periods[i]
}

// curvePath joins neighbouring known values.
func (p scurvePlan) curvePath(values []Value) string {
	var d pathData
	for i, v := range values {
		if !v.known {
			continue
		}
		tied := i > 0 && values[i-1].known && p.next(i)
		if tied {
			d.add('L', p.xs[i], p.y.at(v.number))
			continue
		}
		d.add('M', p.xs[i], p.y.at(v.number))
		if i+1 == len(values) || !values[i+1].known || !p.next(i+1) {
			d.add('h', 0)
		}
	}
	return d.String()
}

// drawBand fills between the bounds, over each stretch of columns where both are known; its edges are dotted, so that it
// can be seen without colour.
func (p scurvePlan) drawBand(c *canvas, curve Curve) {
	for from := 0; from < len(curve.Low); {
		to := from
		for to < len(curve.Low) && curve.Low[to].known && curve.High[to].known && (to == from || p.next(to)) {
			to++
		}
		if to == from {
			from++
			continue
		}
		var area, low, high pathData
		for i := from; i < to; i++ {
			step(&area, i == from, p.xs[i], p.y.at(curve.High[i].number))
			step(&high, i == from, p.xs[i], p.y.at(curve.High[i].number))
			step(&low, i == from, p.xs[i], p.y.at(curve.Low[i].number))
		}
		for i := to - 1; i >= from; i-- {
			step(&area, false, p.xs[i], p.y.at(curve.Low[i].number))
		}
		area.WriteByte('z')
		c.empty("path", s("class", bandPatch.class), s("d", area.String()), s("fill", "#d8dde0"), s("fill-opacity", "0.6"))
		c.stroke(bandEdge, low.String()+high.String())
		from = to
	}
}

func step(d *pathData, first bool, x, y float64) {
	command := byte('L')
	if first {
		command = 'M'
	}
	d.add(command, x, y)
}

// drawTarget draws a level for each column, stepped where the target changes.
func (p scurvePlan) drawTarget(c *canvas) {
	var d pathData
	for i, v := range p.Targets {
		if !v.known {
			continue
		}
		y := p.y.at(v.number)
		switch {
		case i == 0 || !p.Targets[i-1].known:
			d.add('M', p.edge(i), y)
		case p.Targets[i-1] != v:
			d.add('V', y)
		}
		d.add('H', p.edge(i+1))
	}
	c.stroke(targetLine, d.String())
}

// halo writes bold text that stays readable over lines.
func (c *canvas) halo(text string, x, y float64) {
	c.element("text", text, n("x", x), n("y", y), n("font-size", smallSize), s("font-weight", "bold"), s("stroke", "#ffffff"),
		n("stroke-width", 3), s("paint-order", "stroke"))
}

// edge is where column i begins.
func (p scurvePlan) edge(i int) float64 {
	switch {
	case i == 0:
		return p.left
	case i >= len(p.xs):
		return p.right
	}
	return (p.xs[i-1] + p.xs[i]) / 2
}

func (p scurvePlan) drawEnds(c *canvas) {
	if p.labelWidth == 0 {
		return
	}
	drawEndLabels(c, p.ends(), p.y, p.right, p.labelWidth, p.lineGap)
}

// drawEndLabels writes names beside the ends of lines, moved apart where they lie close and then tied to the end by a
// hairline.
func drawEndLabels(c *canvas, ends []endLabel, scale scale, right, width, gap float64) {
	ys := make([]float64, len(ends))
	for i, end := range ends {
		ys[i] = scale.at(end.value)
	}
	for i, y := range spread(ys, gap, scale.to, scale.from) {
		x := right + 8
		if math.Abs(y-ys[i]) > 2 {
			c.empty("path", s("d", new(pathData).add('M', right, ys[i]).add('L', x, y).String()), s("stroke", rule))
		}
		weight := "normal"
		if end := ends[i]; end.style != nil {
			c.marker(*end.style, x+7, y, 5, "")
			weight = "bold"
		} else if end.colour == ink {
			weight = "bold"
		}
		text, cut := fit(ends[i].text, smallSize*boldness, width)
		c.tag("text", []attr{n("x", x+endMark), n("y", y+4.5), n("font-size", smallSize), s("fill", ends[i].colour), s("font-weight", weight)})
		c.raw(">")
		if cut {
			c.element("title", ends[i].text)
		}
		c.escape(text)
		c.close("text")
	}
}

// drawColumn draws the points and oddities of one column, and makes it a stop when there are not too many.
func (p scurvePlan) drawColumn(c *canvas, i int) {
	it := item{label: p.sayColumn(i), stop: p.columns() <= maxStops}
	c.openItem(it)
	c.hit(p.edge(i), p.top-8, p.edge(i+1)-p.edge(i), p.bottom-p.top+8)
	c.openGroup(s("aria-hidden", "true"))
	width := p.edge(i+1) - p.edge(i)
	for rank, k := range p.bright {
		curve := p.Curves[k]
		if v := curve.Values[i]; v.known && (width >= 9 || i == lastKnown(curve.Values)) {
			c.marker(seriesStyles[rank], p.xs[i], p.y.at(v.number), 4.2, phrase(curve.Name)+", "+p.columnName(i)+": "+p.say(v))
		}
		p.drawOddities(c, curve, i)
	}
	p.drawValues(c, i)
	c.close("g")
	c.closeItem(it)
}

func (p scurvePlan) drawOddities(c *canvas, curve Curve, i int) {
	for _, place := range p.oddityPlaces(curve, i) {
		c.letter(oddities[place.kind].letter, place.x, place.y)
	}
}

// oddityPlace is the middle of the letter of an oddity.
type oddityPlace struct {
	kind OddityKind
	x, y float64
}

func (p scurvePlan) oddityPlaces(curve Curve, i int) (places []oddityPlace) {
	at := 0.0
	for _, odd := range curve.Oddities {
		if odd.At != i {
			continue
		}
		y := p.bottom - 14
		if v := curve.Values[i]; v.known {
			y = p.y.at(v.number)
		}
		if y += 20 + at; y > p.bottom-10 {
			y -= 40 + 2*at
		}
		places = append(places, oddityPlace{odd.Kind, min(max(p.xs[i], 11), p.Layout.width()-11), y})
		at += 18
	}
	return places
}

// letter draws a letter in a box: the mark of an oddity.
func (c *canvas) letter(letter string, x, y float64) {
	c.empty("rect", s("class", "sir-chart__note"), n("x", x-8), n("y", y-8), n("width", 16), n("height", 16), n("rx", 3), s("fill", "#fff9c4"), s("stroke", ink))
	c.element("text", letter, n("x", x), n("y", y+4.7), n("font-size", smallSize), s("font-weight", "bold"), s("text-anchor", "middle"))
}

// drawValues writes the numbers of the highlighted curves beside their points, hidden until chart.css shows them.
func (p scurvePlan) drawValues(c *canvas, i int) {
	var known []endLabel
	for rank, k := range p.bright {
		if v := p.Curves[k].Values[i]; v.known {
			known = append(known, endLabel{text: p.say(v), colour: seriesStyles[rank].colour, value: v.number})
		}
	}
	writeValues(c, known, p.y, p.xs[i], (p.left+p.right)/2)
}

// sayColumn is the accessible name of a column: the highlighted curves, the range of the others, and the target.
func (p scurvePlan) sayColumn(i int) string {
	var parts []string
	for _, k := range p.bright {
		curve := p.Curves[k]
		text := phrase(curve.Name) + " " + phrase(p.say(curve.Values[i]))
		if len(curve.Low) > 0 && curve.Low[i].known && curve.High[i].known && curve.Low[i] != curve.High[i] {
			text += " (possible " + p.say(curve.Low[i]) + " to " + p.say(curve.High[i]) + ")"
		}
		if notes := curve.notesAt(i); notes != "" {
			text += ", " + phrase(notes)
		}
		parts = append(parts, text)
	}
	var others []Value
	for k, curve := range p.Curves {
		if !slices.Contains(p.bright, k) {
			others = append(others, curve.Values[i])
		}
	}
	if lo, hi, ok := extent(others); ok {
		parts = append(parts, "others "+p.say(Number(lo))+" to "+p.say(Number(hi)))
	}
	if len(p.Targets) > 0 && p.Targets[i].known {
		parts = append(parts, strings.ToLower(phrase(p.targetLabel()))+" "+p.say(p.Targets[i]))
	}
	return p.columnName(i) + ": " + strings.Join(parts, ", ")
}
