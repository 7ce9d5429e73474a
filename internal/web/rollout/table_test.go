package rollout

import (
	"slices"
	"testing"

	"sir/internal/rollout"
	"sir/internal/web/ui"
)

func TestStartIsToldInWords(t *testing.T) {
	for _, c := range []struct {
		name string
		in   rollout.Rollout
		want []string
	}{
		{"late", rollout.Rollout{PlannedStart: "2025-02-01", ActualStart: "2025-03-01"}, []string{"1 March 2025", "28 days late"}},
		{"late over a leap day", rollout.Rollout{PlannedStart: "2024-02-28", ActualStart: "2024-03-01"}, []string{"1 March 2024", "2 days late"}},
		{"late by a day, with a reason", rollout.Rollout{PlannedStart: "2025-02-01", ActualStart: "2025-02-02", StartReason: "Snow"},
			[]string{"2 February 2025", "1 day late", "Snow"}},
		{"early", rollout.Rollout{PlannedStart: "2025-02-01", ActualStart: "2025-01-31"}, []string{"31 January 2025", "1 day early"}},
		{"as planned", rollout.Rollout{PlannedStart: "2025-02-01", ActualStart: "2025-02-01"}, []string{"1 February 2025", "On the planned day"}},
		{"not yet", rollout.Rollout{PlannedStart: "2025-02-01"}, []string{"Not started"}},
		{"without a plan", rollout.Rollout{ActualStart: "2025-02-01"}, []string{"1 February 2025"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := startLines(c.in); !slices.Equal(got, c.want) {
				t.Errorf("told as %q, want %q", got, c.want)
			}
		})
	}
}

func TestEveryStateHasAWordAndAColourOfItsOwn(t *testing.T) {
	seen := map[ui.TagColour]rollout.State{}
	for _, state := range []rollout.State{
		rollout.Scoping, rollout.Planned, rollout.Active, rollout.Paused, rollout.Stopped, rollout.HandedOver, rollout.Closed,
	} {
		tag := stateTag(state)
		if other, taken := seen[tag.Colour]; taken {
			t.Errorf("%s and %s have the same colour", state, other)
		}
		seen[tag.Colour] = state
		if tag.Text == "" || tag.Text[0] == state[0] {
			t.Errorf("the tag of %s says %q, want a word with a capital", state, tag.Text)
		}
	}
}

func TestSummaryCountsByState(t *testing.T) {
	list := []rollout.Rollout{{State: rollout.Stopped}, {State: rollout.Active}, {State: rollout.Active}}
	if got, want := summary(list), "3 rollouts: 2 active, 1 stopped."; got != want {
		t.Errorf("told as %q, want %q", got, want)
	}
	if got, want := summary(list[:1]), "1 rollout: 1 stopped."; got != want {
		t.Errorf("told as %q, want %q", got, want)
	}
}

// A late start is said in words, whether it has come or not.
func TestStandingTellsLateness(t *testing.T) {
	for want, v := range map[string]rollout.View{
		"Scoping. It should have started 1 day ago.":                   {Rollout: rollout.Rollout{State: rollout.Scoping, PlannedStart: "2025-02-01"}},
		"Planned since 1 January 2025.":                                {Rollout: rollout.Rollout{State: rollout.Planned, PlannedStart: "2025-02-02", StateSince: "2025-01-01"}},
		"Active since 1 February 2025. It started on the planned day.": {Rollout: rollout.Rollout{State: rollout.Active, PlannedStart: "2025-02-01", ActualStart: "2025-02-01", StateSince: "2025-02-01"}},
		"Paused since 2 February 2025. It started 31 days late.":       {Rollout: rollout.Rollout{State: rollout.Paused, PlannedStart: "2025-01-01", ActualStart: "2025-02-01", StateSince: "2025-02-02"}},
		"Stopped since 2 February 2025.":                               {Rollout: rollout.Rollout{State: rollout.Stopped, PlannedStart: "2025-01-01", StateSince: "2025-02-02"}},
	} {
		v.Today = "2025-02-02"
		if got := standing(v); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}

func TestLeadTimeIsToldInWords(t *testing.T) {
	for announced, want := range map[string]string{
		"": "Not known", "2025-01-01": "31 days, from 1 January 2025 to the planned start", "2025-02-01": "0 days, from 1 February 2025 to the planned start",
		"2025-02-03": "None: announced 2 days after the planned start, on 3 February 2025",
	} {
		if got := leadTime(rollout.Programme{AnnouncedOn: announced}, "2025-02-01"); got != want {
			t.Errorf("announced on %q: %q, want %q", announced, got, want)
		}
	}
}
