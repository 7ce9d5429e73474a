package innovation_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"sir/internal/fault"
	"sir/internal/innovation"
	"sir/internal/policy"
)

func TestWhoSeesAndChangesARecord(t *testing.T) {
	each(t, func(w *world) {
		ctx := w.t.Context()
		staff := []string{"manager", "foreign", "lead", "otherLead", "senior", "writer", "evaluator"}
		only(w.t, "seeing", append(staff, "innovator"), func(a policy.Actor) error {
			_, err := w.service.Look(ctx, a, "lamp")
			return err
		})
		only(w.t, "editing", []string{"manager", "lead", "innovator"}, func(a policy.Actor) error {
			_, err := w.service.Editing(ctx, a, "lamp")
			return err
		})
		version := w.look("lamp").Version
		only(w.t, "changing", []string{"manager", "lead", "innovator"}, func(a policy.Actor) error {
			err := w.service.Change(ctx, a, "lamp", version, lamp())
			if err == nil {
				version++
			}
			return err
		})
		for name, c := range map[string]struct {
			actor policy.Actor
			want  string
		}{"everybody": {evaluator, "lamp wick"}, "an innovator": {innovator, "lamp"}, "another": {stranger, "wick"}} {
			all, err := w.service.List(ctx, c.actor)
			codes := make([]string, len(all))
			for i, one := range all {
				codes[i] = one.Code
			}
			if got := strings.Join(codes, " "); got != c.want || err != nil {
				w.t.Errorf("%s sees %q (%v), want %q", name, got, err, c.want)
			}
		}
		if _, err := w.service.List(ctx, champion); !errors.Is(err, fault.ErrForbidden) {
			w.t.Errorf("a site champion lists: %v", err)
		}
	})
}

func TestARecordIsAdded(t *testing.T) {
	each(t, func(w *world) {
		ctx := w.t.Context()
		code, err := w.service.Add(ctx, manager, "alder", lamp())
		w.must(err)
		v := w.look(code)
		want := lamp()
		want.ID, want.Code, want.KeeperID, want.Keeper, want.Source, want.Version = v.ID, "lamp-message", "m-alder", "Alder", "entered by its keeper", 1
		if !reflect.DeepEqual(v.Innovation, want) {
			w.t.Errorf("it is kept as %+v, want %+v", v.Innovation, want)
		}
		if e := w.newest(); e.Object != "innovation "+v.ID || !strings.Contains(e.Detail, "Lamp message") {
			w.t.Errorf("the trail says %s of %s", e.Detail, e.Object)
		}
		if again, err := w.service.Add(ctx, manager, "alder", lamp()); again != "lamp-message-2" || err != nil {
			w.t.Errorf("a second of the same name is %q (%v)", again, err)
		}
		odd := lamp()
		odd.Name = strings.Repeat("é?", 20) + strings.Repeat("x", 60)
		if long, err := w.service.Add(ctx, manager, "alder", odd); long != strings.Repeat("x", 50) || err != nil {
			w.t.Errorf("a long name gives %q (%v)", long, err)
		}
		_, err = w.service.Add(ctx, manager, "birch", lamp())
		checkFields(w.t, err, "keeper")
		for _, actor := range []policy.Actor{innovator, evaluator, champion, senior} {
			if _, err := w.service.Add(ctx, actor, "alder", lamp()); !errors.Is(err, fault.ErrForbidden) {
				w.t.Errorf("added by %v: %v", actor.Roles(), err)
			}
		}
	})
}

// Invariant 17 of INVENTORY 6.3: no patient-level data, free text warns.
func TestRecordsThatAreWrong(t *testing.T) {
	each(t, func(w *world) {
		for at, change := range map[string]func(*innovation.Innovation){
			"name":           func(i *innovation.Innovation) { i.Name = " " },
			"summary":        func(i *innovation.Innovation) { i.Summary = "Ask a.nurse@example.org" },
			"kind":           func(i *innovation.Innovation) { i.Kind = "thing" },
			"setting":        func(i *innovation.Innovation) { i.Setting = "" },
			"status":         func(i *innovation.Innovation) { i.Status = "new" },
			"successor":      func(i *innovation.Innovation) { i.Status = innovation.Superseded },
			"pathway-change": func(i *innovation.Innovation) { i.PathwayChange = "huge" },
			"pathway-note":   func(i *innovation.Innovation) { i.PathwayNote = "As for 943 476 5919" },
			"fit":            func(i *innovation.Innovation) { i.Fit = "good" },
			"supplier":       func(i *innovation.Innovation) { i.Supplier = strings.Repeat("é", 201) },
			"service-id":     func(i *innovation.Innovation) { i.ServiceID = "INN 1/2" },
		} {
			in := lamp()
			change(&in)
			checkFields(w.t, w.service.Change(w.t.Context(), manager, "lamp", 1, in), at)
		}
		in := lamp()
		in.PathwayNote = ""
		checkFields(w.t, w.service.Change(w.t.Context(), manager, "lamp", 1, in), "pathway-note")
		in = lamp()
		in.Successor = "Candle"
		checkFields(w.t, w.service.Change(w.t.Context(), manager, "lamp", 1, in), "successor")
		if v := w.look("lamp"); v.Version != 1 || v.Name != "LAMP" {
			w.t.Errorf("something was kept: %+v", v.Innovation)
		}
	})
}

// What is not known stays so: a blank becomes no word of its own.
func TestAChangeIsKeptUnlessSomebodyWasQuicker(t *testing.T) {
	each(t, func(w *world) {
		ctx := w.t.Context()
		in := lamp()
		in.Name, in.Status, in.Successor, in.PathwayChange, in.PathwayNote, in.Fit, in.ServiceID = "Lamp  two", innovation.Superseded, "Candle", "", "", "", "inn-1"
		w.must(w.service.Change(ctx, innovator, "lamp", 1, in))
		v := w.look("lamp")
		if v.Name != "Lamp two" || v.Successor != "Candle" || v.PathwayChange != "" || v.Fit != "" || v.ServiceID != "INN-1" || v.Version != 2 || v.KeeperID != "m-alder" {
			w.t.Errorf("it is kept as %+v", v.Innovation)
		}
		if e := w.newest(); !strings.Contains(e.Detail, `"before":"LAMP; Tells a pharmacy`) {
			w.t.Errorf("the trail does not say what it was before: %s", e.Detail)
		}
		if err := w.service.Change(ctx, manager, "lamp", 1, lamp()); !errors.Is(err, fault.ErrStale) {
			w.t.Errorf("a change of what was changed: %v", err)
		}
		if got := w.look("lamp"); got.Name != "Lamp two" {
			w.t.Errorf("what somebody else wrote was lost: %q", got.Name)
		}
	})
}
