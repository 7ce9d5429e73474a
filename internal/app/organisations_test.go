package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sir/internal/app"
	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/demo"
	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/policy"
)

var system = policy.System("test")

func loaded(t *testing.T, d *db.DB) *app.App {
	t.Helper()
	a := app.New(d, time.Now)
	if err := demo.Load(t.Context(), a, system); err != nil {
		t.Fatal(err)
	}
	return a
}

func file(content string) network.OrganisationFile {
	return network.OrganisationFile{Name: "test.csv", Content: strings.NewReader(content), Size: int64(len(content))}
}

// count is how many returns a unit is expected to have in a period.
type count struct {
	n    int
	open bool // the unit has not approved the period
}

// expected answers the counts of a member, by collection and period.
func expected(t *testing.T, d *db.DB, code string) []count {
	t.Helper()
	counts, err := db.List(t.Context(), d, func(row db.Scanner) (c count, err error) {
		err = row.Scan(&c.n, &c.open)
		return c, err
	}, `SELECT r.expected, NOT EXISTS (SELECT 1 FROM approval a WHERE a.collection_key = r.collection_key AND a.period = r.period
			AND a.member_id = u.id AND a.reopened_at IS NULL)
		FROM return_rollup r JOIN unit u ON u.key = r.unit_key WHERE u.code = $1 ORDER BY r.collection_key, r.period`, code)
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

// siteOf answers a site that counts under a member in the last period.
func siteOf(t *testing.T, d *db.DB, member string) string {
	t.Helper()
	var code string
	err := d.Row(t.Context(), `SELECT min(s.code) FROM eligible_site e JOIN site s ON s.key = e.site_key JOIN placement_unit pu ON pu.placement_key = e.placement_key
		JOIN unit u ON u.key = pu.unit_key WHERE u.code = $1 AND e.period = (SELECT max(period) FROM eligible_site)
		AND s.valid_to IS NULL`, member).Scan(&code)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// A site moves back in time: the periods that are not approved count it under
// the new network, the approved ones as they did.
func TestAnImportListsOpenPeriodsAnew(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := loaded(t, d)
		site := siteOf(t, d, "MU-N01")
		from, to := expected(t, d, "MU-N01"), expected(t, d, "MU-N02")
		outcome, err := a.ImportOrganisations(t.Context(), system, file("code,member,member from\n"+site+",MU-N02,2024-04-01\n"))
		if err != nil || len(outcome.Moves) != 1 || outcome.Moves[0].Since != "2024-04-01" {
			t.Fatalf("%+v (%v)", outcome, err)
		}
		for _, c := range []struct {
			code   string
			before []count
			by     int
		}{{"MU-N01", from, -1}, {"MU-N02", to, 1}} {
			changed := 0
			want := slices.Clone(c.before)
			for i := range want {
				if want[i].open { // in the demonstration only periods long after the move are
					want[i].n += c.by
					changed++
				}
			}
			if got := expected(t, d, c.code); !slices.Equal(got, want) || changed == 0 || changed == len(want) {
				t.Errorf("%s expects %v, want %v", c.code, got, want)
			}
		}
		if _, err := audit.Verify(t.Context(), d); err != nil {
			t.Error(err)
		}
	})
}

// What does not fit changes nothing, and who may not import is refused and
// written down.
func TestAnImportIsAllOrNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := loaded(t, d)
		before := content(t, d)
		outcome, err := a.ImportOrganisations(t.Context(), system, file("code,member\n"+siteOf(t, d, "MU-N01")+",MU-N02\nMU-999,MU-N01\n"))
		if !errors.Is(err, fault.ErrInvalid) || outcome.Faults != 1 {
			t.Errorf("a file with a fault: %+v (%v)", outcome.Conflicts, err)
		}
		if after := content(t, d); after != before {
			t.Errorf("a refused file left %s, was %s", after, before)
		}
		clerk := policy.Actor{ID: "a1", Name: "clerk", Grants: []policy.Grant{{Role: policy.Analyst}}}
		if _, err := a.ImportOrganisations(t.Context(), clerk, file("code\n")); !errors.Is(err, fault.ErrForbidden) {
			t.Errorf("an analyst imports: %v", err)
		}
		var refused int
		err = d.Row(t.Context(), `SELECT count(*) FROM audit_entry WHERE outcome = 'refused' AND action = 'organisations.import'`).Scan(&refused)
		if err != nil || refused != 1 {
			t.Errorf("%d refusals are written down (%v)", refused, err)
		}
	})
}

func content(t *testing.T, d *db.DB) string {
	t.Helper()
	var n [5]int
	err := d.Row(t.Context(), `SELECT (SELECT count(*) FROM site), (SELECT count(*) FROM site_membership), (SELECT count(*) FROM placement),
		(SELECT count(*) FROM eligible_site), (SELECT count(*) FROM audit_entry)`).Scan(&n[0], &n[1], &n[2], &n[3], &n[4])
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(n)
}
