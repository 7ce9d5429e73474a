package innovation

import (
	"context"

	"sir/internal/audit"
	"sir/internal/fault"
	"sir/internal/policy"
)

// ReadinessView is how ready an innovation is to spread, question by question.
type ReadinessView struct {
	View
	Questions []Asked
}

// Readiness answers what was answered on an innovation to those who may see it.
func (s *Service) Readiness(ctx context.Context, actor policy.Actor, code string) (ReadinessView, error) {
	i, err := s.find(ctx, actor, policy.ViewInnovations, code)
	if err != nil {
		return ReadinessView{}, err
	}
	answers, err := listAnswers(ctx, s.desk.DB, i.ID)
	return ReadinessView{s.view(actor, i), asked(answers)}, err
}

// Asking answers one question with its answers to those who may answer it.
func (s *Service) Asking(ctx context.Context, actor policy.Actor, code, key string) (View, Asked, error) {
	i, err := s.find(ctx, actor, policy.ChangeInnovation, code)
	if err != nil {
		return View{}, Asked{}, err
	}
	one, err := s.question(ctx, i, key)
	return s.view(actor, i), one, err
}

func (s *Service) question(ctx context.Context, i Innovation, key string) (Asked, error) {
	answers, err := listAnswers(ctx, s.desk.DB, i.ID)
	if err != nil {
		return Asked{}, err
	}
	for _, one := range asked(answers) {
		if one.Key == key {
			return one, nil
		}
	}
	return Asked{}, fault.NotFound("There is no such question.")
}

// Answer adds an answer to a question, unless somebody else answered it since
// the version. The same answer may be given again: it then holds for another
// year.
func (s *Service) Answer(ctx context.Context, actor policy.Actor, code, key string, version int64, in Answer) error {
	return s.change(ctx, actor, policy.ChangeInnovation, code, func(ctx context.Context, i Innovation) (audit.Note, error) {
		one, err := s.question(ctx, i, key)
		if err != nil {
			return audit.Note{}, err
		}
		a := in.described()
		if err := a.faults().Err(); err != nil {
			return audit.Note{}, err
		}
		before := one.Latest()
		if before.Version != version {
			return audit.Note{}, errStale
		}
		a.Key, a.Version, a.At, a.By = key, version+1, s.desk.Now(), rolesOf(actor)
		note := i.note("readiness answered", key+": "+a.Answer+"; "+a.Note)
		if before.Version > 0 {
			note.Detail["before"] = before.Answer + "; " + before.Note
		}
		return note, InsertAnswer(ctx, s.desk.DB, i.ID, a)
	})
}
