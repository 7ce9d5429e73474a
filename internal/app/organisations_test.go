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

// expected answers how many returns a unit is expected to have, by period.
func expected(t *testing.T, d *db.DB, code string) (periods []string) {
	t.Helper()
	err := d.Each(t.Context(), func(row db.Scanner) error {
		var period, n int
		err := row.Scan(&period, &n)
		periods = append(periods, fmt.Sprint(n))
		return err
	}, `SELECT r.period, r.expected FROM return_rollup r JOIN unit u ON u.key = r.unit_key WHERE u.code = $1 ORDER BY r.period`, code)
	if err != nil {
		t.Fatal(err)
	}
	return periods
}

// A site of the first network, and how many it has in the last period.
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

// A site moves back in time: the one period that is not approved counts it
// under the new network, the approved ones as they did.
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
			before []string
			by     int
		}{{"MU-N01", from, -1}, {"MU-N02", to, 1}} {
			want := slices.Clone(c.before)
			var last int
			if _, err := fmt.Sscan(want[len(want)-1], &last); err != nil {
				t.Fatal(err)
			}
			want[len(want)-1] = fmt.Sprint(last + c.by)
			if got := expected(t, d, c.code); !slices.Equal(got, want) {
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
