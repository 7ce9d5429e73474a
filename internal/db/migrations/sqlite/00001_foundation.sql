-- The paired file under postgres/ has the same tables and columns.
-- Times are microseconds since 1970 (UTC); dates are ISO text, and the last one
-- of a stretch is the first day on which it no longer holds; periods are the
-- integer keys of package period. owner_id keeps the door to sharding open:
-- it stands on every table but reference data and the observations.

-- +goose Up
CREATE TABLE setting (
    name     TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT NOT NULL DEFAULT 'instance',
    value    TEXT NOT NULL,
    version  BIGINT NOT NULL DEFAULT 1
);

-- Members (networks), sites and how they belong together over time.

CREATE TABLE member (
    id         TEXT NOT NULL PRIMARY KEY,
    owner_id   TEXT NOT NULL DEFAULT 'instance',
    code       TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    short_name TEXT,
    made_up    BOOLEAN NOT NULL DEFAULT FALSE,
    valid_from TEXT,
    valid_to   TEXT,
    source     TEXT NOT NULL,
    version    BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE orientation_record (
    id          TEXT NOT NULL PRIMARY KEY,
    owner_id    TEXT NOT NULL DEFAULT 'instance',
    member_id   TEXT NOT NULL REFERENCES member (id),
    orientation TEXT NOT NULL CHECK (orientation IN ('explicit', 'implicit')),
    approach    TEXT,
    category    TEXT,
    source      TEXT NOT NULL
);
CREATE INDEX orientation_record_member ON orientation_record (member_id);

CREATE TABLE member_staff (
    member_id TEXT NOT NULL PRIMARY KEY REFERENCES member (id),
    owner_id  TEXT NOT NULL DEFAULT 'instance',
    people    BIGINT NOT NULL,
    source    TEXT NOT NULL
);

CREATE TABLE role_staff (
    role     TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT NOT NULL DEFAULT 'instance',
    people   BIGINT NOT NULL,
    source   TEXT NOT NULL
);

CREATE TABLE site (
    id                TEXT NOT NULL PRIMARY KEY,
    owner_id          TEXT NOT NULL DEFAULT 'instance',
    key               BIGINT NOT NULL UNIQUE,
    code              TEXT NOT NULL UNIQUE,
    name              TEXT NOT NULL,
    made_up           BOOLEAN NOT NULL DEFAULT FALSE,
    size_band         TEXT,
    deprivation_fifth BIGINT,
    setting           TEXT,
    valid_from        TEXT,
    valid_to          TEXT,
    version           BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE site_membership (
    id         TEXT NOT NULL PRIMARY KEY,
    owner_id   TEXT NOT NULL DEFAULT 'instance',
    site_id    TEXT NOT NULL REFERENCES site (id),
    member_id  TEXT NOT NULL REFERENCES member (id),
    valid_from TEXT NOT NULL,
    valid_to   TEXT
);
CREATE INDEX site_membership_site ON site_membership (site_id);
CREATE INDEX site_membership_member ON site_membership (member_id);

CREATE TABLE site_succession (
    id           TEXT NOT NULL PRIMARY KEY,
    owner_id     TEXT NOT NULL DEFAULT 'instance',
    site_id      TEXT NOT NULL REFERENCES site (id),
    successor_id TEXT REFERENCES site (id),
    kind         TEXT NOT NULL CHECK (kind IN ('merger', 'closure')),
    happened_on  TEXT NOT NULL,
    reason       TEXT NOT NULL
);
CREATE INDEX site_succession_site ON site_succession (site_id);
CREATE INDEX site_succession_successor ON site_succession (successor_id);

-- Innovations, programmes, rollouts.

CREATE TABLE innovation (
    id       TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT NOT NULL DEFAULT 'instance',
    code     TEXT NOT NULL UNIQUE,
    name     TEXT NOT NULL,
    summary  TEXT NOT NULL,
    supplier TEXT,
    made_up  BOOLEAN NOT NULL DEFAULT FALSE,
    source   TEXT NOT NULL,
    version  BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE programme (
    id            TEXT NOT NULL PRIMARY KEY,
    owner_id      TEXT NOT NULL DEFAULT 'instance',
    code          TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    summary       TEXT NOT NULL,
    innovation_id TEXT NOT NULL REFERENCES innovation (id),
    made_up       BOOLEAN NOT NULL DEFAULT FALSE,
    starts_on     TEXT,
    ends_on       TEXT,
    source        TEXT NOT NULL,
    version       BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE rollout (
    id            TEXT NOT NULL PRIMARY KEY,
    owner_id      TEXT NOT NULL DEFAULT 'instance',
    programme_id  TEXT NOT NULL REFERENCES programme (id),
    member_id     TEXT NOT NULL REFERENCES member (id),
    state         TEXT NOT NULL CHECK (state IN ('scoping', 'planned', 'active', 'paused', 'stopped', 'handed over', 'closed')),
    planned_start TEXT NOT NULL,
    actual_start  TEXT,
    start_reason  TEXT,
    state_since   TEXT,
    reason        TEXT,
    lesson        TEXT,
    version       BIGINT NOT NULL DEFAULT 1,
    UNIQUE (programme_id, member_id),
    CHECK (state <> 'stopped' OR (reason IS NOT NULL AND lesson IS NOT NULL))
);

CREATE TABLE rollout_site (
    id            TEXT NOT NULL PRIMARY KEY,
    owner_id      TEXT NOT NULL DEFAULT 'instance',
    rollout_id    TEXT NOT NULL REFERENCES rollout (id),
    site_id       TEXT NOT NULL REFERENCES site (id),
    eligible_from TEXT NOT NULL,
    eligible_to   TEXT,
    reason        TEXT,
    readiness     TEXT,
    UNIQUE (rollout_id, site_id, eligible_from)
);
CREATE INDEX rollout_site_site ON rollout_site (site_id);

CREATE TABLE site_champion (
    id              TEXT NOT NULL PRIMARY KEY,
    owner_id        TEXT NOT NULL DEFAULT 'instance',
    programme_id    TEXT NOT NULL REFERENCES programme (id),
    site_id         TEXT NOT NULL REFERENCES site (id),
    role            TEXT NOT NULL,
    deputy          BOOLEAN NOT NULL,
    serves_from     TEXT NOT NULL,
    serves_to       TEXT,
    leaving_reason  TEXT
);
CREATE INDEX site_champion_site ON site_champion (site_id);

-- Measures and what was reported against them.

CREATE TABLE measure (
    id                TEXT NOT NULL PRIMARY KEY,
    owner_id          TEXT NOT NULL DEFAULT 'instance',
    key               BIGINT NOT NULL UNIQUE,
    programme_id      TEXT NOT NULL REFERENCES programme (id),
    code              TEXT NOT NULL,
    name              TEXT NOT NULL,
    kind              TEXT NOT NULL CHECK (kind IN ('level', 'count')),
    period_kind       TEXT NOT NULL,
    adopted_level     BIGINT,
    version           BIGINT NOT NULL DEFAULT 1,
    UNIQUE (programme_id, code),
    CHECK (kind <> 'level' OR adopted_level IS NOT NULL)
);

CREATE TABLE measure_level (
    measure_id TEXT NOT NULL REFERENCES measure (id),
    owner_id   TEXT NOT NULL DEFAULT 'instance',
    level      BIGINT NOT NULL,
    label      TEXT NOT NULL,
    PRIMARY KEY (measure_id, level)
);

CREATE TABLE target (
    id           TEXT NOT NULL PRIMARY KEY,
    owner_id     TEXT NOT NULL DEFAULT 'instance',
    programme_id TEXT NOT NULL REFERENCES programme (id),
    member_id    TEXT REFERENCES member (id),
    starts_on    TEXT NOT NULL,
    percent      BIGINT NOT NULL,
    inclusive    BOOLEAN NOT NULL,
    agreed_by    TEXT NOT NULL,
    source       TEXT NOT NULL
);
CREATE INDEX target_programme ON target (programme_id);

CREATE TABLE site_return (
    id           TEXT NOT NULL PRIMARY KEY,
    owner_id     TEXT NOT NULL DEFAULT 'instance',
    key          BIGINT NOT NULL UNIQUE,
    programme_id TEXT NOT NULL REFERENCES programme (id),
    site_id      TEXT NOT NULL REFERENCES site (id),
    period       BIGINT NOT NULL,
    due_on       TEXT NOT NULL,
    submitted_on TEXT,
    sent_by      TEXT,
    why_missing  TEXT,
    version      BIGINT NOT NULL DEFAULT 1,
    UNIQUE (programme_id, period, site_id)
);
CREATE INDEX site_return_site ON site_return (site_id);

-- The eligible list of a period, frozen with the member that the site counted
-- under at the time: later mergers and moves do not rewrite it.
CREATE TABLE eligible_site (
    programme_id TEXT NOT NULL REFERENCES programme (id),
    period       BIGINT NOT NULL,
    site_key     BIGINT NOT NULL REFERENCES site (key),
    member_id    TEXT NOT NULL REFERENCES member (id),
    PRIMARY KEY (programme_id, period, site_key)
) WITHOUT ROWID;

-- The one hot table: integer keys only.
CREATE TABLE observation (
    measure_key BIGINT NOT NULL REFERENCES measure (key),
    period      BIGINT NOT NULL,
    site_key    BIGINT NOT NULL REFERENCES site (key),
    value       BIGINT NOT NULL,
    return_key  BIGINT NOT NULL REFERENCES site_return (key),
    PRIMARY KEY (measure_key, period, site_key)
) WITHOUT ROWID;

-- Eligible sites counted by member and period, so that a page need not count
-- them anew. Derived: recomputed in the transaction that changes what it counts.
CREATE TABLE rate_rollup (
    programme_id TEXT NOT NULL REFERENCES programme (id),
    member_id    TEXT NOT NULL REFERENCES member (id),
    owner_id     TEXT NOT NULL DEFAULT 'instance',
    period       BIGINT NOT NULL,
    eligible     BIGINT NOT NULL,
    reported     BIGINT NOT NULL,
    adopted      BIGINT NOT NULL,
    PRIMARY KEY (programme_id, member_id, period)
);

-- What an observation said before it was corrected. Only ever added to.
CREATE TABLE restatement (
    id          TEXT NOT NULL PRIMARY KEY,
    owner_id    TEXT NOT NULL DEFAULT 'instance',
    measure_key BIGINT NOT NULL REFERENCES measure (key),
    period      BIGINT NOT NULL,
    site_key    BIGINT NOT NULL REFERENCES site (key),
    old_value   BIGINT NOT NULL,
    new_value   BIGINT NOT NULL,
    restated_on TEXT NOT NULL,
    restated_by TEXT NOT NULL,
    reason      TEXT NOT NULL
);
CREATE INDEX restatement_site ON restatement (site_key);

-- Figures that others published without their parts; no member is the pooled
-- total.
CREATE TABLE published_figure (
    id           TEXT NOT NULL PRIMARY KEY,
    owner_id     TEXT NOT NULL DEFAULT 'instance',
    programme_id TEXT NOT NULL REFERENCES programme (id),
    member_id    TEXT REFERENCES member (id),
    period       BIGINT NOT NULL,
    percent      BIGINT NOT NULL,
    note         TEXT NOT NULL,
    source       TEXT NOT NULL,
    UNIQUE (programme_id, member_id, period)
);

-- Anonymous cases: a schema of their own. Nothing here refers to a member, a
-- site or a programme, and nothing there refers to a case.

CREATE TABLE case_set (
    id       TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT NOT NULL DEFAULT 'instance',
    code     TEXT NOT NULL UNIQUE,
    title    TEXT NOT NULL,
    summary  TEXT NOT NULL,
    source   TEXT NOT NULL,
    version  BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE case_condition (
    case_set_id TEXT NOT NULL REFERENCES case_set (id),
    owner_id    TEXT NOT NULL DEFAULT 'instance',
    name        TEXT NOT NULL,
    place       BIGINT NOT NULL,
    label       TEXT NOT NULL,
    one_means   TEXT NOT NULL,
    zero_means  TEXT NOT NULL,
    fate        TEXT NOT NULL CHECK (fate IN ('outcome', 'kept', 'dropped')),
    fate_reason TEXT,
    remark      TEXT,
    source      TEXT NOT NULL,
    PRIMARY KEY (case_set_id, name)
);

CREATE TABLE case_record (
    id          TEXT NOT NULL PRIMARY KEY,
    owner_id    TEXT NOT NULL DEFAULT 'instance',
    case_set_id TEXT NOT NULL REFERENCES case_set (id),
    label       TEXT NOT NULL,
    UNIQUE (case_set_id, label)
);

CREATE TABLE case_coding (
    case_id   TEXT NOT NULL REFERENCES case_record (id),
    owner_id  TEXT NOT NULL DEFAULT 'instance',
    condition TEXT NOT NULL,
    value     BIGINT NOT NULL,
    coder     TEXT NOT NULL,
    source    TEXT NOT NULL,
    PRIMARY KEY (case_id, condition)
);

CREATE TABLE case_note (
    id       TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT NOT NULL DEFAULT 'instance',
    case_id  TEXT NOT NULL REFERENCES case_record (id),
    kind     TEXT NOT NULL,
    code     TEXT,
    body     TEXT NOT NULL,
    source   TEXT NOT NULL
);
CREATE INDEX case_note_case ON case_note (case_id);

CREATE TABLE case_note_code (
    case_set_id TEXT NOT NULL REFERENCES case_set (id),
    owner_id    TEXT NOT NULL DEFAULT 'instance',
    code        TEXT NOT NULL,
    meaning     TEXT NOT NULL,
    source      TEXT NOT NULL,
    PRIMARY KEY (case_set_id, code)
);

CREATE TABLE published_term (
    id                TEXT NOT NULL PRIMARY KEY,
    owner_id          TEXT NOT NULL DEFAULT 'instance',
    case_set_id       TEXT NOT NULL REFERENCES case_set (id),
    outcome           TEXT NOT NULL,
    term              TEXT NOT NULL,
    cases             TEXT NOT NULL,
    raw_coverage      DOUBLE PRECISION NOT NULL,
    unique_coverage   DOUBLE PRECISION NOT NULL,
    solution_coverage DOUBLE PRECISION NOT NULL,
    source            TEXT NOT NULL
);
CREATE INDEX published_term_set ON published_term (case_set_id);

-- Reference shelves.

CREATE TABLE shelf (
    code         TEXT NOT NULL PRIMARY KEY,
    title        TEXT NOT NULL,
    introduction TEXT NOT NULL,
    place        BIGINT NOT NULL
);

CREATE TABLE shelf_facet (
    shelf TEXT NOT NULL REFERENCES shelf (code),
    facet TEXT NOT NULL,
    label TEXT NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (shelf, facet)
);

CREATE TABLE shelf_entry (
    shelf  TEXT NOT NULL REFERENCES shelf (code),
    code   TEXT NOT NULL,
    parent TEXT,
    title  TEXT NOT NULL,
    body   TEXT NOT NULL,
    detail TEXT NOT NULL,
    search TEXT NOT NULL,
    source TEXT NOT NULL,
    place  BIGINT NOT NULL,
    PRIMARY KEY (shelf, code)
);

CREATE TABLE shelf_link (
    shelf  TEXT NOT NULL REFERENCES shelf (code),
    code   TEXT NOT NULL,
    effect TEXT NOT NULL,
    body   TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (shelf, code)
);

-- The entries that a link goes from and to.
CREATE TABLE shelf_link_end (
    shelf TEXT NOT NULL,
    link  TEXT NOT NULL,
    side  TEXT NOT NULL CHECK (side IN ('from', 'to')),
    entry TEXT NOT NULL,
    PRIMARY KEY (shelf, link, side, entry),
    FOREIGN KEY (shelf, link) REFERENCES shelf_link (shelf, code),
    FOREIGN KEY (shelf, entry) REFERENCES shelf_entry (shelf, code)
);

CREATE TABLE shelf_entry_facet (
    shelf TEXT NOT NULL,
    code  TEXT NOT NULL,
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (shelf, code, facet, value),
    FOREIGN KEY (shelf, code) REFERENCES shelf_entry (shelf, code)
);

-- Accounts, sessions, sign-in failures.

CREATE TABLE account (
    id            TEXT NOT NULL PRIMARY KEY,
    owner_id      TEXT NOT NULL DEFAULT 'instance',
    sign_in_name  TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    epoch         BIGINT NOT NULL DEFAULT 1,
    created_at    BIGINT NOT NULL,
    disabled_at   BIGINT,
    version       BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE role_grant (
    id            TEXT NOT NULL PRIMARY KEY,
    owner_id      TEXT NOT NULL DEFAULT 'instance',
    account_id    TEXT NOT NULL REFERENCES account (id),
    role          TEXT NOT NULL,
    member_id     TEXT REFERENCES member (id),
    programme_id  TEXT REFERENCES programme (id),
    site_id       TEXT REFERENCES site (id),
    innovation_id TEXT REFERENCES innovation (id)
);
CREATE INDEX role_grant_account ON role_grant (account_id);

CREATE TABLE session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    owner_id   TEXT NOT NULL DEFAULT 'instance',
    data       BLOB  NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE sign_in_failure (
    subject   TEXT NOT NULL PRIMARY KEY,
    owner_id  TEXT NOT NULL DEFAULT 'instance',
    failures  BIGINT NOT NULL,
    last_at   BIGINT NOT NULL
);

-- The audit trail: one row a change, a sign-in or a refusal, chained by hash.

CREATE TABLE audit_entry (
    seq           BIGINT NOT NULL PRIMARY KEY,
    owner_id      TEXT NOT NULL DEFAULT 'instance',
    at            BIGINT NOT NULL,
    actor_id      TEXT NOT NULL,
    actor_name    TEXT NOT NULL,
    action        TEXT NOT NULL,
    outcome       TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
    object        TEXT NOT NULL,
    detail        TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash          TEXT NOT NULL
);
CREATE INDEX audit_entry_actor ON audit_entry (actor_id, seq);
CREATE INDEX audit_entry_action ON audit_entry (action, seq);

CREATE TABLE audit_head (
    id       BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    owner_id TEXT NOT NULL DEFAULT 'instance',
    seq      BIGINT NOT NULL,
    hash     TEXT NOT NULL
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '');

-- The trail and the restatements are only ever added to, whoever asks.
-- +goose StatementBegin
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'audit_entry is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'audit_entry is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER restatement_no_update BEFORE UPDATE ON restatement
BEGIN
    SELECT RAISE(ABORT, 'restatement is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER restatement_no_delete BEFORE DELETE ON restatement
BEGIN
    SELECT RAISE(ABORT, 'restatement is append-only');
END;
-- +goose StatementEnd
