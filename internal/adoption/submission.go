package adoption

import (
	"context"
	"errors"
	"fmt"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/exchange"
	"sir/internal/fault"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// Sending says how values come, and why.
type Sending struct {
	Source     string // "page", "csv", "xlsx", "dhis2" or "api"
	FileName   string
	FileHash   string // SHA-256 of the file, in hexadecimal
	Reason     string // why figures that were approved are restated
	ReceivedOn string // ISO date on which the values came; empty for today

	// Place names a row in the reason of a conflict with another one; nil for
	// senders who see the numbers of rows.
	Place func(row int) string
}

func (s Sending) place(row int) string {
	if s.Place != nil {
		return s.Place(row)
	}
	return fmt.Sprintf("row %d", row)
}

// Entries gives the values of a sending one after the other. A value that
// cannot be read is reported and passed over. It may be asked more than once.
type Entries func(report func(exchange.Conflict), take func(Entry) error) error

// List gives entries that are in memory already.
func List(entries []Entry) Entries {
	return func(_ func(exchange.Conflict), take func(Entry) error) error {
		for _, e := range entries {
			if err := take(e); err != nil {
				return err
			}
		}
		return nil
	}
}

// Receipt says what a sending does, or would do.
type Receipt struct {
	Number    int64 // of the submission; 0 for a dry run, or where nothing was taken
	Tally     Tally
	Sites     int // returns that it touches
	Periods   []period.Period
	Conflicts []exchange.Conflict // the first of them
	Wrong     int                 // all of them
	Hints     []Hint              // of a dry run: the first of what looks unlikely
	MoreHints int                 // how many others there are
}

// Check answers what a sending would do, with hints at what looks unlikely, and
// changes nothing.
func (s *Service) Check(ctx context.Context, actor policy.Actor, programme, collection string, how Sending, values Entries) (Receipt, error) {
	p, c, err := s.openTo(ctx, actor, policy.SubmitReturns, programme, collection)
	if err != nil {
		return Receipt{}, err
	}
	if err := s.desk.Read(ctx, actor, policy.SubmitReturns, ownPart(actor, policy.SubmitReturns, p)); err != nil {
		return Receipt{}, err
	}
	var receipt Receipt
	// The same steps as Submit's, up to an eligible list that has to be made
	// first; then everything is undone.
	err = s.desk.DB.InTx(ctx, func(ctx context.Context) error {
		if receipt, err = s.take(ctx, actor, p, c, how, values, nil); err != nil {
			return err
		}
		return errDryRun
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return receipt, err
}

// errDryRun undoes what a dry run did.
var errDryRun = errors.New("dry run")

// Submit takes all values of a sending or, where there is any conflict, none:
// then the error is ErrInvalid and the receipt lists the conflicts. Values
// that say what is known already change nothing, so that sending twice does
// no harm.
func (s *Service) Submit(ctx context.Context, actor policy.Actor, programme, collection string, how Sending, values Entries) (Receipt, error) {
	p, c, err := s.openTo(ctx, actor, policy.SubmitReturns, programme, collection)
	if err != nil {
		return Receipt{}, err
	}
	var receipt Receipt
	err = s.desk.Write(ctx, actor, policy.SubmitReturns, ownPart(actor, policy.SubmitReturns, p), func(ctx context.Context) (audit.Note, error) {
		number, err := turn(ctx, s.desk.DB, c.Key)
		if err != nil {
			return audit.Note{}, err
		}
		if receipt, err = s.take(ctx, actor, p, c, how, values, &number); err != nil {
			return audit.Note{}, err
		}
		if receipt.Wrong > 0 {
			return audit.Note{}, fault.Invalid("Nothing was taken: %s. Mend them and send all of it again.", conflictCount(receipt.Wrong))
		}
		if err := s.keepSubmission(ctx, actor, c, number, how, receipt.Tally); err != nil {
			return audit.Note{}, err
		}
		receipt.Number = number
		return receipt.note(p, c, how), nil
	})
	return receipt, err
}

func conflictCount(n int) string {
	if n == 1 {
		return "1 value cannot be taken"
	}
	return fmt.Sprintf("%d values cannot be taken", n)
}

func (r Receipt) note(p rollout.Programme, c Collection, how Sending) audit.Note {
	detail := map[string]string{
		"programme": p.Code, "collection": c.Code, "submission": fmt.Sprint(r.Number), "source": how.Source,
		"added": fmt.Sprint(r.Tally.Added), "changed": fmt.Sprint(r.Tally.Changed), "cleared": fmt.Sprint(r.Tally.Cleared),
	}
	for name, value := range map[string]string{"file": how.FileName, "reason": how.Reason, "hash": how.FileHash} {
		if value != "" {
			detail[name] = value
		}
	}
	return audit.Note{Object: p.Object().String(), Detail: detail}
}

// openTo answers the programme and collection that a code names. A code that
// names nothing is told only to those who may do the action to something.
func (s *Service) openTo(ctx context.Context, actor policy.Actor, action policy.Action, programme, collection string) (p rollout.Programme, c Collection, err error) {
	if !policy.Can(actor, action) {
		return p, c, s.desk.Read(ctx, actor, action, policy.Object{})
	}
	if p, err = rollout.ProgrammeByCode(ctx, s.desk.DB, programme); err != nil {
		return p, c, err
	}
	c, err = CollectionByCode(ctx, s.desk.DB, p.ID, collection)
	return p, c, err
}

// ownPart is the part of a programme that the actor's first fitting grant
// reaches: the site, member or programme that it is held for. Each value's
// site is then asked for by itself.
func ownPart(actor policy.Actor, action policy.Action, p rollout.Programme) policy.Object {
	for _, g := range actor.Grants {
		object := p.Object()
		object.Member, object.Site = g.Member, g.Site
		if policy.Allow(policy.Actor{ID: actor.ID, Grants: []policy.Grant{g}}, action, object) == nil {
			return object
		}
	}
	return p.Object()
}

// keepSubmission stores who sent what, and how.
func (s *Service) keepSubmission(ctx context.Context, actor policy.Actor, c Collection, number int64, how Sending, t Tally) error {
	_, err := s.desk.DB.Exec(ctx, `
		INSERT INTO submission (collection_key, number, made_at, account_id, made_by, source, file_name, file_hash, reason, added, changed, cleared)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		c.Key, number, db.At(s.desk.Now()), accountOf(actor), actor.Name, how.Source, db.NullText(how.FileName), db.NullText(how.FileHash),
		db.NullText(how.Reason), t.Added, t.Changed, t.Cleared)
	return wrap("keep the submission", err)
}

// accountOf is the actor's account, or null for SIR itself.
func accountOf(actor policy.Actor) any {
	if actor.IsSystem() {
		return nil
	}
	return actor.ID
}
