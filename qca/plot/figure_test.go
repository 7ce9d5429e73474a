package plot_test

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"sir/qca"
	"sir/qca/plot"
)

var update = flag.Bool("update", false, "rewrite testdata/*.svg; look at every one before committing")

func drawing(t testing.TB, f *plot.Figure, d plot.Drawing) string {
	t.Helper()
	text, err := f.SVG(d)
	check(t, err)
	return text
}

func TestGolden(t *testing.T) {
	for name, f := range figures(t) {
		for _, width := range []int{640, 288} {
			path := filepath.Join("testdata", fmt.Sprintf("%s-%d.svg", name, width))
			got := drawing(t, f, plot.Drawing{Width: width, Heading: true})
			if *update {
				check(t, os.WriteFile(path, []byte(got), 0o644))
			}
			want, err := os.ReadFile(path)
			check(t, err)
			if got != string(want) {
				t.Errorf("%s has changed; run go test ./qca/plot -update, look at it, and commit it", path)
			}
		}
	}
}

// What a drawing may hold: nothing that runs, loads or styles.
var (
	elements   = strings.Fields("svg title desc g rect path circle ellipse text defs pattern")
	attributes = strings.Fields(`xmlns class role id viewBox width height font-family font-size font-weight fill stroke stroke-width
		stroke-dasharray stroke-linejoin text-anchor paint-order pointer-events tabindex x y d cx cy r rx ry transform patternUnits
		aria-label aria-labelledby aria-describedby aria-hidden`)
)

// inspect reads the drawing as XML, and checks that it holds nothing else, that
// no text is too small or leaves the view box, and that every reference finds
// its id. It returns the character data.
func inspect(drawn string) (words string, err error) {
	decoder := xml.NewDecoder(strings.NewReader(drawn))
	var text strings.Builder
	var width, height float64
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return text.String(), references(drawn)
		}
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.CharData:
			text.Write(token)
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
	if !slices.Contains(elements, e.Name.Local) {
		return fmt.Errorf("element %s", e.Name.Local)
	}
	for _, a := range e.Attr {
		if !slices.Contains(attributes, a.Name.Local) {
			return fmt.Errorf("attribute %s of %s", a.Name.Local, e.Name.Local)
		}
		if strings.Contains(a.Value, "NaN") && a.Name.Local != "aria-label" {
			return fmt.Errorf("%s=%q", a.Name.Local, a.Value)
		}
		limit := map[string]float64{"x": width, "cx": width, "y": height, "cy": height}[a.Name.Local]
		if v := number(e, a.Name.Local); limit > 0 && (v < 0 || v > limit) {
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

var idPattern, referencePattern = regexp.MustCompile(` id="([^"]+)"`), regexp.MustCompile(`(?:aria-labelledby="|aria-describedby="|url\(#)([^")]+)`)

func references(drawn string) error {
	var ids []string
	for _, m := range idPattern.FindAllStringSubmatch(drawn, -1) {
		if slices.Contains(ids, m[1]) {
			return fmt.Errorf("id %s twice", m[1])
		}
		ids = append(ids, m[1])
	}
	for _, m := range referencePattern.FindAllStringSubmatch(drawn, -1) {
		if !slices.Contains(ids, m[1]) {
			return fmt.Errorf("no id %s", m[1])
		}
	}
	return nil
}

// At any width every plot keeps its text inside and large enough, is the same
// each time, has a table, and can be reached by the keyboard.
func TestEveryWidth(t *testing.T) {
	for name, f := range figures(t) {
		for _, width := range []int{plot.MinWidth, 320, 500, 640, 1280, plot.MaxWidth} {
			d := plot.Drawing{ID: "one", Width: width}
			text := drawing(t, f, d)
			if _, err := inspect(text); err != nil {
				t.Errorf("%s at %d: %v", name, width, err)
			}
			if text != drawing(t, f, d) {
				t.Errorf("%s at %d is another drawing the second time", name, width)
			}
			if !strings.Contains(text, `tabindex="0"`) {
				t.Errorf("%s at %d: the keyboard reaches nothing", name, width)
			}
		}
		table := f.Table()
		if len(table.Rows) == 0 {
			t.Errorf("%s has no table", name)
		}
		for _, row := range table.Rows {
			if len(row) != len(table.Headers) {
				t.Errorf("%s: a row of %d cells under %d headers", name, len(row), len(table.Headers))
			}
		}
	}
}

// Two drawings on a page do not share ids, and their class is the page's.
func TestIDsAndClass(t *testing.T) {
	f := figures(t)["venn3"]
	page := drawing(t, f, plot.Drawing{ID: "wide"}) + drawing(t, f, plot.Drawing{ID: "narrow", Width: 288, Class: "mine"})
	if err := references(page); err != nil {
		t.Error(err)
	}
	if !strings.Contains(page, `class="mine"`) || !strings.Contains(page, `class="mine__item"`) {
		t.Error("the class is not used")
	}
}

func TestRefusedDrawings(t *testing.T) {
	f := figures(t)["venn1"]
	for _, d := range []plot.Drawing{{Width: 279}, {Width: 2001}, {Width: -5}, {ID: "1"}, {ID: `a"b`}, {ID: strings.Repeat("a", 65)}} {
		if text, err := f.SVG(d); !errors.Is(err, qca.ErrInput) || text != "" {
			t.Errorf("%+v: %v and %d bytes", d, err, len(text))
		}
	}
}

// hostile texts stand wherever a case id or a title may.
var hostile = map[string]string{
	"markup":      `</text><script>alert(1)</script><svg onload="x"> & ]]> <!-- `,
	"quotes":      `" onfocus="alert(1)' style='x`,
	"NUL":         "a\x00b\x01\x1f\x7f\u0085c",
	"not UTF-8":   "a\xff\xfe\xc0b",
	"non-XML":     "a\ufffe\uffffb",
	"overrides":   "\u202enetwork\u2066 50%",
	"right left":  "شبكة الابتكار\u200f\u061c",
	"combining":   "e" + strings.Repeat("\u0301", 5000),
	"lines":       "one\ntwo\r\n\tthree\u2028four",
	"wide":        strings.Repeat("創新網絡", 40),
	"long":        strings.Repeat("Innovation ", 1<<12),
	"no spaces":   strings.Repeat("W", 1<<14),
	"only breaks": strings.Repeat("* ,", 1<<12),
}

func TestHostileNames(t *testing.T) {
	for name, text := range hostile {
		ids := []string{text, text + "2", text + "3", "4", "5", "6", "7", "8"}
		var columns []qca.Column
		for _, c := range []string{"A", "B", "C", "OUT"} {
			column, _, err := crisp(t).Column(c)
			check(t, err)
			columns = append(columns, column)
		}
		columns[0].Name = "Ä" + strings.Repeat("创W", 300)
		table, err := qca.NewTable(ids, columns)
		check(t, err)
		tt := truthTable(t, table, qca.Settings{Outcome: "OUT"})
		s := minimize(t, tt, qca.Options{})
		for kind, make := range map[string]func() (*plot.Figure, error){
			"xy":             func() (*plot.Figure, error) { return plot.XY(table, "OUT", s.Models[0].Expression, plot.Sufficiency) },
			"venn":           func() (*plot.Figure, error) { return plot.Venn(tt) },
			"chart":          func() (*plot.Figure, error) { return plot.Chart(tt, qca.Options{}, s) },
			"configurations": func() (*plot.Figure, error) { return plot.Configurations(s, plot.ConfigurationOptions{}) },
		} {
			f, err := make()
			check(t, err)
			f.Title, f.Description = text, f.Description+text
			for _, width := range []int{288, 640} {
				drawn := drawing(t, f, plot.Drawing{Width: width, Heading: true})
				words, err := inspect(drawn)
				if err != nil {
					t.Errorf("%s, %s at %d: %v", name, kind, width, err)
				}
				if strings.ContainsAny(words, "\x00\u202e\u2066") || !utf8.ValidString(drawn) {
					t.Errorf("%s, %s at %d lets control characters through", name, kind, width)
				}
			}
		}
	}
}
