package audit

import (
	"context"

	"sir/internal/db"
)

const columns = `seq, at, actor_id, actor_name, action, outcome, object, detail, previous_hash, hash`

func scan(row db.Scanner) (Entry, error) {
	var e Entry
	err := row.Scan(&e.Seq, (*db.Time)(&e.At), &e.ActorID, &e.ActorName, &e.Action, &e.Outcome, &e.Object, &e.Detail,
		&e.PreviousHash, &e.Hash)
	return e, err
}

// Filter narrows List. Empty fields do not.
type Filter struct {
	ActorID string
	Action  string
	Outcome Outcome
	Before  int64 // only entries with a smaller number; 0 starts at the newest
	Limit   int
}

// List answers entries, newest first.
func List(ctx context.Context, d *db.DB, f Filter) ([]Entry, error) {
	return db.List(ctx, d, scan, `
		SELECT `+columns+` FROM audit_entry
		WHERE ($1 = '' OR actor_id = $1) AND ($2 = '' OR action = $2) AND ($3 = '' OR outcome = $3)
		  AND ($4 = 0 OR seq < $4)
		ORDER BY seq DESC LIMIT $5`,
		f.ActorID, f.Action, string(f.Outcome), f.Before, f.Limit)
}
