package demo_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"sir/internal/adoption"
	"sir/internal/app"
	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/demo"
	"sir/internal/demo/madeup"
	"sir/internal/network"
	"sir/internal/policy"
)

func loaded(t *testing.T, d *db.DB) *app.App {
	t.Helper()
	a := app.New(d, time.Now)
	if err := demo.Load(t.Context(), a, policy.System("test")); err != nil {
		t.Fatal(err)
	}
	return a
}

func count(t *testing.T, d *db.DB, query string) int {
	t.Helper()
	var n int
	if err := d.Row(t.Context(), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func TestLoadFillsEveryRoom(t *testing.T) {
	generated := madeup.Generate(madeup.DefaultSeed)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		loaded(t, d)
		for query, want := range map[string]int{
			`SELECT count(*) FROM unit WHERE NOT made_up`:                                    15,
			`SELECT count(*) FROM unit WHERE made_up`:                                        len(generated.Networks) + len(generated.Areas),
			`SELECT count(*) FROM unit WHERE made_up AND kind = 'member'`:                    len(generated.Networks),
			`SELECT count(*) FROM unit_membership WHERE valid_to IS NOT NULL`:                1,
			`SELECT count(*) FROM member_staff`:                                              15,
			`SELECT CAST(sum(people) AS INTEGER) FROM member_staff`:                          143,
			`SELECT CAST(sum(people) AS INTEGER) FROM role_staff`:                            143,
			`SELECT count(*) FROM orientation_record WHERE orientation = 'explicit'`:         10,
			`SELECT count(*) FROM shelf_entry WHERE shelf = 'stages' AND parent IS NOT NULL`: 42,
			`SELECT count(*) FROM shelf_entry WHERE shelf = 'oddities'`:                      28,
			`SELECT count(*) FROM driver WHERE measure_id IS NOT NULL`:                       5,
			`SELECT count(DISTINCT coalesce(decision, 'runs')) FROM pdsa_cycle`:              4,
			`SELECT count(*) FROM published_figure`:                                          48,
			`SELECT count(*) FROM case_record`:                                               15,
			`SELECT count(*) FROM case_coding`:                                               15 * 13,
			`SELECT count(*) FROM case_condition WHERE fate = 'kept'`:                        4,
			`SELECT count(*) FROM site`:                                                      len(generated.Sites),
			`SELECT count(*) FROM rollout WHERE state = 'stopped' AND lesson IS NOT NULL`:    1,
			`SELECT count(*) FROM site_return WHERE submitted_on IS NULL`:                    len(generated.Missing),
			`SELECT count(*) FROM observation`:                                               3*len(generated.Returns) + 3*len(generated.Monthly),
			`SELECT count(*) FROM chart_mark`:                                                len(generated.Remarks),
			`SELECT count(*) FROM restatement`:                                               len(generated.Restatements),
			`SELECT count(*) FROM account`:                                                   len(policy.Roles),
			`SELECT count(*) FROM account WHERE password_hash <> ''`:                         0,
			`SELECT count(*) FROM site_return r WHERE submitted_on IS NULL AND EXISTS (SELECT 1 FROM observation o WHERE o.period = r.period AND o.site_key = r.site_key)`: 0,
		} {
			if got := count(t, d, query); got != want {
				t.Errorf("%s = %d, want %d", query, got, want)
			}
		}
	})
}

// The rates that SIR computes from the stored rows are those that follow from
// the generator's records.
func TestMadeUpRatesFollowFromTheGenerator(t *testing.T) {
	generated := madeup.Generate(madeup.DefaultSeed)
	adopted := map[string]int{}
	for _, r := range generated.Restated() {
		if r.Level >= 3 {
			adopted[r.Period.Slug()]++
		}
	}
	eligible := map[string]int{}
	for _, p := range generated.Periods {
		for _, e := range generated.Eligibilities {
			if e.First.Key() <= p.Key() && (e.Last.IsZero() || p.Key() <= e.Last.Key()) {
				eligible[p.Slug()]++
			}
		}
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table, err := loaded(t, d).Adoption.Rates(t.Context(), policy.System("test"), generated.Code)
		if err != nil {
			t.Fatal(err)
		}
		if len(table.Periods) != len(generated.Periods) {
			t.Fatalf("%d periods, want %d", len(table.Periods), len(generated.Periods))
		}
		for i, p := range table.Periods {
			want := adoption.Computed(adopted[p.Slug()], table.Total.Rates[i].Reported, eligible[p.Slug()])
			if got := table.Total.Rates[i]; got != want {
				t.Errorf("%s: %+v, want %+v", p.Label(), got, want)
			}
		}
	})
}

func TestLoadIsOnceAndWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := app.New(d, time.Now)
		if err := demo.Check(t.Context(), a); !errors.Is(err, demo.ErrNotDemo) {
			t.Errorf("Check of an empty database = %v, want ErrNotDemo", err)
		}
		if err := demo.Load(t.Context(), a, policy.Nobody); err == nil {
			t.Error("a visitor loaded the demonstration")
		}
		if n := count(t, d, `SELECT count(*) FROM shelf`); n != 0 {
			t.Errorf("a refused load left %d shelves", n)
		}
		// A member that the facts hold too makes the load fail half way.
		clash := network.Member{ID: "x", Code: "wessex", Name: "Wessex", Source: "test"}
		if err := network.InsertMember(t.Context(), d, clash); err != nil {
			t.Fatal(err)
		}
		if err := demo.Load(t.Context(), a, policy.System("test")); !errors.Is(err, demo.ErrNotEmpty) {
			t.Errorf("Load into a database that holds a member = %v, want ErrNotEmpty", err)
		}
		if n := count(t, d, `SELECT count(*) FROM shelf`); n != 0 {
			t.Errorf("a refused load left %d shelves", n)
		}
		if _, err := d.Exec(t.Context(), `DELETE FROM unit`); err != nil {
			t.Fatal(err)
		}
		loaded(t, d)
		if err := demo.Check(t.Context(), a); err != nil {
			t.Errorf("Check after loading = %v", err)
		}
		if err := demo.Load(t.Context(), a, policy.System("test")); !errors.Is(err, demo.ErrNotEmpty) {
			t.Errorf("second Load = %v, want ErrNotEmpty", err)
		}
		if _, err := audit.Verify(t.Context(), d); err != nil {
			t.Error(err)
		}
	})
}

// The named members and the anonymous cases must not be joinable: no
// reference leads from one set to the other, by any number of steps; no text
// key occurs in both; and each is stored in an order of its own.
func TestNamedAndAnonymousSetsCannotBeJoined(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		loaded(t, d)
		linked := map[string][]string{}
		for _, r := range references(t, d) {
			linked[r[0]] = append(linked[r[0]], r[1])
			linked[r[1]] = append(linked[r[1]], r[0])
		}
		reached := reach(linked, "case_set")
		for _, name := range reached {
			if !strings.HasPrefix(name, "case_") && name != "published_term" {
				t.Errorf("references lead from the cases to the table %s", name)
			}
		}
		if !slices.Contains(reached, "case_record") {
			t.Error("the test sees no references at all")
		}

		anonymous := texts(t, d, `SELECT id FROM case_set`, `SELECT id FROM case_record`, `SELECT label FROM case_record`, `SELECT id FROM case_note`, `SELECT id FROM published_term`)
		named := texts(t, d, `SELECT id FROM unit`, `SELECT code FROM unit`, `SELECT name FROM unit`, `SELECT id FROM orientation_record`, `SELECT id FROM published_figure`)
		for key := range named {
			if anonymous[key] {
				t.Errorf("the key %q is in both sets", key)
			}
		}
		for text := range texts(t, d, `SELECT body FROM case_note`, `SELECT one_means FROM case_condition`, `SELECT zero_means FROM case_condition`,
			`SELECT meaning FROM case_note_code`, `SELECT summary FROM case_set`, `SELECT title FROM case_set`) {
			for name := range texts(t, d, `SELECT name FROM unit WHERE NOT made_up AND name NOT IN ('Eastern', 'South West', 'Oxford')`) {
				if strings.Contains(text, name) {
					t.Errorf("the case text %q names the member %s", text, name)
				}
			}
		}

		byID := list(t, d, `SELECT name FROM unit WHERE NOT made_up ORDER BY id`)
		if !slices.IsSorted(byID) {
			t.Errorf("members are stored in the order %v, want alphabetical", byID)
		}
		byName := list(t, d, `SELECT m.name FROM published_figure f JOIN unit m ON m.id = f.member_id ORDER BY f.period, f.id`)
		for chunk := range slices.Chunk(byName, 15) {
			if !slices.IsSorted(chunk) {
				t.Errorf("published figures are stored in the order %v, want alphabetical", chunk)
			}
		}
		cases := list(t, d, `SELECT label FROM case_record ORDER BY id`)
		for i, label := range cases {
			if label != fmt.Sprint(i+1) {
				t.Fatalf("cases are stored in the order %v, want that of their own labels", cases)
			}
		}
	})
}

func references(t *testing.T, d *db.DB) [][2]string {
	t.Helper()
	found, err := d.References(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// reach lists all tables that can be got to from one.
func reach(linked map[string][]string, from string) []string {
	seen := map[string]bool{from: true}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		for _, next := range linked[queue[0]] {
			if !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

func list(t *testing.T, d *db.DB, query string) []string {
	t.Helper()
	found, err := db.List(t.Context(), d, func(row db.Scanner) (string, error) {
		var text db.Text
		err := row.Scan(&text)
		return string(text), err
	}, query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return found
}

func texts(t *testing.T, d *db.DB, queries ...string) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, query := range queries {
		for _, text := range list(t, d, query) {
			all[text] = true
		}
	}
	return all
}

// Each hierarchy counts every expected return once: the networks, the
// organisations, the commissioners and the regions add up to the programme.
func TestEveryHierarchyAddsUpToTheProgramme(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		loaded(t, d)
		whole := list(t, d, `SELECT period || ': ' || expected FROM return_rollup WHERE unit_key = 0 ORDER BY period`)
		for _, kind := range []string{"member", madeup.OrganisationArea, madeup.CommissionerArea, madeup.RegionArea} {
			parts := list(t, d, `SELECT r.period || ': ' || CAST(sum(r.expected) AS BIGINT) FROM return_rollup r JOIN unit u ON u.key = r.unit_key
				WHERE u.kind = '`+kind+`' GROUP BY r.period ORDER BY r.period`)
			if !slices.Equal(parts, whole) || len(whole) == 0 {
				t.Errorf("the units of the kind %s add up to %v, want %v", kind, parts, whole)
			}
		}
	})
}
