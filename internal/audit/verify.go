package audit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"sir/internal/db"
)

// Head is the end of the trail: how many entries there are, and the hash that
// stands for all of them.
type Head struct {
	Seq  int64
	Hash string
}

// Broken says which entry is not what it was when it was written.
type Broken struct {
	Seq    int64
	Reason string
}

func (b *Broken) Error() string {
	return fmt.Sprintf("audit entry %d: %s", b.Seq, b.Reason)
}

// Verify reads the whole trail, as at one moment, and answers its head. The
// error is a *Broken where an entry was altered, removed, reordered or added
// behind SIR's back; it names the first such entry.
func Verify(ctx context.Context, d *db.DB) (Head, error) {
	var head Head
	err := d.Snapshot(ctx, func(ctx context.Context) error {
		last := Head{}
		err := d.Each(ctx, func(row db.Scanner) error {
			entry, err := scan(row)
			if err != nil {
				return &Broken{last.Seq + 1, "was altered: it cannot be read: " + err.Error()}
			}
			if err := follows(last, entry); err != nil {
				return err
			}
			last = Head{entry.Seq, entry.Hash}
			return nil
		}, `SELECT `+columns+` FROM audit_entry ORDER BY seq`)
		if err != nil {
			return err
		}
		head = last
		return checkHead(ctx, d, last)
	})
	return head, err
}

// follows answers a *Broken unless entry is what must come after last.
func follows(last Head, entry Entry) error {
	switch {
	case entry.Seq <= last.Seq:
		return &Broken{entry.Seq, "was added: the trail begins with entry 1"}
	case entry.Seq > last.Seq+1:
		return &Broken{last.Seq + 1, "is missing: it was removed"}
	case entry.PreviousHash != last.Hash:
		return &Broken{entry.Seq, "does not follow the entry before it: one of the two was replaced or moved"}
	case entry.Hash != entry.computeHash():
		return &Broken{entry.Seq, "was altered: its content does not match its hash"}
	}
	return nil
}

func checkHead(ctx context.Context, d *db.DB, last Head) error {
	var head Head
	err := d.Row(ctx, `SELECT seq, hash FROM audit_head WHERE id = 1`).Scan(&head.Seq, &head.Hash)
	if errors.Is(err, sql.ErrNoRows) {
		return &Broken{last.Seq, "may not be the last one: the head of the trail was removed"}
	}
	if err != nil {
		return fmt.Errorf("read the head of the audit trail: %w", err)
	}
	switch {
	case head.Seq > last.Seq:
		return &Broken{last.Seq + 1, fmt.Sprintf("is missing: the trail should go on to entry %d", head.Seq)}
	case head.Seq < last.Seq:
		return &Broken{head.Seq + 1, "comes after the last entry that the head of the trail names: it was added, or the head was changed"}
	case head.Hash != last.Hash:
		return &Broken{last.Seq, "is not the entry that the head of the trail names: it was replaced, or the head was changed"}
	}
	return nil
}

// Contains answers nil where an entry with the hash is part of the trail: the
// trail then still holds all that it held when that hash was its head.
func Contains(ctx context.Context, d *db.DB, hash string) error {
	var n int
	if err := d.Row(ctx, `SELECT count(*) FROM audit_entry WHERE hash = $1`, hash).Scan(&n); err != nil {
		return fmt.Errorf("look for the head: %w", err)
	}
	if n == 0 {
		return fmt.Errorf("the audit trail was rewritten: no entry has the hash %s", hash)
	}
	return nil
}
