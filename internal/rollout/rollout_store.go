package rollout

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"sir/internal/db"
	"sir/internal/fault"
)

// Insert adds a rollout. What it went through is added by InsertChange.
func Insert(ctx context.Context, d *db.DB, r Rollout) error {
	_, err := d.Exec(ctx, `
		INSERT INTO rollout (id, programme_id, member_id, state, planned_start, actual_start, start_reason, state_since, reason, lesson,
			aim, exit_rule, budget, budget_ends_on, budget_after)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		r.ID, r.ProgrammeID, r.MemberID, string(r.State), r.PlannedStart, db.NullText(r.ActualStart), db.NullText(r.StartReason),
		db.NullText(r.StateSince), db.NullText(r.Reason), db.NullText(r.Lesson), db.NullText(r.Aim), db.NullText(r.ExitRule),
		r.Budget.amount(), db.NullText(r.Budget.EndsOn), db.NullText(r.Budget.After))
	return wrap("insert rollout", err)
}

// update writes all but the programme and the member, unless the rollout
// changed since its version.
func update(ctx context.Context, d *db.DB, r Rollout) error {
	return unlessStale("change rollout", d.ExecOne(ctx, `
		UPDATE rollout SET state = $3, planned_start = $4, actual_start = $5, start_reason = $6, state_since = $7, reason = $8, lesson = $9,
			aim = $10, exit_rule = $11, budget = $12, budget_ends_on = $13, budget_after = $14, version = version + 1
		WHERE id = $1 AND version = $2`,
		r.ID, r.Version, string(r.State), r.PlannedStart, db.NullText(r.ActualStart), db.NullText(r.StartReason), db.NullText(r.StateSince),
		db.NullText(r.Reason), db.NullText(r.Lesson), db.NullText(r.Aim), db.NullText(r.ExitRule), r.Budget.amount(),
		db.NullText(r.Budget.EndsOn), db.NullText(r.Budget.After)))
}

// InsertSite adds a stretch of eligibility of a site.
func InsertSite(ctx context.Context, d *db.DB, s Site) error {
	_, err := d.Exec(ctx, `
		INSERT INTO rollout_site (id, rollout_id, site_id, eligible_from, eligible_to, reason, readiness) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		db.NewID(), s.RolloutID, s.SiteID, s.EligibleFrom, db.NullText(s.EligibleTo), db.NullText(s.Reason), db.NullText(s.Readiness))
	if err != nil {
		return fmt.Errorf("insert rollout site: %w", err)
	}
	return nil
}

// InsertChampion adds a champion of a site.
func InsertChampion(ctx context.Context, d *db.DB, c Champion) error {
	_, err := d.Exec(ctx, `
		INSERT INTO site_champion (id, programme_id, site_id, role, deputy, serves_from, serves_to, leaving_reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		db.NewID(), c.ProgrammeID, c.SiteID, c.Role, c.Deputy, c.ServesFrom, db.NullText(c.ServesTo), db.NullText(c.LeavingReason))
	if err != nil {
		return fmt.Errorf("insert champion: %w", err)
	}
	return nil
}

const selectRollout = `
	SELECT r.id, r.programme_id, r.member_id, m.name, r.state, r.planned_start, r.actual_start, r.start_reason, r.state_since, r.reason, r.lesson,
		r.aim, r.exit_rule, COALESCE(r.budget, 0), r.budget_ends_on, r.budget_after, r.version,
		(SELECT count(DISTINCT s.site_id) FROM rollout_site s WHERE s.rollout_id = r.id)
	FROM rollout r JOIN unit m ON m.id = r.member_id`

func scan(row db.Scanner) (r Rollout, err error) {
	text := func(to *string) *db.Text { return (*db.Text)(to) }
	err = row.Scan(&r.ID, &r.ProgrammeID, &r.MemberID, &r.MemberName, &r.State, &r.PlannedStart, text(&r.ActualStart), text(&r.StartReason),
		text(&r.StateSince), text(&r.Reason), text(&r.Lesson), text(&r.Aim), text(&r.ExitRule), &r.Budget.Pounds, text(&r.Budget.EndsOn),
		text(&r.Budget.After), &r.Version, &r.Sites)
	return r, err
}

// listByProgramme answers a programme's rollouts, by name of the member.
func listByProgramme(ctx context.Context, d *db.DB, programmeID string) ([]Rollout, error) {
	list, err := db.List(ctx, d, scan, selectRollout+` WHERE r.programme_id = $1 ORDER BY m.name, m.code`, programmeID)
	return list, wrap("list rollouts", err)
}

// byID answers the rollout with an id, or ErrNotFound.
func byID(ctx context.Context, d *db.DB, id string) (Rollout, error) {
	r, err := scan(d.Row(ctx, selectRollout+` WHERE r.id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return Rollout{}, fault.NotFound("There is no such rollout.")
	}
	return r, wrap("read rollout", err)
}

// ChampionsOf answers the champions that a site had or has for a programme, by
// date.
func ChampionsOf(ctx context.Context, d *db.DB, programmeID, siteID string) ([]Champion, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (Champion, error) {
		c := Champion{ProgrammeID: programmeID, SiteID: siteID}
		err := row.Scan(&c.Role, &c.Deputy, &c.ServesFrom, (*db.Text)(&c.ServesTo), (*db.Text)(&c.LeavingReason))
		return c, err
	}, `SELECT role, deputy, serves_from, serves_to, leaving_reason FROM site_champion
		WHERE programme_id = $1 AND site_id = $2 ORDER BY serves_from, id`, programmeID, siteID)
	if err != nil {
		return nil, fmt.Errorf("list champions: %w", err)
	}
	return list, nil
}
