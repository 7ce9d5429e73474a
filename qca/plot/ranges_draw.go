package plot

import (
	"sir/qca"
	"sir/qca/plot/svg"
)

// draw writes each choice with its range in words, and its bar below.
func (b *rangeBars) draw(s *sheet) {
	s.stops = len(b.ranges) <= maxStops
	for _, r := range b.ranges {
		s.item(r.Choice + " " + decimal(r.Value) + ": " + rangeWords(r) + ". " + outside(r))
		s.paragraph(r.Choice+" "+decimal(r.Value)+": "+rangeWords(r), textSize, svg.S("font-weight", "bold"))
		b.bar(s, r, s.y+14)
		s.y += 46
		s.paragraph(outside(r), smallSize, svg.S("fill", muted))
		s.y += 6
		s.Close("g")
	}
}

// bar draws one range on a line of its own.
func (b *rangeBars) bar(s *sheet, r qca.Range, y float64) {
	left, right := float64(edge)+14, s.width-edge-14
	from, to := scale(r)
	at := func(v float64) float64 { return left + (v-from)/(to-from)*(right-left) }
	s.line(left, y, right, y, rule)
	low, high := left, right
	if v, ok := r.Low.Value(); ok {
		low = at(v)
	}
	if v, ok := r.High.Value(); ok {
		high = at(v)
	}
	s.Empty("rect", svg.N("x", low), svg.N("y", y-5), svg.N("width", max(high-low, 1)), svg.N("height", 10), svg.S("fill", "#b3cfea"), svg.S("stroke", blue))
	least, most := limits(r)
	b.end(s, r.Low, least, low, y, -1, !r.LowOpen)
	b.end(s, r.High, most, high, y, 1, true)
	x := at(r.Value)
	s.line(x, y-11, x, y+11, ink, svg.N("stroke-width", 3))
	b.numbers(s, r, at, y+26)
}

// end draws a disc at an end of the range, an arrow where there is none, and
// nothing at the limit of what can be.
func (b *rangeBars) end(s *sheet, bound, limit qca.Figure, x, y, sign float64, included bool) {
	_, known := bound.Value()
	if _, limited := limit.Value(); !known && limited {
		return
	}
	if !known {
		s.Empty("path", new(svg.Path).Add('M', x, y-10).Add('L', x+12*sign, y).Add('L', x, y+10).Add('Z').D(), svg.S("fill", blue))
		return
	}
	fill := paper
	if included {
		fill = blue
	}
	s.Empty("circle", svg.N("cx", x), svg.N("cy", y), svg.N("r", 5), svg.S("fill", fill), svg.S("stroke", blue), svg.N("stroke-width", 2))
}

// numbers writes the value and the ends under the bar; the value goes first,
// and an end that would touch what is there stays in the words above.
func (b *rangeBars) numbers(s *sheet, r qca.Range, at func(float64) float64, y float64) {
	room := &placer{area: box{0, 0, s.width, y + 20}}
	write := func(text string, x float64, attrs ...svg.Attr) {
		width := svg.Width(text, smallSize)
		x = min(max(x, edge+width/2), s.width-edge-width/2)
		if place := around(x, y, width+8, smallSize); text != "" && room.free(place) {
			room.take(place)
			s.centred(text, x, y, append(attrs, svg.N("font-size", smallSize))...)
		}
	}
	write(decimal(r.Value), at(r.Value), svg.S("font-weight", "bold"))
	least, most := limits(r)
	for _, end := range []qca.Figure{r.Low, r.High, least, most} {
		if v, ok := end.Value(); ok {
			write(bound(end), at(v), svg.S("fill", muted))
		}
	}
}
