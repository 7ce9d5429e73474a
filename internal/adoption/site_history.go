package adoption

import (
	"context"
	"time"

	"sir/internal/db"
	"sir/internal/period"
)

// SitePeriod is all that one site reported, and owed, for one period of one
// collection.
type SitePeriod struct {
	Collection   string // code
	Period       period.Period
	MemberName   string // the member it counted under; empty when not eligible
	DueOn        string
	SubmittedOn  string // empty when missing
	CompleteOn   string // empty while something required is missing
	Late         bool   // complete only after it was due
	SentBy       string // code of the site that sent it, where that was another
	WhyMissing   string
	Approved     bool
	Values       map[int64]int64 // by key of the measure
	Restatements []Restatement
}

// Restatement is what an observation said before it was changed. A nil value
// is a blank.
type Restatement struct {
	MeasureKey    int64
	Period        period.Period
	SiteKey       int64
	Old, New      *int64
	AfterApproval bool
	On            string // ISO date
	By            string
	Reason        string
}

// siteHistory answers a site's returns of a programme: collections one after
// the other, each by period.
func siteHistory(ctx context.Context, d *db.DB, collections []Collection, siteKey int64) ([]SitePeriod, error) {
	var history []SitePeriod
	for _, c := range collections {
		periods, err := sitePeriods(ctx, d, c, siteKey)
		if err != nil {
			return nil, err
		}
		at := map[period.Period]*SitePeriod{}
		for i := range periods {
			at[periods[i].Period] = &periods[i]
		}
		if err := addValues(ctx, d, c, siteKey, at); err != nil {
			return nil, err
		}
		if err := addRestatements(ctx, d, c, siteKey, at); err != nil {
			return nil, err
		}
		history = append(history, periods...)
	}
	return history, nil
}

// sitePeriods answers the periods in which the site was eligible or sent
// something.
func sitePeriods(ctx context.Context, d *db.DB, c Collection, siteKey int64) ([]SitePeriod, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (SitePeriod, error) {
		h := SitePeriod{Collection: c.Code, Values: map[int64]int64{}}
		err := row.Scan(periodKey{&h.Period}, (*db.Text)(&h.SubmittedOn), (*db.Text)(&h.CompleteOn), (*db.Text)(&h.SentBy),
			(*db.Text)(&h.WhyMissing), (*db.Text)(&h.MemberName), &h.Approved)
		h.DueOn = c.DueOn(h.Period)
		h.Late = h.CompleteOn > h.DueOn
		return h, err
	}, `SELECT p.period, r.submitted_on, r.complete_on, sender.code, r.why_missing, m.name,
			EXISTS (SELECT 1 FROM approval a WHERE a.collection_key = $1 AND a.period = p.period AND a.member_id = m.id AND a.reopened_at IS NULL)
		FROM (SELECT period FROM eligible_site WHERE collection_key = $1 AND site_key = $2
			UNION SELECT period FROM site_return WHERE collection_key = $1 AND site_key = $2) p
		LEFT JOIN site_return r ON r.collection_key = $1 AND r.period = p.period AND r.site_key = $2
		LEFT JOIN site sender ON sender.key = r.sent_by_key
		LEFT JOIN eligible_site e ON e.collection_key = $1 AND e.period = p.period AND e.site_key = $2
		LEFT JOIN unit m ON m.kind = 'member' AND m.key IN (SELECT unit_key FROM placement_unit WHERE placement_key = e.placement_key)
		ORDER BY p.period`, c.Key, siteKey)
	return list, wrap("list returns", err)
}

func addValues(ctx context.Context, d *db.DB, c Collection, siteKey int64, at map[period.Period]*SitePeriod) error {
	err := d.Each(ctx, func(row db.Scanner) error {
		var p period.Period
		var measure, value int64
		if err := row.Scan(&measure, periodKey{&p}, &value); err != nil {
			return err
		}
		if h := at[p]; h != nil {
			h.Values[measure] = value
		}
		return nil
	}, `SELECT o.measure_key, o.period, o.value FROM measure m JOIN observation o ON o.measure_key = m.key AND o.site_key = $2
		AND o.period IN (SELECT period FROM eligible_site WHERE collection_key = $1 AND site_key = $2
			UNION SELECT period FROM site_return WHERE collection_key = $1 AND site_key = $2)
		WHERE m.collection_key = $1`, c.Key, siteKey)
	return wrap("list observations", err)
}

func addRestatements(ctx context.Context, d *db.DB, c Collection, siteKey int64, at map[period.Period]*SitePeriod) error {
	err := d.Each(ctx, func(row db.Scanner) error {
		r := Restatement{SiteKey: siteKey}
		var made db.Time
		err := row.Scan(&r.MeasureKey, periodKey{&r.Period}, &r.Old, &r.New, &r.AfterApproval, &made, &r.By, (*db.Text)(&r.Reason))
		r.On = time.Time(made).Format(time.DateOnly)
		if h := at[r.Period]; err == nil && h != nil {
			h.Restatements = append(h.Restatements, r)
		}
		return err
	}, `SELECT r.measure_key, r.period, r.old_value, r.new_value, r.after_approval, s.made_at, s.made_by, s.reason
		FROM measure m JOIN restatement r ON r.measure_key = m.key AND r.site_key = $2
		JOIN submission s ON s.collection_key = m.collection_key AND s.number = r.submission
		WHERE m.collection_key = $1 ORDER BY r.submission, r.measure_key`, c.Key, siteKey)
	return wrap("list restatements", err)
}
