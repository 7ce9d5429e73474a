package rollout

import (
	"context"
	"strings"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/freetext"
	"sir/internal/network"
	"sir/internal/policy"
)

// View is a rollout with what the reader may do to it.
type View struct {
	Rollout
	Programme Programme
	History   []Change // the newest first
	Today     string
	MayChange bool
	MayMove   bool // to another state
}

// LastStart is the newest step by which the rollout became active; ok is false
// where it never did.
func (v View) LastStart() (c Change, ok bool) {
	for _, c := range v.History {
		if c.State == Active {
			return c, true
		}
	}
	return Change{}, false
}

// Look answers a rollout to those who may see it.
func (s *Service) Look(ctx context.Context, actor policy.Actor, id string) (View, error) {
	return s.look(ctx, actor, policy.ViewRollouts, id)
}

// Editing is Look for those who may change it.
func (s *Service) Editing(ctx context.Context, actor policy.Actor, id string) (View, error) {
	return s.look(ctx, actor, policy.ChangeRollout, id)
}

// Moving is Look for those who may change its state.
func (s *Service) Moving(ctx context.Context, actor policy.Actor, id string) (View, error) {
	return s.look(ctx, actor, policy.ChangeRolloutState, id)
}

func (s *Service) look(ctx context.Context, actor policy.Actor, action policy.Action, id string) (View, error) {
	r, err := s.find(ctx, actor, action, id)
	if err != nil {
		return View{}, err
	}
	v := View{
		Rollout: r, Today: s.today(),
		MayChange: policy.Allow(actor, policy.ChangeRollout, r.Object()) == nil,
		MayMove:   len(transitions[r.State]) > 0 && policy.Allow(actor, policy.ChangeRolloutState, r.Object()) == nil,
	}
	if v.Programme, err = programmeByID(ctx, s.desk.DB, r.ProgrammeID); err != nil {
		return View{}, err
	}
	v.History, err = history(ctx, s.desk.DB, r.ID)
	return v, err
}

// find answers a rollout to those who may do the action to it. One that is not
// there is refused like one that is closed.
func (s *Service) find(ctx context.Context, actor policy.Actor, action policy.Action, id string) (Rollout, error) {
	if !policy.Can(actor, action) {
		return Rollout{}, s.desk.Read(ctx, actor, action, policy.Object{})
	}
	r, missing := byID(ctx, s.desk.DB, id)
	if err := s.desk.Read(ctx, actor, action, r.Object()); err != nil {
		return Rollout{}, err
	}
	return r, missing
}

// described is the rollout with what people write taken from another.
func (r Rollout) described(by Rollout) Rollout {
	r.Aim, r.ExitRule, r.Budget = strings.TrimSpace(by.Aim), strings.TrimSpace(by.ExitRule), by.Budget
	r.PlannedStart, r.ActualStart, r.StartReason = by.PlannedStart, by.ActualStart, strings.TrimSpace(by.StartReason)
	return r
}

// faults lists what is wrong with what people wrote, by field of the form.
func (r Rollout) faults(today string) (wrong fault.Fields) {
	freetext.Optional(&wrong, "aim", r.Aim, longestText)
	freetext.Optional(&wrong, "exit-rule", r.ExitRule, longestText)
	requireDay(&wrong, "planned-start", "Enter the day on which it is planned to start.", r.PlannedStart)
	optionalDay(&wrong, "actual-start", r.ActualStart)
	if isDay(r.ActualStart) && r.ActualStart > today {
		wrong.Add("actual-start", "Enter a day that is not after today, or leave it empty.")
	}
	freetext.Optional(&wrong, "start-reason", r.StartReason, longestText)
	if r.ActualStart == "" && (r.State == Active || r.State == HandedOver) {
		wrong.Add("actual-start", "Enter the day on which it started.")
	}
	r.Budget.faults(&wrong)
	return wrong
}

// Change changes what people wrote about a rollout, unless somebody else
// changed it since the version. Its state is changed by Move.
func (s *Service) Change(ctx context.Context, actor policy.Actor, id string, version int64, in Rollout) error {
	seen, err := s.find(ctx, actor, policy.ChangeRollout, id)
	if err != nil {
		return err
	}
	return s.desk.Write(ctx, actor, policy.ChangeRollout, seen.Object(), func(ctx context.Context) (audit.Note, error) {
		r, err := byID(ctx, s.desk.DB, id)
		if err != nil {
			return audit.Note{}, err
		}
		changed := r.described(in)
		if err := changed.faults(s.today()).Err(); err != nil {
			return audit.Note{}, err
		}
		note := changed.note("changed", changed.text())
		note.Detail["before"] = r.text()
		changed.Version = version
		return note, update(ctx, s.desk.DB, changed)
	})
}

// Move takes a rollout to another state, unless somebody else changed it since
// the version. Becoming active for the first time is its actual start.
func (s *Service) Move(ctx context.Context, actor policy.Actor, id string, version int64, c Change) error {
	seen, err := s.find(ctx, actor, policy.ChangeRolloutState, id)
	if err != nil {
		return err
	}
	return s.desk.Write(ctx, actor, policy.ChangeRolloutState, seen.Object(), func(ctx context.Context) (audit.Note, error) {
		r, err := byID(ctx, s.desk.DB, id)
		if err != nil {
			return audit.Note{}, err
		}
		if r.Version != version { // before its faults: they may come of the change
			return audit.Note{}, unlessStale("", db.ErrNoChange)
		}
		c := c.tidy()
		if err := c.faults(r, s.today()).Err(); err != nil {
			return audit.Note{}, err
		}
		note := r.note("from", string(r.State))
		note.Detail["to"], note.Detail["since"], note.Detail["reason"] = string(c.State), c.Since, c.Reason
		if err := update(ctx, s.desk.DB, r.moved(c)); err != nil {
			return audit.Note{}, err
		}
		return note, s.addChange(ctx, actor, r.ID, c)
	})
}

// moved is the rollout after a change of its state.
func (r Rollout) moved(c Change) Rollout {
	if c.State == Active && r.ActualStart == "" {
		r.ActualStart = c.Since
		if days, ok := r.DaysLate(); ok && days != 0 {
			r.StartReason = c.Reason
		}
	}
	r.State, r.StateSince, r.Reason, r.Lesson = c.State, c.Since, c.Reason, c.Lesson
	return r
}

// addChange adds a step behind those that a rollout went through.
func (s *Service) addChange(ctx context.Context, actor policy.Actor, id string, c Change) error {
	earlier, err := history(ctx, s.desk.DB, id)
	if err != nil {
		return err
	}
	c.RolloutID, c.Number, c.MadeAt, c.MadeBy = id, int64(len(earlier))+1, s.desk.Now(), actor.Name
	return InsertChange(ctx, s.desk.DB, c)
}

// Opening is what the form for a new rollout needs.
type Opening struct {
	Programme Programme
	Members   []network.Member // without a rollout of the programme, for which the actor may add one; by name
	Today     string
}

// Opening answers the form for a new rollout of a programme.
func (s *Service) Opening(ctx context.Context, actor policy.Actor, programme string) (Opening, error) {
	if !policy.Can(actor, policy.ChangeRollout) {
		return Opening{}, s.desk.Read(ctx, actor, policy.ChangeRollout, policy.Object{})
	}
	p, err := ProgrammeByCode(ctx, s.desk.DB, programme)
	if err != nil {
		return Opening{}, err
	}
	o := Opening{Programme: p, Today: s.today()}
	members, err := network.ListMembers(ctx, s.desk.DB)
	if err != nil {
		return Opening{}, err
	}
	running, err := listByProgramme(ctx, s.desk.DB, p.ID)
	if err != nil {
		return Opening{}, err
	}
	taken := map[string]bool{}
	for _, r := range running {
		taken[r.MemberID] = true
	}
	for _, m := range members {
		if !taken[m.ID] && policy.Allow(actor, policy.ChangeRollout, Rollout{ProgrammeID: p.ID, MemberID: m.ID}.Object()) == nil {
			o.Members = append(o.Members, m)
		}
	}
	return o, nil
}

// Add adds a rollout of a programme by a member, in the state scoping, and
// answers its id.
func (s *Service) Add(ctx context.Context, actor policy.Actor, programme, memberCode string, in Rollout) (id string, err error) {
	o, err := s.Opening(ctx, actor, programme)
	if err != nil {
		return "", err
	}
	r := Rollout{ID: db.NewID(), ProgrammeID: o.Programme.ID, State: Scoping, StateSince: o.Today}.described(in)
	r.ActualStart, r.StartReason = "", "" // it starts when it becomes active
	wrong := r.faults(o.Today)
	for _, m := range o.Members {
		if m.Code == memberCode {
			r.MemberID = m.ID
		}
	}
	if r.MemberID == "" {
		wrong.Add("member", "Choose who runs it.")
	}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	return r.ID, s.desk.Write(ctx, actor, policy.ChangeRollout, r.Object(), func(ctx context.Context) (audit.Note, error) {
		err := Insert(ctx, s.desk.DB, r)
		if db.IsDuplicate(err) {
			err = fault.Stale("Somebody else added this rollout in the meantime. Look at it before you go on.")
		}
		if err != nil {
			return audit.Note{}, err
		}
		return r.note("added", r.text()), s.addChange(ctx, actor, r.ID, Change{State: Scoping, Since: o.Today, Reason: "The rollout was added."})
	})
}

// note says what was done to a rollout, and to what of it.
func (r Rollout) note(what, words string) audit.Note {
	return audit.Note{Object: r.Object().String(), Detail: map[string]string{"rollout": r.ID, what: words}}
}

// text is what people wrote in one line, for the audit trail.
func (r Rollout) text() string {
	return strings.Join([]string{r.Aim, r.ExitRule, r.PlannedStart, r.ActualStart, r.StartReason, r.Budget.text()}, "; ")
}
