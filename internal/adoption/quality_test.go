package adoption_test

import (
	"testing"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/policy"
)

// Each finding is what the sendings below were made to have, and nothing else.
func TestDataQuality(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := asked(t, d)
		q := quarters(5)
		w.exec(`UPDATE collection SET first_period = $1, last_period = $2`, q[0].Key(), q[4].Key())
		w.must(w.service.OpenLists(w.ctx, system))
		for i, p := range q {
			level := int64(3)
			if i == 4 {
				level = 0
			}
			_, err := w.send(system, "",
				value(1, p, 1, 10, level), value(1, p, 1, 11, 40), // falls in the last; its count is always 40
				value(2, p, 2, 10, 3), value(2, p, 2, 11, int64(i)),
				value(3, p, 4, 10, 0), value(3, p, 4, 11, 0)) // always 0 is no copy
			w.must(err)
		}
		w.must(w.service.Approve(w.ctx, system, adoption.Part{Programme: "code-p1", Collection: "quarterly", Member: "code-m2", Period: q[0]}, "site 5 is silent"))
		_, err := w.send(system, "miscounted", value(1, q[0], 4, 10, 3), value(1, q[1], 2, 10, 0))
		w.must(err)
		quality, err := w.service.DataQuality(w.ctx, system, "code-p1")
		w.must(err)
		c := quality.Collections[0]
		if len(c.Periods) != 5 || len(c.Members) != 2 || c.Members[0].Counts[4] != (adoption.ReturnCount{Expected: 3, Received: 2, Complete: 2}) {
			t.Errorf("members are %+v over %d periods", c.Members, len(c.Periods))
		}
		if len(c.Fallen) != 1 || c.Fallen[0].SiteCode != "site-1" || c.Fallen[0].From != 3 || c.Fallen[0].To != 0 {
			t.Errorf("fallen are %+v", c.Fallen)
		}
		if len(c.Constant) != 1 || c.Constant[0].SiteCode != "site-1" || c.Constant[0].Value != 40 || c.Constant[0].Periods != 5 {
			t.Errorf("constant are %+v", c.Constant)
		}
		if len(c.NeverCame) != 2 || c.NeverCame[0].SiteCode != "site-3" || c.NeverCame[1].SiteCode != "site-5" || c.NeverCame[1].Periods != 5 {
			t.Errorf("never came %+v", c.NeverCame)
		}
		if len(c.Unapproved) != 9 {
			t.Errorf("%d are not approved, want 10 less 1", len(c.Unapproved))
		}
		if len(c.Restated) != 2 {
			t.Fatalf("restated are %+v", c.Restated)
		}
		alder, birch := c.Restated[0], c.Restated[1]
		if alder.Adopted != -1 || alder.Eligible != 3 || alder.AfterApproval != 0 || birch.Adopted != 1 || birch.AfterApproval != 1 || birch.Cells != 1 || birch.Points() != 50 {
			t.Errorf("restated are %+v and %+v", alder, birch)
		}
		seen, err := w.service.DataQuality(w.ctx, manager, "code-p1")
		w.must(err)
		if c := seen.Collections[0]; len(c.NeverCame) != 1 || c.NeverCame[0].SiteCode != "site-3" || len(c.Members) != 2 {
			t.Errorf("a manager sees the sites %+v and %d members", c.NeverCame, len(c.Members))
		}
		if _, err := w.service.DataQuality(w.ctx, held(policy.SiteChampion, policy.Grant{Site: "s1"}), "code-p1"); outcome(err) != "forbidden" {
			t.Errorf("a champion is answered %v", err)
		}
	})
}

func TestTargetsAreKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := asked(t, d)
		right := adoption.Target{StartsOn: "2019-04-01", Value: 50, Inclusive: true, AgreedBy: "Board", AgreedOn: "2019-01-10"}
		w.must(w.service.AddNationalTarget(w.ctx, held(policy.ProgrammeLead, policy.Grant{Programme: "p1"}), "code-p1", right))
		if err := w.service.AddNationalTarget(w.ctx, manager, "code-p1", right); outcome(err) != "forbidden" {
			t.Errorf("a manager sets a national target: %v", err)
		}
		if err := w.service.AddNationalTarget(w.ctx, system, "code-p1", right); outcome(err) != "invalid" {
			t.Errorf("a second target from the same date: %v", err)
		}
		_, err := w.send(system, "", value(1, quarters(1)[0], 1, 10, 3))
		w.must(err)
		w.must(w.service.AddLocalTarget(w.ctx, manager, "code-p1", "code-m1", right))
		if err := w.service.AddLocalTarget(w.ctx, manager, "code-p1", "code-m2", right); outcome(err) != "forbidden" {
			t.Errorf("a manager sets another's target: %v", err)
		}
		list, err := w.service.TargetsOf(w.ctx, manager, "code-p1")
		w.must(err)
		if len(list.National) != 1 || list.MaySetNational || len(list.Members) != 1 || !list.Members[0].MaySet {
			t.Fatalf("the list is %+v", list)
		}
		id := list.Members[0].Targets[0].ID
		if err := w.service.WithdrawLocalTarget(w.ctx, manager, "code-p1", "code-m1", list.National[0].ID); outcome(err) != "not found" {
			t.Errorf("a national target is withdrawn as a local one: %v", err)
		}
		w.must(w.service.WithdrawLocalTarget(w.ctx, manager, "code-p1", "code-m1", id))
		list, err = w.service.TargetsOf(w.ctx, manager, "code-p1")
		w.must(err)
		if kept := list.Members[0].Targets; len(kept) != 1 || kept[0].WithdrawnOn == "" {
			t.Errorf("kept are %+v", kept)
		}
	})
}
