-- The paired file under sqlite/ has the same tables and columns.
-- Organisations and areas stand beside the members, as units of one table: a
-- site belongs to units over time, and units to units. What a site belonged to
-- at a time, all the way up, is its placement.

-- +goose Up
ALTER TABLE member RENAME TO unit;
ALTER TABLE unit ADD COLUMN key BIGINT NOT NULL DEFAULT 0;
ALTER TABLE unit ADD COLUMN kind TEXT COLLATE "C" NOT NULL DEFAULT 'member'
    CHECK (kind IN ('organisation', 'group', 'commissioner', 'region', 'member'));
ALTER TABLE unit ADD COLUMN scheme TEXT COLLATE "C" NOT NULL DEFAULT 'own';
UPDATE unit SET key = (SELECT count(*) FROM unit AS other WHERE other.id <= unit.id);
CREATE UNIQUE INDEX unit_key ON unit (key);

ALTER TABLE site ADD COLUMN scheme TEXT COLLATE "C" NOT NULL DEFAULT 'own';

-- Whatever else is known of a site, to compare uptake by.
CREATE TABLE site_attribute (
    site_id  TEXT COLLATE "C" NOT NULL REFERENCES site (id),
    owner_id TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    name     TEXT COLLATE "C" NOT NULL,
    value    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (site_id, name)
);

ALTER TABLE site_membership RENAME COLUMN member_id TO unit_id;

CREATE TABLE unit_membership (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id   TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    child_id   TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
    parent_id  TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_to   TEXT COLLATE "C"
);
CREATE INDEX unit_membership_child ON unit_membership (child_id);
CREATE INDEX unit_membership_parent ON unit_membership (parent_id);

-- A split adds a row for each part.
CREATE TABLE succession_of_site (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id     TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    site_id      TEXT COLLATE "C" NOT NULL REFERENCES site (id),
    successor_id TEXT COLLATE "C" REFERENCES site (id),
    kind         TEXT COLLATE "C" NOT NULL CHECK (kind IN ('merger', 'split', 'closure')),
    happened_on  TEXT COLLATE "C" NOT NULL,
    reason       TEXT COLLATE "C" NOT NULL
);
INSERT INTO succession_of_site (id, owner_id, site_id, successor_id, kind, happened_on, reason)
    SELECT id, owner_id, site_id, successor_id, kind, happened_on, reason FROM site_succession;
DROP TABLE site_succession;
ALTER TABLE succession_of_site RENAME TO site_succession;
CREATE INDEX site_succession_site ON site_succession (site_id);
CREATE INDEX site_succession_successor ON site_succession (successor_id);

CREATE TABLE unit_succession (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id     TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    unit_id      TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
    successor_id TEXT COLLATE "C" REFERENCES unit (id),
    kind         TEXT COLLATE "C" NOT NULL CHECK (kind IN ('merger', 'split', 'closure')),
    happened_on  TEXT COLLATE "C" NOT NULL,
    reason       TEXT COLLATE "C" NOT NULL
);
CREATE INDEX unit_succession_unit ON unit_succession (unit_id);
CREATE INDEX unit_succession_successor ON unit_succession (successor_id);

-- Derived from the memberships, and never changed once made: what was counted
-- by a placement stays so. One that no longer says what the memberships say is
-- not current, and is kept while a frozen list refers to it.
CREATE TABLE placement (
    key        BIGINT NOT NULL PRIMARY KEY,
    owner_id   TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    site_key   BIGINT NOT NULL REFERENCES site (key),
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_to   TEXT COLLATE "C",
    current    BOOLEAN NOT NULL
);
CREATE INDEX placement_site ON placement (site_key);

CREATE TABLE placement_unit (
    placement_key BIGINT NOT NULL REFERENCES placement (key),
    unit_key      BIGINT NOT NULL REFERENCES unit (key),
    PRIMARY KEY (placement_key, unit_key)
);
CREATE INDEX placement_unit_unit ON placement_unit (unit_key, placement_key);

INSERT INTO placement (key, site_key, valid_from, valid_to, current)
    SELECT (SELECT count(*) FROM site_membership AS other WHERE other.id <= m.id), s.key, m.valid_from, m.valid_to, TRUE
    FROM site_membership m JOIN site s ON s.id = m.site_id;
INSERT INTO placement_unit (placement_key, unit_key)
    SELECT (SELECT count(*) FROM site_membership AS other WHERE other.id <= m.id), u.key
    FROM site_membership m JOIN unit u ON u.id = m.unit_id;
