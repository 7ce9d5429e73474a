package pattern_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"sir/internal/fault"
	"sir/internal/pattern"
	"sir/qca"
)

// Shares and fates are counts of table 8.3; what passes is arithmetic on the
// report's two wordings, at least (section 2) and more than (section 8.4) 1/3.
func TestScreenJudgesKeptAndDroppedAlike(t *testing.T) {
	atLeast, err := nhs15(t).Screen(pattern.UsualRule())
	if err != nil {
		t.Fatal(err)
	}
	moreThan, err := nhs15(t).Screen(pattern.ScreenRule{Cut: qca.Ratio{Num: 1, Den: 3}, Inequality: qca.MoreThan})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		screening pattern.Screening
		fate      pattern.Fate
		verdict   qca.Verdict
		want      string
	}{
		{atLeast, pattern.Kept, qca.Fail, "NONDELAY"},
		{atLeast, pattern.Kept, qca.Pass, "ADOPT PHARMA INTERSECT"},
		{atLeast, pattern.Dropped, qca.Pass, "EXPLICIT EXP CHAMP CCG"},
		{atLeast, pattern.Dropped, qca.Fail, "PILOT SENIOR NETWORK PPI"},
		{moreThan, pattern.Kept, qca.Fail, "NONDELAY PHARMA INTERSECT"},
		{moreThan, pattern.Kept, qca.Pass, "ADOPT"},
		{moreThan, pattern.Dropped, qca.Pass, "EXP CCG"},
	}
	for _, test := range tests {
		if got := strings.Join(test.screening.Judged(test.fate, test.verdict), " "); got != test.want {
			t.Errorf("%s by %s, %s: %s, want %s", test.fate, test.screening.Rule.Inequality, test.verdict, got, test.want)
		}
	}
	for _, c := range atLeast.Conditions {
		if c.Name == "PHARMA" && (c.AtLeast != qca.Pass || c.MoreThan != qca.Fail) {
			t.Errorf("PHARMA: at least %s, more than %s; 5 of 15 is exactly one third", c.AtLeast, c.MoreThan)
		}
	}
}

func TestScreenFindsUnevenDecisions(t *testing.T) {
	s, err := nhs15(t).Screen(pattern.UsualRule())
	if err != nil {
		t.Fatal(err)
	}
	decisions := map[string]pattern.Decision{}
	for _, d := range s.Uneven {
		decisions[d.Name] = d
	}
	nondelay, exp := decisions["NONDELAY"], decisions["EXP"]
	if nondelay.Fate != pattern.Kept || !slices.Equal(nondelay.Same, []string{"PILOT", "SENIOR"}) || !slices.Equal(nondelay.Better, []string{"EXPLICIT", "EXP", "CHAMP", "CCG"}) {
		t.Errorf("NONDELAY: %s, same %v, better %v", nondelay.Fate, nondelay.Same, nondelay.Better)
	}
	if exp.Fate != pattern.Dropped || !slices.Equal(exp.Failing, []string{"NONDELAY"}) {
		t.Errorf("EXP: %s beside %v", exp.Fate, exp.Failing)
	}
	if len(s.Uneven) != len(decisions) {
		t.Error("a condition is listed twice")
	}
	lower, err := nhs15(t).Screen(pattern.ScreenRule{Cut: qca.Ratio{Num: 1, Den: 4}})
	if err != nil {
		t.Fatal(err)
	}
	if failing := lower.Judged(pattern.Kept, qca.Fail); len(failing) > 0 {
		t.Errorf("at 1/4 these kept conditions fail: %v", failing)
	}
}

func TestTruthTableShowsContradictionsAndRemainders(t *testing.T) {
	tests := []struct {
		conditions []string
		rows       int
		mixed      int
		unobserved uint64
		compared   bool
	}{
		{nil, 10, 0, 6, true},
		{[]string{"INTERSECT", "NONDELAY", "PHARMA", "ADOPT"}, 10, 0, 6, true}, // in any order
		{append([]string{"EXPLICIT"}, kept...), 11, 0, 21, false},              // the report says that this gives conflicts
		{[]string{"CCG"}, 2, 2, 0, false},
		{nhs15(t).Names(), 14, 0, 4082, false},
	}
	for _, test := range tests {
		tt, err := nhs15(t).TruthTable(test.conditions)
		if err != nil {
			t.Fatal(err)
		}
		if len(tt.Rows) != test.rows || len(tt.Mixed) != test.mixed || tt.Unobserved != test.unobserved || (tt.Published != nil) != test.compared {
			t.Errorf("%v: %d rows, %d mixed, %d unobserved, compared %v", test.conditions, len(tt.Rows), len(tt.Mixed), tt.Unobserved, tt.Published != nil)
		}
		if tt.Unobserved <= 64 && len(tt.Remainders) != int(tt.Unobserved) {
			t.Errorf("%v: %d remainders listed of %d", test.conditions, len(tt.Remainders), tt.Unobserved)
		}
	}
}

func TestTruthTableComparesWithTheSource(t *testing.T) {
	table := nhs15(t)
	tt, err := table.TruthTable(nil)
	if err != nil {
		t.Fatal(err)
	}
	if tt.Published.Same != 10 || len(tt.Published.Missing)+len(tt.Published.Extra) > 0 {
		t.Errorf("compared with the source: %+v", *tt.Published)
	}
	table.Cases[0].Values["PHARMA"] = 1 // case 1 joins the row of case 3
	if tt, err = table.TruthTable(nil); err != nil {
		t.Fatal(err)
	}
	if c := tt.Published; c.Same != 8 || len(c.Missing) != 2 || len(c.Extra) != 1 || !slices.Equal(c.Extra[0].Cases, []string{"1", "3"}) {
		t.Errorf("after a change: %+v", *c)
	}
}

// The counts for all 12 conditions are those of R QCA 3.25.1 (exhaustive
// algorithm) on the same table; the four-term failure formula and its
// parsimonious neighbour are those of the four kept conditions.
func TestSolveFindsEveryTiedModel(t *testing.T) {
	all := nhs15(t).Names()
	tests := []struct {
		conditions             []string
		kind                   qca.SolutionKind
		side                   int
		models                 uint64
		primes                 int
		first                  string
		published, assumptions int // -1: none of the models
	}{
		{nil, qca.Parsimonious, 0, 1, 4, "NONDELAY*PHARMA", 0, 0},
		{nil, qca.Conservative, 0, 1, 1, "NONDELAY*PHARMA", 0, 0},
		{nil, qca.Parsimonious, 1, 1, 2, "~NONDELAY + ~PHARMA", 0, 6},
		{nil, qca.Conservative, 1, 1, 5, "~NONDELAY*~ADOPT*PHARMA + ~NONDELAY*ADOPT*INTERSECT + NONDELAY*~ADOPT*~PHARMA*INTERSECT + NONDELAY*ADOPT*~PHARMA*~INTERSECT", -1, 0},
		{all, qca.Parsimonious, 0, 5, 85, "NONDELAY*PHARMA", 0, 1018},
		{all, qca.Parsimonious, 1, 2, 19, "~NONDELAY + ~PHARMA", 0, 3064},
	}
	for _, test := range tests {
		solved, err := nhs15(t).Solve(context.Background(), pattern.SolutionChoice{Conditions: test.conditions, Kind: test.kind})
		if err != nil {
			t.Fatal(err)
		}
		s := solved.Sides[test.side]
		if s.Solution.ModelCount != test.models || s.Solution.PrimeCount != test.primes || s.Solution.Models[0].Expression.String() != test.first {
			t.Errorf("%d conditions, %s, %s: %d models, %d prime implicants, first %s", len(solved.Conditions), test.kind, s.Name, s.Solution.ModelCount, s.Solution.PrimeCount, s.Solution.Models[0].Expression)
		}
		if got := slices.Index(s.IsPublished, true); got != test.published {
			t.Errorf("%d conditions, %s, %s: published is model %d, want %d", len(solved.Conditions), test.kind, s.Name, got, test.published)
		}
		rows, n := s.Assumptions(s.Solution.Models[0], 5)
		if n != test.assumptions || len(rows) != min(5, n) {
			t.Errorf("%d conditions, %s, %s: %d assumptions, %d spelled out", len(solved.Conditions), test.kind, s.Name, n, len(rows))
		}
	}
}

func TestExpectationsAreReversedForFailure(t *testing.T) {
	expect, err := pattern.ReadExpectations("NONDELAY=1, PHARMA, INTERSECT=1, ADOPT=1")
	if err != nil {
		t.Fatal(err)
	}
	solved, err := nhs15(t).Solve(context.Background(), pattern.SolutionChoice{Kind: qca.Intermediate, Expect: expect})
	if err != nil {
		t.Fatal(err)
	}
	// By hand, after Ragin and Sonnett (2005): all four are expected absent in a
	// failure, so the literals that state a presence go where the parsimonious
	// term lacks them: ~NONDELAY*ADOPT*INTERSECT becomes ~NONDELAY, and so on.
	want := "~NONDELAY + ~ADOPT*~PHARMA + ~PHARMA*~INTERSECT"
	if got := solved.Sides[1].Solution.Models[0].Expression; got.String() != want {
		t.Errorf("intermediate solution for failure: %s, want %s", got, want)
	}
	for _, bad := range []string{"NONDELAY*PHARMA", "A=", "(", "A=1, B*C"} {
		if expect, err := pattern.ReadExpectations(bad); !errors.Is(err, fault.ErrInvalid) {
			t.Errorf("%q was read as %v, %v", bad, expect, err)
		}
	}
}

func TestSolveSaysWhenThereIsNothingToSolve(t *testing.T) {
	solved, err := nhs15(t).Solve(context.Background(), pattern.SolutionChoice{Conditions: []string{"CCG"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, side := range solved.Sides {
		if side.Solution != nil || !strings.Contains(side.None, "Choose more conditions") {
			t.Errorf("%s: %v, %q", side.Name, side.Solution, side.None)
		}
	}
}

// 114 of 495 sets of four without a contradiction, each pair in 45 of them:
// counted over the report's table by brute force, independently of qca.
func TestRivalsAppearWithoutBeingTold(t *testing.T) {
	found, err := nhs15(t).Rivals(context.Background(), pattern.RivalChoice{Max: 4})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"NONDELAY*PHARMA", "PILOT*CHAMP"}, {"~NONDELAY + ~PHARMA", "~PILOT + ~CHAMP"}}
	for i, side := range found.Sides {
		if four := side.Sizes[3]; four.Subsets != 495 || four.Consistent != 114 || !side.Complete {
			t.Errorf("%s: %d of %d sets of four, complete %v", side.Name, four.Consistent, four.Subsets, side.Complete)
		}
		for j, text := range want[i] {
			if f := side.Formulas[j]; f.Expression.String() != text || f.BySize[3] != 45 || f.Published != (j == 0) {
				t.Errorf("%s %d: %s in %v sets, published %v", side.Name, j, f.Expression, f.BySize, f.Published)
			}
		}
		short := side.AsShort()
		if len(short) != 1 || short[0].Expression.String() != want[i][1] || len(short[0].Dropped) != 2 || short[0].Dropped[0].Name != "PILOT" {
			t.Errorf("%s: as short as the published formula: %+v", side.Name, short)
		}
		if v, _ := side.Published.Coverage.Value(); v != 1 || !side.Found {
			t.Errorf("%s: the published formula covers %v, found %v", side.Name, v, side.Found)
		}
	}
}

func TestOverviewNoticesAssumptions(t *testing.T) {
	o, err := nhs15(t).Overview(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if o.Cases != 15 || len(o.Kept) != 4 || len(o.Dropped) != 8 {
		t.Errorf("%d cases, kept %v, dropped %v", o.Cases, o.Kept, o.Dropped)
	}
	if o.Sides[0].NeedsAssumptions() || !o.Sides[1].NeedsAssumptions() {
		t.Error("only the formula for failure rests on unobserved rows")
	}
}

func TestRefusalsNameTheFieldAndWhatToDo(t *testing.T) {
	many := slices.Repeat([]string{"ADOPT"}, 65)
	blank := nhs15(t)
	delete(blank.Cases[2].Values, "PILOT")
	tests := []struct {
		name, field, says string
		do                func(pattern.CaseTable) error
	}{
		{"outcome", "conditions", "cannot explain itself", chosen("OUTCOME")},
		{"unknown", "conditions", `no condition called "NOSUCH"`, chosen("ADOPT", "NOSUCH")},
		{"markup", "conditions", "Choose from the list", chosen("<script>alert(1)</script>")},
		{"bad bytes", "conditions", "Choose from the list", chosen("\xff\x00")},
		{"long", "conditions", "…", chosen(strings.Repeat("x", 1<<20))},
		{"too many", "conditions", "64 conditions or fewer", chosen(many...)},
		{"cut of zero", "cut", "above 0", screened(qca.Ratio{Num: 0, Den: 1})},
		{"cut above a half", "cut", "up to 1/2", screened(qca.Ratio{Num: 2, Den: 3})},
		{"sets of five", "max", "1 to 4", func(c pattern.CaseTable) error {
			_, err := c.Rivals(context.Background(), pattern.RivalChoice{Max: 5})
			return err
		}},
		{"expectation elsewhere", "expect", "not among the chosen", func(c pattern.CaseTable) error {
			_, err := c.Solve(context.Background(), pattern.SolutionChoice{Kind: qca.Intermediate, Expect: []qca.Literal{{Condition: "PPI"}}})
			return err
		}},
		{"expectation of a value", "expect", "", func(c pattern.CaseTable) error {
			_, err := c.Solve(context.Background(), pattern.SolutionChoice{Kind: qca.Intermediate, Expect: []qca.Literal{{Condition: "ADOPT", Values: []int{7}}}})
			return err
		}},
		{"blank code", "conditions", "Case 3 is not coded on PILOT", func(pattern.CaseTable) error {
			_, err := blank.TruthTable([]string{"PILOT"})
			return err
		}},
	}
	for _, test := range tests {
		err := test.do(nhs15(t))
		var wrong *fault.Error
		if !errors.As(err, &wrong) || !errors.Is(err, fault.ErrInvalid) || len(wrong.Fields) != 1 {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if f := wrong.Fields[0]; f.Name != test.field || !strings.Contains(f.Message, test.says) || len(f.Message) > 200 {
			t.Errorf("%s: at %s: %s", test.name, f.Name, f.Message)
		}
	}
	if _, err := blank.TruthTable(nil); err != nil {
		t.Errorf("a blank elsewhere must not matter: %v", err)
	}
}

func chosen(names ...string) func(pattern.CaseTable) error {
	return func(c pattern.CaseTable) error {
		_, err := c.TruthTable(names)
		return err
	}
}

func screened(cut qca.Ratio) func(pattern.CaseTable) error {
	return func(c pattern.CaseTable) error {
		_, err := c.Screen(pattern.ScreenRule{Cut: cut})
		return err
	}
}

func TestReadTermKnowsLowerCase(t *testing.T) {
	tests := []struct{ text, want string }{
		{"nondelay", "~NONDELAY"}, {"NONDELAY*pharma", "NONDELAY*~PHARMA"}, {"~NONDELAY", "~NONDELAY"}, {"~pharma", "PHARMA"},
	}
	for _, test := range tests {
		if got, err := nhs15(t).ReadTerm(test.text); err != nil || got.String() != test.want {
			t.Errorf("%s: %s, %v; want %s", test.text, got, err, test.want)
		}
	}
	for _, bad := range []string{"", "a + b", "NOSUCH", "NonDelay*("} {
		if got, err := nhs15(t).ReadTerm(bad); err == nil {
			t.Errorf("%q was read as %s", bad, got)
		}
	}
}
