package chart_test

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sir/internal/chart"
)

var (
	haloed     = regexp.MustCompile(`<text x="([\d.]+)" y="([\d.]+)" font-size="13" font-weight="bold" stroke="#ffffff"[^>]*>([^<]+)</text>`)
	vertices   = regexp.MustCompile(`([MLHV])([\d.]+)(?: ([\d.]+))?`)
	seriesPath = regexp.MustCompile(`<path class="sir-chart__(?:series-1|target)" d="([^"]+)"`)
)

// stepCurve is one curve with a target of several steps.
func stepCurve(t testing.TB, values, targets []float64) chart.SCurve {
	c := chart.SCurve{Frame: chart.Frame{ID: "steps", Title: "Steps"}, Measure: chart.Measure{Unit: "%"}, Periods: quarters(t, len(values))}
	curve := chart.Curve{Name: "Alder network (made-up)", Highlight: true}
	for i := range values {
		curve.Values = append(curve.Values, chart.Number(values[i]))
		c.Targets = append(c.Targets, chart.Number(targets[i]))
	}
	c.Curves = []chart.Curve{curve}
	return c
}

func coordinate(t testing.TB, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// inked calls visit with points along every stroke of a path, at most a unit apart.
func inked(t testing.TB, d string, visit func(x, y float64)) {
	x, y := 0.0, 0.0
	for _, m := range vertices.FindAllStringSubmatch(d, -1) {
		toX, toY := x, y
		switch m[1] {
		case "H":
			toX = coordinate(t, m[2])
		case "V":
			toY = coordinate(t, m[2])
		default:
			toX, toY = coordinate(t, m[2]), coordinate(t, m[3])
		}
		if m[1] != "M" {
			for k, steps := 0.0, math.Ceil(math.Hypot(toX-x, toY-y)); k <= steps; k++ {
				visit(x+(toX-x)*k/max(steps, 1), y+(toY-y)*k/max(steps, 1))
			}
		}
		x, y = toX, toY
	}
}

// covered are the names of steps that lie on the curve or on the target track, of all that are written.
func covered(t testing.TB, c chart.SCurve, layout chart.Layout) (names, on []string) {
	svg := render(t, c.In(layout))
	for _, label := range haloed.FindAllStringSubmatch(svg, -1) {
		x, y := coordinate(t, label[1]), coordinate(t, label[2])
		right := x + 7*float64(len(label[3]))
		names = append(names, label[3])
		for _, path := range seriesPath.FindAllStringSubmatch(svg, -1) {
			hit := false
			inked(t, path[1], func(px, py float64) { hit = hit || px > x && px < right && py > y-9 && py < y })
			if hit {
				on = append(on, label[3])
			}
		}
	}
	return names, on
}

// The name of a target's step never lies on the curve, and is found a place also where the curve runs along the step.
func TestStepNamesCoverNothing(t *testing.T) {
	along := stepCurve(t, []float64{3, 5, 9, 10, 15, 24, 38, 43, 56, 59, 64, 64}, []float64{10, 10, 10, 10, 10, 10, 40, 40, 40, 40, 60, 60})
	for name, layout := range allLayouts {
		names, on := covered(t, along, layout)
		if len(on) > 0 || !strings.HasPrefix(strings.Join(names, " "), "10% 40%") {
			t.Errorf("%s: %q are written, %q on a line", name, names, on)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(2, 16).Draw(rt, "periods")
		percent := rapid.SliceOfN(rapid.Float64Range(0, 100), n, n)
		steps := rapid.SliceOfN(rapid.SampledFrom([]float64{0, 10, 40, 45, 60, 100}), n, n)
		c := stepCurve(t, percent.Draw(rt, "values"), steps.Draw(rt, "targets"))
		for name, layout := range allLayouts {
			if names, on := covered(t, c, layout); len(on) > 0 {
				rt.Fatalf("%s: of %q, %q lie on a line", name, names, on)
			}
		}
	})
}
