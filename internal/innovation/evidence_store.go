package innovation

import (
	"context"

	"sir/internal/db"
)

// InsertEvidence adds an evidence item. Without an id it gets one.
func InsertEvidence(ctx context.Context, d *db.DB, e Evidence) error {
	if e.ID == "" {
		e.ID = db.NewID()
	}
	_, err := d.Exec(ctx, `
		INSERT INTO evidence_item (id, innovation_id, number, kind, title, source, scope, dated_on, place, quality, supports, review_by, removed_on)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		e.ID, e.InnovationID, e.Number, e.Kind, e.Title, e.Source, e.Scope, e.DatedOn, db.NullText(e.Place), e.Quality, e.Supports, e.ReviewBy,
		db.NullText(e.RemovedOn))
	return wrap("insert evidence", err)
}

// listEvidence answers all items of an innovation by number, also those taken
// out.
func listEvidence(ctx context.Context, d *db.DB, innovationID string) ([]Evidence, error) {
	items, err := db.List(ctx, d, func(row db.Scanner) (e Evidence, err error) {
		err = row.Scan(&e.ID, &e.InnovationID, &e.Number, &e.Kind, &e.Title, &e.Source, &e.Scope, &e.DatedOn, (*db.Text)(&e.Place), &e.Quality,
			&e.Supports, &e.ReviewBy, (*db.Text)(&e.RemovedOn), &e.Version)
		return e, err
	}, `SELECT id, innovation_id, number, kind, title, source, scope, dated_on, place, quality, supports, review_by, removed_on, version
		FROM evidence_item WHERE innovation_id = $1 ORDER BY number`, innovationID)
	return items, wrap("list evidence", err)
}

// updateEvidence writes an item, unless somebody else changed it since the
// version.
func updateEvidence(ctx context.Context, d *db.DB, e Evidence, version int64) error {
	return unlessStale("change evidence", d.ExecOne(ctx, `
		UPDATE evidence_item SET kind = $3, title = $4, source = $5, scope = $6, dated_on = $7, place = $8, quality = $9, supports = $10,
			review_by = $11, removed_on = $12, version = version + 1
		WHERE id = $1 AND version = $2`,
		e.ID, version, e.Kind, e.Title, e.Source, e.Scope, e.DatedOn, db.NullText(e.Place), e.Quality, e.Supports, e.ReviewBy,
		db.NullText(e.RemovedOn)))
}
