package network

import (
	"context"
	"fmt"

	"sir/internal/db"
)

const siteColumns = `id, key, scheme, code, name, made_up, size_band, deprivation_fifth, setting, valid_from, valid_to`

func scanSite(row db.Scanner) (Site, error) {
	var s Site
	var fifth *int
	err := row.Scan(&s.ID, &s.Key, &s.Scheme, &s.Code, &s.Name, &s.MadeUp, (*db.Text)(&s.SizeBand), &fifth, (*db.Text)(&s.Setting),
		(*db.Text)(&s.ValidFrom), (*db.Text)(&s.ValidTo))
	if fifth != nil {
		s.DeprivationFifth = *fifth
	}
	return s, err
}

// InsertSite adds a site. Without a key it takes the next one.
func InsertSite(ctx context.Context, d *db.DB, s Site) error {
	if s.Scheme == "" {
		s.Scheme = "own"
	}
	var fifth any
	if s.DeprivationFifth != 0 {
		fifth = s.DeprivationFifth
	}
	_, err := d.Exec(ctx, `
		INSERT INTO site (id, key, scheme, code, name, made_up, size_band, deprivation_fifth, setting, valid_from, valid_to)
		VALUES ($1, CASE WHEN CAST($2 AS BIGINT) > 0 THEN CAST($2 AS BIGINT) ELSE (SELECT coalesce(max(key), 0) + 1 FROM site) END, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		s.ID, s.Key, s.Scheme, s.Code, s.Name, s.MadeUp, db.NullText(s.SizeBand), fifth, db.NullText(s.Setting),
		db.NullText(s.ValidFrom), db.NullText(s.ValidTo))
	return wrap("insert site "+s.Code, err)
}

// InsertMembership adds a stretch of time in which a site belonged to a unit.
// One that overlaps with its stretch in another unit of the same kind is
// refused. Place must follow.
func InsertMembership(ctx context.Context, d *db.DB, m Membership) error {
	var overlaps int
	err := d.Row(ctx, `
		SELECT count(*) FROM site_membership m JOIN unit u ON u.id = m.unit_id
		WHERE m.site_id = $1 AND u.kind = (SELECT kind FROM unit WHERE id = $4)
			AND ($3 = '' OR m.valid_from < $3) AND (m.valid_to IS NULL OR m.valid_to > $2)`,
		m.SiteID, m.ValidFrom, m.ValidTo, m.UnitID).Scan(&overlaps)
	if err != nil {
		return wrap("look for other memberships", err)
	}
	if overlaps > 0 {
		return fmt.Errorf("insert membership: site %s belongs to another of that kind already at some time from %s: end that first", m.SiteID, m.ValidFrom)
	}
	_, err = d.Exec(ctx, `
		INSERT INTO site_membership (id, site_id, unit_id, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5)`,
		db.NewID(), m.SiteID, m.UnitID, m.ValidFrom, db.NullText(m.ValidTo))
	return wrap("insert membership", err)
}

// InsertSuccession adds what became of a site.
func InsertSuccession(ctx context.Context, d *db.DB, s Succession) error {
	_, err := d.Exec(ctx, `
		INSERT INTO site_succession (id, site_id, successor_id, kind, happened_on, reason) VALUES ($1, $2, $3, $4, $5, $6)`,
		db.NewID(), s.ID, db.NullText(s.SuccessorID), string(s.Kind), s.HappenedOn, s.Reason)
	return wrap("insert succession", err)
}

// SiteByCode answers the site with the code; sql.ErrNoRows where there is none.
func SiteByCode(ctx context.Context, d *db.DB, code string) (Site, error) {
	return scanSite(d.Row(ctx, `SELECT `+siteColumns+` FROM site WHERE code = $1`, code))
}

// SiteByID answers the site with the id; sql.ErrNoRows where there is none.
func SiteByID(ctx context.Context, d *db.DB, id string) (Site, error) {
	return scanSite(d.Row(ctx, `SELECT `+siteColumns+` FROM site WHERE id = $1`, id))
}

// SuccessionsOf answers what became of the site and what became part of it,
// by date.
func SuccessionsOf(ctx context.Context, d *db.DB, siteID string) ([]Succession, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (Succession, error) {
		var s Succession
		err := row.Scan(&s.ID, (*db.Text)(&s.SuccessorID), &s.Kind, &s.HappenedOn, &s.Reason, (*db.Text)(&s.Other.Code), (*db.Text)(&s.Other.Name))
		if s.Other.Code != "" {
			s.Other.Kind = SiteKind
		}
		return s, err
	}, `SELECT s.site_id, s.successor_id, s.kind, s.happened_on, s.reason, o.code, o.name FROM site_succession s
		LEFT JOIN site o ON o.id = CASE WHEN s.site_id = $1 THEN s.successor_id ELSE s.site_id END
		WHERE s.site_id = $1 OR s.successor_id = $1 ORDER BY s.happened_on, s.id`, siteID)
	return list, wrap("list successions", err)
}
