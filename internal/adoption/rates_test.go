package adoption_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/period"
)

// Three quarters by hand: a site that moves from Alder to Birch, one that does
// not report, one that merges into another, one that falls back.
//
//	site          Q1        Q2            Q3
//	1 at Alder    4         4             2 (fell)
//	2 at Alder    3         blank         at Birch: 3
//	3 at Birch    2         3             merged into 4
//	4 at Birch    blank     0             1
func threeQuarters(w *world) []period.Period {
	q := quarters(3)
	w.counts(q[0], 1, "m1", 4)
	w.counts(q[0], 2, "m1", 3)
	w.counts(q[0], 3, "m2", 2)
	w.counts(q[0], 4, "m2", blank)

	w.counts(q[1], 1, "m1", 4)
	w.counts(q[1], 2, "m1", blank)
	w.counts(q[1], 3, "m2", 3)
	w.counts(q[1], 4, "m2", 0)

	w.counts(q[2], 1, "m1", 2)
	w.counts(q[2], 2, "m2", 3)
	w.counts(q[2], 4, "m2", 1)
	return q
}

var threeQuartersByHand = []string{
	"Alder: 2/2(2) 1/2(1) 0/1(1)",
	"Birch: 0/2(1) 1/2(2) 1/2(2)",
	"Total: 2/4(3) 2/4(3) 1/3(3)",
}

func TestRatesOfThreeQuartersByHand(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder", "Birch", "Unused"}, 4)
		q := threeQuarters(w)
		table := w.table(manager)
		if got := show(table); !slices.Equal(got, threeQuartersByHand) {
			t.Errorf("rates are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(threeQuartersByHand, "\n"))
		}
		if !slices.Equal(table.Periods, q) || table.Published || !table.MembersOpen || table.Rows[1].Code != "code-m2" || table.Rows[1].MemberID != "m2" {
			t.Errorf("the table is %+v", table)
		}
		changes := fmt.Sprint(table.Rows[0].Changes(), table.Total.Changes())
		if want := "[{true -50} {true -50}] [{true 0} {true -17}]"; changes != want { // 50 to 33.3
			t.Errorf("changes are %s, want %s", changes, want)
		}
		if mean, ok := table.Mean(2); !ok || mean != 25 || table.Total.Rates[2].Rounded() != 33 {
			t.Errorf("the mean of 0 and 50 is %v, beside a pooled %v", mean, table.Total.Rates[2].Percent())
		}
	})
}

// What happens to the network later must not change what was counted before:
// the eligible list of a period is frozen with the member of the time.
func TestLaterEventsDoNotRewriteEarlierPeriods(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder", "Birch"}, 4)
		threeQuarters(w)
		w.must(network.InsertMembership(t.Context(), d, network.Membership{SiteID: "s1", UnitID: "m2", ValidFrom: "2019-04-01"}))
		w.must(network.InsertSuccession(t.Context(), d, network.Succession{ID: "s3", SuccessorID: "s4", Kind: "merger", HappenedOn: "2018-10-01"}))
		for _, p := range quarters(3) {
			for _, member := range []string{"m1", "m2"} {
				w.must(adoption.InsertApproval(t.Context(), d, ofP1, adoption.Approval{Period: p, MemberID: member, ApprovedAt: time.Now(), ApprovedBy: "analyst"}, nil))
			}
		}
		for _, statement := range []string{
			`UPDATE site SET valid_to = '2018-05-01'`, `UPDATE unit SET valid_to = '2018-05-01'`,
			`UPDATE site_membership SET unit_id = 'm2', valid_from = '2017-01-01' WHERE site_id = 's1' AND valid_from = '2018-04-01'`,
		} {
			if _, err := d.Exec(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		w.must(network.Place(t.Context(), d))
		for _, p := range quarters(3) {
			w.must(adoption.ListEligible(t.Context(), d, ofP1, p))
		}
		if got := show(w.table(manager)); !slices.Equal(got, threeQuartersByHand) {
			t.Errorf("rates became\n%s", strings.Join(got, "\n"))
		}
	})
}

// Values without a place in the eligible list, of another measure or another
// programme count for nothing.
func TestOnlyEligibleSitesAndTheLevelMeasureCount(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder"}, 3)
		q := quarters(2)[0]
		w.counts(q, 1, "m1", 0)
		w.observes(11, q, 1, 99) // a count
		w.observes(10, q, 2, 4)  // not eligible
		w.observes(10, q.Next(), 1, 4)
		w.programme("p2", "i2", 20)
		w.eligible(collection("p2", 20), q, 3, "m1")
		w.observes(20, q, 3, 4)
		w.observes(20, q, 1, 4)
		w.must(adoption.Recount(t.Context(), d, ofP1, q))
		if got := show(w.table(manager)); !slices.Equal(got, []string{"Alder: 0/1(1)", "Total: 0/1(1)"}) {
			t.Errorf("rates are %q", got)
		}
	})
}

func TestAProgrammeWithoutFiguresHasAnEmptyTable(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder"}, 1)
		table := w.table(manager)
		if len(table.Rows) != 0 || len(table.Periods) != 0 || len(table.Total.Rates) != 0 || len(table.ThreePoints()) != 0 {
			t.Errorf("the table is %+v", table)
		}
		if _, err := table.Pick(quarters(1)); !errors.Is(err, fault.ErrInvalid) {
			t.Errorf("Pick = %v", err)
		}
	})
}

func TestPublishedFiguresStandAsTheyAre(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder", "Birch"}, 2)
		threeQuarters(newSitesOf(w)) // observations too: what is published goes first
		q := quarters(3)
		for _, f := range []struct {
			member  string
			at      period.Period
			percent int
		}{{"m1", q[2], 61}, {"m1", q[0], 50}, {"m2", q[2], 0}, {"", q[2], 33}} {
			w.must(adoption.InsertPublished(t.Context(), d, "p1", f.member, f.at, f.percent, "parts not given", "test"))
		}
		table := w.table(manager)
		want := []string{"Alder: 50% 61%", "Birch: - 0%", "Total: - 33%"}
		if got := show(table); !slices.Equal(got, want) || !table.Published || table.Note != "parts not given" || table.Source != "test" {
			t.Errorf("published is %q, %q, %q, want %q", got, table.Note, table.Source, want)
		}
	})
}

// newSitesOf adds the sites 3 and 4 to a world of two.
func newSitesOf(w *world) *world {
	for _, n := range []int64{3, 4} {
		w.must(network.InsertSite(w.ctx, w.db, network.Site{ID: fmt.Sprint("s", n), Key: n, Code: fmt.Sprint("site-", n), Name: fmt.Sprint("Site ", n)}))
	}
	return w
}

func TestReachedCountsAgainstTheTargetOfThePeriod(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder", "Birch", "Cedar"}, 6)
		q := quarters(2)
		for i, p := range q {
			w.counts(p, 1, "m1", 4)
			w.counts(p, 2, "m1", 0) // Alder at exactly 50
			w.counts(p, 3, "m2", 4) // Birch at 100
			w.counts(p, 4, "m3", i) // Cedar at 0
		}
		w.must(adoption.InsertTarget(t.Context(), d, "p1", adoption.Target{StartsOn: "2018-09-30", Value: 50, AgreedBy: "board", Source: "test"}))
		w.must(adoption.InsertTarget(t.Context(), d, "p1", adoption.Target{StartsOn: "2018-06-30", Value: 50, Inclusive: true, AgreedBy: "board", Source: "test"}))
		w.must(adoption.InsertTarget(t.Context(), d, "p1", adoption.Target{UnitID: "m1", StartsOn: "2018-04-01", Value: 10, AgreedBy: "Alder", Source: "test"}))
		table := w.table(manager)
		if len(table.Targets) != 2 || table.Targets[0].StartsOn != "2018-06-30" || table.Targets[1].AgreedBy != "board" {
			t.Errorf("national targets are %+v", table.Targets)
		}
		for at, want := range []struct {
			sign             string
			reached, members int
		}{{">=", 2, 3}, {">", 1, 3}} {
			target, ok := table.TargetAt(at)
			reached, members := table.Reached(at)
			if !ok || target.Sign() != want.sign || reached != want.reached || members != want.members {
				t.Errorf("in %s: %s 50 reached by %d of %d, want %+v", q[at].Label(), target.Sign(), reached, members, want)
			}
		}
	})
}

func TestPickAnswersThePeriodsAskedFor(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	w := newWorld(t, t.Context(), d, []string{"Alder", "Birch"}, 4)
	q := threeQuarters(w)
	whole := w.table(manager)
	picked, err := whole.Pick([]period.Period{q[2], q[0]})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Alder: 0/1(1) 2/2(2)", "Birch: 1/2(2) 0/2(1)", "Total: 1/3(3) 2/4(3)"}
	if got := show(picked); !slices.Equal(got, want) {
		t.Errorf("picked is %q, want %q", got, want)
	}
	if got := show(whole); !slices.Equal(got, threeQuartersByHand) {
		t.Errorf("picking changed the table to %q", got)
	}
	if _, err := whole.Pick([]period.Period{q[0], q[2].Next()}); !errors.Is(err, fault.ErrInvalid) || !strings.Contains(err.Error(), q[2].Next().Label()) {
		t.Errorf("a period without figures: %v", err)
	}
}

// cell is what a random data set says of one site in one period.
type cell struct {
	at, site, member int
	level            int // blank where it did not report
}

var anyData = rapid.Custom(func(t *rapid.T) (cells []cell) {
	for at := range rapid.IntRange(1, 3).Draw(t, "periods") {
		for site := 1; site <= 5; site++ {
			if member := rapid.IntRange(0, 3).Draw(t, "member"); member > 0 {
				cells = append(cells, cell{at, site, member, rapid.IntRange(blank, 5).Draw(t, "level")})
			}
		}
	}
	return cells
})

// bruteForce counts one cell of the table straight from its definition.
func bruteForce(cells []cell, at, member int) adoption.Rate {
	adopted, reported, eligible := 0, 0, 0
	for _, c := range cells {
		if c.at != at || member != 0 && c.member != member {
			continue
		}
		eligible++
		if c.level != blank {
			reported++
		}
		if c.level >= adoptedLevel {
			adopted++
		}
	}
	return adoption.Computed(adopted, reported, eligible)
}

func TestTableIsWhatBruteForceCounts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		members := []string{"Zelkova", "Alder", "Maple"} // m1 comes last in the alphabet
		newWorld(t, t.Context(), d, members, 5)
		q := quarters(3)
		rapid.Check(t, func(rt *rapid.T) {
			cells := anyData.Draw(rt, "cells")
			undo := errors.New("undo")
			err := d.InTx(t.Context(), func(ctx context.Context) error {
				w := &world{t: rt, ctx: ctx, db: d, service: serviceOf(d)}
				for _, i := range rapid.Permutation(cells).Draw(rt, "order") {
					w.counts(q[i.at], int64(i.site), fmt.Sprint("m", i.member), i.level)
				}
				checkTable(rt, w.table(system), cells, q)
				return undo
			})
			if !errors.Is(err, undo) {
				rt.Fatal(err)
			}
		})
	})
}

func checkTable(t *rapid.T, table adoption.Table, cells []cell, q []period.Period) {
	at := func(p period.Period) int { return slices.Index(q, p) }
	for i, p := range table.Periods {
		if i > 0 && period.Compare(table.Periods[i-1], p) >= 0 {
			t.Fatalf("periods are out of order: %v", table.Periods)
		}
		if want := bruteForce(cells, at(p), 0); table.Total.Rates[i] != want {
			t.Fatalf("total in %s is %+v, want %+v", p.Label(), table.Total.Rates[i], want)
		}
	}
	order := []int{2, 3, 1} // Alder, Maple, Zelkova
	rows := table.Rows
	for _, member := range order {
		if !slices.ContainsFunc(cells, func(c cell) bool { return c.member == member }) {
			continue
		}
		if len(rows) == 0 || rows[0].MemberID != fmt.Sprint("m", member) {
			t.Fatalf("rows are %q, want m%d next", show(table), member)
		}
		for i, p := range table.Periods {
			if want := bruteForce(cells, at(p), member); rows[0].Rates[i] != want {
				t.Fatalf("m%d in %s is %+v, want %+v", member, p.Label(), rows[0].Rates[i], want)
			}
		}
		rows = rows[1:]
	}
	if len(rows) > 0 {
		t.Fatalf("rows nobody is eligible in: %q", show(table))
	}
	for i := range q {
		seen := slices.ContainsFunc(cells, func(c cell) bool { return c.at == i })
		if seen != slices.Contains(table.Periods, q[i]) {
			t.Fatalf("period %s stands in the table: %v, want %v", q[i].Label(), !seen, seen)
		}
	}
}
