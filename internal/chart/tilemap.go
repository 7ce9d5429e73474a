package chart

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// MaxTiles bounds a tile map, maxTileGrid the columns and rows of its grid.
const (
	MaxTiles    = 60
	maxTileGrid = 12
)

// TileMap shows each member as a tile of equal size, placed roughly as on a map. When any tile has no place, all stand in
// alphabetical order instead: half a map would mislead.
type TileMap struct {
	Frame
	Measure
	RowHeader string // what a tile is: "Network"
	Value     string // what its value is: "Rate, Q3 2019/20"; header of the column
	Tiles     []Tile // in any order; the table has them by name
	Classes   Classes
}

// Tile is one member.
type Tile struct {
	Name  string
	Short string // drawn in place of the name where that does not fit; Name when empty
	At    *Place
	Value Value
	Note  string // a few words: "31 of 49, up 13"
	Href  string
}

// Place is a square of the grid, counted from 0 at the upper left.
type Place struct{ Column, Row int }

// In returns the same chart for another layout.
func (tm TileMap) In(layout Layout) Chart {
	tm.Layout = layout
	return tm
}

// Validate implements Chart.
func (tm TileMap) Validate() error {
	for _, err := range []error{tm.Frame.validate(), tm.Measure.validate(), tm.Classes.validate(tm.ID)} {
		if err != nil {
			return err
		}
	}
	if len(tm.Tiles) == 0 || len(tm.Tiles) > MaxTiles {
		return fmt.Errorf("%w: %s has %d tiles; use 1 to %d", ErrInvalid, tm.ID, len(tm.Tiles), MaxTiles)
	}
	taken := map[Place]string{}
	for i, tile := range tm.Tiles {
		if strings.TrimSpace(tile.Name) == "" {
			return fmt.Errorf("%w: tile %d has no name", ErrInvalid, i+1)
		}
		if err := tile.Value.validate(fmt.Sprintf("tile %d", i+1)); err != nil {
			return err
		}
		if err := validateLink(tile.Name, tile.Href); err != nil {
			return err
		}
		if tile.At == nil {
			continue
		}
		if at := *tile.At; at.Column < 0 || at.Row < 0 || at.Column >= maxTileGrid || at.Row >= maxTileGrid || taken[at] != "" {
			return fmt.Errorf("%w: %.60q is at column %d, row %d; use free places from 0 to %d", ErrInvalid, tile.Name, at.Column, at.Row, maxTileGrid-1)
		}
		taken[*tile.At] = tile.Name
	}
	return nil
}

// Render implements Chart.
func (tm TileMap) Render(w io.Writer) error {
	if err := tm.Validate(); err != nil {
		return err
	}
	_, err := w.Write(tm.draw())
	return err
}

// byName are the tiles in alphabetical order.
func (tm TileMap) byName() []Tile {
	return slices.SortedStableFunc(slices.Values(tm.Tiles), func(a, b Tile) int { return cmp.Compare(a.Name, b.Name) })
}

// Table implements Chart.
func (tm TileMap) Table() Table {
	t := Table{Caption: tm.Title, Headers: []string{tm.RowHeader, tm.header(tm.Value), "Class", "Note"}}
	for _, tile := range tm.byName() {
		t.Rows = append(t.Rows, []string{tile.Name, tm.cell(tile.Value), tm.classOf(tile), tile.Note})
	}
	return t
}

func (tm TileMap) classOf(tile Tile) string {
	if !tile.Value.known {
		return "none"
	}
	return tm.Classes.word(tm.Classes.of(tile.Value.number), tm.Measure)
}

// placed reports whether every tile has a place.
func (tm TileMap) placed() bool {
	return !slices.ContainsFunc(tm.Tiles, func(tile Tile) bool { return tile.At == nil })
}

func (tm TileMap) describe() string {
	text := fmt.Sprintf("%d tiles of equal size, each with its name and value. A darker tile has a larger value, a hatched one none.", len(tm.Tiles))
	if tm.placed() {
		return text + " The tiles lie roughly as on a map."
	}
	return text + " The tiles stand in alphabetical order, not as on a map."
}
