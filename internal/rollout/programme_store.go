package rollout

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"sir/internal/db"
	"sir/internal/fault"
)

const selectProgramme = `SELECT p.id, p.code, p.name, p.summary, p.innovation_id, p.made_up, p.starts_on, p.ends_on, p.level, p.lead_id, u.name,
		p.mandate, p.mandate_note, p.announced_on, COALESCE(p.budget, 0), p.budget_ends_on, p.budget_after, p.source, p.version
	FROM programme p LEFT JOIN unit u ON u.id = p.lead_id`

func scanProgramme(row db.Scanner) (p Programme, err error) {
	text := func(to *string) *db.Text { return (*db.Text)(to) }
	err = row.Scan(&p.ID, &p.Code, &p.Name, &p.Summary, &p.InnovationID, &p.MadeUp, text(&p.StartsOn), text(&p.EndsOn), text(&p.Level),
		text(&p.LeadID), text(&p.LeadName), text(&p.Mandate), text(&p.MandateNote), text(&p.AnnouncedOn), &p.Budget.Pounds,
		text(&p.Budget.EndsOn), text(&p.Budget.After), &p.Source, &p.Version)
	return p, err
}

// amount is how the pounds of a budget are stored: none as null.
func (b Budget) amount() any {
	if b.Pounds == 0 {
		return nil
	}
	return b.Pounds
}

// InsertProgramme adds a programme.
func InsertProgramme(ctx context.Context, d *db.DB, p Programme) error {
	_, err := d.Exec(ctx, `
		INSERT INTO programme (id, code, name, summary, innovation_id, made_up, starts_on, ends_on, source,
			level, lead_id, mandate, mandate_note, announced_on, budget, budget_ends_on, budget_after)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		p.ID, p.Code, p.Name, p.Summary, p.InnovationID, p.MadeUp, db.NullText(p.StartsOn), db.NullText(p.EndsOn), p.Source,
		db.NullText(p.Level), db.NullText(p.LeadID), db.NullText(p.Mandate), db.NullText(p.MandateNote), db.NullText(p.AnnouncedOn),
		p.Budget.amount(), db.NullText(p.Budget.EndsOn), db.NullText(p.Budget.After))
	return wrap("insert programme "+p.Code, err)
}

// updateProgramme writes what people wrote, unless the programme changed since
// the version.
func updateProgramme(ctx context.Context, d *db.DB, p Programme, version int64) error {
	return unlessStale("change programme", d.ExecOne(ctx, `
		UPDATE programme SET name = $3, summary = $4, starts_on = $5, ends_on = $6, level = $7, lead_id = $8, mandate = $9, mandate_note = $10,
			announced_on = $11, budget = $12, budget_ends_on = $13, budget_after = $14, version = version + 1
		WHERE id = $1 AND version = $2`,
		p.ID, version, p.Name, p.Summary, db.NullText(p.StartsOn), db.NullText(p.EndsOn), db.NullText(p.Level), db.NullText(p.LeadID),
		db.NullText(p.Mandate), db.NullText(p.MandateNote), db.NullText(p.AnnouncedOn), p.Budget.amount(), db.NullText(p.Budget.EndsOn),
		db.NullText(p.Budget.After)))
}

// ProgrammeByCode answers a programme, or ErrNotFound.
func ProgrammeByCode(ctx context.Context, d *db.DB, code string) (Programme, error) {
	p, err := scanProgramme(d.Row(ctx, selectProgramme+` WHERE p.code = $1`, code))
	if errors.Is(err, sql.ErrNoRows) {
		return p, fault.NotFound("There is no programme called %q.", code)
	}
	return p, wrap("read programme", err)
}

// programmeByID answers a programme that something refers to.
func programmeByID(ctx context.Context, d *db.DB, id string) (Programme, error) {
	p, err := scanProgramme(d.Row(ctx, selectProgramme+` WHERE p.id = $1`, id))
	return p, wrap("read programme", err)
}

// ListProgrammes answers all programmes, by name.
func ListProgrammes(ctx context.Context, d *db.DB) ([]Programme, error) {
	list, err := db.List(ctx, d, scanProgramme, selectProgramme+` ORDER BY p.name, p.code`)
	return list, wrap("list programmes", err)
}

// unlessStale says that nothing changed as what it means here.
func unlessStale(what string, err error) error {
	if errors.Is(err, db.ErrNoChange) {
		return fault.Stale("Somebody else changed this in the meantime. Look at what it says now before you change it.")
	}
	return wrap(what, err)
}

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
