package network_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/exchange"
	"sir/internal/fault"
	"sir/internal/network"
)

// odsRow is a row of an ODS download: 27 values, by the numbers (from 1) of
// the columns that are given.
func odsRow(values map[int]string) string {
	cells := make([]string, 27)
	for i, v := range values {
		cells[i-1] = `"` + v + `"`
	}
	return strings.Join(cells, ",") + "\r\n"
}

// Made-up codes: none is one to nine letters and digits, as those of the
// service are.
var (
	odsTrusts = odsRow(map[int]string{1: "MU-T1", 2: "MADE-UP TRUST ONE", 3: "MU-Y1", 4: "MU-Q1", 5: "1 HIGH STREET", 10: "ZZ1 1ZZ", 11: "19910401", 12: "20240331", 22: "0"}) +
		odsRow(map[int]string{1: "MU-T2", 2: "MADE-UP TRUST TWO", 3: "MU-Y1", 11: "19910401"})
	odsSites = odsRow(map[int]string{1: "MU-T101", 2: "MADE-UP SITE", 3: "MU-Y1", 4: "MU-Q1", 11: "20000401", 14: "H", 15: "MU-T1", 16: "20000401", 17: "20231231"})
)

const odsAreas = "code,name,kind,region\nMU-Y1,Made-up region,region,\nMU-Q1,Made-up area,commissioner,MU-Y1\n"

// The first day on which something no longer holds is the day after the last
// one, which is what the service gives.
func TestODSDownloads(t *testing.T) {
	t.Parallel()
	headed := strings.Join(network.ODSColumns[:], ",") + "\n"
	for name, header := range map[string]string{"as published": "", "with a byte order mark": "\ufeff", "with a header": headed} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				take(t, d, odsAreas, "")
				outcome := take(t, d, header+odsTrusts, network.OrganisationUnit)
				if outcome.Rows != 2 || outcome.Count(network.Added) != 2 || outcome.Count(network.Ended) != 1 {
					t.Errorf("two trusts: %+v", outcome)
				}
				take(t, d, header+odsSites, network.SiteKind)
				for query, want := range map[string][]string{
					`SELECT code || ' ' || scheme || ' ' || valid_from || ' ' || coalesce(valid_to, '') FROM unit WHERE kind = 'organisation' ORDER BY code`: {
						"MU-T1 ods 1991-04-01 2024-04-01", "MU-T2 ods 1991-04-01 ",
					},
					`SELECT c.code || ' ' || p.code || ' ' || m.valid_from || ' ' || coalesce(m.valid_to, '') FROM unit_membership m
						JOIN unit c ON c.id = m.child_id JOIN unit p ON p.id = m.parent_id WHERE c.kind = 'organisation' ORDER BY 1`: {
						"MU-T1 MU-Q1 1991-04-01 2024-04-01", "MU-T2 MU-Y1 1991-04-01 ",
					},
					`SELECT u.code || ' ' || m.valid_from || ' ' || m.valid_to FROM site_membership m JOIN unit u ON u.id = m.unit_id`: {"MU-T1 2000-04-01 2024-01-01"},
					`SELECT name || ' ' || value FROM site_attribute`:                                                                  {"organisation sub-type code H"},
				} {
					if got := texts(t, d, query); !slices.Equal(got, want) {
						t.Errorf("%s: %q, want %q", query, got, want)
					}
				}
				if again := take(t, d, header+odsTrusts, network.OrganisationUnit); again.Unchanged != 2 || len(again.Changes) != 0 {
					t.Errorf("importing again: %+v", again)
				}
			})
		})
	}
}

// Row numbers are those of the file, with and without a header.
func TestConflictsOfODSDownloads(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	headed := strings.Join(network.ODSColumns[:], ",") + "\n"
	bad := odsRow(map[int]string{1: "MU-T3", 2: "MADE-UP", 11: "2024"})
	for file, want := range map[string]string{
		odsSites:                  `row 1, column Parent Organisation Code, "MU-T1": nothing with this code is known`,
		headed + odsSites:         `row 2, column Parent Organisation Code, "MU-T1": nothing with this code is known`,
		bad:                       `row 1, column Open Date, "2024": this is not a date`,
		bad + "a,b,c\n":           `row 2: the row has fewer cells (3)`,
		bad + bad + "\"open":      `row 3`,
		bad[:len(bad)-4] + "\x00": `the file looks like a binary file`,
	} {
		outcome, err := serviceOver(d).CheckOrganisations(t.Context(), tester, fileOf(file, network.SiteKind))
		found := slices.ContainsFunc(outcome.Conflicts, func(c exchange.Conflict) bool { return strings.Contains(c.Error(), want) })
		if err != nil || !found {
			t.Errorf("%q: %v (%v), want %s", file, outcome.Conflicts, err, want)
		}
	}
	outcome, err := serviceOver(d).ImportOrganisations(t.Context(), tester, fileOf(odsTrusts, ""))
	if !errors.Is(err, fault.ErrInvalid) || len(outcome.Conflicts) != 1 || !strings.Contains(outcome.Conflicts[0].Reason, "choose the kind") {
		t.Errorf("a download of no kind: %v %v", outcome.Conflicts, err)
	}
}

func TestOrganisationsFromAWorkbook(t *testing.T) {
	t.Parallel()
	book := excelize.NewFile()
	defer book.Close()
	for i, line := range strings.Split(strings.TrimSpace(land), "\n") {
		cells := []any{}
		for _, cell := range strings.Split(line, ",") {
			cells = append(cells, cell)
		}
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &cells); err != nil {
			t.Fatal(err)
		}
	}
	content, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	d := dbtest.Open(t, dbtest.SQLite(t))
	if outcome := take(t, d, content.String(), ""); outcome.Count(network.Added) != 10 {
		t.Errorf("the workbook: %+v", outcome)
	}
	if got, want := placed(t, d, "S2"), []string{"2018-04-01 : C1 N1 O1 R1"}; !slices.Equal(got, want) {
		t.Errorf("S2 stands in %q, want %q", got, want)
	}
}
