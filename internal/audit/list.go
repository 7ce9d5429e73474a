package audit

import (
	"context"
	"math"
	"strings"
	"time"

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
	Person  string // part of the actor's name, in either case
	Action  string
	Outcome Outcome
	From    time.Time // the first moment that counts
	Until   time.Time // the first moment that no longer counts
	Before  int64     // only entries with a smaller number; 0 starts at the newest
	Limit   int
}

// List answers entries, newest first.
func List(ctx context.Context, d *db.DB, f Filter) ([]Entry, error) {
	from, until, before := int64(0), int64(math.MaxInt64), int64(math.MaxInt64)
	if !f.From.IsZero() {
		from = f.From.UnixMicro()
	}
	if !f.Until.IsZero() {
		until = f.Until.UnixMicro()
	}
	if f.Before > 0 {
		before = f.Before
	}
	return db.List(ctx, d, scan, `
		SELECT `+columns+` FROM audit_entry
		WHERE ($1 = '' OR actor_id = $1) AND ($2 = '' OR action = $2) AND ($3 = '' OR outcome = $3)
		  AND lower(actor_name) LIKE lower($4) ESCAPE '\' AND at >= $5 AND at < $6 AND seq < $7
		ORDER BY seq DESC LIMIT $8`,
		f.ActorID, f.Action, string(f.Outcome), "%"+literally.Replace(f.Person)+"%", from, until, before, f.Limit)
}

// literally takes from a text what LIKE would read as a pattern.
var literally = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
