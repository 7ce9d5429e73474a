package chart_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"sir/internal/chart"
)

// sampleTiles are 15 made-up members on a grid; one has not reported.
func sampleTiles(placed bool) chart.TileMap {
	m := chart.TileMap{Frame: chart.Frame{ID: "tiles", Title: "Adoption rate by network", Note: "Example programme (made-up)."},
		Measure: chart.Measure{Unit: "%"}, RowHeader: "Network", Value: "Rate, Q4 2025/26", Classes: fifths}
	names := []string{"Alder", "Ash", "Aspen", "Beech", "Birch", "Cedar", "Elder", "Elm", "Hawthorn and Hazel coast", "Hazel", "Holly", "Juniper", "Larch", "Oak", "Rowan"}
	for i, name := range names {
		tile := chart.Tile{Name: name + " network (made-up)", Short: name, Value: chart.Number(float64(i * 7)), Note: "7 of 10", Href: "/measure/networks/" + name[:3]}
		if placed {
			tile.At = &chart.Place{Column: (i + i/4) % 4, Row: i / 4}
		}
		m.Tiles = append(m.Tiles, tile)
	}
	m.Tiles[3].Value = chart.Missing("not reported")
	slices.Reverse(m.Tiles)
	return m
}

func hostileTiles(text string) chart.TileMap {
	m := sampleTiles(false)
	m.Frame, m.RowHeader, m.Value = hostileFrame(text), text, text
	m.Tiles[0].Name, m.Tiles[0].Note, m.Tiles[1].Value, m.Tiles[2].Short = "x"+text, text, chart.Missing(text), text
	return m
}

func TestTileMapRefuses(t *testing.T) {
	tests := map[string]func(*chart.TileMap){
		"0 tiles":             func(m *chart.TileMap) { m.Tiles = nil },
		"61 tiles":            func(m *chart.TileMap) { m.Tiles = make([]chart.Tile, 61) },
		"tile 1 has no name":  func(m *chart.TileMap) { m.Tiles[0].Name = "" },
		"tile 1 is NaN":       func(m *chart.TileMap) { m.Tiles[0].Value = chart.Number(math.NaN()) },
		"column 12, row 0":    func(m *chart.TileMap) { m.Tiles[0].At = &chart.Place{Column: 12} },
		"use free places":     func(m *chart.TileMap) { m.Tiles[0].At = m.Tiles[1].At },
		`leads to "data:x"`:   func(m *chart.TileMap) { m.Tiles[0].Href = "data:x" },
		"6 bounds of classes": func(m *chart.TileMap) { m.Classes.From = make([]float64, 6) },
	}
	for want, spoil := range tests {
		m := sampleTiles(true)
		spoil(&m)
		refused(t, want, m, want)
	}
}

func TestTileMapTable(t *testing.T) {
	table := sampleTiles(true).Table()
	if !slices.Equal(table.Headers, []string{"Network", "Rate, Q4 2025/26 (%)", "Class", "Note"}) ||
		!slices.Equal(table.Rows[1], []string{"Ash network (made-up)", "7", "under 20%", "7 of 10"}) ||
		!slices.Equal(table.Rows[3], []string{"Beech network (made-up)", "not reported", "none", "7 of 10"}) {
		t.Errorf("%q %q", table.Headers, table.Rows)
	}
}

// A tile without a place turns the map into an alphabetical grid, which says so.
func TestTileMapWithoutPlaces(t *testing.T) {
	m := sampleTiles(true)
	m.Tiles[4].At = nil
	svg := render(t, m)
	if !strings.Contains(svg, "alphabetical order, not as on a map") {
		t.Error("the description does not say that this is no map")
	}
	x := submatches(`class="sir-chart__ring" x="([\d.]+)"`, svg)
	if len(x) != 15 || x[0] == x[1] || x[0] != x[5] {
		t.Errorf("the tiles stand at %q, not in rows of five", x)
	}
	if links := submatches(`<a [^>]*aria-label="([^"]+)"`, svg); len(links) != 15 || links[0] != "Alder network (made-up): 0%, 7 of 10" {
		t.Errorf("%d links %q", len(links), links)
	}
}

// What a link says begins with what is drawn on its tile, also where a short name is the beginning of the full one.
func TestTileMapSaysWhatItDraws(t *testing.T) {
	m := sampleTiles(true)
	for i, tile := range m.Tiles {
		m.Tiles[i].Short, _, _ = strings.Cut(tile.Name, " ")
	}
	svg := render(t, m.In(chart.Narrow))
	if links := submatches(`<a [^>]*aria-label="([^"]+)"`, svg); len(links) != 15 || links[0] != "Alder, 0%: Alder network (made-up), 7 of 10" {
		t.Errorf("%d links %q", len(links), links)
	}
}
