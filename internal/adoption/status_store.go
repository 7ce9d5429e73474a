package adoption

import (
	"context"

	"sir/internal/db"
	"sir/internal/period"
)

// readMemberStatuses answers the counts of the members that have eligible
// sites in a period, by name.
func readMemberStatuses(ctx context.Context, d *db.DB, c Collection, p period.Period) ([]MemberStatus, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (MemberStatus, error) {
		var m MemberStatus
		err := row.Scan(&m.ID, &m.Code, &m.Name, &m.Count.Expected, &m.Count.Received, &m.Count.Complete, &m.Count.OnTime)
		return m, err
	}, `SELECT u.id, u.code, u.name, r.expected, r.received, r.complete, r.on_time
		FROM return_rollup r JOIN unit u ON u.key = r.unit_key AND u.kind = 'member'
		WHERE r.collection_key = $1 AND r.period = $2 ORDER BY u.name, u.code`, c.Key, p.Key())
	return list, wrap("list how returns came", err)
}

// readOwing answers the returns of a period that are missing, not complete or
// were complete after the due day, by member and site; of one unit where its
// key is not 0.
func readOwing(ctx context.Context, d *db.DB, c Collection, p period.Period, unitKey int64) ([]Owing, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (Owing, error) {
		var o Owing
		err := row.Scan(&o.MemberID, &o.MemberCode, &o.MemberName, &o.SiteID, &o.SiteCode, &o.SiteName,
			(*db.Text)(&o.SubmittedOn), (*db.Text)(&o.CompleteOn), (*db.Text)(&o.WhyMissing),
			periodKey{&o.LastPeriod}, (*db.Text)(&o.LastSentOn), (*db.Text)(&o.LastSentBy))
		return o, err
	}, `SELECT u.id, u.code, u.name, s.id, s.code, s.name, r.submitted_on, r.complete_on, r.why_missing, l.period, l.submitted_on, sender.code
		FROM eligible_site e JOIN site s ON s.key = e.site_key
		JOIN placement_unit pu ON pu.placement_key = e.placement_key
		JOIN unit u ON u.key = pu.unit_key AND u.kind = 'member'
		LEFT JOIN site_return r ON r.collection_key = e.collection_key AND r.period = e.period AND r.site_key = e.site_key
		LEFT JOIN site_return l ON l.collection_key = e.collection_key AND l.site_key = e.site_key AND l.period =
			(SELECT max(b.period) FROM site_return b WHERE b.collection_key = e.collection_key AND b.site_key = e.site_key
				AND b.period < e.period AND b.submitted_on IS NOT NULL)
		LEFT JOIN site sender ON sender.key = l.sent_by_key AND sender.key <> e.site_key
		WHERE e.collection_key = $1 AND e.period = $2 AND (r.complete_on IS NULL OR r.complete_on > $3)
			AND (CAST($4 AS BIGINT) = 0 OR u.key = $4)
		ORDER BY u.name, u.code, s.name, s.code`, c.Key, p.Key(), c.DueOn(p), unitKey)
	return list, wrap("list missing and late returns", err)
}

// addChampions adds the roles of those who serve as champions at the sites on
// a day: whom to ask.
func addChampions(ctx context.Context, d *db.DB, programmeID, day string, owing []Owing) error {
	if len(owing) == 0 {
		return nil
	}
	at := map[string]int{}
	for i, o := range owing {
		at[o.SiteID] = i
	}
	err := d.Each(ctx, func(row db.Scanner) error {
		var site, role string
		err := row.Scan(&site, &role)
		if i, found := at[site]; found {
			owing[i].Champions = append(owing[i].Champions, role)
		}
		return err
	}, `SELECT site_id, role FROM site_champion WHERE programme_id = $1 AND serves_from <= $2 AND (serves_to IS NULL OR serves_to > $2)
		ORDER BY deputy, serves_from, id`, programmeID, day)
	return wrap("list champions", err)
}
