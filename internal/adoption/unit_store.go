package adoption

import (
	"context"
	"slices"

	"sir/internal/db"
	"sir/internal/network"
	"sir/internal/period"
)

// unitRow answers a unit's rates by the measure, and how its returns came, one
// a period.
func unitRow(ctx context.Context, d *db.DB, m Measure, unit network.Unit, periods []period.Period) (Row, []ReturnCount, error) {
	row := Row{Code: unit.Code, Name: unit.Name, UnitKey: unit.Key, Rates: make([]Rate, len(periods))}
	if unit.Kind == network.MemberUnit {
		row.MemberID = unit.ID
	}
	for i := range row.Rates {
		row.Rates[i].Empty = true // until a list says otherwise
	}
	returns := make([]ReturnCount, len(periods))
	err := d.Each(ctx, func(r db.Scanner) error {
		var p period.Period
		var n ReturnCount
		var reported, adopted int
		if err := r.Scan(periodKey{&p}, &n.Expected, &n.Received, &n.Complete, &n.OnTime, &reported, &adopted); err != nil {
			return err
		}
		if at := slices.Index(periods, p); at >= 0 {
			row.Rates[at], returns[at] = Computed(adopted, reported, n.Expected), n
		}
		return nil
	}, `SELECT r.period, r.expected, r.received, r.complete, r.on_time, coalesce(v.reported, 0), coalesce(v.adopted, 0)
		FROM return_rollup r
		LEFT JOIN measure_rollup v ON v.measure_key = $2 AND v.unit_key = r.unit_key AND v.period = r.period
		WHERE r.collection_key = $1 AND r.unit_key = $3`, m.CollectionKey, m.Key, unit.Key)
	return row, returns, wrap("list rates of a unit", err)
}

// periodsCounted counts the periods in which a unit had eligible sites in any
// of a programme's collections.
func periodsCounted(ctx context.Context, d *db.DB, programmeID string, unitKey int64) (n int, err error) {
	err = d.Row(ctx, `SELECT count(*) FROM return_rollup r JOIN collection c ON c.key = r.collection_key
		WHERE c.programme_id = $1 AND r.unit_key = $2`, programmeID, unitKey).Scan(&n)
	return n, wrap("look for figures", err)
}

// collectionOf answers the collection that a measure belongs to.
func collectionOf(ctx context.Context, d *db.DB, m Measure) (Collection, error) {
	c, err := scanCollection(d.Row(ctx, `SELECT `+collectionColumns+` FROM collection WHERE key = $1`, m.CollectionKey))
	return c, wrap("read collection", err)
}
