package lever

import (
	"context"

	"sir/internal/audit"
	"sir/internal/fault"
	"sir/internal/policy"
)

// Desk is the alerts that the reader may see.
type Desk struct {
	Open    []Alert // newest first
	Decided []Alert
	actor   policy.Actor
}

// MayDecide tells whether the reader may decide an alert.
func (d Desk) MayDecide(a Alert) bool { return a.mayDecide(d.actor) }

// Decisions answers the alerts of all rollouts that the actor may see.
func (s *Service) Decisions(ctx context.Context, actor policy.Actor) (Desk, error) {
	if !policy.Can(actor, policy.ViewLeverEffects) {
		return Desk{}, s.desk.Read(ctx, actor, policy.ViewLeverEffects, policy.Object{})
	}
	d := Desk{actor: actor}
	all, err := listAlerts(ctx, s.desk.DB, "", "")
	for _, a := range seen(actor, all) {
		if a.Decision == "" {
			d.Open = append(d.Open, a)
		} else {
			d.Decided = append(d.Decided, a)
		}
	}
	return d, err
}

// AlertView is one alert with what the lever said before and says now.
type AlertView struct {
	Alert
	Before, Now Version
	Changes     []Version         // after Before, the oldest first
	Effect      Effect            // the last found for the programme
	Names       map[string]string // of all levers, by id
	MayDecide   bool
}

// Alert answers one alert.
func (s *Service) Alert(ctx context.Context, actor policy.Actor, id string) (AlertView, error) {
	a, err := s.findAlert(ctx, actor, policy.ViewLeverEffects, id)
	if err != nil {
		return AlertView{}, err
	}
	v := AlertView{Alert: a, MayDecide: a.mayDecide(actor)}
	if v.Names, err = namesOf(ctx, s.desk.DB); err != nil {
		return AlertView{}, err
	}
	versions, err := listVersions(ctx, s.desk.DB, a.LeverID)
	if err != nil {
		return AlertView{}, err
	}
	for _, one := range versions {
		switch {
		case one.Number == a.FromVersion:
			v.Before = one
		case one.Number > a.FromVersion && one.Number <= a.ToVersion:
			v.Changes = append([]Version{one}, v.Changes...)
		}
	}
	v.Now = v.Changes[len(v.Changes)-1]
	found, err := effectsOf(ctx, s.desk.DB, a.LeverID)
	for _, e := range latest(found) {
		if e.ProgrammeID == a.Rollout.ProgrammeID {
			v.Effect = e
		}
	}
	return v, err
}

// findAlert answers an alert to those who may do the action to its rollout.
// One that is not there is refused like one that is closed.
func (s *Service) findAlert(ctx context.Context, actor policy.Actor, action policy.Action, id string) (Alert, error) {
	if !policy.Can(actor, action) {
		return Alert{}, s.desk.Read(ctx, actor, action, policy.Object{})
	}
	found, err := findAlerts(ctx, s.desk.DB, id)
	if err != nil {
		return Alert{}, err
	}
	var a Alert
	if len(found) > 0 {
		a = found[0]
	}
	if err := s.desk.Read(ctx, actor, action, a.Rollout.Object()); err != nil {
		return Alert{}, err
	}
	if len(found) == 0 {
		return Alert{}, fault.NotFound("There is no such decision.")
	}
	return a, nil
}

// Decide says what becomes of a rollout after a lever changed, unless the
// lever changed again, or somebody else decided, since the version that was
// seen. It leaves the rollout's own state to those who run it.
func (s *Service) Decide(ctx context.Context, actor policy.Actor, id string, seen int64, v Verdict) error {
	a, err := s.findAlert(ctx, actor, policy.DecideOnLevers, id)
	if err != nil {
		return err
	}
	return s.desk.Write(ctx, actor, policy.DecideOnLevers, a.Rollout.Object(), func(ctx context.Context) (audit.Note, error) {
		if err := v.faults().Err(); err != nil {
			return audit.Note{}, err
		}
		v = v.tidy()
		a.Version, a.Decision, a.Reason, a.Lesson = seen, v.Decision, v.Reason, v.Lesson
		a.DecidedAt, a.DecidedBy = s.desk.Now(), signature(actor)
		return audit.Note{Object: a.Rollout.Object().String(), Detail: map[string]string{
			"programme": a.ProgrammeCode, "lever": a.LeverName, "decided to": string(v.Decision), "reason": v.Reason,
		}}, decide(ctx, s.desk.DB, a)
	})
}
