package chart

import (
	"fmt"
	"io"
	"strings"
)

// MaxLevels and MaxLevelBars bound StackedLevels.
const (
	MaxLevels    = len(levelPatches)
	MaxLevelBars = 120
)

// StackedLevels shows how the sites spread over levels in each period: one bar a period, each as long as the others, with
// the share of every level and of those that did not report.
type StackedLevels struct {
	Frame
	BarHeader string   // what a bar is: "Quarter"
	Levels    []string // from low to high: "Not started" to "Fully adopted"
	Adopted   int      // levels from this index on count as adopted; 0 marks none
	Bars      []LevelBar
}

// LevelBar is one period. The counts are sites.
type LevelBar struct {
	Label       string
	Counts      []int // one for each of Levels
	NotReported int
	Href        string
}

// levelPatches go from low to high; neighbours differ in texture, not only in colour.
var levelPatches = [...]patch{
	{fill: "#ffffff", line: "#4c6272", texture: dots, class: "sir-chart__level-1"},
	{fill: "#e8f1f9", line: "#4c6272", texture: level, class: "sir-chart__level-2"},
	{fill: "#c3dcf1", line: "#005eb8", texture: falling, class: "sir-chart__level-3"},
	{fill: "#8fbfe6", line: "#003e7e", texture: upright, class: "sir-chart__level-4"},
	{fill: "#5fa3d9", line: "#003e7e", texture: lattice, class: "sir-chart__level-5"},
	{fill: "#2d7dc4", line: "#003087", class: "sir-chart__level-6"},
	{fill: "#003e7e", line: "#001a40", class: "sir-chart__level-7"},
}

// patchOf spreads few levels over the whole range, so that the lowest is light and the highest solid and dark.
func (st StackedLevels) patchOf(i int) *patch {
	if last := len(st.Levels) - 1; last > 0 {
		return &levelPatches[i*(len(levelPatches)-1)/last]
	}
	return &levelPatches[len(levelPatches)-1]
}

// In returns the same chart for another layout.
func (st StackedLevels) In(layout Layout) Chart {
	st.Layout = layout
	return st
}

// Validate implements Chart.
func (st StackedLevels) Validate() error {
	if err := st.Frame.validate(); err != nil {
		return err
	}
	if len(st.Levels) == 0 || len(st.Levels) > MaxLevels || st.Adopted < 0 || st.Adopted >= len(st.Levels) {
		return fmt.Errorf("%w: %s has %d levels, adopted from %d; use 1 to %d levels and one of them", ErrInvalid, st.ID, len(st.Levels), st.Adopted, MaxLevels)
	}
	if len(st.Bars) == 0 || len(st.Bars) > MaxLevelBars {
		return fmt.Errorf("%w: %s has %d bars; use 1 to %d", ErrInvalid, st.ID, len(st.Bars), MaxLevelBars)
	}
	for i, bar := range st.Bars {
		if strings.TrimSpace(bar.Label) == "" || len(bar.Counts) != len(st.Levels) {
			return fmt.Errorf("%w: bar %d (%.60q) has %d counts for %d levels; it needs a label and one for each", ErrInvalid, i+1, bar.Label, len(bar.Counts), len(st.Levels))
		}
		for _, count := range append([]int{bar.NotReported}, bar.Counts...) {
			if count < 0 || count > 1e9 {
				return fmt.Errorf("%w: bar %d (%.60q) has a count of %d; use 0 to 1e9", ErrInvalid, i+1, bar.Label, count)
			}
		}
		if err := validateLink(bar.Label, bar.Href); err != nil {
			return err
		}
	}
	return nil
}

// Render implements Chart.
func (st StackedLevels) Render(w io.Writer) error {
	if err := st.Validate(); err != nil {
		return err
	}
	_, err := w.Write(st.draw())
	return err
}

func (bar LevelBar) total() int {
	sum := bar.NotReported
	for _, count := range bar.Counts {
		sum += count
	}
	return sum
}

// Table implements Chart: counts of sites, and how many of all have adopted when the chart says from which level on.
func (st StackedLevels) Table() Table {
	t := Table{Caption: st.Title, Headers: append(append([]string{st.BarHeader}, st.Levels...), "Not reported", "All")}
	if st.Adopted > 0 {
		t.Headers = append(t.Headers, "Adopted (%)")
	}
	for _, bar := range st.Bars {
		cells := []string{bar.Label}
		for _, count := range bar.Counts {
			cells = append(cells, fmt.Sprint(count))
		}
		cells = append(cells, fmt.Sprint(bar.NotReported), fmt.Sprint(bar.total()))
		if st.Adopted > 0 {
			cells = append(cells, st.adoptedShare(bar).cell())
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func (st StackedLevels) adopted(bar LevelBar) int {
	sum := 0
	for _, count := range bar.Counts[st.Adopted:] {
		sum += count
	}
	return sum
}

// adoptedShare is missing where nobody reported: that is not a share of 0.
func (st StackedLevels) adoptedShare(bar LevelBar) percentage {
	if total := bar.total(); total > 0 && bar.NotReported == total {
		return percentage{Missing("none reported")}
	}
	return share(st.adopted(bar), bar.total())
}

// percentage is a share of a total, or none of nothing.
type percentage struct{ Value }

func share(part, total int) percentage {
	if total == 0 {
		return percentage{Missing("no sites")}
	}
	return percentage{Number(100 * float64(part) / float64(total))}
}

func (p percentage) cell() string { return Measure{}.cell(p.Value) }
func (p percentage) say() string  { return Measure{Unit: "%"}.say(p.Value) }

func (st StackedLevels) describe() string {
	text := fmt.Sprintf("Bars of equal length from %s to %s, each parted by the share of sites at each of %d levels, from low to high, and of those that did not report.",
		phrase(st.Bars[0].Label), phrase(st.Bars[len(st.Bars)-1].Label), len(st.Levels))
	if st.Adopted > 0 {
		text += " Sites at " + phrase(st.Levels[st.Adopted]) + " or above count as adopted."
	}
	return text
}
