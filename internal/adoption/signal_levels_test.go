package adoption_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
)

// Sites count under what they belonged to in the period, at every level, and
// those that did not report apart.
func TestLevelsOfEachPlace(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder", "Beech"}, 4)
		first, second := quarterNo(t, 0), quarterNo(t, 1)
		w.counts(first, 1, "m1", 0)
		w.counts(first, 2, "m1", 3)
		w.counts(first, 3, "m2", 3)
		w.counts(second, 1, "m2", 3) // it moved
		w.counts(second, 2, "m1", blank)
		for unit, want := range map[string]string{"": "1,2,0 0,1,1", "code-m1": "1,1,0 0,0,1", "code-m2": "0,1,0 0,1,0"} {
			spread, err := w.service.Levels(w.ctx, leadOfP1, "code-p1", unit, "level")
			w.must(err)
			var got []string
			for _, p := range spread.Periods {
				got = append(got, fmt.Sprintf("%d,%d,%d", p.Counts[0], p.Counts[1], p.NotReported))
			}
			if strings.Join(got, " ") != want {
				t.Errorf("levels at %q are %q, want %q", unit, got, want)
			}
		}
		if _, err := w.service.Levels(w.ctx, leadOfP1, "code-p1", "", "count"); !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("the levels of a count: %v", err)
		}
	})
}

// A step is reached in the period whose return first says it or more, and lost
// where the last return says less.
func TestMilestonesOfEachSite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder", "Beech"}, 3)
		w.must(adoption.InsertMeasure(w.ctx, d, adoption.Measure{
			ID: "p1 step", Key: 12, ProgrammeID: "p1", CollectionKey: 10, Code: "step", Name: "Steps", Kind: adoption.LevelMeasure,
			Purpose: adoption.ForProcess, Direction: adoption.Increase, AdoptedLevel: 2, Levels: map[int]string{0: "none", 1: "signed", 2: "live"},
		}))
		for n, levels := range [][3]int64{{0, 1, 2}, {1, 2, 2}, {2, 1, 2}} {
			p := quarterNo(t, n)
			for i, member := range []string{"m1", "m1", "m2"} {
				w.counts(p, int64(i+1), member, 0)
				w.observes(12, p, int64(i+1), levels[i])
			}
			w.must(adoption.Recount(w.ctx, d, ofP1, p))
		}
		for unit, want := range map[string][]string{
			"":        {"Site 01 1 2", "Site 02 0 1 lost", "Site 03 0 0"},
			"code-m1": {"Site 01 1 2", "Site 02 0 1 lost"},
		} {
			found, err := w.service.Milestones(w.ctx, leadOfP1, "code-p1", unit, 1)
			w.must(err)
			var got []string
			for _, site := range found.Sites {
				got = append(got, wayOf(t, site))
			}
			if !slices.Equal(got, want) || found.Total != len(want) {
				t.Errorf("milestones at %q are %q of %d, want %q", unit, got, found.Total, want)
			}
			if live := found.Steps[1]; live.Sites != len(want)-1 || live.Of != len(want) {
				t.Errorf("at %q %d of %d are live", unit, live.Sites, live.Of)
			}
		}
		if _, err := w.service.Milestones(w.ctx, manager, "code-p1", "code-m2", 1); !errors.Is(err, fault.ErrForbidden) {
			t.Errorf("a spread manager sees another member's sites: %v", err)
		}
	})
}

// wayOf writes when a site came to each step, as the number of the quarter.
func wayOf(t *testing.T, site adoption.SiteMilestones) string {
	text := site.Name
	for _, step := range site.Steps {
		text += fmt.Sprint(" ", step.Period.Since(quarterNo(t, 0)))
		if step.Lost {
			text += " lost"
		}
	}
	return text
}
