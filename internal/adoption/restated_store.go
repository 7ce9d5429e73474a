package adoption

import (
	"context"
	"time"

	"sir/internal/db"
	"sir/internal/period"
)

// Restated is a value of a unit's adoption that was changed after it had been
// approved. The site is empty for a reader who may not see sites.
type Restated struct {
	SiteCode string
	SiteName string
	Restatement
}

// restatedIn answers what was changed after approval under a unit in a period,
// in the order in which it was changed.
func restatedIn(ctx context.Context, d *db.DB, m Measure, unitKey int64, p period.Period) ([]Restated, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (Restated, error) {
		r := Restated{Restatement: Restatement{MeasureKey: m.Key, Period: p, AfterApproval: true}}
		var made db.Time
		err := row.Scan(&r.SiteKey, &r.SiteCode, &r.SiteName, &r.Old, &r.New, &made, &r.By, (*db.Text)(&r.Reason))
		r.On = time.Time(made).Format(time.DateOnly)
		return r, err
	}, `SELECT s.key, s.code, s.name, r.old_value, r.new_value, n.made_at, n.made_by, n.reason
		FROM restatement r JOIN submission n ON n.collection_key = $1 AND n.number = r.submission
		JOIN eligible_site e ON e.collection_key = $1 AND e.period = r.period AND e.site_key = r.site_key
		JOIN placement_unit pu ON pu.placement_key = e.placement_key AND pu.unit_key = $4
		JOIN site s ON s.key = r.site_key
		WHERE r.measure_key = $3 AND r.period = $2 AND r.after_approval ORDER BY r.submission, s.name`,
		m.CollectionKey, p.Key(), m.Key, unitKey)
	return list, wrap("list restated values", err)
}
