package innovation_test

import (
	"errors"
	"strings"
	"testing"

	"sir/internal/fault"
	"sir/internal/innovation"
	"sir/internal/policy"
)

// panel is a record that is right.
func panel(on, decision string) innovation.Panel {
	return innovation.Panel{
		DecidedOn: on, Sat: "A medical director and a pharmacist", Credible: "yes", CredibleWhy: "Two audits agree.", Feasible: "in part",
		FeasibleWhy: "It needs a technician.", Decision: decision, Reasons: "The need is felt.",
	}
}

// A panel's records stay; the newest decision comes first, whatever the order
// in which they were recorded.
func TestWhatPanelsDecideStays(t *testing.T) {
	each(t, func(w *world) {
		ctx := w.t.Context()
		w.must(w.service.RecordPanel(ctx, senior, "lamp", panel("2026-05-20", "approve")))
		w.must(w.service.RecordPanel(ctx, manager, "lamp", panel("2026-01-20", "hold")))
		v, err := w.service.Panels(ctx, foreign, "lamp")
		if err != nil || len(v.Panels) != 2 || v.Panels[0].Decision != "approve" || v.Panels[0].RecordedBy != "senior manager" || v.MayRecord {
			w.t.Errorf("there are %+v (%v)", v.Panels, err)
		}
		if e := w.newest(); !strings.Contains(e.Detail, "panel decided to hold") {
			w.t.Errorf("the trail says %s", e.Detail)
		}
		if other, err := w.service.Panels(ctx, evaluator, "wick"); err != nil || len(other.Panels) != 0 {
			w.t.Errorf("the other innovation has %+v (%v)", other.Panels, err)
		}
	})
}

func TestWhoSeesAndRecordsPanels(t *testing.T) {
	each(t, func(w *world) {
		staff := []string{"manager", "foreign", "lead", "otherLead", "senior", "writer", "evaluator"}
		only(w.t, "seeing", staff, func(a policy.Actor) error {
			_, err := w.service.Panels(w.t.Context(), a, "lamp")
			return err
		})
		recorders := []string{"manager", "lead", "senior"}
		only(w.t, "recording", recorders, func(a policy.Actor) error {
			return w.service.RecordPanel(w.t.Context(), a, "lamp", panel(today, "hold"))
		})
		only(w.t, "opening the form", recorders, func(a policy.Actor) error {
			_, err := w.service.Judging(w.t.Context(), a, "lamp")
			return err
		})
		if _, err := w.service.Panels(w.t.Context(), manager, "no-such"); !errors.Is(err, fault.ErrNotFound) {
			w.t.Errorf("of none: %v", err)
		}
	})
}

// Invariants 17 and 18 of INVENTORY 6.3: no patient-level data, and people on
// a panel are kept as roles; an address is taken for a name.
func TestPanelsThatAreWrong(t *testing.T) {
	each(t, func(w *world) {
		for at, change := range map[string]func(*innovation.Panel){
			"decided-on":   func(p *innovation.Panel) { p.DecidedOn = "2026-05-21" },
			"sat":          func(p *innovation.Panel) { p.Sat = "a.director@example.org" },
			"credible":     func(p *innovation.Panel) { p.Credible = "maybe" },
			"credible-why": func(p *innovation.Panel) { p.CredibleWhy = "" },
			"feasible":     func(p *innovation.Panel) { p.Feasible = "" },
			"feasible-why": func(p *innovation.Panel) { p.FeasibleWhy = "As for 943 476 5919" },
			"decision":     func(p *innovation.Panel) { p.Decision = "wait" },
			"reasons":      func(p *innovation.Panel) { p.Reasons = " " },
		} {
			in := panel(today, "approve")
			change(&in)
			checkFields(w.t, w.service.RecordPanel(w.t.Context(), manager, "lamp", in), at)
		}
	})
}

// Invariant 5 of INVENTORY 6.3: gates warn, never block. An approval without
// evidence and against doubts is recorded, and says so.
func TestAnApprovalWithGapsWarns(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.service.RecordPanel(w.t.Context(), manager, "lamp", panel(today, "approve")))
		v, err := w.service.Panels(w.t.Context(), manager, "lamp")
		w.must(err)
		if got := v.Panels[0].Cautions(v.Items); len(got) != 2 || !strings.Contains(got[0], "not sure") || !strings.Contains(got[1], "clinical, cost") {
			w.t.Errorf("it warns of %q", got)
		}
		sure := panel(today, "approve")
		sure.Feasible = "yes"
		var all []innovation.Evidence
		for _, kind := range innovation.EvidenceKinds {
			all = append(all, innovation.Evidence{Kind: kind})
		}
		if got := sure.Cautions(all); len(got) != 0 {
			w.t.Errorf("without gaps it warns of %q", got)
		}
		if got := panel(today, "decline").Cautions(nil); len(got) != 0 {
			w.t.Errorf("a refusal warns of %q", got)
		}
	})
}
