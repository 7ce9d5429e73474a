package adoption

import (
	"context"
	"time"

	"sir/internal/db"
	"sir/internal/period"
)

// Return is what became of a site's return: when it came, who sent it, or why
// it did not come. The days are ISO text. It is what loaders of data that were
// collected elsewhere store; what people send goes through Submit.
type Return struct {
	Collection  Collection
	Period      period.Period
	SiteKey     int64
	SubmittedOn string // empty while nothing was reported
	CompleteOn  string // empty while something required is missing
	SentByKey   int64  // the site that sent it, where that was another; else 0
	WhyMissing  string
}

// Observation is one value of one measure for one site and period.
type Observation struct {
	MeasureKey int64
	Period     period.Period
	SiteKey    int64
	Value      int64
}

// InsertReturn adds a return. Recount must follow.
func InsertReturn(ctx context.Context, d *db.DB, r Return) error {
	var sender any
	if r.SentByKey > 0 {
		sender = r.SentByKey
	}
	_, err := d.Exec(ctx, `
		INSERT INTO site_return (collection_key, period, site_key, submitted_on, complete_on, sent_by_key, why_missing)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		r.Collection.Key, r.Period.Key(), r.SiteKey, db.NullText(r.SubmittedOn), db.NullText(r.CompleteOn), sender, db.NullText(r.WhyMissing))
	return wrap("insert return", err)
}

// InsertObservation adds a value. Recount must follow.
func InsertObservation(ctx context.Context, d *db.DB, o Observation) error {
	_, err := d.Exec(ctx, `INSERT INTO observation (measure_key, period, site_key, value) VALUES ($1, $2, $3, $4)`,
		o.MeasureKey, o.Period.Key(), o.SiteKey, o.Value)
	return wrap("insert observation", err)
}

// InsertRestatement keeps the old value of a corrected observation, as a
// submission of its own.
func InsertRestatement(ctx context.Context, d *db.DB, c Collection, r Restatement) error {
	on, err := time.Parse(time.DateOnly, r.On)
	if err != nil {
		return wrap("restatement", err)
	}
	return d.InTx(ctx, func(ctx context.Context) error {
		number, err := turn(ctx, d, c.Key)
		if err != nil {
			return err
		}
		_, err = d.Exec(ctx, `
			INSERT INTO submission (collection_key, number, made_at, made_by, source, reason, added, changed, cleared)
			VALUES ($1, $2, $3, $4, 'load', $5, 0, 1, 0)`, c.Key, number, db.At(on), r.By, r.Reason)
		if err != nil {
			return wrap("insert submission", err)
		}
		_, err = d.Exec(ctx, `
			INSERT INTO restatement (measure_key, period, site_key, submission, old_value, new_value, after_approval)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			r.MeasureKey, r.Period.Key(), r.SiteKey, number, r.Old, r.New, r.AfterApproval)
		return wrap("insert restatement", err)
	})
}
