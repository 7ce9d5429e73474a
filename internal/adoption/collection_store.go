package adoption

import (
	"context"
	"database/sql"
	"errors"

	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/period"
)

const collectionColumns = `key, id, programme_id, code, name, period_kind, due_days, first_period, last_period, version`

func scanCollection(row db.Scanner) (Collection, error) {
	var c Collection
	var kind string
	err := row.Scan(&c.Key, &c.ID, &c.ProgrammeID, &c.Code, &c.Name, &kind, &c.DueDays, periodKey{&c.First}, periodKey{&c.Last}, &c.Version)
	c.PeriodKind = kindNamed(kind)
	return c, err
}

// InsertCollection adds a collection. Without a key it takes the next one.
func InsertCollection(ctx context.Context, d *db.DB, c Collection) error {
	_, err := d.Exec(ctx, `
		INSERT INTO collection (key, id, programme_id, code, name, period_kind, due_days, first_period, last_period)
		VALUES (CASE WHEN CAST($1 AS BIGINT) > 0 THEN CAST($1 AS BIGINT) ELSE (SELECT coalesce(max(key), 0) + 1 FROM collection) END,
			$2, $3, $4, $5, $6, $7, $8, $9)`,
		c.Key, c.ID, c.ProgrammeID, c.Code, c.Name, c.PeriodKind.String(), c.DueDays, nullPeriod(c.First), nullPeriod(c.Last))
	return wrap("insert collection "+c.Code, err)
}

// CollectionByCode answers a programme's collection, or ErrNotFound.
func CollectionByCode(ctx context.Context, d *db.DB, programmeID, code string) (Collection, error) {
	c, err := scanCollection(d.Row(ctx, `SELECT `+collectionColumns+` FROM collection WHERE programme_id = $1 AND code = $2`, programmeID, code))
	if errors.Is(err, sql.ErrNoRows) {
		return c, fault.NotFound("The programme collects no return called %q.", clipped(code))
	}
	return c, wrap("read collection", err)
}

// CollectionsOf answers a programme's collections, in the order in which they
// were made.
func CollectionsOf(ctx context.Context, d *db.DB, programmeID string) ([]Collection, error) {
	list, err := db.List(ctx, d, scanCollection, `SELECT `+collectionColumns+` FROM collection WHERE programme_id = $1 ORDER BY key`, programmeID)
	return list, wrap("list collections", err)
}

// turn makes whoever changes a collection's figures wait for the one before,
// until that one's transaction ends, and answers which turn it is. On SQLite
// there is one writer anyway.
func turn(ctx context.Context, d *db.DB, collectionKey int64) (number int64, err error) {
	err = d.Row(ctx, `UPDATE collection SET submissions = submissions + 1 WHERE key = $1 RETURNING submissions`, collectionKey).Scan(&number)
	return number, wrap("take a turn at the collection", err)
}

// nullPeriod is the key of a period as a parameter, null for none.
func nullPeriod(p period.Period) any {
	if p.IsZero() {
		return nil
	}
	return p.Key()
}

// clipped keeps a message short whatever somebody typed.
func clipped(text string) string {
	const longest = 40
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return text
}
