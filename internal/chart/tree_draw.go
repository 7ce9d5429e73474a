package chart

// treeLooks go from the aim to the ideas; the column says the level, the fill only repeats it.
var treeLooks = [...]struct{ fill, line, text string }{
	{"#003e7e", "#001a40", "#ffffff"}, {"#c3dcf1", "#005eb8", ink}, {"#e8f1f9", "#005eb8", ink}, {"#ffffff", "#4c6272", ink}, {"#ffffff", "#4c6272", ink},
}

var treeEdge = lineStyle{class: "sir-chart__edge", colour: "#768692", width: 1.5}

func (tr Tree) draw() []byte {
	p := tr.plan()
	c := &canvas{buf: make([]byte, 0, 4096+900*len(p.boxes))}
	y := tr.begin(c, p.height, tr.describe())
	c.openGroup(s("aria-hidden", "true"))
	if p.head > 0 {
		for depth, name := range tr.Levels {
			text, _ := fit(name, textSize*boldness, p.columnWidth+treeLink-6)
			c.element("text", text, n("x", 2+float64(depth)*(p.columnWidth+treeLink)), n("y", y+18), s("font-weight", "bold"), s("fill", muted))
		}
	}
	for _, box := range p.boxes {
		if box.parent >= 0 {
			c.stroke(treeEdge, p.edge(p.boxes[box.parent], box))
		}
	}
	c.close("g")
	for _, box := range p.boxes {
		p.drawBox(c, box)
	}
	tr.end(c, p.height)
	return c.buf
}

// edge is the line from a box to one of its children: a curve between columns, an elbow in a list.
func (p treePlan) edge(from, to treeBox) string {
	if p.Layout == Narrow {
		x := from.x + treeIndent/2
		return new(pathData).add('M', x, from.y+from.height).add('V', to.y+to.height/2).add('H', to.x).String()
	}
	x1, y1, x2, y2 := from.x+from.width, from.y+from.height/2, to.x, to.y+to.height/2
	middle := (x1 + x2) / 2
	return new(pathData).add('M', x1, y1).add('C', middle, y1, middle, y2, x2, y2).String()
}

func (p treePlan) drawBox(c *canvas, box treeBox) {
	it := item{label: p.sayBox(box), href: p.link(box.node.Href), stop: len(p.boxes) <= maxStops}
	look := treeLooks[box.depth]
	c.openItem(it)
	c.openGroup(s("aria-hidden", "true"))
	c.empty("rect", s("class", "sir-chart__box"), n("x", box.x), n("y", box.y), n("width", box.width), n("height", box.height), n("rx", 4),
		s("fill", look.fill), s("stroke", look.line), n("stroke-width", 1.5))
	c.empty("rect", s("class", "sir-chart__ring"), n("x", box.x+2), n("y", box.y+2), n("width", box.width-4), n("height", box.height-4), n("rx", 3),
		s("fill", "none"), s("pointer-events", "all"))
	for i, line := range box.lines {
		c.element("text", line, s("class", "sir-chart__name"), n("x", box.x+8), n("y", box.y+19+treeLine*float64(i)), n("font-size", smallSize), s("fill", look.text))
	}
	if box.node.State != "" {
		text, _ := fit(sentence(box.node.State), smallSize*boldness, box.width-16)
		c.element("text", text, n("x", box.x+8), n("y", box.y+box.height-10), n("font-size", smallSize), s("font-weight", "bold"), s("fill", look.text))
	}
	c.close("g")
	c.closeItem(it)
}

// sayBox is the accessible name of a box: its level, text, state and what it drives.
func (p treePlan) sayBox(box treeBox) string {
	text := phrase(p.Levels[box.depth]) + ": " + phrase(box.node.Text)
	if box.node.State != "" {
		text += ", " + phrase(box.node.State)
	}
	if box.parent >= 0 {
		text += ", leads to " + phrase(p.boxes[box.parent].node.Text)
	}
	return text
}
