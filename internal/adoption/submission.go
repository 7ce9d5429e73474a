package adoption

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

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
}

// Check answers what a sending would do, and changes nothing.
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

// chunk is how many values are held in memory at a time.
const chunk = 20_000

// intake takes values in chunks, each sorted out by period.
type intake struct {
	service   *Service
	programme rollout.Programme
	c         Collection
	measures  []Measure
	actor     policy.Actor
	how       Sending
	day       string
	number    *int64 // nil for a dry run
	conflicts exchange.Conflicts
	receipt   Receipt
	pending   []Entry
	touched   map[period.Period]map[int64]bool
}

// take runs the values through: it judges all, and stores them where number
// is given and no conflict has come up.
func (s *Service) take(ctx context.Context, actor policy.Actor, p rollout.Programme, c Collection, how Sending, values Entries, number *int64) (Receipt, error) {
	measures, err := measuresIn(ctx, s.desk.DB, c)
	if err != nil {
		return Receipt{}, err
	}
	in := &intake{
		service: s, programme: p, c: c, measures: measures, actor: actor, how: how, number: number,
		day: s.today(), touched: map[period.Period]map[int64]bool{},
	}
	if how.ReceivedOn != "" {
		in.day = how.ReceivedOn
	}
	err = values(in.conflicts.Add, func(e Entry) error {
		in.pending = append(in.pending, e)
		if len(in.pending) < chunk {
			return nil
		}
		return in.flush(ctx)
	})
	if err == nil {
		err = in.flush(ctx)
	}
	if err != nil {
		return Receipt{}, err
	}
	in.receipt.Conflicts, in.receipt.Wrong = in.conflicts.List(), in.conflicts.Total()
	in.receipt.Periods = slices.SortedFunc(maps.Keys(in.touched), period.Compare)
	for _, sites := range in.touched {
		in.receipt.Sites += len(sites)
	}
	return in.receipt, nil
}

func (s *Service) today() string { return s.desk.Now().UTC().Format(time.DateOnly) }

func (in *intake) flush(ctx context.Context) error {
	byPeriod := map[period.Period][]Entry{}
	for _, e := range in.pending {
		byPeriod[e.Period] = append(byPeriod[e.Period], e)
	}
	in.pending = in.pending[:0]
	for _, p := range slices.SortedFunc(maps.Keys(byPeriod), period.Compare) {
		if err := in.takePeriod(ctx, p, byPeriod[p]); err != nil {
			return err
		}
	}
	return nil
}

func (in *intake) takePeriod(ctx context.Context, p period.Period, entries []Entry) error {
	if reason := in.refuses(p); reason != "" {
		for _, e := range entries {
			in.conflicts.Add(e.conflict("%s", reason))
		}
		return nil
	}
	d := in.service.desk.DB
	if err := in.ensureList(ctx, p); err != nil {
		return err
	}
	b, err := readBatch(ctx, d, in.c, in.measures, p, in.touch(p, entries))
	if err != nil {
		return err
	}
	b.judge(entries, in.sender(), in.conflicts.Add)
	in.receipt.Tally.add(b.tally())
	if in.number == nil || in.conflicts.Total() > 0 {
		return nil
	}
	return b.write(ctx, d, *in.number, in.day)
}

// refuses says why nothing can be sent for a period; empty where it can.
func (in *intake) refuses(p period.Period) string {
	switch {
	case p.Kind() != in.c.PeriodKind:
		return fmt.Sprintf("%s asks for each %s, and %s is a %s", in.c.Name, in.c.PeriodKind, p.Label(), p.Kind())
	case !in.c.Asks(p):
		return fmt.Sprintf("%s does not ask for %s", in.c.Name, p.Label())
	case !Ended(p, in.service.desk.Now()):
		return p.Label() + " has not ended yet"
	}
	return ""
}

// ensureList makes the period's eligible list where there is none.
func (in *intake) ensureList(ctx context.Context, p period.Period) error {
	there, err := listed(ctx, in.service.desk.DB, in.c, p)
	if err != nil || there {
		return err
	}
	return ListEligible(ctx, in.service.desk.DB, in.c, p)
}

// touch answers the sites of the entries, each once, in order.
func (in *intake) touch(p period.Period, entries []Entry) []int64 {
	if in.touched[p] == nil {
		in.touched[p] = map[int64]bool{}
	}
	sites := map[int64]bool{}
	for _, e := range entries {
		sites[e.SiteKey], in.touched[p][e.SiteKey] = true, true
	}
	return sortedKeys(sites)
}

// sender is what whoever sends may do, asked once a member and site.
func (in *intake) sender() sender {
	asked := map[[3]string]bool{}
	may := func(action policy.Action) func(siteState) bool {
		return func(s siteState) bool {
			key := [3]string{string(action), s.memberID, s.id}
			allowed, known := asked[key]
			if !known {
				object := in.programme.Object()
				object.Member, object.Site = s.memberID, s.id
				allowed = policy.Allow(in.actor, action, object) == nil
				asked[key] = allowed
			}
			return allowed
		}
	}
	return sender{may: may(policy.SubmitReturns), mayRestate: may(policy.RestateReturns), reason: in.how.Reason != ""}
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
