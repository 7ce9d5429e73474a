-- The paired file under postgres/ has the same tables and columns.
-- What bodies outside the networks do that helps or hinders spread. A lever is
-- its versions: a change adds one and takes none away.

-- +goose Up
CREATE TABLE lever (
    id       TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT NOT NULL DEFAULT 'instance',
    made_up  BOOLEAN NOT NULL DEFAULT FALSE,
    version  BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE lever_version (
    id             TEXT NOT NULL PRIMARY KEY,
    owner_id       TEXT NOT NULL DEFAULT 'instance',
    lever_id       TEXT NOT NULL REFERENCES lever (id),
    number         BIGINT NOT NULL,
    name           TEXT NOT NULL,
    body           TEXT NOT NULL,
    kind           TEXT NOT NULL,
    strength       TEXT NOT NULL CHECK (strength IN ('mandate', 'incentive', 'recommendation', 'endorsement')),
    clarity        TEXT NOT NULL CHECK (clarity IN ('clear', 'open to interpretation', 'unclear', 'still changing')),
    effective_from TEXT NOT NULL,
    effective_to   TEXT,
    replaces_id    TEXT REFERENCES lever (id),
    summary        TEXT NOT NULL,
    source         TEXT NOT NULL,
    made_at        BIGINT NOT NULL,
    made_by        TEXT NOT NULL,
    why            TEXT NOT NULL,
    UNIQUE (lever_id, number),
    CHECK (effective_to IS NULL OR effective_to > effective_from),
    CHECK (source <> '')
);

-- What a lever does to a programme, as somebody found on a day. Without a lever
-- it says that none of the kind was found, or that looking was waived.
CREATE TABLE lever_effect (
    id            TEXT NOT NULL PRIMARY KEY,
    owner_id      TEXT NOT NULL DEFAULT 'instance',
    programme_id  TEXT NOT NULL REFERENCES programme (id),
    kind          TEXT NOT NULL,
    lever_id      TEXT REFERENCES lever (id),
    lever_version BIGINT,
    effect        TEXT NOT NULL CHECK (effect IN ('helps', 'hinders', 'none', 'unknown', 'no lever', 'waived')),
    reason        TEXT NOT NULL,
    as_at         TEXT NOT NULL,
    made_at       BIGINT NOT NULL,
    made_by       TEXT NOT NULL,
    CHECK ((lever_id IS NULL) = (effect IN ('no lever', 'waived'))),
    CHECK ((lever_id IS NULL) = (lever_version IS NULL)),
    CHECK (reason <> '' AND made_by <> '')
);
CREATE INDEX lever_effect_programme ON lever_effect (programme_id);
CREATE INDEX lever_effect_lever ON lever_effect (lever_id);

-- A lever changed that touches a rollout: somebody must decide what that means.
CREATE TABLE lever_alert (
    id           TEXT NOT NULL PRIMARY KEY,
    owner_id     TEXT NOT NULL DEFAULT 'instance',
    lever_id     TEXT NOT NULL REFERENCES lever (id),
    rollout_id   TEXT NOT NULL REFERENCES rollout (id),
    from_version BIGINT NOT NULL,
    to_version   BIGINT NOT NULL,
    raised_at    BIGINT NOT NULL,
    decision     TEXT CHECK (decision IN ('go on', 'adapt', 'pause', 'stop')),
    reason       TEXT,
    lesson       TEXT,
    decided_at   BIGINT,
    decided_by   TEXT,
    version      BIGINT NOT NULL DEFAULT 1,
    CHECK ((decision IS NULL) = (reason IS NULL)),
    CHECK ((decision IS NULL) = (decided_by IS NULL)),
    CHECK (decision <> 'stop' OR lesson IS NOT NULL)
);
CREATE INDEX lever_alert_lever ON lever_alert (lever_id);
CREATE INDEX lever_alert_rollout ON lever_alert (rollout_id);

CREATE TABLE endorsement (
    id           TEXT NOT NULL PRIMARY KEY,
    owner_id     TEXT NOT NULL DEFAULT 'instance',
    programme_id TEXT NOT NULL REFERENCES programme (id),
    asked_of     TEXT NOT NULL,
    request      TEXT NOT NULL,
    asked_on     TEXT NOT NULL,
    asked_by     TEXT NOT NULL,
    outcome      TEXT CHECK (outcome IN ('endorsed', 'endorsed with conditions', 'declined', 'withdrawn')),
    answer       TEXT,
    answered_on  TEXT,
    answered_by  TEXT,
    version      BIGINT NOT NULL DEFAULT 1,
    CHECK ((outcome IS NULL) = (answered_on IS NULL)),
    CHECK ((outcome IS NULL) = (answer IS NULL)),
    CHECK (answered_on IS NULL OR answered_on >= asked_on)
);
CREATE INDEX endorsement_programme ON endorsement (programme_id);
