package improvement_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"sir/internal/fault"
	"sir/internal/improvement"
	"sir/internal/policy"
)

func TestADiagramGrowsLevelByLevel(t *testing.T) {
	each(t, func(w *world) {
		d := w.grow(shared, lead)
		want := []string{
			"aim Sites use it daily: from 40% to 60%, by 31 March 2027", "primary Staff know how", "secondary Training at handover",
			"idea Ten minutes on Mondays",
		}
		if got := texts(d); !slices.Equal(got, want) {
			w.t.Errorf("the diagram is %q, want %q", got, want)
		}
		ctx := w.t.Context()
		if err := w.service.AddDriver(ctx, lead, shared, "", aim()); !errors.Is(err, fault.ErrStale) {
			w.t.Errorf("a second aim: %v", err)
		}
		if err := w.service.AddDriver(ctx, lead, shared, w.last(shared), body("X")); !errors.Is(err, fault.ErrInvalid) {
			w.t.Errorf("something below an idea: %v", err)
		}
		if err := w.service.AddDriver(ctx, manager, alder, d.Root.ID, body("X")); !errors.Is(err, fault.ErrNotFound) {
			w.t.Errorf("a box of the shared diagram taken for one of the member's: %v", err)
		}
		if e := w.newest(); !strings.Contains(e.Detail, "change idea: Ten minutes on Mondays") || e.Object != "programme p" {
			w.t.Errorf("the trail says %s of %s", e.Detail, e.Object)
		}
	})
}

func TestWordingsThatAreWrong(t *testing.T) {
	each(t, func(w *world) {
		for at, change := range map[string]func(*improvement.Wording){
			"what":     func(i *improvement.Wording) { i.Aim.What = " " },
			"how-much": func(i *improvement.Wording) { i.Aim.HowMuch = "a lot" },
			"by-when":  func(i *improvement.Wording) { i.Aim.ByWhen = "2027-02-30" },
			"measure":  func(i *improvement.Wording) { i.Measure = "" },
		} {
			in := aim()
			change(&in)
			checkField(w.t, w.service.AddDriver(w.t.Context(), lead, shared, "", in), at)
		}
		w.must(w.service.AddDriver(w.t.Context(), lead, shared, "", aim()))
		for _, text := range []string{"", strings.Repeat("é", 121), "ask a.nurse@example.org", "as for 943 476 5919"} {
			checkField(w.t, w.service.AddDriver(w.t.Context(), lead, shared, w.last(shared), body(text)), "body")
		}
		in := body("Call 943 476 5918 or 2026 2027")
		in.Measure = "no-such"
		checkField(w.t, w.service.AddDriver(w.t.Context(), lead, shared, w.last(shared), in), "measure")
		in.Measure = ""
		w.must(w.service.AddDriver(w.t.Context(), lead, shared, w.last(shared), in)) // 8 is not the check digit
	})
}

// checkField fails unless the error is about exactly that field.
func checkField(t *testing.T, err error, field string) {
	t.Helper()
	var wrong *fault.Error
	if !errors.As(err, &wrong) || !errors.Is(err, fault.ErrInvalid) || len(wrong.Fields) != 1 || wrong.Fields[0].Name != field {
		t.Errorf("got %v (%+v), want an error at %s alone", err, wrong, field)
	}
}

func TestBoxesAreChangedMovedRemovedAndPutBack(t *testing.T) {
	each(t, func(w *world) {
		ctx, root := w.t.Context(), w.grow(shared, lead).Root
		first := root.Children[0]
		for _, text := range []string{"Second", "Third"} {
			w.must(w.service.AddDriver(ctx, lead, shared, root.ID, body(text)))
		}
		w.must(w.service.MoveDriver(ctx, lead, shared, first.ID, 1))
		w.must(w.service.MoveDriver(ctx, lead, shared, w.look(shared).Diagram.Root.Children[2].ID, 1)) // stays at the end
		w.must(w.service.ChangeDriver(ctx, lead, shared, first.ID, first.Version, body("Staff know how\nand why")))
		if err := w.service.ChangeDriver(ctx, lead, shared, first.ID, first.Version, body("Late")); !errors.Is(err, fault.ErrStale) {
			w.t.Errorf("a change of what was changed: %v", err)
		}
		if err := w.service.RemoveDriver(ctx, lead, shared, first.ID, first.Version); !errors.Is(err, fault.ErrStale) {
			w.t.Errorf("a removal of what was changed: %v", err)
		}
		before := texts(w.look(shared).Diagram)
		want := []string{before[0], "primary Second", "primary Staff know how and why", before[3], before[4], "primary Third"}
		if !slices.Equal(before, want) {
			w.t.Fatalf("the diagram is %q, want %q", before, want)
		}
		w.must(w.service.RemoveDriver(ctx, lead, shared, first.ID, first.Version+1))
		d := w.look(shared).Diagram
		if got := texts(d); !slices.Equal(got, []string{want[0], want[1], want[5]}) || len(d.Removed) != 1 || d.Removed[0].RemovedOn != today {
			w.t.Errorf("without it the diagram is %q, removed %+v", got, d.Removed)
		}
		w.must(w.service.RestoreDriver(ctx, lead, shared, first.ID))
		if got := texts(w.look(shared).Diagram); !slices.Equal(got, want) {
			w.t.Errorf("put back it is %q, want %q", got, want)
		}
		if err := w.service.RestoreDriver(ctx, lead, shared, first.ID); !errors.Is(err, fault.ErrNotFound) {
			w.t.Errorf("putting back what stands: %v", err)
		}
	})
}

// Putting an aim back beside another would make two.
func TestAnAimIsNotPutBackBesideAnother(t *testing.T) {
	each(t, func(w *world) {
		ctx := w.t.Context()
		root := w.grow(shared, lead).Root
		w.must(w.service.RemoveDriver(ctx, lead, shared, root.ID, root.Version))
		w.must(w.service.AddDriver(ctx, lead, shared, "", aim()))
		if err := w.service.RestoreDriver(ctx, lead, shared, root.ID); !errors.Is(err, fault.ErrStale) {
			w.t.Errorf("the old aim was put back: %v", err)
		}
	})
}

func TestAMemberStartsFromTheProgrammesDiagram(t *testing.T) {
	each(t, func(w *world) {
		ctx := w.t.Context()
		if err := w.service.CopyDiagram(ctx, manager, alder); !errors.Is(err, fault.ErrNotFound) {
			w.t.Errorf("copying nothing: %v", err)
		}
		want := texts(w.grow(shared, lead))
		if v, err := w.service.Look(ctx, manager, alder); err != nil || !v.MayCopy {
			w.t.Errorf("copying is not offered: %v", err)
		}
		w.must(w.service.CopyDiagram(ctx, manager, alder))
		own := w.look(alder).Diagram
		if got := texts(own); !slices.Equal(got, want) {
			w.t.Errorf("the copy is %q, want %q", got, want)
		}
		w.must(w.service.ChangeDriver(ctx, manager, alder, own.Ideas()[0].ID, 1, body("Five minutes")))
		if got := texts(w.look(shared).Diagram); !slices.Equal(got, want) {
			w.t.Errorf("a change of the copy made the programme's %q", got)
		}
		if err := w.service.CopyDiagram(ctx, manager, alder); !errors.Is(err, fault.ErrStale) {
			w.t.Errorf("copying over a diagram: %v", err)
		}
	})
}

func TestDiagramsAreOpenAsThePolicySays(t *testing.T) {
	each(t, func(w *world) {
		w.grow(shared, lead)
		for name, c := range map[string]struct {
			actor policy.Actor
			at    improvement.Address
			see   error
			work  error
		}{
			"lead, shared":          {lead, shared, nil, nil},
			"lead, a member":        {lead, alder, nil, nil},
			"manager, shared":       {manager, shared, nil, fault.ErrForbidden},
			"manager, own":          {manager, alder, nil, nil},
			"manager, other":        {manager, birch, fault.ErrForbidden, fault.ErrForbidden},
			"manager, no part":      {manager, cedar, fault.ErrForbidden, fault.ErrForbidden},
			"senior, own":           {senior, alder, nil, fault.ErrForbidden},
			"champion, shared":      {champion, shared, nil, fault.ErrForbidden},
			"champion, member":      {champion, alder, fault.ErrForbidden, fault.ErrForbidden},
			"takes no part, shared": {outsider, shared, fault.ErrForbidden, fault.ErrForbidden},
			"takes no part, own":    {outsider, cedar, fault.ErrNotFound, fault.ErrNotFound},
			"evaluator, shared":     {visitor, shared, fault.ErrForbidden, fault.ErrForbidden},
			"nobody":                {policy.Nobody, shared, fault.ErrSignedOut, fault.ErrSignedOut},
			"lead, no programme":    {lead, improvement.Address{Programme: "q"}, fault.ErrForbidden, fault.ErrForbidden},
			"lead, no member":       {lead, improvement.Address{Programme: "p", Member: "x"}, fault.ErrNotFound, fault.ErrNotFound},
		} {
			if _, err := w.service.Look(w.t.Context(), c.actor, c.at); !errors.Is(err, c.see) {
				w.t.Errorf("%s: seeing is answered %v, want %v", name, err, c.see)
			}
			if _, err := w.service.NewBox(w.t.Context(), c.actor, c.at, ""); !errors.Is(err, c.work) && !errors.Is(err, fault.ErrStale) {
				w.t.Errorf("%s: working is answered %v, want %v", name, err, c.work)
			}
		}
	})
}
