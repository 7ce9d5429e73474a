-- The paired file under postgres/ has the same tables and columns.

-- +goose Up
-- Members are a handful among thousands of organisations.
CREATE INDEX unit_kind ON unit (kind);
