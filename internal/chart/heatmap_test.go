package chart_test

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"sir/internal/chart"
)

var fifths = chart.Classes{From: []float64{20, 40, 60, 80}}

// sampleHeat is 6 members by columns quarters, with blanks, links and both ends of the scale.
func sampleHeat(columns int) chart.HeatMap {
	h := chart.HeatMap{Frame: chart.Frame{ID: "heat", Title: "Adoption rate by network and quarter", Note: "Example programme (made-up)."},
		Measure: chart.Measure{Unit: "%"}, RowHeader: "Network", Classes: fifths}
	for k := range columns {
		h.Columns = append(h.Columns, fmt.Sprintf("Q%d %d/%02d", k%4+1, 2018+k/4, 19+k/4))
	}
	for i, name := range []string{"Alder network (made-up)", "Birch network (made-up)", "Cedar network (made-up)", "Hawthorn, Hazel and Juniper joint network (made-up)", "Oak network (made-up)", "Rowan network (made-up)"} {
		row := chart.HeatRow{Name: name, Href: fmt.Sprintf("/measure/networks/%d", i)}
		for k := range columns {
			cell := chart.HeatCell{Value: chart.Number(math.Round(100 * float64(k*(6-i)) / float64(6*columns-6))), Href: fmt.Sprintf("/measure/networks/%d?at=%d", i, k)}
			if (i+k)%7 == 3 {
				cell.Value = chart.Missing("not reported")
			}
			row.Cells = append(row.Cells, cell)
		}
		h.Rows = append(h.Rows, row)
	}
	h.Rows[5].Href = ""
	return h
}

func hostileHeat(text string) chart.HeatMap {
	h := sampleHeat(3)
	h.Frame, h.Columns[0], h.RowHeader = hostileFrame(text), text, text
	h.Rows[0].Name, h.Rows[1].Cells[1].Value = "x"+text, chart.Missing(text)
	return h
}

func TestHeatMapRefuses(t *testing.T) {
	tests := map[string]func(*chart.HeatMap){
		"0 columns":                       func(h *chart.HeatMap) { h.Columns = nil },
		"and 0 rows":                      func(h *chart.HeatMap) { h.Rows = nil },
		"201 rows":                        func(h *chart.HeatMap) { h.Rows = make([]chart.HeatRow, 201) },
		"row 2: chart":                    func(h *chart.HeatMap) { h.Rows[1].Name = "" },
		"1 cells for 12 columns":          func(h *chart.HeatMap) { h.Rows[1].Cells = h.Rows[1].Cells[:1] },
		"is +Inf":                         func(h *chart.HeatMap) { h.Rows[1].Cells[1].Value = chart.Number(math.Inf(1)) },
		"6 bounds of classes":             func(h *chart.HeatMap) { h.Classes.From = []float64{1, 2, 3, 4, 5, 6} },
		"do not ascend (20 after 40)":     func(h *chart.HeatMap) { h.Classes.From = []float64{40, 20} },
		`leads to "javascript:alert(1)"`:  func(h *chart.HeatMap) { h.Rows[0].Href = "javascript:alert(1)" },
		`leads to "//elsewhere.example"`:  func(h *chart.HeatMap) { h.Rows[0].Cells[0].Href = "//elsewhere.example" },
		`leads to "/\\elsewhere.example"`: func(h *chart.HeatMap) { h.Rows[0].Cells[0].Href = `/\elsewhere.example` },
	}
	for want, spoil := range tests {
		h := sampleHeat(12)
		spoil(&h)
		refused(t, want, h, want)
	}
}

func TestHeatMapTable(t *testing.T) {
	table := sampleHeat(12).Table()
	if table.Headers[1] != "Q1 2018/19 (%)" || !slices.Equal(table.Rows[0][:5], []string{"Alder network (made-up)", "0", "9", "18", "not reported"}) {
		t.Errorf("%q %q", table.Headers, table.Rows[0])
	}
}

// Every known value is printed; the colour only repeats it, and the figure keeps 4.5:1 on each fill.
func TestHeatMapSaysItsValues(t *testing.T) {
	svg := render(t, sampleHeat(12))
	known := 0
	for _, row := range sampleHeat(12).Rows {
		for _, cell := range row.Cells {
			if v, ok := cell.Value.Known(); ok {
				known++
				if !strings.Contains(svg, fmt.Sprintf(">%.0f%%</text>", v)) {
					t.Errorf("%v is not printed", v)
				}
			}
		}
	}
	if got := len(submatches(`<rect [^>]*height="(28)" fill="#[0-9a-f]+" stroke="#aeb7bd"`, svg)); got != known {
		t.Errorf("%d filled cells for %d values", got, known)
	}
	for class := range 5 {
		fill := submatches(`class="sir-chart__class"[^>]*height="14" fill="(#[0-9a-f]+)"`, svg)[class]
		text := append(submatches(`height="28" fill="`+fill+`"[^>]*/>\n<text [^>]*fill="(#[0-9a-f]+)"`, svg), "#212b32")
		if contrast(t, fill, text[0]) < 4.5 {
			t.Errorf("class %d: text %q on %s", class, text, fill)
		}
	}
}

// A row is one stop, a link where it has an address; a file has no links.
func TestHeatMapStops(t *testing.T) {
	h := sampleHeat(3)
	svg := render(t, h)
	links := submatches(`<a class="sir-chart__item" href="[^"]+" aria-label="([^"]+)"`, svg)
	if len(links) != 5 || links[0] != "Alder network (made-up): Q1 2018/19 0%, Q2 2018/19 50%, Q3 2018/19 100%" {
		t.Errorf("%d links %q", len(links), links)
	}
	if got := strings.Count(svg, `tabindex="-1"`); got != 18 {
		t.Errorf("%d cells are links, want 18", got)
	}
	long := submatches(`href="/measure/networks/1" aria-label="([^"]+)"`, render(t, sampleHeat(30)))
	if len(long) != 1 || long[0] != "Birch network (made-up): Q1 2018/19 0%, Q2 2025/26 83%, lowest 0%, highest 83%" {
		t.Errorf("a long row says %q", long)
	}
	h.Heading = true
	if strings.Contains(render(t, h), "href") {
		t.Error("a file that leaves its page has links")
	}
}

// Only a map wider than its card is a stop that scrolls.
func TestHeatMapScrolls(t *testing.T) {
	for columns, want := range map[int]int{3: 0, 12: 2, 30: 2} {
		var out bytes.Buffer
		if err := chart.Figure(&out, sampleHeat(columns)); err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(out.String(), `tabindex="0">`+"<svg"); got != want || strings.Count(out.String(), "sir-chart--scrolled") != want {
			t.Errorf("%d columns: %d layouts scroll, want %d", columns, got, want)
		}
	}
}
