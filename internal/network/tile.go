package network

import (
	"context"

	"sir/internal/db"
)

// Tile is where a unit stands on a map of equal squares, counted from the
// upper left: no member is drawn larger than another.
type Tile struct{ Column, Row int }

// InsertTile gives a unit its place on the tile map.
func InsertTile(ctx context.Context, d *db.DB, unitID string, t Tile) error {
	_, err := d.Exec(ctx, `INSERT INTO unit_tile (unit_id, tile_column, tile_row) VALUES ($1, $2, $3)`, unitID, t.Column, t.Row)
	return wrap("insert tile", err)
}

// Tiles answers the places of the units that have one, by the unit's id.
func Tiles(ctx context.Context, d *db.DB) (map[string]Tile, error) {
	tiles := map[string]Tile{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var id string
		var t Tile
		err := row.Scan(&id, &t.Column, &t.Row)
		tiles[id] = t
		return err
	}, `SELECT unit_id, tile_column, tile_row FROM unit_tile`)
	return tiles, wrap("list tiles", err)
}
