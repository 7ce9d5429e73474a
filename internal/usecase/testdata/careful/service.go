// Package careful holds use cases that ask, each in a way that areas use. It
// is read by a test, never built.
package careful

import (
	"context"

	"sir/internal/audit"
	"sir/internal/policy"
	"sir/internal/usecase"
)

// Service holds the use cases.
type Service struct{ desk *usecase.Desk }

// Direct asks itself.
func (s *Service) Direct(ctx context.Context, actor policy.Actor) error {
	return s.desk.Read(ctx, actor, policy.ViewMembers, policy.Object{})
}

// Through asks by way of two others.
func (s *Service) Through(ctx context.Context, actor policy.Actor) error { return s.first(ctx, actor) }

func (s *Service) first(ctx context.Context, actor policy.Actor) error { return second(ctx, s, actor) }

func second(ctx context.Context, s *Service, actor policy.Actor) error {
	return s.desk.Write(ctx, actor, policy.AddAccount, policy.Object{}, func(context.Context) (audit.Note, error) {
		return audit.Note{}, nil
	})
}

// Chosen picks the action first.
func (s *Service) Chosen(ctx context.Context, actor policy.Actor) error {
	action := pick()
	return s.desk.Read(ctx, actor, action, policy.Object{})
}

func pick() policy.Action { return policy.ViewCases }
