package adoption_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/network"
)

// told writes a movement's causes as text: kind adopted/eligible (sites: why).
func told(m *adoption.Movement) (lines []string) {
	for _, c := range m.Causes {
		line := fmt.Sprintf("%s %+d/%+d:", c.Kind, c.Adopted, c.Eligible)
		for _, s := range c.Sites {
			line += " " + s.Code
			if s.Why != "" {
				line += " (" + s.Why + ")"
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// One site of each fate, from one quarter to the next.
func TestMovementNamesEveryCause(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder", "Birch"}, 13)
		q := quarters(2)
		for _, s := range []struct {
			site          int64
			before, after int // gone where the site is not on Alder's list
		}{
			{1, 0, 3}, {2, blank, 3}, {3, 3, 0}, {4, 3, blank}, {5, 3, gone}, {6, 3, gone}, {7, 0, gone}, {8, 3, gone}, {9, gone, 3}, {10, gone, 0}, {11, gone, 3}, {12, 3, 3}, {13, blank, blank},
		} {
			for i, level := range []int{s.before, s.after} {
				if level != gone {
					w.counts(q[i], s.site, "m1", level)
				}
			}
		}
		w.counts(q[1], 8, "m2", 3) // moved away
		w.counts(q[0], 9, "m2", 3) // came over
		for _, s := range []network.Succession{
			{ID: "s5", SuccessorID: "s11", Kind: network.Merger, HappenedOn: "2018-07-01", Reason: "one trust"},
			{ID: "s6", Kind: network.Closure, HappenedOn: "2018-09-30", Reason: "shut"},
			{ID: "s4", SuccessorID: "s12", Kind: network.Merger, HappenedOn: "2018-08-01", Reason: "joined"},
			{ID: "s7", Kind: network.Closure, HappenedOn: "2018-10-01", Reason: "too late to be the cause"},
		} {
			w.must(network.InsertSuccession(w.ctx, d, s))
		}
		view, err := w.service.Unit(w.ctx, manager, "code-p1", "code-m1", 1)
		w.must(err)
		want := []string{
			"adopted +1/+0: site-1",
			"adopted, and had not reported before +1/+0: site-2",
			"level fell below adopted -1/+0: site-3",
			"had adopted, and did not report this time -1/+0: site-4 (merger on 2018-08-01: joined)",
			"became eligible +0/+1: site-10",
			"came from another part of the network +1/+1: site-9",
			"came of a merger or split +1/+1: site-11 (one trust)",
			"merged into another site -1/-1: site-5 (one trust)",
			"closed -1/-1: site-6 (shut)",
			"moved to another part of the network -1/-1: site-8",
			"no longer eligible +0/-1: site-7",
		}
		if got := told(view.Movement); !slices.Equal(got, want) {
			t.Errorf("the causes are\n%q\nwant\n%q", got, want)
		}
		if view.Movement.After != view.Row.Rates[1] || view.Movement.Before != view.Row.Rates[0] {
			t.Errorf("the movement goes from %+v to %+v, the rates are %+v", view.Movement.Before, view.Movement.After, view.Row.Rates)
		}
		other, err := w.service.Unit(w.ctx, manager, "code-p1", "code-m2", 1)
		w.must(err)
		if len(other.Movement.Causes) != 2 || other.Movement.Causes[0].Sites != nil {
			t.Errorf("another member's sites are named: %q", told(other.Movement))
		}
	})
}

// gone is the level of a site that is not on the list.
const gone = -2

// Whatever happens, the causes add up to the difference of the rates.
func TestCausesAddUp(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	asked(t, d)
	q := quarters(3)
	rapid.Check(t, func(rt *rapid.T) {
		undo := errors.New("undo")
		err := d.InTx(t.Context(), func(ctx context.Context) error {
			w := &world{t: rt, ctx: ctx, db: d, service: serviceOf(d)}
			w.relist(q)
			for range rapid.IntRange(5, 25).Draw(rt, "steps") {
				w.step(rt, q)
			}
			for _, code := range []string{"code-m1", "code-m2"} {
				view, err := w.service.Unit(ctx, system, "code-p1", code, 1)
				if err != nil || view.Movement == nil {
					continue // it has no figures
				}
				adopted, eligible := 0, 0
				for _, c := range view.Movement.Causes {
					adopted += c.Adopted
					eligible += c.Eligible
				}
				last := len(view.Periods) - 1
				before, after := view.Row.Rates[last-1], view.Row.Rates[last]
				if adopted != after.Adopted-before.Adopted || eligible != after.Eligible-before.Eligible {
					rt.Fatalf("%s went from %+v to %+v, the causes say %q", code, before, after, told(view.Movement))
				}
			}
			return undo
		})
		if !errors.Is(err, undo) {
			rt.Fatal(err)
		}
	})
}
