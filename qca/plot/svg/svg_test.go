package svg_test

import (
	"encoding/xml"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sir/qca/plot/svg"
)

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{0: "0", math.Copysign(0, -1): "0", -0.04: "0", 1: "1", 1.25: "1.3", -2.449: "-2.4", 1e6: "1000000"} {
		if got := svg.Number(v); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
}

func TestWriter(t *testing.T) {
	var inner, w svg.Writer
	inner.Empty("circle", svg.N("r", 2.5))
	w.Open("g", svg.S("aria-label", `a "b" <c>`))
	w.Embed(&inner)
	w.Element("text", "x & y\n\u202e")
	w.Empty("path", new(svg.Path).Add('M', 1, 2).Add('Z').D(), svg.S("fill", "none"))
	w.Close("g")
	want := `<g aria-label="a &#34;b&#34; &lt;c&gt;">
<circle r="2.5"/>
<text>x &amp; y </text>
<path d="M1 2Z" fill="none"/>
</g>
`
	if w.String() != want {
		t.Errorf("got %s want %s", w.String(), want)
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		lines int
		want  []string
	}{
		{"A*B + C", 1000, 2, []string{"A*B + C"}},
		{"one two three", 40, 5, []string{"one", "two", "three"}},
		{"NONDELAY*PHARMA", 90, 5, []string{"NONDELAY*", "PHARMA"}},
		{"one two three four", 60, 2, []string{"one two", "three f…"}},
		{"unbreakable", 40, 5, []string{"unb…"}},
		{"", 40, 5, nil},
	} {
		if got := svg.Wrap(c.text, 14, c.width, c.lines); !slices.Equal(got, c.want) {
			t.Errorf("%q in %v: %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

// What is fitted or wrapped is no wider than it may be, and is text of XML
// once written.
func TestTextKeepsItsWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		width := rapid.Float64Range(20, 300).Draw(t, "width")
		lines := svg.Wrap(text, 13, width, 3)
		if len(lines) > 3 {
			t.Fatalf("%d lines", len(lines))
		}
		for _, line := range append(lines, svg.Fit(text, 13, width)) {
			if w := svg.Width(line, 13); w > width+0.13 {
				t.Fatalf("%q is %v wide, want at most %v", line, w, width)
			}
			var w svg.Writer
			w.Element("text", line, svg.S("aria-label", line))
			if err := xml.Unmarshal([]byte(w.String()), new(struct{})); err != nil {
				t.Fatalf("%q: %v", w.String(), err)
			}
		}
	})
}

// Liberation Sans at 1,000 units to the height is no wider than the estimate
// (widths from the Adobe metrics of Helvetica, which it shares).
func TestWidthIsNotTooSmall(t *testing.T) {
	for text, thousandths := range map[string]float64{"NONDELAY": 5501, "illicit": 1888, "Wim 4%": 3722, "mean": 2501} {
		if got := svg.Width(text, 1000); got < thousandths || got > 1.15*thousandths {
			t.Errorf("%s: %v, want %v or a little more", text, got, thousandths)
		}
	}
	if !strings.HasSuffix(svg.Fit(strings.Repeat("\u0301", 1000), 13, 100), "…") {
		t.Error("marks without end are not cut")
	}
}
