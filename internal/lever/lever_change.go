package lever

import (
	"context"
	"strconv"
	"strings"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/freetext"
	"sir/internal/policy"
)

// Form is what a form needs to add a lever, or to change the one that stands.
type Form struct {
	Lever  // zero for a new one
	Others []Lever
	Last   Version // by whom and why the lever was last changed
}

// NewForm answers what a form needs to add a lever.
func (s *Service) NewForm(ctx context.Context, actor policy.Actor) (Form, error) {
	if err := s.desk.Read(ctx, actor, policy.ChangeLevers, policy.Object{}); err != nil {
		return Form{}, err
	}
	others, err := List(ctx, s.desk.DB)
	return Form{Others: others}, err
}

// ChangeForm answers what a form needs to change a lever.
func (s *Service) ChangeForm(ctx context.Context, actor policy.Actor, id string) (Form, error) {
	form, err := s.NewForm(ctx, actor)
	if err != nil {
		return Form{}, err
	}
	if form.Lever, err = byID(ctx, s.desk.DB, id); err != nil {
		return Form{}, err
	}
	form.Others = without(form.Others, id)
	versions, err := listVersions(ctx, s.desk.DB, id)
	if err != nil {
		return Form{}, err
	}
	form.Last = versions[0]
	return form, nil
}

// without leaves a lever out of a list.
func without(levers []Lever, id string) (others []Lever) {
	for _, l := range levers {
		if l.ID != id {
			others = append(others, l)
		}
	}
	return others
}

// Add puts a lever into the register and answers its id.
func (s *Service) Add(ctx context.Context, actor policy.Actor, w Wording) (string, error) {
	id := db.NewID()
	return id, s.desk.Write(ctx, actor, policy.ChangeLevers, policy.Object{}, func(ctx context.Context) (audit.Note, error) {
		w, err := s.checked(ctx, "", w)
		if err != nil {
			return audit.Note{}, err
		}
		first := Version{Wording: w, MadeAt: s.desk.Now(), MadeBy: signature(actor), Why: "Added to the register"}
		return w.note(id, "added", first.Why), Insert(ctx, s.desk.DB, Lever{ID: id}, first)
	})
}

// Change gives a lever a new version, unless somebody else did since the
// version that was seen, and opens a decision for each rollout that the lever
// touches. It answers how many.
func (s *Service) Change(ctx context.Context, actor policy.Actor, id string, seen int64, w Wording, why string) (alerts int, err error) {
	err = s.desk.Write(ctx, actor, policy.ChangeLevers, policy.Object{}, func(ctx context.Context) (audit.Note, error) {
		w, err := s.checkedChange(ctx, id, w, why)
		if err != nil {
			return audit.Note{}, err
		}
		next := Version{Wording: w, MadeAt: s.desk.Now(), MadeBy: signature(actor), Why: strings.TrimSpace(why)}
		if err := InsertChange(ctx, s.desk.DB, id, seen, next); err != nil {
			return audit.Note{}, err
		}
		alerts, err = raise(ctx, s.desk.DB, id, seen, next.MadeAt)
		note := w.note(id, "changed", next.Why)
		note.Detail["decisions asked for"] = strconv.Itoa(alerts)
		return note, err
	})
	return alerts, err
}

// checked answers the wording without stray space, or what is wrong with it.
func (s *Service) checked(ctx context.Context, id string, w Wording) (Wording, error) {
	all, err := List(ctx, s.desk.DB)
	if err != nil {
		return w, err
	}
	var others []string
	for _, l := range without(all, id) {
		others = append(others, l.ID)
	}
	w = w.tidy()
	return w, w.faults(others).Err()
}

// checkedChange is checked for a lever that stands.
func (s *Service) checkedChange(ctx context.Context, id string, w Wording, why string) (Wording, error) {
	before, err := byID(ctx, s.desk.DB, id)
	if err != nil {
		return w, err
	}
	w, err = s.checked(ctx, id, w)
	wrong, others := shown(err)
	if others != nil {
		return w, others
	}
	freetext.Required(&wrong, "why", "Say why it is changed, for those whose rollouts it touches.", why, longestText)
	if len(wrong) == 0 && w == before.Wording {
		return w, fault.Invalid("Nothing was changed. Change something, or leave the page.")
	}
	return w, wrong.Err()
}

// shown takes the fields that are wrong out of an error; what is not about
// fields stays an error.
func shown(err error) (fault.Fields, error) {
	if wrong, ok := err.(*fault.Error); ok && len(wrong.Fields) > 0 { //nolint:errorlint // made by Fields.Err, never wrapped
		return wrong.Fields, nil
	}
	return nil, err
}

func (w Wording) tidy() Wording {
	w.Name, w.Body, w.Source = freetext.OneLine(w.Name), freetext.OneLine(w.Body), freetext.OneLine(w.Source)
	w.Summary = strings.TrimSpace(w.Summary)
	return w
}

// note says what was done to a lever.
func (w Wording) note(id, what, why string) audit.Note {
	return audit.Note{Object: "lever " + id, Detail: map[string]string{what: w.Name, "in force from": w.From, "in force to": w.To, "why": why}}
}
