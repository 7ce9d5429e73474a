package chart

import (
	"strconv"
	"strings"
)

func (cc ControlChart) draw() []byte {
	p := cc.plan()
	c := &canvas{buf: make([]byte, 0, 4096+900*len(cc.Points))}
	y := cc.begin(c, p.height, cc.describe())
	c.openGroup(s("aria-hidden", "true"))
	p.legend.draw(c, y)
	p.drawAxes(c)
	for _, l := range controlLines {
		c.stroke(l.look, p.linePath(l.value))
	}
	p.drawTargets(c)
	p.drawBreaks(c)
	c.stroke(controlValueLine, p.valuePath())
	p.drawEnds(c)
	c.close("g")
	stops := p.stops()
	for i := range cc.Points {
		p.drawPoint(c, i, stops[i])
	}
	p.drawSettings(c)
	cc.end(c, p.height)
	return c.buf
}

func (p controlPlan) drawAxes(c *canvas) {
	drawLevels(c, p.y, p.Unit, p.left, p.right)
	drawDateAxis(c, p.x, p.bottom)
}

// drawLevels draws the ticks of a vertical scale with their lines.
func drawLevels(c *canvas, y scale, unit string, left, right float64) {
	for _, t := range y.ticks {
		at, colour := y.at(t), grid
		if t == 0 {
			colour = rule
		}
		c.empty("path", s("class", "sir-chart__grid"), s("d", horizontal(at, left, right)), s("stroke", colour))
		c.element("text", y.tick(t, unit), n("x", left-6), n("y", at+4.5), n("font-size", smallSize), s("fill", muted), s("text-anchor", "end"))
	}
}

// edge is where the stretch of point i begins: half-way from the point before.
func (p controlPlan) edge(i int) float64 {
	switch {
	case i == 0:
		return p.left
	case i >= len(p.xs):
		return p.right
	}
	return (p.xs[i-1] + p.xs[i]) / 2
}

func (p controlPlan) breaksAt(i int) bool {
	for _, b := range p.Breaks {
		if b.At == i {
			return true
		}
	}
	return false
}

// linePath is a level for each point, stepped where it changes and open where a stretch ends. What lies off the axis is
// not drawn; its end is still named.
func (p controlPlan) linePath(value func(ControlPoint) Value) string {
	var d pathData
	drawn := false // whether the line reached the edge of this point
	for i, point := range p.Points {
		v := value(point)
		if !v.known || v.number < p.y.lo || v.number > p.y.hi {
			drawn = false
			continue
		}
		y, from, to := p.y.at(v.number), p.edge(i), p.edge(i+1)
		switch {
		case p.breaksAt(i):
			d.add('M', from+2, y)
		case !drawn:
			d.add('M', from, y)
		case value(p.Points[i-1]) != v:
			d.add('V', y)
		}
		if p.breaksAt(i + 1) {
			to -= 2
		}
		if i+1 == len(p.Points) || p.breaksAt(i+1) || value(p.Points[i+1]) != v {
			d.add('H', to)
		}
		drawn = true
	}
	return d.String()
}

func (p controlPlan) drawTargets(c *canvas) {
	var d pathData
	for i, step := range p.Targets {
		from, to := max(p.left, p.x.at(step.From)), p.right
		if i+1 < len(p.Targets) {
			to = min(to, p.x.at(p.Targets[i+1].From))
		}
		if to <= p.left || from >= p.right {
			continue
		}
		command := byte('M')
		if d.Len() > 0 {
			command = 'L'
		}
		d.add(command, from, p.y.at(step.Value)).add('H', to)
	}
	c.stroke(controlTarget, d.String())
	var plan pathData
	for _, v := range p.Trajectory {
		if x := p.x.at(v.Date); x >= p.left && x <= p.right {
			command := byte('L')
			if plan.Len() == 0 {
				command = 'M'
			}
			plan.add(command, x, p.y.at(v.Value))
		}
	}
	c.stroke(trajectoryLine, plan.String())
}

// drawBreaks draws an upright where limits are computed anew, with the reason on the side that has more room.
func (p controlPlan) drawBreaks(c *canvas) {
	for i, b := range p.Breaks {
		x, left, right := p.edge(b.At), 0.0, p.Layout.width()
		if i > 0 {
			left = p.edge(p.Breaks[i-1].At)
		}
		if i+1 < len(p.Breaks) {
			right = p.edge(p.Breaks[i+1].At)
		}
		c.stroke(breakLine, vertical(x, p.breakY-12, p.bottom))
		anchor, at, room := "start", x+4, right-x-8
		if i == 0 && x-left > right-x {
			anchor, at, room = "end", x-4, x-left-8
		}
		if room > 24 {
			c.label(b.Reason, room, n("x", at), n("y", p.breakY), n("font-size", smallSize), s("text-anchor", anchor))
		}
	}
}

// valuePath joins neighbours; a gap and a point that is left out break the line.
func (p controlPlan) valuePath() string {
	var d pathData
	joined := false
	for i, point := range p.Points {
		if !point.Value.known || point.Class == Excluded {
			joined = false
			continue
		}
		command := byte('L')
		if !joined {
			command = 'M'
		}
		d.add(command, p.xs[i], p.y.at(point.Value.number))
		joined = true
	}
	return d.String()
}

func (p controlPlan) drawEnds(c *canvas) {
	if p.labelWidth == 0 {
		return
	}
	ends := p.ends()
	ys := make([]float64, len(ends))
	for i, end := range ends {
		ys[i] = min(max(p.y.at(end.value), p.top), p.bottom)
	}
	for i, y := range spread(ys, 16, p.top, p.bottom) {
		text, _ := fit(ends[i].text, smallSize*boldness, p.labelWidth)
		c.element("text", text, n("x", p.right+6), n("y", y+4.5), n("font-size", smallSize), s("fill", ends[i].colour), s("font-weight", "bold"))
	}
}

// stops are the points that the keyboard visits: all of a short series, else those that stand out, the latest first.
func (p controlPlan) stops() []bool {
	stops, count := make([]bool, len(p.Points)), 0
	for i := len(p.Points) - 1; i >= 0 && count < maxStops; i-- {
		outstanding := i == len(p.Points)-1 || p.Points[i].Class != CommonCause || p.notesAt(i) != ""
		if len(p.Points) <= maxStops || outstanding {
			stops[i] = true
			count++
		}
	}
	return stops
}

func (p controlPlan) drawPoint(c *canvas, i int, stop bool) {
	point, x, from := p.Points[i], p.xs[i], p.edge(i)
	it := item{label: p.sayPoint(i), stop: stop}
	c.openItem(it)
	c.hit(from, p.top-4, p.edge(i+1)-from, p.bottom-p.top+4)
	c.openGroup(s("aria-hidden", "true"))
	if v := point.Value; v.known {
		look, width := point.mark()
		size := 1.0
		if len(p.Points) > 90 || p.Layout == Narrow && len(p.Points) > 30 {
			size = 0.75
		}
		y := p.y.at(v.number)
		c.marker(look, x, y, width*size, p.label(point)+": "+p.say(v))
		p.drawValue(c, p.say(v), x, y)
	}
	p.drawNumbers(c, i)
	c.close("g")
	c.closeItem(it)
}

func (p controlPlan) label(point ControlPoint) string { return phrase(point.label()) }

// drawValue writes the number by the point, hidden until chart.css shows it.
func (p controlPlan) drawValue(c *canvas, text string, x, y float64) {
	half := textWidth(text, smallSize*boldness)/2 + 2
	y -= 11
	if y < p.top+12 {
		y += 28
	}
	c.element("text", text, s("class", "sir-chart__value"), s("visibility", "hidden"), n("x", min(max(x, half), p.Layout.width()-half)), n("y", y),
		n("font-size", smallSize), s("font-weight", "bold"), s("text-anchor", "middle"), s("stroke", "#ffffff"),
		n("stroke-width", 3), s("paint-order", "stroke"))
}

// drawNumbers draws the numbers of a point's notes over the plot, tied to the point.
func (p controlPlan) drawNumbers(c *canvas, i int) {
	var numbers []string
	for k, a := range p.Annotations {
		if a.At == i {
			numbers = append(numbers, strconv.Itoa(k+1))
		}
	}
	if len(numbers) == 0 {
		return
	}
	text, _ := fit(strings.Join(numbers, ","), smallSize, 60)
	half := max(9, textWidth(text, smallSize*boldness)/2+5)
	x := min(max(p.xs[i], half+1), p.Layout.width()-half-1)
	if v := p.Points[i].Value; v.known {
		c.empty("path", s("d", vertical(p.xs[i], p.noteY+9, p.y.at(v.number)-6)), s("stroke", muted))
	}
	c.empty("rect", s("class", "sir-chart__note"), n("x", x-half), n("y", p.noteY-9), n("width", 2*half), n("height", 18), n("rx", 9),
		s("fill", ink))
	c.element("text", text, n("x", x), n("y", p.noteY+4.5), n("font-size", smallSize), s("font-weight", "bold"), s("fill", "#ffffff"), s("text-anchor", "middle"))
}

func (p controlPlan) drawSettings(c *canvas) {
	for i, line := range p.settings {
		c.element("text", line, n("x", 2), n("y", p.bottom+dateAxisHeight+18*float64(i)+16), n("font-size", smallSize), s("fill", muted))
	}
}

// sayPoint is the accessible name of a point: date, value, what it says, target and notes.
func (p controlPlan) sayPoint(i int) string {
	point := p.Points[i]
	text := p.label(point) + ": " + phrase(p.say(point.Value))
	if point.Value.known {
		text += ", " + phrase(point.says())
		if point.Incomplete != "" {
			text += ": " + phrase(point.Incomplete)
		}
	}
	if target := p.targetAt(point.Date); target.known {
		text += ", target " + p.goal(target).say(target)
	}
	if notes := p.notesAt(i); notes != "" {
		text += ", " + phrase(notes)
	}
	return text
}
