package adoption

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

const changesQuery = "?from=q4_2024_25&to=q4_2025_26"

// Why a rate changed stands beside the other views of the programme, and its
// causes can be taken away: the same rows and numbers, at every place.
func TestChangesDownload(t *testing.T) {
	v := analyst(t)
	for _, place := range []string{"", "/members/MU-N01", "/units/MU-O01"} {
		path := "/measure/" + madeUp + place + "/changes"
		page := v.Page(path + changesQuery)
		page.Check()
		if got := page.Href("Who is reached"); got != "/measure/"+madeUp+"/equity" {
			t.Errorf("%s: the list of views leads to %q", path, got)
		}
		table := page.Rows("Why the rate changed")
		if len(table) == 0 {
			t.Fatalf("%s: nothing changed", path)
		}
		rows := sheet(t, v, page.Href("Causes (CSV)"))
		if len(rows) != len(table)-1 { // the last row of the table is the sum
			t.Fatalf("%s: %d rows in the file, %d in the table", path, len(rows), len(table))
		}
		adopted, eligible := 0, 0
		for i, row := range rows {
			if !strings.EqualFold(row["cause"], table[i][0]) || row["sites"] != table[i][3] || row["from"] != "q4_2024_25" || row["to"] != "q4_2025_26" {
				t.Errorf("%s: the file has %v, the table %q", path, row, table[i])
			}
			adopted, eligible = adopted+whole(t, row["adopted"]), eligible+whole(t, row["eligible"])
		}
		sum := table[len(table)-1]
		if signed(adopted) != sum[1] || signed(eligible) != sum[2] {
			t.Errorf("%s: the file adds up to %d and %d, the table says %q", path, adopted, eligible, sum)
		}
	}
}

func whole(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A name that a spreadsheet would run is text in the file.
func TestChangesDownloadRunsNothing(t *testing.T) {
	a := pagetest.Demo(t)
	if _, err := a.Desk.DB.Exec(context.Background(), `UPDATE site SET name = '=HYPERLINK("x")'`); err != nil {
		t.Fatal(err)
	}
	path := "/measure/" + madeUp + "/changes.csv" + changesQuery
	found := false
	for _, row := range sheet(t, serve(t, a).As(t, policy.Analyst), path) {
		found = found || strings.Contains(row["sites"], "HYPERLINK")
		if strings.HasPrefix(row["sites"], "=") {
			t.Errorf("the file has the formula %q", row["sites"])
		}
	}
	if !found {
		t.Error("no renamed site is in the file: this test shows nothing")
	}
}

// Who may not see single sites gets the causes without them.
func TestChangesDownloadKeepsSites(t *testing.T) {
	v := serve(t, pagetest.Demo(t)).As(t, policy.SpreadManager)
	if rows := sheet(t, v, "/measure/"+madeUp+"/members/MU-N01/changes.csv"+changesQuery); rows[0]["sites"] == "" {
		t.Error("a spread manager's own sites are not named")
	}
	address := "/measure/" + madeUp + "/changes.csv" + changesQuery
	if page := v.Page("/measure/" + madeUp + "/changes" + changesQuery); strings.Contains(page.Main(), "does not show you single") {
		for _, row := range sheet(t, v, address) {
			if row["sites"] != "" {
				t.Errorf("the file names the sites %q, the page none", row["sites"])
			}
		}
	} else {
		t.Error("the page names all sites to a spread manager: this test shows nothing")
	}
}
