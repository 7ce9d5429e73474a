package network

import (
	"context"
	"fmt"
	"slices"

	"sir/internal/db"
)

func readBonds(ctx context.Context, d *db.DB) (bonds, error) {
	b := bonds{units: map[string]Unit{}, up: map[string][]UnitMembership{}}
	units, err := ListUnits(ctx, d)
	if err != nil {
		return b, err
	}
	for _, u := range units {
		b.units[u.ID] = u
	}
	err = d.Each(ctx, func(row db.Scanner) error {
		var m UnitMembership
		err := row.Scan(&m.ChildID, &m.ParentID, &m.ValidFrom, (*db.Text)(&m.ValidTo))
		b.up[m.ChildID] = append(b.up[m.ChildID], m)
		return err
	}, `SELECT child_id, parent_id, valid_from, valid_to FROM unit_membership ORDER BY child_id, valid_from`)
	return b, wrap("list memberships of units", err)
}

// sitesToPlace answers all sites, or those that are named.
func sitesToPlace(ctx context.Context, d *db.DB, ids []string) ([]Site, error) {
	sites, err := db.List(ctx, d, scanSite, `SELECT `+siteColumns+` FROM site ORDER BY key`)
	if err != nil || len(ids) == 0 {
		return sites, wrap("list sites", err)
	}
	named := map[string]bool{}
	for _, id := range ids {
		named[id] = true
	}
	sites = slices.DeleteFunc(sites, func(s Site) bool { return !named[s.ID] })
	if len(sites) < len(named) {
		return nil, fmt.Errorf("place sites: %d of the %d named are not there", len(named)-len(sites), len(named))
	}
	return sites, nil
}

// membershipsOf answers the memberships of sites with the keys, by id of the
// site.
func membershipsOf(ctx context.Context, d *db.DB, keys []int64) (map[string][]Membership, error) {
	of := map[string][]Membership{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var m Membership
		err := row.Scan(&m.SiteID, &m.UnitID, &m.ValidFrom, (*db.Text)(&m.ValidTo))
		of[m.SiteID] = append(of[m.SiteID], m)
		return err
	}, `SELECT m.site_id, m.unit_id, m.valid_from, m.valid_to FROM site_membership m JOIN site s ON s.id = m.site_id
		WHERE s.key IN `+d.IntsAt(1, "k")+` ORDER BY m.site_id, m.valid_from, m.id`, db.Column(keys).Param())
	return of, wrap("list memberships of sites", err)
}

// currentPlacements answers the current placements of sites with the keys, by
// key of the site and in the order of time.
func currentPlacements(ctx context.Context, d *db.DB, keys []int64) (map[int64][]Placement, error) {
	of := map[int64][]Placement{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var p Placement
		var unit int64
		if err := row.Scan(&p.SiteKey, &p.Key, &p.From, (*db.Text)(&p.To), &unit); err != nil {
			return err
		}
		list := of[p.SiteKey]
		if n := len(list); n > 0 && list[n-1].Key == p.Key {
			list[n-1].Units = append(list[n-1].Units, unit)
			return nil
		}
		p.Units = []int64{unit}
		of[p.SiteKey] = append(list, p)
		return nil
	}, `SELECT p.site_key, p.key, p.valid_from, p.valid_to, u.unit_key FROM placement p JOIN placement_unit u ON u.placement_key = p.key
		WHERE p.current AND p.site_key IN `+d.IntsAt(1, "k")+` ORDER BY p.site_key, p.valid_from, p.key, u.unit_key`, db.Column(keys).Param())
	return of, wrap("list placements", err)
}

func nextPlacement(ctx context.Context, d *db.DB) (key int64, err error) {
	err = d.Row(ctx, `SELECT coalesce(max(key), 0) + 1 FROM placement`).Scan(&key)
	return key, wrap("find the next placement", err)
}
