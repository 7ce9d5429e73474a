-- The paired file under sqlite/ has the same tables and columns.

-- +goose Up
ALTER TABLE innovation ADD COLUMN keeper_id TEXT COLLATE "C" REFERENCES unit (id);
ALTER TABLE innovation ADD COLUMN kind TEXT COLLATE "C";
ALTER TABLE innovation ADD COLUMN setting TEXT COLLATE "C";
ALTER TABLE innovation ADD COLUMN status TEXT COLLATE "C";
ALTER TABLE innovation ADD COLUMN successor TEXT COLLATE "C";
ALTER TABLE innovation ADD COLUMN pathway_change TEXT COLLATE "C";
ALTER TABLE innovation ADD COLUMN pathway_note TEXT COLLATE "C";
ALTER TABLE innovation ADD COLUMN practice_fit TEXT COLLATE "C";
ALTER TABLE innovation ADD COLUMN nhs_service_id TEXT COLLATE "C";
CREATE INDEX innovation_keeper ON innovation (keeper_id);

-- What is known about an innovation. The number is what lines of narratives
-- refer to; what is taken out is kept.
CREATE TABLE evidence_item (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id      TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    innovation_id TEXT COLLATE "C" NOT NULL REFERENCES innovation (id),
    number        BIGINT NOT NULL,
    kind          TEXT COLLATE "C" NOT NULL,
    title         TEXT COLLATE "C" NOT NULL,
    source        TEXT COLLATE "C" NOT NULL,
    scope         TEXT COLLATE "C" NOT NULL,
    dated_on      TEXT COLLATE "C" NOT NULL,
    place         TEXT COLLATE "C",
    quality       TEXT COLLATE "C" NOT NULL,
    supports      TEXT COLLATE "C" NOT NULL,
    review_by     TEXT COLLATE "C" NOT NULL,
    removed_on    TEXT COLLATE "C",
    version       BIGINT NOT NULL DEFAULT 1,
    UNIQUE (innovation_id, number)
);

-- What is said about an innovation to an audience. A change adds a version.
CREATE TABLE narrative (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id      TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    innovation_id TEXT COLLATE "C" NOT NULL REFERENCES innovation (id),
    kind          TEXT COLLATE "C" NOT NULL CHECK (kind IN ('value proposition', 'narrative')),
    version       BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX narrative_innovation ON narrative (innovation_id);

CREATE TABLE narrative_version (
    narrative_id TEXT COLLATE "C" NOT NULL REFERENCES narrative (id),
    number       BIGINT NOT NULL,
    owner_id     TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    audience     TEXT COLLATE "C" NOT NULL,
    ask          TEXT COLLATE "C" NOT NULL,
    written_at   BIGINT NOT NULL,
    written_by   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (narrative_id, number)
);

CREATE TABLE narrative_line (
    narrative_id TEXT COLLATE "C" NOT NULL,
    number       BIGINT NOT NULL,
    place        BIGINT NOT NULL,
    owner_id     TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    body         TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (narrative_id, number, place),
    FOREIGN KEY (narrative_id, number) REFERENCES narrative_version (narrative_id, number)
);

CREATE TABLE narrative_line_evidence (
    narrative_id TEXT COLLATE "C" NOT NULL,
    number       BIGINT NOT NULL,
    place        BIGINT NOT NULL,
    evidence_id  TEXT COLLATE "C" NOT NULL REFERENCES evidence_item (id),
    owner_id     TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    PRIMARY KEY (narrative_id, number, place, evidence_id),
    FOREIGN KEY (narrative_id, number, place) REFERENCES narrative_line (narrative_id, number, place)
);
CREATE INDEX narrative_line_evidence_item ON narrative_line_evidence (evidence_id);

-- Answers to the readiness questions. A changed answer is a new version; a
-- question without any is not answered, which is no "no".
CREATE TABLE readiness_answer (
    innovation_id TEXT COLLATE "C" NOT NULL REFERENCES innovation (id),
    question      TEXT COLLATE "C" NOT NULL,
    version       BIGINT NOT NULL,
    owner_id      TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    answer        TEXT COLLATE "C" NOT NULL,
    note          TEXT COLLATE "C",
    answered_at   BIGINT NOT NULL,
    answered_by   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (innovation_id, question, version)
);

-- What places use in its stead. What is taken out is kept.
CREATE TABLE known_alternative (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id      TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    innovation_id TEXT COLLATE "C" NOT NULL REFERENCES innovation (id),
    name          TEXT COLLATE "C" NOT NULL,
    used_at       TEXT COLLATE "C" NOT NULL,
    kind          TEXT COLLATE "C" NOT NULL,
    compares      TEXT COLLATE "C" NOT NULL,
    seen_on       TEXT COLLATE "C" NOT NULL,
    removed_on    TEXT COLLATE "C",
    version       BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX known_alternative_innovation ON known_alternative (innovation_id);

-- What a panel decided, and why. Entries stay as they are; a later one counts.
CREATE TABLE panel_decision (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id      TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    innovation_id TEXT COLLATE "C" NOT NULL REFERENCES innovation (id),
    decided_on    TEXT COLLATE "C" NOT NULL,
    sat           TEXT COLLATE "C" NOT NULL,
    credible      TEXT COLLATE "C" NOT NULL,
    credible_why  TEXT COLLATE "C" NOT NULL,
    feasible      TEXT COLLATE "C" NOT NULL,
    feasible_why  TEXT COLLATE "C" NOT NULL,
    decision      TEXT COLLATE "C" NOT NULL CHECK (decision IN ('approve', 'hold', 'decline')),
    reasons       TEXT COLLATE "C" NOT NULL,
    recorded_at   BIGINT NOT NULL,
    recorded_by   TEXT COLLATE "C" NOT NULL
);
CREATE INDEX panel_decision_innovation ON panel_decision (innovation_id);
