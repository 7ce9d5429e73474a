-- The paired file under sqlite/ has the same tables and columns.
-- A collection is what a programme asks its sites for at one rhythm: measures,
-- periods and due dates. Eligible lists and returns belong to it; observations
-- carry integer keys alone; what is counted stands in two rollups, by unit.

-- +goose Up
CREATE TABLE collection (
    key          BIGINT NOT NULL PRIMARY KEY,
    id           TEXT COLLATE "C" NOT NULL UNIQUE,
    owner_id     TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (id),
    code         TEXT COLLATE "C" NOT NULL,
    name         TEXT COLLATE "C" NOT NULL,
    period_kind  TEXT COLLATE "C" NOT NULL CHECK (period_kind IN ('month', 'quarter', 'financial year')),
    due_days     BIGINT NOT NULL CHECK (due_days >= 0),
    first_period BIGINT,
    last_period  BIGINT,
    submissions  BIGINT NOT NULL DEFAULT 0,
    version      BIGINT NOT NULL DEFAULT 1,
    UNIQUE (programme_id, code)
);
INSERT INTO collection (key, id, programme_id, code, name, period_kind, due_days)
    SELECT min(key), min(id), programme_id, replace(period_kind, ' ', '-'), 'Return for each ' || period_kind, period_kind, 30
    FROM measure GROUP BY programme_id, period_kind;
INSERT INTO collection (key, id, programme_id, code, name, period_kind, due_days)
    SELECT 1000000 + min(r.key), min(r.id), r.programme_id, 'quarter', 'Return for each quarter', 'quarter', 30
    FROM site_return r WHERE NOT EXISTS (SELECT 1 FROM measure m WHERE m.programme_id = r.programme_id)
    GROUP BY r.programme_id;
INSERT INTO collection (key, id, programme_id, code, name, period_kind, due_days)
    SELECT 2000000 + min(e.site_key), 'quarter ' || e.programme_id, e.programme_id, 'quarter', 'Return for each quarter', 'quarter', 30
    FROM eligible_site e WHERE NOT EXISTS (SELECT 1 FROM collection c WHERE c.programme_id = e.programme_id)
    GROUP BY e.programme_id;

CREATE TABLE measure_2 (
    id             TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    key            BIGINT NOT NULL UNIQUE,
    owner_id       TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    programme_id   TEXT COLLATE "C" NOT NULL REFERENCES programme (id),
    collection_key BIGINT NOT NULL REFERENCES collection (key),
    code           TEXT COLLATE "C" NOT NULL,
    name           TEXT COLLATE "C" NOT NULL,
    meaning        TEXT COLLATE "C" NOT NULL DEFAULT '',
    kind           TEXT COLLATE "C" NOT NULL CHECK (kind IN ('level', 'count')),
    purpose        TEXT COLLATE "C" NOT NULL CHECK (purpose IN ('adoption', 'activity', 'process', 'balancing')),
    direction      TEXT COLLATE "C" NOT NULL CHECK (direction IN ('increase', 'decrease', 'neutral')),
    required       BOOLEAN NOT NULL,
    adopted_level  BIGINT,
    largest        BIGINT,
    part_of_key    BIGINT REFERENCES measure_2 (key),
    version        BIGINT NOT NULL DEFAULT 1,
    UNIQUE (programme_id, code),
    CHECK (kind <> 'level' OR adopted_level IS NOT NULL)
);
INSERT INTO measure_2 (id, key, owner_id, programme_id, collection_key, code, name, kind, purpose, direction, required, adopted_level, version)
    SELECT m.id, m.key, m.owner_id, m.programme_id, c.key, m.code, m.name, m.kind,
        CASE WHEN m.key = (SELECT min(f.key) FROM measure f WHERE f.programme_id = m.programme_id AND f.kind = 'level')
            THEN 'adoption' WHEN m.kind = 'level' THEN 'process' ELSE 'activity' END,
        'increase', m.kind = 'level', m.adopted_level, m.version
    FROM measure m JOIN collection c ON c.programme_id = m.programme_id AND c.period_kind = m.period_kind;

CREATE TABLE measure_level_2 (
    measure_id TEXT COLLATE "C" NOT NULL REFERENCES measure_2 (id),
    owner_id   TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    level      BIGINT NOT NULL,
    label      TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (measure_id, level)
);
INSERT INTO measure_level_2 (measure_id, owner_id, level, label) SELECT measure_id, owner_id, level, label FROM measure_level;

-- The one hot table: integer keys only.
CREATE TABLE observation_2 (
    measure_key BIGINT NOT NULL REFERENCES measure_2 (key),
    period      BIGINT NOT NULL,
    site_key    BIGINT NOT NULL REFERENCES site (key),
    value       BIGINT NOT NULL,
    PRIMARY KEY (measure_key, period, site_key) INCLUDE (value)
);
INSERT INTO observation_2 (measure_key, period, site_key, value) SELECT measure_key, period, site_key, value FROM observation;

-- Who sent values, when and how. One is made in a collection at a time.
CREATE TABLE submission (
    collection_key BIGINT NOT NULL REFERENCES collection (key),
    number         BIGINT NOT NULL,
    owner_id       TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    made_at        BIGINT NOT NULL,
    account_id     TEXT COLLATE "C" REFERENCES account (id),
    made_by        TEXT COLLATE "C" NOT NULL,
    source         TEXT COLLATE "C" NOT NULL,
    file_name      TEXT COLLATE "C",
    file_hash      TEXT COLLATE "C",
    reason         TEXT COLLATE "C",
    added          BIGINT NOT NULL,
    changed        BIGINT NOT NULL,
    cleared        BIGINT NOT NULL,
    PRIMARY KEY (collection_key, number)
);

-- The corrections that were made before there were submissions get one each.
INSERT INTO submission (collection_key, number, made_at, made_by, source, reason, added, changed, cleared)
    SELECT m.collection_key, row_number() OVER (PARTITION BY m.collection_key ORDER BY r.restated_on, r.id),
        CAST(extract(epoch FROM CAST(r.restated_on AS timestamp)) AS BIGINT) * 1000000,
        r.restated_by, 'load', r.reason, 0, 1, 0
    FROM restatement r JOIN measure_2 m ON m.key = r.measure_key;
UPDATE collection SET submissions = (SELECT count(*) FROM submission s WHERE s.collection_key = collection.key);

-- What an observation said before a submission changed it; null is blank. Only
-- ever added to.
CREATE TABLE restatement_2 (
    measure_key    BIGINT NOT NULL REFERENCES measure_2 (key),
    period         BIGINT NOT NULL,
    site_key       BIGINT NOT NULL REFERENCES site (key),
    submission     BIGINT NOT NULL,
    old_value      BIGINT,
    new_value      BIGINT,
    after_approval BOOLEAN NOT NULL,
    PRIMARY KEY (measure_key, period, site_key, submission)
);
INSERT INTO restatement_2 (measure_key, period, site_key, submission, old_value, new_value, after_approval)
    SELECT r.measure_key, r.period, r.site_key, row_number() OVER (PARTITION BY m.collection_key ORDER BY r.restated_on, r.id),
        r.old_value, r.new_value, TRUE
    FROM restatement r JOIN measure_2 m ON m.key = r.measure_key;

-- What became of a site's return. submitted_on is the day of its first value,
-- complete_on the first on which every required measure had one.
CREATE TABLE site_return_2 (
    collection_key BIGINT NOT NULL REFERENCES collection (key),
    period         BIGINT NOT NULL,
    site_key       BIGINT NOT NULL REFERENCES site (key),
    submitted_on   TEXT COLLATE "C",
    complete_on    TEXT COLLATE "C",
    sent_by_key    BIGINT REFERENCES site (key),
    why_missing    TEXT COLLATE "C",
    PRIMARY KEY (collection_key, period, site_key)
);
INSERT INTO site_return_2 (collection_key, period, site_key, submitted_on, complete_on, sent_by_key, why_missing)
    SELECT (SELECT min(c.key) FROM collection c WHERE c.programme_id = r.programme_id), r.period, s.key, r.submitted_on, r.submitted_on,
        (SELECT o.key FROM site o WHERE o.code = r.sent_by), r.why_missing
    FROM site_return r JOIN site s ON s.id = r.site_id;

-- The eligible list of a period. It follows the rollouts and the memberships
-- until the member's figures are approved, and is frozen from then on.
CREATE TABLE eligible_site_2 (
    collection_key BIGINT NOT NULL REFERENCES collection (key),
    period         BIGINT NOT NULL,
    site_key       BIGINT NOT NULL REFERENCES site (key),
    placement_key  BIGINT NOT NULL REFERENCES placement (key),
    PRIMARY KEY (collection_key, period, site_key)
);
-- A site that was counted under a member that it is not known to have belonged to.
INSERT INTO placement (key, site_key, valid_from, current)
    SELECT (SELECT count(*) FROM placement) + row_number() OVER (ORDER BY e.site_key, u.key), e.site_key, '0001-01-01', FALSE
    FROM (SELECT DISTINCT site_key, member_id FROM eligible_site) e JOIN unit u ON u.id = e.member_id
    WHERE NOT EXISTS (SELECT 1 FROM placement p JOIN placement_unit pu ON pu.placement_key = p.key
        WHERE p.site_key = e.site_key AND pu.unit_key = u.key);
INSERT INTO placement_unit (placement_key, unit_key)
    SELECT (SELECT count(*) FROM placement WHERE current) + row_number() OVER (ORDER BY e.site_key, u.key), u.key
    FROM (SELECT DISTINCT site_key, member_id FROM eligible_site) e JOIN unit u ON u.id = e.member_id
    WHERE NOT EXISTS (SELECT 1 FROM placement p JOIN placement_unit pu ON pu.placement_key = p.key
        WHERE p.site_key = e.site_key AND pu.unit_key = u.key);
INSERT INTO eligible_site_2 (collection_key, period, site_key, placement_key)
    SELECT (SELECT min(c.key) FROM collection c WHERE c.programme_id = e.programme_id), e.period, e.site_key,
        (SELECT min(p.key) FROM placement p JOIN placement_unit pu ON pu.placement_key = p.key
            WHERE p.site_key = e.site_key AND pu.unit_key = u.key)
    FROM eligible_site e JOIN unit u ON u.id = e.member_id;

-- A member's figures of a period, approved and sometimes opened again.
CREATE TABLE approval (
    id             TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id       TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    collection_key BIGINT NOT NULL REFERENCES collection (key),
    period         BIGINT NOT NULL,
    member_id      TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
    approved_at    BIGINT NOT NULL,
    approved_by    TEXT COLLATE "C" NOT NULL,
    approver_id    TEXT COLLATE "C" REFERENCES account (id),
    note           TEXT COLLATE "C",
    reopened_at    BIGINT,
    reopened_by    TEXT COLLATE "C",
    reopen_reason  TEXT COLLATE "C",
    CHECK (reopened_at IS NULL OR reopen_reason IS NOT NULL)
);
CREATE UNIQUE INDEX approval_standing ON approval (collection_key, period, member_id) WHERE reopened_at IS NULL;
INSERT INTO approval (id, collection_key, period, member_id, approved_at, approved_by)
    SELECT 'kept ' || c.key || ' ' || e.period || ' ' || e.member_id, c.key, e.period, e.member_id, 0, 'SIR, when approvals were introduced'
    FROM (SELECT DISTINCT programme_id, period, member_id FROM eligible_site) e
    JOIN collection c ON c.key = (SELECT min(o.key) FROM collection o WHERE o.programme_id = e.programme_id);

DROP TABLE observation;
DROP TABLE restatement;
DROP TABLE measure_level;
DROP TABLE rate_rollup;
DROP TABLE eligible_site;
DROP TABLE site_return;
DROP TABLE measure;
ALTER TABLE measure_2 RENAME TO measure;
ALTER TABLE measure_level_2 RENAME TO measure_level;
ALTER TABLE observation_2 RENAME TO observation;
ALTER TABLE restatement_2 RENAME TO restatement;
ALTER TABLE site_return_2 RENAME TO site_return;
ALTER TABLE eligible_site_2 RENAME TO eligible_site;
CREATE INDEX measure_collection ON measure (collection_key);
CREATE INDEX restatement_site ON restatement (site_key);
CREATE TRIGGER restatement_append_only BEFORE UPDATE OR DELETE ON restatement
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What is counted, by unit; the key 0 is the whole programme. Kept in step in
-- the transaction that changes what it counts.
CREATE TABLE return_rollup (
    collection_key BIGINT NOT NULL,
    unit_key       BIGINT NOT NULL,
    period         BIGINT NOT NULL,
    expected       BIGINT NOT NULL,
    received       BIGINT NOT NULL,
    complete       BIGINT NOT NULL,
    on_time        BIGINT NOT NULL,
    PRIMARY KEY (collection_key, unit_key, period)
);
CREATE TABLE measure_rollup (
    measure_key BIGINT NOT NULL,
    unit_key    BIGINT NOT NULL,
    period      BIGINT NOT NULL,
    reported    BIGINT NOT NULL,
    adopted     BIGINT NOT NULL,
    total       BIGINT NOT NULL,
    PRIMARY KEY (measure_key, unit_key, period)
);
INSERT INTO return_rollup (collection_key, unit_key, period, expected, received, complete, on_time)
    SELECT e.collection_key, pu.unit_key, e.period, count(*), count(r.submitted_on), count(r.complete_on), 0
    FROM eligible_site e
    JOIN (SELECT placement_key, unit_key FROM placement_unit UNION ALL SELECT key, 0 FROM placement) pu ON pu.placement_key = e.placement_key
    LEFT JOIN site_return r ON r.collection_key = e.collection_key AND r.period = e.period AND r.site_key = e.site_key
    GROUP BY e.collection_key, pu.unit_key, e.period;
INSERT INTO measure_rollup (measure_key, unit_key, period, reported, adopted, total)
    SELECT m.key, pu.unit_key, e.period, count(*), sum(CASE WHEN o.value >= m.adopted_level THEN 1 ELSE 0 END), sum(o.value)
    FROM eligible_site e JOIN measure m ON m.collection_key = e.collection_key
    JOIN observation o ON o.measure_key = m.key AND o.period = e.period AND o.site_key = e.site_key
    JOIN (SELECT placement_key, unit_key FROM placement_unit UNION ALL SELECT key, 0 FROM placement) pu ON pu.placement_key = e.placement_key
    GROUP BY m.key, pu.unit_key, e.period;

-- Targets are of a unit or of the whole programme, and never deleted.
ALTER TABLE target RENAME COLUMN member_id TO unit_id;
ALTER TABLE target ADD COLUMN agreed_on TEXT COLLATE "C";
ALTER TABLE target ADD COLUMN withdrawn_on TEXT COLLATE "C";

-- A file that was read and not yet confirmed: what a reader saw in the dry run
-- is what is imported.
CREATE TABLE upload (
    id             TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id       TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    account_id     TEXT COLLATE "C" NOT NULL,
    collection_key BIGINT NOT NULL REFERENCES collection (key),
    made_at        BIGINT NOT NULL,
    file_name      TEXT COLLATE "C" NOT NULL,
    file_hash      TEXT COLLATE "C" NOT NULL,
    content        BYTEA NOT NULL
);
CREATE INDEX upload_account ON upload (account_id);

-- Keys for programs that send returns. Only a hash is kept.
CREATE TABLE api_token (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id     TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    account_id   TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    name         TEXT COLLATE "C" NOT NULL,
    token_hash   TEXT COLLATE "C" NOT NULL UNIQUE,
    made_at      BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    revoked_at   BIGINT,
    last_used_on TEXT COLLATE "C"
);
CREATE INDEX api_token_account ON api_token (account_id);

-- What people say about a point of a chart: a note, a change of the process
-- (the limits start anew), or a point to be left out.
CREATE TABLE chart_mark (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id     TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    measure_id   TEXT COLLATE "C" NOT NULL REFERENCES measure (id),
    unit_key     BIGINT NOT NULL,
    period       BIGINT NOT NULL,
    kind         TEXT COLLATE "C" NOT NULL CHECK (kind IN ('note', 'rebase', 'exclude')),
    body         TEXT COLLATE "C" NOT NULL,
    made_at      BIGINT NOT NULL,
    made_by      TEXT COLLATE "C" NOT NULL,
    account_id   TEXT COLLATE "C" REFERENCES account (id),
    withdrawn_at BIGINT,
    withdrawn_by TEXT COLLATE "C"
);
CREATE INDEX chart_mark_measure ON chart_mark (measure_id, unit_key);

-- A driver diagram: an aim, what drives it, and ideas to change it.
CREATE TABLE driver (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id     TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (id),
    unit_id      TEXT COLLATE "C" REFERENCES unit (id),
    parent_id    TEXT COLLATE "C" REFERENCES driver (id),
    measure_id   TEXT COLLATE "C" REFERENCES measure (id),
    kind         TEXT COLLATE "C" NOT NULL CHECK (kind IN ('aim', 'primary', 'secondary', 'idea')),
    body         TEXT COLLATE "C" NOT NULL,
    place        BIGINT NOT NULL,
    removed_on   TEXT COLLATE "C",
    version      BIGINT NOT NULL DEFAULT 1,
    CHECK ((kind = 'aim') = (parent_id IS NULL))
);
CREATE INDEX driver_programme ON driver (programme_id, unit_id);
CREATE INDEX driver_parent ON driver (parent_id);

-- Plan, do, study, act: one small test of a change.
CREATE TABLE pdsa_cycle (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id     TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (id),
    unit_id      TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
    site_id      TEXT COLLATE "C" REFERENCES site (id),
    driver_id    TEXT COLLATE "C" REFERENCES driver (id),
    measure_id   TEXT COLLATE "C" REFERENCES measure (id),
    title        TEXT COLLATE "C" NOT NULL,
    starts_on    TEXT COLLATE "C" NOT NULL,
    ends_on      TEXT COLLATE "C",
    plan         TEXT COLLATE "C" NOT NULL,
    prediction   TEXT COLLATE "C" NOT NULL,
    done         TEXT COLLATE "C",
    studied      TEXT COLLATE "C",
    decision     TEXT COLLATE "C" CHECK (decision IN ('adopt', 'adapt', 'abandon')),
    decided_why  TEXT COLLATE "C",
    made_by      TEXT COLLATE "C" NOT NULL,
    version      BIGINT NOT NULL DEFAULT 1,
    CHECK (decision IS NULL OR studied IS NOT NULL)
);
CREATE INDEX pdsa_cycle_programme ON pdsa_cycle (programme_id, unit_id);
