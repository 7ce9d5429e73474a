package adoption

import (
	"context"

	"sir/internal/db"
	"sir/internal/period"
)

// look finds what is unlikely in a batch: in the values of sites that are open
// to the sender, and sites without any.
func (h *hints) look(ctx context.Context, d *db.DB, b *batch, entries []Entry, who sender) error {
	past := make([][][]cell, historyPeriods)
	for i := range past {
		past[i] = make([][]cell, len(b.measures))
		for m := range past[i] {
			past[i][m] = make([]cell, len(b.sites))
		}
	}
	if err := readPast(ctx, d, b, past); err != nil {
		return err
	}
	h.addSent(b, past)
	h.judge(b, entries, past)
	if h.before == nil {
		h.before = map[period.Period]*batch{}
	}
	h.before[b.period] = b
	return h.lookForMissing(ctx, d, b, who)
}

// readPast reads what the batch's sites said in the periods before.
func readPast(ctx context.Context, d *db.DB, b *batch, past [][][]cell) error {
	var keys db.Ints
	for _, site := range b.sites {
		keys.Add(site.key)
	}
	err := d.Each(ctx, func(row db.Scanner) error {
		var p period.Period
		var measure, site, value int64
		if err := row.Scan(&measure, periodKey{&p}, &site, &value); err != nil {
			return err
		}
		past[b.period.Since(p)-1][b.measureAt[measure]][b.siteAt[site]] = cell{value, true}
		return nil
	}, `SELECT measure_key, period, site_key, value FROM observation
		WHERE measure_key IN (SELECT key FROM measure WHERE collection_key = $1) AND period >= $2 AND period < $3
			AND site_key IN `+d.IntsAt(4, "site"),
		b.collection.Key, b.period.Add(-historyPeriods).Key(), b.period.Key(), keys.Param())
	return wrap("read the periods before", err)
}

// addSent lays what the same sending says of earlier periods over what is known.
func (h *hints) addSent(b *batch, past [][][]cell) {
	for i := range past {
		sent := h.before[b.period.Add(-i-1)]
		if sent == nil {
			continue
		}
		for at, site := range b.sites {
			if from, there := sent.siteAt[site.key]; there {
				for m := range b.measures {
					past[i][m][at] = sent.after[m][from]
				}
			}
		}
	}
}

// lookForMissing finds the sites of the members that the batch is about which
// have no row and have not said anything before.
func (h *hints) lookForMissing(ctx context.Context, d *db.DB, b *batch, who sender) error {
	members := map[string]bool{}
	for _, site := range b.sites {
		members[site.memberID] = true
	}
	err := d.Each(ctx, func(row db.Scanner) error {
		var s siteState
		if err := row.Scan(&s.key, &s.id, &s.code, &s.name, &s.memberID); err != nil {
			return err
		}
		if _, there := b.siteAt[s.key]; !there && members[s.memberID] && who.may(s) {
			h.add(Hint{Period: b.period, Site: s.code, SiteName: s.name, Text: s.name + " is on the list and has no row"})
		}
		return nil
	}, `SELECT s.key, s.id, s.code, s.name, u.id FROM eligible_site e JOIN site s ON s.key = e.site_key
		JOIN placement_unit pu ON pu.placement_key = e.placement_key JOIN unit u ON u.key = pu.unit_key AND u.kind = 'member'
		LEFT JOIN site_return r ON r.collection_key = e.collection_key AND r.period = e.period AND r.site_key = e.site_key
		WHERE e.collection_key = $1 AND e.period = $2 AND r.submitted_on IS NULL ORDER BY s.code`, b.collection.Key, b.period.Key())
	return wrap("look for sites without a row", err)
}
