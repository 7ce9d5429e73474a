package chart

import "slices"

var (
	groupStyle = style{shape: disc, colour: "#005eb8", edge: "#003087", class: "sir-chart__group"}
	smallStyle = style{shape: diamond, colour: "#596f7d", hollow: true, class: "sir-chart__group-small"}
	spanLine   = lineStyle{class: "sir-chart__interval", colour: "#596f7d", width: 2}
)

func (g GroupDots) draw() []byte {
	words := make([]rowWords, len(g.Groups))
	for i, group := range g.Groups {
		words[i] = rowWords{group.Name, g.note(group), g.link(group.Href)}
	}
	rows := newRowPlan(g.Layout, words)
	key := newLegend(g.legendItems(), g.Layout.width())
	top := g.top() + key.height + 4
	if g.Overall != nil {
		top += 22
	}
	bottom := top + rows.height*float64(len(g.Groups))
	x := newScale(g.axis(), nil, 4)
	x.from, x.to = rows.left, rows.right
	height := bottom + 26 + g.foot()

	c := &canvas{buf: make([]byte, 0, 4096+1200*len(g.Groups))}
	y := g.begin(c, height, g.describe())
	c.openGroup(s("aria-hidden", "true"))
	key.draw(c, y)
	rows.drawScale(c, x, g.Unit, top, bottom, len(g.Groups))
	if g.Overall != nil {
		g.drawOverall(c, rows, x.at(g.Overall.Value), top, bottom)
	}
	c.close("g")
	for i, group := range g.Groups {
		rows.drawRow(c, words[i], g.sayGroup(group), top+rows.height*float64(i), func(y float64) { g.drawGroup(c, group, x, y) })
	}
	g.end(c, height)
	return c.buf
}

func (g GroupDots) legendItems() []legendItem {
	items := []legendItem{{name: "Group", style: groupStyle, size: 6.5}}
	if slices.ContainsFunc(g.Groups, func(group Group) bool { return group.Small }) {
		items = append(items, legendItem{name: "Small group", style: smallStyle, size: 6.5})
	}
	if g.bounded() {
		items = append(items, legendItem{name: "Interval", line: spanLine})
	}
	return items
}

// drawOverall draws the line of all groups together, its label over the first row.
func (g GroupDots) drawOverall(c *canvas, rows rowPlan, x, top, bottom float64) {
	c.stroke(targetLine, rows.uprights(x, top, bottom, len(g.Groups)))
	label, _ := fit(g.Overall.Label, textSize*boldness, g.Layout.width()-8)
	half := textWidth(label, textSize*boldness)/2 + 2
	c.element("text", label, n("x", min(max(x, half), g.Layout.width()-half)), n("y", top-7), s("font-weight", "bold"), s("text-anchor", "middle"))
}

// drawGroup draws the interval and the point of a group round the height y.
func (g GroupDots) drawGroup(c *canvas, group Group, x scale, y float64) {
	c.empty("path", s("class", "sir-chart__grid"), s("d", horizontal(y, x.from, x.to)), s("stroke", grid))
	if !group.Value.known {
		return
	}
	if group.Low.known && group.High.known {
		from, to := x.at(group.Low.number), x.at(group.High.number)
		c.stroke(spanLine, horizontal(y, from, to)+vertical(from, y-5, y+5)+vertical(to, y-5, y+5))
	}
	look := groupStyle
	if group.Small {
		look = smallStyle
	}
	c.marker(look, x.at(group.Value.number), y, 6.5, phrase(group.Name)+": "+g.say(group.Value))
}

// sayGroup is the accessible name of a group.
func (g GroupDots) sayGroup(group Group) string {
	wide := g
	wide.Layout = Wide
	text := phrase(group.Name) + ": " + phrase(wide.note(group))
	if group.Value.known && group.Low.known && group.High.known {
		text += ", interval " + g.say(group.Low) + " to " + g.say(group.High)
	}
	return text
}
