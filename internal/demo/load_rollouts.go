package demo

import (
	"context"

	"sir/internal/db"
	"sir/internal/demo/madeup"
	"sir/internal/rollout"
)

func (m *madeUp) insertRollouts(ctx context.Context) error {
	for i, r := range m.in.Rollouts {
		id := db.NewID()
		m.rollouts[r.Network] = id
		err := rollout.Insert(ctx, m.db, rollout.Rollout{
			ID: id, ProgrammeID: m.programme.ID, MemberID: m.networks[r.Network], State: rollout.State(r.State),
			PlannedStart: date(r.PlannedStart), ActualStart: date(r.ActualStart), StartReason: r.StartReason,
			StateSince: date(r.StateSince), Reason: r.StateReason, Lesson: r.Lesson,
			Aim:      "Four in five eligible sites send the message as a matter of course.",
			ExitRule: "Support ends at a site that has sent every message for two quarters by itself.",
			Budget:   rollout.Budget{Pounds: 30000, EndsOn: m.programme.EndsOn, After: "The work is part of what pharmacies do."},
		})
		if err != nil {
			return err
		}
		for at, c := range steps(r, i%3 == 0) {
			c.RolloutID, c.Number, c.MadeAt, c.MadeBy = id, int64(at+1), m.now, madeUpSource
			if err := rollout.InsertChange(ctx, m.db, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// steps are the states that a rollout went through: it became active on its
// actual start, without a champion and a sustainability draft where it was in haste, and
// then what it is now.
func steps(r madeup.Rollout, haste bool) []rollout.Change {
	start := rollout.Change{State: rollout.Active, Since: date(r.ActualStart), Reason: r.StartReason}
	if start.Reason == "" {
		start.Reason = "The planned day had come."
	}
	if haste {
		start.Waived, start.Waiver = []rollout.Need{"champion", "sustainability draft"}, "Sites asked to begin before the winter."
	}
	now := rollout.Change{State: rollout.State(r.State), Since: date(r.StateSince), Reason: r.StateReason, Lesson: r.Lesson}
	if now.State == rollout.Active {
		return []rollout.Change{start}
	}
	if now.State.Ends() {
		now.Freed = "Two days a week of a project manager."
	}
	if now.State == rollout.Paused && now.Lesson == "" {
		now.Lesson = "Agree with sites beforehand what would make the work rest."
	}
	return []rollout.Change{start, now}
}
