package lever

import (
	"context"
	"errors"
	"time"

	"sir/internal/db"
	"sir/internal/rollout"
)

// raise opens a decision for each rollout that a changed lever touches: one
// that has not ended, of a programme on which its last known effect is not
// none. A decision that is open already takes the new version in. It answers
// how many rollouts are asked.
func raise(ctx context.Context, d *db.DB, leverID string, before int64, at time.Time) (int, error) {
	effects, err := effectsOf(ctx, d, leverID)
	if err != nil {
		return 0, err
	}
	asked := 0
	for _, e := range latest(effects) {
		if e.Finding == None {
			continue
		}
		rollouts, err := rolloutsOf(ctx, d, e.ProgrammeID)
		if err != nil {
			return 0, err
		}
		for _, r := range rollouts {
			if r.State == rollout.Stopped || r.State == rollout.Closed {
				continue
			}
			if err := ask(ctx, d, Alert{LeverID: leverID, Rollout: r, FromVersion: before, ToVersion: before + 1, RaisedAt: at}); err != nil {
				return 0, err
			}
			asked++
		}
	}
	return asked, nil
}

// ask opens a decision, or lets an open one take the newest version in.
func ask(ctx context.Context, d *db.DB, a Alert) error {
	err := d.ExecOne(ctx, `
		UPDATE lever_alert SET to_version = $3, raised_at = $4, version = version + 1
		WHERE lever_id = $1 AND rollout_id = $2 AND decision IS NULL`, a.LeverID, a.Rollout.ID, a.ToVersion, db.At(a.RaisedAt))
	if errors.Is(err, db.ErrNoChange) {
		return InsertAlert(ctx, d, a)
	}
	return wrap("renew alert", err)
}

// InsertAlert adds an alert, open or decided. Without an id it gets one.
func InsertAlert(ctx context.Context, d *db.DB, a Alert) error {
	if a.ID == "" {
		a.ID = db.NewID()
	}
	_, err := d.Exec(ctx, `
		INSERT INTO lever_alert (id, lever_id, rollout_id, from_version, to_version, raised_at, decision, reason, lesson, decided_at, decided_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		a.ID, a.LeverID, a.Rollout.ID, a.FromVersion, a.ToVersion, db.At(a.RaisedAt), db.NullText(string(a.Decision)), db.NullText(a.Reason),
		db.NullText(a.Lesson), db.At(a.DecidedAt), db.NullText(a.DecidedBy))
	return wrap("insert alert", err)
}

// decide writes a decision, unless the alert changed since its version or was
// decided.
func decide(ctx context.Context, d *db.DB, a Alert) error {
	return unlessStale("decide alert", d.ExecOne(ctx, `
		UPDATE lever_alert SET decision = $3, reason = $4, lesson = $5, decided_at = $6, decided_by = $7, version = version + 1
		WHERE id = $1 AND version = $2 AND decision IS NULL`,
		a.ID, a.Version, string(a.Decision), a.Reason, db.NullText(a.Lesson), db.At(a.DecidedAt), a.DecidedBy))
}

// listAlerts answers alerts, the newest first: of one lever, and of one
// programme, where those are not empty.
func listAlerts(ctx context.Context, d *db.DB, leverID, programmeID string) ([]Alert, error) {
	list, err := db.List(ctx, d, scanAlert, alerts+`
		WHERE ($1 = '' OR a.lever_id = $1) AND ($2 = '' OR r.programme_id = $2) ORDER BY a.raised_at DESC, m.name, a.id`, leverID, programmeID)
	return list, wrap("list alerts", err)
}

// findAlerts answers the alert with an id, or none.
func findAlerts(ctx context.Context, d *db.DB, id string) ([]Alert, error) {
	list, err := db.List(ctx, d, scanAlert, alerts+` WHERE a.id = $1`, id)
	return list, wrap("read alert", err)
}

const alerts = `
	SELECT a.id, a.lever_id, v.name, r.id, r.programme_id, r.member_id, m.name, r.state, r.planned_start, r.actual_start, p.code, p.name,
		a.from_version, a.to_version, a.raised_at, a.decision, a.reason, a.lesson, a.decided_at, a.decided_by, a.version
	FROM lever_alert a JOIN lever l ON l.id = a.lever_id JOIN lever_version v ON v.lever_id = l.id AND v.number = l.version
		JOIN rollout r ON r.id = a.rollout_id JOIN unit m ON m.id = r.member_id JOIN programme p ON p.id = r.programme_id`

func scanAlert(row db.Scanner) (a Alert, err error) {
	text, r := func(to *string) *db.Text { return (*db.Text)(to) }, &a.Rollout
	err = row.Scan(&a.ID, &a.LeverID, &a.LeverName, &r.ID, &r.ProgrammeID, &r.MemberID, &r.MemberName, &r.State, &r.PlannedStart,
		text(&r.ActualStart), &a.ProgrammeCode, &a.ProgrammeName, &a.FromVersion, &a.ToVersion, (*db.Time)(&a.RaisedAt),
		text((*string)(&a.Decision)), text(&a.Reason), text(&a.Lesson), (*db.Time)(&a.DecidedAt), text(&a.DecidedBy), &a.Version)
	return a, err
}

// rolloutsOf answers a programme's rollouts with their dates and states, by
// name of the member.
func rolloutsOf(ctx context.Context, d *db.DB, programmeID string) ([]rollout.Rollout, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (r rollout.Rollout, err error) {
		err = row.Scan(&r.ID, &r.ProgrammeID, &r.MemberID, &r.MemberName, &r.State, &r.PlannedStart, (*db.Text)(&r.ActualStart))
		return r, err
	}, `SELECT r.id, r.programme_id, r.member_id, m.name, r.state, r.planned_start, r.actual_start
		FROM rollout r JOIN unit m ON m.id = r.member_id WHERE r.programme_id = $1 ORDER BY m.name, m.code`, programmeID)
	return list, wrap("list rollouts", err)
}
