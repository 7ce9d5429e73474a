package rollout_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sir/internal/rollout"
)

func TestPoundsAreReadAsPeopleTypeThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{
		"": 0, "  ": 0, "0": 0, "12000": 12000, "12,000": 12000, " £12 000 ": 12000, "£ 5": 5, "10000000000": 10_000_000_000,
		"-5": -1, "12.50": -1, "£": -1, ",": -1, "12k": -1, "10000000001": -1, "99999999999999999999": -1, "££5": -1, "١٢": -1,
	} {
		pounds, ok := rollout.ParsePounds(text)
		if !ok {
			pounds = -1
		}
		if pounds != want {
			t.Errorf("%q is read as %d, want %d", text, pounds, want)
		}
	}
}

func TestABudgetReadsBackAsItIsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := rollout.Budget{Pounds: rapid.Int64Range(1, 10_000_000_000).Draw(t, "pounds")}
		text := b.String()
		if got, ok := rollout.ParsePounds(text); !ok || got != b.Pounds {
			t.Errorf("%d is written %q and read %d, %v", b.Pounds, text, got, ok)
		}
		for i, group := range strings.Split(strings.TrimPrefix(text, "£"), ",") {
			if len(group) > 3 || i > 0 && len(group) != 3 {
				t.Errorf("%q has a group %q", text, group)
			}
		}
	})
}

func FuzzParsePounds(f *testing.F) {
	for _, text := range []string{"", "12,000", "£ 5", "-1", "1e3"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if pounds, ok := rollout.ParsePounds(text); ok && (pounds < 0 || pounds > 10_000_000_000) {
			t.Errorf("%q is %d", text, pounds)
		}
	})
}
