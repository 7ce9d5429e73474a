package plot

import (
	"fmt"

	"sir/qca/plot/svg"
)

const (
	chartColumn = 34
	chartLine   = 17 // height of a line of a prime implicant's name
)

func (c *primeChart) draw(s *sheet) {
	s.stops = len(c.primes) <= maxStops
	names := c.nameWidth(s.width)
	per := max(1, int((s.width-2*edge-names)/chartColumn))
	for from := 0; from < len(c.rows); from += per {
		c.block(s, names, from, min(from+per, len(c.rows)))
		s.y += 12
	}
	c.legend(s)
}

func (c *primeChart) nameWidth(width float64) float64 {
	most := svg.Width("Prime implicant", textSize)
	for _, p := range c.primes {
		most = max(most, svg.Width(c.name(p), textSize))
	}
	return min(most+10, 0.45*width)
}

func (c *primeChart) name(p chartPrime) string {
	if p.essential {
		return p.term.String() + " (essential)"
	}
	return p.term.String()
}

// block draws the chart for some of the rows of the truth table.
func (c *primeChart) block(s *sheet, names float64, from, to int) {
	right := edge + names + chartColumn*float64(to-from)
	s.hidden()
	s.text("Prime implicant", edge, s.y+34, svg.S("font-weight", "bold"))
	s.text("Row", edge+names, s.y+16, svg.N("font-size", smallSize), svg.S("fill", muted))
	for i := from; i < to; i++ {
		s.centred(fmt.Sprint(c.rows[i].Number), c.column(names, i-from), s.y+34, svg.S("font-weight", "bold"))
	}
	s.y += 40
	s.line(edge, s.y, right, s.y, ink)
	s.Close("g")
	for _, p := range c.primes {
		c.drawPrime(s, p, names, from, to)
		s.line(edge, s.y, right, s.y, grid)
	}
}

func (c *primeChart) column(names float64, i int) float64 {
	return edge + names + chartColumn*(float64(i)+0.5)
}

func (c *primeChart) drawPrime(s *sheet, p chartPrime, names float64, from, to int) {
	s.item(p.term.String() + ": " + c.say(p))
	lines := svg.Wrap(c.name(p), textSize, names-6, 5)
	height := chartLine*float64(len(lines)) + 8
	s.Empty("rect", svg.N("x", edge), svg.N("y", s.y+1), svg.N("width", names+chartColumn*float64(to-from)), svg.N("height", height-2), svg.S("fill", "none"), svg.S("pointer-events", "all"))
	for i, line := range lines {
		weight := map[bool]string{true: "bold", false: "normal"}[len(p.models) > 0]
		s.text(line, edge, s.y+chartLine*float64(i+1), svg.S("font-weight", weight))
	}
	for i := from; i < to; i++ {
		if p.covers[i] {
			drawCover(s, c.column(names, i-from), s.y+height/2, c.cover[i] == 1)
		}
	}
	s.Close("g")
	s.y += height
}

// drawCover draws a square, in a frame where no other prime implicant covers
// the row.
func drawCover(s *sheet, x, y float64, sole bool) {
	square := func(r float64, attrs ...svg.Attr) {
		s.Empty("rect", append([]svg.Attr{svg.N("x", x-r), svg.N("y", y-r), svg.N("width", 2*r), svg.N("height", 2*r)}, attrs...)...)
	}
	square(5, svg.S("fill", blue))
	if sole {
		square(8.5, svg.S("fill", "none"), svg.S("stroke", ink), svg.N("stroke-width", 1.5))
	}
}

func (c *primeChart) legend(s *sheet) {
	s.hidden()
	for i, text := range []string{"covers the row", "covers it, and no other does"} {
		drawCover(s, edge+9, s.y+12, i == 1)
		s.text(text, edge+26, s.y+17, svg.N("font-size", smallSize))
		s.y += 24
	}
	s.Close("g")
	text := "Bold: in a formula that is listed."
	if c.models > 1 {
		text = fmt.Sprintf("Bold: in one of the %d formulas that are listed.", c.models)
	}
	s.paragraph(text, smallSize, svg.S("aria-hidden", "true"))
}
