-- The paired file under postgres/ has the same tables and columns.
-- A site or a unit that was renamed keeps what it was called before, up to the
-- first day of the next name.

-- +goose Up
CREATE TABLE former_name (
    id       TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT NOT NULL DEFAULT 'instance',
    site_id  TEXT REFERENCES site (id),
    unit_id  TEXT REFERENCES unit (id),
    name     TEXT NOT NULL,
    held_to  TEXT NOT NULL,
    CHECK ((site_id IS NULL) <> (unit_id IS NULL))
);
CREATE INDEX former_name_site ON former_name (site_id);
CREATE INDEX former_name_unit ON former_name (unit_id);
