package adoption

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sir/internal/exchange"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

const (
	// chunk is how many values are held in memory at a time.
	chunk = 50_000
	// manySums is after how many changed counts they go to the rollups.
	manySums = 100_000
)

// intake takes values in chunks, each sorted out by period. A sending of
// several chunks writes each of them before it reads the next, also in a dry
// run, so that the later ones are held against the earlier.
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
	several   bool // there is more than one chunk
	touched   touched
	places    places
	sums      map[period.Period]*sums
	hints     *hints
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
		day: s.today(), sums: map[period.Period]*sums{},
	}
	if how.ReceivedOn != "" {
		in.day = how.ReceivedOn
	}
	if number == nil {
		in.hints = &hints{}
	}
	err = values(in.conflicts.Add, func(e Entry) error {
		if len(in.pending) == chunk {
			in.several, in.hints = true, nil
			if err := in.flush(ctx); err != nil {
				return err
			}
		}
		in.pending = append(in.pending, e)
		return nil
	})
	if err != nil {
		return Receipt{}, err
	}
	return in.finish(ctx)
}

func (s *Service) today() string { return s.desk.Now().UTC().Format(time.DateOnly) }

// finish takes the last chunk, and brings the rollups in step.
func (in *intake) finish(ctx context.Context) (Receipt, error) {
	if err := in.flush(ctx); err != nil {
		return Receipt{}, err
	}
	if in.several {
		if err := in.judgeParts(ctx); err != nil {
			return Receipt{}, err
		}
	}
	if in.keeps() {
		if err := in.writeSums(ctx); err != nil {
			return Receipt{}, err
		}
	}
	in.receipt.Conflicts, in.receipt.Wrong = in.conflicts.List(), in.conflicts.Total()
	in.receipt.Periods, in.receipt.Sites = in.touched.periods(), in.touched.sites()
	if in.hints != nil {
		in.receipt.Hints, in.receipt.MoreHints = in.hints.list, in.hints.more
	}
	return in.receipt, nil
}

// keeps tells whether what is taken is to stay.
func (in *intake) keeps() bool { return in.number != nil && in.conflicts.Total() == 0 }

func (in *intake) flush(ctx context.Context) error {
	slices.SortStableFunc(in.pending, func(a, b Entry) int { return period.Compare(a.Period, b.Period) })
	for start := 0; start < len(in.pending); {
		end := start + 1
		for end < len(in.pending) && in.pending[end].Period == in.pending[start].Period {
			end++
		}
		if err := in.takePeriod(ctx, in.pending[start].Period, in.pending[start:end]); err != nil {
			return err
		}
		start = end
	}
	in.pending = in.pending[:0]
	return nil
}

func (in *intake) takePeriod(ctx context.Context, p period.Period, entries []Entry) error {
	if reason := in.refuses(p); reason != "" {
		in.refuse(entries, reason)
		return nil
	}
	d := in.service.desk.DB
	if err := in.ensureList(ctx, p); err != nil {
		return err
	}
	b, err := readBatch(ctx, d, &in.places, in.c, in.measures, p, sitesOf(entries))
	if err != nil {
		return err
	}
	seen := in.touched.of(p, len(in.measures))
	b.seen = func(m, at int) bool { return seen.cell(m, b.sites[at].key) }
	b.place = in.how.place
	b.judge(entries, in.sender(), in.conflicts.Add)
	if in.hints != nil {
		if err := in.hints.look(ctx, d, b, entries, in.sender()); err != nil {
			return err
		}
	}
	seen.mark(b)
	in.receipt.Tally.add(b.tally())
	return in.store(ctx, b, entries)
}

// refuse reports that a period is not asked for: once for each row of a file.
func (in *intake) refuse(entries []Entry, reason string) {
	told := 0
	for i := range entries {
		e := &entries[i]
		if e.PeriodColumn == "" || e.Row != told {
			in.conflicts.Add(e.misdated(reason))
		}
		told = e.Row
	}
}

// store writes the batch as far as it is needed.
func (in *intake) store(ctx context.Context, b *batch, entries []Entry) error {
	d := in.service.desk.DB
	if !in.several {
		b.judgeParts(entries, in.conflicts.Add)
	}
	if !in.keeps() {
		if in.several {
			return b.writeCells(ctx, d)
		}
		return nil
	}
	if in.sums[b.period] == nil {
		in.sums[b.period] = newSums()
	}
	in.sums[b.period].add(b, in.day)
	if err := b.writeAll(ctx, d, *in.number, in.day); err != nil {
		return err
	}
	total := 0
	for _, s := range in.sums {
		total += s.size()
	}
	if total < manySums {
		return nil
	}
	return in.writeSums(ctx)
}

// writeSums brings the rollups in step with what was written.
func (in *intake) writeSums(ctx context.Context) error {
	for _, p := range in.touched.periods() {
		if s := in.sums[p]; s != nil {
			if err := s.write(ctx, in.service.desk.DB, in.c, p); err != nil {
				return err
			}
		}
	}
	clear(in.sums)
	return nil
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
