package chart_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sir/internal/chart"
	"sir/internal/period"
)

var update = flag.Bool("update", false, "rewrite testdata/*.svg; look at every one before committing")

func render(t testing.TB, c chart.Chart) string {
	t.Helper()
	var out bytes.Buffer
	if err := c.Render(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestGolden(t *testing.T) {
	dots, line := sampleDots(), sampleLine(t)
	file := dots
	file.Heading = true
	two := dots
	two.Points, two.Rows, two.Target = two.Points[:2], []chart.DotRow{{Name: "Alder network (made-up)", Values: values(10, 10)}}, nil
	long := line
	long.Periods, long.Targets, long.Axis = quarters(t, 40), nil, chart.Range{}
	long.Measure.Unit = ""
	var numbers []float64
	for i := range long.Periods {
		numbers = append(numbers, float64(1000+i*137%900))
	}
	long.Series = []chart.Series{{Name: "Referrals", Values: values(numbers...)}}
	golden := map[string]chart.Chart{
		"dotplot-wide": dots, "dotplot-narrow": dots.In(chart.Narrow), "dotplot-file": file, "dotplot-two": two,
		"line-wide": line, "line-narrow": line.In(chart.Narrow), "line-long": long, "sparkline": sampleSpark(t),
	}
	for name, c := range kinds(t) {
		for suffix, layout := range allLayouts {
			golden[name+"-"+suffix] = c.In(layout)
		}
	}
	for name, c := range golden {
		t.Run(name, func(t *testing.T) {
			got, path := render(t, c), filepath.Join("testdata", name+".svg")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s has changed; run go test ./internal/chart -update, look at it, and commit it", path)
			}
		})
	}
}

// A page may hold both layouts: ids differ, and every reference finds its id.
func TestFigureIDs(t *testing.T) {
	var out bytes.Buffer
	if err := chart.Figure(&out, sampleDots()); err != nil {
		t.Fatal(err)
	}
	ids := submatches(`\bid="([^"]+)"`, out.String())
	if want := []string{"rates-wide-title", "rates-wide-desc", "rates-narrow-title", "rates-narrow-desc", "rates-full-title", "rates-full-desc"}; !slices.Equal(ids, want) {
		t.Errorf("ids %q, want %q", ids, want)
	}
	if refs := submatches(`aria-(?:labelledby|describedby)="([^"]+)"`, out.String()); !slices.Equal(refs, ids) {
		t.Errorf("references %q, ids %q", refs, ids)
	}
	bad := sampleDots()
	bad.Rows = nil
	out.Reset()
	if err := chart.Figure(&out, bad); err == nil || out.Len() > 0 {
		t.Errorf("a chart without rows: %v and %d bytes; want an error and none", err, out.Len())
	}
}

func submatches(pattern, text string) []string {
	var out []string
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}

// The style sheet and the drawing name the same classes.
func TestStyleSheetMatchesDrawing(t *testing.T) {
	var out bytes.Buffer
	if err := chart.Figure(&out, sampleLine(t)); err != nil {
		t.Fatal(err)
	}
	out.WriteString(render(t, sampleSpark(t)))
	for _, c := range kinds(t) {
		out.WriteString(render(t, c))
	}
	if err := chart.Figure(&out, sampleHeat(30)); err != nil {
		t.Fatal(err)
	}
	out.WriteString(icon(t, chart.VariationIcon(chart.VariationCommon, "")))
	drawn := strings.Fields(strings.Join(submatches(`class="([^"]+)"`, out.String()), " "))
	for _, class := range submatches(`\.(sir-[a-z0-9_-]+)`, chart.CSS) {
		if !slices.Contains(drawn, class) {
			t.Errorf("chart.css styles .%s, which no chart draws", class)
		}
	}
}

// A row of a dot plot and a period of a line chart are one stop each, named with every value.
func TestKeyboardStops(t *testing.T) {
	stops := func(c chart.Chart) []string { return submatches(`tabindex="0" aria-label="([^"]+)"`, render(t, c)) }
	if got := stops(sampleDots()); len(got) != 4 ||
		got[2] != "Cedar network (made-up): Q4 2023/24 0%, Q4 2024/25 not reported, Q4 2025/26 100%, up 100" {
		t.Errorf("dot plot stops: %q", got)
	}
	line := sampleLine(t)
	got := submatches(`aria-label="([^"]+)" tabindex="0"`, render(t, line))
	want := "Q2 2024/25: Alder network (made-up) 26%, Birch network (made-up) 15%, Cedar network (made-up) not reported, target 20%"
	if len(got) != 12 || got[5] != want {
		t.Errorf("line stops: %d, sixth %q; want 12 and %q", len(got), got[5], want)
	}
	line.Periods, line.Series = quarters(t, 25), []chart.Series{{Name: "Referrals", Values: values(make([]float64, 25)...)}}
	if strings.Contains(render(t, line), "tabindex") {
		t.Error("25 periods are 25 stops; want none")
	}
}

func TestSparklineName(t *testing.T) {
	spark := sampleSpark(t)
	names := map[string]func(*chart.Sparkline){
		"Cedar network (made-up): from 0% in Q1 2023/24 to 76% in Q4 2025/26, 2 of 12 missing, target 50%": func(*chart.Sparkline) {},
		"Cedar network (made-up): 7% in Q1 2023/24": func(s *chart.Sparkline) {
			s.Values, s.Periods, s.Target = values(7), s.Periods[:1], chart.Value{}
		},
		"Cedar network (made-up): no values": func(s *chart.Sparkline) {
			s.Values, s.Periods, s.Target = make([]chart.Value, 2), s.Periods[:2], chart.Value{}
		},
	}
	for want, change := range names {
		c := spark
		change(&c)
		if got := submatches(`role="img" aria-label="([^"]+)"`, render(t, c)); !slices.Equal(got, []string{want}) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// A value that is missing, and a period left out, break the line; a point alone is still drawn.
func TestGaps(t *testing.T) {
	p := quarters(t, 5)
	c := chart.Line{Frame: chart.Frame{ID: "gap", Title: "Gap"}, Periods: []period.Period{p[0], p[1], p[3], p[4]},
		Series: []chart.Series{{Name: "A", Values: []chart.Value{chart.Number(1), chart.Number(2), chart.Number(3), chart.Missing("late")}}}}
	d := submatches(`class="sir-chart__series-1" d="([^"]+)"`, render(t, c))
	if len(d) != 1 || strings.Count(d[0], "M") != 2 || strings.Count(d[0], "L") != 1 || !strings.HasSuffix(d[0], "h0") {
		t.Errorf("path %q; want a line of two points and one point alone", d)
	}
}
