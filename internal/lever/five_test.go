package lever_test

import (
	"errors"
	"testing"

	"sir/internal/fault"
	"sir/internal/lever"
	"sir/internal/policy"
)

func (w *world) state(kind lever.Kind) lever.CheckState {
	w.t.Helper()
	for _, c := range w.programme(lead, "p").Checks {
		if c.Kind == kind {
			return c.State
		}
	}
	w.t.Fatalf("%s is not among the five", kind)
	return ""
}

func (w *world) is(kind lever.Kind, want lever.CheckState) {
	w.t.Helper()
	if got := w.state(kind); got != want {
		w.t.Errorf("%s is %q, want %q", kind, got, want)
	}
}

// Invariant 6: before it is active, a rollout's five levers are checked, or
// that is waived.
func TestTheFiveAreCheckedOneByOne(t *testing.T) {
	each(t, func(w *world) {
		if v := w.programme(lead, "p"); len(v.Checks) != 5 || lever.Missing(v.Checks) != 5 || v.Started() != 2 {
			w.t.Fatalf("at first %d of %d are missing, %d rollouts started", lever.Missing(v.Checks), len(v.Checks), v.Started())
		}
		id := w.add(guidance())
		w.is(lever.Guidance, lever.NotChecked)
		w.assess(lead, "p", id, lever.Unknown)
		w.is(lever.Guidance, lever.Checked)
		second := guidance()
		second.Name = "Guidance 2"
		other := w.add(second)
		w.is(lever.Guidance, lever.LookAgain) // a new one that nobody looked at
		w.assess(lead, "p", other, lever.Helps)
		w.is(lever.Guidance, lever.Checked)
		w.change(id, 1, "2026-10-01")
		w.is(lever.Guidance, lever.LookAgain) // it changed since
		w.assess(lead, "p", id, lever.Hinders)
		w.is(lever.Guidance, lever.Checked)
		ended := guidance()
		ended.Name, ended.From, ended.To = "Guidance 0", "2020-01-01", "2021-01-01"
		w.add(ended)
		w.is(lever.Guidance, lever.Checked)
		if v := w.programme(lead, "p"); lever.Missing(v.Checks) != 4 || len(v.Earlier) != 1 {
			w.t.Errorf("%d of the five are missing, %d earlier findings", lever.Missing(v.Checks), len(v.Earlier))
		}
	})
}

// A kind without any lever is checked by saying so, until there is one.
func TestAKindWithoutALeverIsCheckedToo(t *testing.T) {
	each(t, func(w *world) {
		none := lever.Assessment{Kind: lever.Guidance, Finding: lever.NoLever, Reason: "Searched the register of guidance.", AsAt: today}
		w.must(w.service.Assess(w.t.Context(), lead, "p", none))
		w.is(lever.Guidance, lever.Checked)
		w.add(guidance())
		w.is(lever.Guidance, lever.LookAgain)
	})
}

// Invariant 5: a gate warns and never blocks; a waiver has a reason and a name.
func TestAWaiverHasAReasonAndAName(t *testing.T) {
	each(t, func(w *world) {
		waiver := lever.Assessment{Kind: lever.Contract, Finding: lever.Waived, AsAt: today}
		checkField(w.t, w.service.Assess(w.t.Context(), lead, "p", waiver), "reason")
		waiver.Reason = "No money changes hands."
		w.must(w.service.Assess(w.t.Context(), lead, "p", waiver))
		w.is(lever.Contract, lever.Excused)
		for _, c := range w.programme(lead, "p").Checks {
			if c.Kind == lever.Contract && (c.Findings[0].MadeBy != "Ada (programme lead)" || c.Findings[0].Reason != waiver.Reason) {
				w.t.Errorf("the waiver is %+v", c.Findings[0])
			}
		}
		nameless := lever.Effect{ProgrammeID: "p", Kind: lever.Plan, Finding: lever.Waived, Reason: "x", AsAt: today}
		if err := lever.InsertEffect(w.t.Context(), w.db, nameless); err == nil {
			w.t.Error("a waiver without a name was kept")
		}
	})
}

// Invariant 4: direction belongs to the observation. The same lever helps one
// programme and hinders another, and an earlier finding stays as it was.
func TestTheDirectionBelongsToTheFinding(t *testing.T) {
	each(t, func(w *world) {
		id := w.add(guidance())
		w.assess(lead, "p", id, lever.Hinders)
		w.assess(lead, "p", id, lever.Helps)
		w.assess(otherLead, "q", id, lever.None)
		v, err := w.service.Look(w.t.Context(), foreign, id)
		w.must(err)
		found := map[string]lever.Finding{}
		for _, e := range v.Effects {
			found[e.ProgrammeCode] = e.Finding
		}
		if len(v.Effects) != 2 || found["p"] != lever.Helps || found["q"] != lever.None {
			w.t.Errorf("the lever is found %v", found)
		}
		if earlier := w.programme(lead, "p").Earlier; len(earlier) != 1 || earlier[0].Finding != lever.Hinders {
			w.t.Errorf("earlier findings are %+v", earlier)
		}
		if v, err := w.service.Look(w.t.Context(), senior, id); err != nil || len(v.Effects) != 1 || v.Effects[0].ProgrammeCode != "p" {
			w.t.Errorf("a senior manager of another member sees %+v, %v", v.Effects, err)
		}
	})
}

func TestFindingsThatAreWrong(t *testing.T) {
	each(t, func(w *world) {
		id := w.add(guidance())
		right := lever.Assessment{Lever: id, Version: 1, Finding: lever.Helps, Reason: "It pays.", AsAt: today}
		for at, spoil := range map[string]func(*lever.Assessment){
			"finding": func(a *lever.Assessment) { a.Finding = lever.Waived },
			"reason":  func(a *lever.Assessment) { a.Reason = "ask a.nurse@example.org" },
			"as-at":   func(a *lever.Assessment) { a.AsAt = "2026-05-21" },
		} {
			wrong := right
			spoil(&wrong)
			checkField(w.t, w.service.Assess(w.t.Context(), lead, "p", wrong), at)
		}
		for want, spoil := range map[error]func(*lever.Assessment){
			fault.ErrStale:    func(a *lever.Assessment) { a.Version = 2 },
			fault.ErrNotFound: func(a *lever.Assessment) { a.Lever = "no-such" },
		} {
			wrong := right
			spoil(&wrong)
			if err := w.service.Assess(w.t.Context(), lead, "p", wrong); !errors.Is(err, want) {
				w.t.Errorf("%+v: %v, want %v", wrong, err, want)
			}
		}
		for _, kind := range []lever.Kind{lever.Regulation, "rumour"} {
			err := w.service.Assess(w.t.Context(), lead, "p", lever.Assessment{Kind: kind, Finding: lever.NoLever, Reason: "x", AsAt: today})
			if !errors.Is(err, fault.ErrNotFound) {
				w.t.Errorf("a check of %s: %v", kind, err)
			}
		}
	})
}

// What levers do to a programme is closed to those without a part in it.
func TestEffectsAreOpenAsThePolicySays(t *testing.T) {
	each(t, func(w *world) {
		for name, c := range map[string]struct {
			actor       policy.Actor
			code        string
			see, assess error
		}{
			"lead":                 {lead, "p", nil, nil},
			"lead, another":        {lead, "q", fault.ErrForbidden, fault.ErrForbidden},
			"manager":              {manager, "p", nil, fault.ErrForbidden},
			"senior":               {senior, "p", nil, fault.ErrForbidden},
			"senior, another":      {senior, "q", fault.ErrForbidden, fault.ErrForbidden},
			"evaluator":            {evaluator, "p", fault.ErrForbidden, fault.ErrForbidden},
			"champion":             {champion, "p", fault.ErrForbidden, fault.ErrForbidden},
			"innovator":            {innovator, "p", fault.ErrForbidden, fault.ErrForbidden},
			"nobody":               {policy.Nobody, "p", fault.ErrSignedOut, fault.ErrSignedOut},
			"lead, no programme":   {lead, "x", fault.ErrForbidden, fault.ErrForbidden},
			"manager, none of it":  {manager, "x", fault.ErrNotFound, fault.ErrForbidden},
			"senior, no programme": {senior, "x", fault.ErrForbidden, fault.ErrForbidden},
		} {
			if _, err := w.service.Programme(w.t.Context(), c.actor, c.code); !errors.Is(err, c.see) {
				w.t.Errorf("%s: seeing is answered %v, want %v", name, err, c.see)
			}
			if _, err := w.service.Assessing(w.t.Context(), c.actor, c.code, "", lever.Plan); !errors.Is(err, c.assess) {
				w.t.Errorf("%s: the form is answered %v, want %v", name, err, c.assess)
			}
			waiver := lever.Assessment{Kind: lever.Plan, Finding: lever.Waived, Reason: "x", AsAt: today}
			if err := w.service.Assess(w.t.Context(), c.actor, c.code, waiver); !errors.Is(err, c.assess) {
				w.t.Errorf("%s: assessing is answered %v, want %v", name, err, c.assess)
			}
		}
		if rollouts := w.programme(senior, "p").Rollouts; len(rollouts) != 1 || rollouts[0].ID != "r-alder" {
			w.t.Errorf("a senior manager sees the rollouts %+v", rollouts)
		}
	})
}
