package adoption

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"sir/internal/db"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// Review is what somebody sees of a member's figures of a period before they
// approve them or open them again.
type Review struct {
	Programme  rollout.Programme
	Collection Collection
	Member     network.Member
	Period     period.Period
	DueOn      string // ISO date
	Count      ReturnCount
	HasRate    bool // the collection holds the adoption measure
	Measure    Measure
	Rate       Rate
	RateBefore Rate       // of the period before
	Incomplete []Owing    // not complete; those the reader may see
	Hints      []Hint     // what looks unlikely; empty for a reader who may not see sites
	Approvals  []Approval // of this period, oldest first
	MayEnter   bool
}

// Standing answers the approval that holds; nil where there is none.
func (r Review) Standing() *Approval {
	return standingOf(r.Approvals, r.Period, r.Member.ID)
}

// ReviewToApprove answers what would be approved.
func (s *Service) ReviewToApprove(ctx context.Context, actor policy.Actor, name Part) (Review, error) {
	at, err := s.findPart(ctx, actor, policy.ApproveReturns, name)
	if err != nil {
		return Review{}, err
	}
	if err := s.desk.Read(ctx, actor, policy.ApproveReturns, at.object()); err != nil {
		return Review{}, err
	}
	return s.review(ctx, actor, at)
}

// ReviewToReopen answers what would be opened again.
func (s *Service) ReviewToReopen(ctx context.Context, actor policy.Actor, name Part) (Review, error) {
	at, err := s.findPart(ctx, actor, policy.ReopenReturns, name)
	if err != nil {
		return Review{}, err
	}
	if err := s.desk.Read(ctx, actor, policy.ReopenReturns, at.object()); err != nil {
		return Review{}, err
	}
	return s.review(ctx, actor, at)
}

func (s *Service) review(ctx context.Context, actor policy.Actor, at part) (Review, error) {
	view := Review{
		Programme: at.programme, Collection: at.c, Member: at.member, Period: at.period, DueOn: at.c.DueOn(at.period),
		MayEnter: policy.Allow(actor, policy.SubmitReturns, at.object()) == nil,
	}
	err := s.withList(ctx, at.c, at.period, func(ctx context.Context) (err error) {
		if view.Count, err = readReturnCount(ctx, s.desk.DB, at.c, at.member.Key, at.period); err != nil {
			return err
		}
		if err := s.reviewRates(ctx, &view); err != nil {
			return err
		}
		owing, err := s.owing(ctx, actor, at.programme, at.c, at.period, at.member.Key)
		view.Incomplete = slices.DeleteFunc(owing, Owing.Late)
		if err != nil || policy.Allow(actor, policy.ViewSiteLevels, at.object()) != nil {
			return err
		}
		sites, err := formSites(ctx, s.desk.DB, at.c, at.period, at.member.Key, 0)
		if err != nil {
			return err
		}
		view.Hints, err = s.hintsOn(ctx, at.c, at.period, sites)
		return err
	})
	if err != nil {
		return Review{}, err
	}
	all, err := approvalsOf(ctx, s.desk.DB, at.c, at.member.ID)
	view.Approvals = slices.DeleteFunc(all, func(a Approval) bool { return a.Period != at.period })
	return view, err
}

func (s *Service) reviewRates(ctx context.Context, view *Review) error {
	measures, err := measuresIn(ctx, s.desk.DB, view.Collection)
	if err != nil {
		return err
	}
	if view.Measure, view.HasRate = adoptionMeasure(measures); !view.HasRate {
		return nil
	}
	if view.Rate, err = rateIn(ctx, s.desk.DB, view.Measure, view.Member.Key, view.Period); err != nil {
		return err
	}
	view.RateBefore, err = rateIn(ctx, s.desk.DB, view.Measure, view.Member.Key, view.Period.Prev())
	return err
}

// rateIn answers the rate of a unit in one period.
func rateIn(ctx context.Context, d *db.DB, m Measure, unitKey int64, p period.Period) (Rate, error) {
	var eligible, reported, adopted int
	err := d.Row(ctx, `
		SELECT r.expected, coalesce(v.reported, 0), coalesce(v.adopted, 0) FROM return_rollup r
		LEFT JOIN measure_rollup v ON v.measure_key = $2 AND v.unit_key = r.unit_key AND v.period = r.period
		WHERE r.collection_key = $1 AND r.unit_key = $3 AND r.period = $4`, m.CollectionKey, m.Key, unitKey, p.Key()).
		Scan(&eligible, &reported, &adopted)
	if errors.Is(err, sql.ErrNoRows) {
		return Rate{}, nil
	}
	return Computed(adopted, reported, eligible), wrap("read a rate", err)
}
