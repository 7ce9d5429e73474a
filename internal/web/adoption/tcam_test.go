package adoption

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sir/internal/web/pagetest"
)

const tcamCaption = "Adoption rate by AHSN"

// table81 is the report's table 8.1 as it was printed: names, rates at three
// points and two changes, the total last.
func table81(t *testing.T) [][]string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for !exists(filepath.Join(folder, "go.mod")) {
		folder = filepath.Dir(folder)
	}
	path := filepath.Join(filepath.Dir(folder), "shared", "report", "tables", "table-8-1-tcam-adoption-rate.csv")
	if !exists(path) {
		t.Skipf("the report's table is not at %s", path)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) != 17 {
		t.Fatalf("%s: %d rows, %v", path, len(rows), err)
	}
	return rows[1:]
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// inWords is a printed number as the page shows it, with the class that the
// legend of table 8.1 gives it. Columns 1 to 3 are rates, the others changes.
func inWords(t *testing.T, column int, printed string) string {
	t.Helper()
	n, err := strconv.Atoi(printed)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case column <= 3 && n >= 50:
		return printed + "% , target reached"
	case column <= 3:
		return printed + "% , below the target"
	case n == 0:
		return "0 , no change"
	case n < 0:
		return "−" + printed[1:] + " , down"
	case n > 25:
		return "+" + printed + " , up by more than 25 points"
	default:
		return "+" + printed + " , up"
	}
}

// TestTCAMIsTable81 compares the page with the report's table, cell by cell.
func TestTCAMIsTable81(t *testing.T) {
	printed := table81(t)
	rows := analyst(t).Page("/measure/tcam").Rows(tcamCaption)
	if len(rows) != len(printed)+2 {
		t.Fatalf("the page has %d rows", len(rows))
	}
	for i, row := range printed {
		want := []string{row[0]}
		if row[0] == "Total" {
			want[0] = "Total, as published"
		}
		for column := 1; column < len(row); column++ {
			want = append(want, inWords(t, column, row[column]))
		}
		if !slices.Equal(rows[i], want) {
			t.Errorf("row %d is\n%q, the report has\n%q", i+1, rows[i], want)
		}
	}
}

// The total stands apart from the plain mean of the rates, which INVENTORY 1.16
// (X5) gives as 27.5, 40.2 and 52.0; 3, 7 and 10 of 15 are at or over 50%.
func TestTCAMTotals(t *testing.T) {
	page := analyst(t).Page("/measure/tcam")
	rows := page.Rows(tcamCaption)
	for i, want := range [][]string{
		{"Total, as published", "25% , below the target", "40% , below the target", "51% , target reached", "+15 , up", "+11 , up"},
		{"Plain mean of the rates above", "27.5%", "40.2%", "52.0%", "", ""},
		{"AHSNs at or over the target", "3 of 15 (>= 50%)", "7 of 15 (>= 50%)", "10 of 15 (>= 50%)", "", ""},
	} {
		if got := rows[15+i]; !slices.Equal(got, want) {
			t.Errorf("row %d is %q, want %q", 16+i, got, want)
		}
	}
	text := page.Main()
	for _, want := range []string{
		"In Q2 2020/21 (Jul to Sep 2020), the published total was 51%.",
		"10 of 15 academic health science networks (AHSNs) reached the target of 50% or more.",
		"SIR shows these figures as they were published, without their numerators and denominators, and cannot compute them again.",
		"In alphabetical order, not ranked.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// Every class of the legend has its words and a shape of its own.
func TestLegend(t *testing.T) {
	page := analyst(t).Page("/measure/tcam")
	var legend []string
	for _, list := range page.All("ul") {
		if pagetest.Attribute(list, "aria-label") == "Legend" {
			for item := range list.ChildNodes() {
				legend = append(legend, pagetest.Text(item))
			}
		}
	}
	want := []string{"● target reached", "○ below the target", "= no change", "▲ up", "▲▲ up by more than 25 points", "▼ down"}
	if !slices.Equal(legend, want) {
		t.Errorf("the legend is %q, want %q", legend, want)
	}
}

// X1 to X6 of INVENTORY 1.16, and no other, stand under the figures they are
// about, each with its source.
func TestOddities(t *testing.T) {
	v := analyst(t)
	page := v.Page("/measure/tcam")
	terms := page.Texts("dt")
	for i := 1; i <= 6; i++ {
		code := fmt.Sprintf("X%d", i)
		at := slices.IndexFunc(terms, func(text string) bool { return strings.HasPrefix(text, code+", ") })
		if at < 0 || len(terms[at]) < len("X1, T8.1") {
			t.Errorf("%s is not shown with its source", code)
		}
		if page.Href(code) != "/shelves/oddities/"+code {
			t.Errorf("%s leads to %q", code, page.Href(code))
		}
	}
	if text := page.Main(); strings.Contains(text, "X7,") || !strings.Contains(text, "27.5, 40.2 and 52.0") {
		t.Error("the wrong oddities are shown")
	}
	if text := v.Page("/measure/" + madeUp).Main(); strings.Contains(text, "disagree") {
		t.Error("the made-up programme has the report's oddities")
	}
}

// A member's own page has the same figures, and says that they are published
// ones. What is said of the total is not said of a member.
func TestTCAMMember(t *testing.T) {
	v := analyst(t)
	for _, row := range table81(t)[:15] {
		address := v.Page("/measure/tcam").Href(row[0])
		page := v.Page(address)
		rows := page.Rows("Adoption rate by period: " + row[0])
		for i, p := range []string{"Q3 2018/19 (Oct to Dec 2018)", "Q3 2019/20 (Oct to Dec 2019)", "Q2 2020/21 (Jul to Sep 2020)"} {
			want := []string{p, inWords(t, 1, row[1+i]), "not given", "not given", ">= 50%"}
			if !slices.Equal(rows[i], want) {
				t.Errorf("%s: %q, want %q", address, rows[i], want)
			}
		}
		if text := page.Main(); !strings.Contains(text, "cannot compute them again") || strings.Contains(text, "plain mean") {
			t.Errorf("%s says %q", address, text)
		}
	}
}
