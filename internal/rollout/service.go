package rollout

import (
	"context"

	"sir/internal/policy"
	"sir/internal/usecase"
)

// Service holds the use cases of programmes and rollouts.
type Service struct{ desk *usecase.Desk }

// New makes the service.
func New(desk *usecase.Desk) *Service { return &Service{desk} }

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
		var visible []Rollout
		for _, r := range all {
			if policy.Allow(actor, policy.ViewRollouts, r.Object()) == nil {
				visible = append(visible, r)
			}
		}
		if len(visible) > 0 {
			overview = append(overview, ProgrammeRollouts{p, visible})
		}
	}
	return overview, nil
}
