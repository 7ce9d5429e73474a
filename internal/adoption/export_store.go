package adoption

import (
	"context"
	"errors"
	"iter"

	"sir/internal/db"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// exportOf is an export that is being made.
type exportOf struct {
	db        *db.DB
	actor     policy.Actor
	programme rollout.Programme
	c         Collection
	choice    ExportChoice
	measures  []Measure
	periods   []period.Period
	approved  map[approvedPart]bool
	open      map[[2]string]bool // by member and site: whether the actor may see it
}

type approvedPart struct {
	memberID string
	period   period.Period
}

func (x *exportOf) prepare(ctx context.Context) (err error) {
	if x.measures, err = measuresIn(ctx, x.db, x.c); err != nil {
		return err
	}
	if x.periods, err = listedPeriods(ctx, x.db, x.c); err != nil {
		return err
	}
	approvals, err := approvalsOf(ctx, x.db, x.c, "")
	x.approved = map[approvedPart]bool{}
	for _, a := range approvals {
		if a.Stands() {
			x.approved[approvedPart{a.MemberID, a.Period}] = true
		}
	}
	return err
}

// errEnough ends a query whose rows are no longer wanted.
var errEnough = errors.New("enough")

// rows reads the values, one measure of a period at a time, in the order in
// which they are stored: nothing has to be sorted.
func (x *exportOf) rows(ctx context.Context) iter.Seq2[ExportRow, error] {
	return func(yield func(ExportRow, error) bool) {
		for _, p := range x.periods {
			for _, m := range x.measures {
				if !x.choice.has(p) {
					continue
				}
				err := x.each(ctx, p, m, func(row ExportRow) bool { return yield(row, nil) })
				if errors.Is(err, errEnough) {
					return
				}
				if err != nil {
					yield(ExportRow{}, wrap("read observations", err))
					return
				}
			}
		}
	}
}

func (x *exportOf) each(ctx context.Context, p period.Period, m Measure, take func(ExportRow) bool) error {
	base := ExportRow{
		Programme: x.programme.Code, Collection: x.c.Code, Period: p.Label(), ISO: p.ISO(), DHIS2: p.DHIS2(), SDMX: p.SDMX(), Measure: m.Code, at: p,
	}
	return x.db.Each(ctx, func(r db.Scanner) error {
		row := base
		var siteID, memberID string
		var restated bool
		if err := r.Scan(&siteID, &row.Site, (*db.Text)(&memberID), (*db.Text)(&row.Member), &row.Value, &restated); err != nil {
			return err
		}
		if !x.mayShow(memberID, siteID) {
			return nil
		}
		row.Level, row.Restated, row.Status = m.Levels[int(row.Value)], yesNo(restated), statusProvision
		if x.approved[approvedPart{memberID, p}] {
			row.Status = statusApproved
		}
		if !take(row) {
			return errEnough
		}
		return nil
	}, `SELECT s.id, s.code, u.id, u.code, o.value, EXISTS (SELECT 1 FROM restatement r
			WHERE r.measure_key = o.measure_key AND r.period = o.period AND r.site_key = o.site_key)
		FROM observation o JOIN site s ON s.key = o.site_key
		LEFT JOIN eligible_site e ON e.collection_key = $3 AND e.period = o.period AND e.site_key = o.site_key
		LEFT JOIN unit u ON u.kind = 'member' AND u.key IN (SELECT unit_key FROM placement_unit WHERE placement_key = e.placement_key)
		WHERE o.measure_key = $1 AND o.period = $2 ORDER BY o.site_key`, m.Key, p.Key(), x.c.Key)
}

func (x *exportOf) mayShow(memberID, siteID string) bool {
	key := [2]string{memberID, siteID}
	open, known := x.open[key]
	if !known {
		object := x.programme.Object()
		object.Member, object.Site = memberID, siteID
		open = policy.Allow(x.actor, policy.ViewSiteLevels, object) == nil
		x.open[key] = open
	}
	return open
}

func yesNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}
