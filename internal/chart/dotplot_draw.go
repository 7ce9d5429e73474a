package chart

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// dotPlan is where the parts of a dot plot lie, in units.
type dotPlan struct {
	DotPlot
	x              scale
	names, notes   float64 // widths of the two columns of words
	nameX          float64
	plotTop        float64
	rowHeight      float64
	dotY           float64 // of the points, from the top of their row
	valueY         float64 // of the numbers shown on demand, from the points
	bottom, height float64
	legend         legend
}

// plan lays the chart out. Wide has names left and notes right of the points; Narrow has both above them, so that the
// scale keeps the whole width.
func (d DotPlot) plan() dotPlan {
	p := dotPlan{DotPlot: d, nameX: 6, rowHeight: 34, dotY: 20, valueY: -10}
	width := d.Layout.width()
	left, right, noteShare := 16.0, width-24, 0.22
	if d.Layout == Narrow {
		noteShare = 0.36
	}
	for _, row := range d.Rows {
		name, _ := fit(row.Name, textSize, width*0.42)
		note, _ := fit(row.Note, textSize, width*noteShare)
		p.names, p.notes = max(p.names, textWidth(name, textSize)), max(p.notes, textWidth(note, textSize))
	}
	if d.Layout == Narrow {
		p.rowHeight, p.dotY, p.valueY = 54, 31, 18
		p.names = width - 12
	} else {
		left += p.names + 8
		if p.notes > 0 {
			right -= p.notes + 2
		}
	}
	p.legend = newLegend(d.legendItems(), width)
	p.plotTop = d.top() + p.legend.height + 4
	if d.Target != nil {
		p.plotTop += 20
	}
	p.bottom = p.plotTop + p.rowHeight*float64(len(d.Rows))
	p.height = p.bottom + 28 + d.foot()
	p.x = newScale(d.axis(), nil, 4)
	p.x.from, p.x.to = left, right
	return p
}

func (d DotPlot) legendItems() []legendItem {
	var items []legendItem
	for i, name := range d.Points {
		st, size := dotStyle(i, len(d.Points))
		items = append(items, legendItem{name: name, style: st, size: size})
	}
	return items
}

func (d DotPlot) draw() []byte {
	p := d.plan()
	c := &canvas{buf: make([]byte, 0, 1024+1400*len(d.Rows))}
	y := d.begin(c, p.height, d.describe())
	c.openGroup(s("aria-hidden", "true"))
	p.legend.draw(c, y)
	p.drawAxis(c)
	c.close("g")
	for i, row := range d.Rows {
		p.drawRow(c, row, p.plotTop+p.rowHeight*float64(i))
	}
	d.end(c, p.height)
	return c.buf
}

func (p dotPlan) drawAxis(c *canvas) {
	for _, t := range p.x.ticks {
		x := p.x.at(t)
		c.empty("path", s("class", "sir-chart__grid"), s("d", p.uprights(x)), s("stroke", grid))
		c.element("text", p.x.tick(t, p.Unit), n("x", x), n("y", p.bottom+19), n("font-size", smallSize), s("fill", muted), s("text-anchor", "middle"))
	}
	if p.Target == nil {
		return
	}
	x := p.x.at(p.Target.Value)
	label, _ := fit(p.Target.Label, textSize, p.Layout.width()-8)
	half := textWidth(label, textSize)/2 + 2
	c.empty("path", s("class", "sir-chart__target"), s("d", p.uprights(x)), s("stroke", ink), n("stroke-width", 1.5), s("stroke-dasharray", "6 3"))
	c.element("text", label, n("x", min(max(x, half), p.Layout.width()-half)), n("y", p.plotTop-9), s("font-weight", "bold"), s("text-anchor", "middle"))
}

// uprights is a line down the plot; in Narrow only beside the points, so that it does not cross the names.
func (p dotPlan) uprights(x float64) string {
	if p.Layout == Wide {
		return vertical(x, p.plotTop-4, p.bottom)
	}
	var d strings.Builder
	for i := range p.Rows {
		y := p.plotTop + p.rowHeight*float64(i) + p.dotY
		d.WriteString(vertical(x, y-9, y+15))
	}
	return d.String()
}

// drawRow draws one stop for the keyboard.
func (p dotPlan) drawRow(c *canvas, row DotRow, top float64) {
	y := top + p.dotY
	c.openGroup(s("class", "sir-chart__item"), s("role", "graphics-object"), s("tabindex", "0"), s("aria-label", p.sayRow(row)))
	c.empty("rect", s("class", "sir-chart__hit"), n("x", 1), n("y", top+0.5), n("width", p.Layout.width()-2), n("height", p.rowHeight-1),
		s("fill", "none"), s("pointer-events", "all"))
	c.openGroup(s("aria-hidden", "true"))
	p.drawWords(c, row, top)
	c.empty("path", s("class", "sir-chart__grid"), s("d", horizontal(y, p.x.from, p.x.to)), s("stroke", grid))
	if lo, hi, ok := extent(row.Values); ok && hi > lo {
		c.empty("path", s("class", "sir-chart__link"), s("d", horizontal(y, p.x.at(lo), p.x.at(hi))), s("stroke", rule),
			n("stroke-width", 4), s("stroke-linecap", "round"))
	}
	for i, v := range slices.Backward(row.Values) {
		if st, size := dotStyle(i, len(row.Values)); v.known {
			c.marker(st, p.x.at(v.number), y, size, phrase(row.Name)+", "+phrase(p.Points[i])+": "+p.say(v))
		}
	}
	p.drawValues(c, row, y)
	c.close("g")
	c.close("g")
}

func (p dotPlan) drawWords(c *canvas, row DotRow, top float64) {
	y, names := top+p.dotY+5, p.names
	if p.Layout == Narrow {
		y = top + 16
		if row.Note != "" {
			names -= min(textWidth(phrase(row.Note), textSize), p.notes) + 10
		}
	}
	c.label(row.Name, names, n("x", p.nameX), n("y", y))
	if row.Note != "" {
		c.label(row.Note, p.notes, n("x", p.Layout.width()-6), n("y", y), s("fill", muted), s("text-anchor", "end"))
	}
}

// drawValues writes the numbers over the points, hidden until chart.css shows them.
func (p dotPlan) drawValues(c *canvas, row DotRow, y float64) {
	known := slices.DeleteFunc(slices.Clone(row.Values), func(v Value) bool { return !v.known })
	slices.SortFunc(known, func(a, b Value) int { return cmp.Compare(a.number, b.number) })
	known = slices.Compact(known)
	xs, gap := make([]float64, len(known)), 0.0
	for i, v := range known {
		xs[i], gap = p.x.at(v.number), max(gap, textWidth(p.say(v), smallSize)+4)
	}
	for i, x := range spread(xs, gap, p.x.from, p.x.to) {
		c.element("text", p.say(known[i]), s("class", "sir-chart__value"), s("visibility", "hidden"), n("x", x), n("y", y+p.valueY),
			n("font-size", smallSize), s("font-weight", "bold"), s("text-anchor", "middle"), s("stroke", "#ffffff"),
			n("stroke-width", 3), s("paint-order", "stroke"))
	}
}

// sayRow is the accessible name of a row: every value with its word.
func (p dotPlan) sayRow(row DotRow) string {
	var b strings.Builder
	b.WriteString(phrase(row.Name) + ": ")
	for i, v := range row.Values {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(phrase(p.Points[i]) + " " + phrase(p.say(v)))
	}
	if row.Note != "" {
		b.WriteString(", " + phrase(row.Note))
	}
	return b.String()
}

// extent is the smallest and largest known value.
func extent(values []Value) (lo, hi float64, ok bool) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if v.known {
			lo, hi, ok = min(lo, v.number), max(hi, v.number), true
		}
	}
	return lo, hi, ok
}
