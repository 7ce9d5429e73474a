package adoption_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/rollout"
	"sir/internal/usecase"
)

func serviceOf(d *db.DB) *adoption.Service {
	return adoption.New(&usecase.Desk{DB: d, Now: func() time.Time { return time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC) }})
}

// outcome is "" where it went well, else the kind of refusal.
func outcome(err error) string {
	for kind, name := range map[error]string{
		fault.ErrForbidden: "forbidden", fault.ErrNotFound: "not found", fault.ErrSignedOut: "signed out", fault.ErrInvalid: "invalid",
	} {
		if errors.Is(err, kind) {
			return name
		}
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// Who sees what of p1, which is computed: its members, its total alone, or
// nothing; p2 belongs to another innovation.
func TestRatesShowMembersOnlyToTheNetwork(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder", "Birch"}, 4)
		threeQuarters(w)
		w.programme("p2", "i2", 20)
		for _, c := range []struct {
			actor   policy.Actor
			p1, p2  string // outcome, or "members" or "total"
			another string // a programme that there is not
		}{
			{manager, "members", "members", "not found"},
			{held(policy.Evaluator, policy.Grant{}), "members", "members", "not found"},
			{held(policy.SiteChampion, policy.Grant{Programme: "p1", Site: "s1"}), "total", "forbidden", "forbidden"},
			{held(policy.Innovator, policy.Grant{Innovation: "i1"}), "total", "forbidden", "forbidden"},
			{held(policy.Innovator, policy.Grant{}), "forbidden", "forbidden", "forbidden"},
			{held(policy.InstanceAdmin, policy.Grant{}), "forbidden", "forbidden", "forbidden"},
			{policy.Nobody, "signed out", "signed out", "signed out"},
		} {
			for code, want := range map[string]string{"code-p1": c.p1, "code-p2": c.p2, "no-such": c.another, "code-p1' --": c.another} {
				table, err := w.service.Rates(t.Context(), c.actor, code)
				got := outcome(err)
				if err == nil {
					got = "total"
					if table.MembersOpen {
						got = "members"
					}
				}
				if got != want {
					t.Errorf("%s, %s: %s, want %s", c.actor.Name, code, got, want)
				}
				if got != "members" && len(table.Rows) > 0 {
					t.Errorf("%s, %s: sees %d members", c.actor.Name, code, len(table.Rows))
				}
			}
		}
		if _, err := w.service.Rates(t.Context(), manager, "\x00"); outcome(err) != "invalid" {
			t.Errorf("a NUL: %v", err)
		}
	})
}

// A guess by somebody who may see only their own must be answered alike
// whether the programme is there or not.
func TestGuessedProgrammesTeachNothing(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	w := newWorld(t, t.Context(), d, []string{"Alder"}, 1)
	w.programme("p2", "i2", 20)
	innovator := held(policy.Innovator, policy.Grant{Innovation: "i1"})
	_, there := w.service.Rates(t.Context(), innovator, "code-p2")
	_, missing := w.service.Rates(t.Context(), innovator, "code-p3")
	if there == nil || missing == nil || there.Error() != missing.Error() {
		t.Errorf("%v, and %v", there, missing)
	}
}

func TestProgrammesListsWhatTheReaderMaySee(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder"}, 1)
		w.programme("p3", "i2", 20)
		w.programme("p2", "i2", 30)
		w.must(adoption.InsertPublished(t.Context(), d, "p2", "m1", quarters(1)[0], 50, "", "test"))
		for _, c := range []struct {
			actor policy.Actor
			want  string
		}{
			{manager, "p1 p2 p3"}, {held(policy.Innovator, policy.Grant{Innovation: "i1"}), "p1 p2"},
			{held(policy.SiteChampion, policy.Grant{Programme: "p3"}), "p2 p3"}, {policy.Actor{ID: "x", Name: "no role"}, "p2"},
		} {
			list, err := w.service.Programmes(t.Context(), c.actor)
			var ids []string
			for _, p := range list {
				ids = append(ids, p.ID)
			}
			if err != nil || strings.Join(ids, " ") != c.want {
				t.Errorf("%s sees %q, want %s (%v)", c.actor.Name, ids, c.want, err)
			}
		}
		if _, err := w.service.Programmes(t.Context(), policy.Nobody); outcome(err) != "signed out" {
			t.Errorf("a visitor: %v", err)
		}
	})
}

func TestMemberShowsSitesOnlyToItsOwn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder", "Birch", "Unused"}, 4)
		threeQuarters(w)
		w.must(adoption.InsertTarget(t.Context(), d, "p1", adoption.Target{StartsOn: "2018-04-01", Value: 50, AgreedBy: "board", Source: "test"}))
		w.must(adoption.InsertTarget(t.Context(), d, "p1", adoption.Target{UnitID: "m2", StartsOn: "2018-04-01", Value: 20, AgreedBy: "Birch", Source: "test"}))
		for _, c := range []struct {
			actor         policy.Actor
			member        string
			want          string
			sites         bool
			targetPercent float64
		}{
			{manager, "code-m1", "", true, 50},
			{manager, "code-m2", "", false, 20},
			{held(policy.ProgrammeLead, policy.Grant{Programme: "p1"}), "code-m2", "", true, 20},
			{held(policy.ProgrammeLead, policy.Grant{Programme: "p2"}), "code-m2", "", false, 20},
			{held(policy.Evaluator, policy.Grant{Member: "m1"}), "code-m1", "", false, 50},
			{manager, "code-m3", "not found", false, 0},
			{manager, "no-such", "not found", false, 0},
			{held(policy.SiteChampion, policy.Grant{Programme: "p1", Site: "s1"}), "code-m1", "forbidden", false, 0},
			{held(policy.Innovator, policy.Grant{Innovation: "i1"}), "no-such", "forbidden", false, 0},
		} {
			view, err := w.service.Unit(t.Context(), c.actor, "code-p1", c.member, 1)
			if outcome(err) != c.want || view.SitesOpen != c.sites || c.sites != (len(view.Sites.Rows) > 0) {
				t.Errorf("%s, %s: %v, sites open %v (%d)", c.actor.Name, c.member, err, view.SitesOpen, len(view.Sites.Rows))
			}
			if err == nil && (len(view.Targets) != 1 || view.Targets[0].Value != c.targetPercent || view.OwnTarget != (c.targetPercent == 20)) {
				t.Errorf("%s, %s: targets %+v", c.actor.Name, c.member, view.Targets)
			}
		}
	})
}

func TestMemberListsItsSitesAsTheyCounted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder", "Birch"}, 4)
		threeQuarters(w)
		view, err := w.service.Unit(t.Context(), held(policy.ProgrammeLead, policy.Grant{Programme: "p1"}), "code-p1", "code-m2", 1)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, row := range view.Sites.Rows {
			line := row.Code
			for _, l := range row.Levels {
				switch {
				case !l.Eligible:
					line += " ."
				case !l.Reported:
					line += " ?"
				default:
					line += fmt.Sprintf(" %d%s", l.Level, map[bool]string{true: "+"}[l.Adopted])
				}
			}
			got = append(got, line)
		}
		if want := []string{"site-2 . . 3+", "site-3 2 3+ .", "site-4 ? 0 1"}; !slices.Equal(got, want) {
			t.Errorf("sites are %q, want %q", got, want)
		}
		if view.Measure.Levels[adoptedLevel] != "in use" || view.Measure.AdoptedLevel != adoptedLevel {
			t.Errorf("the measure is %+v", view.Measure)
		}
	})
}

func TestSiteTellsItsWholeHistory(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder", "Birch"}, 3)
		q := quarters(4)
		w.counts(q[0], 1, "m1", 2)
		w.observes(11, q[0], 1, 40)
		w.counts(q[1], 1, "m2", blank)
		w.must(adoption.InsertReturn(t.Context(), d, adoption.Return{ // late, and not eligible
			Collection: ofP1, Period: q[2], SiteKey: 1, SubmittedOn: "2019-01-15", CompleteOn: "2019-01-31", SentByKey: 2,
		}))
		was, is := int64(4), int64(2)
		old := adoption.Restatement{
			MeasureKey: 10, Period: q[0], SiteKey: 1, Old: &was, New: &is, AfterApproval: true, On: "2019-02-01", By: "analyst", Reason: "typing error",
		}
		w.must(adoption.InsertRestatement(t.Context(), d, ofP1, old))
		w.must(adoption.InsertApproval(t.Context(), d, ofP1, adoption.Approval{Period: q[0], MemberID: "m1", ApprovedAt: time.Now(), ApprovedBy: "analyst"}, nil))
		champion := rollout.Champion{ProgrammeID: "p1", SiteID: "s1", Role: "pharmacist", ServesFrom: "2018-04-01"}
		w.must(rollout.InsertChampion(t.Context(), d, champion))
		w.must(network.InsertSuccession(t.Context(), d, network.Succession{ID: "s1", Kind: "closure", HappenedOn: "2019-04-01", Reason: "closed"}))

		view, err := w.service.Site(t.Context(), held(policy.SpreadManager, policy.Grant{Member: "m2"}), "code-p1", "site-1")
		if err != nil {
			t.Fatal(err)
		}
		want := []adoption.SitePeriod{
			{
				Collection: "quarterly", Period: q[0], MemberName: "Alder", DueOn: "2018-07-30", SubmittedOn: "2018-07-30", CompleteOn: "2018-07-30",
				Approved: true, Values: map[int64]int64{10: 2, 11: 40}, Restatements: []adoption.Restatement{old},
			},
			{Collection: "quarterly", Period: q[1], MemberName: "Birch", DueOn: "2018-10-30", Values: map[int64]int64{}},
			{
				Collection: "quarterly", Period: q[2], DueOn: "2019-01-30", SubmittedOn: "2019-01-15", CompleteOn: "2019-01-31", Late: true,
				SentBy: "site-2", Values: map[int64]int64{},
			},
		}
		if !reflect.DeepEqual(view.History, want) {
			t.Errorf("the history is\n%+v\nwant\n%+v", view.History, want)
		}
		if len(view.Measures) != 2 || view.Measures[1].Code != "count" || !reflect.DeepEqual(view.Champions, []rollout.Champion{champion}) || len(view.Successions) != 1 {
			t.Errorf("the site is %+v", view)
		}
	})
}

// A site is shown to the member that it counted under last, to the programme
// and to itself; others learn nothing, not even whether there is such a site.
func TestSiteIsShownToItsOwn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder", "Birch"}, 3)
		q := quarters(2)
		w.counts(q[0], 1, "m1", 2)
		w.counts(q[1], 1, "m2", 2)
		for _, c := range []struct {
			actor                   policy.Actor
			own, uncounted, another string
		}{
			{held(policy.SpreadManager, policy.Grant{Member: "m2"}), "", "forbidden", "forbidden"},
			{held(policy.SpreadManager, policy.Grant{Member: "m1"}), "forbidden", "forbidden", "forbidden"},
			{held(policy.ProgrammeLead, policy.Grant{Programme: "p1"}), "", "not found", "not found"},
			{held(policy.SiteChampion, policy.Grant{Site: "s1"}), "", "forbidden", "forbidden"},
			{held(policy.SiteChampion, policy.Grant{Site: "s2"}), "forbidden", "not found", "forbidden"},
			{held(policy.Evaluator, policy.Grant{Member: "m2"}), "forbidden", "forbidden", "forbidden"},
			{system, "", "not found", "not found"},
			{policy.Nobody, "signed out", "signed out", "signed out"},
		} {
			for code, want := range map[string]string{"site-1": c.own, "site-3": c.uncounted, "no-such": c.another} {
				if code == "site-3" && c.actor.Name == string(policy.SiteChampion) {
					code = "site-2"
				}
				_, err := w.service.Site(t.Context(), c.actor, "code-p1", code)
				if outcome(err) != want {
					t.Errorf("%s %v, %s: %q, want %q", c.actor.Name, c.actor.Grants, code, outcome(err), want)
				}
			}
		}
	})
}

func TestRestatementsAreOnlyAddedTo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder"}, 1)
		w.must(adoption.InsertRestatement(t.Context(), d, ofP1, adoption.Restatement{
			MeasureKey: 10, Period: quarters(1)[0], SiteKey: 1, On: "2019-02-01", By: "analyst", Reason: "typing error",
		}))
		for _, statement := range []string{`UPDATE restatement SET old_value = 2`, `DELETE FROM restatement`} {
			if _, err := d.Exec(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", statement, err)
			}
		}
	})
}

// What does not fit together is refused by the database, whoever writes it.
func TestStoresRefuseWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder"}, 1)
		ctx, q := t.Context(), quarters(1)[0]
		w.counts(q, 1, "m1", 3)
		good := adoption.Measure{ID: "x", Key: 99, ProgrammeID: "p1", Code: "x", Name: "X", Kind: adoption.LevelMeasure,
			CollectionKey: 10, Purpose: adoption.ForProcess, Direction: adoption.Increase}
		odd, twice, nowhere := good, good, good
		odd.Kind = "guess"
		twice.Code = "level"
		nowhere.ProgrammeID = "p9"
		_, twiceListed := adoption.InsertEligible(ctx, d, ofP1, q, 1)
		if ok, err := adoption.InsertEligible(ctx, d, ofP1, q, 9); ok || err != nil {
			t.Errorf("a site that is not there: %v, %v", ok, err)
		}
		for name, err := range map[string]error{
			"a measure of no kind":           adoption.InsertMeasure(ctx, d, odd),
			"a code twice in a programme":    adoption.InsertMeasure(ctx, d, twice),
			"a measure of no programme":      adoption.InsertMeasure(ctx, d, nowhere),
			"a site twice in a period":       twiceListed,
			"a value twice":                  adoption.InsertObservation(ctx, d, adoption.Observation{MeasureKey: 10, Period: q, SiteKey: 1, Value: 1}),
			"a target of no programme":       adoption.InsertTarget(ctx, d, "p9", adoption.Target{StartsOn: "2018-04-01", Value: 1}),
			"a published figure of nobody's": adoption.InsertPublished(ctx, d, "p1", "m9", q, 1, "", ""),
			"a second return of a period":    adoption.InsertReturn(ctx, d, adoption.Return{Collection: ofP1, Period: q, SiteKey: 1}),
		} {
			if err == nil {
				t.Errorf("%s was kept", name)
			}
		}
	})
}

// A site champion is led to their own site, where it counts in the programme;
// nobody else is, and no other site is named.
func TestOwnSites(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, t.Context(), d, []string{"Alder"}, 2)
		w.counts(quarters(1)[0], 1, "m1", 2)
		for _, c := range []struct {
			name  string
			actor policy.Actor
			want  []string
		}{
			{"their site counts", held(policy.SiteChampion, policy.Grant{Programme: "p1", Site: "s1"}), []string{"site-1"}},
			{"their site does not count", held(policy.SiteChampion, policy.Grant{Programme: "p1", Site: "s2"}), nil},
			{"another role", held(policy.SpreadManager, policy.Grant{Programme: "p1", Site: "s1"}), nil},
		} {
			var got []string
			for _, site := range w.table(c.actor).OwnSites {
				got = append(got, site.Code)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
			}
		}
	})
}
