package lever

import (
	"context"

	"sir/internal/db"
)

// InsertEndorsement adds a request, answered or not. Without an id it gets one.
func InsertEndorsement(ctx context.Context, d *db.DB, e Endorsement) error {
	if e.ID == "" {
		e.ID = db.NewID()
	}
	_, err := d.Exec(ctx, `
		INSERT INTO endorsement (id, programme_id, asked_of, request, asked_on, asked_by, outcome, answer, answered_on, answered_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		e.ID, e.ProgrammeID, e.AskedOf, e.Request, e.AskedOn, e.AskedBy, db.NullText(string(e.Outcome)), db.NullText(e.Answer),
		db.NullText(e.AnsweredOn), db.NullText(e.AnsweredBy))
	return wrap("insert endorsement", err)
}

// answer writes an answer, unless there is one.
func answer(ctx context.Context, d *db.DB, e Endorsement) error {
	return unlessStale("answer endorsement", d.ExecOne(ctx, `
		UPDATE endorsement SET outcome = $2, answer = $3, answered_on = $4, answered_by = $5, version = version + 1
		WHERE id = $1 AND outcome IS NULL`, e.ID, string(e.Outcome), e.Answer, e.AnsweredOn, e.AnsweredBy))
}

// listEndorsements answers the requests of a programme, the newest first.
func listEndorsements(ctx context.Context, d *db.DB, programmeID string) ([]Endorsement, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (e Endorsement, err error) {
		err = row.Scan(&e.ID, &e.ProgrammeID, &e.AskedOf, &e.Request, &e.AskedOn, &e.AskedBy, (*db.Text)(&e.Outcome), (*db.Text)(&e.Answer),
			(*db.Text)(&e.AnsweredOn), (*db.Text)(&e.AnsweredBy), &e.Version)
		return e, err
	}, `SELECT id, programme_id, asked_of, request, asked_on, asked_by, outcome, answer, answered_on, answered_by, version
		FROM endorsement WHERE programme_id = $1 ORDER BY asked_on DESC, id`, programmeID)
	return list, wrap("list endorsements", err)
}
