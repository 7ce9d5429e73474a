package adoption

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// CountedIn answers the programmes in which a site or a unit counts, or
// counted, and in which the actor may see its figures, by name; none where
// there is nothing of the kind with the code.
func (s *Service) CountedIn(ctx context.Context, actor policy.Actor, kind network.UnitKind, code string) ([]rollout.Programme, error) {
	all, err := s.Programmes(ctx, actor)
	if err != nil {
		return nil, err
	}
	counts := s.unitCounts
	if kind == network.SiteKind {
		counts = s.siteCounts
	}
	var open []rollout.Programme
	for _, p := range all {
		yes, err := counts(ctx, actor, p, code)
		if err != nil {
			return nil, fmt.Errorf("look for %s in %s: %w", code, p.Code, err)
		}
		if yes {
			open = append(open, p)
		}
	}
	return open, nil
}

// unitCounts tells whether the actor may see figures of a unit in a programme,
// and there are any.
func (s *Service) unitCounts(ctx context.Context, actor policy.Actor, p rollout.Programme, code string) (bool, error) {
	unit, err := network.UnitByCode(ctx, s.desk.DB, code)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	published, err := publishedFor(ctx, s.desk.DB, p.ID, unit.ID)
	if published > 0 || err != nil { // which everybody sees who sees the programme
		return published > 0, err
	}
	if open := policy.Allow(actor, policy.ViewMemberRates, unitObject(p, unit)) == nil; !open {
		return false, nil
	}
	n, err := periodsCounted(ctx, s.desk.DB, p.ID, unit.Key)
	return n > 0, err
}

// siteCounts is unitCounts for a site.
func (s *Service) siteCounts(ctx context.Context, actor policy.Actor, p rollout.Programme, code string) (bool, error) {
	site, err := network.SiteByCode(ctx, s.desk.DB, code)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	member, err := lastMember(ctx, s.desk.DB, p.ID, site.Key)
	if err != nil || member == "" {
		return false, err
	}
	object := policy.Object{Programme: p.ID, Site: site.ID, Member: member}
	return policy.Allow(actor, policy.ViewSiteLevels, object) == nil, nil
}
