package adoption

import (
	"context"
	"slices"

	"sir/internal/db"
	"sir/internal/period"
)

// readBatch reads all that is known of the sites' cells in a period.
func readBatch(ctx context.Context, d *db.DB, known *places, c Collection, measures []Measure, p period.Period, siteKeys []int64) (*batch, error) {
	b := &batch{collection: c, measures: measures, period: p, siteAt: make(map[int64]int, len(siteKeys)), measureAt: map[int64]int{}}
	for m, measure := range measures {
		b.measureAt[measure.Key] = m
	}
	if err := known.lookUp(ctx, d, siteKeys); err != nil {
		return nil, err
	}
	for _, key := range siteKeys {
		if site, there := known.sites[key]; there {
			b.siteAt[key] = len(b.sites)
			b.sites = append(b.sites, site)
		}
	}
	if err := b.readUnits(ctx, d, known); err != nil {
		return nil, err
	}
	for _, read := range []func(context.Context, *db.DB) error{b.readApprovals, b.readReturns, b.readCells} {
		if err := read(ctx, d); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// readUnits reads the units that the eligible ones count under, the member
// among them.
func (b *batch) readUnits(ctx context.Context, d *db.DB, known *places) error {
	ofSites, args := b.those(d)
	placements := map[int64]int64{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var site, placement int64
		err := row.Scan(&site, &placement)
		placements[site] = placement
		return err
	}, `SELECT site_key, placement_key FROM eligible_site WHERE collection_key = $1 AND period = $2 AND site_key `+ofSites, args...)
	if err != nil {
		return wrap("read eligible sites", err)
	}
	if err := known.lookUpUnits(ctx, d, placements); err != nil {
		return err
	}
	for i := range b.sites {
		if placement, eligible := placements[b.sites[i].key]; eligible {
			found := known.units[placement]
			b.sites[i].units, b.sites[i].memberID = found.keys, found.memberID
		}
	}
	return nil
}

// those answers which site keys a question about the batch's sites is for, as
// SQL that follows the name of the column, and all of its parameters.
func (b *batch) those(d *db.DB) (sql string, args []any) {
	if from, to, dense := b.siteRange(); dense {
		return `BETWEEN $3 AND $4`, []any{b.collection.Key, b.period.Key(), from, to}
	}
	keys := make([]int64, len(b.sites))
	for i, site := range b.sites {
		keys[i] = site.key
	}
	return `IN ` + d.IntsAt(3, "site"), []any{b.collection.Key, b.period.Key(), db.Column(keys).Param()}
}

func (b *batch) readApprovals(ctx context.Context, d *db.DB) error {
	approved := map[string]bool{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var member string
		err := row.Scan(&member)
		approved[member] = true
		return err
	}, `SELECT member_id FROM approval WHERE collection_key = $1 AND period = $2 AND reopened_at IS NULL`, b.collection.Key, b.period.Key())
	for i := range b.sites {
		b.sites[i].approved = approved[b.sites[i].memberID]
	}
	return wrap("read approvals", err)
}

func (b *batch) readReturns(ctx context.Context, d *db.DB) error {
	ofSites, args := b.those(d)
	err := d.Each(ctx, func(row db.Scanner) error {
		var site int64
		var r returnState
		err := row.Scan(&site, (*db.Text)(&r.submittedOn), (*db.Text)(&r.completeOn))
		if at, asked := b.siteAt[site]; asked {
			b.sites[at].ret = r
		}
		return err
	}, `SELECT site_key, submitted_on, complete_on FROM site_return WHERE collection_key = $1 AND period = $2 AND site_key `+ofSites, args...)
	return wrap("read returns", err)
}

func (b *batch) readCells(ctx context.Context, d *db.DB) error {
	for range b.measures {
		b.before = append(b.before, make([]cell, len(b.sites)))
		b.entryOf = append(b.entryOf, make([]int32, len(b.sites)))
	}
	ofSites, args := b.those(d)
	err := d.Each(ctx, func(row db.Scanner) error {
		var measure, site, value int64
		err := row.Scan(&measure, &site, &value)
		if at, asked := b.siteAt[site]; asked {
			b.before[b.measureAt[measure]][at] = cell{value, true}
		}
		return err
	}, `SELECT measure_key, site_key, value FROM observation
		WHERE measure_key IN (SELECT key FROM measure WHERE collection_key = $1) AND period = $2 AND site_key `+ofSites, args...)
	for m := range b.measures {
		b.after = append(b.after, slices.Clone(b.before[m]))
	}
	return wrap("read observations", err)
}

// siteRange answers the least and the greatest key of the sites. They are
// dense where most keys between them are the batch's: then reading all between
// is quicker than looking up each.
func (b *batch) siteRange() (from, to int64, dense bool) {
	const few, share = 50, 3
	if len(b.sites) < few {
		return 0, 0, false
	}
	from, to = b.sites[0].key, b.sites[len(b.sites)-1].key
	return from, to, to-from < int64(share*len(b.sites))
}

// writeAll stores the cells, what they said before, and the returns, as part
// of a submission that is sent on a day. The rollups are not yet in step.
func (b *batch) writeAll(ctx context.Context, d *db.DB, submission int64, day string) error {
	if err := b.writeCells(ctx, d); err != nil {
		return err
	}
	for m := range b.measures {
		if err := b.writeRestatements(ctx, d, m, submission); err != nil {
			return err
		}
	}
	return b.writeReturns(ctx, d, day)
}

// writeCells stores the cells alone.
func (b *batch) writeCells(ctx context.Context, d *db.DB) error {
	for m := range b.measures {
		if err := b.setCells(ctx, d, m); err != nil {
			return err
		}
		if err := b.clearCells(ctx, d, m); err != nil {
			return err
		}
	}
	return nil
}

// valueBits is how far a site's key stands to the left of its value where both
// travel in one number, which SQLite reads more than twice as fast as two.
const valueBits = 32

func (b *batch) setCells(ctx context.Context, d *db.DB, m int) error {
	var packed, plain db.Ints
	for at, after := range b.after[m] {
		key := b.sites[at].key
		switch {
		case after == b.before[m][at] || !after.known:
		case after.value>>valueBits == 0 && key>>(valueBits-1) == 0:
			packed.Add(key<<valueBits | after.value)
		default:
			plain.Add(key, after.value)
		}
	}
	if packed.Len() > 0 {
		err := b.upsert(ctx, d, m, `WITH t AS MATERIALIZED `+d.IntsAt(3, "packed")+` SELECT t.packed >> 32, t.packed & 4294967295 FROM t`, packed.Param())
		if err != nil {
			return err
		}
	}
	if plain.Len() == 0 {
		return nil
	}
	return b.upsert(ctx, d, m, `SELECT t.site, t.value FROM `+d.IntsAt(3, "site", "value")+` t`, plain.Param())
}

// upsert stores a measure's values, given as sites and values.
func (b *batch) upsert(ctx context.Context, d *db.DB, m int, rows, param string) error {
	_, err := d.Exec(ctx, `
		INSERT INTO observation (site_key, value, measure_key, period)
		SELECT n.*, CAST($1 AS BIGINT), CAST($2 AS BIGINT) FROM (`+rows+`) n WHERE TRUE
		ON CONFLICT (measure_key, period, site_key) DO UPDATE SET value = excluded.value`, b.measures[m].Key, b.period.Key(), param)
	return wrap("write observations", err)
}

func (b *batch) clearCells(ctx context.Context, d *db.DB, m int) error {
	var cleared db.Ints
	for at, after := range b.after[m] {
		if after != b.before[m][at] && !after.known {
			cleared.Add(b.sites[at].key)
		}
	}
	if cleared.Len() == 0 {
		return nil
	}
	_, err := d.Exec(ctx, `DELETE FROM observation WHERE measure_key = $1 AND period = $2 AND site_key IN `+d.IntsAt(3, "site"),
		b.measures[m].Key, b.period.Key(), cleared.Param())
	return wrap("clear observations", err)
}

// restated is what a restatement is about: whether there was a value, whether
// there is one, and whether the figures were approved.
type restated struct{ had, has, approved bool }

// writeRestatements keeps what the cells said before. A first value is no
// restatement, unless the figures were approved without it.
func (b *batch) writeRestatements(ctx context.Context, d *db.DB, m int, submission int64) error {
	rows := map[restated]*db.Ints{}
	for at, after := range b.after[m] {
		before, approved := b.before[m][at], b.sites[at].approved
		if before == after || !before.known && !approved {
			continue
		}
		kind := restated{before.known, after.known, approved}
		if rows[kind] == nil {
			rows[kind] = &db.Ints{}
		}
		rows[kind].Add(b.sites[at].key, before.value, after.value)
	}
	for kind, list := range rows {
		_, err := d.Exec(ctx, `
			INSERT INTO restatement (measure_key, period, site_key, submission, old_value, new_value, after_approval)
			SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), t.site, CAST($3 AS BIGINT),
				CASE WHEN $4 THEN t.old_value END, CASE WHEN $5 THEN t.new_value END, CAST($6 AS BOOLEAN)
			FROM `+d.IntsAt(7, "site", "old_value", "new_value")+` t`,
			b.measures[m].Key, b.period.Key(), submission, kind.had, kind.has, kind.approved, list.Param())
		if err != nil {
			return wrap("keep what was said before", err)
		}
	}
	return nil
}

func (b *batch) writeReturns(ctx context.Context, d *db.DB, day string) error {
	var rows db.Ints
	for at, site := range b.sites {
		if next := b.settle(at, day); next != site.ret {
			rows.Add(site.key, one(next.submittedOn != ""), one(next.completeOn != ""))
		}
	}
	if rows.Len() == 0 {
		return nil
	}
	_, err := d.Exec(ctx, `
		INSERT INTO site_return (collection_key, period, site_key, submitted_on, complete_on)
		SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), t.site, CASE WHEN t.submitted = 1 THEN CAST($3 AS TEXT) END,
			CASE WHEN t.complete = 1 THEN CAST($3 AS TEXT) END
		FROM `+d.IntsAt(4, "site", "submitted", "complete")+` t WHERE TRUE
		ON CONFLICT (collection_key, period, site_key) DO UPDATE SET
			submitted_on = CASE WHEN excluded.submitted_on IS NOT NULL THEN coalesce(site_return.submitted_on, excluded.submitted_on) END,
			complete_on = CASE WHEN excluded.complete_on IS NOT NULL THEN coalesce(site_return.complete_on, excluded.complete_on) END,
			why_missing = CASE WHEN excluded.complete_on IS NULL THEN site_return.why_missing END`,
		b.collection.Key, b.period.Key(), day, rows.Param())
	return wrap("write returns", err)
}
