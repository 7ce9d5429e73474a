package lever_test

import (
	"errors"
	"strings"
	"testing"

	"sir/internal/fault"
	"sir/internal/lever"
	"sir/internal/policy"
)

func TestEveryVersionStays(t *testing.T) {
	each(t, func(w *world) {
		id := w.add(guidance())
		w.change(id, 1, "2026-10-01")
		v, err := w.service.Look(w.t.Context(), manager, id)
		w.must(err)
		if len(v.Versions) != 2 || v.Version != 2 || v.To != "2026-10-01" {
			w.t.Fatalf("it stands as %+v with %d versions", v.Lever, len(v.Versions))
		}
		first, last := v.Versions[1], v.Versions[0]
		if first.Wording != guidance() || first.Number != 1 || first.MadeBy != "Ada (programme lead)" {
			w.t.Errorf("the first version is %+v", first)
		}
		if last.Why != "It ends." || !last.MadeAt.After(first.MadeAt) {
			w.t.Errorf("the last version is %+v", last)
		}
		if e := w.newest(); e.Object != "lever "+id || !strings.Contains(e.Detail, "It ends.") {
			w.t.Errorf("the trail says %s of %s", e.Detail, e.Object)
		}
	})
}

func TestTheSecondToChangeMustLookAgain(t *testing.T) {
	each(t, func(w *world) {
		id := w.add(guidance())
		w.change(id, 1, "2026-10-01")
		late := guidance()
		late.Clarity = lever.Unclear
		if _, err := w.service.Change(w.t.Context(), lead, id, 1, late, "Read again."); !errors.Is(err, fault.ErrStale) {
			w.t.Errorf("a change of what was changed: %v", err)
		}
		if v, _ := w.service.Look(w.t.Context(), lead, id); len(v.Versions) != 2 || v.Clarity != lever.Clear {
			w.t.Errorf("it stands as %+v", v.Lever)
		}
	})
}

// Invariant 19: library text has a source. Invariant 17: no patient-level data.
func TestWordingsThatAreWrong(t *testing.T) {
	each(t, func(w *world) {
		for at, spoil := range map[string]func(*lever.Wording){
			"name":     func(l *lever.Wording) { l.Name = " " },
			"body":     func(l *lever.Wording) { l.Body = strings.Repeat("x", 121) },
			"kind":     func(l *lever.Wording) { l.Kind = "rumour" },
			"strength": func(l *lever.Wording) { l.Strength = "" },
			"clarity":  func(l *lever.Wording) { l.Clarity = "foggy" },
			"from":     func(l *lever.Wording) { l.From = "2025-02-30" },
			"to":       func(l *lever.Wording) { l.To = l.From },
			"replaces": func(l *lever.Wording) { l.Replaces = "no-such" },
			"source":   func(l *lever.Wording) { l.Source = "" },
			"summary":  func(l *lever.Wording) { l.Summary = "as for 943 476 5919" },
		} {
			wrong := guidance()
			spoil(&wrong)
			_, err := w.service.Add(w.t.Context(), lead, wrong)
			checkField(w.t, err, at)
		}
		id := w.add(guidance())
		if _, err := w.service.Change(w.t.Context(), lead, id, 1, guidance(), "For no reason."); !errors.Is(err, fault.ErrInvalid) {
			w.t.Errorf("a change of nothing: %v", err)
		}
		next := guidance()
		next.To = "2027-01-01"
		_, err := w.service.Change(w.t.Context(), lead, id, 1, next, " ")
		checkField(w.t, err, "why")
		next.Replaces = id
		_, err = w.service.Change(w.t.Context(), lead, id, 1, next, "It follows itself.")
		checkField(w.t, err, "replaces")
	})
}

func TestALeverStandsByItsDates(t *testing.T) {
	for name, c := range map[string]struct {
		from, to string
		want     lever.Standing
	}{
		"the day before":     {"2026-05-21", "", lever.ToCome},
		"its first day":      {today, "", lever.InForce},
		"its last day":       {"2026-01-01", "2026-05-21", lever.InForce},
		"the day after":      {"2026-01-01", today, lever.Ended},
		"open since years":   {"2010-01-01", "", lever.InForce},
		"to come, and ended": {"2026-06-01", "2026-07-01", lever.ToCome},
	} {
		if got := (lever.Wording{From: c.from, To: c.to}).On(today); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// INVENTORY 6.4: the programme lead edits levers; a site champion and an
// innovator see none.
func TestTheRegisterIsOpenAsThePolicySays(t *testing.T) {
	each(t, func(w *world) {
		id := w.add(guidance())
		for name, c := range map[string]struct {
			actor       policy.Actor
			see, change error
		}{
			"lead":      {lead, nil, nil},
			"manager":   {manager, nil, fault.ErrForbidden},
			"senior":    {senior, nil, fault.ErrForbidden},
			"evaluator": {evaluator, nil, fault.ErrForbidden},
			"champion":  {champion, fault.ErrForbidden, fault.ErrForbidden},
			"innovator": {innovator, fault.ErrForbidden, fault.ErrForbidden},
			"nobody":    {policy.Nobody, fault.ErrSignedOut, fault.ErrSignedOut},
		} {
			if _, err := w.service.Register(w.t.Context(), c.actor); !errors.Is(err, c.see) {
				w.t.Errorf("%s: the register is answered %v, want %v", name, err, c.see)
			}
			if _, err := w.service.Look(w.t.Context(), c.actor, id); !errors.Is(err, c.see) {
				w.t.Errorf("%s: the lever is answered %v, want %v", name, err, c.see)
			}
			if _, err := w.service.ChangeForm(w.t.Context(), c.actor, id); !errors.Is(err, c.change) {
				w.t.Errorf("%s: the form is answered %v, want %v", name, err, c.change)
			}
			if _, err := w.service.Change(w.t.Context(), c.actor, id, 9, guidance(), "x"); c.change != nil && !errors.Is(err, c.change) {
				w.t.Errorf("%s: a change is answered %v, want %v", name, err, c.change)
			}
		}
		if _, err := w.service.Look(w.t.Context(), lead, "no-such"); !errors.Is(err, fault.ErrNotFound) {
			w.t.Errorf("a lever that is not there: %v", err)
		}
	})
}
