package adoption_test

import (
	"errors"
	"testing"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/policy"
)

func (w *world) formOf(actor policy.Actor, member, site string) (adoption.Form, error) {
	return w.service.ReturnForm(w.ctx, actor, adoption.FormName{
		Programme: "code-p1", Collection: "quarterly", Period: quarters(1)[0], Member: member, Site: site,
	})
}

// change is a cell that said was and is made to say value; blank is none.
func change(site, measure, was, value int64) adoption.FormCell {
	c := adoption.FormCell{Entry: value2(site, measure, value)}
	if was != blank {
		c.Was = &was
	}
	return c
}

func value2(site, measure, v int64) adoption.Entry {
	e := value(int(site), quarters(1)[0], site, measure, v)
	if v == blank {
		e.Value, e.Clear = 0, true
	}
	return e
}

func (w *world) sendForm(actor policy.Actor, cells ...adoption.FormCell) (adoption.Receipt, []adoption.Clash, error) {
	return w.service.SendForm(w.ctx, actor, adoption.FormName{
		Programme: "code-p1", Collection: "quarterly", Period: quarters(1)[0], Member: "code-m1",
	}, adoption.FormSending{Cells: cells})
}

// Of two who fill the same form, neither undoes what the other did unseen.
func TestFormsDoNotOverwriteUnseen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := asked(t, d)
		_, _, err := w.sendForm(manager, change(1, 10, blank, 3), change(2, 11, blank, 20))
		w.must(err)
		// The second opened the form before: all cells were blank.
		receipt, clashes, err := w.sendForm(manager, change(1, 10, blank, 0), change(2, 11, blank, blank), change(3, 11, blank, 5))
		if !errors.Is(err, fault.ErrStale) || len(clashes) != 1 || *clashes[0].Now != 3 || *clashes[0].Typed != 0 || clashes[0].Was != nil {
			t.Errorf("a clash answers %v with %+v, %+v", err, clashes, receipt)
		}
		// Without the clash the blank that they never touched stays 20.
		receipt, _, err = w.sendForm(manager, change(1, 10, 3, 3), change(2, 11, blank, blank), change(3, 11, blank, 5))
		w.must(err)
		if receipt.Tally != (adoption.Tally{Added: 1, Unchanged: 1}) {
			t.Errorf("the receipt is %+v", receipt.Tally)
		}
		form, err := w.formOf(manager, "code-m1", "")
		w.must(err)
		if got := []int64{form.Sites[0].Now[10], form.Sites[1].Now[11], form.Sites[2].Now[11]}; got[0] != 3 || got[1] != 20 || got[2] != 5 {
			t.Errorf("kept are %v", got)
		}
		// Two who type the same agree.
		_, clashes, err = w.sendForm(manager, change(3, 11, blank, 5))
		if err != nil || len(clashes) > 0 {
			t.Errorf("the same value twice: %v, %+v", err, clashes)
		}
		checkRollups(t, d, ofP1)
	})
}

// A form is for those who may send for all of it.
func TestFormAsksForItsPart(t *testing.T) {
	t.Parallel()
	w := asked(t, dbtest.Open(t, dbtest.SQLite(t)))
	w.must(w.service.OpenLists(w.ctx, system))
	_, err := w.send(system, "", value(2, quarters(1)[0], 4, 10, 3)) // a list for site 4 to have counted on
	w.must(err)
	champion := held(policy.SiteChampion, policy.Grant{Site: "s1"})
	for _, c := range []struct {
		actor        policy.Actor
		member, site string
		want         string
		sites        int
	}{
		{manager, "code-m1", "", "", 3},
		{manager, "code-m2", "", "forbidden", 0},
		{manager, "", "site-2", "", 1},
		{manager, "", "site-4", "forbidden", 0},
		{champion, "", "site-1", "", 1},
		{champion, "", "site-2", "forbidden", 0},
		{champion, "code-m1", "", "forbidden", 0},
		{manager, "", "no-such", "not found", 0},
		{policy.Nobody, "code-m1", "", "signed out", 0},
	} {
		form, err := w.formOf(c.actor, c.member, c.site)
		if outcome(err) != c.want || len(form.Sites) != c.sites {
			t.Errorf("%s for %s%s: %v, %d sites", c.actor.Name, c.member, c.site, err, len(form.Sites))
		}
	}
}

// Missing and late returns are told with days, reasons and what came before.
func TestOwing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := asked(t, d)
		q := quarters(2)
		late := ofP1.DueOn(q[1])
		for _, sending := range []struct {
			on     string
			values []adoption.Entry
		}{
			{"2018-07-10", []adoption.Entry{value(1, q[0], 1, 10, 3), value(2, q[0], 2, 10, 0)}},
			{late, []adoption.Entry{value(1, q[1], 1, 10, 3)}},
			{late[:8] + "31", []adoption.Entry{value(1, q[1], 2, 10, 3)}},
			{"2018-10-20", []adoption.Entry{value(1, q[1], 3, 11, 7)}},
		} {
			_, err := w.service.Submit(w.ctx, system, "code-p1", "quarterly", adoption.Sending{ReceivedOn: sending.on}, adoption.List(sending.values))
			w.must(err)
		}
		status, err := w.service.ReturnStatus(w.ctx, system, "code-p1", adoption.StatusChoice{Collection: "quarterly", Period: q[1]})
		w.must(err)
		c := status.Collections[0]
		if want := (adoption.ReturnCount{Expected: 5, Received: 3, Complete: 2, OnTime: 1}); c.Total != want {
			t.Errorf("the total is %+v, want %+v", c.Total, want)
		}
		if len(c.Owing) != 4 {
			t.Fatalf("%d are owing: %+v", len(c.Owing), c.Owing)
		}
		second, third, fourth := c.Owing[0], c.Owing[1], c.Owing[2]
		if second.SiteCode != "site-2" || !second.Late() || second.DaysLate != 1 || second.LastPeriod != q[0] || second.LastSentOn != "2018-07-10" {
			t.Errorf("the late one is %+v", second)
		}
		if third.SiteCode != "site-3" || third.Missing() || third.Late() || third.DaysLate < 2000 || !third.LastPeriod.IsZero() {
			t.Errorf("the one that is not complete is %+v", third)
		}
		if fourth.SiteCode != "site-4" || !fourth.Missing() {
			t.Errorf("the missing one is %+v", fourth)
		}
	})
}

// Lists are made for periods that have ended, once, and follow the rollouts
// until they are approved.
func TestOpenLists(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := asked(t, d)
		w.exec(`UPDATE collection SET first_period = $1, last_period = $2`, quarters(1)[0].Key(), quarters(3)[2].Key())
		for range 2 {
			w.must(w.service.OpenLists(w.ctx, system))
		}
		if n := count(t, d, `SELECT count(*) FROM eligible_site`); n != 15 {
			t.Errorf("%d places on the lists, want 5 sites in 3 quarters", n)
		}
		if n := count(t, d, `SELECT count(*) FROM audit_entry WHERE action = 'measures.change'`); n != 3 {
			t.Errorf("%d entries, want one a list", n)
		}
		w.must(w.service.Approve(w.ctx, system, adoption.Part{Programme: "code-p1", Collection: "quarterly", Member: "code-m1", Period: quarters(1)[0]}, "none came"))
		w.exec(`UPDATE rollout_site SET eligible_to = '2018-05-01' WHERE site_id IN ('s1', 's4')`)
		w.must(w.service.OpenLists(w.ctx, system))
		if n := count(t, d, `SELECT count(*) FROM eligible_site`); n != 15-3-2 {
			t.Errorf("%d places are left, want 10: site 1 stays where it was approved", n)
		}
		checkRollups(t, d, ofP1)
		if err := w.service.OpenLists(w.ctx, held(policy.ProgrammeLead, policy.Grant{Programme: "p1"})); outcome(err) != "forbidden" {
			t.Errorf("somebody opens lists: %v", err)
		}
	})
}
