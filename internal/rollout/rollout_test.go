package rollout_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/innovation"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/rollout"
	"sir/internal/usecase"
)

// programmes are made up, not in the order of their names.
var programmes = []rollout.Programme{
	{ID: "p2", Code: "late", Name: "Programme B", Summary: "Made up.", InnovationID: "i2", MadeUp: true, Source: "test", Version: 1},
	{
		ID: "p1", Code: "early", Name: "Programme A", Summary: "Made up.", InnovationID: "i1", MadeUp: true, StartsOn: "2018-04-01", EndsOn: "2020-04-01",
		Level: "national", LeadID: "m1", LeadName: "Alder", Mandate: rollout.Mandated, MandateNote: "A contract says so.", AnnouncedOn: "2018-01-01",
		Budget: rollout.Budget{Pounds: 12000, EndsOn: "2020-04-01", After: "Sites pay."}, Source: "test", Version: 1,
	},
}

// rollouts: two members at the first programme, one at the second.
var rollouts = []rollout.Rollout{
	{ID: "r2", ProgrammeID: "p1", MemberID: "m2", State: rollout.Active, PlannedStart: "2018-04-01", ActualStart: "2018-07-10", StartReason: "no pharmacist", Version: 1},
	{
		ID: "r1", ProgrammeID: "p1", MemberID: "m1", State: rollout.Stopped, PlannedStart: "2018-04-01",
		StateSince: "2019-01-01", Reason: "another product", Lesson: "ask first",
		Aim: "every ward", ExitRule: "80% of sites", Budget: rollout.Budget{Pounds: 500, EndsOn: "2019-04-01", After: "Nothing."}, Version: 1,
	},
	{ID: "r3", ProgrammeID: "p2", MemberID: "m1", State: rollout.Scoping, PlannedStart: "2020-04-01", Version: 1},
}

func fill(t *testing.T, d *db.DB) {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	for i, name := range []string{"Alder", "Birch"} {
		must(network.InsertMember(t.Context(), d, network.Member{ID: fmt.Sprint("m", i+1), Code: strings.ToLower(name), Name: name, MadeUp: true, Source: "test"}))
		must(innovation.Insert(t.Context(), d, innovation.Innovation{ID: fmt.Sprint("i", i+1), Code: fmt.Sprint("i", i+1), Name: "I", Source: "test"}))
		must(network.InsertSite(t.Context(), d, network.Site{ID: fmt.Sprint("s", i+1), Key: int64(i + 1), Code: fmt.Sprint("s", i+1), Name: "S"}))
	}
	for _, p := range programmes {
		must(rollout.InsertProgramme(t.Context(), d, p))
	}
	for _, r := range rollouts {
		must(rollout.Insert(t.Context(), d, r))
	}
}

func TestProgrammesRoundTripInOneOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		got, err := rollout.ListProgrammes(t.Context(), d)
		if want := []rollout.Programme{programmes[1], programmes[0]}; err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("programmes are %+v, want %+v (%v)", got, want, err)
		}
		if p, err := rollout.ProgrammeByCode(t.Context(), d, "early"); err != nil || p != programmes[1] {
			t.Errorf("by code: %+v, %v", p, err)
		}
		for _, code := range []string{"", "EARLY", "no-such", "early' --", "e%"} {
			if _, err := rollout.ProgrammeByCode(t.Context(), d, code); !errors.Is(err, fault.ErrNotFound) {
				t.Errorf("programme %q: %v, want ErrNotFound", code, err)
			}
		}
		if _, err := rollout.ProgrammeByCode(t.Context(), d, "early\x00"); !errors.Is(err, fault.ErrInvalid) {
			t.Errorf("a code with a NUL: %v, want ErrInvalid", err)
		}
		if p := programmes[1].Object(); p != (policy.Object{Programme: "p1", Innovation: "i1"}) {
			t.Errorf("policy sees %+v", p)
		}
	})
}

// A rollout that was stopped says why and what was learned, whoever writes it.
func TestAStoppedRolloutHasAReasonAndALesson(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		for name, change := range map[string]func(*rollout.Rollout){
			"no reason":         func(r *rollout.Rollout) { r.State, r.Lesson = rollout.Stopped, "a lesson" },
			"no lesson":         func(r *rollout.Rollout) { r.State, r.Reason = rollout.Stopped, "a reason" },
			"unknown state":     func(r *rollout.Rollout) { r.State = "on holiday" },
			"no such member":    func(r *rollout.Rollout) { r.MemberID = "m9" },
			"no such programme": func(r *rollout.Rollout) { r.ProgrammeID = "p9" },
			"a second one":      func(r *rollout.Rollout) { r.ProgrammeID, r.MemberID = "p1", "m1" },
		} {
			r := rollout.Rollout{ID: db.NewID(), ProgrammeID: "p2", MemberID: "m2", State: rollout.Planned, PlannedStart: "2020-04-01"}
			change(&r)
			if err := rollout.Insert(t.Context(), d, r); err == nil {
				t.Errorf("%s: %+v was kept", name, r)
			}
		}
	})
}

func TestOverviewShowsWhatTheReaderReaches(t *testing.T) {
	t.Parallel()
	held := func(role policy.Role, grant policy.Grant) policy.Actor {
		grant.Role = role
		return policy.Actor{ID: "a", Grants: []policy.Grant{grant}}
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		s := rollout.New(&usecase.Desk{DB: d, Now: time.Now})
		for _, c := range []struct {
			actor policy.Actor
			want  string
		}{
			{held(policy.SpreadManager, policy.Grant{Member: "m1"}), "early: r1 r2; late: r3; "},
			{held(policy.ProgrammeLead, policy.Grant{Programme: "p1"}), "early: r1 r2; "},
			{held(policy.SeniorManager, policy.Grant{Member: "m1"}), "early: r1; late: r3; "},
			{held(policy.SeniorManager, policy.Grant{Member: "m2"}), "early: r2; "},
			{held(policy.SeniorManager, policy.Grant{}), ""},
			{held(policy.Analyst, policy.Grant{Member: "m2", Programme: "p2"}), "early: r2; late: r3; "},
		} {
			overview, err := s.Overview(t.Context(), c.actor)
			got := ""
			for _, p := range overview {
				got += p.Programme.Code + ":"
				for _, r := range p.Rollouts {
					got += " " + r.ID
				}
				got += "; "
			}
			if err != nil || got != c.want {
				t.Errorf("%v sees %q, want %q (%v)", c.actor.Grants, got, c.want, err)
			}
		}
		for _, role := range []policy.Role{policy.SiteChampion, policy.Innovator, policy.InstanceAdmin} {
			if _, err := s.Overview(t.Context(), held(role, policy.Grant{Member: "m1", Programme: "p1"})); !errors.Is(err, fault.ErrForbidden) {
				t.Errorf("a %s: %v", role, err)
			}
		}
		if _, err := s.Overview(t.Context(), policy.Nobody); !errors.Is(err, fault.ErrSignedOut) {
			t.Errorf("a visitor: %v", err)
		}
	})
}

func TestRolloutsRoundTripWithTheirSites(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		for _, site := range []rollout.Site{
			{RolloutID: "r1", SiteID: "s1", EligibleFrom: "2018-04-01", EligibleTo: "2018-10-01", Reason: "paused", Readiness: "ready"},
			{RolloutID: "r1", SiteID: "s1", EligibleFrom: "2019-01-01"}, // the same site again
			{RolloutID: "r1", SiteID: "s2", EligibleFrom: "2018-04-01"},
		} {
			if err := rollout.InsertSite(t.Context(), d, site); err != nil {
				t.Fatal(err)
			}
		}
		overview, err := rollout.New(&usecase.Desk{DB: d, Now: time.Now}).Overview(t.Context(), policy.System("test"))
		if err != nil || len(overview) != 2 || len(overview[0].Rollouts) != 2 {
			t.Fatalf("%+v, %v", overview, err)
		}
		want := []rollout.Rollout{rollouts[1], rollouts[0]}
		want[0].MemberName, want[0].Sites, want[1].MemberName = "Alder", 2, "Birch"
		if got := overview[0].Rollouts; !reflect.DeepEqual(got, want) {
			t.Errorf("rollouts are\n%+v\nwant\n%+v", got, want)
		}
		again := rollout.Site{RolloutID: "r1", SiteID: "s2", EligibleFrom: "2018-04-01"}
		if err := rollout.InsertSite(t.Context(), d, again); !db.IsDuplicate(err) {
			t.Errorf("one stretch twice: %v", err)
		}
	})
}

func TestChampionsAreToldByDate(t *testing.T) {
	t.Parallel()
	first := rollout.Champion{ProgrammeID: "p1", SiteID: "s1", Role: "chief pharmacist", ServesFrom: "2018-04-01", ServesTo: "2019-01-01", LeavingReason: "new post"}
	deputy := rollout.Champion{ProgrammeID: "p1", SiteID: "s1", Role: "ward manager", Deputy: true, ServesFrom: "2018-06-01"}
	second := rollout.Champion{ProgrammeID: "p1", SiteID: "s1", Role: "chief pharmacist", ServesFrom: "2019-02-01"}
	other := rollout.Champion{ProgrammeID: "p2", SiteID: "s1", Role: "consultant", ServesFrom: "2018-04-01"}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		for _, c := range []rollout.Champion{second, other, first, deputy} {
			if err := rollout.InsertChampion(t.Context(), d, c); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []struct {
			programme, site string
			want            []rollout.Champion
		}{
			{"p1", "s1", []rollout.Champion{first, deputy, second}}, {"p2", "s1", []rollout.Champion{other}}, {"p1", "s2", nil},
		} {
			got, err := rollout.ChampionsOf(t.Context(), d, c.programme, c.site)
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("of %s at %s: %+v, want %+v (%v)", c.programme, c.site, got, c.want, err)
			}
		}
	})
}

func TestDaysLate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		planned, actual string
		days            int
		ok              bool
	}{
		{"2018-04-01", "2018-04-01", 0, true},
		{"2018-04-01", "2018-07-10", 100, true}, // 29 + 31 + 30 + 10
		{"2018-07-10", "2018-04-01", -100, true},
		{"2020-02-28", "2020-03-01", 2, true}, // a leap year
		{"2018-03-24", "2018-03-26", 2, true}, // clocks change in between
		{"2018-04-01", "", 0, false},
		{"", "2018-04-01", 0, false},
		{"2018-04-01", "soon", 0, false},
	} {
		days, ok := rollout.Rollout{PlannedStart: c.planned, ActualStart: c.actual}.DaysLate()
		if days != c.days || ok != c.ok {
			t.Errorf("planned %q, actual %q: %d, %v; want %d, %v", c.planned, c.actual, days, ok, c.days, c.ok)
		}
	}
}

// What a failed load wrote goes with it.
func TestInsertsJoinTheTransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		stop := errors.New("stop")
		err := d.InTx(t.Context(), func(ctx context.Context) error {
			if err := innovation.Insert(ctx, d, innovation.Innovation{ID: "i1", Code: "i1", Name: "I"}); err != nil {
				return err
			}
			if err := rollout.InsertProgramme(ctx, d, rollout.Programme{ID: "p1", Code: "p", Name: "P", InnovationID: "i1"}); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		if list, err := rollout.ListProgrammes(t.Context(), d); err != nil || len(list) > 0 {
			t.Errorf("left are %+v (%v)", list, err)
		}
	})
}
