package lever

import (
	"context"
	"slices"
	"time"

	"sir/internal/db"
	"sir/internal/policy"
	"sir/internal/rollout"
	"sir/internal/usecase"
)

// Service holds the use cases of levers.
type Service struct{ desk *usecase.Desk }

// New makes the service.
func New(desk *usecase.Desk) *Service { return &Service{desk} }

// today is the ISO date of the desk's clock.
func (s *Service) today() string { return s.desk.Now().UTC().Format(time.DateOnly) }

// Register is all levers as they stand.
type Register struct {
	Today      string
	Levers     []Lever             // by name
	Programmes []rollout.Programme // those whose checks the reader may see, by name
	Open       int                 // decisions that the reader may take
	MayChange  bool
}

// Register answers all levers.
func (s *Service) Register(ctx context.Context, actor policy.Actor) (Register, error) {
	if err := s.desk.Read(ctx, actor, policy.ViewLevers, policy.Object{}); err != nil {
		return Register{}, err
	}
	r := Register{Today: s.today(), MayChange: policy.Allow(actor, policy.ChangeLevers, policy.Object{}) == nil}
	var err error
	if r.Levers, err = List(ctx, s.desk.DB); err != nil {
		return Register{}, err
	}
	if r.Programmes, err = s.programmes(ctx, actor); err != nil {
		return Register{}, err
	}
	alerts, err := listAlerts(ctx, s.desk.DB, "", "")
	for _, a := range alerts {
		if a.Decision == "" && a.mayDecide(actor) {
			r.Open++
		}
	}
	return r, err
}

// programmes answers those whose effects the actor may see.
func (s *Service) programmes(ctx context.Context, actor policy.Actor) (visible []rollout.Programme, err error) {
	all, err := rollout.ListProgrammes(ctx, s.desk.DB)
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		rollouts, err := rolloutsOf(ctx, s.desk.DB, p.ID)
		if err != nil {
			return nil, err
		}
		if policy.Allow(actor, policy.ViewLeverEffects, opening(actor, p, rollouts)) == nil {
			visible = append(visible, p)
		}
	}
	return visible, nil
}

// opening answers the object by which the actor may see what levers do to a
// programme: the programme, or a rollout of theirs in it.
func opening(actor policy.Actor, p rollout.Programme, rollouts []rollout.Rollout) policy.Object {
	for _, r := range rollouts {
		if policy.Allow(actor, policy.ViewLeverEffects, r.Object()) == nil {
			return r.Object()
		}
	}
	return p.Object()
}

// View is one lever with its history and what it does, as far as the reader
// may see that.
type View struct {
	Lever
	Today     string
	Versions  []Version         // newest first
	Effects   []Effect          // the last on each programme that the reader may see
	Alerts    []Alert           // newest first
	Names     map[string]string // of all levers, by id
	MayChange bool
	actor     policy.Actor
}

// Look answers one lever.
func (s *Service) Look(ctx context.Context, actor policy.Actor, id string) (View, error) {
	if err := s.desk.Read(ctx, actor, policy.ViewLevers, policy.Object{}); err != nil {
		return View{}, err
	}
	v := View{Today: s.today(), MayChange: policy.Allow(actor, policy.ChangeLevers, policy.Object{}) == nil, actor: actor}
	var err error
	if v.Lever, err = byID(ctx, s.desk.DB, id); err != nil {
		return View{}, err
	}
	if v.Names, err = namesOf(ctx, s.desk.DB); err != nil {
		return View{}, err
	}
	if v.Versions, err = listVersions(ctx, s.desk.DB, id); err != nil {
		return View{}, err
	}
	return v, s.addEffects(ctx, &v)
}

// namesOf answers the names of all levers, by id.
func namesOf(ctx context.Context, d *db.DB) (map[string]string, error) {
	all, err := List(ctx, d)
	names := map[string]string{}
	for _, l := range all {
		names[l.ID] = l.Name
	}
	return names, err
}

// addEffects adds what the lever does where the reader may see it.
func (s *Service) addEffects(ctx context.Context, v *View) error {
	programmes, err := s.programmes(ctx, v.actor)
	if err != nil {
		return err
	}
	all, err := effectsOf(ctx, s.desk.DB, v.ID)
	if err != nil {
		return err
	}
	for _, e := range latest(all) {
		if slices.ContainsFunc(programmes, func(p rollout.Programme) bool { return p.ID == e.ProgrammeID }) {
			v.Effects = append(v.Effects, e)
		}
	}
	alerts, err := listAlerts(ctx, s.desk.DB, v.ID, "")
	v.Alerts = seen(v.actor, alerts)
	return err
}

// MayDecide tells whether the reader may decide an alert of the view.
func (v View) MayDecide(a Alert) bool { return a.mayDecide(v.actor) }
