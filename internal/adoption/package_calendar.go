package adoption

import (
	"context"
	"errors"
	"slices"

	"sir/internal/fault"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// Calendar is what a programme collects, and when.
type Calendar struct {
	Programme   rollout.Programme
	Measures    []Measure
	Collections []CollectionCalendar
}

// CollectionCalendar is one collection with its periods that have ended,
// oldest first. Revision goes up whenever figures are sent, approved or opened
// again.
type CollectionCalendar struct {
	Collection Collection
	Revision   int64
	Periods    []period.Period
}

// Calendar answers what a programme collects to those who may see its total.
// One that is not there is answered as it is to those who may not see it.
func (s *Service) Calendar(ctx context.Context, actor policy.Actor, programme string) (Calendar, error) {
	p, missing := rollout.ProgrammeByCode(ctx, s.desk.DB, programme)
	if missing != nil && !errors.Is(missing, fault.ErrNotFound) {
		return Calendar{}, missing
	}
	action, err := s.totalAction(ctx, p)
	if err != nil {
		return Calendar{}, err
	}
	if err := s.desk.Read(ctx, actor, action, p.Object()); err != nil {
		return Calendar{}, err
	}
	if missing != nil {
		return Calendar{}, missing
	}
	calendar := Calendar{Programme: p}
	if calendar.Measures, err = measuresOf(ctx, s.desk.DB, p.ID); err != nil {
		return Calendar{}, err
	}
	collections, err := CollectionsOf(ctx, s.desk.DB, p.ID)
	if err != nil {
		return Calendar{}, err
	}
	for _, c := range collections {
		of := CollectionCalendar{Collection: c}
		if of.Periods, err = s.periodsOf(ctx, c); err != nil {
			return Calendar{}, err
		}
		slices.SortFunc(of.Periods, period.Compare)
		if of.Revision, err = s.revision(ctx, c); err != nil {
			return Calendar{}, err
		}
		calendar.Collections = append(calendar.Collections, of)
	}
	return calendar, nil
}

func (s *Service) revision(ctx context.Context, c Collection) (number int64, err error) {
	err = s.desk.DB.Row(ctx, `SELECT submissions FROM collection WHERE key = $1`, c.Key).Scan(&number)
	return number, wrap("read the revision of a collection", err)
}

// SubmitFileAt is SubmitFile for a sender who looked at the collection at a
// revision: ErrStale where its figures have changed since, and nothing is
// taken.
func (s *Service) SubmitFileAt(ctx context.Context, actor policy.Actor, programme, collection string, revision int64, file File, how Sending) (FileReceipt, error) {
	p, c, err := s.openTo(ctx, actor, policy.SubmitReturns, programme, collection)
	if err != nil {
		return FileReceipt{}, err
	}
	// Before the transaction, which would take the record of a refusal with it.
	if err := s.desk.Read(ctx, actor, policy.SubmitReturns, ownPart(actor, policy.SubmitReturns, p)); err != nil {
		return FileReceipt{}, err
	}
	var receipt FileReceipt
	err = s.desk.DB.InTx(ctx, func(ctx context.Context) error {
		if err := lockCollection(ctx, s.desk.DB, c); err != nil {
			return err
		}
		if err := s.holds(ctx, c, revision); err != nil {
			return err
		}
		receipt, err = s.SubmitFile(ctx, actor, programme, collection, file, how)
		return err
	})
	return receipt, err
}

// CheckFileAt answers what SubmitFileAt would do, and changes nothing.
func (s *Service) CheckFileAt(ctx context.Context, actor policy.Actor, programme, collection string, revision int64, file File, how Sending) (FileReceipt, error) {
	p, c, err := s.openTo(ctx, actor, policy.SubmitReturns, programme, collection)
	if err != nil {
		return FileReceipt{}, err
	}
	if err := s.desk.Read(ctx, actor, policy.SubmitReturns, ownPart(actor, policy.SubmitReturns, p)); err != nil {
		return FileReceipt{}, err
	}
	if err := s.holds(ctx, c, revision); err != nil {
		return FileReceipt{}, err
	}
	return s.CheckFile(ctx, actor, programme, collection, file, how)
}

// holds is ErrStale where a collection's figures have changed since a revision.
func (s *Service) holds(ctx context.Context, c Collection, revision int64) error {
	now, err := s.revision(ctx, c)
	if err == nil && now != revision {
		err = fault.Stale("The figures of %s have changed since you looked at them. Nothing was taken: look again, and send what still holds.", c.Name)
	}
	return err
}
