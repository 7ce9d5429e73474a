//go:build browser

package innovation_test

import (
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"sir/internal/browsertest"
	"sir/internal/web"
	"sir/internal/web/pagetest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

const lantern = "/plan/innovations/MU-LANTERN"

// window is a browser window in which the programme's lead is signed in.
func window(t *testing.T) *browsertest.Session {
	t.Helper()
	handler, err := web.New(pagetest.Demo(t), web.Options{Demo: true, Log: slog.New(slog.DiscardHandler), Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	s := browsertest.Open(t, server.URL)
	s.Goto("/sign-in?next=" + lantern)
	s.Follow(browsertest.CSS(`input[value="programme lead"] ~ button`))
	return s
}

func TestPagesInABrowser(t *testing.T) {
	s := window(t)
	for _, path := range []string{
		"/plan/innovations", "/plan/innovations/add", lantern, lantern + "/edit", lantern + "/evidence", lantern + "/evidence/add",
		lantern + "/narratives", lantern + "/narratives/add", lantern + "/panel", lantern + "/panel/add", lantern + "/readiness", lantern + "/readiness/need-1",
	} {
		s.Goto(path)
		browsertest.Eval[int](s, `(document.querySelectorAll("details").forEach(d => d.open = true), 0)`)
		for _, width := range []int{browsertest.Narrow, browsertest.Wide} {
			s.SetWidth(width)
			browsertest.Eval[bool](s, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0, true))))`)
			s.JudgeAsIs()
		}
	}
}

// Evidence is taken out and put back, and a form sent back, without scripts.
func TestWorkingWithoutScripts(t *testing.T) {
	s := window(t)
	s.SetJavaScript(false)
	s.Goto(lantern + "/evidence")
	s.Follow(browsertest.CSS(`#evidence tbody a`))
	s.Click(browsertest.CSS("#take-out summary"))
	s.Follow(browsertest.Button("Take it out"))
	s.Click(browsertest.CSS("#taken-out summary"))
	s.Follow(browsertest.CSS("#taken-out button"))
	if text := s.Text(browsertest.CSS("main")); !strings.Contains(text, "3 items of evidence") {
		t.Errorf("it was not put back: %s", text)
	}
	s.Goto(lantern + "/panel/add")
	s.FollowStatus(browsertest.Button("Record the decision"), 422)
	if text := s.Text(browsertest.CSS("main")); !strings.Contains(text, "Choose what was decided.") {
		t.Error("a record without a decision is not sent back")
	}
}
