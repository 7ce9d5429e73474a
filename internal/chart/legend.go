package chart

// legend is a key that wraps onto as many lines as its items need.
type legend struct {
	items  []legendItem
	at     []struct{ x, line float64 }
	width  float64
	height float64
}

type legendItem struct {
	name   string
	style  style
	size   float64
	dashed bool // a dashed line, for a target, instead of a marker
}

const (
	legendLine = 24 // height of a line of the legend
	legendMark = 22 // room for the marker before the words
)

func newLegend(items []legendItem, width float64) legend {
	l := legend{items: items, width: width}
	x, line := 2.0, 0.0
	for _, item := range items {
		name, _ := fit(item.name, textSize, width-legendMark-4)
		w := legendMark + textWidth(name, textSize) + 16
		if x > 2 && x+w-16 > width {
			x, line = 2, line+1
		}
		l.at = append(l.at, struct{ x, line float64 }{x, line})
		x += w
	}
	if len(items) > 0 {
		l.height = legendLine * (line + 1)
	}
	return l
}

func (l legend) draw(c *canvas, top float64) {
	for i, item := range l.items {
		x, y := l.at[i].x, top+legendLine*(l.at[i].line+0.5)
		if item.dashed {
			c.empty("path", s("d", horizontal(y, x, x+16)), s("stroke", ink), n("stroke-width", 2), s("stroke-dasharray", "6 3"))
		} else {
			c.marker(item.style, x+8, y, item.size, "")
		}
		c.label(item.name, l.width-legendMark-4, n("x", x+legendMark), n("y", y+5))
	}
}
