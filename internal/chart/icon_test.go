package chart_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sir/internal/chart"
)

// allIcons are the icons by the name of their golden files.
func allIcons() map[string]chart.Icon {
	icons := map[string]chart.Icon{}
	for v := range chart.UnusualLow + 1 {
		icons[fmt.Sprintf("icon-variation-%d", v)] = chart.VariationIcon(v, "Referrals")
	}
	for a := range chart.HitOrMiss + 1 {
		icons[fmt.Sprintf("icon-assurance-%d", a)] = chart.AssuranceIcon(a, "")
	}
	return icons
}

func icon(t testing.TB, ic chart.Icon) string {
	t.Helper()
	var out bytes.Buffer
	if err := ic.Render(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestGoldenIcons(t *testing.T) {
	for name, ic := range allIcons() {
		got, path := icon(t, ic), filepath.Join("testdata", name+".svg")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(path); err != nil || got != string(want) {
			t.Errorf("%s has changed (%v); run go test ./internal/chart -update, look at it, and commit it", path, err)
		}
	}
}

// Icons differ without colour: no two have the same lines, and each has a name of its own.
func TestIconsDifferWithoutColour(t *testing.T) {
	drawings, names := map[string]string{}, map[string]string{}
	for file, ic := range allIcons() {
		svg := icon(t, ic)
		drawing := strings.Join(submatches(` d="([^"]+)"`, svg), "|")
		name := strings.Join(submatches(`aria-label="([^"]+)"`, svg), "")
		if other := drawings[drawing]; other != "" {
			t.Errorf("%s is drawn like %s", file, other)
		}
		if other := names[name]; name == "" || other != "" {
			t.Errorf("%s is named %q like %s", file, name, other)
		}
		drawings[drawing], names[name] = file, file
		if _, err := inspect(svg); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// WCAG 2.2, 1.4.11: at least 3:1 against white and against the tint inside.
func TestIconContrast(t *testing.T) {
	for file, ic := range allIcons() {
		svg := icon(t, ic)
		strokes, fills := submatches(`stroke="(#[0-9a-f]{6})"`, svg), submatches(`fill="(#[0-9a-f]{6})"`, svg)
		for _, stroke := range slices.Compact(strokes) {
			for _, ground := range append(fills, "#ffffff") {
				if got := contrast(t, stroke, ground); got < 3 {
					t.Errorf("%s: %s on %s is %.2f:1", file, stroke, ground, got)
				}
			}
		}
	}
}

// contrast is the contrast ratio of WCAG 2.2.
func contrast(t *testing.T, a, b string) float64 {
	la, lb := luminance(t, a), luminance(t, b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		if c := float64(v) / 255; c <= 0.04045 {
			sum += weight * c / 12.92
		} else {
			sum += weight * math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return sum
}

func TestIconNames(t *testing.T) {
	for want, ic := range map[string]chart.Icon{
		"Referrals: improvement, lower": chart.VariationIcon(chart.ImprovementLow, "Referrals"),
		"Not enough data":               chart.VariationIcon(chart.VariationUnknown, " "),
		"Waits: hit or miss":            chart.AssuranceIcon(chart.HitOrMiss, "Waits"),
	} {
		svg := icon(t, ic)
		if got := submatches(`role="img" aria-label="([^"]+)"`, svg); !slices.Equal(got, []string{want}) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	silent := icon(t, chart.Icon{Kind: chart.ShowAssurance, Assurance: chart.Fails, Silent: true})
	if !strings.Contains(silent, `aria-hidden="true"`) || strings.Contains(silent, "role") {
		t.Errorf("a silent icon speaks: %s", silent)
	}
	if _, err := inspect(icon(t, chart.VariationIcon(chart.ConcernLow, `"><script>`+"\x00"))); err != nil {
		t.Error(err)
	}
}

func TestIconRefuses(t *testing.T) {
	for _, ic := range []chart.Icon{{Kind: 2}, {Variation: 8}, {Assurance: 4}} {
		var out bytes.Buffer
		if err := ic.Render(&out); !errors.Is(err, chart.ErrInvalid) || out.Len() > 0 {
			t.Errorf("%+v: %v and %d bytes", ic, err, out.Len())
		}
	}
}

func BenchmarkIcon(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := chart.VariationIcon(chart.ConcernHigh, "Referrals").Render(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
