package rollout

import (
	"context"
	"slices"

	"sir/internal/db"
)

// InsertChange adds a step to what a rollout went through.
func InsertChange(ctx context.Context, d *db.DB, c Change) error {
	_, err := d.Exec(ctx, `
		INSERT INTO rollout_state (rollout_id, number, state, since, reason, freed, lesson, waiver, made_at, made_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		c.RolloutID, c.Number, string(c.State), c.Since, c.Reason, db.NullText(c.Freed), db.NullText(c.Lesson), db.NullText(c.Waiver),
		db.At(c.MadeAt), c.MadeBy)
	if err != nil {
		return wrap("insert state of rollout", err)
	}
	for _, need := range c.Waived {
		_, err := d.Exec(ctx, `INSERT INTO rollout_waiver (rollout_id, number, need) VALUES ($1, $2, $3)`, c.RolloutID, c.Number, string(need))
		if err != nil {
			return wrap("insert waiver of rollout", err)
		}
	}
	return nil
}

// history answers what a rollout went through, the newest first.
func history(ctx context.Context, d *db.DB, rolloutID string) ([]Change, error) {
	waived := map[int64][]Need{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var number int64
		var need Need
		err := row.Scan(&number, &need)
		waived[number] = append(waived[number], need)
		return err
	}, `SELECT number, need FROM rollout_waiver WHERE rollout_id = $1 ORDER BY number`, rolloutID)
	if err != nil {
		return nil, wrap("list waivers of rollout", err)
	}
	list, err := db.List(ctx, d, func(row db.Scanner) (Change, error) {
		c := Change{RolloutID: rolloutID}
		err := row.Scan(&c.Number, &c.State, &c.Since, &c.Reason, (*db.Text)(&c.Freed), (*db.Text)(&c.Lesson), (*db.Text)(&c.Waiver),
			(*db.Time)(&c.MadeAt), &c.MadeBy)
		for _, need := range Needs {
			if slices.Contains(waived[c.Number], need) {
				c.Waived = append(c.Waived, need)
			}
		}
		return c, err
	}, `SELECT number, state, since, reason, freed, lesson, waiver, made_at, made_by FROM rollout_state WHERE rollout_id = $1 ORDER BY number DESC`, rolloutID)
	return list, wrap("list states of rollout", err)
}
