//go:build browser

package rollout_test

import (
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"sir/internal/browsertest"
	"sir/internal/policy"
	"sir/internal/web"
	"sir/internal/web/pagetest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

// window is a browser window in which somebody with the role is signed in.
func window(t *testing.T, role policy.Role) *browsertest.Session {
	t.Helper()
	handler, err := web.New(pagetest.Demo(t), web.Options{Demo: true, Log: slog.New(slog.DiscardHandler), Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	s := browsertest.Open(t, server.URL)
	s.Goto("/sign-in?next=/plan/programmes")
	s.Follow(browsertest.CSS(`input[value="` + string(role) + `"] ~ button`))
	return s
}

// own is the address of the rollout that the reader runs.
func own(s *browsertest.Session) string {
	s.Goto("/do")
	return browsertest.Eval[string](s, `[...document.querySelectorAll("#rollouts-MU-EXAMPLE a")].find(a => a.textContent.includes("Alder")).getAttribute("href")`)
}

func judge(s *browsertest.Session, path string) {
	s.Goto(path)
	browsertest.Eval[int](s, `(document.querySelectorAll("details").forEach(d => d.open = true), 0)`)
	for _, width := range []int{browsertest.Narrow, browsertest.Wide} {
		s.SetWidth(width)
		browsertest.Eval[bool](s, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0, true))))`)
		s.JudgeAsIs()
	}
}

func TestPagesInABrowser(t *testing.T) {
	s := window(t, policy.SpreadManager)
	rollout := own(s)
	for _, path := range []string{
		"/do", "/plan/programmes", "/plan/programmes/MU-EXAMPLE", rollout, rollout + "/edit", rollout + "/state?state=stopped", "/plan/programmes/MU-EXAMPLE/rollout",
	} {
		judge(s, path)
	}
	judge(window(t, policy.ProgrammeLead), "/plan/programmes/MU-EXAMPLE/edit")
}

// A rollout is paused, and a form sent back, without scripts; what is needed
// to be active shows only where active is chosen.
func TestChangingTheStateWithoutScripts(t *testing.T) {
	s := window(t, policy.SpreadManager)
	rollout := own(s)
	s.SetJavaScript(false)
	s.Goto(rollout + "/state?state=paused")
	s.FollowStatus(browsertest.Button("Change the state"), 422)
	if text := s.Text(browsertest.CSS("main")); !strings.Contains(text, "Say what others can learn from this.") {
		t.Errorf("a pause without a lesson is not sent back: %s", text)
	}
	s.Fill(browsertest.CSS("#reason"), "Storm")
	s.Fill(browsertest.CSS("#freed"), "None")
	s.Fill(browsertest.CSS("#lesson"), "Plan for storms")
	s.Follow(browsertest.Button("Change the state"))
	if text := s.Text(browsertest.CSS("main")); !strings.Contains(text, "The rollout is now paused.") {
		t.Errorf("it was not paused: %s", text)
	}
}
