package chart

import "cmp"

// shape tells series apart without colour.
type shape uint8

const (
	disc shape = iota
	square
	triangle
	diamond
	wedge // a triangle that points down
	cross
)

// style is how one series looks.
type style struct {
	shape  shape
	colour string
	hollow bool
	edge   string // outline of a filled shape; white when empty
	class  string
}

// hollowed is the style with nothing but its outline.
func (st style) hollowed() style {
	st.colour, st.hollow = cmp.Or(st.edge, st.colour), true
	return st
}

// seriesStyles are for lines, in the order of the series.
var seriesStyles = [...]style{
	{shape: disc, colour: "#005eb8", class: "sir-chart__series-1"},
	{shape: square, colour: "#ae2573", class: "sir-chart__series-2"},
	{shape: triangle, colour: "#007f3b", class: "sir-chart__series-3"},
	{shape: diamond, colour: "#330072", class: "sir-chart__series-4"},
	{shape: wedge, colour: "#a34700", class: "sir-chart__series-5"},
	{shape: cross, colour: "#425563", class: "sir-chart__series-6"},
}

// dotStyles are for the points of a row, from earlier to later. The latest is the largest and drawn first, so that equal
// values nest and all stay visible.
var dotStyles = [...]struct {
	style
	size float64
}{
	{style{shape: disc, colour: "#596f7d", hollow: true, class: "sir-chart__point-1"}, 3.6},
	{style{shape: diamond, colour: "#005eb8", hollow: true, class: "sir-chart__point-2"}, 6.2},
	{style{shape: disc, colour: "#003087", class: "sir-chart__point-3"}, 8.5},
}

// dotStyle is the style of point i of count: the last point always looks the same.
func dotStyle(i, count int) (style, float64) {
	if i == count-1 {
		i = len(dotStyles) - 1
	}
	return dotStyles[i].style, dotStyles[i].size
}

// marker draws the shape round a point; size is its half width. A title, when given, is what the pointer shows.
func (c *canvas) marker(st style, x, y, size float64, title string) {
	fill, stroke, width := st.colour, cmp.Or(st.edge, "#ffffff"), 1.0
	if st.hollow {
		fill, stroke, width = "#ffffff", st.colour, 2
	}
	if st.shape == cross {
		fill, stroke, width = "none", st.colour, 2.5
	}
	paint := [...]attr{s("class", st.class), s("fill", fill), s("stroke", stroke), n("stroke-width", width)}
	tag := "path"
	if st.shape == disc {
		tag = "circle"
		c.tag(tag, []attr{n("cx", x), n("cy", y), n("r", size)})
	} else {
		c.tag(tag, []attr{s("d", outline(st.shape, x, y, size))})
	}
	c.attrs(paint[:]...)
	if title == "" {
		c.raw("/>\n")
		return
	}
	c.raw(">")
	c.element("title", title)
	c.close(tag)
}

// outline is the path of every shape but the disc.
func outline(sh shape, x, y, r float64) string {
	var p pathData
	switch sh {
	case square:
		p.add('M', x-r, y-r).add('h', 2*r).add('v', 2*r).add('h', -2*r)
	case triangle:
		p.add('M', x, y-1.2*r).add('l', 1.2*r, 2.1*r).add('h', -2.4*r)
	case wedge:
		p.add('M', x, y+1.2*r).add('l', 1.2*r, -2.1*r).add('h', -2.4*r)
	case cross:
		p.add('M', x-r, y-r).add('l', 2*r, 2*r).add('m', 0, -2*r).add('l', -2*r, 2*r)
		return p.String()
	case diamond:
		p.add('M', x, y-r).add('l', r, r).add('l', -r, r).add('l', -r, -r)
	}
	return p.add('z').String()
}
