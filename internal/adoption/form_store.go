package adoption

import (
	"context"
	"errors"

	"sir/internal/db"
	"sir/internal/period"
)

func ignoreDryRun(err error) error {
	if errors.Is(err, errDryRun) {
		return nil
	}
	return err
}

// formSites answers the eligible sites of a period, by name: those of a member,
// or the one site whose key is given.
func formSites(ctx context.Context, d *db.DB, c Collection, p period.Period, memberKey, siteKey int64) ([]FormSite, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (FormSite, error) {
		s := FormSite{Now: map[int64]int64{}, Last: map[int64]int64{}}
		err := row.Scan(&s.Key, &s.siteID, &s.Code, &s.Name, &s.memberID, (*db.Text)(&s.SubmittedOn), (*db.Text)(&s.CompleteOn), (*db.Text)(&s.WhyMissing))
		return s, err
	}, `SELECT s.key, s.id, s.code, s.name, u.id, r.submitted_on, r.complete_on, r.why_missing
		FROM eligible_site e JOIN site s ON s.key = e.site_key
		JOIN placement_unit pu ON pu.placement_key = e.placement_key
		JOIN unit u ON u.key = pu.unit_key AND u.kind = 'member'
		LEFT JOIN site_return r ON r.collection_key = e.collection_key AND r.period = e.period AND r.site_key = e.site_key
		WHERE e.collection_key = $1 AND e.period = $2
			AND (CAST($3 AS BIGINT) = 0 OR u.key = $3) AND (CAST($4 AS BIGINT) = 0 OR s.key = $4)
		ORDER BY s.name, s.code`, c.Key, p.Key(), memberKey, siteKey)
	return list, wrap("list the sites of a form", err)
}

// addFormValues adds what was reported for the form's period and the one
// before.
func addFormValues(ctx context.Context, d *db.DB, f Form) error {
	keys := make([]int64, len(f.Sites))
	for i, s := range f.Sites {
		keys[i] = s.Key
	}
	for _, p := range []period.Period{f.Period, f.Before} {
		if p.IsZero() {
			continue
		}
		values, err := formValues(ctx, d, f.Collection, p, keys)
		if err != nil {
			return err
		}
		for i := range f.Sites {
			known := f.Sites[i].Now
			if p == f.Before {
				known = f.Sites[i].Last
			}
			for _, m := range f.Measures {
				if value, ok := values[[2]int64{f.Sites[i].Key, m.Key}]; ok {
					known[m.Key] = value
				}
			}
		}
	}
	return nil
}

// formValues answers the values of some sites in a period, by keys of site and
// measure.
func formValues(ctx context.Context, d *db.DB, c Collection, p period.Period, siteKeys []int64) (map[[2]int64]int64, error) {
	values := map[[2]int64]int64{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var site, measure, value int64
		err := row.Scan(&site, &measure, &value)
		values[[2]int64{site, measure}] = value
		return err
	}, `SELECT o.site_key, o.measure_key, o.value FROM measure m JOIN observation o ON o.measure_key = m.key
		WHERE m.collection_key = $1 AND o.period = $2 AND o.site_key IN `+d.IntsAt(3, "site"), c.Key, p.Key(), db.Column(siteKeys).Param())
	return values, wrap("read the values of a form", err)
}

// keepWhyMissing stores why a site sends no return; empty takes it back.
func keepWhyMissing(ctx context.Context, d *db.DB, c Collection, p period.Period, siteKey int64, why string) error {
	_, err := d.Exec(ctx, `
		INSERT INTO site_return (collection_key, period, site_key, why_missing) VALUES ($1, $2, $3, $4)
		ON CONFLICT (collection_key, period, site_key) DO UPDATE SET why_missing = excluded.why_missing`,
		c.Key, p.Key(), siteKey, db.NullText(why))
	return wrap("keep why a return is missing", err)
}
