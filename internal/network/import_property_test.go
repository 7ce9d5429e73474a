package network_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/network"
)

// The days in which everything happens in these tests.
const (
	firstDay = "2024-01-01"
	days     = 60
)

func dayAt(i int) string {
	start, err := time.Parse(time.DateOnly, firstDay)
	if err != nil {
		panic(err) // a constant
	}
	return start.AddDate(0, 0, i).Format(time.DateOnly)
}

// stored is every membership in the database, by child.
type stored map[string][]struct{ parent, kind, from, to string }

func memberships(t testing.TB, d *db.DB) stored {
	t.Helper()
	all := stored{}
	err := d.Each(context.Background(), func(row db.Scanner) error {
		var child string
		var m struct{ parent, kind, from, to string }
		err := row.Scan(&child, &m.parent, &m.kind, &m.from, (*db.Text)(&m.to))
		all[child] = append(all[child], m)
		return err
	}, `SELECT s.code, u.code, u.kind, m.valid_from, m.valid_to FROM site_membership m JOIN site s ON s.id = m.site_id JOIN unit u ON u.id = m.unit_id
		UNION ALL SELECT c.code, u.code, u.kind, m.valid_from, m.valid_to FROM unit_membership m JOIN unit c ON c.id = m.child_id JOIN unit u ON u.id = m.parent_id`)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// above walks from a code to all that it lies in on a day: code to kind.
func (s stored) above(code, day string, found map[string]string) {
	for _, m := range s[code] {
		if m.from <= day && (m.to == "" || day < m.to) {
			found[m.parent] = m.kind
			s.above(m.parent, day, found)
		}
	}
}

// history is the codes above each site on each day, by site and day.
type history map[string][days]string

func walked(t *rapid.T, all stored, sites []string) history {
	h := history{}
	for _, site := range sites {
		var each [days]string
		for i := range days {
			found := map[string]string{}
			all.above(site, dayAt(i), found)
			kinds := slices.Sorted(maps.Values(found))
			if len(slices.Compact(slices.Clone(kinds))) != len(kinds) {
				t.Fatalf("%s lies in %v on %s", site, found, dayAt(i))
			}
			each[i] = strings.Join(slices.Sorted(maps.Keys(found)), " ")
		}
		h[site] = each
	}
	return h
}

// recorded is the same from the stored placements.
func recorded(t testing.TB, d *db.DB, sites []string) history {
	t.Helper()
	h := history{}
	for _, site := range sites {
		var each [days]string
		for _, p := range placed(t, d, site) {
			dates, units, _ := strings.Cut(p, ": ")
			from, to, _ := strings.Cut(dates, " ")
			for i := range days {
				if day := dayAt(i); from <= day && (to == "" || day < to) {
					each[i] += units
				}
			}
		}
		h[site] = each
	}
	return h
}

var (
	sitesOfTest = []string{"S1", "S2", "S3", "S4", "S5"}
	parentsOf   = map[string][]string{
		"S": {"O1", "O2", "O3", "N1", "N2", "C1", "C2"}, "O": {"C1", "C2", "C3", "G1", "R1"}, "G": {"C1", "R2"}, "C": {"R1", "R2"},
	}
	sameKind = map[string][]string{"S": sitesOfTest, "O": {"O1", "O2", "O3"}, "C": {"C1", "C2", "C3"}}
)

const smallLand = `code,name,kind,parent,parent from
S1,s,site,O1,2024-01-01
S2,s,site,O1,2024-01-01
S3,s,site,O2,2024-01-01
S4,s,site,O2,2024-01-05
S5,s,site,O3,2024-01-05
O1,o,organisation,C1,2024-01-01
O2,o,organisation,C2,2024-01-01
O3,o,organisation,G1,2024-01-01
G1,g,group,C3,2024-01-01
C1,c,commissioner,R1,2024-01-01
C2,c,commissioner,R1,2024-01-01
C3,c,commissioner,R2,2024-01-01
R1,r,region,,
R2,r,region,,
N1,n,member,,
N2,n,member,,
`

// file draws a file of a few moves, mergers, splits and closures.
func drawFile(t *rapid.T) string {
	text := "code,parent,parent from,parent to,closed,succession,succession date,successor\n"
	rows := map[string]bool{}
	for range rapid.IntRange(1, 4).Draw(t, "rows") {
		code := rapid.SampledFrom([]string{"S1", "S2", "S3", "S4", "S5", "O1", "O2", "O3", "G1", "C1", "C2", "C3"}).Draw(t, "code")
		if rows[code] {
			continue
		}
		rows[code] = true
		day := dayAt(rapid.IntRange(0, days-1).Draw(t, "day"))
		row := code + ",,,,,,,\n"
		switch what := rapid.IntRange(0, 9).Draw(t, "what"); {
		case what < 6:
			end := ""
			if what == 0 {
				end = dayAt(rapid.IntRange(0, days-1).Draw(t, "end"))
			}
			row = fmt.Sprintf("%s,%s,%s,%s,,,,\n", code, rapid.SampledFrom(parentsOf[code[:1]]).Draw(t, "parent"), day, end)
		case what == 6:
			row = fmt.Sprintf("%s,,,,%s,,,\n", code, day)
		case len(sameKind[code[:1]]) == 0:
		case what == 7:
			row = fmt.Sprintf("%s,,,,,split,%s,%s\n", code, day, rapid.SampledFrom(sameKind[code[:1]]).Draw(t, "part"))
		default:
			row = fmt.Sprintf("%s,,,,%s,merger,,%s\n", code, day, rapid.SampledFrom(sameKind[code[:1]]).Draw(t, "heir"))
		}
		text += row
	}
	return text
}

// Whatever is imported, the placements are what a walk of the memberships on
// every day finds; a site stands in one unit of a kind; before the day since
// which a site is said to have moved, nothing changed; what is refused changes
// nothing, and what was taken can be imported again without a change.
func TestPlacementsFollowTheMemberships(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t))
	tables := []string{"former_name", "placement_unit", "placement", "site_membership", "unit_membership", "site_succession", "unit_succession", "site", "unit"}
	taken, refused := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		for _, table := range tables {
			if _, err := d.Exec(t.Context(), `DELETE FROM `+table); err != nil {
				rt.Fatal(err)
			}
		}
		take(t, d, smallLand, "")
		before := walked(rt, memberships(t, d), sitesOfTest)
		for range rapid.IntRange(1, 8).Draw(rt, "imports") {
			file := drawFile(rt)
			outcome, err := serviceOver(d).ImportOrganisations(t.Context(), tester, fileOf(file, ""))
			if err != nil && outcome.Faults == 0 {
				rt.Fatalf("%s\n%v", file, err)
			}
			after := walked(rt, memberships(t, d), sitesOfTest)
			if got := recorded(t, d, sitesOfTest); !maps.Equal(got, after) {
				rt.Fatalf("%s\nplacements\n%v\nare not what the memberships say\n%v", file, got, after)
			}
			if err != nil {
				refused++
				if !maps.Equal(before, after) {
					rt.Fatalf("%s\nwas refused and changed something", file)
				}
				continue
			}
			taken++
			checkMoves(rt, t, d, outcome.Moves, before, after)
			if again, err := serviceOver(d).ImportOrganisations(t.Context(), tester, fileOf(file, "")); err != nil || len(again.Changes) > 0 || len(again.Moves) > 0 {
				rt.Fatalf("%s\nimported again: %v %q %v", file, err, words(again), again.Conflicts)
			}
			before = after
		}
	})
	if taken < refused/10 || refused == 0 {
		t.Errorf("%d files were taken and %d refused: the test looks at too little", taken, refused)
	}
}

func checkMoves(rt *rapid.T, t *testing.T, d *db.DB, moves []network.Move, before, after history) {
	since := map[string]string{}
	for _, m := range moves {
		for _, code := range sitesOfTest {
			if site, err := network.SiteByCode(t.Context(), d, code); err == nil && site.Key == m.SiteKey {
				since[code] = m.Since
			}
		}
	}
	for _, code := range sitesOfTest {
		for i := range days {
			if before[code][i] != after[code][i] {
				if since[code] != dayAt(i) {
					rt.Fatalf("%s moved on %s and is said to have moved since %q", code, dayAt(i), since[code])
				}
				break
			}
		}
	}
}
