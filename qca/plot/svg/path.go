package svg

import "strings"

// Path builds the d attribute of a path.
type Path struct{ b strings.Builder }

// Add appends a command letter and its numbers.
func (p *Path) Add(command byte, numbers ...float64) *Path {
	p.b.WriteByte(command)
	for i, v := range numbers {
		if i > 0 {
			p.b.WriteByte(' ')
		}
		p.b.WriteString(Number(v))
	}
	return p
}

// String returns the attribute's value.
func (p *Path) String() string { return p.b.String() }

// D is the path as an attribute.
func (p *Path) D() Attr { return S("d", p.String()) }

// Line is the path from one point straight to another.
func Line(x1, y1, x2, y2 float64) Attr {
	return new(Path).Add('M', x1, y1).Add('L', x2, y2).D()
}
