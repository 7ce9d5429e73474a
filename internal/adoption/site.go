package adoption

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"sir/internal/db"
	"sir/internal/network"
	"sir/internal/period"
)

// SiteRow is the levels that one site reported, by period.
type SiteRow struct {
	Code   string
	Name   string
	Levels []SiteLevel // one a period
}

// SiteLevel is what is known of a site in one period.
type SiteLevel struct {
	Eligible bool
	Reported bool
	Level    int
	Adopted  bool
}

// siteRows answers the sites that were ever eligible under a member, by name.
func siteRows(ctx context.Context, d *db.DB, programmeID, memberID string, m Measure, periods []period.Period) ([]SiteRow, error) {
	var rows []SiteRow
	err := d.Each(ctx, func(row db.Scanner) error {
		var code, name string
		var at period.Period
		var level *int
		if err := row.Scan(&code, &name, periodKey{&at}, &level); err != nil {
			return err
		}
		if len(rows) == 0 || rows[len(rows)-1].Code != code {
			rows = append(rows, SiteRow{Code: code, Name: name, Levels: make([]SiteLevel, len(periods))})
		}
		column := slices.Index(periods, at)
		if column < 0 { // frozen since the periods were read
			return nil
		}
		cell := &rows[len(rows)-1].Levels[column]
		cell.Eligible = true
		if level != nil {
			cell.Reported, cell.Level, cell.Adopted = true, *level, *level >= m.AdoptedLevel
		}
		return nil
	}, `SELECT s.code, s.name, e.period, o.value
		FROM eligible_site e JOIN site s ON s.key = e.site_key
		LEFT JOIN observation o ON o.measure_key = $3 AND o.period = e.period AND o.site_key = e.site_key
		WHERE e.programme_id = $1 AND e.member_id = $2 ORDER BY s.name, s.code, e.period`,
		programmeID, memberID, m.Key)
	return rows, wrap("list sites of member", err)
}

// SitePeriod is all that one site reported, and owed, in one period.
type SitePeriod struct {
	Period       period.Period
	MemberName   string // the member it counted under; empty when not eligible
	DueOn        string
	SubmittedOn  string // empty when missing
	Late         bool
	SentBy       string
	WhyMissing   string
	Values       map[int64]int64 // by key of the measure
	Restatements []Restatement
}

// siteHistory answers a site's returns of a programme, by period.
func siteHistory(ctx context.Context, d *db.DB, programmeID string, site network.Site) ([]SitePeriod, error) {
	history, err := db.List(ctx, d, func(row db.Scanner) (SitePeriod, error) {
		h := SitePeriod{Values: map[int64]int64{}}
		err := row.Scan(periodKey{&h.Period}, &h.DueOn, (*db.Text)(&h.SubmittedOn), (*db.Text)(&h.SentBy),
			(*db.Text)(&h.WhyMissing), (*db.Text)(&h.MemberName))
		h.Late = h.SubmittedOn > h.DueOn
		return h, err
	}, `SELECT r.period, r.due_on, r.submitted_on, r.sent_by, r.why_missing, m.name FROM site_return r
		LEFT JOIN eligible_site e ON e.programme_id = r.programme_id AND e.period = r.period AND e.site_key = $3
		LEFT JOIN member m ON m.id = e.member_id
		WHERE r.programme_id = $1 AND r.site_id = $2 ORDER BY r.period`, programmeID, site.ID, site.Key)
	if err != nil {
		return nil, fmt.Errorf("list returns: %w", err)
	}
	place := map[period.Period]*SitePeriod{}
	for i := range history {
		place[history[i].Period] = &history[i]
	}
	err = d.Each(ctx, func(row db.Scanner) error {
		var at period.Period
		var measure, value int64
		if err := row.Scan(&measure, periodKey{&at}, &value); err != nil {
			return err
		}
		if h := place[at]; h != nil {
			h.Values[measure] = value
		}
		return nil
	}, `SELECT o.measure_key, o.period, o.value FROM observation o JOIN measure m ON m.key = o.measure_key
		WHERE m.programme_id = $1 AND o.site_key = $2`, programmeID, site.Key)
	if err != nil {
		return nil, fmt.Errorf("list observations: %w", err)
	}
	return history, addRestatements(ctx, d, programmeID, site.Key, place)
}

func addRestatements(ctx context.Context, d *db.DB, programmeID string, siteKey int64, place map[period.Period]*SitePeriod) error {
	err := d.Each(ctx, func(row db.Scanner) error {
		r := Restatement{SiteKey: siteKey}
		err := row.Scan(&r.MeasureKey, periodKey{&r.Period}, &r.Old, &r.New, &r.On, &r.By, &r.Reason)
		if h := place[r.Period]; err == nil && h != nil {
			h.Restatements = append(h.Restatements, r)
		}
		return err
	}, `SELECT r.measure_key, r.period, r.old_value, r.new_value, r.restated_on, r.restated_by, r.reason
		FROM restatement r JOIN measure m ON m.key = r.measure_key
		WHERE m.programme_id = $1 AND r.site_key = $2 ORDER BY r.restated_on, r.id`, programmeID, siteKey)
	return wrap("list restatements", err)
}

// lastMember answers the member that the site counted under last.
func lastMember(ctx context.Context, d *db.DB, programmeID string, siteKey int64) (string, error) {
	var id string
	err := d.Row(ctx, `SELECT member_id FROM eligible_site WHERE programme_id = $1 AND site_key = $2 ORDER BY period DESC LIMIT 1`,
		programmeID, siteKey).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, wrap("find the member of a site", err)
}
