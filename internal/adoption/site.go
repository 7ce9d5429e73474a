package adoption

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"sir/internal/db"
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

// siteRows answers the sites that were ever eligible under a unit, by name.
func siteRows(ctx context.Context, d *db.DB, unitKey int64, m Measure, periods []period.Period) ([]SiteRow, error) {
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
		JOIN placement_unit pu ON pu.placement_key = e.placement_key
		WHERE e.collection_key = $1 AND pu.unit_key = $2 ORDER BY s.name, s.code, e.period`,
		m.CollectionKey, unitKey, m.Key)
	return rows, wrap("list sites of a unit", err)
}

// lastMember answers the member that the site counted under last.
func lastMember(ctx context.Context, d *db.DB, programmeID string, siteKey int64) (string, error) {
	var id string
	err := d.Row(ctx, `
		SELECT u.id FROM eligible_site e JOIN collection c ON c.key = e.collection_key
		JOIN placement_unit pu ON pu.placement_key = e.placement_key JOIN unit u ON u.key = pu.unit_key AND u.kind = 'member'
		WHERE c.programme_id = $1 AND e.site_key = $2 ORDER BY e.period DESC LIMIT 1`,
		programmeID, siteKey).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, wrap("find the member of a site", err)
}
