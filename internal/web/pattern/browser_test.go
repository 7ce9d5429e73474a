//go:build browser

package pattern_test

import (
	"fmt"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"sir/internal/browsertest"
	"sir/internal/web"
	"sir/internal/web/pagetest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

// evaluatorsWindow is a browser window in which an evaluator is signed in.
func evaluatorsWindow(t *testing.T) *browsertest.Session {
	t.Helper()
	handler, err := web.New(pagetest.Demo(t), web.Options{Demo: true, Log: slog.New(slog.DiscardHandler), Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	s := browsertest.Open(t, server.URL)
	s.Goto("/sign-in?next=/explain")
	s.Follow(browsertest.CSS(`input[value="evaluator"] ~ button`))
	return s
}

// picture is where a page's picture is left to look at.
func picture(name string, width int) string {
	return filepath.Join("..", "..", "..", "build", "explain", fmt.Sprintf("%s-%d.png", name, width))
}

// Every page, with everything unfolded, in both windows.
func TestPagesInABrowser(t *testing.T) {
	s := evaluatorsWindow(t)
	for name, path := range map[string]string{
		"sets":           "/explain",
		"overview":       "/explain/tcam",
		"cases":          "/explain/tcam/cases",
		"screening":      "/explain/tcam/screening",
		"truth-table":    "/explain/tcam/truth-table",
		"contradictions": "/explain/tcam/truth-table?conditions=CCG,ADOPT",
		"solutions":      "/explain/tcam/solutions",
		"all-conditions": "/explain/tcam/solutions?conditions=" + allConditions,
		"intermediate":   "/explain/tcam/solutions?solution=intermediate&expect=NONDELAY%3D1,PHARMA%3D1",
		"rivals":         "/explain/tcam/rivals",
	} {
		s.Goto(path)
		browsertest.Eval[int](s, `(document.querySelectorAll("details").forEach(d => d.open = true), 0)`)
		judge(s, name)
	}
	s.GotoStatus("/explain/tcam/rivals?max=9&conditions=OUTCOME", 422)
	judge(s, "refused")
}

// judge holds the page against what every page must hold, in both windows, and
// leaves a picture of each. A table that scrolls in the narrow window takes the
// keyboard's focus once the page's script has seen its new size, so that is
// waited for.
func judge(s *browsertest.Session, name string) {
	for _, width := range []int{browsertest.Narrow, browsertest.Wide} {
		s.SetWidth(width)
		browsertest.Eval[bool](s, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0, true))))`)
		s.JudgeAsIs()
		s.Screenshot(picture(name, width))
	}
}

// Choosing works by ticking boxes and pressing a button, without scripts.
func TestChoosingWithoutScripts(t *testing.T) {
	s := evaluatorsWindow(t)
	s.SetJavaScript(false)
	s.Goto("/explain/tcam/solutions")
	s.Click(browsertest.Button("Choose the conditions and the kind of solution"))
	for _, name := range []string{"NONDELAY", "ADOPT", "PHARMA", "INTERSECT"} {
		s.Click(browsertest.CSS(`input[value="` + name + `"]`)) // takes the tick off
	}
	for _, name := range []string{"PILOT", "CHAMP"} {
		s.Click(browsertest.CSS(`input[value="` + name + `"]`))
	}
	s.Follow(browsertest.Button("Show"))
	if text := s.Text(browsertest.CSS("#success-terms")); !strings.Contains(text, "PILOT*CHAMP") {
		t.Errorf("terms for success: %s", text)
	}
	s.Follow(browsertest.Link("Rivals").In("nav"))
	if !s.Has(browsertest.CSS("#success-formulas")) {
		t.Error("the step navigation does not lead to the rivals")
	}
}
