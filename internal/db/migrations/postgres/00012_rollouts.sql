-- The paired file under sqlite/ has the same tables and columns.

-- +goose Up
ALTER TABLE programme ADD COLUMN level TEXT COLLATE "C";
ALTER TABLE programme ADD COLUMN lead_id TEXT COLLATE "C" REFERENCES unit (id);
ALTER TABLE programme ADD COLUMN mandate TEXT COLLATE "C";
ALTER TABLE programme ADD COLUMN mandate_note TEXT COLLATE "C";
ALTER TABLE programme ADD COLUMN announced_on TEXT COLLATE "C";
ALTER TABLE programme ADD COLUMN budget BIGINT;
ALTER TABLE programme ADD COLUMN budget_ends_on TEXT COLLATE "C";
ALTER TABLE programme ADD COLUMN budget_after TEXT COLLATE "C";
ALTER TABLE rollout ADD COLUMN aim TEXT COLLATE "C";
ALTER TABLE rollout ADD COLUMN exit_rule TEXT COLLATE "C";
ALTER TABLE rollout ADD COLUMN budget BIGINT;
ALTER TABLE rollout ADD COLUMN budget_ends_on TEXT COLLATE "C";
ALTER TABLE rollout ADD COLUMN budget_after TEXT COLLATE "C";

-- The states that a rollout went through, and why. Only ever added to; the
-- last one is repeated in the rollout.
CREATE TABLE rollout_state (
    rollout_id TEXT COLLATE "C" NOT NULL REFERENCES rollout (id),
    number     BIGINT NOT NULL,
    owner_id   TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    state      TEXT COLLATE "C" NOT NULL CHECK (state IN ('scoping', 'planned', 'active', 'paused', 'stopped', 'handed over', 'closed')),
    since      TEXT COLLATE "C" NOT NULL,
    reason     TEXT COLLATE "C" NOT NULL,
    freed      TEXT COLLATE "C",
    lesson     TEXT COLLATE "C",
    waiver     TEXT COLLATE "C",
    made_at    BIGINT,
    made_by    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (rollout_id, number),
    CHECK (reason <> ''),
    CHECK (state <> 'stopped' OR lesson IS NOT NULL)
);

-- What a rollout became active without; the reason is the waiver of its state.
CREATE TABLE rollout_waiver (
    rollout_id TEXT COLLATE "C" NOT NULL,
    number     BIGINT NOT NULL,
    need       TEXT COLLATE "C" NOT NULL,
    owner_id   TEXT COLLATE "C" NOT NULL DEFAULT 'instance',
    PRIMARY KEY (rollout_id, number, need),
    FOREIGN KEY (rollout_id, number) REFERENCES rollout_state (rollout_id, number)
);

-- Where rollouts stand that were recorded before states had a history.
INSERT INTO rollout_state (rollout_id, number, state, since, reason, lesson, made_at, made_by)
SELECT id, 1, state, COALESCE(state_since, actual_start, planned_start), COALESCE(reason, 'Recorded before reasons were asked for.'), lesson, NULL, 'SIR'
FROM rollout;
