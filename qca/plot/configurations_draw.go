package plot

import (
	"fmt"

	"sir/qca/plot/svg"
)

const (
	columnWidth = 50
	rowHeight   = 28
	large       = 10 // radius of a core mark
	small       = 5.5
)

func (c *configurations) draw(s *sheet) {
	terms := 0
	for _, model := range c.columns {
		terms += len(model)
	}
	s.stops = terms <= maxStops
	names := c.nameWidth(s.width)
	per := max(1, int((s.width-2*edge-names)/columnWidth))
	for i, columns := range c.columns {
		if len(c.columns) > 1 {
			s.paragraph(fmt.Sprintf("Formula %d", i+1), textSize, svg.S("font-weight", "bold"))
		}
		for from := 0; from < len(columns); from += per {
			c.block(s, names, from, columns[from:min(from+per, len(columns))])
		}
		m := c.models[i]
		s.paragraph(fmt.Sprintf("Solution consistency %s, solution coverage %s", words(m.Inclusion), words(m.Coverage)), textSize, svg.S("font-weight", "bold"))
		s.y += 10
	}
	c.legend(s)
}

// nameWidth is the room for the names of the rows.
func (c *configurations) nameWidth(width float64) float64 {
	most := svg.Width("Unique coverage", textSize)
	for _, name := range c.conditions {
		most = max(most, svg.Width(name, textSize))
	}
	return min(most+8, 0.42*width)
}

// block draws some of a model's terms as columns.
func (c *configurations) block(s *sheet, names float64, first int, columns []configuration) {
	top := s.y + 24
	right := edge + names + columnWidth*float64(len(columns))
	figures := []string{"Consistency", "Raw coverage", "Unique coverage", "Cases"}
	s.hidden()
	s.line(edge, top, right, top, ink)
	for i, name := range append(append([]string{}, c.conditions...), figures...) {
		y := top + rowHeight*float64(i+1)
		s.text(svg.Fit(name, textSize, names-6), edge, y-9)
		if i == len(c.conditions)-1 || i == len(c.conditions)+len(figures)-1 {
			s.line(edge, y, right, y, ink)
		} else {
			s.line(edge, y, right, y, grid)
		}
	}
	s.Close("g")
	for i, column := range columns {
		c.column(s, first+i+1, column, edge+names+columnWidth*(float64(i)+0.5), top)
	}
	s.y = top + rowHeight*float64(len(c.conditions)+len(figures)) + 6
}

func (c *configurations) column(s *sheet, number int, column configuration, x, top float64) {
	s.item(c.sayColumn(number, column))
	s.Empty("rect", svg.N("x", x-columnWidth/2+1), svg.N("y", top-20), svg.N("width", columnWidth-2), svg.N("height", 20+rowHeight*float64(len(c.conditions)+4)), svg.S("fill", "none"), svg.S("pointer-events", "all"))
	s.centred(fmt.Sprint(number), x, top-6, svg.S("font-weight", "bold"))
	y := top + rowHeight/2
	for _, m := range column.marks {
		if m.said {
			drawMark(s, m, x, y)
		}
		y += rowHeight
	}
	for _, text := range []string{column.fit.Inclusion.String(), column.fit.RawCoverage.String(), column.fit.UniqueCoverage.String(), fmt.Sprint(len(column.fit.Cases))} {
		s.centred(text, x, y+5)
		y += rowHeight
	}
	s.Close("g")
}

func (c *configurations) sayColumn(number int, column configuration) string {
	text := fmt.Sprintf("Term %d:", number)
	for i, m := range column.marks {
		if m.said {
			text += fmt.Sprintf(" %s %s;", c.conditions[i], c.say(m))
		}
	}
	f := column.fit
	return text + fmt.Sprintf(" consistency %s, raw coverage %s, unique coverage %s, %s", words(f.Inclusion), words(f.RawCoverage), words(f.UniqueCoverage), counted(len(f.Cases), "case"))
}

// drawMark draws a full circle for presence, a crossed one for absence, a ring
// round the value for one of several values.
func drawMark(s *sheet, m conditionMark, x, y float64) {
	r := float64(small)
	if m.core {
		r = large
	}
	centre := []svg.Attr{svg.N("cx", x), svg.N("cy", y)}
	switch {
	case m.literal.Values != nil:
		width := 1.0
		if m.core {
			width = 3
		}
		text := svg.Fit(valueText(m.literal), smallSize, columnWidth-12)
		half := max(large, svg.Width(text, smallSize)/2+5)
		s.Empty("rect", svg.N("x", x-half), svg.N("y", y-large), svg.N("width", 2*half), svg.N("height", 2*large), svg.N("rx", large),
			svg.S("fill", paper), svg.S("stroke", ink), svg.N("stroke-width", width))
		s.centred(text, x, y+5, svg.N("font-size", smallSize))
	case m.literal.Negated:
		d := 0.7 * r
		s.Empty("circle", append(centre, svg.N("r", r), svg.S("fill", paper), svg.S("stroke", ink), svg.N("stroke-width", 1.5))...)
		s.Empty("path", new(svg.Path).Add('M', x-d, y-d).Add('L', x+d, y+d).Add('M', x-d, y+d).Add('L', x+d, y-d).D(), svg.S("stroke", ink), svg.N("stroke-width", 1.5))
	default:
		s.Empty("circle", append(centre, svg.N("r", r), svg.S("fill", ink), svg.S("stroke", ink), svg.N("stroke-width", 1.5))...)
	}
}

func (c *configurations) legend(s *sheet) {
	s.hidden()
	line := func(text string, m conditionMark) {
		drawMark(s, m, edge+large+1, s.y+12)
		s.text(text, edge+3*large, s.y+17, svg.N("font-size", smallSize))
		s.y += 24
	}
	absent := conditionMark{said: true, core: true}
	absent.literal.Negated = true
	value := conditionMark{said: true}
	value.literal.Values = []int{2}
	if c.sets {
		line("present", conditionMark{said: true, core: true})
		line("absent", absent)
		if c.graded {
			line("small: peripheral (large: core)", conditionMark{said: true})
		}
	}
	if c.values {
		line("has this value (here 2)", value)
		if c.graded {
			value.core = true
			line("thick ring: core (thin: peripheral)", value)
		}
	}
	s.Close("g")
}
