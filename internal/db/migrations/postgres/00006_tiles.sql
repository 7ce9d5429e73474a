-- The paired file under sqlite/ has the same tables and columns.

-- +goose Up
-- Where a unit stands on a tile map: squares counted from the upper left.
CREATE TABLE unit_tile (
    unit_id     TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES unit (id),
    owner_id    TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    tile_column BIGINT NOT NULL CHECK (tile_column >= 0),
    tile_row    BIGINT NOT NULL CHECK (tile_row >= 0)
);
