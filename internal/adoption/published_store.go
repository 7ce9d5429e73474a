package adoption

import (
	"context"

	"sir/internal/db"
	"sir/internal/period"
)

// InsertPublished adds a figure that others published; no member is the total.
func InsertPublished(ctx context.Context, d *db.DB, programmeID, memberID string, p period.Period, percent int, note, source string) error {
	_, err := d.Exec(ctx, `
		INSERT INTO published_figure (id, programme_id, member_id, period, percent, note, source) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		db.NewID(), programmeID, db.NullText(memberID), p.Key(), percent, note, source)
	return wrap("insert published figure", err)
}

// published is what others published about a programme.
type published struct {
	points []point // the total has no member
	note   string
	source string
}

func publishedFigures(ctx context.Context, d *db.DB, programmeID string) (published, error) {
	var all published
	err := d.Each(ctx, func(row db.Scanner) error {
		var at point
		var percent int
		err := row.Scan((*db.Text)(&at.memberID), periodKey{&at.period}, &percent, &all.note, &all.source)
		at.rate = PublishedPercent(percent)
		all.points = append(all.points, at)
		return err
	}, `SELECT member_id, period, percent, note, source FROM published_figure WHERE programme_id = $1 ORDER BY id`, programmeID)
	return all, wrap("list published figures", err)
}

// hasPublished tells whether the programme's figures are published ones.
func hasPublished(ctx context.Context, d *db.DB, programmeID string) (bool, error) {
	var n int
	err := d.Row(ctx, `SELECT count(*) FROM published_figure WHERE programme_id = $1`, programmeID).Scan(&n)
	return n > 0, wrap("look for published figures", err)
}
