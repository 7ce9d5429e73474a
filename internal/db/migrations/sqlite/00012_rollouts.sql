-- The paired file under postgres/ has the same tables and columns.

-- +goose Up
ALTER TABLE programme ADD COLUMN level TEXT;
ALTER TABLE programme ADD COLUMN lead_id TEXT REFERENCES unit (id);
ALTER TABLE programme ADD COLUMN mandate TEXT;
ALTER TABLE programme ADD COLUMN mandate_note TEXT;
ALTER TABLE programme ADD COLUMN announced_on TEXT;
ALTER TABLE programme ADD COLUMN budget BIGINT;
ALTER TABLE programme ADD COLUMN budget_ends_on TEXT;
ALTER TABLE programme ADD COLUMN budget_after TEXT;
ALTER TABLE rollout ADD COLUMN aim TEXT;
ALTER TABLE rollout ADD COLUMN exit_rule TEXT;
ALTER TABLE rollout ADD COLUMN budget BIGINT;
ALTER TABLE rollout ADD COLUMN budget_ends_on TEXT;
ALTER TABLE rollout ADD COLUMN budget_after TEXT;

-- The states that a rollout went through, and why. Only ever added to; the
-- last one is repeated in the rollout.
CREATE TABLE rollout_state (
    rollout_id TEXT NOT NULL REFERENCES rollout (id),
    number     BIGINT NOT NULL,
    owner_id   TEXT NOT NULL DEFAULT 'instance',
    state      TEXT NOT NULL CHECK (state IN ('scoping', 'planned', 'active', 'paused', 'stopped', 'handed over', 'closed')),
    since      TEXT NOT NULL,
    reason     TEXT NOT NULL,
    freed      TEXT,
    lesson     TEXT,
    waiver     TEXT,
    made_at    BIGINT,
    made_by    TEXT NOT NULL,
    PRIMARY KEY (rollout_id, number),
    CHECK (reason <> ''),
    CHECK (state <> 'stopped' OR lesson IS NOT NULL)
);

-- What a rollout became active without; the reason is the waiver of its state.
CREATE TABLE rollout_waiver (
    rollout_id TEXT NOT NULL,
    number     BIGINT NOT NULL,
    need       TEXT NOT NULL,
    owner_id   TEXT NOT NULL DEFAULT 'instance',
    PRIMARY KEY (rollout_id, number, need),
    FOREIGN KEY (rollout_id, number) REFERENCES rollout_state (rollout_id, number)
);

-- Where rollouts stand that were recorded before states had a history.
INSERT INTO rollout_state (rollout_id, number, state, since, reason, lesson, made_at, made_by)
SELECT id, 1, state, COALESCE(state_since, actual_start, planned_start), COALESCE(reason, 'Recorded before reasons were asked for.'), lesson, NULL, 'SIR'
FROM rollout;
