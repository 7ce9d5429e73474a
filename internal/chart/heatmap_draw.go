package chart

import "strings"

// heatPlan is where the parts of a heat map lie, in units.
type heatPlan struct {
	HeatMap
	names       float64 // width of the column of names; 0 in Narrow, which has them above their rows
	nameHeight  float64 // of a name above its row; 0 where names stand beside
	cellWidth   float64
	headers     [][]string // lines of each column header
	headHeight  float64
	top, height float64
	legend      legend
	rowHeight   float64
}

const heatCell = 30

func (h HeatMap) plan() heatPlan {
	width := h.Layout.width()
	p := heatPlan{HeatMap: h, rowHeight: heatCell + 2}
	if h.Layout == Narrow {
		p.nameHeight = 22
		p.rowHeight += p.nameHeight
	} else {
		for _, row := range h.Rows {
			name, _ := fit(row.Name, textSize, width*0.3)
			p.names = max(p.names, textWidth(name, textSize))
		}
		p.names += 14
	}
	p.cellWidth = max(h.leastCell(), (width-p.names-2)/float64(len(h.Columns)))
	p.natural = p.names + p.cellWidth*float64(len(h.Columns)) + 2
	p.legend = newLegend(h.Classes.legendItems(h.Measure, h.blanks()), width)
	lines := 1
	for _, column := range h.Columns {
		header := wrap(column, smallSize, p.cellWidth-4, 3)
		p.headers, lines = append(p.headers, header), max(lines, len(header))
	}
	p.headHeight = 17*float64(lines) + 6
	p.top = h.top() + p.legend.height + p.headHeight + 4
	p.height = p.top + p.rowHeight*float64(len(h.Rows)) + 4 + h.foot()
	return p
}

func (h HeatMap) scrolls() bool { return h.plan().natural > h.Layout.width() }

// leastCell is the width that the widest printed figure and the words of the headers need, within reason.
func (h HeatMap) leastCell() float64 {
	const most = 110
	least, room := 44.0, 4.0
	if h.Layout == Narrow {
		room = 10 // it scrolls anyway
	}
	for _, column := range h.Columns {
		for word := range strings.FieldsSeq(column[:min(len(column), 64)]) {
			least = max(least, textWidth(word, smallSize)+room)
		}
	}
	for _, row := range h.Rows {
		for _, cell := range row.Cells {
			if cell.Value.known {
				least = max(least, textWidth(h.say(cell.Value), smallSize)+10)
			}
		}
	}
	return min(least, most)
}

func (h HeatMap) draw() []byte {
	p := h.plan()
	c := &canvas{buf: make([]byte, 0, 4096+len(h.Rows)*(600+260*len(h.Columns)))}
	y := p.begin(c, p.height, h.describe())
	c.openGroup(s("aria-hidden", "true"))
	p.legend.draw(c, y)
	for i, lines := range p.headers {
		for k, line := range lines {
			y := p.top - 8 - 17*float64(len(lines)-1-k)
			c.element("text", line, n("x", p.x(i)+p.cellWidth/2), n("y", y), n("font-size", smallSize), s("fill", muted), s("text-anchor", "middle"))
		}
	}
	c.close("g")
	for i := range h.Rows {
		p.drawRow(c, i)
	}
	p.end(c, p.height)
	return c.buf
}

func (p heatPlan) x(column int) float64 { return p.names + p.cellWidth*float64(column) + 1 }

// drawRow draws one stop for the keyboard: the name, a link if it has an address, says the whole row.
func (p heatPlan) drawRow(c *canvas, i int) {
	row, top := p.Rows[i], p.top+p.rowHeight*float64(i)
	it := item{label: p.sayRow(row), href: p.link(row.Href), stop: true}
	nameY, nameWidth, hitWidth, hitHeight := top+20, p.names-8, p.names-2, p.rowHeight-2
	if p.nameHeight > 0 {
		nameY, nameWidth, hitWidth, hitHeight = top+16, p.Layout.width()-6, p.Layout.width()-2, p.nameHeight
	}
	c.openItem(it)
	c.hit(1, top, hitWidth, hitHeight)
	c.openGroup(s("aria-hidden", "true"))
	c.label(row.Name, nameWidth, s("class", "sir-chart__name"), n("x", 4), n("y", nameY), s("fill", linkColour(it.href)))
	c.close("g")
	c.closeItem(it)
	c.openGroup(s("aria-hidden", "true"), n("font-size", smallSize), s("text-anchor", "middle"))
	for k, cell := range row.Cells {
		p.drawCell(c, k, cell, top+p.nameHeight)
	}
	c.close("g")
}

// linkColour is that of a name which leads on, or of one that does not.
func linkColour(href string) string {
	if href == "" {
		return ink
	}
	return "#005eb8"
}

// drawCell writes as little as it can: a map has hundreds of cells. Size and place of the text come from the row's group.
func (p heatPlan) drawCell(c *canvas, k int, cell HeatCell, top float64) {
	if href := p.link(cell.Href); href != "" {
		c.tag("a", []attr{s("href", href), s("tabindex", "-1")})
		c.raw(">")
		defer c.close("a")
	}
	x, y, width, height := p.x(k)+1, top+1, p.cellWidth-2, float64(heatCell-2)
	if !cell.Value.known {
		c.patch(notReported, x, y, width, height)
		return
	}
	fill, colour := p.Classes.fill(p.Classes.of(cell.Value.number))
	c.empty("rect", n("x", x), n("y", y), n("width", width), n("height", height), s("fill", fill), s("stroke", rule))
	shown, _ := fit(p.say(cell.Value), smallSize, width-2)
	text := []attr{n("x", x+width/2), n("y", y+height/2+4.7)}
	if colour != ink {
		text = append(text, s("fill", colour))
	}
	c.element("text", shown, text...)
}

// sayRow is the accessible name of a row; a long one is summed up, and the table has the rest.
func (p heatPlan) sayRow(row HeatRow) string {
	var parts []string
	var all []Value
	for i, cell := range row.Cells {
		all = append(all, cell.Value)
		parts = append(parts, phrase(p.Columns[i])+" "+phrase(p.say(cell.Value)))
	}
	if len(parts) > maxStops {
		summary := []string{parts[0], parts[len(parts)-1]}
		if lo, hi, ok := extent(all); ok {
			summary = append(summary, "lowest "+p.say(Number(lo)), "highest "+p.say(Number(hi)))
		}
		parts = summary
	}
	return phrase(row.Name) + ": " + strings.Join(parts, ", ")
}
