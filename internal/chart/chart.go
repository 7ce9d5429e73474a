package chart

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// ErrInvalid is wrapped by every error of Validate.
var ErrInvalid = errors.New("chart cannot be drawn")

// CSS is the style sheet that pages with charts need: it chooses the layout that fits the width and shows numbers on focus
// and hover. A chart is complete without it.
//
//go:embed chart.css
var CSS string

// Chart is one of the kinds of this package.
type Chart interface {
	// Validate wraps ErrInvalid when the chart cannot be drawn as it stands.
	Validate() error
	// Render writes one SVG element, without an XML declaration. It writes nothing when Validate fails.
	Render(w io.Writer) error
	// Table gives the numbers of the chart, all of them, in the order drawn.
	Table() Table
}

// Responsive is a chart that can be drawn in both layouts.
type Responsive interface {
	Chart
	In(Layout) Chart
}

// Layout is the width a chart is drawn for.
type Layout uint8

// Wide is 640 units across, for a tablet, a sheet of paper or a file; Narrow 288, for a phone; Full 960, for a card that
// is as wide as the page. One unit is one pixel when the chart is shown at its own size.
const (
	Wide Layout = iota
	Narrow
	Full
)

var layouts = [...]struct {
	width, plotHeight float64 // plotHeight of a chart with a free vertical scale
	suffix            string
}{Wide: {640, 280, "wide"}, Narrow: {288, 220, "narrow"}, Full: {960, 340, "full"}}

func (l Layout) width() float64      { return layouts[l].width }
func (l Layout) plotHeight() float64 { return layouts[l].plotHeight }
func (l Layout) suffix() string      { return layouts[l].suffix }

// Frame is what all large charts have in common.
type Frame struct {
	ID      string // unique on the page: a lower-case letter, then letters, digits and hyphens
	Title   string // what the chart shows; its accessible name
	Desc    string // how to read it, as at when; a plain description of the kind of chart is used when empty
	Layout  Layout
	Heading bool   // draws Title above and Note below, for a file that leaves its page
	Note    string // source and date, shown only with Heading

	natural float64 // width of a chart that may be wider than its layout; 0 is the layout's
}

// width is that of the drawing.
func (f Frame) width() float64 { return max(f.natural, f.Layout.width()) }

var idForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,63}$`)

func (f Frame) validate() error {
	if !idForm.MatchString(f.ID) {
		return fmt.Errorf("%w: id %.64q; use a lower-case letter, then letters, digits and hyphens", ErrInvalid, f.ID)
	}
	if strings.TrimSpace(f.Title) == "" {
		return fmt.Errorf("%w: %s has no title; say what it shows", ErrInvalid, f.ID)
	}
	if f.Layout > Full {
		return fmt.Errorf("%w: %s has layout %d; use Wide, Narrow or Full", ErrInvalid, f.ID, f.Layout)
	}
	return nil
}

// Figure writes the chart in every layout, each in a div of which chart.css shows the one that fits. Ids are those of the
// frame with the layout added, so all may stand on one page. A chart that scrolls even in Full is drawn once for Wide and
// Full, which would be the same picture.
func Figure(w io.Writer, c Responsive) error {
	var out bytes.Buffer
	written := []Layout{Wide, Narrow, Full}
	if err := c.In(Full).Validate(); err != nil {
		return err
	}
	if scrolls(c.In(Full)) {
		written = []Layout{Full, Narrow}
	}
	for _, layout := range written {
		drawn, class := c.In(layout), layout.suffix()
		if layout == Full && len(written) == 2 {
			class = "broad"
		}
		fmt.Fprintf(&out, `<div class="sir-figure sir-figure--%s"`, class)
		if scrolls(drawn) {
			out.WriteString(` role="group" aria-label="Chart, scrolls sideways" tabindex="0"`)
		}
		out.WriteString(">")
		if err := drawn.Render(&out); err != nil {
			return err
		}
		out.WriteString("</div>")
	}
	_, err := out.WriteTo(w)
	return err
}

func scrolls(c Chart) bool {
	wide, ok := c.(scroller)
	return ok && wide.scrolls()
}

// scroller is a chart that may be wider than its layout; the keyboard must then reach the box that scrolls it.
type scroller interface{ scrolls() bool }

// begin opens the svg element and draws background and heading. It returns the y below them.
func (f Frame) begin(c *canvas, height float64, desc string) float64 {
	id, width, class := f.ID+"-"+f.Layout.suffix(), f.width(), "sir-chart"
	if f.natural > f.Layout.width() {
		class += " sir-chart--scrolled"
	}
	c.raw(`<svg xmlns="http://www.w3.org/2000/svg"`)
	c.attrs(s("class", class), s("role", "graphics-document"), s("aria-labelledby", id+"-title"),
		s("aria-describedby", id+"-desc"), s("viewBox", fmt.Sprintf("0 0 %g %g", width, height)), n("width", width), n("height", height),
		s("font-family", "Arial, Helvetica, sans-serif"), n("font-size", textSize), s("fill", ink))
	c.raw(">\n")
	c.element("title", f.Title, s("id", id+"-title"))
	if f.Desc != "" {
		desc = f.Desc
	}
	c.element("desc", desc, s("id", id+"-desc"))
	c.empty("rect", s("class", "sir-chart__background"), n("width", width), n("height", height), s("fill", "#ffffff"))
	y := 0.0
	for _, line := range f.headingLines() {
		y += 22
		c.element("text", line, n("x", 2), n("y", y-4), n("font-size", titleSize), s("font-weight", "bold"), s("aria-hidden", "true"))
	}
	return f.top()
}

// end draws the note and closes the svg element.
func (f Frame) end(c *canvas, height float64) {
	lines := f.noteLines()
	for i, line := range lines {
		c.element("text", line, n("x", 2), n("y", height-6-18*float64(len(lines)-1-i)), n("font-size", smallSize), s("fill", muted))
	}
	c.raw("</svg>\n")
}

// top is the space that begin uses, foot that of end.
func (f Frame) top() float64 {
	if lines := f.headingLines(); len(lines) > 0 {
		return 22*float64(len(lines)) + 10
	}
	return 2
}

func (f Frame) foot() float64 {
	if lines := f.noteLines(); len(lines) > 0 {
		return 18*float64(len(lines)) + 10
	}
	return 0
}

func (f Frame) headingLines() []string {
	if !f.Heading {
		return nil
	}
	return wrap(f.Title, titleSize*boldness, f.Layout.width()-4, 4)
}

func (f Frame) noteLines() []string {
	if !f.Heading || strings.TrimSpace(f.Note) == "" {
		return nil
	}
	return wrap(f.Note, smallSize, f.Layout.width()-4, 4)
}
