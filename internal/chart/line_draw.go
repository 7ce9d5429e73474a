package chart

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"sir/internal/period"
)

func (l Line) draw() []byte {
	p := l.plan()
	c := &canvas{buf: make([]byte, 0, 4096+len(l.Periods)*(400+500*len(l.Series)))}
	y := l.begin(c, p.height, l.describe())
	c.openGroup(s("aria-hidden", "true"))
	p.legend.draw(c, y)
	p.drawAxes(c)
	p.drawTarget(c)
	for i := range l.Series {
		p.drawSeries(c, i)
	}
	p.drawEndLabels(c)
	c.close("g")
	for i := range l.Periods {
		p.drawColumn(c, i)
	}
	l.end(c, p.height)
	return c.buf
}

func (p linePlan) drawAxes(c *canvas) {
	drawLevels(c, p.y, p.Unit, p.left, p.right)
	drawTimeAxis(c, p.Periods, p.slotWidth, p.left, p.bottom)
}

// drawTarget draws a level for each step, across the whole slots of its periods, joined by uprights.
func (p linePlan) drawTarget(c *canvas) {
	var d pathData
	last := p.Periods[len(p.Periods)-1]
	for i, step := range p.Targets {
		end := p.right
		if i+1 < len(p.Targets) {
			end = p.edge(p.Targets[i+1].From)
		}
		start := p.edge(step.From)
		if end <= p.left || period.Compare(step.From, last) > 0 {
			continue
		}
		command := byte('M')
		if d.Len() > 0 {
			command = 'L'
		}
		d.add(command, start, p.y.at(step.Value)).add('H', min(end, p.right))
		p.nameStep(c, step.Value, start, end)
	}
	c.stroke(targetLine, d.String())
}

// nameStep writes the value of a step that another follows over its level; the last is named at its end.
func (p linePlan) nameStep(c *canvas, value, start, end float64) {
	text := p.say(Number(value))
	if end >= p.right || textWidth(text, smallSize*boldness)+4 > end-start {
		return
	}
	c.halo(text, start+2, p.y.at(value)-5)
}

// edge is the left edge of the slot of a period, or of the plot when the period lies before it.
func (p linePlan) edge(at period.Period) float64 {
	if period.Compare(at, p.Periods[0]) <= 0 {
		return p.left
	}
	return p.x(at) - p.slotWidth/2
}

// drawSeries joins neighbouring known values; a missing value or period breaks the line.
func (p linePlan) drawSeries(c *canvas, series int) {
	d := joined(p.Periods, p.Series[series].Values, p.x, p.y.at)
	st := seriesStyles[series]
	c.empty("path", s("class", st.class), s("d", d), s("fill", "none"), s("stroke", st.colour), n("stroke-width", 2.5),
		s("stroke-linejoin", "round"), s("stroke-linecap", "round"))
}

func joined(periods []period.Period, values []Value, x func(period.Period) float64, y func(float64) float64) string {
	var d pathData
	for i, v := range values {
		if !v.known {
			continue
		}
		if i > 0 && tied(periods, values, i) {
			d.add('L', x(periods[i]), y(v.number))
			continue
		}
		d.add('M', x(periods[i]), y(v.number))
		if i+1 == len(values) || !tied(periods, values, i+1) {
			d.add('h', 0) // a point by itself: the round end of a line of no length
		}
	}
	return d.String()
}

// tied reports whether a value is joined to the one before.
func tied(periods []period.Period, values []Value, i int) bool {
	return values[i].known && values[i-1].known && periods[i-1].Next() == periods[i]
}

// drawEndLabels names the lines, moved apart where they end close together and then tied to their end by a hairline.
func (p linePlan) drawEndLabels(c *canvas) {
	if p.labelWidth == 0 {
		return
	}
	drawEndLabels(c, p.endLabels(), p.y, p.right, p.labelWidth, 18)
}

// drawColumn draws the points of one period, and makes it a stop when there are not too many.
func (p linePlan) drawColumn(c *canvas, i int) {
	x, when := p.x(p.Periods[i]), p.Periods[i].Label()
	it := item{label: p.sayColumn(i, when), stop: len(p.Periods) <= maxStops}
	c.openItem(it)
	c.hit(x-p.slotWidth/2, p.top-8, p.slotWidth, p.bottom-p.top+8)
	c.openGroup(s("aria-hidden", "true"))
	for k, series := range p.Series {
		if v := series.Values[i]; v.known && p.marked(series.Values, i) {
			c.marker(seriesStyles[k], x, p.y.at(v.number), p.markerSize(), phrase(series.Name)+", "+when+": "+p.say(v))
		}
	}
	p.drawColumnValues(c, i, x)
	c.close("g")
	c.closeItem(it)
}

// marked thins the markers of a long series: every so many, the last, and any point without a neighbour to be joined to.
func (p linePlan) marked(values []Value, i int) bool {
	every := int(math.Ceil(14 / p.slotWidth))
	alone := (i == 0 || !tied(p.Periods, values, i)) && (i+1 == len(values) || !tied(p.Periods, values, i+1))
	return i%every == 0 || alone || i == lastKnown(values)
}

func (p linePlan) markerSize() float64 {
	if p.slotWidth < 20 {
		return 3.5
	}
	return 4.5
}

// drawColumnValues writes the numbers beside the points, hidden until chart.css shows them.
func (p linePlan) drawColumnValues(c *canvas, i int, x float64) {
	var known []endLabel
	for k, series := range p.Series {
		if v := series.Values[i]; v.known {
			known = append(known, endLabel{text: p.say(v), colour: seriesStyles[k].colour, value: v.number})
		}
	}
	writeValues(c, known, p.y, x, (p.left+p.right)/2)
}

// writeValues writes numbers beside the points of one column, apart from each other, on the side of the middle of the plot.
func writeValues(c *canvas, known []endLabel, scale scale, x, middle float64) {
	slices.SortStableFunc(known, func(a, b endLabel) int { return cmp.Compare(b.value, a.value) })
	ys := make([]float64, len(known))
	for k, v := range known {
		ys[k] = scale.at(v.value)
	}
	anchor, dx := "start", 9.0
	if x > middle {
		anchor, dx = "end", -9
	}
	for k, y := range spread(ys, 15, scale.to+4, scale.from-4) {
		c.element("text", known[k].text, s("class", "sir-chart__value"), s("visibility", "hidden"), n("x", x+dx), n("y", y+4.5), n("font-size", smallSize),
			s("font-weight", "bold"), s("fill", known[k].colour), s("text-anchor", anchor), s("stroke", "#ffffff"),
			n("stroke-width", 3), s("paint-order", "stroke"))
	}
}

// sayColumn is the accessible name of a period: every series and the target.
func (p linePlan) sayColumn(i int, when string) string {
	var b strings.Builder
	b.WriteString(when + ": ")
	for k, series := range p.Series {
		if k > 0 {
			b.WriteString(", ")
		}
		b.WriteString(phrase(series.Name) + " " + phrase(p.say(series.Values[i])))
	}
	if target := p.targetAt(p.Periods[i]); target.known {
		b.WriteString(", " + strings.ToLower(phrase(p.targetLabel())) + " " + p.say(target))
	}
	return b.String()
}
