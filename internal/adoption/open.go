package adoption

import (
	"context"
	"slices"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// OpenLists makes the eligible list of every period that has ended and that
// sites are asked for, and brings those that are not approved in step with the
// rollouts. It is for SIR itself, at its start and from time to time: without
// a list nobody is expected to send anything, and nothing is missing.
func (s *Service) OpenLists(ctx context.Context, actor policy.Actor) error {
	if err := s.desk.Read(ctx, actor, policy.ChangeMeasures, policy.Object{}); err != nil {
		return err
	}
	programmes, err := rollout.ListProgrammes(ctx, s.desk.DB)
	if err != nil {
		return err
	}
	for _, p := range programmes {
		collections, err := CollectionsOf(ctx, s.desk.DB, p.ID)
		if err != nil {
			return err
		}
		for _, c := range collections {
			if err := s.openCollection(ctx, actor, p, c); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) openCollection(ctx context.Context, actor policy.Actor, p rollout.Programme, c Collection) error {
	there, err := listedPeriods(ctx, s.desk.DB, c)
	if err != nil {
		return err
	}
	waiting, err := unapprovedPeriods(ctx, s.desk.DB, c)
	if err != nil {
		return err
	}
	for _, at := range s.askedFor(c) {
		switch {
		case !slices.Contains(there, at):
			err = s.openList(ctx, actor, p, c, at)
		case slices.Contains(waiting, at):
			err = ListEligible(ctx, s.desk.DB, c, at)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// askedFor lists the periods that have ended, the last alone where it is not
// known when the collection began.
func (s *Service) askedFor(c Collection) []period.Period {
	if latest, ok := c.Latest(s.desk.Now()); ok && c.First.IsZero() {
		return []period.Period{latest}
	}
	return c.Open(s.desk.Now())
}

// openList makes a list that is not there yet. It is recorded once there is a
// site on it.
func (s *Service) openList(ctx context.Context, actor policy.Actor, p rollout.Programme, c Collection, at period.Period) error {
	return s.desk.DB.InTx(ctx, func(ctx context.Context) error {
		if err := ListEligible(ctx, s.desk.DB, c, at); err != nil {
			return err
		}
		there, err := listed(ctx, s.desk.DB, c, at)
		if err != nil || !there {
			return err
		}
		return s.desk.Record(ctx, audit.Record{
			Actor: actor, Action: string(policy.ChangeMeasures), Outcome: audit.Done,
			Note: audit.Note{Object: p.Object().String(), Detail: map[string]string{
				"programme": p.Code, "collection": c.Code, "eligible list of": at.Slug(),
			}},
		})
	})
}

// unapprovedPeriods answers the periods that any member with eligible sites has
// not approved.
func unapprovedPeriods(ctx context.Context, d *db.DB, c Collection) ([]period.Period, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (p period.Period, err error) {
		err = row.Scan(periodKey{&p})
		return p, err
	}, `SELECT DISTINCT r.period FROM return_rollup r JOIN unit u ON u.key = r.unit_key AND u.kind = 'member'
		WHERE r.collection_key = $1 AND r.expected > 0 AND NOT EXISTS (
			SELECT 1 FROM approval a WHERE a.collection_key = $1 AND a.period = r.period AND a.member_id = u.id AND a.reopened_at IS NULL)
		ORDER BY r.period`, c.Key)
	return list, wrap("list periods that are not approved", err)
}
