package network

import (
	"context"
	"database/sql"
	"errors"

	"sir/internal/db"
)

// readOrganisation reads a site or a unit with its history.
func readOrganisation(ctx context.Context, d *db.DB, code, on string) (OrganisationView, error) {
	v := OrganisationView{On: on, Below: map[UnitKind]int{}}
	site, err := SiteByCode(ctx, d, code)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return readUnit(ctx, d, code, v)
	case err != nil:
		return v, wrap("read site", err)
	}
	v.Site = site
	v.OrganisationRow = OrganisationRow{
		Key: site.Key, Kind: SiteKind, Scheme: site.Scheme, Code: site.Code, Name: site.Name, MadeUp: site.MadeUp,
		ValidFrom: site.ValidFrom, ValidTo: site.ValidTo,
	}
	v.Attributes, err = db.List(ctx, d, func(row db.Scanner) (a Attribute, err error) {
		err = row.Scan(&a.Name, &a.Value)
		return a, err
	}, `SELECT name, value FROM site_attribute WHERE site_id = $1 ORDER BY name`, site.ID)
	if err != nil {
		return v, wrap("list attributes of a site", err)
	}
	if v.History, err = placementsInWords(ctx, d, site.Key); err != nil {
		return v, err
	}
	if v.Names, err = formerNames(ctx, d, `SELECT name, held_to FROM former_name WHERE site_id = $1 ORDER BY held_to, id`, site.ID); err != nil {
		return v, err
	}
	v.Fates, err = fatesIn(ctx, d, site.ID, `SELECT s.kind, s.happened_on, s.reason, s.site_id = $1, n.code, n.name
		FROM site_succession s LEFT JOIN site n ON n.id = CASE WHEN s.site_id = $1 THEN s.successor_id ELSE s.site_id END
		WHERE s.site_id = $1 OR s.successor_id = $1 ORDER BY s.happened_on, n.code`)
	return v, err
}

func readUnit(ctx context.Context, d *db.DB, code string, v OrganisationView) (OrganisationView, error) {
	unit, err := unitCalled(ctx, d, code)
	if err != nil {
		return v, err
	}
	v.Source = unit.Source
	v.OrganisationRow = OrganisationRow{
		Key: unit.Key, Kind: unit.Kind, Scheme: unit.Scheme, Code: unit.Code, Name: unit.Name, MadeUp: unit.MadeUp,
		ValidFrom: unit.ValidFrom, ValidTo: unit.ValidTo,
	}
	v.History, err = stretches(ctx, d, `SELECT m.id, m.valid_from, m.valid_to, u.kind, u.code, u.name
		FROM unit_membership m JOIN unit u ON u.id = m.parent_id WHERE m.child_id = $1 ORDER BY m.valid_from, m.id`, unit.ID)
	if err != nil {
		return v, err
	}
	for _, kind := range OrganisationKinds {
		n, err := countOrganisations(ctx, d, OrganisationFilter{Kind: kind, On: v.On, In: code})
		if err != nil {
			return v, err
		}
		v.Below[kind] = n
	}
	if v.Names, err = formerNames(ctx, d, `SELECT name, held_to FROM former_name WHERE unit_id = $1 ORDER BY held_to, id`, unit.ID); err != nil {
		return v, err
	}
	v.Fates, err = fatesIn(ctx, d, unit.ID, `SELECT s.kind, s.happened_on, s.reason, s.unit_id = $1, n.code, n.name
		FROM unit_succession s LEFT JOIN unit n ON n.id = CASE WHEN s.unit_id = $1 THEN s.successor_id ELSE s.unit_id END
		WHERE s.unit_id = $1 OR s.successor_id = $1 ORDER BY s.happened_on, n.code`)
	return v, err
}

func placementsInWords(ctx context.Context, d *db.DB, siteKey int64) ([]Belonged, error) {
	return stretches(ctx, d, `SELECT CAST(p.key AS TEXT), p.valid_from, p.valid_to, u.kind, u.code, u.name FROM placement p
		JOIN placement_unit pu ON pu.placement_key = p.key JOIN unit u ON u.key = pu.unit_key
		WHERE p.site_key = $1 AND p.current ORDER BY p.valid_from, p.key`, siteKey)
}

// stretches reads rows of an id, a stretch of time and a unit; rows of one id
// are one stretch.
func stretches(ctx context.Context, d *db.DB, query string, of any) ([]Belonged, error) {
	var list []Belonged
	last := ""
	err := d.Each(ctx, func(row db.Scanner) error {
		var id string
		var b Belonged
		var u UnitRef
		if err := row.Scan(&id, &b.From, (*db.Text)(&b.To), &u.Kind, &u.Code, &u.Name); err != nil {
			return err
		}
		if id != last {
			list, last = append(list, b), id
		}
		at := &list[len(list)-1]
		at.Units = append(at.Units, u)
		return nil
	}, query, of)
	for _, b := range list {
		sortUnits(b.Units)
	}
	return list, wrap("list what an organisation belonged to", err)
}

func formerNames(ctx context.Context, d *db.DB, query, id string) ([]FormerName, error) {
	names, err := db.List(ctx, d, func(row db.Scanner) (n FormerName, err error) {
		err = row.Scan(&n.Name, &n.HeldTo)
		return n, err
	}, query, id)
	return names, wrap("list former names", err)
}

func fatesIn(ctx context.Context, d *db.DB, id, query string) ([]Fate, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (Fate, error) {
		var f Fate
		var own bool
		err := row.Scan(&f.Kind, &f.On, &f.Reason, &own, (*db.Text)(&f.Code), (*db.Text)(&f.Name))
		f.Past = !own
		return f, err
	}, query, id)
	return list, wrap("list successions", err)
}
