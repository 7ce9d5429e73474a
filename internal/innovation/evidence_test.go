package innovation_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"sir/internal/fault"
	"sir/internal/innovation"
	"sir/internal/policy"
)

// trial is an item that is right.
func trial() innovation.Evidence {
	return innovation.Evidence{
		Kind: "clinical", Title: "Fewer wrong prescriptions", Source: "Ward audit", Scope: "several sites", DatedOn: "2024-03-31", Place: "Two wards",
		Quality: "moderate", Supports: "Patients get the right medicines.", ReviewBy: "2026-05-20",
	}
}

func (w *world) evidence(code string) innovation.EvidenceView {
	w.t.Helper()
	v, err := w.service.Evidence(w.t.Context(), evaluator, code)
	w.must(err)
	return v
}

func TestEvidenceIsAddedChangedTakenOutAndPutBack(t *testing.T) {
	each(t, func(w *world) {
		ctx := w.t.Context()
		only(w.t, "adding", []string{"manager", "lead", "innovator"}, func(a policy.Actor) error { return w.service.AddEvidence(ctx, a, "lamp", trial()) })
		v := w.evidence("lamp")
		if len(v.Items) != 3 || v.Items[2].Number != 3 || len(w.evidence("wick").Items) != 0 {
			w.t.Fatalf("there are %+v", v.Items)
		}
		first := v.Items[0]
		changed := trial()
		changed.Title, changed.Place = "Many fewer", ""
		w.must(w.service.ChangeEvidence(ctx, innovator, "lamp", first.ID, 1, changed))
		if got := w.evidence("lamp").Items[0]; got.Title != "Many fewer" || got.Place != "" || got.Number != 1 || got.Version != 2 {
			w.t.Errorf("it is kept as %+v", got)
		}
		if e := w.newest(); !strings.Contains(e.Detail, `"before":"E1 clinical: Fewer wrong`) {
			w.t.Errorf("the trail does not say what it was before: %s", e.Detail)
		}
		for what, err := range map[string]error{
			"a change of what was changed":        w.service.ChangeEvidence(ctx, manager, "lamp", first.ID, 1, trial()),
			"taking out what was changed":         w.service.RemoveEvidence(ctx, manager, "lamp", first.ID, 1),
			"putting back what was changed since": w.service.RestoreEvidence(ctx, manager, "lamp", first.ID, 1),
		} {
			if !errors.Is(err, fault.ErrStale) {
				w.t.Errorf("%s: %v", what, err)
			}
		}
		// Evidence of one innovation is none of another's, whoever asks.
		if err := w.service.ChangeEvidence(ctx, foreign, "wick", first.ID, 2, trial()); !errors.Is(err, fault.ErrNotFound) {
			w.t.Errorf("changed through another innovation: %v", err)
		}
		w.must(w.service.RemoveEvidence(ctx, manager, "lamp", v.Items[2].ID, 1))
		if _, _, err := w.service.EditingEvidence(ctx, manager, "lamp", v.Items[2].ID); !errors.Is(err, fault.ErrNotFound) {
			w.t.Errorf("what was taken out is edited: %v", err)
		}
		w.must(w.service.AddEvidence(ctx, manager, "lamp", trial()))
		if got := w.evidence("lamp"); len(got.Items) != 3 || got.Items[2].Number != 4 || got.Removed[0].RemovedOn != today {
			w.t.Errorf("a number is given twice, or what was taken out is lost: %+v", got)
		}
		w.must(w.service.RestoreEvidence(ctx, manager, "lamp", v.Items[2].ID, 2))
		if got := w.evidence("lamp"); len(got.Items) != 4 || len(got.Removed) != 0 {
			w.t.Errorf("it was not put back: %+v", got)
		}
	})
}

// Invariant 19 of INVENTORY 6.3 (library text has a source) and 17 (no
// patient-level data) for evidence.
func TestEvidenceThatIsWrong(t *testing.T) {
	each(t, func(w *world) {
		for at, change := range map[string]func(*innovation.Evidence){
			"kind":      func(e *innovation.Evidence) { e.Kind = "hearsay" },
			"title":     func(e *innovation.Evidence) { e.Title = "Told by a.nurse@example.org" },
			"source":    func(e *innovation.Evidence) { e.Source = " " },
			"scope":     func(e *innovation.Evidence) { e.Scope = "" },
			"dated-on":  func(e *innovation.Evidence) { e.DatedOn, e.ReviewBy = "2026-05-21", "2027-01-01" },
			"place":     func(e *innovation.Evidence) { e.Place = "As for 943 476 5919" },
			"quality":   func(e *innovation.Evidence) { e.Quality = "good" },
			"supports":  func(e *innovation.Evidence) { e.Supports = "" },
			"review-by": func(e *innovation.Evidence) { e.ReviewBy = e.DatedOn },
		} {
			in := trial()
			change(&in)
			checkFields(w.t, w.service.AddEvidence(w.t.Context(), manager, "lamp", in), at)
		}
		if n := len(w.evidence("lamp").Items); n != 0 {
			w.t.Errorf("%d of them were kept", n)
		}
	})
}

func TestOverdueAndMissingEvidence(t *testing.T) {
	t.Parallel()
	e := trial()
	if e.Overdue("2026-05-20") || !e.Overdue("2026-05-21") {
		t.Error("an item is overdue from the day after its review was due")
	}
	e.RemovedOn = "2026-01-01"
	if e.Overdue("2026-05-21") {
		t.Error("what was taken out is overdue")
	}
	if got, want := innovation.EvidenceGaps([]innovation.Evidence{e, {Kind: "cost"}}), []string{"clinical", "implementation", "real-world", "patient"}; !slices.Equal(got, want) {
		t.Errorf("the gaps are %q, want %q", got, want)
	}
}
