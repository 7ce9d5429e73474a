package innovation

import (
	"context"
	"fmt"

	"sir/internal/audit"
	"sir/internal/fault"
	"sir/internal/policy"
)

// EvidenceView is what is known about an innovation.
type EvidenceView struct {
	View
	Items   []Evidence // that stand, by number
	Removed []Evidence
}

// Evidence answers what is known about an innovation to those who may see it.
func (s *Service) Evidence(ctx context.Context, actor policy.Actor, code string) (EvidenceView, error) {
	i, err := s.find(ctx, actor, policy.ViewInnovations, code)
	if err != nil {
		return EvidenceView{}, err
	}
	v := EvidenceView{View: s.view(actor, i)}
	all, err := listEvidence(ctx, s.desk.DB, i.ID)
	for _, e := range all {
		if e.RemovedOn == "" {
			v.Items = append(v.Items, e)
		} else {
			v.Removed = append(v.Removed, e)
		}
	}
	return v, err
}

// EditingEvidence answers a standing item to those who may change it.
func (s *Service) EditingEvidence(ctx context.Context, actor policy.Actor, code, id string) (View, Evidence, error) {
	i, err := s.find(ctx, actor, policy.ChangeInnovation, code)
	if err != nil {
		return View{}, Evidence{}, err
	}
	e, err := s.evidence(ctx, i, id)
	if err == nil && e.RemovedOn != "" {
		err = fault.NotFound("This evidence was taken out. Put it back before you change it.")
	}
	return s.view(actor, i), e, err
}

func (s *Service) evidence(ctx context.Context, i Innovation, id string) (Evidence, error) {
	all, err := listEvidence(ctx, s.desk.DB, i.ID)
	if err != nil {
		return Evidence{}, err
	}
	for _, e := range all {
		if e.ID == id {
			return e, nil
		}
	}
	return Evidence{}, fault.NotFound("There is no such evidence.")
}

// AddEvidence adds an item to an innovation.
func (s *Service) AddEvidence(ctx context.Context, actor policy.Actor, code string, in Evidence) error {
	return s.change(ctx, actor, policy.ChangeInnovation, code, func(ctx context.Context, i Innovation) (audit.Note, error) {
		e := Evidence{InnovationID: i.ID, Number: 1}.described(in)
		if err := e.faults(s.today()).Err(); err != nil {
			return audit.Note{}, err
		}
		all, err := listEvidence(ctx, s.desk.DB, i.ID)
		if err != nil {
			return audit.Note{}, err
		}
		if len(all) > 0 {
			e.Number = all[len(all)-1].Number + 1
		}
		return i.note("evidence added", e.text()), InsertEvidence(ctx, s.desk.DB, e)
	})
}

// ChangeEvidence changes an item, unless somebody else changed it since the
// version.
func (s *Service) ChangeEvidence(ctx context.Context, actor policy.Actor, code, id string, version int64, in Evidence) error {
	return s.onEvidence(ctx, actor, code, id, func(i Innovation, e *Evidence) (audit.Note, error) {
		changed := e.described(in)
		if err := changed.faults(s.today()).Err(); err != nil {
			return audit.Note{}, err
		}
		note := i.note("evidence changed", changed.text())
		note.Detail["before"] = e.text()
		*e = changed
		return note, nil
	}, version)
}

// RemoveEvidence takes an item out. It is kept, and lines that name it say so.
func (s *Service) RemoveEvidence(ctx context.Context, actor policy.Actor, code, id string, version int64) error {
	return s.onEvidence(ctx, actor, code, id, func(i Innovation, e *Evidence) (audit.Note, error) {
		e.RemovedOn = s.today()
		return i.note("evidence taken out", e.text()), nil
	}, version)
}

// RestoreEvidence puts an item back.
func (s *Service) RestoreEvidence(ctx context.Context, actor policy.Actor, code, id string, version int64) error {
	return s.onEvidence(ctx, actor, code, id, func(i Innovation, e *Evidence) (audit.Note, error) {
		e.RemovedOn = ""
		return i.note("evidence put back", e.text()), nil
	}, version)
}

func (s *Service) onEvidence(ctx context.Context, actor policy.Actor, code, id string,
	change func(Innovation, *Evidence) (audit.Note, error), version int64,
) error {
	return s.change(ctx, actor, policy.ChangeInnovation, code, func(ctx context.Context, i Innovation) (audit.Note, error) {
		e, err := s.evidence(ctx, i, id)
		if err != nil {
			return audit.Note{}, err
		}
		note, err := change(i, &e)
		if err != nil {
			return audit.Note{}, err
		}
		return note, updateEvidence(ctx, s.desk.DB, e, version)
	})
}

// text is the item in one line, for the audit trail.
func (e Evidence) text() string {
	return fmt.Sprintf("E%d %s: %s (%s, %s, %s, %s quality, %s) supports %s, review by %s",
		e.Number, e.Kind, e.Title, e.Source, e.DatedOn, e.Scope, e.Quality, e.Place, e.Supports, e.ReviewBy)
}
