// Package svg writes small SVG drawings as text: elements, escaped names,
// paths, and text cut or wrapped to a width. It knows no plot.
//
// Nothing it writes runs, loads or styles: no script, no style attribute, so a
// page with a strict Content-Security-Policy shows it and a file looks the same.
package svg

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
)

// Attr is an attribute of an element.
type Attr struct{ Name, Value string }

// S is a text attribute.
func S(name, value string) Attr { return Attr{name, value} }

// N is a number attribute, to a tenth.
func N(name string, value float64) Attr { return Attr{name, Number(value)} }

// Number writes a length or coordinate to a tenth, without a trailing zero.
func Number(v float64) string {
	tenths := math.Round(v * 10)
	if tenths == 0 {
		return "0" // never -0
	}
	return strconv.FormatFloat(tenths/10, 'f', -1, 64)
}

// Writer collects markup. The zero Writer is ready to use.
type Writer struct{ b strings.Builder }

// String returns what was written.
func (w *Writer) String() string { return w.b.String() }

// Embed appends what another writer holds.
func (w *Writer) Embed(other *Writer) { w.b.WriteString(other.String()) }

// Open starts an element that Close ends.
func (w *Writer) Open(tag string, attrs ...Attr) { w.start(tag, attrs, ">\n") }

// Close ends the element of that name.
func (w *Writer) Close(tag string) { w.b.WriteString("</" + tag + ">\n") }

// Empty writes an element without content.
func (w *Writer) Empty(tag string, attrs ...Attr) { w.start(tag, attrs, "/>\n") }

// Element writes an element that holds text only.
func (w *Writer) Element(tag, text string, attrs ...Attr) {
	w.start(tag, attrs, ">")
	w.escape(text)
	w.Close(tag)
}

func (w *Writer) start(tag string, attrs []Attr, end string) {
	w.b.WriteString("<" + tag)
	for _, a := range attrs {
		w.b.WriteString(" " + a.Name + `="`)
		w.escape(a.Value)
		w.b.WriteByte('"')
	}
	w.b.WriteString(end)
}

// escape writes text as character data and nothing else.
func (w *Writer) escape(text string) {
	_ = xml.EscapeText(&w.b, []byte(Clean(text))) // a strings.Builder never fails
}

// Clean makes a name fit to stand in a line of text: control characters become
// spaces, and those that turn round the text beside them are dropped. What
// XML cannot carry is replaced when it is written.
func Clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < 0x20 || r >= 0x7f && r <= 0x9f || r == 0x2028 || r == 0x2029:
			return ' '
		case r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, text)
}
