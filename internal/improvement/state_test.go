package improvement_test

import (
	"testing"

	"pgregory.net/rapid"

	"sir/internal/improvement"
)

func TestStatesFollowFromWhatIsWritten(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		improvement.Cycle
		want    improvement.State
		overdue bool
	}{
		"before its start":     {improvement.Cycle{StartsOn: "2026-05-21", Prediction: "p", EndsOn: "2026-06-01"}, improvement.Planned, false},
		"without prediction":   {improvement.Cycle{StartsOn: "2026-01-01", EndsOn: "2026-02-01"}, improvement.Planned, false},
		"begun today":          {improvement.Cycle{StartsOn: today, Prediction: "p", EndsOn: "2026-06-01"}, improvement.Running, false},
		"two weeks after it":   {improvement.Cycle{StartsOn: "2026-04-01", Prediction: "p", EndsOn: "2026-05-06"}, improvement.Running, false},
		"a day more":           {improvement.Cycle{StartsOn: "2026-04-01", Prediction: "p", EndsOn: "2026-05-05"}, improvement.Running, true},
		"done and not studied": {improvement.Cycle{StartsOn: "2026-04-01", Prediction: "p", EndsOn: "2026-04-05", Done: "d"}, improvement.ToStudy, true},
		"studied":              {improvement.Cycle{StartsOn: "2026-04-01", Prediction: "p", EndsOn: "2026-04-05", Done: "d", Studied: "s"}, improvement.ToDecide, false},
		"decided": {
			improvement.Cycle{StartsOn: "2026-04-01", Prediction: "p", EndsOn: "2026-04-05", Done: "d", Studied: "s", Decision: improvement.Abandon},
			improvement.Abandoned, false,
		},
	} {
		if got := c.State(today); got != c.want {
			t.Errorf("%s it is %s, want %s", name, got, c.want)
		}
		if got := c.StudyOverdue(today); got != c.overdue {
			t.Errorf("%s its study is overdue: %v, want %v", name, got, c.overdue)
		}
	}
}

func TestProgressOfAnIdea(t *testing.T) {
	t.Parallel()
	cycle := func(unit string, decision improvement.Decision) improvement.Cycle {
		return improvement.Cycle{DriverID: "i", UnitID: unit, StartsOn: "2026-01-01", Prediction: "p", Decision: decision}
	}
	for want, cycles := range map[string][]improvement.Cycle{
		"not tested yet":                            nil,
		"cycle 1 running":                           {cycle("a", "")},
		"adopted after 2 cycles":                    {cycle("a", improvement.Adapt), cycle("a", improvement.Adopt)},
		"abandoned after 1 cycle":                   {cycle("a", improvement.Abandon)},
		"adapted in cycle 1, next cycle to plan":    {cycle("a", improvement.Adapt)},
		"3 cycles: 1 running, 1 adopted, 1 adapted": {cycle("a", improvement.Adopt), cycle("b", improvement.Adapt), cycle("b", "")},
	} {
		if got := improvement.Progress(cycles, today); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// However aims are typed, what is kept reads as the same three parts.
func TestAimsSurviveBeingKept(t *testing.T) {
	t.Parallel()
	part := rapid.StringMatching(`[a-z0-9%]{1,9}( [a-z0-9%]{1,9}){0,3}`)
	rapid.Check(t, func(t *rapid.T) {
		want := improvement.Aim{What: part.Draw(t, "what"), HowMuch: part.Draw(t, "how much"), ByWhen: "2027-03-31"}
		if got := improvement.ReadAim(want.What + "\n" + want.HowMuch + "\n" + want.ByWhen); got != want {
			t.Fatalf("got %+v, want %+v", got, want)
		}
	})
}
