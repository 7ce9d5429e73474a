package adoption

import (
	"context"
	"time"

	"sir/internal/db"
)

// InsertApproval adds an approval, by an account or by SIR itself (nil).
func InsertApproval(ctx context.Context, d *db.DB, c Collection, a Approval, account any) error {
	_, err := d.Exec(ctx, `
		INSERT INTO approval (id, collection_key, period, member_id, approved_at, approved_by, approver_id, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		db.NewID(), c.Key, a.Period.Key(), a.MemberID, db.At(a.ApprovedAt), a.ApprovedBy, account, db.NullText(a.Note))
	return wrap("insert approval", err)
}

// approvalsOf answers a collection's approvals, those of a member alone where
// one is given, oldest first.
func approvalsOf(ctx context.Context, d *db.DB, c Collection, memberID string) ([]Approval, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (Approval, error) {
		var a Approval
		var approved, reopened db.Time
		err := row.Scan(periodKey{&a.Period}, &a.MemberID, &approved, &a.ApprovedBy, (*db.Text)(&a.Note),
			&reopened, (*db.Text)(&a.ReopenedBy), (*db.Text)(&a.ReopenReason))
		a.ApprovedAt, a.ReopenedAt = time.Time(approved), time.Time(reopened)
		return a, err
	}, `SELECT period, member_id, approved_at, approved_by, note, reopened_at, reopened_by, reopen_reason FROM approval
		WHERE collection_key = $1 AND ($2 = '' OR member_id = $2) ORDER BY period, approved_at, id`, c.Key, memberID)
	return list, wrap("list approvals", err)
}
