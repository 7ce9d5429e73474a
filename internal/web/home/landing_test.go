package home

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sir/internal/demo/facts"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
	"sir/internal/web/reference"
	"sir/internal/web/ui"
)

func TestThePlanPageLeadsToEveryShelfThatServesPlanning(t *testing.T) {
	var asked []string
	for _, q := range questions {
		asked = append(asked, q.shelves...)
	}
	serving := slices.Clone(reference.Serving(ui.PlanPath))
	slices.Sort(asked)
	slices.Sort(serving)
	if !slices.Equal(asked, serving) {
		t.Errorf("the questions lead to %q, the step draws on %q", asked, serving)
	}
	page := serve(t, pagetest.Demo(t)).As(t, policy.Innovator).Page(ui.PlanPath)
	page.Check()
	hrefs := page.Hrefs()
	for _, code := range serving {
		if !slices.Contains(hrefs, "/shelves/"+code) {
			t.Errorf("the page does not lead to %s", code)
		}
	}
}

func TestTheSharePageShowsConclusionsAndOpenQuestions(t *testing.T) {
	f, err := facts.Read()
	if err != nil {
		t.Fatal(err)
	}
	conclusions, _ := f.Shelf("conclusions")
	page := serve(t, pagetest.Demo(t)).As(t, policy.Communications).Page(ui.SharePath)
	page.Check()
	kinds := map[string]int{}
	for _, e := range conclusions.Entries {
		kind := e.Facets["kind"][0]
		kinds[kind]++
		shown := strings.Contains(page.Main(), e.Text)
		if want := kind == "Synthesised conclusion" || kind == "Research question"; shown != want {
			t.Errorf("%s, a %s, is shown in full: %v, want %v", e.Code, kind, shown, want)
		}
	}
	for kind, n := range kinds {
		want := "/shelves/conclusions?kind=" + strings.ReplaceAll(kind, " ", "+")
		if got := page.Href(fmt.Sprintf("%s (%d)", kind, n)); got != want {
			t.Errorf("%d of %s lead to %q, want %q", n, kind, got, want)
		}
	}
	if got := page.Href("What worked (11)"); got != "/shelves/reflections?kind=What+worked" {
		t.Errorf("what worked leads to %q", got)
	}
}

// The loop closes: each landing page leads on to the next step.
func TestEachStepLeadsOn(t *testing.T) {
	visitor := serve(t, pagetest.Demo(t)).As(t, policy.Communications)
	for path, want := range map[string]string{ui.PlanPath: ui.DoPath, ui.SharePath: ui.PlanPath} {
		if hrefs := visitor.Page(path).Hrefs(); !slices.Contains(hrefs, want) {
			t.Errorf("%s does not lead on to %s", path, want)
		}
	}
}
