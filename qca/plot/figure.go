package plot

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"sir/qca"
	"sir/qca/plot/svg"
)

// Figure is a plot that was checked and can be drawn at any width. Title and
// Description may be changed before it is drawn.
type Figure struct {
	Title       string // what it shows; its accessible name
	Description string // how to read it

	notes []string // what belongs to it in any case, below the drawing
	table Table
	draw  func(*sheet)
}

// Table is the figure in rows: the first cells of each row name it.
type Table struct {
	Headers []string
	Rows    [][]string
}

// Table returns the facts of the figure, all of them.
func (f *Figure) Table() Table { return f.table }

// The widths a figure can be drawn for, in pixels at its own size.
const (
	MinWidth     = 280
	DefaultWidth = 640
	MaxWidth     = 2000
)

// Drawing says how a figure is drawn. The zero Drawing is for a page that has
// one figure.
type Drawing struct {
	// ID begins every id in the drawing, so that several can stand on a page: a
	// letter, then letters, digits and hyphens; empty: "plot".
	ID string
	// Width in pixels, MinWidth to MaxWidth; zero: DefaultWidth.
	Width int
	// Heading draws the title above, for a file that leaves its page.
	Heading bool
	// Class of the drawing, for a style sheet; empty: "qca-plot". What can be
	// reached by the keyboard has this class with "__item" added.
	Class string
}

var idForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]{0,63}$`)

// SVG returns one svg element, without an XML declaration. An id or a width
// that cannot be is a qca.InputError.
func (f *Figure) SVG(d Drawing) (string, error) {
	d.ID, d.Width, d.Class = cmp.Or(d.ID, "plot"), cmp.Or(d.Width, DefaultWidth), cmp.Or(d.Class, "qca-plot")
	if !idForm.MatchString(d.ID) {
		return "", &qca.InputError{Value: d.ID, Problem: "not an id", Remedy: "use a letter, then letters, digits and hyphens"}
	}
	if d.Width < MinWidth || d.Width > MaxWidth {
		return "", &qca.InputError{Value: fmt.Sprint(d.Width), Problem: "not a width for a plot",
			Remedy: fmt.Sprintf("use %d to %d", MinWidth, MaxWidth)}
	}
	s := &sheet{Drawing: d, width: float64(d.Width), y: edge}
	if d.Heading {
		s.paragraph(f.Title, titleSize, svg.S("font-weight", "bold"), svg.S("aria-hidden", "true"))
		s.y += 6
	}
	f.draw(s)
	for _, note := range f.notes {
		s.paragraph(note, smallSize, svg.S("fill", muted))
	}
	return f.frame(s), nil
}

// frame puts what was drawn into an svg element of the height it took.
func (f *Figure) frame(s *sheet) string {
	var w svg.Writer
	width, height := svg.Number(s.width), svg.Number(s.y+edge)
	w.Open("svg", svg.S("xmlns", "http://www.w3.org/2000/svg"), svg.S("class", s.Class), svg.S("role", "graphics-document"),
		svg.S("aria-labelledby", s.ID+"-title"), svg.S("aria-describedby", s.ID+"-desc"),
		svg.S("viewBox", strings.Join([]string{"0", "0", width, height}, " ")), svg.S("width", width), svg.S("height", height),
		svg.S("font-family", "Arial, Helvetica, sans-serif"), svg.N("font-size", textSize), svg.S("fill", ink))
	w.Element("title", f.Title, svg.S("id", s.ID+"-title"))
	w.Element("desc", f.Description, svg.S("id", s.ID+"-desc"))
	w.Empty("rect", svg.S("width", width), svg.S("height", height), svg.S("fill", paper))
	w.Embed(&s.Writer)
	w.Close("svg")
	return w.String()
}
