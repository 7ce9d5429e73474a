package network_test

import (
	"database/sql"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/usecase"
)

// family is made-up members, not in the order of their names.
var family = []network.Member{
	{ID: "m3", Key: 1, Code: "larch", Name: "Larch – made up", ShortName: "L", MadeUp: true, ValidFrom: "2018-04-01", ValidTo: "2023-10-01", Source: "test"},
	{ID: "m1", Key: 2, Code: "alder-b", Name: "Alder – made up", MadeUp: true, Source: "test <script>"},
	{ID: "m2", Key: 3, Code: "alder-a", Name: "Alder – made up", MadeUp: true, Source: "test"}, // the same name
	{ID: "m4", Key: 4, Code: "elm", Name: "elm – made up", MadeUp: true, Source: "\u202etest"},
}

func fill(t *testing.T, d *db.DB) {
	t.Helper()
	for _, m := range family {
		if err := network.InsertMember(t.Context(), d, m); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMembersRoundTripInOneOrder(t *testing.T) {
	t.Parallel()
	want := []network.Member{family[2], family[1], family[0], family[3]} // by code point, ties by code
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		got, err := network.ListMembers(t.Context(), d)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("members are\n%+v\nwant\n%+v (%v)", got, want, err)
		}
		err = network.InsertMember(t.Context(), d, network.Member{ID: "m9", Code: "elm", Name: "Another"})
		if !db.IsDuplicate(err) || !strings.Contains(err.Error(), "insert unit elm") {
			t.Errorf("a second elm: %v", err)
		}
	})
}

func TestDirectoryJoinsWhatIsKnown(t *testing.T) {
	t.Parallel()
	orientations := []network.Orientation{
		{MemberID: "m1", Explicit: true, Approach: "Own framework", Category: "framework", Source: "test 1"},
		{MemberID: "m1", Explicit: false, Source: "test 2"},
		{MemberID: "m4", Explicit: false, Approach: "Unwritten", Source: "test 3"},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		for _, o := range orientations {
			if err := network.InsertOrientation(t.Context(), d, o); err != nil {
				t.Fatal(err)
			}
		}
		if err := network.InsertMemberStaff(t.Context(), d, "m4", 7, "test"); err != nil {
			t.Fatal(err)
		}
		for _, r := range []network.RoleStaff{{Role: "Z", People: 1, Source: "test"}, {Role: "A", People: 2, Source: "test"}} {
			if err := network.InsertRoleStaff(t.Context(), d, r); err != nil {
				t.Fatal(err)
			}
		}
		s := network.New(&usecase.Desk{DB: d, Now: time.Now})
		got, err := s.Directory(t.Context(), policy.Actor{ID: "r"})
		want := network.Directory{
			Members: []network.MemberFacts{
				{Member: family[2]},
				{Member: family[1], Orientations: orientations[:2]},
				{Member: family[0]},
				{Member: family[3], Orientations: orientations[2:], People: 7},
			},
			Roles: []network.RoleStaff{{Role: "A", People: 2, Source: "test"}, {Role: "Z", People: 1, Source: "test"}},
		}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("the directory is\n%+v\nwant\n%+v (%v)", got, want, err)
		}
		if _, err := s.Directory(t.Context(), policy.Nobody); !errors.Is(err, fault.ErrSignedOut) {
			t.Errorf("the directory for a visitor: %v", err)
		}
	})
}

func TestSitesRoundTrip(t *testing.T) {
	t.Parallel()
	sites := []network.Site{
		{ID: "s1", Key: 1, Scheme: "ods", Code: "one", Name: "One", MadeUp: true, SizeBand: "large", DeprivationFifth: 5, Setting: "acute", ValidFrom: "2018-04-01", ValidTo: "2020-04-01"},
		{ID: "s2", Key: 1 << 40, Scheme: "own", Code: "two", Name: "<b>Two</b>"},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, want := range sites {
			if err := network.InsertSite(t.Context(), d, want); err != nil {
				t.Fatal(err)
			}
			if got, err := network.SiteByCode(t.Context(), d, want.Code); err != nil || got != want {
				t.Errorf("site %s is %+v, want %+v (%v)", want.Code, got, want, err)
			}
		}
		for _, code := range []string{"", "three", "ONE", "one' --"} {
			if _, err := network.SiteByCode(t.Context(), d, code); !errors.Is(err, sql.ErrNoRows) {
				t.Errorf("site %q: %v, want sql.ErrNoRows", code, err)
			}
		}
		if err := network.InsertSite(t.Context(), d, network.Site{ID: "s3", Key: 1, Code: "three", Name: "Three"}); !db.IsDuplicate(err) {
			t.Errorf("a second site of key 1: %v", err)
		}
	})
}

// A site belongs to at most one member on any date. An end is the first day
// that no longer counts, so that one stretch may begin where another ends.
func TestMembershipsDoNotOverlap(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		for i, id := range []string{"s1", "s2"} {
			if err := network.InsertSite(t.Context(), d, network.Site{ID: id, Key: int64(i + 1), Code: id, Name: id}); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []struct {
			site, member, from, to string
			fits                   bool
		}{
			{"s1", "m1", "2019-04-01", "2020-04-01", true},
			{"s1", "m2", "2019-04-01", "2020-04-01", false},
			{"s1", "m2", "2020-03-31", "", false},
			{"s1", "m2", "2018-04-01", "2019-04-02", false},
			{"s1", "m2", "2018-04-01", "", false},
			{"s1", "m2", "2019-06-01", "2019-07-01", false},
			{"s1", "m2", "2018-04-01", "2019-04-01", true},
			{"s1", "m3", "2020-04-01", "", true},
			{"s1", "m1", "2030-04-01", "", false}, // the last one has no end
			{"s2", "m1", "2018-04-01", "", true},  // another site
		} {
			err := network.InsertMembership(t.Context(), d, network.Membership{SiteID: c.site, UnitID: c.member, ValidFrom: c.from, ValidTo: c.to})
			if c.fits != (err == nil) || err != nil && !strings.Contains(err.Error(), "end that first") {
				t.Errorf("%s at %s from %s to %q: %v, want it to fit: %v", c.site, c.member, c.from, c.to, err, c.fits)
			}
		}
	})
}

// with is a succession that names the other site.
func with(s network.Succession, other string) network.Succession {
	s.Other = network.UnitRef{Kind: network.SiteKind, Code: other, Name: "Site " + other}
	return s
}

func TestSuccessionsTellBothSidesByDate(t *testing.T) {
	t.Parallel()
	merger := network.Succession{ID: "s1", SuccessorID: "s2", Kind: "merger", HappenedOn: "2020-04-01", Reason: "one trust"}
	earlier := network.Succession{ID: "s3", SuccessorID: "s2", Kind: "merger", HappenedOn: "2019-04-01", Reason: "first"}
	closure := network.Succession{ID: "s2", Kind: "closure", HappenedOn: "2021-01-01", Reason: "closed"}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for i, id := range []string{"s1", "s2", "s3"} {
			if err := network.InsertSite(t.Context(), d, network.Site{ID: id, Key: int64(i + 1), Code: id, Name: "Site " + id}); err != nil {
				t.Fatal(err)
			}
		}
		for _, s := range []network.Succession{merger, closure, earlier} {
			if err := network.InsertSuccession(t.Context(), d, s); err != nil {
				t.Fatal(err)
			}
		}
		for site, want := range map[string][]network.Succession{
			"s1": {with(merger, "s2")}, "s2": {with(earlier, "s3"), with(merger, "s1"), closure}, "s3": {with(earlier, "s2")}, "s4": nil,
		} {
			if got, err := network.SuccessionsOf(t.Context(), d, site); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("of %s: %+v, want %+v (%v)", site, got, want, err)
			}
		}
		bad := merger
		bad.Kind = "divorce"
		if err := network.InsertSuccession(t.Context(), d, bad); err == nil {
			t.Error("a succession of an unknown kind was kept")
		}
	})
}
