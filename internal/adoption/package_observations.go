package adoption

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"sir/internal/db"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
)

// Place is where a page of observations ended: after the observation of these
// keys. The zero Place is the start. Observations are never renumbered, so
// that a place holds while others are added, changed and cleared.
type Place struct {
	Period     int64
	MeasureKey int64
	SiteKey    int64
}

// ObservationChoice narrows observations. The zero value is all of them.
type ObservationChoice struct {
	Period  period.Period
	Measure string // code
	Site    string // code
	After   Place
	Limit   int
}

// ObservationPage is a page of observations; Next is the place to go on from,
// nil where there is nothing more.
type ObservationPage struct {
	Rows []ExportRow
	Next *Place
}

// Observations answers the values of a collection whose sites the actor may
// see, by period, measure and site, at most choice.Limit of them.
func (s *Service) Observations(ctx context.Context, actor policy.Actor, programme, collection string, choice ObservationChoice) (ObservationPage, error) {
	p, c, err := s.openTo(ctx, actor, policy.ViewSiteLevels, programme, collection)
	if err != nil {
		return ObservationPage{}, err
	}
	if err := s.desk.Read(ctx, actor, policy.ViewSiteLevels, ownPart(actor, policy.ViewSiteLevels, p)); err != nil {
		return ObservationPage{}, err
	}
	pager := observationPager{exportOf: exportOf{db: s.desk.DB, actor: actor, programme: p, c: c, open: map[[2]string]bool{}}, choice: choice}
	var page ObservationPage
	err = s.desk.DB.Snapshot(ctx, func(ctx context.Context) error {
		if err := pager.prepare(ctx); err != nil {
			return err
		}
		page, err = pager.page(ctx)
		return err
	})
	return page, err
}

// observationPager reads on from a place, one measure of a period at a time.
type observationPager struct {
	exportOf
	choice   ObservationChoice
	siteKeys []int64 // the only sites to look at; none for all
	places   []Place // of the rows
	rows     []ExportRow
}

func (o *observationPager) prepare(ctx context.Context) error {
	if err := o.exportOf.prepare(ctx); err != nil {
		return err
	}
	o.periods = slices.DeleteFunc(o.periods, func(p period.Period) bool {
		return int64(p.Key()) < o.choice.After.Period || !o.choice.Period.IsZero() && p != o.choice.Period
	})
	slices.SortFunc(o.periods, func(a, b period.Period) int { return a.Key() - b.Key() })
	o.measures = slices.DeleteFunc(o.measures, func(m Measure) bool { return o.choice.Measure != "" && m.Code != o.choice.Measure })
	slices.SortFunc(o.measures, func(a, b Measure) int { return int(a.Key - b.Key) })
	return o.narrowSites(ctx)
}

// narrowSites looks only at the site that was asked for or, for who holds
// roles for sites alone, at those.
func (o *observationPager) narrowSites(ctx context.Context) error {
	const noSite = -1
	if o.choice.Site != "" {
		site, err := network.SiteByCode(ctx, o.db, o.choice.Site)
		o.siteKeys = []int64{site.Key}
		if errors.Is(err, sql.ErrNoRows) {
			o.siteKeys, err = []int64{noSite}, nil
		}
		return wrap("read site", err)
	}
	if policy.ReachOf(o.actor, policy.ViewSiteLevels) != policy.OwnSite {
		return nil
	}
	o.siteKeys = []int64{noSite}
	for _, g := range o.actor.Grants {
		if g.Site == "" {
			continue
		}
		site, err := network.SiteByID(ctx, o.db, g.Site)
		if err != nil {
			return wrap("read own site", err)
		}
		o.siteKeys = append(o.siteKeys, site.Key)
	}
	return nil
}

// page reads one row more than is asked for, to know whether there is one.
func (o *observationPager) page(ctx context.Context) (ObservationPage, error) {
	for _, p := range o.periods {
		for _, m := range o.measures {
			after := o.choice.After
			if int64(p.Key()) == after.Period && m.Key < after.MeasureKey {
				continue
			}
			from := int64(-1)
			if int64(p.Key()) == after.Period && m.Key == after.MeasureKey {
				from = after.SiteKey
			}
			for more := true; more && len(o.rows) <= o.choice.Limit; {
				var err error
				if from, more, err = o.read(ctx, p, m, from); err != nil {
					return ObservationPage{}, err
				}
			}
		}
	}
	if len(o.rows) <= o.choice.Limit {
		return ObservationPage{Rows: o.rows}, nil
	}
	return ObservationPage{Rows: o.rows[:o.choice.Limit], Next: &o.places[o.choice.Limit-1]}, nil
}

// read reads the next sites of a measure in a period, and says after which
// site to go on.
func (o *observationPager) read(ctx context.Context, p period.Period, m Measure, from int64) (last int64, more bool, err error) {
	const batch = 1000
	n := 0
	err = o.db.Each(ctx, func(r db.Scanner) error {
		row := ExportRow{
			Programme: o.programme.Code, Collection: o.c.Code, Period: p.Label(), ISO: p.ISO(), DHIS2: p.DHIS2(), SDMX: p.SDMX(),
			Measure: m.Code, Status: statusProvision, at: p,
		}
		var siteID, memberID string
		var restated bool
		if err := r.Scan(&last, &siteID, &row.Site, (*db.Text)(&memberID), (*db.Text)(&row.Member), &row.Value, &restated); err != nil {
			return err
		}
		if n++; len(o.rows) > o.choice.Limit || !o.mayShow(memberID, siteID) {
			return nil
		}
		row.Level, row.Restated = m.Levels[int(row.Value)], yesNo(restated)
		if o.approved[approvedPart{memberID, p}] {
			row.Status = statusApproved
		}
		o.rows, o.places = append(o.rows, row), append(o.places, Place{int64(p.Key()), m.Key, last})
		return nil
	}, `SELECT o.site_key, s.id, s.code, u.id, u.code, o.value, EXISTS (SELECT 1 FROM restatement r
			WHERE r.measure_key = o.measure_key AND r.period = o.period AND r.site_key = o.site_key)
		FROM observation o JOIN site s ON s.key = o.site_key
		LEFT JOIN eligible_site e ON e.collection_key = $3 AND e.period = o.period AND e.site_key = o.site_key
		LEFT JOIN unit u ON u.kind = 'member' AND u.key IN (SELECT unit_key FROM placement_unit WHERE placement_key = e.placement_key)
		WHERE o.measure_key = $1 AND o.period = $2 AND o.site_key > $4 AND ($5 = 0 OR o.site_key IN `+o.db.IntsAt(6, "k")+`)
		ORDER BY o.site_key LIMIT $7`, m.Key, p.Key(), o.c.Key, from, len(o.siteKeys), db.Column(o.siteKeys).Param(), batch)
	return last, n == batch, wrap("read observations", err)
}
