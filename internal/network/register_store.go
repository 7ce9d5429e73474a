package network

import (
	"context"

	"sir/internal/db"
)

// readRegister reads all sites and units.
func readRegister(ctx context.Context, d *db.DB) (*register, error) {
	r := &register{nodes: map[string]*node{}, byID: map[string]*node{}}
	sites, err := db.List(ctx, d, scanSite, `SELECT `+siteColumns+` FROM site`)
	if err != nil {
		return nil, wrap("list sites", err)
	}
	units, err := ListUnits(ctx, d)
	if err != nil {
		return nil, err
	}
	for _, s := range sites {
		r.nextSite = max(r.nextSite, s.Key)
		r.add(&node{
			id: s.ID, key: s.Key, kind: SiteKind, scheme: s.Scheme, code: s.Code, name: s.Name, madeUp: s.MadeUp, sizeBand: s.SizeBand,
			fifth: s.DeprivationFifth, setting: s.Setting, from: s.ValidFrom, to: s.ValidTo,
		})
	}
	for _, u := range units {
		r.nextUnit = max(r.nextUnit, u.Key)
		r.add(&node{
			id: u.ID, key: u.Key, kind: u.Kind, scheme: u.Scheme, code: u.Code, name: u.Name, madeUp: u.MadeUp, from: u.ValidFrom, to: u.ValidTo,
		})
	}
	for _, read := range []func(context.Context, *db.DB) error{r.readMemberships, r.readFates, r.readAttributes} {
		if err := read(ctx, d); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *register) add(n *node) {
	n.attributes = map[string]string{}
	r.nodes[n.code], r.byID[n.id] = n, n
}

func (r *register) readMemberships(ctx context.Context, d *db.DB) error {
	err := d.Each(ctx, func(row db.Scanner) error {
		var b bond
		var child, parent string
		err := row.Scan(&b.id, &child, &parent, &b.from, (*db.Text)(&b.to))
		b.child, b.parent = r.byID[child], r.byID[parent]
		if err == nil {
			b.child.up, b.parent.down = append(b.child.up, &b), append(b.parent.down, &b)
		}
		return err
	}, `SELECT id, site_id, unit_id, valid_from, valid_to FROM site_membership
		UNION ALL SELECT id, child_id, parent_id, valid_from, valid_to FROM unit_membership ORDER BY 4, 1`)
	return wrap("list memberships", err)
}

func (r *register) readFates(ctx context.Context, d *db.DB) error {
	err := d.Each(ctx, func(row db.Scanner) error {
		var f fateOf
		var of, next string
		err := row.Scan(&of, (*db.Text)(&next), &f.kind, &f.on, &f.reason)
		if f.next = r.byID[next]; err == nil {
			r.byID[of].fates = append(r.byID[of].fates, f)
		}
		return err
	}, `SELECT site_id, successor_id, kind, happened_on, reason FROM site_succession
		UNION ALL SELECT unit_id, successor_id, kind, happened_on, reason FROM unit_succession ORDER BY 4, 1`)
	return wrap("list successions", err)
}

func (r *register) readAttributes(ctx context.Context, d *db.DB) error {
	err := d.Each(ctx, func(row db.Scanner) error {
		var site, name, value string
		err := row.Scan(&site, &name, &value)
		if err == nil {
			r.byID[site].attributes[name] = value
		}
		return err
	}, `SELECT site_id, name, value FROM site_attribute`)
	return wrap("list attributes of sites", err)
}
