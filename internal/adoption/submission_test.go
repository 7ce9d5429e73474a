package adoption_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// asked is a world with rollouts, so that eligible lists come from them: the
// sites 1 to 3 belong to Alder, 4 and 5 to Birch, all from Q1 2018/19 on. Its
// clock stands in October 2026.
func asked(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := newWorld(t, t.Context(), d, []string{"Alder", "Birch"}, 5)
	w.service = serviceOf(d)
	for _, role := range policy.Roles {
		w.exec(`INSERT INTO account (id, sign_in_name, name, password_hash, created_at) VALUES ($1, $1, $1, '', 0)`, string(role))
	}
	for _, m := range []string{"m1", "m2"} {
		w.must(rollout.Insert(w.ctx, d, rollout.Rollout{ID: "r" + m, ProgrammeID: "p1", MemberID: m, State: rollout.Active, PlannedStart: "2018-04-01"}))
	}
	for n := 1; n <= 5; n++ {
		member := "m1"
		if n > 3 {
			member = "m2"
		}
		id := fmt.Sprint("s", n)
		w.must(network.InsertMembership(w.ctx, d, network.Membership{SiteID: id, UnitID: member, ValidFrom: "2018-04-01"}))
		w.must(rollout.InsertSite(w.ctx, d, rollout.Site{RolloutID: "r" + member, SiteID: id, EligibleFrom: "2018-04-01"}))
	}
	w.must(network.Place(w.ctx, d))
	return w
}

// value is an entry of the first programme's level (10) or count (11).
func value(row int, p period.Period, site, measure, v int64) adoption.Entry {
	return adoption.Entry{Row: row, Column: map[int64]string{10: "level", 11: "count"}[measure], Period: p, SiteKey: site, MeasureKey: measure, Value: v}
}

func (w *world) send(actor policy.Actor, reason string, entries ...adoption.Entry) (adoption.Receipt, error) {
	return w.service.Submit(w.ctx, actor, "code-p1", "quarterly", adoption.Sending{Source: "csv", Reason: reason}, adoption.List(entries))
}

func (w *world) rates() []string { return show(w.table(system)) }

func TestSubmitCountsAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := asked(t, d)
		q := quarters(2)
		receipt, err := w.send(system, "", value(2, q[0], 1, 10, 3), value(2, q[0], 1, 11, 40), value(3, q[0], 2, 10, 0), value(4, q[1], 4, 11, 5))
		w.must(err)
		if receipt.Number != 1 || receipt.Tally != (adoption.Tally{Added: 4}) || receipt.Sites != 3 || !slices.Equal(receipt.Periods, q) {
			t.Errorf("the receipt is %+v", receipt)
		}
		want := []string{"Alder: 1/3(2) 0/3(0)", "Birch: 0/2(0) 0/2(0)", "Total: 1/5(2) 0/5(0)"}
		if got := w.rates(); !slices.Equal(got, want) {
			t.Errorf("rates are %q, want %q", got, want)
		}
		again, err := w.send(system, "", value(2, q[0], 1, 10, 3), value(3, q[0], 2, 10, 3))
		w.must(err)
		if again.Tally != (adoption.Tally{Changed: 1, Unchanged: 1}) {
			t.Errorf("sent again: %+v", again.Tally)
		}
		clear := value(2, q[0], 1, 10, 0)
		clear.Clear = true
		_, err = w.send(system, "", clear)
		w.must(err)
		if got, want := w.rates()[0], "Alder: 1/3(1) 0/3(0)"; got != want {
			t.Errorf("after clearing: %q, want %q", got, want)
		}
		checkRollups(t, d, ofP1)
	})
}

// All that can be wrong is listed, each with its place, and nothing is taken.
func TestSubmitTakesAllOrNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := asked(t, d)
		q := quarters(1)[0]
		month, err := period.New(period.Month, 2018, 4)
		w.must(err)
		later, err := period.OfQuarter(2026, 3)
		w.must(err)
		_, err = w.send(system, "", value(2, q, 1, 11, 10))
		w.must(err)
		w.must(w.service.Approve(w.ctx, system, adoption.Part{Programme: "code-p1", Collection: "quarterly", Member: "code-m2", Period: q}, "none came"))
		for _, c := range []struct {
			entry adoption.Entry
			says  string
		}{
			{value(7, q, 1, 10, 2), "Level has the levels 0 and 3"},
			{value(7, q, 1, 11, -1), "Referrals cannot be less than 0"},
			{value(7, q, 99, 10, 3), "no eligible site that you may send for"},
			{value(7, month, 1, 10, 3), "asks for each quarter, and April 2018 is a month"},
			{value(7, later, 1, 10, 3), "Q3 2026/27 has not ended yet"},
			{value(7, q, 4, 10, 3), "approved: give a reason"},
			{value(7, q, 2, 10, 0), "row 2 says otherwise"},
		} {
			receipt, err := w.send(system, "", value(2, q, 2, 10, 3), c.entry, value(9, q, 3, 10, 3))
			if !errors.Is(err, fault.ErrInvalid) || receipt.Wrong != 1 || len(receipt.Conflicts) != 1 {
				t.Errorf("%+v: %v, %+v", c.entry, err, receipt)
				continue
			}
			if got := receipt.Conflicts[0]; got.Row != 7 || got.Column == "" || !strings.Contains(got.Reason, c.says) {
				t.Errorf("the conflict is %q, want row 7 and %q", got.Error(), c.says)
			}
		}
		if got, want := w.rates(), []string{"Alder: 0/3(0)", "Birch: 0/2(0)", "Total: 0/5(0)"}; !slices.Equal(got, want) {
			t.Errorf("rates are %q, want %q", got, want)
		}
		if n := count(t, d, `SELECT count(*) FROM submission`); n != 1 {
			t.Errorf("%d submissions were kept, want the first alone", n)
		}
	})
}

func count(t *testing.T, d *db.DB, query string) (n int) {
	t.Helper()
	if err := d.Row(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestCheckChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := asked(t, d)
		q := quarters(1)[0]
		receipt, err := w.service.Check(w.ctx, system, "code-p1", "quarterly", adoption.Sending{Source: "csv"},
			adoption.List([]adoption.Entry{value(2, q, 1, 10, 3), value(3, q, 2, 10, 9)}))
		w.must(err)
		if receipt.Number != 0 || receipt.Tally.Added != 1 || receipt.Wrong != 1 {
			t.Errorf("the receipt is %+v", receipt)
		}
		for _, table := range []string{"observation", "eligible_site", "submission", "site_return", "measure_rollup"} {
			if n := count(t, d, `SELECT count(*) FROM `+table); n != 0 {
				t.Errorf("a dry run left %d rows in %s", n, table)
			}
		}
	})
}

// Each sends for their own sites alone, and cannot tell others' from none.
func TestSubmitAsksForEachSite(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := asked(t, d)
		q := quarters(1)[0]
		for _, c := range []struct {
			actor policy.Actor
			site  int64
			want  string
		}{
			{manager, 1, ""},
			{manager, 4, "invalid"},
			{manager, 99, "invalid"},
			{held(policy.SiteChampion, policy.Grant{Site: "s1"}), 1, ""},
			{held(policy.SiteChampion, policy.Grant{Site: "s1"}), 2, "invalid"},
			{held(policy.ProgrammeLead, policy.Grant{Programme: "p1"}), 4, ""},
			{held(policy.ProgrammeLead, policy.Grant{Programme: "p9"}), 4, "forbidden"},
			{held(policy.Evaluator, policy.Grant{Member: "m1"}), 1, "forbidden"},
			{policy.Nobody, 1, "signed out"},
		} {
			receipt, err := w.send(c.actor, "", value(2, q, c.site, 10, 3))
			if outcome(err) != c.want {
				t.Errorf("%s for site %d: %v, want %q", c.actor.Name, c.site, err, c.want)
			}
			if c.want == "invalid" && receipt.Conflicts[0].Reason != "no eligible site that you may send for has this code in this period" {
				t.Errorf("%s for site %d is told %q", c.actor.Name, c.site, receipt.Conflicts[0].Reason)
			}
		}
		for _, code := range []string{"no-such", "code-p2"} {
			_, err := w.service.Submit(w.ctx, manager, code, "quarterly", adoption.Sending{}, adoption.List(nil))
			if outcome(err) != "not found" {
				t.Errorf("programme %s: %v", code, err)
			}
		}
	})
}

// A value that was approved changes only with a reason, by those who may; what
// it said before, who changed it and why are kept.
func TestRestatementKeepsTheOld(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := asked(t, d)
		q := quarters(1)[0]
		_, err := w.send(system, "", value(2, q, 1, 10, 3), value(3, q, 2, 10, 0), value(4, q, 3, 10, 0))
		w.must(err)
		name := adoption.Part{Programme: "code-p1", Collection: "quarterly", Member: "code-m1", Period: q}
		w.must(w.service.Approve(w.ctx, manager, name, ""))
		champion := held(policy.SiteChampion, policy.Grant{Site: "s1"})
		if _, err := w.send(champion, "slip of the pen", value(2, q, 1, 10, 0)); outcome(err) != "invalid" {
			t.Errorf("a champion restates approved figures: %v", err)
		}
		_, err = w.send(manager, "slip of the pen", value(2, q, 1, 10, 0))
		w.must(err)
		view, err := w.service.Site(w.ctx, manager, "code-p1", "site-1")
		w.must(err)
		if len(view.History) != 1 || len(view.History[0].Restatements) != 1 {
			t.Fatalf("the history is %+v", view.History)
		}
		r := view.History[0].Restatements[0]
		if *r.Old != 3 || *r.New != 0 || !r.AfterApproval || r.Reason != "slip of the pen" || r.By != manager.Name || r.On != "2026-10-01" {
			t.Errorf("the restatement is %+v", r)
		}
		unit, err := w.service.Unit(w.ctx, manager, "code-p1", "code-m1", 1)
		w.must(err)
		if len(unit.Restated) != 1 || unit.Restated[0].SiteCode != "site-1" || *unit.Restated[0].Old != 3 || unit.Restated[0].Reason != "slip of the pen" {
			t.Errorf("the member's page lists %+v", unit.Restated)
		}
		other, err := w.service.Unit(w.ctx, held(policy.SpreadManager, policy.Grant{Member: "m2"}), "code-p1", "code-m1", 1)
		w.must(err)
		if len(other.Restated) != 1 || other.Restated[0].SiteCode != "" || other.Restated[0].Old != nil {
			t.Errorf("another member's reader sees %+v", other.Restated)
		}
		if got := w.rates()[0]; got != "Alder: 0/3(3)" {
			t.Errorf("after the restatement: %s", got)
		}
		checkRollups(t, d, ofP1)
	})
}

func TestApprovalFreezesTheList(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := asked(t, d)
		q := quarters(1)[0]
		_, err := w.send(system, "", value(2, q, 1, 10, 3))
		w.must(err)
		name := adoption.Part{Programme: "code-p1", Collection: "quarterly", Member: "code-m1", Period: q}
		if err := w.service.Approve(w.ctx, manager, name, " "); outcome(err) != "invalid" {
			t.Errorf("approved with two returns missing and no word why: %v", err)
		}
		w.must(w.service.Approve(w.ctx, manager, name, "two sites have no system"))
		if err := w.service.Approve(w.ctx, manager, name, "again"); outcome(err) != "invalid" {
			t.Errorf("approved twice: %v", err)
		}
		// Site 1 turns out to have been Birch's all the time, and site 2 ceases.
		for _, change := range []string{
			`UPDATE site_membership SET unit_id = 'm2' WHERE site_id = 's1'`,
			`UPDATE rollout_site SET eligible_to = '2018-05-01' WHERE site_id IN ('s2', 's4')`,
		} {
			if _, err := d.Exec(t.Context(), change); err != nil {
				t.Fatal(err)
			}
		}
		w.must(network.Place(w.ctx, d, "s1"))
		w.must(adoption.ListEligible(w.ctx, d, ofP1, q))
		if got, want := w.rates(), []string{"Alder: 1/3(1)", "Birch: 0/1(0)", "Total: 1/4(1)"}; !slices.Equal(got, want) {
			t.Errorf("rates became %q, want %q", got, want)
		}
		lead := held(policy.ProgrammeLead, policy.Grant{Programme: "p1"})
		if err := w.service.Reopen(w.ctx, manager, name, "wrong"); outcome(err) != "forbidden" {
			t.Errorf("a spread manager opens again: %v", err)
		}
		if err := w.service.Reopen(w.ctx, lead, name, ""); outcome(err) != "invalid" {
			t.Errorf("opened again without a reason: %v", err)
		}
		w.must(w.service.Reopen(w.ctx, lead, name, "boundary was wrong"))
		if got, want := w.rates(), []string{"Alder: 0/1(0)", "Birch: 1/2(1)", "Total: 1/3(1)"}; !slices.Equal(got, want) {
			t.Errorf("opened again, rates are %q, want %q", got, want)
		}
		checkRollups(t, d, ofP1)
	})
}

func TestApprovalIsForItsOwn(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	w := asked(t, d)
	q := quarters(1)[0]
	for _, c := range []struct {
		actor  policy.Actor
		member string
		p      period.Period
		want   string
	}{
		{manager, "code-m2", q, "forbidden"},
		{manager, "no-such", q, "not found"},
		{manager, "code-m1", period.Period{}, "not found"},
		{held(policy.SiteChampion, policy.Grant{Site: "s1", Member: "m1"}), "code-m1", q, "forbidden"},
		{held(policy.ProgrammeLead, policy.Grant{Programme: "p1"}), "code-m2", q, ""},
	} {
		name := adoption.Part{Programme: "code-p1", Collection: "quarterly", Member: c.member, Period: c.p}
		if err := w.service.Approve(w.ctx, c.actor, name, "nothing came"); outcome(err) != c.want {
			t.Errorf("%s approves %s: %v, want %q", c.actor.Name, c.member, err, c.want)
		}
	}
}

// A return is complete with all that is required, and on time by the day it
// was due, however often it is sent again.
func TestReturnsAreCountedOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := asked(t, d)
		q := quarters(1)[0]
		due, err := time.Parse(time.DateOnly, ofP1.DueOn(q))
		w.must(err)
		on := func(days int, entries ...adoption.Entry) {
			t.Helper()
			how := adoption.Sending{Source: "csv", ReceivedOn: due.AddDate(0, 0, days).Format(time.DateOnly)}
			_, err := w.service.Submit(w.ctx, system, "code-p1", "quarterly", how, adoption.List(entries))
			w.must(err)
		}
		on(-3, value(2, q, 1, 11, 5))                        // nothing that is required
		on(0, value(2, q, 2, 10, 0))                         // on the last day
		on(1, value(2, q, 1, 10, 3), value(3, q, 3, 10, 3))  // late
		on(9, value(2, q, 2, 10, 3), value(3, q, 2, 11, 70)) // changed later: it had come in time
		if got := returnsOf(t, d, 0); got != "expected 5 received 3 complete 3 on time 1" {
			t.Errorf("the returns are %s", got)
		}
		clear := value(2, q, 3, 10, 0)
		clear.Clear = true
		on(10, clear)
		if got := returnsOf(t, d, 0); got != "expected 5 received 2 complete 2 on time 1" {
			t.Errorf("with one taken back, the returns are %s", got)
		}
		checkRollups(t, d, ofP1)
	})
}

func returnsOf(t *testing.T, d *db.DB, unit int64) string {
	t.Helper()
	var e, r, c, o int
	err := d.Row(t.Context(), `SELECT expected, received, complete, on_time FROM return_rollup WHERE collection_key = 10 AND unit_key = $1`, unit).Scan(&e, &r, &c, &o)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("expected %d received %d complete %d on time %d", e, r, c, o)
}
