-- The paired file under sqlite/ has the same tables and columns.
-- Times are microseconds since 1970 (UTC); dates are ISO text, and the last one
-- of a stretch is the first day on which it no longer holds; periods are the
-- integer keys of package period. owner_id keeps the door to sharding open:
-- it stands on every table but reference data and the observations.
-- Text compares by code point (COLLATE "C"), as SQLite does by itself.

-- +goose Up
CREATE TABLE setting (
    name     TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    value    TEXT COLLATE "C" NOT NULL,
    version  BIGINT NOT NULL DEFAULT 1
);

-- Members (networks), sites and how they belong together over time.

CREATE TABLE member (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id   TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    code       TEXT COLLATE "C" NOT NULL UNIQUE,
    name       TEXT COLLATE "C" NOT NULL,
    short_name TEXT COLLATE "C",
    made_up    BOOLEAN NOT NULL DEFAULT FALSE,
    valid_from TEXT COLLATE "C",
    valid_to   TEXT COLLATE "C",
    source     TEXT COLLATE "C" NOT NULL,
    version    BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE orientation_record (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id    TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    member_id   TEXT COLLATE "C" NOT NULL REFERENCES member (id),
    orientation TEXT COLLATE "C" NOT NULL CHECK (orientation IN ('explicit', 'implicit')),
    approach    TEXT COLLATE "C",
    category    TEXT COLLATE "C",
    source      TEXT COLLATE "C" NOT NULL
);
CREATE INDEX orientation_record_member ON orientation_record (member_id);

CREATE TABLE member_staff (
    member_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES member (id),
    owner_id  TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    people    BIGINT NOT NULL,
    source    TEXT COLLATE "C" NOT NULL
);

CREATE TABLE role_staff (
    role     TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    people   BIGINT NOT NULL,
    source   TEXT COLLATE "C" NOT NULL
);

CREATE TABLE site (
    id                TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id          TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    key               BIGINT NOT NULL UNIQUE,
    code              TEXT COLLATE "C" NOT NULL UNIQUE,
    name              TEXT COLLATE "C" NOT NULL,
    made_up           BOOLEAN NOT NULL DEFAULT FALSE,
    size_band         TEXT COLLATE "C",
    deprivation_fifth BIGINT,
    setting           TEXT COLLATE "C",
    valid_from        TEXT COLLATE "C",
    valid_to          TEXT COLLATE "C",
    version           BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE site_membership (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id   TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    site_id    TEXT COLLATE "C" NOT NULL REFERENCES site (id),
    member_id  TEXT COLLATE "C" NOT NULL REFERENCES member (id),
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_to   TEXT COLLATE "C"
);
CREATE INDEX site_membership_site ON site_membership (site_id);
CREATE INDEX site_membership_member ON site_membership (member_id);

CREATE TABLE site_succession (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id     TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    site_id      TEXT COLLATE "C" NOT NULL REFERENCES site (id),
    successor_id TEXT COLLATE "C" REFERENCES site (id),
    kind         TEXT COLLATE "C" NOT NULL CHECK (kind IN ('merger', 'closure')),
    happened_on  TEXT COLLATE "C" NOT NULL,
    reason       TEXT COLLATE "C" NOT NULL
);
CREATE INDEX site_succession_site ON site_succession (site_id);
CREATE INDEX site_succession_successor ON site_succession (successor_id);

-- Innovations, programmes, rollouts.

CREATE TABLE innovation (
    id       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    code     TEXT COLLATE "C" NOT NULL UNIQUE,
    name     TEXT COLLATE "C" NOT NULL,
    summary  TEXT COLLATE "C" NOT NULL,
    supplier TEXT COLLATE "C",
    made_up  BOOLEAN NOT NULL DEFAULT FALSE,
    source   TEXT COLLATE "C" NOT NULL,
    version  BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE programme (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id      TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    code          TEXT COLLATE "C" NOT NULL UNIQUE,
    name          TEXT COLLATE "C" NOT NULL,
    summary       TEXT COLLATE "C" NOT NULL,
    innovation_id TEXT COLLATE "C" NOT NULL REFERENCES innovation (id),
    made_up       BOOLEAN NOT NULL DEFAULT FALSE,
    starts_on     TEXT COLLATE "C",
    ends_on       TEXT COLLATE "C",
    source        TEXT COLLATE "C" NOT NULL,
    version       BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE rollout (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id      TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    programme_id  TEXT COLLATE "C" NOT NULL REFERENCES programme (id),
    member_id     TEXT COLLATE "C" NOT NULL REFERENCES member (id),
    state         TEXT COLLATE "C" NOT NULL CHECK (state IN ('scoping', 'planned', 'active', 'paused', 'stopped', 'handed over', 'closed')),
    planned_start TEXT COLLATE "C" NOT NULL,
    actual_start  TEXT COLLATE "C",
    start_reason  TEXT COLLATE "C",
    state_since   TEXT COLLATE "C",
    reason        TEXT COLLATE "C",
    lesson        TEXT COLLATE "C",
    version       BIGINT NOT NULL DEFAULT 1,
    UNIQUE (programme_id, member_id),
    CHECK (state <> 'stopped' OR (reason IS NOT NULL AND lesson IS NOT NULL))
);

CREATE TABLE rollout_site (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id      TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    rollout_id    TEXT COLLATE "C" NOT NULL REFERENCES rollout (id),
    site_id       TEXT COLLATE "C" NOT NULL REFERENCES site (id),
    eligible_from TEXT COLLATE "C" NOT NULL,
    eligible_to   TEXT COLLATE "C",
    reason        TEXT COLLATE "C",
    readiness     TEXT COLLATE "C",
    UNIQUE (rollout_id, site_id, eligible_from)
);
CREATE INDEX rollout_site_site ON rollout_site (site_id);

CREATE TABLE site_champion (
    id              TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id        TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    programme_id    TEXT COLLATE "C" NOT NULL REFERENCES programme (id),
    site_id         TEXT COLLATE "C" NOT NULL REFERENCES site (id),
    role            TEXT COLLATE "C" NOT NULL,
    deputy          BOOLEAN NOT NULL,
    serves_from     TEXT COLLATE "C" NOT NULL,
    serves_to       TEXT COLLATE "C",
    leaving_reason  TEXT COLLATE "C"
);
CREATE INDEX site_champion_site ON site_champion (site_id);

-- Measures and what was reported against them.

CREATE TABLE measure (
    id                TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id          TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    key               BIGINT NOT NULL UNIQUE,
    programme_id      TEXT COLLATE "C" NOT NULL REFERENCES programme (id),
    code              TEXT COLLATE "C" NOT NULL,
    name              TEXT COLLATE "C" NOT NULL,
    kind              TEXT COLLATE "C" NOT NULL CHECK (kind IN ('level', 'count')),
    period_kind       TEXT COLLATE "C" NOT NULL,
    adopted_level     BIGINT,
    version           BIGINT NOT NULL DEFAULT 1,
    UNIQUE (programme_id, code),
    CHECK (kind <> 'level' OR adopted_level IS NOT NULL)
);

CREATE TABLE measure_level (
    measure_id TEXT COLLATE "C" NOT NULL REFERENCES measure (id),
    owner_id   TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    level      BIGINT NOT NULL,
    label      TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (measure_id, level)
);

CREATE TABLE target (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id     TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (id),
    member_id    TEXT COLLATE "C" REFERENCES member (id),
    starts_on    TEXT COLLATE "C" NOT NULL,
    percent      BIGINT NOT NULL,
    inclusive    BOOLEAN NOT NULL,
    agreed_by    TEXT COLLATE "C" NOT NULL,
    source       TEXT COLLATE "C" NOT NULL
);
CREATE INDEX target_programme ON target (programme_id);

CREATE TABLE site_return (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id     TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    key          BIGINT NOT NULL UNIQUE,
    programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (id),
    site_id      TEXT COLLATE "C" NOT NULL REFERENCES site (id),
    period       BIGINT NOT NULL,
    due_on       TEXT COLLATE "C" NOT NULL,
    submitted_on TEXT COLLATE "C",
    sent_by      TEXT COLLATE "C",
    why_missing  TEXT COLLATE "C",
    version      BIGINT NOT NULL DEFAULT 1,
    UNIQUE (programme_id, period, site_id)
);
CREATE INDEX site_return_site ON site_return (site_id);

-- The eligible list of a period, frozen with the member that the site counted
-- under at the time: later mergers and moves do not rewrite it.
CREATE TABLE eligible_site (
    programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (id),
    period       BIGINT NOT NULL,
    site_key     BIGINT NOT NULL REFERENCES site (key),
    member_id    TEXT COLLATE "C" NOT NULL REFERENCES member (id),
    PRIMARY KEY (programme_id, period, site_key)
);

-- The one hot table: integer keys only.
CREATE TABLE observation (
    measure_key BIGINT NOT NULL REFERENCES measure (key),
    period      BIGINT NOT NULL,
    site_key    BIGINT NOT NULL REFERENCES site (key),
    value       BIGINT NOT NULL,
    return_key  BIGINT NOT NULL REFERENCES site_return (key),
    PRIMARY KEY (measure_key, period, site_key)
);

-- Eligible sites counted by member and period, so that a page need not count
-- them anew. Derived: recomputed in the transaction that changes what it counts.
CREATE TABLE rate_rollup (
    programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (id),
    member_id    TEXT COLLATE "C" NOT NULL REFERENCES member (id),
    owner_id     TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    period       BIGINT NOT NULL,
    eligible     BIGINT NOT NULL,
    reported     BIGINT NOT NULL,
    adopted      BIGINT NOT NULL,
    PRIMARY KEY (programme_id, member_id, period)
);

-- What an observation said before it was corrected. Only ever added to.
CREATE TABLE restatement (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id    TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    measure_key BIGINT NOT NULL REFERENCES measure (key),
    period      BIGINT NOT NULL,
    site_key    BIGINT NOT NULL REFERENCES site (key),
    old_value   BIGINT NOT NULL,
    new_value   BIGINT NOT NULL,
    restated_on TEXT COLLATE "C" NOT NULL,
    restated_by TEXT COLLATE "C" NOT NULL,
    reason      TEXT COLLATE "C" NOT NULL
);
CREATE INDEX restatement_site ON restatement (site_key);

-- Figures that others published without their parts; no member is the pooled
-- total.
CREATE TABLE published_figure (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id     TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (id),
    member_id    TEXT COLLATE "C" REFERENCES member (id),
    period       BIGINT NOT NULL,
    percent      BIGINT NOT NULL,
    note         TEXT COLLATE "C" NOT NULL,
    source       TEXT COLLATE "C" NOT NULL,
    UNIQUE (programme_id, member_id, period)
);

-- Anonymous cases: a schema of their own. Nothing here refers to a member, a
-- site or a programme, and nothing there refers to a case.

CREATE TABLE case_set (
    id       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    code     TEXT COLLATE "C" NOT NULL UNIQUE,
    title    TEXT COLLATE "C" NOT NULL,
    summary  TEXT COLLATE "C" NOT NULL,
    source   TEXT COLLATE "C" NOT NULL,
    version  BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE case_condition (
    case_set_id TEXT COLLATE "C" NOT NULL REFERENCES case_set (id),
    owner_id    TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    name        TEXT COLLATE "C" NOT NULL,
    place       BIGINT NOT NULL,
    label       TEXT COLLATE "C" NOT NULL,
    one_means   TEXT COLLATE "C" NOT NULL,
    zero_means  TEXT COLLATE "C" NOT NULL,
    fate        TEXT COLLATE "C" NOT NULL CHECK (fate IN ('outcome', 'kept', 'dropped')),
    fate_reason TEXT COLLATE "C",
    remark      TEXT COLLATE "C",
    source      TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (case_set_id, name)
);

CREATE TABLE case_record (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id    TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    case_set_id TEXT COLLATE "C" NOT NULL REFERENCES case_set (id),
    label       TEXT COLLATE "C" NOT NULL,
    UNIQUE (case_set_id, label)
);

CREATE TABLE case_coding (
    case_id   TEXT COLLATE "C" NOT NULL REFERENCES case_record (id),
    owner_id  TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    condition TEXT COLLATE "C" NOT NULL,
    value     BIGINT NOT NULL,
    coder     TEXT COLLATE "C" NOT NULL,
    source    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (case_id, condition)
);

CREATE TABLE case_note (
    id       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    case_id  TEXT COLLATE "C" NOT NULL REFERENCES case_record (id),
    kind     TEXT COLLATE "C" NOT NULL,
    code     TEXT COLLATE "C",
    body     TEXT COLLATE "C" NOT NULL,
    source   TEXT COLLATE "C" NOT NULL
);
CREATE INDEX case_note_case ON case_note (case_id);

CREATE TABLE case_note_code (
    case_set_id TEXT COLLATE "C" NOT NULL REFERENCES case_set (id),
    owner_id    TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    code        TEXT COLLATE "C" NOT NULL,
    meaning     TEXT COLLATE "C" NOT NULL,
    source      TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (case_set_id, code)
);

CREATE TABLE published_term (
    id                TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id          TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    case_set_id       TEXT COLLATE "C" NOT NULL REFERENCES case_set (id),
    outcome           TEXT COLLATE "C" NOT NULL,
    term              TEXT COLLATE "C" NOT NULL,
    cases             TEXT COLLATE "C" NOT NULL,
    raw_coverage      DOUBLE PRECISION NOT NULL,
    unique_coverage   DOUBLE PRECISION NOT NULL,
    solution_coverage DOUBLE PRECISION NOT NULL,
    source            TEXT COLLATE "C" NOT NULL
);
CREATE INDEX published_term_set ON published_term (case_set_id);

-- Reference shelves.

CREATE TABLE shelf (
    code         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    title        TEXT COLLATE "C" NOT NULL,
    introduction TEXT COLLATE "C" NOT NULL,
    place        BIGINT NOT NULL
);

CREATE TABLE shelf_facet (
    shelf TEXT COLLATE "C" NOT NULL REFERENCES shelf (code),
    facet TEXT COLLATE "C" NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (shelf, facet)
);

CREATE TABLE shelf_entry (
    shelf  TEXT COLLATE "C" NOT NULL REFERENCES shelf (code),
    code   TEXT COLLATE "C" NOT NULL,
    parent TEXT COLLATE "C",
    title  TEXT COLLATE "C" NOT NULL,
    body   TEXT COLLATE "C" NOT NULL,
    detail TEXT COLLATE "C" NOT NULL,
    search TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    place  BIGINT NOT NULL,
    PRIMARY KEY (shelf, code)
);

CREATE TABLE shelf_link (
    shelf  TEXT COLLATE "C" NOT NULL REFERENCES shelf (code),
    code   TEXT COLLATE "C" NOT NULL,
    effect TEXT COLLATE "C" NOT NULL,
    body   TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (shelf, code)
);

-- The entries that a link goes from and to.
CREATE TABLE shelf_link_end (
    shelf TEXT COLLATE "C" NOT NULL,
    link  TEXT COLLATE "C" NOT NULL,
    side  TEXT COLLATE "C" NOT NULL CHECK (side IN ('from', 'to')),
    entry TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (shelf, link, side, entry),
    FOREIGN KEY (shelf, link) REFERENCES shelf_link (shelf, code),
    FOREIGN KEY (shelf, entry) REFERENCES shelf_entry (shelf, code)
);

CREATE TABLE shelf_entry_facet (
    shelf TEXT COLLATE "C" NOT NULL,
    code  TEXT COLLATE "C" NOT NULL,
    facet TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (shelf, code, facet, value),
    FOREIGN KEY (shelf, code) REFERENCES shelf_entry (shelf, code)
);

-- Accounts, sessions, sign-in failures.

CREATE TABLE account (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id      TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    sign_in_name  TEXT COLLATE "C" NOT NULL UNIQUE,
    name          TEXT COLLATE "C" NOT NULL,
    password_hash TEXT COLLATE "C" NOT NULL,
    epoch         BIGINT NOT NULL DEFAULT 1,
    created_at    BIGINT NOT NULL,
    disabled_at   BIGINT,
    version       BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE role_grant (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id      TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    account_id    TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    role          TEXT COLLATE "C" NOT NULL,
    member_id     TEXT COLLATE "C" REFERENCES member (id),
    programme_id  TEXT COLLATE "C" REFERENCES programme (id),
    site_id       TEXT COLLATE "C" REFERENCES site (id),
    innovation_id TEXT COLLATE "C" REFERENCES innovation (id)
);
CREATE INDEX role_grant_account ON role_grant (account_id);

CREATE TABLE session (
    token_hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id   TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    data       BYTEA NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE sign_in_failure (
    subject   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id  TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    failures  BIGINT NOT NULL,
    last_at   BIGINT NOT NULL
);

-- The audit trail: one row a change, a sign-in or a refusal, chained by hash.

CREATE TABLE audit_entry (
    seq           BIGINT NOT NULL PRIMARY KEY,
    owner_id      TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    at            BIGINT NOT NULL,
    actor_id      TEXT COLLATE "C" NOT NULL,
    actor_name    TEXT COLLATE "C" NOT NULL,
    action        TEXT COLLATE "C" NOT NULL,
    outcome       TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('done', 'refused')),
    object        TEXT COLLATE "C" NOT NULL,
    detail        TEXT COLLATE "C" NOT NULL,
    previous_hash TEXT COLLATE "C" NOT NULL,
    hash          TEXT COLLATE "C" NOT NULL
);
CREATE INDEX audit_entry_actor ON audit_entry (actor_id, seq);
CREATE INDEX audit_entry_action ON audit_entry (action, seq);

CREATE TABLE audit_head (
    id       BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    owner_id TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    seq      BIGINT NOT NULL,
    hash     TEXT COLLATE "C" NOT NULL
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '');

-- The trail and the restatements are only ever added to, whoever asks.
-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER restatement_append_only BEFORE UPDATE OR DELETE ON restatement
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
