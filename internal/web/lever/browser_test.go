//go:build browser

package lever_test

import (
	"fmt"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"sir/internal/browsertest"
	"sir/internal/demo/madeup"
	"sir/internal/web"
	"sir/internal/web/pagetest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

const (
	register  = "/plan/levers"
	programme = register + "/programmes/MU-EXAMPLE"
)

// window is a browser window in which somebody with a role is signed in.
func window(t *testing.T, role string) *browsertest.Session {
	t.Helper()
	handler, err := web.New(pagetest.Demo(t), web.Options{Demo: true, Log: slog.New(slog.DiscardHandler), Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	s := browsertest.Open(t, server.URL)
	s.Goto("/sign-in?next=" + register)
	s.Follow(browsertest.CSS(`input[value="` + role + `"] ~ button`))
	return s
}

// judge holds the page against what every page must hold, in both windows,
// with everything unfolded, and leaves a picture of each.
func judge(s *browsertest.Session, name string) {
	browsertest.Eval[int](s, `(document.querySelectorAll("details").forEach(d => d.open = true), 0)`)
	for _, width := range []int{browsertest.Narrow, browsertest.Wide} {
		s.SetWidth(width)
		browsertest.Eval[bool](s, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0, true))))`)
		s.JudgeAsIs()
		s.Screenshot(filepath.Join("..", "..", "..", "build", "_shot", fmt.Sprintf("lever-%s-%d.png", name, width)))
	}
}

func TestPagesInABrowser(t *testing.T) {
	s := window(t, "programme lead")
	payment := register + "/register/" + madeup.Levers()[1].ID
	for name, path := range map[string]string{
		"register": register, "add": register + "/add", "lever": payment, "change": payment + "/change", "programme": programme,
		"check-type": programme + "/check?kind=contract", "check-lever": programme + "/check?lever=" + madeup.Levers()[3].ID,
		"request": programme + "/endorsements/add", "decisions": register + "/decisions",
	} {
		s.Goto(path)
		judge(s, name)
	}
	for name, to := range map[string]string{"decision": "#decisions tbody a", "answer": "#endorsements tbody a"} {
		s.Goto(programme)
		s.Follow(browsertest.CSS(to))
		judge(s, name)
	}
}

// A type is waived and a lever changed, without scripts.
func TestWorkingWithoutScripts(t *testing.T) {
	s := window(t, "programme lead")
	s.SetJavaScript(false)
	s.Goto(programme + "/check?kind=contract")
	s.FollowStatus(browsertest.Button("Save what was found"), 422)
	s.Click(browsertest.CSS(`input[value="waived"]`))
	s.Fill(browsertest.CSS("#reason"), "No contract is planned.")
	s.Follow(browsertest.Button("Save what was found"))
	if text := s.Text(browsertest.CSS("#five")); !strings.Contains(text, "Check waived") {
		t.Errorf("the five say %s", text)
	}
	s.Goto(register + "/register/" + madeup.Levers()[1].ID + "/change")
	s.Click(browsertest.CSS(`input[value="unclear"]`))
	s.FollowStatus(browsertest.Button("Save as a new version"), 422)
	s.Fill(browsertest.CSS("#why"), "Two letters say two things.")
	s.Follow(browsertest.Button("Save as a new version"))
	if text := s.Text(browsertest.CSS("main")); !strings.Contains(text, "must now decide") || !strings.Contains(text, "Version 3") {
		t.Errorf("the lever says %s", text)
	}
}
