package innovation

import (
	"context"
	"strings"

	"sir/internal/audit"
	"sir/internal/fault"
	"sir/internal/policy"
)

// NarrativesView is what is said about an innovation, with the evidence that
// its lines may name.
type NarrativesView struct {
	EvidenceView
	Narratives []Narrative
}

// Narratives answers what is said about an innovation to those who may see it.
func (s *Service) Narratives(ctx context.Context, actor policy.Actor, code string) (NarrativesView, error) {
	known, err := s.Evidence(ctx, actor, code)
	if err != nil {
		return NarrativesView{}, err
	}
	v := NarrativesView{EvidenceView: known}
	v.Narratives, err = listNarratives(ctx, s.desk.DB, v.ID)
	return v, err
}

// Narrative answers one narrative with all its versions.
func (s *Service) Narrative(ctx context.Context, actor policy.Actor, code, id string) (NarrativesView, Narrative, error) {
	v, err := s.Narratives(ctx, actor, code)
	if err != nil {
		return v, Narrative{}, err
	}
	for _, n := range v.Narratives {
		if n.ID == id {
			return v, n, nil
		}
	}
	return v, Narrative{}, fault.NotFound("There is no such narrative.")
}

// Narrating answers an innovation with its evidence to those who may write
// what is said about it.
func (s *Service) Narrating(ctx context.Context, actor policy.Actor, code string) (NarrativesView, error) {
	if _, err := s.find(ctx, actor, policy.WriteNarratives, code); err != nil {
		return NarrativesView{}, err
	}
	return s.Narratives(ctx, actor, code)
}

// Write writes a narrative: a new one where id is empty, else its next
// version, unless somebody else wrote one since the version.
func (s *Service) Write(ctx context.Context, actor policy.Actor, code, id string, version int64, draft Draft) error {
	return s.change(ctx, actor, policy.WriteNarratives, code, func(ctx context.Context, i Innovation) (audit.Note, error) {
		items, err := listEvidence(ctx, s.desk.DB, i.ID)
		if err != nil {
			return audit.Note{}, err
		}
		t, wrong := draft.telling(items)
		if err := wrong.Err(); err != nil {
			return audit.Note{}, err
		}
		t.Number, t.WrittenAt, t.WrittenBy = 1, s.desk.Now(), rolesOf(actor)
		note := i.note(draft.Kind+" written", t.text())
		if id == "" {
			return note, InsertNarrative(ctx, s.desk.DB, Narrative{InnovationID: i.ID, Kind: draft.Kind, Versions: []Telling{t}}, items)
		}
		all, err := listNarratives(ctx, s.desk.DB, i.ID)
		if err != nil {
			return audit.Note{}, err
		}
		for _, n := range all {
			if n.ID == id {
				return note, addTelling(ctx, s.desk.DB, id, version, t, items, s.desk.Now())
			}
		}
		return audit.Note{}, fault.NotFound("There is no such narrative.")
	})
}

// rolesOf says who wrote something without naming a person.
func rolesOf(actor policy.Actor) string {
	var words []string
	for _, role := range actor.Roles() {
		words = append(words, string(role))
	}
	if len(words) == 0 {
		return "SIR"
	}
	return strings.Join(words, ", ")
}
