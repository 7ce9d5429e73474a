//go:build browser

package home_test

import (
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sir/internal/browsertest"
	"sir/internal/policy"
	"sir/internal/web/account"
	"sir/internal/web/home"
	"sir/internal/web/network"
	"sir/internal/web/pagetest"
	"sir/internal/web/reference"
	"sir/internal/web/rollout"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

// open answers a window in which somebody in the role is signed in to the pages
// of the shelves, members, rollouts and the loop.
func open(t *testing.T, role policy.Role) *browsertest.Session {
	t.Helper()
	a := pagetest.Demo(t)
	server := httptest.NewServer(pagetest.Serve(t, a, slices.Concat(
		account.Routes(a.Auth, true), home.Routes(a.Reference, a.Rollout, a.Adoption, a.Pattern),
		reference.Routes(a.Reference, a.Network, a.Adoption, a.Pattern), network.Routes(a.Network, a.Reference), rollout.Routes(a.Rollout, a.Reference),
	)).Handler)
	t.Cleanup(server.Close)
	s := browsertest.Open(t, server.URL)
	s.Goto("/sign-in")
	s.Follow(browsertest.CSS(fmt.Sprintf(`input[name="role"][value="%s"] + button`, role)))
	return s
}

// addresses are one of each kind of page, the longest where there are several.
var addresses = []string{
	"/", "/plan", "/do", "/share", "/members", "/shelves",
	"/shelves/approaches", "/shelves/factors", "/shelves/stages?concerns=Money", "/shelves/stages?concerns=Money&stage=Sustaining",
	"/shelves/approaches/NA1", "/shelves/frameworks/FW1", "/shelves/factors/S4",
	"/search", "/search?q=e", "/search?q=" + strings.Repeat("%3Cscript%3E%E2%80%AE", 12),
}

// picture is where a page's picture is left to look at.
func picture(address string, width int) string {
	name := strings.NewReplacer("/", "-", "?", "-", "=", "-", "&", "-", "%", "").Replace(strings.Trim(address, "/"))
	return filepath.Join("..", "..", "..", "build", "pages", fmt.Sprintf("%.60s-%d.png", "page-"+name, width))
}

func TestPagesInABrowser(t *testing.T) {
	s := open(t, policy.SpreadManager)
	for _, address := range addresses {
		s.Goto(address)
		for _, width := range []int{browsertest.Narrow, browsertest.Wide} {
			s.SetWidth(width)
			s.JudgeAsIs()
			s.Screenshot(picture(address, width))
		}
	}
}

// Filtering, searching and going round the loop need no script.
func TestPagesWithoutJavaScript(t *testing.T) {
	s := open(t, policy.Evaluator)
	s.SetJavaScript(false)
	s.SetWidth(browsertest.Narrow)
	for _, address := range addresses {
		s.Goto(address)
		s.NoSidewaysScroll()
	}
	s.Goto("/shelves/stages")
	s.Choose(browsertest.Field("Concerns"), "Money (3)")
	s.Follow(browsertest.Button("Show"))
	if got, want := s.Path(), "/shelves/stages?stage=&concerns=Money&flag="; got != want {
		t.Errorf("the filter leads to %s, want %s", got, want)
	}
	s.Follow(browsertest.Link("Show all"))
	if got, want := s.Path(), "/shelves/stages"; got != want {
		t.Errorf("taking it off leads to %s, want %s", got, want)
	}
}
