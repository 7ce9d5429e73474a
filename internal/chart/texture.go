package chart

// texture tells filled areas apart without colour.
type texture uint8

const (
	noTexture texture = iota
	rising            // lines that rise to the right
	falling
	dots
	level // horizontal lines
	upright
	lattice // rising and falling
)

// patch is how an area is filled: a colour with a texture over it.
type patch struct {
	fill, line string // line is the colour of texture and outline
	texture    texture
	class      string
}

// notReported is the patch of what is not known, the same in every kind of chart.
var notReported = patch{fill: "#ffffff", line: muted, texture: rising, class: "sir-chart__blank"}

// patch fills a rectangle.
func (c *canvas) patch(p patch, x, y, width, height float64) {
	c.empty("rect", s("class", p.class), n("x", x), n("y", y), n("width", width), n("height", height), s("fill", p.fill), s("stroke", p.line))
	if d := p.texture.path(x, y, width, height); d != "" {
		c.empty("path", s("d", d), s("fill", "none"), s("stroke", p.line), n("stroke-width", p.texture.weight()), s("stroke-linecap", "round"))
	}
}

func (t texture) weight() float64 {
	if t == dots {
		return 2
	}
	return 1
}

const textureGap = 6

// path covers the inside of a rectangle. The lines are drawn out instead of named as a pattern, which would need an id
// that is unique in the page.
func (t texture) path(x, y, width, height float64) string {
	var d pathData
	switch t {
	case rising, falling:
		diagonals(&d, t, x, y, width, height)
	case lattice:
		diagonals(&d, rising, x, y, width, height)
		diagonals(&d, falling, x, y, width, height)
	case level:
		for at := y + textureGap/2; at < y+height; at += textureGap {
			d.add('M', x, at).add('h', width)
		}
	case upright:
		for at := x + textureGap/2; at < x+width; at += textureGap {
			d.add('M', at, y).add('v', height)
		}
	case dots:
		for row := y + textureGap/2; row < y+height; row += textureGap {
			for at := x + textureGap/2; at < x+width; at += textureGap {
				d.add('M', at, row).add('h', 0)
			}
		}
	}
	return d.String()
}

// diagonals draws lines at 45 degrees, each cut where it meets the rectangle.
func diagonals(d *pathData, t texture, x, y, width, height float64) {
	for at := float64(textureGap); at < width+height; at += textureGap {
		fromX, fromY := max(0, at-height), min(at, height) // the lower left end, from the upper left corner
		toX, toY := min(at, width), max(0, at-width)
		if t == falling {
			fromY, toY = height-fromY, height-toY
		}
		d.add('M', x+fromX, y+fromY).add('L', x+toX, y+toY)
	}
}
