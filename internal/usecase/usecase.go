// Package usecase holds the shape that every use case of SIR has: one policy
// check, one transaction, one audit entry. Areas call Read and Write and add
// only what is their own.
package usecase

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/policy"
)

// Desk is what the use cases of all areas share. Now is injected, so that
// tests can stand at any date.
type Desk struct {
	DB  *db.DB
	Now func() time.Time
}

// Read checks that the actor may do the action to the object. A refusal to
// somebody signed in is recorded.
func (d *Desk) Read(ctx context.Context, actor policy.Actor, action policy.Action, object policy.Object) error {
	err := policy.Allow(actor, action, object)
	if errors.Is(err, fault.ErrForbidden) {
		return errors.Join(err, d.recordRefusal(ctx, actor, action, object))
	}
	return err
}

// Write checks that the actor may do the action to the object, runs change in
// a transaction and records what it answers in the same transaction: all of
// it happens, or none. change may run more than once (see db.InTx).
func (d *Desk) Write(ctx context.Context, actor policy.Actor, action policy.Action, object policy.Object,
	change func(ctx context.Context) (audit.Note, error),
) error {
	if err := d.Read(ctx, actor, action, object); err != nil {
		return err
	}
	return d.DB.InTx(ctx, func(ctx context.Context) error {
		note, err := change(ctx)
		if err != nil {
			return err
		}
		return d.Record(ctx, audit.Record{
			Actor: actor, Action: string(action), Outcome: audit.Done, Note: note,
		})
	})
}

// Record adds an entry to the audit trail, in the context's transaction or in
// one of its own. Write calls it; only what is not a use case of a signed-in
// person (a failed sign-in, say) calls it directly.
func (d *Desk) Record(ctx context.Context, record audit.Record) error {
	record.At = d.Now()
	if err := audit.Append(ctx, d.DB, record); err != nil {
		return fmt.Errorf("record %s: %w", record.Action, err)
	}
	return nil
}

// asked is the key of what Asking keeps in a context.
type asked struct{}

// Asking notes in the context what somebody asked for, such as the method and
// path of a request, so that a refusal can say so. Only its beginning is kept.
func Asking(ctx context.Context, what string) context.Context {
	const most = 200
	return context.WithValue(ctx, asked{}, what[:min(len(what), most)])
}

func (d *Desk) recordRefusal(ctx context.Context, actor policy.Actor, action policy.Action, object policy.Object) error {
	note := audit.Note{Object: object.String()}
	if what, ok := ctx.Value(asked{}).(string); ok {
		note.Detail = map[string]string{"asked for": what}
	}
	return d.Record(ctx, audit.Record{Actor: actor, Action: string(action), Outcome: audit.Refused, Note: note})
}
