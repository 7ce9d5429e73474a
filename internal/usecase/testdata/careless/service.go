// Package careless holds use cases with the mistakes that the check of use
// cases must find. It is read by a test, never built.
package careless

import (
	"context"

	"sir/internal/policy"
	"sir/internal/usecase"
)

// Service holds the use cases.
type Service struct{ desk *usecase.Desk }

// Forgotten asks nobody.
func (s *Service) Forgotten(ctx context.Context, actor policy.Actor) error { return s.erase(ctx) }

func (s *Service) erase(ctx context.Context) error {
	_, err := s.desk.DB.Exec(ctx, `DELETE FROM member`)
	return err
}

// Unlisted asks for an action that has no row.
func (s *Service) Unlisted(ctx context.Context, actor policy.Actor) error {
	return s.desk.Read(ctx, actor, policy.EraseEverything, policy.Object{})
}

// SpelledOut asks for an action that is no constant.
func (s *Service) SpelledOut(ctx context.Context, actor policy.Actor) error {
	return s.desk.Read(ctx, actor, "members.view", policy.Object{})
}

// Elsewhere asks through something that is not the desk.
func (s *Service) Elsewhere(ctx context.Context, actor policy.Actor, file interface {
	Read(context.Context, policy.Actor, policy.Action, policy.Object) error
},
) error {
	return file.Read(ctx, actor, policy.ViewMembers, policy.Object{})
}

// Anonymous does not say who asks.
func (s *Service) Anonymous(ctx context.Context) error { return s.erase(ctx) }

// Vague asks for an action that nothing names.
func (s *Service) Vague(ctx context.Context, actor policy.Actor, action policy.Action) error {
	return s.desk.Read(ctx, actor, action, policy.Object{})
}

// Forgetful is a use case without a service.
func Forgetful(ctx context.Context, actor policy.Actor) error { return nil }

// unexported methods are somebody else's part.
func (s *Service) quiet(ctx context.Context, actor policy.Actor) error { return nil }
