package pattern_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"sir/internal/demo"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

func TestPagesSayWhatTheyShow(t *testing.T) {
	v := evaluator(t)
	tests := []struct {
		address string
		says    []string
	}{
		{"/explain", []string{"15 cases, 12 conditions", "Qualitative Comparative Analysis"}},
		{addresses["overview"], []string{
			"n = 15", "The same 7 successes are covered exactly as well by PILOT*CHAMP as by the published NONDELAY*PHARMA.",
			"It rests on 6 combinations that nobody observed; without them the formula has 4 terms.",
			"NONDELAY was kept though its rarer value has only 4 of 15 (26.7%) cases; the usual rule asks for at least 1/3. PILOT and SENIOR, with the very same share, were dropped.",
			"EXPLICIT, EXP, CHAMP and CCG pass the same rule and were dropped.",
		}},
		{addresses["cases"], []string{"The codes seem to run against the label", "Case 12: 5 barriers", "BADEXP: bad experience"}},
		{addresses["screening"], []string{
			"NONDELAY fails the rule and was kept: its rarer value has 4 of 15 (26.7%) cases, and the rule asks for at least 1/3.",
			"EXP passes the rule (6 of 15 (40%), at least 1/3) and was dropped, while NONDELAY, which fails it, was kept. Reason given: only a minority had bad experience.",
			"10 of 16 possible rows are observed",
		}},
		{addresses["screening"] + "?inequality=%3E", []string{"more than 1/3", "NONDELAY, PHARMA and INTERSECT, which fail it, were kept"}},
		{addresses["screening"] + "?cut=1/4", []string{"PILOT passes the rule (4 of 15 (26.7%), at least 1/4) and was dropped. It passes the other rules as well. Reason given: too little variation."}},
		{addresses["screening"] + "?cut=1/100", []string{"NETWORK passes the rule"}},
		{addresses["truth-table"], []string{"10 of 16", "The source groups the cases into the same 10 rows, with the same outcomes.", "6 rows that nobody observed"}},
		{addresses["truth-table"] + "?conditions=CCG", []string{"Contradictory rows, down to the cases", "Case 4"}},
		{addresses["truth-table"] + "?conditions=" + allConditions, []string{"4082 rows have no case (remainders): too many to list."}},
		{addresses["solutions"], []string{
			"NONDELAY*PHARMA", "The published formula is the one found here, with the same coverages.",
			"It takes 6 of the 16 possible combinations, which no case shows", "~NONDELAY + ~PHARMA: 6 assumptions",
		}},
		{addresses["solutions"] + "?solution=conservative", []string{"The published formula is not among those found with this choice.", "4 of them essential"}},
		{addresses["solutions"] + "?conditions=" + allConditions, []string{
			"5 formulas have equally few terms. Nothing in the table prefers one of them.", "85 prime implicants", "PILOT*CHAMP",
			"The published formula is number 1 of those found here, with the same coverages.", "1018 assumptions",
		}},
		{addresses["solutions"] + "?solution=intermediate", []string{"nothing is expected yet"}},
		{addresses["solutions"] + "?conditions=CCG", []string{"No row has only cases of this side"}},
		{addresses["rivals"], []string{
			"Of the 495 sets of 4, 114 give no contradictory row. Among their shortest formulas are NONDELAY*PHARMA in 45 and PILOT*CHAMP in 45 of them.",
			"~NONDELAY + ~PHARMA in 45 and ~PILOT + ~CHAMP in 45 of them",
		}},
		{addresses["rivals"] + "?max=1", []string{"No set of up to 1 of these conditions"}},
		{addresses["rivals"] + "?conditions=PILOT,CHAMP,CCG", []string{"The published formula, NONDELAY*PHARMA, is not among them"}},
	}
	for _, test := range tests {
		page := v.Page(test.address)
		page.Check()
		text := page.Main()
		for _, says := range test.says {
			if !strings.Contains(text, says) {
				t.Errorf("%s does not say %q", test.address, says)
			}
		}
	}
}

// A set's overview shows every note of the shelf that is meant for it.
func TestOverviewShowsTheReportsOddities(t *testing.T) {
	text := evaluator(t).Page(addresses["overview"]).Main()
	for _, code := range []string{"X7", "X8", "X9", "X10", "X11", "X12", "X13", "X14"} {
		if !strings.Contains(text, code+", the report") {
			t.Errorf("oddity %s is not shown", code)
		}
	}
	if strings.Contains(text, "X6,") || strings.Contains(text, "X15") {
		t.Error("an oddity of another page is shown")
	}
}

func TestOnlyThoseWhoMayViewCasesSeeThem(t *testing.T) {
	site := serve(t, pagetest.Demo(t))
	for _, role := range policy.Roles {
		v := site.As(t, role)
		may := policy.Can(policy.Actor{ID: "x", Grants: []policy.Grant{{Role: role}}}, policy.ViewCases)
		want := map[bool]int{true: http.StatusOK, false: http.StatusForbidden}[may]
		for name, address := range addresses {
			if got := v.Get(address).Status; got != want {
				t.Errorf("%s opens %s: %d, want %d", role, name, got, want)
			}
		}
		for _, file := range files {
			if got := v.Get("/explain/tcam/" + file + ".csv").Status; got != want {
				t.Errorf("%s downloads %s: %d, want %d", role, file, got, want)
			}
		}
		text := v.Page("/explain").Main()
		if !strings.Contains(text, "The steps") || strings.Contains(text, "Your role does not let you see case tables") == may || strings.Contains(text, "Reaching the TCAM target") != may {
			t.Errorf("%s, who may view cases: %v, reads: %s", role, may, text)
		}
	}
	for _, address := range addresses {
		if answer := site.Stranger(t).Get(address); answer.Status != http.StatusSeeOther || !strings.HasPrefix(answer.Header.Get("Location"), "/sign-in") {
			t.Errorf("a stranger at %s: %d", address, answer.Status)
		}
	}
}

func TestBadChoicesAreRefusedWithWhatToDo(t *testing.T) {
	v := evaluator(t)
	tests := []struct{ choice, says string }{
		{"truth-table?conditions=NOSUCH", "Choose from the list."},
		{"truth-table?conditions=OUTCOME", "cannot explain itself"},
		{"truth-table?conditions=" + strings.Repeat("ADOPT,", 65), "64 conditions or fewer"},
		{"truth-table?conditions=%3Cscript%3Ealert(1)%3C/script%3E", "no condition called"},
		{"truth-table?conditions=%00%FF%E2%80%AE", "no condition called"},
		{"truth-table?conditions=" + strings.Repeat("x", 100_000), "no condition called"},
		{"screening?cut=two", "Enter a share"},
		{"screening?cut=2/3", "up to 1/2"},
		{"screening?cut=1/0", "Enter a share"},
		{"screening?cut=0", "above 0"},
		{"screening?inequality=%3C", "at least (>=) or more than (>)"},
		{"solutions?solution=shortest", "conservative, parsimonious or intermediate"},
		{"solutions?solution=intermediate&expect=A*B", "one condition at a time"},
		{"solutions?solution=intermediate&expect=PPI%3D1", "not among the chosen conditions"},
		{"solutions?solution=intermediate&expect=ADOPT%3D7", ""},
		{"solutions?solution=intermediate&expect=%3Cscript%3E", ""},
		{"rivals?max=9", "1 to 4 conditions"},
		{"rivals?max=four", "1 to 4 conditions"},
		{"rivals?max=0&conditions=OUTCOME", "cannot explain itself"},
	}
	for _, test := range tests {
		answer := v.Get("/explain/tcam/" + test.choice)
		page := pagetest.Read(t, answer.Body)
		page.Check()
		text := page.Main()
		if answer.Status != http.StatusUnprocessableEntity || !strings.Contains(text, "There is a problem") || !strings.Contains(text, test.says) {
			t.Errorf("%.80s: %d %.200s", test.choice, answer.Status, text)
		}
		if strings.Contains(answer.Body, "<script>alert") || len(answer.Body) > 100_000 {
			t.Errorf("%.80s: the page repeats what was sent (%d bytes)", test.choice, len(answer.Body))
		}
		step, query, _ := strings.Cut(test.choice, "?")
		if file := v.Get("/explain/tcam/" + step + ".csv?" + query); file.Status != http.StatusUnprocessableEntity {
			t.Errorf("%.80s as a file: %d", test.choice, file.Status)
		}
	}
	for _, address := range []string{"/explain/nosuch", "/explain/nosuch/rivals", "/explain/tcam/nosuch", "/explain/%00/cases"} {
		if got := v.Get(address).Status; got != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", address, got)
		}
	}
}

// The first mistake does not hide the second, and the boxes stay ticked.
func TestRefusedChoiceKeepsTheForm(t *testing.T) {
	answer := evaluator(t).Get("/explain/tcam/rivals?max=9&conditions=PILOT&conditions=NOSUCH")
	text := pagetest.Read(t, answer.Body).Main()
	if !strings.Contains(text, "1 to 4 conditions") || !strings.Contains(text, "no condition called") {
		t.Errorf("mistakes: %s", text)
	}
	if !strings.Contains(answer.Body, `value="PILOT" checked`) {
		t.Error("the box that was ticked is not ticked any more")
	}
}

// Every link of these pages leads somewhere.
func TestLinksLeadSomewhere(t *testing.T) {
	v := evaluator(t)
	var seen []string
	for _, address := range addresses {
		for _, href := range v.Page(address).Hrefs() {
			if strings.HasPrefix(href, "/explain") && !slices.Contains(seen, href) {
				seen = append(seen, href)
				if got := v.Get(href).Status; got != http.StatusOK {
					t.Errorf("%s leads to %s: %d", address, href, got)
				}
			}
		}
	}
	if len(seen) < 15 {
		t.Errorf("only %d links were found: %v", len(seen), seen)
	}
}

// Cases are anonymous: no page or file names a member.
func TestNoPageNamesAMember(t *testing.T) {
	a := pagetest.Demo(t)
	v := serve(t, a).As(t, policy.Evaluator)
	directory, err := a.Network.Directory(context.Background(), policy.System("test"))
	if err != nil || len(directory.Members) < 15 {
		t.Fatalf("%d members, %v", len(directory.Members), err)
	}
	texts := map[string]string{}
	for name, address := range addresses {
		texts[name] = v.Page(address).Main()
	}
	for _, file := range files {
		texts[file+".csv"] = v.Get("/explain/" + demo.TCAM + "/" + file + ".csv").Body
	}
	for where, text := range texts {
		for _, m := range directory.Members {
			for _, name := range []string{m.Name, m.ShortName, m.ID} {
				if name != "" && strings.Contains(text, name) {
					t.Errorf("%s names %s", where, name)
				}
			}
		}
	}
}

func TestServiceWithoutCases(t *testing.T) {
	v := serve(t, pagetest.Empty(t)).As(t, policy.Evaluator)
	if text := v.Page("/explain").Main(); !strings.Contains(text, "There is no case set yet.") {
		t.Errorf("an empty service says: %s", text)
	}
}
