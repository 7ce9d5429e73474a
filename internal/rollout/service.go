package rollout

import (
	"context"
	"slices"
	"time"

	"sir/internal/policy"
	"sir/internal/usecase"
)

// Service holds the use cases of programmes and rollouts.
type Service struct{ desk *usecase.Desk }

// New makes the service.
func New(desk *usecase.Desk) *Service { return &Service{desk} }

// today is the ISO date of the desk's clock.
func (s *Service) today() string { return s.desk.Now().UTC().Format(time.DateOnly) }

// ProgrammeRollouts is a programme with the rollouts that a reader may see.
type ProgrammeRollouts struct {
	Programme Programme
	Rollouts  []Rollout
}

// Overview answers the programmes that have rollouts the actor may see, each
// with those, by name.
func (s *Service) Overview(ctx context.Context, actor policy.Actor) ([]ProgrammeRollouts, error) {
	if !policy.Can(actor, policy.ViewRollouts) {
		return nil, s.desk.Read(ctx, actor, policy.ViewRollouts, policy.Object{})
	}
	programmes, err := ListProgrammes(ctx, s.desk.DB)
	if err != nil {
		return nil, err
	}
	var overview []ProgrammeRollouts
	for _, p := range programmes {
		all, err := listByProgramme(ctx, s.desk.DB, p.ID)
		if err != nil {
			return nil, err
		}
		if seen := visible(actor, all); len(seen) > 0 {
			overview = append(overview, ProgrammeRollouts{p, seen})
		}
	}
	return overview, nil
}

// visible keeps the rollouts that the actor may see.
func visible(actor policy.Actor, all []Rollout) []Rollout {
	return slices.DeleteFunc(all, func(r Rollout) bool { return policy.Allow(actor, policy.ViewRollouts, r.Object()) != nil })
}
