package qca_test

import (
	"encoding/json"
	"slices"
	"testing"

	"sir/qca"
)

var reportKept = []string{"NONDELAY", "ADOPT", "PHARMA", "INTERSECT"}

// The shares are counts of the published raw table; whether they pass is
// arithmetic on the two wordings of the rule, "at least" and "more than" a third.
func TestScreenAppliesOneVariationRule(t *testing.T) {
	tests := []struct {
		condition         string
		minority          int // of 15
		atLeast, moreThan qca.Verdict
	}{
		{"EXPLICIT", 5, qca.Pass, qca.Fail},
		{"NONDELAY", 4, qca.Fail, qca.Fail},
		{"ADOPT", 7, qca.Pass, qca.Pass},
		{"EXP", 6, qca.Pass, qca.Pass},
		{"PILOT", 4, qca.Fail, qca.Fail},
		{"PHARMA", 5, qca.Pass, qca.Fail},
		{"CHAMP", 5, qca.Pass, qca.Fail},
		{"SENIOR", 4, qca.Fail, qca.Fail},
		{"CCG", 6, qca.Pass, qca.Pass},
		{"INTERSECT", 5, qca.Pass, qca.Fail},
		{"NETWORK", 3, qca.Fail, qca.Fail},
		{"PPI", 3, qca.Fail, qca.Fail},
	}
	atLeast := screen(t, qca.ScreenRules{Kept: reportKept})
	moreThan := screen(t, qca.ScreenRules{Kept: reportKept, Minority: qca.MoreThan})
	for _, test := range tests {
		f := finding(t, atLeast, qca.RuleVariation, test.condition)
		if f.Measured != (qca.Ratio{Num: test.minority, Den: 15}) || f.Verdict != test.atLeast {
			t.Errorf("%s: %v %s, want %d/15 %s", test.condition, f.Measured, f.Verdict, test.minority, test.atLeast)
		}
		if f := finding(t, moreThan, qca.RuleVariation, test.condition); f.Verdict != test.moreThan {
			t.Errorf("%s by more than: %s, want %s", test.condition, f.Verdict, test.moreThan)
		}
	}
}

func TestScreenFindsUnevenDecisions(t *testing.T) {
	s := screen(t, qca.ScreenRules{Kept: reportKept})
	i := slices.IndexFunc(s.Uneven, func(u qca.Uneven) bool { return u.Condition == "NONDELAY" })
	if i < 0 || !s.Uneven[i].Kept || !slices.Contains(s.Uneven[i].Beside, "PILOT") {
		t.Errorf("NONDELAY kept beside PILOT is not among %+v", s.Uneven)
	}
	if i := slices.IndexFunc(s.Uneven, func(u qca.Uneven) bool { return u.Condition == "EXP" && !u.Kept }); i < 0 {
		t.Errorf("EXP dropped though it passes is not among %+v", s.Uneven)
	}
}

func TestScreenOfTheKeptSet(t *testing.T) {
	s := screen(t, qca.ScreenRules{Kept: reportKept, CasesPerCondition: 4})
	tests := []struct {
		rule      qca.ScreenRule
		condition string
		measured  qca.Ratio
		verdict   qca.Verdict
	}{
		{qca.RuleContradictions, "", qca.Ratio{Num: 0, Den: 10}, qca.Pass},
		{qca.RuleDuplicates, "", qca.Ratio{Num: 8, Den: 15}, qca.Note}, // 5,7,11 and 8,9 and 6,13,14
		{qca.RuleDiversity, "", qca.Ratio{Num: 10, Den: 16}, qca.Note},
		{qca.RuleCases, "", qca.Ratio{Num: 15, Den: 4}, qca.Fail},
		{qca.RuleSeparation, "EXPLICIT", qca.Ratio{Num: 0, Den: 11}, qca.Pass},
		{qca.RuleMixedOutcomes, "EXPLICIT", qca.Ratio{Num: 2, Den: 2}, qca.Fail},
		{qca.RuleMixedOutcomes, "NONDELAY", qca.Ratio{Num: 1, Den: 2}, qca.Pass},
	}
	for _, test := range tests {
		f := finding(t, s, test.rule, test.condition)
		if f.Measured != test.measured || f.Verdict != test.verdict {
			t.Errorf("%s %s: %v %s, want %v %s", test.rule, test.condition, f.Measured, f.Verdict, test.measured, test.verdict)
		}
	}
	if _, err := json.Marshal(s); err != nil {
		t.Error(err)
	}
}

func screen(t *testing.T, rules qca.ScreenRules) *qca.Screening {
	t.Helper()
	s, err := spreadTable(t).Screen("OUTCOME", rules)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func finding(t *testing.T, s *qca.Screening, rule qca.ScreenRule, condition string) qca.Finding {
	t.Helper()
	i := slices.IndexFunc(s.Log, func(f qca.Finding) bool { return f.Rule == rule && f.Condition == condition })
	if i < 0 {
		t.Fatalf("no finding of rule %q for %q", rule, condition)
	}
	return s.Log[i]
}

func TestParseRatio(t *testing.T) {
	tests := []struct {
		text string
		want qca.Ratio
		bad  bool
	}{
		{"1/3", qca.Ratio{Num: 1, Den: 3}, false},
		{"0.25", qca.Ratio{Num: 1, Den: 4}, false},
		{"25%", qca.Ratio{Num: 1, Den: 4}, false},
		{"100%", qca.Ratio{Num: 1, Den: 1}, false},
		{"4/3", qca.Ratio{}, true},
		{"1/0", qca.Ratio{}, true},
		{"a third", qca.Ratio{}, true},
		{"-1/3", qca.Ratio{}, true},
		{"1e9", qca.Ratio{}, true},
		{"", qca.Ratio{}, true},
	}
	for _, test := range tests {
		got, err := qca.ParseRatio(test.text)
		if test.bad {
			wantInputError(t, err, []string{"not a share"})
		} else if err != nil || got != test.want {
			t.Errorf("%q is %v (%v), want %v", test.text, got, err, test.want)
		}
	}
}
