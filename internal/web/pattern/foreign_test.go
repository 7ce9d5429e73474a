package pattern_test

import (
	"context"
	"strings"
	"testing"

	area "sir/internal/pattern"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// foreign is a set that has little in common with the report's: nothing was
// published about it, its texts hold markup, a case is not coded on everything
// and two cases contradict each other on the kept conditions.
func foreign() area.CaseTable {
	t := area.CaseTable{
		Set:     area.CaseSet{ID: "f", Code: "f-1", Title: "<b>Foreign</b> set", Summary: "<script>alert(1)</script>", Source: "made-up"},
		Outcome: area.Condition{Name: "OUT", Label: "Out", OneMeans: "Went well", ZeroMeans: "Did not", Fate: area.Outcome, Source: "made-up"},
	}
	for _, name := range []string{"A", "B", "C"} {
		t.Conditions = append(t.Conditions, area.Condition{Name: name, Label: "<i>" + name, OneMeans: "<img src=x>", ZeroMeans: "No", Fate: area.Kept, Source: "made-up"})
	}
	t.Conditions[2].Fate = area.Dropped
	for _, c := range []struct {
		label  string
		values map[string]int
	}{
		{"x", map[string]int{"OUT": 1, "A": 1, "B": 1}}, // no code on C
		{"y", map[string]int{"OUT": 0, "A": 1, "B": 1, "C": 0}},
		{"z", map[string]int{"OUT": 0, "A": 0, "B": 1, "C": 0}},
		{"<u>", map[string]int{"OUT": 1, "A": 0, "B": 0, "C": 1}},
	} {
		t.Cases = append(t.Cases, area.Case{ID: "id-" + c.label, Label: c.label, Values: c.values, Coder: "c", Source: "made-up"})
	}
	return t
}

func TestSetThatIsNotTheReports(t *testing.T) {
	a := pagetest.Empty(t)
	if err := area.Insert(context.Background(), a.Desk.DB, foreign()); err != nil {
		t.Fatal(err)
	}
	v := serve(t, a).As(t, policy.Evaluator)
	tests := []struct {
		page   string
		status int
		says   string
	}{
		{"/cases", 200, "not coded"},
		{"/truth-table", 200, "Successes Case x Failures Case y"},
		{"/solutions", 200, "One formula is shortest."},
		{"/rivals?conditions=A,B", 200, "No set of up to 4 of these conditions tells 2 successes from the rest without a contradiction."},
		// A blank is not a zero: what needs the code of case x on C says so.
		{"/truth-table?conditions=C", 422, "Case x is not coded on C"},
		{"/screening", 422, "Case x is not coded on C"},
		{"/rivals", 422, "Case x is not coded on C"},
		{"", 200, "This table cannot be analysed as it stands. Case x is not coded on C"},
	}
	for _, test := range tests {
		answer := v.Get("/explain/f-1" + test.page)
		page := pagetest.Read(t, answer.Body)
		page.Check()
		if text := page.Main(); answer.Status != test.status || !strings.Contains(text, test.says) {
			t.Errorf("%s: %d %s", test.page, answer.Status, text)
		}
		for _, raw := range []string{"<b>Foreign", "<script>alert", "<i>A", "<img src=x", "<u>"} {
			if strings.Contains(answer.Body, raw) {
				t.Errorf("%s shows %q as markup", test.page, raw)
			}
		}
	}
}
