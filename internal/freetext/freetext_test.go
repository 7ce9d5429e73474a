package freetext_test

import (
	"strings"
	"testing"

	"sir/internal/fault"
	"sir/internal/freetext"
)

// 943 476 5919 is the example of a valid number that the NHS Data Model and
// Dictionary works through.
func TestWhatMayStandInFreeText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                      "Say it.",
		" \n":                   "Say it.",
		"A word":                "",
		strings.Repeat("é", 20): "",
		strings.Repeat("é", 21): "at most 20",
		"ask a@example.org":     "email address",
		"as for 943 476 5919":   "NHS number",
		"9434765919":            "NHS number",
		"as for 943 476 5918":   "", // 8 is not the check digit
		"2026 2027, 234 567 8":  "",

		" " + strings.Repeat("é", 20) + "\r\n": "", // white space round it is not kept
	} {
		var required, optional fault.Fields
		freetext.Required(&required, "f", "Say it.", text, 20)
		freetext.Optional(&optional, "f", text, 20)
		check := func(kind string, got fault.Fields, want string) {
			switch {
			case want == "" && len(got) > 0:
				t.Errorf("%s %q: %v", kind, text, got)
			case want != "" && (len(got) != 1 || got[0].Name != "f" || !strings.Contains(got[0].Message, want)):
				t.Errorf("%s %q: %v, want %q", kind, text, got, want)
			}
		}
		check("required", required, want)
		if want == "Say it." {
			want = ""
		}
		check("optional", optional, want)
	}
	if got := freetext.OneLine(" a\r\n  b\t"); got != "a b" {
		t.Errorf("in one line: %q", got)
	}
}
