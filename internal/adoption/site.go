package adoption

import (
	"context"
	"database/sql"
	"errors"

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

// SiteTable is a page of a unit's sites, by name, with their levels in the
// most recent periods.
type SiteTable struct {
	Periods []period.Period
	Rows    []SiteRow
	Page    int // from 1
	Pages   int
	Sites   int // of all pages
}

// How much of a unit is shown at a time: more sites are on further pages, and
// earlier periods on the pages of the sites.
const (
	sitesAtATime   = 40
	periodsAtATime = 12
)

// siteTable answers a page of the sites that counted under a unit in any of
// the most recent periods.
func siteTable(ctx context.Context, d *db.DB, unitKey int64, m Measure, periods []period.Period, page int) (SiteTable, error) {
	table := SiteTable{Periods: periods[max(len(periods)-periodsAtATime, 0):], Page: max(page, 1)}
	keys := make([]int64, len(table.Periods))
	for i, p := range table.Periods {
		keys[i] = int64(p.Key())
	}
	const counted = ` FROM (
			SELECT DISTINCT s.key, s.code, s.name FROM placement_unit pu JOIN placement pl ON pl.key = pu.placement_key JOIN site s ON s.key = pl.site_key
			WHERE pu.unit_key = $2 AND EXISTS (SELECT 1 FROM eligible_site e
				WHERE e.collection_key = $1 AND e.site_key = s.key AND e.placement_key = pl.key AND e.period IN `
	those := counted + d.IntsAt(3, "period") + `)) t`
	args := []any{m.CollectionKey, unitKey, db.Column(keys).Param()}
	if err := d.Row(ctx, `SELECT count(*)`+those, args...).Scan(&table.Sites); err != nil {
		return table, wrap("count sites of a unit", err)
	}
	table.Pages = max((table.Sites+sitesAtATime-1)/sitesAtATime, 1)
	at := map[int64]int{}
	var sites []int64
	err := d.Each(ctx, func(row db.Scanner) error {
		r := SiteRow{Levels: make([]SiteLevel, len(table.Periods))}
		var key int64
		err := row.Scan(&key, &r.Code, &r.Name)
		at[key] = len(table.Rows)
		sites, table.Rows = append(sites, key), append(table.Rows, r)
		return err
	}, `SELECT t.key, t.code, t.name`+those+` ORDER BY t.name, t.code LIMIT $4 OFFSET $5`, append(args, sitesAtATime, (table.Page-1)*sitesAtATime)...)
	if err != nil {
		return table, wrap("list sites of a unit", err)
	}
	return table, table.addLevels(ctx, d, unitKey, m, sites, at)
}

// addLevels reads the levels of the sites, which stand in the rows at.
func (t *SiteTable) addLevels(ctx context.Context, d *db.DB, unitKey int64, m Measure, sites []int64, at map[int64]int) error {
	for column, p := range t.Periods {
		err := d.Each(ctx, func(row db.Scanner) error {
			var key int64
			var level *int
			err := row.Scan(&key, &level)
			cell := &t.Rows[at[key]].Levels[column]
			cell.Eligible = true
			if level != nil {
				cell.Reported, cell.Level, cell.Adopted = true, *level, *level >= m.AdoptedLevel
			}
			return err
		}, `SELECT e.site_key, o.value FROM eligible_site e
			LEFT JOIN observation o ON o.measure_key = $3 AND o.period = e.period AND o.site_key = e.site_key
			WHERE e.collection_key = $1 AND e.period = $2 AND e.site_key IN `+d.IntsAt(4, "site")+`
				AND EXISTS (SELECT 1 FROM placement_unit pu WHERE pu.placement_key = e.placement_key AND pu.unit_key = $5)`,
			m.CollectionKey, p.Key(), m.Key, db.Column(sites).Param(), unitKey)
		if err != nil {
			return wrap("list levels of sites", err)
		}
	}
	return nil
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
