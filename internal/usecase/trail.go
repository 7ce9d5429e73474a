package usecase

import (
	"context"
	"fmt"

	"sir/internal/audit"
	"sir/internal/policy"
)

// Trail is the use case of reading the audit trail. It stands here because
// audit lies below policy checks: the trail records their refusals.
type Trail struct{ desk *Desk }

// NewTrail makes the use case.
func NewTrail(desk *Desk) *Trail { return &Trail{desk} }

// List answers entries, newest first.
func (t *Trail) List(ctx context.Context, actor policy.Actor, filter audit.Filter) ([]audit.Entry, error) {
	if err := t.desk.Read(ctx, actor, policy.ViewAudit, policy.Object{}); err != nil {
		return nil, err
	}
	entries, err := audit.List(ctx, t.desk.DB, filter)
	if err != nil {
		return nil, fmt.Errorf("list the audit trail: %w", err)
	}
	return entries, nil
}

// Verify checks the whole trail; see audit.Verify.
func (t *Trail) Verify(ctx context.Context, actor policy.Actor) (audit.Head, error) {
	if err := t.desk.Read(ctx, actor, policy.ViewAudit, policy.Object{}); err != nil {
		return audit.Head{}, err
	}
	return audit.Verify(ctx, t.desk.DB)
}
