package adoption

import (
	"context"
	"time"

	"sir/internal/db"
	"sir/internal/period"
)

// frozen holds for an eligible site e, or a placement pl of one, whose member
// has approved the period.
const frozen = `EXISTS (SELECT 1 FROM approval a JOIN unit u ON u.id = a.member_id JOIN placement_unit ap ON ap.unit_key = u.key
	WHERE a.collection_key = $1 AND a.period = $2 AND a.reopened_at IS NULL AND ap.placement_key = `

// ListEligible brings the eligible list of a period in step with the rollouts
// and memberships as they were on its last day, and counts the period anew. A
// member's part of the list stays as it is once the member's figures are
// approved.
func ListEligible(ctx context.Context, d *db.DB, c Collection, p period.Period) error {
	return d.InTx(ctx, func(ctx context.Context) error {
		_, err := d.Exec(ctx, `
			DELETE FROM eligible_site WHERE collection_key = $1 AND period = $2 AND NOT `+frozen+`eligible_site.placement_key)`, c.Key, p.Key())
		if err != nil {
			return wrap("clear the eligible list", err)
		}
		_, err = d.Exec(ctx, `
			INSERT INTO eligible_site (collection_key, period, site_key, placement_key)
			SELECT DISTINCT CAST($1 AS BIGINT), CAST($2 AS BIGINT), s.key, pl.key FROM rollout r
			JOIN rollout_site rs ON rs.rollout_id = r.id
			JOIN site s ON s.id = rs.site_id
			JOIN placement pl ON pl.site_key = s.key AND pl.current AND pl.valid_from <= $4 AND (pl.valid_to IS NULL OR pl.valid_to > $4)
			WHERE r.programme_id = $3 AND rs.eligible_from <= $4 AND (rs.eligible_to IS NULL OR rs.eligible_to > $4)
				AND NOT `+frozen+`pl.key)
				AND NOT EXISTS (SELECT 1 FROM eligible_site e WHERE e.collection_key = $1 AND e.period = $2 AND e.site_key = s.key)`,
			c.Key, p.Key(), c.ProgrammeID, p.End().Format(time.DateOnly))
		if err != nil {
			return wrap("list eligible sites", err)
		}
		return Recount(ctx, d, c, p)
	})
}

// InsertEligible puts a site on the list of a period under the placement that
// it had on the period's last day. A site without one is not put there, and
// ok is false.
func InsertEligible(ctx context.Context, d *db.DB, c Collection, p period.Period, siteKey int64) (ok bool, err error) {
	result, err := d.Exec(ctx, `
		INSERT INTO eligible_site (collection_key, period, site_key, placement_key)
		SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), key FROM placement
		WHERE site_key = $3 AND current AND valid_from <= $4 AND (valid_to IS NULL OR valid_to > $4)`,
		c.Key, p.Key(), siteKey, p.End().Format(time.DateOnly))
	if err != nil {
		return false, wrap("insert eligible site", err)
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// listed tells whether there is a list for the period yet.
func listed(ctx context.Context, d *db.DB, c Collection, p period.Period) (bool, error) {
	var n int
	err := d.Row(ctx, `SELECT count(*) FROM return_rollup WHERE collection_key = $1 AND unit_key = $2 AND period = $3`,
		c.Key, wholeProgramme, p.Key()).Scan(&n)
	return n > 0, wrap("look for the eligible list", err)
}

// listedPeriods answers the periods that have an eligible list, oldest first.
func listedPeriods(ctx context.Context, d *db.DB, c Collection) ([]period.Period, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (p period.Period, err error) {
		err = row.Scan(periodKey{&p})
		return p, err
	}, `SELECT period FROM return_rollup WHERE collection_key = $1 AND unit_key = $2 ORDER BY period`, c.Key, wholeProgramme)
	return list, wrap("list periods", err)
}
