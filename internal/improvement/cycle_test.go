package improvement_test

import (
	"errors"
	"strings"
	"testing"

	"sir/internal/fault"
	"sir/internal/improvement"
	"sir/internal/policy"
)

func (w *world) planned(p improvement.Plan) string {
	w.t.Helper()
	id, err := w.service.PlanCycle(w.t.Context(), manager, alder, p)
	w.must(err)
	return id
}

func (w *world) cycle(id string) improvement.CycleView {
	w.t.Helper()
	v, err := w.service.Cycle(w.t.Context(), manager, alder, id)
	w.must(err)
	return v
}

// A cycle goes through its steps in their order and no other.
func TestACycleGoesStepByStep(t *testing.T) {
	each(t, func(w *world) {
		ctx, s := w.t.Context(), w.service
		id := w.planned(plan("2026-06-01", ""))
		if v := w.cycle(id); v.State(today) != improvement.Planned || v.MadeBy != "spread manager" || v.SiteName != "Site" {
			w.t.Errorf("it is %s, made by %s at %s", v.State(today), v.MadeBy, v.SiteName)
		}
		if err := s.RecordDone(ctx, manager, alder, id, 1, "X", today); !errors.Is(err, fault.ErrInvalid) {
			w.t.Errorf("done before it began: %v", err)
		}
		checkField(w.t, s.ChangePlan(ctx, manager, alder, id, 1, plan("2026-05-01", " ")), "prediction")
		w.must(s.ChangePlan(ctx, manager, alder, id, 1, plan("2026-05-01", "Half will use it.")))
		if err := s.ChangePlan(ctx, manager, alder, id, 2, plan("2026-05-01", "All will.")); !errors.Is(err, fault.ErrStale) {
			w.t.Errorf("the prediction was changed after the start: %v", err)
		}
		if err := s.RecordStudy(ctx, manager, alder, id, 2, "X"); !errors.Is(err, fault.ErrInvalid) {
			w.t.Errorf("studied before it was done: %v", err)
		}
		for _, day := range []string{"2026-05-21", "2026-04-30", ""} {
			checkField(w.t, s.RecordDone(ctx, manager, alder, id, 2, "Two Mondays.", day), "ended-on")
		}
		w.must(s.RecordDone(ctx, manager, alder, id, 2, "Two Mondays.", "2026-05-12"))
		if err := s.Decide(ctx, manager, alder, id, 3, improvement.Adopt, "X"); !errors.Is(err, fault.ErrInvalid) {
			w.t.Errorf("decided before it was studied: %v", err)
		}
		if err := s.RecordStudy(ctx, manager, alder, id, 2, "Late"); !errors.Is(err, fault.ErrStale) {
			w.t.Errorf("a step on an old version: %v", err)
		}
		w.must(s.RecordStudy(ctx, manager, alder, id, 3, "A third used it, fewer than predicted."))
		checkField(w.t, s.Decide(ctx, manager, alder, id, 4, "shelve", "X"), "decision")
		checkField(w.t, s.Decide(ctx, manager, alder, id, 4, improvement.Abandon, ""), "why")
		w.must(s.Decide(ctx, manager, alder, id, 4, improvement.Adapt, "Use the night handover too."))
		if err := s.Decide(ctx, manager, alder, id, 5, improvement.Adopt, "X"); !errors.Is(err, fault.ErrStale) {
			w.t.Errorf("decided twice: %v", err)
		}
		v := w.cycle(id)
		next := v.Choices.NextPlan(v.Cycle)
		if v.State(today) != improvement.Adapted || next.Prediction != "" || next.StartsOn != "" || !strings.Contains(next.Plan, v.DecidedWhy) {
			w.t.Errorf("%s, the next plan is %+v", v.State(today), next)
		}
		if e := w.newest(); !strings.Contains(e.Detail, "decided to adapt") || e.Object != "site s-1" {
			w.t.Errorf("the trail says %s of %s", e.Detail, e.Object)
		}
	})
}

func TestPlansThatAreWrong(t *testing.T) {
	each(t, func(w *world) {
		for at, change := range map[string]func(*improvement.Plan){
			"title":      func(p *improvement.Plan) { p.Title = "" },
			"idea":       func(p *improvement.Plan) { p.Idea = "no-such" },
			"measure":    func(p *improvement.Plan) { p.Measure = "no-such" },
			"site":       func(p *improvement.Plan) { p.Site = "S2" },
			"starts-on":  func(p *improvement.Plan) { p.StartsOn = "soon" },
			"ends-on":    func(p *improvement.Plan) { p.EndsOn = "2026-05-31" },
			"plan":       func(p *improvement.Plan) { p.Plan = strings.Repeat("x", 2001) },
			"prediction": func(p *improvement.Plan) { p.Prediction = "tell a@b.uk" },
		} {
			p := plan("2026-06-01", "")
			change(&p)
			_, err := w.service.PlanCycle(w.t.Context(), manager, alder, p)
			checkField(w.t, err, at)
		}
	})
}

func TestCyclesAreOpenAsThePolicySays(t *testing.T) {
	each(t, func(w *world) {
		ctx := w.t.Context()
		atSite, of := w.planned(plan("2026-05-01", "Half.")), plan("2026-05-02", "Half.")
		of.Site = ""
		ofMember := w.planned(of)
		for name, c := range map[string]struct {
			actor    policy.Actor
			at, site error
		}{
			"lead": {lead, nil, nil}, "manager": {manager, nil, nil}, "senior": {senior, nil, nil},
			"champion": {champion, fault.ErrForbidden, nil}, "other manager": {foreign, fault.ErrForbidden, fault.ErrForbidden},
			"evaluator": {visitor, fault.ErrForbidden, fault.ErrForbidden}, "nobody": {policy.Nobody, fault.ErrSignedOut, fault.ErrSignedOut},
		} {
			if _, err := w.service.Cycle(ctx, c.actor, alder, ofMember); !errors.Is(err, c.at) {
				w.t.Errorf("%s: the member's cycle is answered %v, want %v", name, err, c.at)
			}
			if _, err := w.service.Cycle(ctx, c.actor, alder, atSite); !errors.Is(err, c.site) {
				w.t.Errorf("%s: the site's cycle is answered %v, want %v", name, err, c.site)
			}
		}
		for _, actor := range []policy.Actor{senior, champion, foreign} {
			if err := w.service.RecordDone(ctx, actor, alder, atSite, 1, "X", today); !errors.Is(err, fault.ErrForbidden) {
				w.t.Errorf("%s records a step: %v", actor.Grants[0].Role, err)
			}
		}
		if v, err := w.service.Look(ctx, champion, shared); err != nil || len(v.Cycles) != 1 || v.Cycles[0].ID != atSite || len(v.Members) > 0 {
			w.t.Errorf("a champion sees %d cycles and %d members (%v), want that of the site alone", len(v.Cycles), len(v.Members), err)
		}
	})
}

func TestCyclesOfAMeasure(t *testing.T) {
	each(t, func(w *world) {
		ctx := w.t.Context()
		own := w.planned(plan("2026-05-01", "Half."))
		w.planned(plan("2026-05-21", "Half.")) // after today
		w.planned(plan("2026-06-01", ""))      // without a prediction
		other := plan("2026-04-01", "Half.")
		other.Site = ""
		if _, err := w.service.PlanCycle(ctx, foreign, birch, other); err != nil {
			w.t.Fatal(err)
		}
		for key, want := range map[int64]int{0: 4, 1: 3, 2: 1, 3: 0} {
			got, err := improvement.CyclesOf(ctx, w.db, "m", key)
			if err != nil || len(got) != want {
				w.t.Errorf("unit %d has %d cycles, want %d (%v)", key, len(got), want, err)
			}
		}
		if got, err := w.service.CyclesOn(ctx, manager, "m", 0); err != nil || len(got) != 1 || got[0].ID != own {
			w.t.Errorf("a manager sees %d cycles of all (%v), want the own that has begun alone", len(got), err)
		}
		if got, err := w.service.CyclesOn(ctx, lead, "m", 0); err != nil || len(got) != 2 {
			w.t.Errorf("a lead sees %d cycles of all (%v), want both that have begun", len(got), err)
		}
		if _, err := w.service.CyclesOn(ctx, visitor, "m", 0); !errors.Is(err, fault.ErrForbidden) {
			w.t.Errorf("an evaluator is answered %v", err)
		}
	})
}
