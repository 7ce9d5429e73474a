package reference

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"sir/internal/exchange"
	"sir/internal/reference"
)

func TestAShelfIsDownloadedAsFiltered(t *testing.T) {
	answer := evaluator(t).Get("/shelves/stages/entries.csv?concerns=Money")
	if answer.Status != 200 || answer.Header.Get("Content-Type") != "text/csv; charset=utf-8" ||
		answer.Header.Get("Content-Disposition") != `attachment; filename="stages.csv"` {
		t.Errorf("answers %d with %v", answer.Status, answer.Header)
	}
	rows, err := csv.NewReader(strings.NewReader(answer.Body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"code", "parent", "title", "text", "stage", "concerns", "flag", "notes", "steps", "source"}; !slices.Equal(rows[0], want) {
		t.Errorf("the columns are %q, want %q", rows[0], want)
	}
	if len(rows) != 4 {
		t.Fatalf("%d rows, want a head and the 3 entries that concern money", len(rows))
	}
	want := []string{
		"PLN-12", "PLN", "Sustainability plan", "Write down how use will go on once support ends.", "Planning", "Sites; Money", "", "", "", "F4.1",
	}
	i := slices.IndexFunc(rows, func(r []string) bool { return r[2] == "Sustainability plan" })
	if i < 0 || !slices.Equal(rows[i][1:], want[1:]) {
		t.Errorf("the sustainability plan is %q, want %q", rows[max(i, 0)], want)
	}
}

func TestNotesAndStepsTakeALineEach(t *testing.T) {
	view := reference.View{Entries: []reference.Entry{{
		Code: "=1+1", Title: "-x", Text: "@x",
		Notes: []reference.Note{{Label: "Use when", Items: []string{"a", "b"}}, {Label: "Remark", Items: []string{"c"}}},
		Steps: []reference.Step{{Title: "First", Text: "Look"}, {Title: "Second"}},
	}}}
	var text strings.Builder
	if err := sheetOf(view).Write(&text, exchange.CSV); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(text.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"'=1+1", "", "'-x", "'@x", "Use when: a; b\nRemark: c", "1. First: Look\n2. Second", ""}
	if !slices.Equal(rows[1], want) {
		t.Errorf("the row is %q, want %q: no cell may be run as a formula", rows[1], want)
	}
}
