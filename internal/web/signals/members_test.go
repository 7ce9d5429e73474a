package signals

import (
	"context"
	"strings"
	"testing"

	area "sir/internal/adoption"
	"sir/internal/term"
	"sir/internal/web/pagetest"
)

// Charts side by side are drawn for a phone's width; one or two alone would be
// stretched over a desk, and are drawn for every width instead.
func TestFewMembersAreDrawnLarge(t *testing.T) {
	a := pagetest.Demo(t)
	c, err := a.Adoption.CompareMembers(context.Background(), system, "MU-EXAMPLE", "queries", area.SignalChoice{})
	if err != nil {
		t.Fatal(err)
	}
	for n, large := range map[int]bool{1: true, 2: true, 3: false, len(c.Signals): false} {
		some := c
		some.Signals = c.Signals[:n]
		var page membersPage
		if err := page.fill(some, nil, term.Packs()[0]); err != nil {
			t.Fatal(err)
		}
		var drawn strings.Builder
		if err := page.content().Render(context.Background(), &drawn); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(drawn.String(), "sir-figure--full"); got != large || strings.Contains(drawn.String(), `class="sir-columns"`) == large {
			t.Errorf("%d members: drawn for every width %v, want %v", n, got, large)
		}
	}
}
