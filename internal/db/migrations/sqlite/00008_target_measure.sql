-- The paired file under postgres/ has the same tables and columns.

-- +goose Up
-- A target is of any measure: of a rate or a proportion in percent, of a count
-- as a total or as the average of those that reported. Without a measure it is
-- the adoption rate's, computed or published; those of earlier versions are.
-- What is on the path is where a measure should be on a date (the trajectory);
-- any other holds from its date on.
ALTER TABLE target ADD COLUMN measure_id TEXT REFERENCES measure (id);
ALTER TABLE target ADD COLUMN basis TEXT NOT NULL DEFAULT 'rate' CHECK (basis IN ('rate', 'proportion', 'total', 'each'));
ALTER TABLE target ADD COLUMN on_path BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE target ADD COLUMN value DOUBLE PRECISION NOT NULL DEFAULT 0;
UPDATE target SET value = percent;
ALTER TABLE target DROP COLUMN percent;
