package chart

import "strings"

// tilePlan is where the parts of a tile map lie, in units.
type tilePlan struct {
	TileMap
	tiles         []Tile // in reading order
	places        []Place
	width, height float64 // of a tile
	top, total    float64
	legend        legend
}

const (
	tileGap      = 4
	minValueSize = 11.0 // the smallest letters of a figure, in units
)

func (tm TileMap) plan() tilePlan {
	p := tilePlan{TileMap: tm, tiles: tm.byName(), height: 76}
	columns, rows := 0, 0
	if tm.placed() {
		for _, tile := range p.tiles {
			p.places = append(p.places, *tile.At)
		}
	} else {
		across := min(len(p.tiles), map[Layout]int{Narrow: 3, Wide: 5, Full: 6}[tm.Layout])
		for i := range p.tiles {
			p.places = append(p.places, Place{i % across, i / across})
		}
	}
	for _, at := range p.places {
		columns, rows = max(columns, at.Column+1), max(rows, at.Row+1)
	}
	var blanks []string
	for _, tile := range p.tiles {
		if !tile.Value.known {
			blanks = append(blanks, tile.Value.reason())
		}
	}
	width := tm.Layout.width()
	p.legend = newLegend(tm.Classes.legendItems(tm.Measure, blanks), width)
	p.width = min((width-2-tileGap*float64(columns-1))/float64(columns), 240)
	p.top = tm.top() + p.legend.height + 8
	p.total = p.top + (p.height+tileGap)*float64(rows) + tm.foot()
	return p
}

func (tm TileMap) draw() []byte {
	p := tm.plan()
	c := &canvas{buf: make([]byte, 0, 4096+900*len(tm.Tiles))}
	y := tm.begin(c, p.total, tm.describe())
	c.openGroup(s("aria-hidden", "true"))
	p.legend.draw(c, y)
	c.close("g")
	for i, tile := range p.tiles {
		p.drawTile(c, tile, p.places[i])
	}
	tm.end(c, p.total)
	return c.buf
}

func (p tilePlan) drawTile(c *canvas, tile Tile, at Place) {
	x, y := 1+(p.width+tileGap)*float64(at.Column), p.top+(p.height+tileGap)*float64(at.Row)
	lines := p.nameLines(tile)
	it := item{label: p.sayTile(tile, lines), href: p.link(tile.Href), stop: true}
	c.openItem(it)
	c.openGroup(s("aria-hidden", "true"))
	colour := ink
	if tile.Value.known {
		var fill string
		fill, colour = p.Classes.fill(p.Classes.of(tile.Value.number))
		c.patch(patch{fill: fill, line: muted, class: "sir-chart__class"}, x, y, p.width, p.height)
	} else {
		c.patch(notReported, x, y, p.width, p.height)
	}
	c.empty("rect", s("class", "sir-chart__ring"), n("x", x+2), n("y", y+2), n("width", p.width-4), n("height", p.height-4), s("fill", "none"), s("pointer-events", "all"))
	middle := x + p.width/2
	for i, line := range lines {
		p.write(c, tile, line, middle, y+18+15*float64(i), smallSize, "normal", colour)
	}
	size, values := p.valueLines(tile)
	for i, line := range values {
		p.write(c, tile, line, middle, y+p.height-12-15*float64(len(values)-1-i), size, "bold", colour)
	}
	c.close("g")
	c.closeItem(it)
}

// valueLines are the figure, in letters as large as its tile allows, or why there is none.
func (p tilePlan) valueLines(tile Tile) (size float64, lines []string) {
	text := p.say(tile.Value)
	if !tile.Value.known { // a reason may need two lines
		return smallSize, wrap(text, smallSize*boldness, p.width-6, 2)
	}
	size = 15
	for size > minValueSize && textWidth(text, size*boldness) > p.width-4 {
		size--
	}
	return size, wrap(text, size*boldness, p.width-4, 1)
}

// write puts a line of words on a tile; over a hatch it needs a white rim.
func (p tilePlan) write(c *canvas, tile Tile, text string, x, y, size float64, weight, colour string) {
	c.tag("text", []attr{n("x", x), n("y", y), n("font-size", size), s("font-weight", weight), s("fill", colour), s("text-anchor", "middle")})
	if weight == "normal" {
		c.attrs(s("class", "sir-chart__name"))
	}
	if !tile.Value.known {
		c.attrs(s("stroke", "#ffffff"), n("stroke-width", 4), s("paint-order", "stroke"))
	}
	c.raw(">")
	c.escape(text)
	c.close("text")
}

// nameLines are the name in two lines, or the short name where those are too few.
func (p tilePlan) nameLines(tile Tile) []string {
	lines := wrap(tile.Name, smallSize, p.width-8, 2)
	if tile.Short != "" && len(lines) > 0 && (strings.HasSuffix(lines[len(lines)-1], "…") || strings.HasSuffix(lines[0], "…")) {
		lines = wrap(tile.Short, smallSize, p.width-8, 2)
	}
	return lines
}

// sayTile is the accessible name of a tile. It begins with all the words that are drawn, in their order, so that who speaks to
// the page can say what they see: a short name and its value come before the full name.
func (p tilePlan) sayTile(tile Tile, lines []string) string {
	name := phrase(tile.Name)
	if drawn := strings.Join(lines, " "); drawn != name {
		name = drawn + ", " + phrase(p.say(tile.Value)) + ": " + name
	} else {
		name += ": " + phrase(p.say(tile.Value))
	}
	if tile.Note != "" {
		name += ", " + phrase(tile.Note)
	}
	return name
}
