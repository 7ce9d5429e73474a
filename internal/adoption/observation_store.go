package adoption

import (
	"context"
	"fmt"

	"sir/internal/db"
	"sir/internal/period"
)

// Return is what a site owes for a period, and when it came. SubmittedOn is
// empty while it is missing; dates are ISO text.
type Return struct {
	ID          string
	Key         int64
	ProgrammeID string
	SiteID      string
	Period      period.Period
	DueOn       string
	SubmittedOn string
	SentBy      string // code of the site that sent it
	WhyMissing  string
}

// Late tells whether the return came after it was due.
func (r Return) Late() bool { return r.SubmittedOn > r.DueOn }

// Observation is one value of one measure for one site and period.
type Observation struct {
	MeasureKey int64
	Period     period.Period
	SiteKey    int64
	Value      int64
	ReturnKey  int64
}

// Restatement is what an observation said before it was corrected.
type Restatement struct {
	MeasureKey int64
	Period     period.Period
	SiteKey    int64
	Old, New   int64
	On         string // ISO date
	By         string // a role
	Reason     string
}

// InsertReturn adds a return, submitted or missing.
func InsertReturn(ctx context.Context, d *db.DB, r Return) error {
	_, err := d.Exec(ctx, `
		INSERT INTO site_return (id, key, programme_id, site_id, period, due_on, submitted_on, sent_by, why_missing)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		r.ID, r.Key, r.ProgrammeID, r.SiteID, r.Period.Key(), r.DueOn, db.NullText(r.SubmittedOn), db.NullText(r.SentBy), db.NullText(r.WhyMissing))
	return wrap("insert return", err)
}

// InsertEligible freezes that a site counts in a period, under a member.
func InsertEligible(ctx context.Context, d *db.DB, programmeID string, p period.Period, siteKey int64, memberID string) error {
	_, err := d.Exec(ctx, `INSERT INTO eligible_site (programme_id, period, site_key, member_id) VALUES ($1, $2, $3, $4)`,
		programmeID, p.Key(), siteKey, memberID)
	return wrap("insert eligible site", err)
}

// InsertObservation adds a value.
func InsertObservation(ctx context.Context, d *db.DB, o Observation) error {
	_, err := d.Exec(ctx, `
		INSERT INTO observation (measure_key, period, site_key, value, return_key) VALUES ($1, $2, $3, $4, $5)`,
		o.MeasureKey, o.Period.Key(), o.SiteKey, o.Value, o.ReturnKey)
	return wrap("insert observation", err)
}

// InsertRestatement keeps the old value of a corrected observation.
func InsertRestatement(ctx context.Context, d *db.DB, r Restatement) error {
	_, err := d.Exec(ctx, `
		INSERT INTO restatement (id, measure_key, period, site_key, old_value, new_value, restated_on, restated_by, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		db.NewID(), r.MeasureKey, r.Period.Key(), r.SiteKey, r.Old, r.New, r.On, r.By, r.Reason)
	return wrap("insert restatement", err)
}

// InsertTarget adds a national target or a member's own.
func InsertTarget(ctx context.Context, d *db.DB, programmeID string, t Target) error {
	_, err := d.Exec(ctx, `
		INSERT INTO target (id, programme_id, member_id, starts_on, percent, inclusive, agreed_by, source)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		db.NewID(), programmeID, db.NullText(t.MemberID), t.StartsOn, t.Percent, t.Inclusive, t.AgreedBy, t.Source)
	return wrap("insert target", err)
}

// InsertPublished adds a figure that others published; no member is the total.
func InsertPublished(ctx context.Context, d *db.DB, programmeID, memberID string, p period.Period, percent int, note, source string) error {
	_, err := d.Exec(ctx, `
		INSERT INTO published_figure (id, programme_id, member_id, period, percent, note, source) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		db.NewID(), programmeID, db.NullText(memberID), p.Key(), percent, note, source)
	return wrap("insert published figure", err)
}

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// periodKey scans a period's integer key.
type periodKey struct{ p *period.Period }

// Scan implements sql.Scanner.
func (k periodKey) Scan(value any) error {
	key, ok := value.(int64)
	if !ok {
		return fmt.Errorf("scan period: got %T", value)
	}
	p, err := period.FromKey(int(key))
	*k.p = p
	return err
}
