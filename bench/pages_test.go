package main

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
)

func TestDemoChoices(t *testing.T) {
	page := `<form method="post" action="/sign-in"><input name="role" value="not this form"></form>
<form method="post" action="/sign-in/demo"><button class="b" name="role" value="analyst">Analyst</button>
<button name="role" value="R&amp;D">R&amp;D</button></form>
<form method="post" action="/sign-in/demo"><input type="hidden" name="role" value="evaluator"><input type="hidden" name="next" value="/"></form>`
	want := []url.Values{{"role": {"analyst"}}, {"role": {"R&D"}}, {"role": {"evaluator"}}}
	if got := demoChoices(page); !reflect.DeepEqual(got, want) {
		t.Errorf("choices %v, want %v", got, want)
	}
}

// TestReport checks that the costliest role stands for a page, the costliest
// page for a crowd of them, and that downloads have no target.
func TestReport(t *testing.T) {
	costs := []cost{
		{"/measure", "analyst", "text/html", 2}, {"/measure", "evaluator", "text/html", 7},
		{"/measure/tcam.csv", "analyst", "text/csv", 9},
	}
	for _, name := range strings.Split("a b c d e f", " ") {
		costs = append(costs, cost{"/shelves/" + name, "analyst", "text/html", 1})
	}
	costs[5].milliseconds = 3 // /shelves/c
	missed, held := false, true
	want := []Finding{
		{"server CPU a request: /measure as evaluator", 7, "ms", "<= 6", &missed},
		{"server CPU a request: /shelves/c as analyst, the most of 6 like it", 3, "ms", "<= 6", &held},
		{"server CPU a request: /measure/tcam.csv as analyst", 9, "ms", "", nil},
	}
	if got := report(costs); !reflect.DeepEqual(got, want) {
		t.Errorf("report is %+v\nwant %+v", got, want)
	}
}

func TestPagesOfTheRootStandAlone(t *testing.T) {
	var costs []cost
	for _, name := range strings.Split("a b c d e f g", " ") {
		costs = append(costs, cost{"/" + name, "analyst", "text/html", 1})
	}
	if got := report(costs); len(got) != len(costs) {
		t.Errorf("%d pages in the root gave %d findings", len(costs), len(got))
	}
}
