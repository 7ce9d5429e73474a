package network

import (
	"context"
	"slices"

	"sir/internal/db"
)

// Place works out the placements of sites anew, after memberships of theirs or
// of units above them changed; of all sites where none are named. A placement
// that still holds stays as it is. One that does not is kept and no longer
// current, since frozen lists may refer to it.
// Call it in the transaction that changed the memberships.
func Place(ctx context.Context, d *db.DB, siteIDs ...string) error {
	return d.InTx(ctx, func(ctx context.Context) error {
		b, err := readBonds(ctx, d)
		if err != nil {
			return err
		}
		sites, err := sitesToPlace(ctx, d, siteIDs)
		if err != nil {
			return err
		}
		next, err := nextPlacement(ctx, d)
		if err != nil {
			return err
		}
		for _, site := range sites {
			if next, err = b.place(ctx, d, site, next); err != nil {
				return err
			}
		}
		return nil
	})
}

// place brings one site's placements in step and answers the next free key.
func (b bonds) place(ctx context.Context, d *db.DB, site Site, next int64) (int64, error) {
	direct, err := membershipsOf(ctx, d, site.ID)
	if err != nil {
		return next, err
	}
	wanted, err := b.placements(site, direct)
	if err != nil {
		return next, err
	}
	standing, err := currentPlacements(ctx, d, site.Key)
	if err != nil {
		return next, err
	}
	same := func(a Placement) func(Placement) bool {
		return func(b Placement) bool { return a.From == b.From && a.To == b.To && slices.Equal(a.Units, b.Units) }
	}
	for _, p := range standing {
		if !slices.ContainsFunc(wanted, same(p)) {
			if err := retire(ctx, d, p.Key); err != nil {
				return next, err
			}
		}
	}
	for _, p := range wanted {
		if !slices.ContainsFunc(standing, same(p)) {
			p.Key = next
			next++
			if err := insertPlacement(ctx, d, p); err != nil {
				return next, err
			}
		}
	}
	return next, nil
}

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

func sitesToPlace(ctx context.Context, d *db.DB, ids []string) ([]Site, error) {
	if len(ids) == 0 {
		sites, err := db.List(ctx, d, scanSite, `SELECT `+siteColumns+` FROM site ORDER BY key`)
		return sites, wrap("list sites", err)
	}
	sites := make([]Site, len(ids))
	for i, id := range ids {
		var err error
		if sites[i], err = SiteByID(ctx, d, id); err != nil {
			return nil, wrap("read site", err)
		}
	}
	return sites, nil
}

func membershipsOf(ctx context.Context, d *db.DB, siteID string) ([]Membership, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (Membership, error) {
		m := Membership{SiteID: siteID}
		err := row.Scan(&m.UnitID, &m.ValidFrom, (*db.Text)(&m.ValidTo))
		return m, err
	}, `SELECT unit_id, valid_from, valid_to FROM site_membership WHERE site_id = $1 ORDER BY valid_from, id`, siteID)
	return list, wrap("list memberships of a site", err)
}

func currentPlacements(ctx context.Context, d *db.DB, siteKey int64) ([]Placement, error) {
	var list []Placement
	err := d.Each(ctx, func(row db.Scanner) error {
		p := Placement{SiteKey: siteKey}
		var unit int64
		if err := row.Scan(&p.Key, &p.From, (*db.Text)(&p.To), &unit); err != nil {
			return err
		}
		if n := len(list); n > 0 && list[n-1].Key == p.Key {
			list[n-1].Units = append(list[n-1].Units, unit)
			return nil
		}
		p.Units = []int64{unit}
		list = append(list, p)
		return nil
	}, `SELECT p.key, p.valid_from, p.valid_to, u.unit_key FROM placement p JOIN placement_unit u ON u.placement_key = p.key
		WHERE p.site_key = $1 AND p.current ORDER BY p.key, u.unit_key`, siteKey)
	return list, wrap("list placements", err)
}

func nextPlacement(ctx context.Context, d *db.DB) (key int64, err error) {
	err = d.Row(ctx, `SELECT coalesce(max(key), 0) + 1 FROM placement`).Scan(&key)
	return key, wrap("find the next placement", err)
}

func insertPlacement(ctx context.Context, d *db.DB, p Placement) error {
	_, err := d.Exec(ctx, `INSERT INTO placement (key, site_key, valid_from, valid_to, current) VALUES ($1, $2, $3, $4, TRUE)`,
		p.Key, p.SiteKey, p.From, db.NullText(p.To))
	if err != nil {
		return wrap("insert placement", err)
	}
	for _, unit := range p.Units {
		if _, err := d.Exec(ctx, `INSERT INTO placement_unit (placement_key, unit_key) VALUES ($1, $2)`, p.Key, unit); err != nil {
			return wrap("insert unit of placement", err)
		}
	}
	return nil
}

// retire takes a placement out of use.
func retire(ctx context.Context, d *db.DB, key int64) error {
	_, err := d.Exec(ctx, `UPDATE placement SET current = FALSE WHERE key = $1`, key)
	return wrap("retire placement", err)
}
