package chart

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Text heights in units and the colours of the NHS palette. Text colours keep at least 4.5:1 on white, marks 3:1.
const (
	titleSize = 17
	textSize  = 14
	smallSize = 13

	ink   = "#212b32"
	muted = "#4c6272"
	rule  = "#aeb7bd"
	grid  = "#e1e6e9"
	tint  = "#f0f4f5"
)

// canvas appends SVG to a byte slice. All text goes through escape.
type canvas struct{ buf []byte }

// attr is one attribute: text, or a number when name is set by n.
type attr struct {
	name, text string
	num        float64
	isNum      bool
}

func s(name, text string) attr        { return attr{name: name, text: text} }
func n(name string, num float64) attr { return attr{name: name, num: num, isNum: true} }

func (c *canvas) raw(markup string) { c.buf = append(c.buf, markup...) }

func (c *canvas) attrs(attrs ...attr) {
	for _, a := range attrs {
		c.buf = append(c.buf, ' ')
		c.buf = append(c.buf, a.name...)
		c.buf = append(c.buf, '=', '"')
		if a.isNum {
			c.buf = appendNumber(c.buf, a.num)
		} else {
			c.escape(a.text)
		}
		c.buf = append(c.buf, '"')
	}
}

// openGroup starts a g element that close ends.
func (c *canvas) openGroup(attrs ...attr) {
	c.tag("g", attrs)
	c.raw(">\n")
}

func (c *canvas) close(tag string) {
	c.raw("</")
	c.raw(tag)
	c.raw(">\n")
}

func (c *canvas) empty(tag string, attrs ...attr) {
	c.tag(tag, attrs)
	c.raw("/>\n")
}

func (c *canvas) element(tag, text string, attrs ...attr) {
	c.tag(tag, attrs)
	c.raw(">")
	c.escape(text)
	c.close(tag)
}

func (c *canvas) tag(tag string, attrs []attr) {
	c.raw("<")
	c.raw(tag)
	c.attrs(attrs...)
}

// label draws text shortened to the width; what was cut stands in a title, which browsers show on hover.
func (c *canvas) label(text string, width float64, attrs ...attr) {
	shown, cut := fit(text, textSize, width)
	c.tag("text", attrs)
	c.raw(">")
	if cut {
		c.element("title", text)
	}
	c.escape(shown)
	c.close("text")
}

// escape writes text so that it is character data and nothing else. Control characters become spaces, so a name never
// breaks a line; what XML 1.0 cannot carry becomes U+FFFD; embedding, override and isolate controls are dropped, because
// they would turn round the numbers that follow a name.
func (c *canvas) escape(text string) {
	for _, r := range text {
		switch {
		case r == '&':
			c.raw("&amp;")
		case r == '<':
			c.raw("&lt;")
		case r == '>':
			c.raw("&gt;")
		case r == '"':
			c.raw("&#34;")
		case r == '\t' || r == '\n' || r == '\r':
			c.buf = append(c.buf, ' ')
		case r < 0x20 || r >= 0x7f && r <= 0x9f || r&0xfffe == 0xfffe:
			c.buf = utf8.AppendRune(c.buf, utf8.RuneError)
		case r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
		default:
			c.buf = utf8.AppendRune(c.buf, r)
		}
	}
}

// appendNumber writes a coordinate to a tenth of a unit, without a trailing zero.
func appendNumber(buf []byte, v float64) []byte {
	tenths := int64(math.Round(v * 10))
	if tenths < 0 {
		buf, tenths = append(buf, '-'), -tenths
	}
	buf = strconv.AppendInt(buf, tenths/10, 10)
	if tenths%10 != 0 {
		buf = append(buf, '.', byte('0'+tenths%10))
	}
	return buf
}

// pathData collects the d attribute of a path.
type pathData struct{ strings.Builder }

// add appends a command and its coordinates.
func (p *pathData) add(command byte, coordinates ...float64) *pathData {
	var room [32]byte
	buf := append(room[:0], command)
	for i, v := range coordinates {
		if i > 0 {
			buf = append(buf, ' ')
		}
		buf = appendNumber(buf, v)
	}
	p.Write(buf)
	return p
}

// horizontal and vertical are the paths of straight lines.
func horizontal(y, from, to float64) string {
	return new(pathData).add('M', from, y).add('H', to).String()
}

func vertical(x, from, to float64) string {
	return new(pathData).add('M', x, from).add('V', to).String()
}
