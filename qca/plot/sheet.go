package plot

import (
	"fmt"

	"sir/qca/plot/svg"
)

// Heights of text and colours. Text keeps at least 4.5:1 on the paper, marks 3:1.
const (
	titleSize = 17
	textSize  = 14
	smallSize = 13
	leading   = 1.3 // distance of lines in heights of text
	edge      = 4   // kept free on every side

	paper = "#ffffff"
	ink   = "#212b32"
	muted = "#4c6272"
	rule  = "#768692"
	grid  = "#d8dde0"
	tint  = "#f0f4f5"
	blue  = "#005eb8"
	plum  = "#ae2573"
)

// maxStops is how many marks of a figure the keyboard visits. Where there are
// more, the table is the way in.
const maxStops = 64

// sheet is a drawing that grows downwards; y is where it has come to.
type sheet struct {
	svg.Writer
	Drawing
	width, y float64
	stops    bool // items are stops for the keyboard
}

// paragraph writes text over the width in up to six lines and moves on.
func (s *sheet) paragraph(text string, size float64, attrs ...svg.Attr) {
	for _, line := range svg.Wrap(text, size*1.06, s.width-2*edge, 6) { // bold text is a little wider
		s.y += size * leading
		s.text(line, edge, s.y-0.3*size, append([]svg.Attr{svg.N("font-size", size)}, attrs...)...)
	}
}

// text writes one line, its baseline at y.
func (s *sheet) text(text string, x, y float64, attrs ...svg.Attr) {
	s.Element("text", text, append([]svg.Attr{svg.N("x", x), svg.N("y", y)}, attrs...)...)
}

// centred writes a line whose middle is at x.
func (s *sheet) centred(text string, x, y float64, attrs ...svg.Attr) {
	s.text(text, x, y, append([]svg.Attr{svg.S("text-anchor", "middle")}, attrs...)...)
}

// line draws a straight line.
func (s *sheet) line(x1, y1, x2, y2 float64, colour string, attrs ...svg.Attr) {
	s.Empty("path", append([]svg.Attr{svg.Line(x1, y1, x2, y2), svg.S("stroke", colour), svg.S("fill", "none")}, attrs...)...)
}

// item starts what a reader compares, under its accessible name; Close("g")
// ends it.
func (s *sheet) item(name string) {
	attrs := []svg.Attr{svg.S("class", s.Class+"__item"), svg.S("role", "img"), svg.S("aria-label", svg.Fit(name, 1, 300))}
	if s.stops {
		attrs = append(attrs, svg.S("tabindex", "0"))
	}
	s.Open("g", attrs...)
}

// hidden starts what the names of the items say already.
func (s *sheet) hidden() { s.Open("g", svg.S("aria-hidden", "true")) }

// halo keeps text readable on a pattern or a line.
var halo = []svg.Attr{svg.S("stroke", paper), svg.N("stroke-width", 4), svg.S("stroke-linejoin", "round"), svg.S("paint-order", "stroke")}

// counted is a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
