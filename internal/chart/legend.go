package chart

// legend is a key that wraps onto as many lines as its items need.
type legend struct {
	items  []legendItem
	at     []struct{ x, line float64 }
	width  float64
	height float64
}

type legendItem struct {
	name  string
	style style
	size  float64
	line  lineStyle // drawn instead of a marker when it has a width
	patch *patch    // drawn instead of a marker

	letter  string // drawn in a box instead of a marker
	upright bool   // the line stands
}

// lineStyle is how a line that is not a series looks; the dash tells such lines apart without colour.
type lineStyle struct {
	class, colour, dash string
	width               float64
}

var targetLine = lineStyle{class: "sir-chart__target", colour: ink, dash: "6 3", width: 1.5}

// stroke draws a path in the style.
func (c *canvas) stroke(l lineStyle, d string) {
	if d == "" {
		return
	}
	c.tag("path", []attr{s("class", l.class), s("d", d), s("fill", "none"), s("stroke", l.colour), n("stroke-width", l.width)})
	if l.dash != "" {
		c.attrs(s("stroke-dasharray", l.dash))
	}
	c.raw("/>\n")
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
		switch {
		case item.upright:
			c.stroke(item.line, vertical(x+8, y-8, y+8))
		case item.line.width > 0:
			c.stroke(item.line, horizontal(y, x, x+18))
		case item.patch != nil:
			c.patch(*item.patch, x, y-7, 16, 14)
		case item.letter != "":
			c.letter(item.letter, x+9, y)
		default:
			c.marker(item.style, x+8, y, item.size, "")
		}
		c.label(item.name, l.width-legendMark-4, n("x", x+legendMark), n("y", y+5))
	}
}
