package home

import (
	"slices"
	"strings"
	"testing"

	"sir/internal/app"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
	"sir/internal/web/ui"
)

func serve(t testing.TB, a *app.App) *pagetest.Site {
	return pagetest.Serve(t, a, Routes(a.Reference, a.Rollout, a.Adoption, a.Pattern))
}

func TestTheStartPageShowsTheLoop(t *testing.T) {
	page := serve(t, pagetest.Demo(t)).As(t, policy.SpreadManager).Page("/")
	page.Check()
	want := []string{"1. Plan", "2. Do", "3. Measure", "4. Explain", "5. Share"}
	if got := page.Texts("h3"); !slices.Equal(got, want) {
		t.Errorf("the steps are %q, want %q", got, want)
	}
	for i, path := range []string{ui.PlanPath, ui.DoPath, ui.MeasurePath, ui.ExplainPath, ui.SharePath} {
		if got := page.Href(want[i]); got != path {
			t.Errorf("%q leads to %q, want %q", want[i], got, path)
		}
	}
}

// What the page counts is what the areas answer to the same reader.
func TestTheStepsSayWhatIsInThem(t *testing.T) {
	site := serve(t, pagetest.Demo(t))
	for _, c := range []struct {
		role policy.Role
		want []string
	}{
		{policy.SpreadManager, []string{
			"8 shelves with 269 entries.", "15 rollouts in 1 programme.", "Adoption in 2 programmes.", "1 case table.", "3 shelves with 105 entries.",
		}},
		{policy.SeniorManager, []string{"1 rollout in 1 programme."}},
		{policy.Evaluator, []string{"Guidance for this step. Your role does not show rollouts.", "1 case table."}},
		{policy.SiteChampion, []string{"Adoption in 2 programmes.", "Your role does not show case tables."}},
		{policy.InstanceAdmin, []string{"Adoption in 1 programme.", "Your role does not show case tables."}},
	} {
		main := site.As(t, c.role).Page("/").Main()
		for _, want := range c.want {
			if !strings.Contains(main, want) {
				t.Errorf("to a %s the page does not say %q: %s", c.role, want, main)
			}
		}
	}
}

// The page is open to every role, so nothing on it may count as a refusal.
func TestNobodyIsRefusedOnTheStartPage(t *testing.T) {
	a := pagetest.Demo(t)
	site := serve(t, a)
	for _, role := range policy.Roles {
		site.As(t, role).Page("/").Check()
	}
	var refused int
	if err := a.Desk.DB.Row(t.Context(), `SELECT count(*) FROM audit_entry WHERE outcome = 'refused'`).Scan(&refused); err != nil {
		t.Fatal(err)
	}
	if refused != 0 {
		t.Errorf("%d refusals were recorded", refused)
	}
}

func TestAFreshInstanceSaysHowToBegin(t *testing.T) {
	visitor := serve(t, pagetest.Empty(t)).As(t, policy.SpreadManager)
	for _, path := range []string{"/", ui.PlanPath, ui.SharePath} {
		page := visitor.Page(path)
		page.Check()
		if !strings.Contains(page.Main(), "The shelves are empty.") {
			t.Errorf("%s says %s", path, page.Main())
		}
	}
}

func BenchmarkPages(b *testing.B) {
	visitor := serve(b, pagetest.Demo(b)).As(b, policy.SpreadManager)
	for _, path := range []string{"/", ui.PlanPath, ui.SharePath} {
		b.Run(path, func(b *testing.B) {
			for b.Loop() {
				visitor.Get(path)
			}
		})
	}
}
