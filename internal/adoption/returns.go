package adoption

import (
	"context"
	"database/sql"
	"errors"

	"sir/internal/db"
	"sir/internal/period"
)

// ReturnCount says how many returns of a period have come, under one unit or
// in the whole programme. Received are those with any value, complete those
// with all that is required, on time those complete by the day they were due:
// each is a part of the one before, so that no share exceeds 100 %.
type ReturnCount struct {
	Expected int // eligible sites
	Received int
	Complete int
	OnTime   int
}

// Completeness is the share of the expected returns that are complete, in
// percent; ok is false where none is expected.
func (n ReturnCount) Completeness() (percent float64, ok bool) { return share(n.Complete, n.Expected) }

// Timeliness is the share of the expected returns that were complete on time,
// in percent; ok is false where none is expected.
func (n ReturnCount) Timeliness() (percent float64, ok bool) { return share(n.OnTime, n.Expected) }

func share(part, whole int) (percent float64, ok bool) {
	if whole == 0 {
		return 0, false
	}
	return 100 * float64(part) / float64(whole), true
}

func readReturnCount(ctx context.Context, d *db.DB, c Collection, unitKey int64, p period.Period) (n ReturnCount, err error) {
	err = d.Row(ctx, `SELECT expected, received, complete, on_time FROM return_rollup WHERE collection_key = $1 AND unit_key = $2 AND period = $3`,
		c.Key, unitKey, p.Key()).Scan(&n.Expected, &n.Received, &n.Complete, &n.OnTime)
	if errors.Is(err, sql.ErrNoRows) {
		return ReturnCount{}, nil
	}
	return n, wrap("count returns", err)
}
