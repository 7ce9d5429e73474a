// Package audit keeps the trail of what was done, by whom and when.
//
// Entries are only ever added (the database refuses changes and removals),
// and each carries a hash over its own fields and the hash of the entry
// before it. The head row holds the last number and hash, so that an entry
// cut off the end is missed too. Somebody who can rewrite the whole database
// could recompute the chain: keep the head that `sir audit verify` prints
// somewhere else, and pass it back with --head to rule that out.
package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"sir/internal/db"
	"sir/internal/policy"
)

// Outcome says whether the action was done or refused.
type Outcome string

// The outcomes.
const (
	Done    Outcome = "done"
	Refused Outcome = "refused"
)

// Note is what a use case says about the change it made. Object names what
// was changed, as kind and id; Detail holds what is worth knowing later,
// never a secret.
type Note struct {
	Object string
	Detail map[string]string
}

// Record is an entry to be added.
type Record struct {
	At      time.Time
	Actor   policy.Actor
	Action  string
	Outcome Outcome
	Note    Note
}

// Entry is an entry of the trail as it stands.
type Entry struct {
	Seq          int64
	At           time.Time
	ActorID      string
	ActorName    string
	Action       string
	Outcome      Outcome
	Object       string
	Detail       string // a JSON object
	PreviousHash string
	Hash         string
}

// Append adds the record as the next entry, in the context's transaction or in
// one of its own. It locks the head of the trail until that transaction ends,
// which orders the writers of all instances.
func Append(ctx context.Context, d *db.DB, record Record) error {
	detail, err := encodeDetail(record.Note.Detail)
	if err != nil {
		return err
	}
	return d.InTx(ctx, func(ctx context.Context) error {
		entry := Entry{
			At: record.At.UTC().Truncate(time.Microsecond), ActorID: record.Actor.ID, ActorName: record.Actor.Name,
			Action: record.Action, Outcome: record.Outcome, Object: record.Note.Object, Detail: detail,
		}
		err := d.Row(ctx, `UPDATE audit_head SET seq = seq + 1 WHERE id = 1 RETURNING seq, hash`).
			Scan(&entry.Seq, &entry.PreviousHash)
		if err != nil {
			return fmt.Errorf("lock the head of the audit trail: %w", err)
		}
		entry.Hash = entry.computeHash()
		return insert(ctx, d, entry)
	})
}

func insert(ctx context.Context, d *db.DB, e Entry) error {
	_, err := d.Exec(ctx, `
		INSERT INTO audit_entry (seq, at, actor_id, actor_name, action, outcome, object, detail, previous_hash, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		e.Seq, db.At(e.At), e.ActorID, e.ActorName, e.Action, string(e.Outcome), e.Object, e.Detail, e.PreviousHash, e.Hash)
	if err != nil {
		return err
	}
	return d.ExecOne(ctx, `UPDATE audit_head SET hash = $1 WHERE id = 1`, e.Hash)
}

func encodeDetail(detail map[string]string) (string, error) {
	if len(detail) == 0 {
		return "{}", nil
	}
	// encoding/json writes map keys in sorted order, so equal details hash alike.
	text, err := json.Marshal(detail)
	return string(text), err
}

// computeHash is SHA-256, in lower-case hex, over the entry's fields, each as
// its length in bytes, a colon, its text and a comma, so that no two different
// entries can look alike.
func (e Entry) computeHash() string {
	sum := sha256.New()
	for _, field := range []string{
		e.PreviousHash, strconv.FormatInt(e.Seq, 10), strconv.FormatInt(e.At.UnixMicro(), 10),
		e.ActorID, e.ActorName, e.Action, string(e.Outcome), e.Object, e.Detail,
	} {
		fmt.Fprintf(sum, "%d:%s,", len(field), field)
	}
	return hex.EncodeToString(sum.Sum(nil))
}
