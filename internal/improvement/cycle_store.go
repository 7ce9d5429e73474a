package improvement

import (
	"context"

	"sir/internal/db"
)

// InsertCycle adds a cycle. Without an id it gets one.
func InsertCycle(ctx context.Context, d *db.DB, c Cycle) error {
	if c.ID == "" {
		c.ID = db.NewID()
	}
	_, err := d.Exec(ctx, `
		INSERT INTO pdsa_cycle (id, programme_id, unit_id, site_id, driver_id, measure_id, title, starts_on, ends_on, plan, prediction,
			done, studied, decision, decided_why, made_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		c.ID, c.ProgrammeID, c.UnitID, db.NullText(c.SiteID), db.NullText(c.DriverID), db.NullText(c.MeasureID), c.Title, c.StartsOn,
		db.NullText(c.EndsOn), c.Plan, c.Prediction, db.NullText(c.Done), db.NullText(c.Studied), db.NullText(string(c.Decision)),
		db.NullText(c.DecidedWhy), c.MadeBy)
	return wrap("insert cycle", err)
}

// cycleColumns come with the names that a cycle is listed with.
const (
	cycleColumns = `c.id, c.programme_id, c.unit_id, u.code, u.name, c.site_id, s.code, s.name, c.driver_id, v.body, c.measure_id, m.name,
		c.title, c.starts_on, c.ends_on, c.plan, c.prediction, c.done, c.studied, c.decision, c.decided_why, c.made_by, c.version`
	cycleTables = ` FROM pdsa_cycle c JOIN unit u ON u.id = c.unit_id LEFT JOIN site s ON s.id = c.site_id
		LEFT JOIN driver v ON v.id = c.driver_id LEFT JOIN measure m ON m.id = c.measure_id`
	byStart = ` ORDER BY c.starts_on, c.id`
)

func scanCycle(row db.Scanner) (c Cycle, err error) {
	text := func(to *string) *db.Text { return (*db.Text)(to) }
	err = row.Scan(&c.ID, &c.ProgrammeID, &c.UnitID, &c.UnitCode, &c.UnitName, text(&c.SiteID), text(&c.SiteCode), text(&c.SiteName),
		text(&c.DriverID), text(&c.Idea), text(&c.MeasureID), text(&c.MeasureName), &c.Title, &c.StartsOn, text(&c.EndsOn), &c.Plan,
		&c.Prediction, text(&c.Done), text(&c.Studied), text((*string)(&c.Decision)), text(&c.DecidedWhy), &c.MadeBy, &c.Version)
	return c, err
}

// listCycles answers the cycles of a programme, by start; those of one member
// where unitID is not empty.
func listCycles(ctx context.Context, d *db.DB, programmeID, unitID string) ([]Cycle, error) {
	list, err := db.List(ctx, d, scanCycle, `SELECT `+cycleColumns+cycleTables+`
		WHERE c.programme_id = $1 AND ($2 = '' OR c.unit_id = $2)`+byStart, programmeID, unitID)
	return list, wrap("list cycles", err)
}

// CyclesOf answers the cycles that work on a measure, by start: those of a
// member's unit, or with the key 0 those of all members. It asks no policy: a
// page asks Service.CyclesOn.
func CyclesOf(ctx context.Context, d *db.DB, measureID string, unitKey int64) ([]Cycle, error) {
	list, err := db.List(ctx, d, scanCycle, `SELECT `+cycleColumns+cycleTables+`
		WHERE c.measure_id = $1 AND (CAST($2 AS BIGINT) = 0 OR u.key = $2)`+byStart, measureID, unitKey)
	return list, wrap("list cycles of a measure", err)
}

// updateCycle writes all of a cycle that its steps may change, unless somebody
// else changed it since its version.
func updateCycle(ctx context.Context, d *db.DB, c Cycle) error {
	return unlessStale("change cycle", d.ExecOne(ctx, `
		UPDATE pdsa_cycle SET site_id = $3, driver_id = $4, measure_id = $5, title = $6, starts_on = $7, ends_on = $8, plan = $9,
			prediction = $10, done = $11, studied = $12, decision = $13, decided_why = $14, version = version + 1
		WHERE id = $1 AND version = $2`,
		c.ID, c.Version, db.NullText(c.SiteID), db.NullText(c.DriverID), db.NullText(c.MeasureID), c.Title, c.StartsOn, db.NullText(c.EndsOn),
		c.Plan, c.Prediction, db.NullText(c.Done), db.NullText(c.Studied), db.NullText(string(c.Decision)), db.NullText(c.DecidedWhy)))
}

// Site is a site at which a member can try something.
type Site struct{ ID, Code, Name string }

// listSites answers the sites that were ever eligible for a member's rollout,
// by name.
func listSites(ctx context.Context, d *db.DB, programmeID, memberID string) ([]Site, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (s Site, err error) {
		err = row.Scan(&s.ID, &s.Code, &s.Name)
		return s, err
	}, `SELECT DISTINCT s.id, s.code, s.name FROM rollout r JOIN rollout_site e ON e.rollout_id = r.id JOIN site s ON s.id = e.site_id
		WHERE r.programme_id = $1 AND r.member_id = $2 ORDER BY s.name, s.code`, programmeID, memberID)
	return list, wrap("list sites", err)
}
