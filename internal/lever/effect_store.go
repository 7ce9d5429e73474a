package lever

import (
	"context"

	"sir/internal/db"
)

// InsertEffect adds a finding. Earlier ones stay.
func InsertEffect(ctx context.Context, d *db.DB, e Effect) error {
	var version any
	if e.LeverID != "" {
		version = e.LeverVersion
	}
	_, err := d.Exec(ctx, `
		INSERT INTO lever_effect (id, programme_id, kind, lever_id, lever_version, effect, reason, as_at, made_at, made_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		db.NewID(), e.ProgrammeID, string(e.Kind), db.NullText(e.LeverID), version, string(e.Finding), e.Reason, e.AsAt, db.At(e.MadeAt), e.MadeBy)
	return wrap("insert effect of a lever", err)
}

const effects = `
	SELECT e.id, e.programme_id, p.code, p.name, coalesce(v.kind, e.kind), e.lever_id, v.name, coalesce(e.lever_version, 0), e.effect,
		e.reason, e.as_at, e.made_at, e.made_by
	FROM lever_effect e JOIN programme p ON p.id = e.programme_id
		LEFT JOIN lever l ON l.id = e.lever_id LEFT JOIN lever_version v ON v.lever_id = l.id AND v.number = l.version`

func scanEffect(row db.Scanner) (e Effect, err error) {
	err = row.Scan(&e.ID, &e.ProgrammeID, &e.ProgrammeCode, &e.ProgrammeName, &e.Kind, (*db.Text)(&e.LeverID), (*db.Text)(&e.LeverName),
		&e.LeverVersion, &e.Finding, &e.Reason, &e.AsAt, (*db.Time)(&e.MadeAt), &e.MadeBy)
	return e, err
}

// effectsOn answers all findings about a programme, by time.
func effectsOn(ctx context.Context, d *db.DB, programmeID string) ([]Effect, error) {
	list, err := db.List(ctx, d, scanEffect, effects+` WHERE e.programme_id = $1 ORDER BY e.made_at, e.id`, programmeID)
	return list, wrap("list effects on a programme", err)
}

// effectsOf answers all findings about a lever, by time.
func effectsOf(ctx context.Context, d *db.DB, leverID string) ([]Effect, error) {
	list, err := db.List(ctx, d, scanEffect, effects+` WHERE e.lever_id = $1 ORDER BY e.made_at, e.id`, leverID)
	return list, wrap("list effects of a lever", err)
}
