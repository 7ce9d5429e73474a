package lever

import (
	"context"
	"slices"

	"sir/internal/audit"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// ProgrammeView is what levers do to a programme, as far as the reader may see
// its rollouts.
type ProgrammeView struct {
	Programme    rollout.Programme
	Today        string
	Levers       []Lever // all, by name
	Checks       []Check // the five
	Effects      []Effect
	Earlier      []Effect // findings that a later one took the place of, the newest first
	Rollouts     []rollout.Rollout
	Alerts       []Alert
	Endorsements []Endorsement
	MayAssess    bool
	MayRequest   bool
	actor        policy.Actor
}

// MayDecide tells whether the reader may decide an alert of the view.
func (v ProgrammeView) MayDecide(a Alert) bool { return a.mayDecide(v.actor) }

// Started counts the rollouts that have begun and not ended.
func (v ProgrammeView) Started() (n int) {
	for _, r := range v.Rollouts {
		if r.State == rollout.Active || r.State == rollout.Paused {
			n++
		}
	}
	return n
}

// Programme answers what levers do to a programme.
func (s *Service) Programme(ctx context.Context, actor policy.Actor, code string) (ProgrammeView, error) {
	p, rollouts, err := s.programme(ctx, actor, policy.ViewLeverEffects, code)
	if err != nil {
		return ProgrammeView{}, err
	}
	v := ProgrammeView{
		Programme: p, Today: s.today(), actor: actor,
		MayAssess:  policy.Allow(actor, policy.AssessLevers, p.Object()) == nil,
		MayRequest: policy.Allow(actor, policy.RequestEndorsement, p.Object()) == nil,
	}
	for _, r := range rollouts {
		if policy.Allow(actor, policy.ViewLeverEffects, r.Object()) == nil {
			v.Rollouts = append(v.Rollouts, r)
		}
	}
	if v.Levers, err = List(ctx, s.desk.DB); err != nil {
		return ProgrammeView{}, err
	}
	all, err := effectsOn(ctx, s.desk.DB, p.ID)
	if err != nil {
		return ProgrammeView{}, err
	}
	v.Checks, v.Effects, v.Earlier = Checks(v.Today, v.Levers, all), latest(all), superseded(all)
	alerts, err := listAlerts(ctx, s.desk.DB, "", p.ID)
	if err != nil {
		return ProgrammeView{}, err
	}
	v.Alerts = seen(actor, alerts)
	v.Endorsements, err = listEndorsements(ctx, s.desk.DB, p.ID)
	return v, err
}

// superseded answers the findings that are not the latest, the newest first.
func superseded(effects []Effect) (earlier []Effect) {
	last := map[string]bool{}
	for _, e := range latest(effects) {
		last[e.ID] = true
	}
	for i := len(effects) - 1; i >= 0; i-- {
		if !last[effects[i].ID] {
			earlier = append(earlier, effects[i])
		}
	}
	return earlier
}

// programme answers a programme and its rollouts to those who may do the
// action to it. One that is not there is refused like one that is closed.
func (s *Service) programme(ctx context.Context, actor policy.Actor, action policy.Action, code string) (rollout.Programme, []rollout.Rollout, error) {
	if !policy.Can(actor, action) {
		return rollout.Programme{}, nil, s.desk.Read(ctx, actor, action, policy.Object{})
	}
	p, missing := rollout.ProgrammeByCode(ctx, s.desk.DB, code)
	rollouts, err := rolloutsOf(ctx, s.desk.DB, p.ID)
	if err != nil {
		return p, nil, err
	}
	object := p.Object()
	if action == policy.ViewLeverEffects {
		object = opening(actor, p, rollouts)
	}
	if err := s.desk.Read(ctx, actor, action, object); err != nil {
		return p, nil, err
	}
	return p, rollouts, missing
}

// Assessing is what a form needs to write down what was found.
type Assessing struct {
	Programme rollout.Programme
	Kind      Kind
	Lever     *Lever // nil for the kind as a whole
	Last      *Effect
	Today     string
}

// Assessing answers the form for a lever, or for a kind where the id is empty.
func (s *Service) Assessing(ctx context.Context, actor policy.Actor, code, leverID string, kind Kind) (Assessing, error) {
	p, _, err := s.programme(ctx, actor, policy.AssessLevers, code)
	if err != nil {
		return Assessing{}, err
	}
	a := Assessing{Programme: p, Kind: kind, Today: s.today()}
	if leverID != "" {
		l, err := byID(ctx, s.desk.DB, leverID)
		if err != nil {
			return Assessing{}, err
		}
		a.Lever, a.Kind = &l, l.Kind
	} else if !slices.Contains(Five, kind) {
		return Assessing{}, fault.NotFound("There is no such type of lever to check.")
	}
	all, err := effectsOn(ctx, s.desk.DB, p.ID)
	for _, e := range latest(all) {
		if e.LeverID == leverID && e.Kind == a.Kind {
			a.Last = &e
		}
	}
	return a, err
}

// Assess writes down what somebody found. Where the lever changed since they
// read it, they must look at it again.
func (s *Service) Assess(ctx context.Context, actor policy.Actor, code string, a Assessment) error {
	p, _, err := s.programme(ctx, actor, policy.AssessLevers, code)
	if err != nil {
		return err
	}
	return s.desk.Write(ctx, actor, policy.AssessLevers, p.Object(), func(ctx context.Context) (audit.Note, error) {
		about := string(a.Kind)
		if a.Lever != "" {
			l, err := byID(ctx, s.desk.DB, a.Lever)
			if err != nil {
				return audit.Note{}, err
			}
			if l.Version != a.Version {
				return audit.Note{}, fault.Stale("%s was changed while you wrote this. Look at what it says now, then save again.", l.Name)
			}
			a.Kind, about = l.Kind, l.Name
		} else if !slices.Contains(Five, a.Kind) {
			return audit.Note{}, fault.NotFound("There is no such type of lever to check.")
		}
		if err := a.faults(s.today()).Err(); err != nil {
			return audit.Note{}, err
		}
		e := a.effect(p.ID, s.desk.Now(), signature(actor))
		return audit.Note{Object: p.Object().String(), Detail: map[string]string{
			"lever": about, "effect": string(e.Finding), "reason": e.Reason, "as at": e.AsAt,
		}}, InsertEffect(ctx, s.desk.DB, e)
	})
}
