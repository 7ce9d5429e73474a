package main

import (
	"fmt"
	"math"
	"strconv"

	"sir/qca/plot/svg"
)

// The scale of time: ten to these powers, in milliseconds.
const leastPower, mostPower = -2, 5

const (
	growthHeight = 236 // of the square of a panel
	growthLeft   = 58  // room for the names of times
	growthInk    = "#212b32"
	growthRule   = "#aeb7bd"
)

var growthColours = []string{"#005eb8", "#ae2573", "#007f3b", "#330072"}

// drawGrowth draws the panels side by side where the width allows it.
func drawGrowth(panels []growthPanel, width float64) string {
	columns := max(1, int(width/280))
	each := width / float64(columns)
	const panelHeight = growthHeight + 96
	rows := (len(panels) + columns - 1) / columns
	var w svg.Writer
	for i, p := range panels {
		p.draw(&w, float64(i%columns)*each, 8+float64(i/columns)*panelHeight, each-8)
	}
	y := 8 + float64(rows)*panelHeight
	for _, line := range svg.Wrap("Solid and filled: SIR. Dashed and hollow: R, where it came to an end. A cross: no shortest formula was proved within five seconds.", 14, width-8, 5) {
		y += 18
		w.Element("text", line, svg.N("x", 4), svg.N("y", y))
	}
	var whole svg.Writer
	whole.Open("svg", svg.S("xmlns", "http://www.w3.org/2000/svg"), svg.S("role", "img"), svg.S("aria-labelledby", "title desc"), svg.S("viewBox", fmt.Sprintf("0 0 %g %g", width, y+10)),
		svg.N("width", width), svg.N("height", y+10), svg.S("font-family", "Arial, Helvetica, sans-serif"), svg.N("font-size", 14), svg.S("fill", growthInk))
	whole.Element("title", "Time of a solution by cases and by conditions, SIR and R", svg.S("id", "title"))
	whole.Element("desc", "Four line plots of processor time on a scale of powers of ten, for the structured data. The figures are those of the tables for struct.", svg.S("id", "desc"))
	whole.Empty("rect", svg.N("width", width), svg.N("height", y+10), svg.S("fill", "#ffffff"))
	whole.Embed(&w)
	whole.Close("svg")
	return whole.String()
}

// draw puts a panel with its left upper corner at x, y.
func (p growthPanel) draw(w *svg.Writer, x, y, width float64) {
	left, top, right := x+growthLeft, y+26, x+width-14
	w.Element("text", p.title, svg.N("x", x+4), svg.N("y", y+14), svg.S("font-weight", "bold"))
	names := []string{"0.01 ms", "0.1 ms", "1 ms", "10 ms", "0.1 s", "1 s", "10 s", "100 s"}
	atTime := func(ms float64) float64 {
		share := (math.Log10(ms) - leastPower) / (mostPower - leastPower)
		return top + growthHeight*(1-min(max(share, 0), 1))
	}
	for i, name := range names {
		at := atTime(math.Pow10(leastPower + i))
		w.Empty("path", svg.Line(left, at, right, at), svg.S("stroke", growthRule))
		w.Element("text", name, svg.N("x", left-6), svg.N("y", at+5), svg.S("text-anchor", "end"), svg.N("font-size", 13))
	}
	// Equal steps: cases grow about threefold from one to the next, conditions by two.
	atSize := func(size int) float64 {
		for i, tick := range p.ticks {
			if tick == size {
				return left + 8 + (right-left-16)*float64(i)/float64(len(p.ticks)-1)
			}
		}
		return left
	}
	for _, tick := range p.ticks {
		w.Element("text", strconv.Itoa(tick), svg.N("x", atSize(tick)), svg.N("y", top+growthHeight+18), svg.S("text-anchor", "middle"), svg.N("font-size", 13))
	}
	w.Element("text", p.across, svg.N("x", (left+right)/2), svg.N("y", top+growthHeight+34), svg.S("text-anchor", "middle"), svg.N("font-size", 13))
	for _, s := range p.series {
		s.draw(w, atSize, atTime)
	}
	p.legend(w, x+8, top+growthHeight+54, width-8)
}

func (s growthSeries) draw(w *svg.Writer, atSize func(int) float64, atTime func(float64) float64) {
	colour, path := growthColours[s.style], new(svg.Path)
	for i, point := range s.points {
		command := byte('M')
		if i > 0 && s.points[i-1].place == point.place-1 { // no line over what has no time
			command = 'L'
		}
		path.Add(command, atSize(point.size), atTime(point.ms))
	}
	line := []svg.Attr{path.D(), svg.S("stroke", colour), svg.S("fill", "none"), svg.N("stroke-width", 1.5)}
	if s.peer {
		line = append(line, svg.S("stroke-dasharray", "4 3"))
	}
	if len(s.points) > 1 {
		w.Empty("path", line...)
	}
	for _, point := range s.points {
		growthMark(w, s.style, s.peer, atSize(point.size), atTime(point.ms))
		if !point.proved {
			x, y := atSize(point.size), atTime(point.ms)
			w.Empty("path", new(svg.Path).Add('M', x-7, y-7).Add('L', x+7, y+7).Add('M', x-7, y+7).Add('L', x+7, y-7).D(), svg.S("stroke", growthInk), svg.N("stroke-width", 1.5))
		}
	}
}

// growthMark draws the shape of a line: disc, square, triangle or diamond.
func growthMark(w *svg.Writer, style int, hollow bool, x, y float64) {
	colour := growthColours[style]
	paint := []svg.Attr{svg.S("fill", colour), svg.S("stroke", colour), svg.N("stroke-width", 1.5)}
	if hollow {
		paint[0].Value = "#ffffff"
	}
	path := new(svg.Path)
	switch style {
	case 0:
		w.Empty("circle", append(paint, svg.N("cx", x), svg.N("cy", y), svg.N("r", 4))...)
		return
	case 1:
		path.Add('M', x-4, y-4).Add('H', x+4).Add('V', y+4).Add('H', x-4)
	case 2:
		path.Add('M', x, y-5).Add('L', x+5, y+4).Add('L', x-5, y+4)
	default:
		path.Add('M', x, y-5.5).Add('L', x+5.5, y).Add('L', x, y+5.5).Add('L', x-5.5, y)
	}
	w.Empty("path", append(paint, path.Add('Z').D())...)
}

// legend names the lines in a row under the panel.
func (p growthPanel) legend(w *svg.Writer, x, y, width float64) {
	n := 0
	for _, s := range p.series {
		if s.peer {
			continue
		}
		at := x + float64(n)*width/4
		growthMark(w, s.style, false, at, y-4)
		w.Element("text", s.label, svg.N("x", at+9), svg.N("y", y), svg.N("font-size", 13))
		n++
	}
}
