package lever_test

import (
	"errors"
	"testing"

	"sir/internal/fault"
	"sir/internal/lever"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// touched is a lever that helps p, and a change of it.
func (w *world) touched() (id string, asked int) {
	w.t.Helper()
	id = w.add(guidance())
	w.assess(lead, "p", id, lever.Helps)
	w.assess(otherLead, "q", id, lever.None)
	return id, w.change(id, 1, "2026-10-01")
}

func (w *world) open(actor policy.Actor) []lever.Alert {
	w.t.Helper()
	d, err := w.service.Decisions(w.t.Context(), actor)
	w.must(err)
	return d.Open
}

// A change asks each rollout that goes on and that the lever touches, and
// decides for none.
func TestAChangeAsksTheRolloutsItTouches(t *testing.T) {
	each(t, func(w *world) {
		id, asked := w.touched()
		open := w.open(manager)
		if asked != 2 || len(open) != 2 || open[0].Rollout.ID != "r-alder" || open[1].Rollout.ID != "r-birch" {
			w.t.Fatalf("%d asked, open are %+v", asked, open)
		}
		w.change(id, 2, "2026-12-01") // while nobody has decided
		again := w.open(manager)
		if len(again) != 2 || again[0].FromVersion != 1 || again[0].ToVersion != 3 {
			w.t.Errorf("after a second change open are %+v", again)
		}
		verdict := lever.Verdict{Decision: lever.GoOn, Reason: "We end before."}
		if err := w.service.Decide(w.t.Context(), manager, open[0].ID, open[0].Version, verdict); !errors.Is(err, fault.ErrStale) {
			w.t.Errorf("a decision about what changed since: %v", err)
		}
		w.must(w.service.Decide(w.t.Context(), manager, open[0].ID, again[0].Version, verdict))
		if err := w.service.Decide(w.t.Context(), manager, open[0].ID, again[0].Version+1, verdict); !errors.Is(err, fault.ErrStale) {
			w.t.Errorf("a second decision: %v", err)
		}
		w.change(id, 3, "2027-01-01") // a new question, the answer to the old one stays
		d, err := w.service.Decisions(w.t.Context(), manager)
		w.must(err)
		if len(d.Open) != 2 || len(d.Decided) != 1 || d.Decided[0].DecidedBy != "Ada (spread manager)" || d.Decided[0].Reason != verdict.Reason {
			w.t.Errorf("open are %d, decided %+v", len(d.Open), d.Decided)
		}
	})
}

// Invariant 7: stopped needs a reason and at least one lesson.
func TestAStopHasAReasonAndALesson(t *testing.T) {
	each(t, func(w *world) {
		w.touched()
		a := w.open(manager)[0]
		ctx := w.t.Context()
		checkField(w.t, w.service.Decide(ctx, manager, a.ID, a.Version, lever.Verdict{Decision: lever.Stop, Reason: "No money."}), "lesson")
		checkField(w.t, w.service.Decide(ctx, manager, a.ID, a.Version, lever.Verdict{Decision: lever.Pause}), "reason")
		checkField(w.t, w.service.Decide(ctx, manager, a.ID, a.Version, lever.Verdict{Decision: "wait", Reason: "x"}), "decision")
		kept := lever.Alert{
			LeverID: a.LeverID, Rollout: rollout.Rollout{ID: "r-alder"}, FromVersion: 1, ToVersion: 2, RaisedAt: a.RaisedAt,
			Decision: lever.Stop, Reason: "x", DecidedAt: a.RaisedAt, DecidedBy: "x",
		}
		if err := lever.InsertAlert(ctx, w.db, kept); err == nil {
			w.t.Error("a stop without a lesson was kept")
		}
		w.must(w.service.Decide(ctx, manager, a.ID, a.Version, lever.Verdict{Decision: lever.Stop, Reason: "No money.", Lesson: "Ask for it in writing."}))
		if e := w.newest(); e.Action != string(policy.DecideOnLevers) || e.Object != "member m-alder" {
			w.t.Errorf("the trail says %s of %s", e.Action, e.Object)
		}
	})
}

func TestDecisionsAreOpenAsThePolicySays(t *testing.T) {
	each(t, func(w *world) {
		w.touched()
		alder := w.open(manager)[0]
		for name, c := range map[string]struct {
			actor       policy.Actor
			id          string
			see, decide error
		}{
			"manager":            {manager, alder.ID, nil, nil},
			"another's manager":  {foreign, alder.ID, nil, fault.ErrForbidden},
			"another's senior":   {stranger, alder.ID, fault.ErrForbidden, fault.ErrForbidden},
			"another lead":       {otherLead, alder.ID, fault.ErrForbidden, fault.ErrForbidden},
			"champion":           {champion, alder.ID, fault.ErrForbidden, fault.ErrForbidden},
			"innovator":          {innovator, alder.ID, fault.ErrForbidden, fault.ErrForbidden},
			"senior, guessed id": {senior, "no-such", fault.ErrForbidden, fault.ErrForbidden},
			"nobody":             {policy.Nobody, alder.ID, fault.ErrSignedOut, fault.ErrSignedOut},
		} {
			if _, err := w.service.Alert(w.t.Context(), c.actor, c.id); !errors.Is(err, c.see) {
				w.t.Errorf("%s: seeing is answered %v, want %v", name, err, c.see)
			}
			err := w.service.Decide(w.t.Context(), c.actor, c.id, alder.Version, lever.Verdict{})
			if want := c.decide; want == nil && !errors.Is(err, fault.ErrInvalid) || want != nil && !errors.Is(err, want) {
				w.t.Errorf("%s: deciding is answered %v, want %v", name, err, want)
			}
		}
		if open := w.open(senior); len(open) != 1 || open[0].ID != alder.ID {
			w.t.Errorf("a senior manager sees open %+v", open)
		}
		if r, err := w.service.Register(w.t.Context(), senior); err != nil || r.Open != 1 {
			w.t.Errorf("the register tells a senior manager of %d, %v", r.Open, err)
		}
	})
}

func TestAnAlertShowsEveryChangeSince(t *testing.T) {
	each(t, func(w *world) {
		id, _ := w.touched()
		w.change(id, 2, "2026-12-01")
		v, err := w.service.Alert(w.t.Context(), senior, w.open(senior)[0].ID)
		w.must(err)
		if v.Before.To != "" || len(v.Changes) != 2 || v.Changes[0].To != "2026-10-01" || v.Now.To != "2026-12-01" || v.Effect.Finding != lever.Helps {
			w.t.Errorf("the alert shows %+v", v)
		}
	})
}
