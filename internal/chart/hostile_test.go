package chart_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"sir/internal/chart"
)

// What a chart may hold: nothing that runs, loads or styles. A policy without unsafe-inline blocks the rest.
var (
	elements   = set("svg title desc g a rect path circle text")
	attributes = set(`xmlns class role id viewBox width height font-family font-size font-weight fill fill-opacity stroke
		stroke-width stroke-dasharray stroke-linecap stroke-linejoin text-anchor paint-order pointer-events visibility tabindex
		x y d cx cy r rx href aria-label aria-labelledby aria-describedby aria-hidden`)
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// inspect reads the SVG as XML and checks elements, attributes, text sizes and that coordinates lie in the view box. It
// returns all character data.
func inspect(svg string) (text string, err error) {
	decoder := xml.NewDecoder(strings.NewReader(svg))
	var words strings.Builder
	var width, height float64
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return words.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.CharData:
			words.Write(token)
		case xml.StartElement:
			if token.Name.Local == "svg" {
				width, height = number(token, "width"), number(token, "height")
			}
			if err := inspectElement(token, width, height); err != nil {
				return "", err
			}
		case xml.EndElement:
		default:
			return "", fmt.Errorf("unexpected %T", token)
		}
	}
}

func inspectElement(e xml.StartElement, width, height float64) error {
	if !elements[e.Name.Local] {
		return fmt.Errorf("element %s", e.Name.Local)
	}
	for _, a := range e.Attr {
		if !attributes[a.Name.Local] {
			return fmt.Errorf("attribute %s of %s", a.Name.Local, e.Name.Local)
		}
		if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
			return fmt.Errorf("%s=%q", a.Name.Local, a.Value)
		}
		if a.Name.Local == "href" && (!strings.HasPrefix(a.Value, "/") || strings.HasPrefix(a.Value, "//")) {
			return fmt.Errorf("link to %q", a.Value)
		}
		limit := map[string]float64{"x": width, "cx": width, "y": height, "cy": height}[a.Name.Local]
		if v := number(e, a.Name.Local); limit > 0 && (v < -1 || v > limit+1) {
			return fmt.Errorf("%s %s=%v outside %v x %v", e.Name.Local, a.Name.Local, v, width, height)
		}
		if a.Name.Local == "font-size" && number(e, "font-size") < 13 {
			return fmt.Errorf("text of %s units", a.Value)
		}
	}
	return nil
}

func number(e xml.StartElement, name string) float64 {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			v, _ := strconv.ParseFloat(a.Value, 64)
			return v
		}
	}
	return 0
}

// withText is every kind of chart in both layouts with text wherever a user's may stand.
func withText(t testing.TB, text string) []chart.Chart {
	dots, line, spark := sampleDots(), sampleLine(t), sampleSpark(t)
	dots.Title, dots.Desc, dots.Note, dots.RowHeader, dots.Heading = text, text, text, text, true
	dots.Points = []string{text, text, text}
	dots.Target.Label = text
	dots.Rows[0].Name, dots.Rows[0].Note = text, text
	dots.Rows[1].Values[1] = chart.Missing(text)
	line.Title, line.Desc, line.Note, line.TargetLabel, line.Heading = text, "", text, text, true
	line.Series[1].Name, line.Series[2].Values[5] = text, chart.Missing(text)
	spark.Title = text
	all := []chart.Chart{dots, dots.In(chart.Narrow), line, line.In(chart.Narrow), spark}
	for _, c := range hostile(t, text) {
		all = append(all, c.In(chart.Wide), c.In(chart.Narrow), c.In(chart.Full))
	}
	return all
}

func TestHostileText(t *testing.T) {
	texts := map[string]string{
		"markup":       `</text><script>alert(1)</script><svg onload="x"> & ]]> <!-- `,
		"quotes":       `" onfocus="alert(1)' style='x`,
		"NUL":          "a\x00b\x01\x1f\x7f\u0085c",
		"not UTF-8":    "a\xff\xfe\xc0b",
		"non-XML":      "a\ufffe\uffff\U0001fffeb",
		"overrides":    "\u202enetwork\u2066 50%",
		"right left":   "شبكة الابتكار\u200f\u061c",
		"combining":    "e" + strings.Repeat("\u0301", 5000),
		"lines":        "one\ntwo\r\n\tthree",
		"wide":         strings.Repeat("創新網絡", 40),
		"one megabyte": strings.Repeat("Innovation ", 1<<20/11),
		"no spaces":    strings.Repeat("W", 1<<20),
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			for i, c := range withText(t, text) {
				svg := render(t, c)
				words, err := inspect(svg)
				if err != nil {
					t.Fatalf("chart %d: %v", i, err)
				}
				if strings.ContainsAny(words, "\x00\u202e\u2066") || !utf8.ValidString(svg) {
					t.Errorf("chart %d lets control characters through", i)
				}
			}
		})
	}
}

// A name too long to draw is cut on the page, and whole in a title and in the table.
func TestLongNameIsKept(t *testing.T) {
	name := strings.Repeat("Alder and Birch ", 1<<16) // 1 MiB
	dots := sampleDots()
	dots.Rows[0].Name = name
	svg := render(t, dots)
	if !strings.Contains(svg, "<title>"+name+"</title>") || !strings.Contains(svg, "…</text>") {
		t.Error("the whole name is not in a title, or the drawn one has no ellipsis")
	}
	if strings.Count(svg, name) != 1 {
		t.Errorf("the whole name stands %d times; want once, accessible names are read out whole", strings.Count(svg, name))
	}
	if dots.Table().Rows[0][0] != name {
		t.Error("the table has another name")
	}
}

func FuzzRender(f *testing.F) {
	f.Add("Alder & <Birch>", 3.5, "not reported")
	f.Add("\x00\u202e", 1e12, "")
	f.Add(strings.Repeat("\u0301", 200), math.Copysign(0, -1), "]]>")
	f.Fuzz(func(t *testing.T, text string, v float64, why string) {
		for i, c := range withText(t, text) {
			if line, ok := c.(chart.Line); ok {
				line.Axis = chart.Range{}
				line.Series[0].Values[3], line.Series[0].Values[4] = chart.Number(v), chart.Missing(why)
				c = line
			}
			if err := c.Validate(); err != nil {
				if !errors.Is(err, chart.ErrInvalid) {
					t.Fatal(err)
				}
				continue
			}
			if _, err := inspect(render(t, c)); err != nil {
				t.Fatalf("chart %d: %v", i, err)
			}
		}
	})
}

// Charts of any size and any numbers stay inside their view box.
func TestAnyNumbersFit(t *testing.T) {
	all := quarters(t, 120)
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 120).Draw(rt, "periods")
		value := rapid.Custom(func(rt *rapid.T) chart.Value {
			if rapid.IntRange(0, 9).Draw(rt, "known") == 0 {
				return chart.Missing("not reported")
			}
			return chart.Number(rapid.Float64Range(-chart.Largest, chart.Largest).Draw(rt, "v"))
		})
		line := chart.Line{Frame: chart.Frame{ID: "any", Title: "Any"}, Periods: all[:n], Measure: chart.Measure{Unit: " days", Decimals: 1},
			Targets: []chart.Step{{From: all[rapid.IntRange(0, 119).Draw(rt, "target")], Value: 3}}}
		for i := range rapid.IntRange(1, chart.MaxSeries).Draw(rt, "series") {
			line.Series = append(line.Series, chart.Series{Name: fmt.Sprintf("Series %d", i),
				Values: rapid.SliceOfN(value, n, n).Draw(rt, "values")})
		}
		spark := chart.Sparkline{Title: "Any", Periods: line.Periods, Values: line.Series[0].Values}
		for _, c := range []chart.Chart{line, line.In(chart.Narrow), spark} {
			var out strings.Builder
			if err := c.Render(&out); err != nil {
				rt.Fatal(err)
			}
			if _, err := inspect(out.String()); err != nil {
				rt.Fatal(err)
			}
		}
	})
}

func BenchmarkRender(b *testing.B) {
	charts := map[string]chart.Chart{"dotplot": sampleDots(), "line": sampleLine(b), "sparkline": sampleSpark(b)}
	for name, c := range kinds(b) {
		charts[name] = c
	}
	for name, c := range charts {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := c.Render(io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
