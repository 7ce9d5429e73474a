package chart

import "fmt"

// rowWords are the words of one row of a chart with a row for each member.
type rowWords struct{ name, note, href string }

// rowPlan lays out rows of a name, a scale and a note. Narrow has the words above the scale, which keeps its whole width.
type rowPlan struct {
	layout       Layout
	names, notes float64 // widths of the columns of words
	left, right  float64 // of the scale
	height       float64 // of a row
	markY        float64 // middle of the scale, from the top of the row
}

func newRowPlan(layout Layout, rows []rowWords) rowPlan {
	p := rowPlan{layout: layout, left: 12, right: layout.width() - 20, height: 36, markY: 18}
	noteShare := 0.38
	if layout == Narrow {
		noteShare = 0.52
	}
	for _, row := range rows {
		name, _ := fit(row.name, textSize, layout.width()*0.34)
		note, _ := fit(row.note, textSize, layout.width()*noteShare)
		p.names, p.notes = max(p.names, textWidth(name, textSize)), max(p.notes, textWidth(note, textSize))
	}
	if layout == Narrow {
		p.height, p.markY = 58, 36
		return p
	}
	p.left += p.names + 6
	if p.notes > 0 {
		p.right = layout.width() - p.notes - 24
	}
	return p
}

// drawWords writes name and note of the row whose top is given. In Narrow the note goes right of the name.
func (p rowPlan) drawWords(c *canvas, row rowWords, top float64) {
	y, names := top+p.markY+5, p.names+2
	if p.layout == Narrow {
		y, names = top+17, p.layout.width()-p.notes-18
	}
	c.label(row.name, names, s("class", "sir-chart__name"), n("x", 4), n("y", y), s("fill", linkColour(row.href)))
	if row.note != "" {
		c.label(row.note, p.notes+2, n("x", p.layout.width()-4), n("y", y), s("fill", muted), s("text-anchor", "end"))
	}
}

// drawRow draws the words and marks of a row as one item; marks gets the middle of the scale.
func (p rowPlan) drawRow(c *canvas, row rowWords, label string, top float64, marks func(y float64)) {
	it := item{label: label, href: row.href, stop: true}
	c.openItem(it)
	c.hit(1, top+0.5, p.layout.width()-2, p.height-1)
	c.openGroup(s("aria-hidden", "true"))
	p.drawWords(c, row, top)
	marks(top + p.markY)
	c.close("g")
	c.closeItem(it)
}

// drawScale draws the ticks below and their lines through all rows; in Narrow only beside the marks.
func (p rowPlan) drawScale(c *canvas, x scale, unit string, top, bottom float64, rows int) {
	for _, t := range x.ticks {
		c.empty("path", s("class", "sir-chart__grid"), s("d", p.uprights(x.at(t), top, bottom, rows)), s("stroke", grid))
		axisText(c, x.tick(t, unit), x.at(t), bottom+17)
	}
}

func (p rowPlan) uprights(x, top, bottom float64, rows int) string {
	if p.layout != Narrow {
		return vertical(x, top, bottom)
	}
	var d pathData
	for i := range rows {
		y := top + p.height*float64(i) + p.markY
		d.add('M', x, y-12).add('V', y+12)
	}
	return d.String()
}

// validateShare checks the parts of a rate.
func validateShare(where string, numerator, denominator int) error {
	if numerator < 0 || denominator < 0 || numerator > denominator {
		return fmt.Errorf("%w: %.60q has %d of %d; use at most the whole, from 0", ErrInvalid, where, numerator, denominator)
	}
	return nil
}
