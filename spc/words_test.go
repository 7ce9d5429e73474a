package spc_test

import (
	"encoding/json"
	"errors"
	"testing"

	"sir/spc"
)

// TestWords: what a reader sees tells every icon, rule and class from its
// like; only a point without a rule has none.
func TestWords(t *testing.T) {
	distinct := func(kind string, texts ...string) {
		seen := map[string]bool{}
		for _, text := range texts {
			if text == "" || seen[text] {
				t.Errorf("%s: %q is empty or stands for two", kind, text)
			}
			seen[text] = true
		}
	}
	var texts []string
	for _, v := range []spc.Variation{spc.VariationCommonCause, spc.ImprovementHigh, spc.ImprovementLow, spc.ConcernHigh, spc.ConcernLow,
		spc.NeutralHigh, spc.NeutralLow, spc.VariationNotEnough, spc.NoVariation} {
		texts = append(texts, v.Text())
	}
	distinct("variation", texts...)
	distinct("assurance", spc.Pass.Text(), spc.Fail.Text(), spc.HitOrMiss.Text(), spc.AssuranceNotEnough.Text(), spc.NoAssurance.Text())
	distinct("rule", spc.Outside.Text(), spc.Trend.Text(), spc.TwoOfThree.Text(), spc.Shift.Text())
	distinct("class", spc.CommonCause.Text(), spc.Improvement.Text(), spc.Concern.Text(), spc.SpecialNeutral.Text())
	if text := spc.Rule("").Text(); text != "" {
		t.Errorf("no rule is called %q", text)
	}
}

func TestJSONOfParts(t *testing.T) {
	for _, text := range []string{`"1/2/19"`, `"2020-13-01"`, `5`} {
		var d spc.Date
		if err := json.Unmarshal([]byte(text), &d); err == nil {
			t.Errorf("%s is read as the date %v", text, d)
		}
	}
	var flags spc.Flags
	if err := json.Unmarshal([]byte(`["sideways"]`), &flags); !errors.Is(err, spc.ErrInput) {
		t.Errorf("an unknown rule is read as %v, %v", flags.List(), err)
	}
	var f spc.Figure
	if err := json.Unmarshal([]byte(`"many"`), &f); err == nil {
		t.Errorf("a word is read as %v", f)
	}
	for value, want := range map[float64]string{1.25: "1.25", 0.00001: "0", -0.00001: "0", 100: "100", -2.5: "-2.5"} {
		if got := spc.Defined(value).String(); got != want {
			t.Errorf("%v is written %s, want %s", value, got, want)
		}
	}
}
