package chart_test

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"sir/internal/chart"
)

// sampleLevels is five levels over eight quarters, one of them without a report.
func sampleLevels() chart.StackedLevels {
	st := chart.StackedLevels{Frame: chart.Frame{ID: "levels", Title: "Sites by level", Note: "Example programme (made-up)."}, BarHeader: "Quarter",
		Levels: []string{"Not started", "Planning", "Testing", "Adopted", "Sustained"}, Adopted: 3}
	for i := range 8 {
		st.Bars = append(st.Bars, chart.LevelBar{Label: fmt.Sprintf("Q%d %d/%02d", i%4+1, 2024+i/4, 25+i/4),
			Counts: []int{40 - 5*i, 10, 8, 2 + 4*i, i}, NotReported: i * 3 % 7, Href: "/measure?at=" + strconv.Itoa(i)})
	}
	st.Bars[5].Counts, st.Bars[5].NotReported = make([]int, 5), 60
	return st
}

func hostileLevels(text string) chart.StackedLevels {
	st := sampleLevels()
	st.Frame, st.BarHeader, st.Levels[3], st.Bars[0].Label = hostileFrame(text), text, text, "x"+text
	return st
}

func TestStackedLevelsRefuses(t *testing.T) {
	tests := map[string]func(*chart.StackedLevels){
		"0 levels":               func(st *chart.StackedLevels) { st.Levels = nil },
		"8 levels":               func(st *chart.StackedLevels) { st.Levels = make([]string, 8) },
		"adopted from 5":         func(st *chart.StackedLevels) { st.Adopted = 5 },
		"0 bars":                 func(st *chart.StackedLevels) { st.Bars = nil },
		`bar 2 ("")`:             func(st *chart.StackedLevels) { st.Bars[1].Label = "" },
		"2 counts for 5 levels":  func(st *chart.StackedLevels) { st.Bars[0].Counts = []int{1, 2} },
		"a count of -1":          func(st *chart.StackedLevels) { st.Bars[0].Counts[0] = -1 },
		"a count of -7":          func(st *chart.StackedLevels) { st.Bars[0].NotReported = -7 },
		`leads to "ftp://x"`:     func(st *chart.StackedLevels) { st.Bars[0].Href = "ftp://x" },
		"a count of 10000000000": func(st *chart.StackedLevels) { st.Bars[0].NotReported = 1e10 },
	}
	for want, spoil := range tests {
		st := sampleLevels()
		spoil(&st)
		refused(t, want, st, want)
	}
}

func TestStackedLevelsTable(t *testing.T) {
	st := sampleLevels()
	st.Bars = append(st.Bars, chart.LevelBar{Label: "none", Counts: make([]int, 5)})
	table := st.Table()
	if !slices.Equal(table.Headers, []string{"Quarter", "Not started", "Planning", "Testing", "Adopted", "Sustained", "Not reported", "All", "Adopted (%)"}) {
		t.Errorf("headers %q", table.Headers)
	}
	for i, want := range map[int][]string{
		2: {"Q3 2024/25", "30", "10", "8", "10", "2", "6", "66", "18"},
		5: {"Q2 2025/26", "0", "0", "0", "0", "0", "60", "60", "none reported"},
		8: {"none", "0", "0", "0", "0", "0", "0", "0", "no sites"},
	} {
		if !slices.Equal(table.Rows[i], want) {
			t.Errorf("row %d: %q, want %q", i, table.Rows[i], want)
		}
	}
}

// The parts of every bar add up to the same length, whatever the counts.
func TestStackedLevelsFill(t *testing.T) {
	svg, lengths := render(t, sampleLevels()), map[string]float64{}
	for _, m := range regexp.MustCompile(`<rect class="sir-chart__(?:level-\d|blank)" x="[\d.]+" y="([\d.]+)" width="([\d.]+)" height="24"`).FindAllStringSubmatch(svg, -1) {
		v, err := strconv.ParseFloat(m[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		lengths[m[1]] += v
	}
	if len(lengths) != 8 {
		t.Fatalf("%d bars, want 8", len(lengths))
	}
	for y, length := range lengths {
		for _, other := range lengths {
			if math.Abs(length-other) > 0.5 { // coordinates are written to a tenth
				t.Errorf("the bar at %s is %v long, another %v", y, length, other)
			}
		}
	}
}

func TestStackedLevelsStops(t *testing.T) {
	links := submatches(`<a [^>]*aria-label="([^"]+)"`, render(t, sampleLevels()))
	want := "Q3 2024/25, 18% adopted of 66: Not started 30 (45%), Planning 10 (15%), Testing 8 (12%), Adopted 10 (15%), Sustained 2 (3%), not reported 6 (9%)"
	if len(links) != 8 || links[2] != want {
		t.Errorf("%d stops, third %q", len(links), links)
	}
}
