package chart

import (
	"fmt"
	"strings"
)

// levelPlan is where the parts of the stacked bars lie, in units.
type levelPlan struct {
	StackedLevels
	left, right float64 // of the bars
	names       float64
	totals      float64 // width of the column of totals
	rowHeight   float64
	nameHeight  float64 // of a label above its bar; 0 where it stands beside
	top, height float64
	legend      legend
}

const barHeight = 24

func (st StackedLevels) plan() levelPlan {
	width := st.Layout.width()
	p := levelPlan{StackedLevels: st, left: 2, right: width - 2, rowHeight: barHeight + 8, legend: newLegend(st.legendItems(), width)}
	for _, bar := range st.Bars {
		name, _ := fit(bar.Label, textSize, width*0.3)
		p.names = max(p.names, textWidth(name, textSize))
		p.totals = max(p.totals, textWidth(st.endNote(bar), smallSize))
	}
	if st.Layout == Narrow {
		p.nameHeight = 20
		p.rowHeight += p.nameHeight
	} else {
		p.left += p.names + 10
		p.right -= p.totals + 10
	}
	p.top = st.top() + p.legend.height + 6
	p.height = p.top + p.rowHeight*float64(len(st.Bars)) + 26 + st.foot()
	return p
}

func (st StackedLevels) legendItems() []legendItem {
	var items []legendItem
	for i, name := range st.Levels {
		items = append(items, legendItem{name: name, patch: st.patchOf(i)})
	}
	if st.Adopted > 0 {
		items = append(items, legendItem{name: "Adopted from here on", line: lineStyle{class: "sir-chart__adopted", colour: ink, width: 3}, upright: true})
	}
	for _, bar := range st.Bars {
		if bar.NotReported > 0 {
			return append(items, legendItem{name: "Not reported", patch: &notReported})
		}
	}
	return items
}

// endNote is what stands at the end of a bar: how many sites it is.
func (st StackedLevels) endNote(bar LevelBar) string {
	sites := grouped(fmt.Sprint(bar.total()))
	switch adopted := st.adoptedShare(bar); {
	case bar.total() > 0 && bar.NotReported == bar.total():
		return "none of " + sites + " reported"
	case st.Adopted > 0 && adopted.known:
		return adopted.say() + " adopted of " + sites
	}
	return sites + " sites"
}

func (st StackedLevels) draw() []byte {
	p := st.plan()
	c := &canvas{buf: make([]byte, 0, 4096+1800*len(st.Bars))}
	y := st.begin(c, p.height, st.describe())
	c.openGroup(s("aria-hidden", "true"))
	p.legend.draw(c, y)
	bottom := p.top + p.rowHeight*float64(len(st.Bars))
	for i := range 5 {
		text := fmt.Sprintf("%d%%", 25*i)
		half := textWidth(text, smallSize)/2 + 1
		x := p.left + (p.right-p.left)*float64(i)/4
		axisText(c, text, min(max(x, half), st.Layout.width()-half), bottom+15)
	}
	c.close("g")
	for i, bar := range st.Bars {
		p.drawBar(c, bar, p.top+p.rowHeight*float64(i))
	}
	st.end(c, p.height)
	return c.buf
}

// drawBar draws a bar after its label, which is the stop: as a link where it has an address.
func (p levelPlan) drawBar(c *canvas, bar LevelBar, top float64) {
	it := item{label: p.sayBar(bar), href: p.link(bar.Href), stop: len(p.Bars) <= maxStops}
	y := top + p.nameHeight + 3
	nameY, nameWidth, note := y+17, p.names+4, []attr{n("x", p.right+8), n("y", y+17)}
	if p.nameHeight > 0 {
		nameY, nameWidth = top+16, p.Layout.width()-p.totals-14
		note = []attr{n("x", p.Layout.width()-2), n("y", nameY), s("text-anchor", "end")}
	}
	c.openItem(it)
	c.hit(0.5, top+0.5, p.Layout.width()-1, p.rowHeight-1)
	c.openGroup(s("aria-hidden", "true"))
	c.label(bar.Label, nameWidth, s("class", "sir-chart__name"), n("x", 2), n("y", nameY), s("fill", linkColour(it.href)))
	c.close("g")
	c.closeItem(it)
	c.openGroup(s("aria-hidden", "true"))
	c.element("text", p.endNote(bar), append(note, n("font-size", smallSize), s("fill", muted))...)
	p.drawParts(c, bar, y)
	c.close("g")
}

// drawParts draws the levels one after the other, each with its share where that fits.
func (p levelPlan) drawParts(c *canvas, bar LevelBar, y float64) {
	total, x := bar.total(), p.left
	if total == 0 {
		return
	}
	part := func(count int, look patch) {
		width := (p.right - p.left) * float64(count) / float64(total)
		if count == 0 {
			return
		}
		c.patch(look, x, y, width, barHeight)
		if text := share(count, total).say(); textWidth(text, smallSize*boldness)+6 <= width {
			colour, rim := ink, "#ffffff"
			if look.texture == noTexture {
				colour, rim = "#ffffff", look.fill
			}
			c.element("text", text, n("x", x+width/2), n("y", y+17), n("font-size", smallSize), s("font-weight", "bold"), s("fill", colour),
				s("text-anchor", "middle"), s("stroke", rim), n("stroke-width", 4), s("paint-order", "stroke"))
		}
		x += width
	}
	for i, count := range bar.Counts {
		if i > 0 && i == p.Adopted {
			defer c.empty("path", s("class", "sir-chart__adopted"), s("d", vertical(x, y-3, y+barHeight+3)), s("stroke", ink), n("stroke-width", 3))
		}
		part(count, *p.patchOf(i))
	}
	part(bar.NotReported, notReported)
}

// sayBar is the accessible name of a bar: every level with its count and share.
func (p levelPlan) sayBar(bar LevelBar) string {
	total := bar.total()
	var parts []string
	for i, count := range bar.Counts {
		parts = append(parts, fmt.Sprintf("%s %d (%s)", phrase(p.Levels[i]), count, share(count, total).say()))
	}
	parts = append(parts, fmt.Sprintf("not reported %d (%s)", bar.NotReported, share(bar.NotReported, total).say()))
	return phrase(bar.Label) + ", " + p.endNote(bar) + ": " + strings.Join(parts, ", ")
}
