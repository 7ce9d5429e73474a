package rollout

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/policy"
)

// Programme spreads one innovation.
type Programme struct {
	ID           string
	Code         string
	Name         string
	Summary      string
	InnovationID string
	MadeUp       bool
	StartsOn     string // ISO dates; empty when not known
	EndsOn       string
	Source       string
}

// Object is the programme as policy sees it.
func (p Programme) Object() policy.Object {
	return policy.Object{Programme: p.ID, Innovation: p.InnovationID}
}

const programmeColumns = `id, code, name, summary, innovation_id, made_up, starts_on, ends_on, source`

func scanProgramme(row db.Scanner) (Programme, error) {
	var p Programme
	err := row.Scan(&p.ID, &p.Code, &p.Name, &p.Summary, &p.InnovationID, &p.MadeUp,
		(*db.Text)(&p.StartsOn), (*db.Text)(&p.EndsOn), &p.Source)
	return p, err
}

// InsertProgramme adds a programme.
func InsertProgramme(ctx context.Context, d *db.DB, p Programme) error {
	_, err := d.Exec(ctx, `
		INSERT INTO programme (id, code, name, summary, innovation_id, made_up, starts_on, ends_on, source)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		p.ID, p.Code, p.Name, p.Summary, p.InnovationID, p.MadeUp, db.NullText(p.StartsOn), db.NullText(p.EndsOn), p.Source)
	if err != nil {
		return fmt.Errorf("insert programme %s: %w", p.Code, err)
	}
	return nil
}

// ProgrammeByCode answers a programme, or ErrNotFound.
func ProgrammeByCode(ctx context.Context, d *db.DB, code string) (Programme, error) {
	p, err := scanProgramme(d.Row(ctx, `SELECT `+programmeColumns+` FROM programme WHERE code = $1`, code))
	if errors.Is(err, sql.ErrNoRows) {
		return p, fault.NotFound("There is no programme called %q.", code)
	}
	if err != nil {
		return p, fmt.Errorf("read programme: %w", err)
	}
	return p, nil
}

// ListProgrammes answers all programmes, by name.
func ListProgrammes(ctx context.Context, d *db.DB) ([]Programme, error) {
	list, err := db.List(ctx, d, scanProgramme, `SELECT `+programmeColumns+` FROM programme ORDER BY name, code`)
	if err != nil {
		return nil, fmt.Errorf("list programmes: %w", err)
	}
	return list, nil
}
