package network

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"sir/internal/db"
	"sir/internal/fault"
)

// organisations is all sites and units as one table, chosen by kind $1, day
// $2, part of the name or code $3, the code of a unit above $4, and codes
// between commas $5, which choose at any day. Letters A to Z alone are compared
// without regard to case, as both engines do.
const organisations = `FROM (
		SELECT key, 'site' AS kind, scheme, code, name, made_up, valid_from, valid_to FROM site
		UNION ALL SELECT key, kind, scheme, code, name, made_up, valid_from, valid_to FROM unit
	) o
	WHERE ($1 = '' OR o.kind = $1)
		AND ($5 <> '' OR (o.valid_from IS NULL OR o.valid_from <= $2) AND (o.valid_to IS NULL OR o.valid_to > $2))
		AND ($5 = '' OR replace($5, ',' || o.code || ',', '') <> $5)
		AND ($3 = '' OR lower(o.name) LIKE $3 ESCAPE '!' OR lower(o.code) LIKE $3 ESCAPE '!')
		AND ($4 = '' OR CASE WHEN o.kind = 'site' THEN o.key IN (
			SELECT p.site_key FROM placement p JOIN placement_unit pu ON pu.placement_key = p.key JOIN unit u ON u.key = pu.unit_key
			WHERE u.code = $4 AND p.current AND p.valid_from <= $2 AND (p.valid_to IS NULL OR p.valid_to > $2))
		ELSE o.key IN (
			SELECT c.key FROM unit_membership m JOIN unit c ON c.id = m.child_id JOIN unit u ON u.id = m.parent_id
			WHERE u.code = $4 AND m.valid_from <= $2 AND (m.valid_to IS NULL OR m.valid_to > $2)) END)`

func (f OrganisationFilter) args() []any {
	words := ""
	if f.Words != "" {
		words = "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(lowerASCII(f.Words)) + "%"
	}
	codes := ""
	for _, code := range f.Codes {
		codes += "," + code + ","
	}
	return []any{string(f.Kind), f.On, words, f.In, codes}
}

func lowerASCII(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, text)
}

func countOrganisations(ctx context.Context, d *db.DB, f OrganisationFilter) (n int, err error) {
	err = d.Row(ctx, `SELECT count(*) `+organisations, f.args()...).Scan(&n)
	return n, wrap("count organisations", err)
}

func listOrganisations(ctx context.Context, d *db.DB, f OrganisationFilter) ([]OrganisationRow, error) {
	query, args := `SELECT o.key, o.kind, o.scheme, o.code, o.name, o.made_up, o.valid_from, o.valid_to `+organisations+` ORDER BY o.name, o.code`, f.args()
	if !f.All {
		query += ` LIMIT $6 OFFSET $7`
		args = append(args, perPage, perPage*(f.Page-1))
	}
	rows, err := db.List(ctx, d, func(row db.Scanner) (OrganisationRow, error) {
		var r OrganisationRow
		err := row.Scan(&r.Key, &r.Kind, &r.Scheme, &r.Code, &r.Name, &r.MadeUp, (*db.Text)(&r.ValidFrom), (*db.Text)(&r.ValidTo))
		return r, err
	}, query, args...)
	if err != nil {
		return nil, wrap("list organisations", err)
	}
	return rows, addAbove(ctx, d, rows, f.On)
}

// addAbove fills in what rows belong to on a day: sites all the way up, units
// one step.
func addAbove(ctx context.Context, d *db.DB, rows []OrganisationRow, on string) error {
	sites, units := map[int64]*OrganisationRow{}, map[int64]*OrganisationRow{}
	var siteKeys, unitKeys []int64
	for i := range rows {
		if r := &rows[i]; r.Kind == SiteKind {
			sites[r.Key], siteKeys = r, append(siteKeys, r.Key)
		} else {
			units[r.Key], unitKeys = r, append(unitKeys, r.Key)
		}
	}
	read := func(of map[int64]*OrganisationRow, keys []int64, query string) error {
		if len(keys) == 0 {
			return nil
		}
		err := d.Each(ctx, func(row db.Scanner) error {
			var key int64
			var ref UnitRef
			err := row.Scan(&key, &ref.Kind, &ref.Code, &ref.Name)
			if err == nil {
				of[key].Above = append(of[key].Above, ref)
			}
			return err
		}, query, db.Column(keys).Param(), on)
		return wrap("list what organisations belong to", err)
	}
	err := errors.Join(
		read(sites, siteKeys, `SELECT p.site_key, u.kind, u.code, u.name FROM placement p
			JOIN placement_unit pu ON pu.placement_key = p.key JOIN unit u ON u.key = pu.unit_key
			WHERE p.current AND p.valid_from <= $2 AND (p.valid_to IS NULL OR p.valid_to > $2) AND p.site_key IN `+d.IntsAt(1, "k")),
		read(units, unitKeys, `SELECT c.key, u.kind, u.code, u.name FROM unit_membership m
			JOIN unit c ON c.id = m.child_id JOIN unit u ON u.id = m.parent_id
			WHERE m.valid_from <= $2 AND (m.valid_to IS NULL OR m.valid_to > $2) AND c.key IN `+d.IntsAt(1, "k")),
	)
	for i := range rows {
		sortUnits(rows[i].Above)
	}
	return err
}

// sortUnits orders units by kind, from the narrowest.
func sortUnits(units []UnitRef) {
	slices.SortFunc(units, func(a, b UnitRef) int {
		return cmp.Or(cmp.Compare(slices.Index(UnitKinds, a.Kind), slices.Index(UnitKinds, b.Kind)), cmp.Compare(a.Code, b.Code))
	})
}

// unitCalled is UnitByCode with a refusal in words.
func unitCalled(ctx context.Context, d *db.DB, code string) (Unit, error) {
	unit, err := UnitByCode(ctx, d, code)
	if errors.Is(err, sql.ErrNoRows) {
		return unit, fault.NotFound("There is no organisation or area with the code %q.", code)
	}
	return unit, wrap("read unit", err)
}
