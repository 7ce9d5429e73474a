//go:build browser

package improvement_test

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
	shared = "/measure/MU-EXAMPLE/improvement"
	own    = "/measure/MU-EXAMPLE/members/MU-N01/improvement"
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
	s.Goto("/sign-in?next=" + shared)
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
		s.Screenshot(filepath.Join("..", "..", "..", "build", "_shot", fmt.Sprintf("improvement-%s-%d.png", name, width)))
	}
}

func TestPagesInABrowser(t *testing.T) {
	s := window(t, "programme lead")
	boxes, cycles := madeup.Diagram(), madeup.Cycles("")
	for name, path := range map[string]string{
		"programme": shared, "member": own, "aim": shared + "/drivers/" + boxes[0].ID, "idea": shared + "/drivers/" + boxes[3].ID,
		"add": shared + "/drivers/add?under=" + boxes[2].ID, "plan": own + "/cycles/add", "next": own + "/cycles/add?after=" + cycles[0].ID,
		"running": own + "/cycles/" + cycles[3].ID, "adapted": own + "/cycles/" + cycles[0].ID, "abandoned": own + "/cycles/" + cycles[2].ID,
	} {
		s.Goto(path)
		judge(s, name)
	}
}

// A diagram is copied, a box removed and put back, and a cycle planned,
// without scripts.
func TestWorkingWithoutScripts(t *testing.T) {
	s := window(t, "spread manager")
	s.SetJavaScript(false)
	s.Goto(own)
	s.Follow(browsertest.Button("Start from the programme's diagram"))
	s.Follow(browsertest.CSS(`#outline + ul ul ul ul a`))
	s.Click(browsertest.CSS("details summary"))
	s.Follow(browsertest.Button("Remove"))
	s.Click(browsertest.CSS("#removed summary"))
	s.Follow(browsertest.CSS("#removed button"))
	if text := s.Text(browsertest.CSS("main")); !strings.Contains(text, "Ten minutes of training") || s.Has(browsertest.CSS("#removed")) {
		t.Error("the idea was not put back")
	}
	s.Follow(browsertest.Link("Plan a cycle"))
	s.FollowStatus(browsertest.Button("Save the plan"), 422)
	if text := s.Text(browsertest.CSS("main")); !strings.Contains(text, "Give the cycle a short title.") {
		t.Error("a plan without a title is not sent back")
	}
}
