package rollout

import (
	"context"
	"fmt"

	"sir/internal/db"
)

// Insert adds a rollout.
func Insert(ctx context.Context, d *db.DB, r Rollout) error {
	_, err := d.Exec(ctx, `
		INSERT INTO rollout (id, programme_id, member_id, state, planned_start, actual_start, start_reason, state_since, reason, lesson)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		r.ID, r.ProgrammeID, r.MemberID, string(r.State), r.PlannedStart, db.NullText(r.ActualStart), db.NullText(r.StartReason),
		db.NullText(r.StateSince), db.NullText(r.Reason), db.NullText(r.Lesson))
	if err != nil {
		return fmt.Errorf("insert rollout: %w", err)
	}
	return nil
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

// listByProgramme answers a programme's rollouts, by name of the member.
func listByProgramme(ctx context.Context, d *db.DB, programmeID string) ([]Rollout, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (Rollout, error) {
		var r Rollout
		err := row.Scan(&r.ID, &r.ProgrammeID, &r.MemberID, &r.MemberName, &r.State, &r.PlannedStart, (*db.Text)(&r.ActualStart),
			(*db.Text)(&r.StartReason), (*db.Text)(&r.StateSince), (*db.Text)(&r.Reason), (*db.Text)(&r.Lesson), &r.Sites)
		return r, err
	}, `SELECT r.id, r.programme_id, r.member_id, m.name, r.state, r.planned_start, r.actual_start, r.start_reason,
			r.state_since, r.reason, r.lesson, (SELECT count(DISTINCT s.site_id) FROM rollout_site s WHERE s.rollout_id = r.id)
		FROM rollout r JOIN unit m ON m.id = r.member_id WHERE r.programme_id = $1 ORDER BY m.name, m.code`, programmeID)
	if err != nil {
		return nil, fmt.Errorf("list rollouts: %w", err)
	}
	return list, nil
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
