//go:build browser

package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"sir/internal/browsertest"
	"sir/internal/policy"
	"sir/internal/web"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

// window opens a browser window on the service.
func (s *site) window(t *testing.T) *browsertest.Session {
	t.Helper()
	server := httptest.NewServer(s.handler)
	t.Cleanup(server.Close)
	return browsertest.Open(t, server.URL)
}

// signInAs signs in by the button of a role.
func signInAs(w *browsertest.Session, role policy.Role) {
	w.Goto("/sign-in")
	w.Follow(browsertest.CSS(fmt.Sprintf(`form[action="/sign-in/demo"]:has(input[value=%q]) button`, role)))
}

// atMost is how many pages of one route are judged for a role.
const atMost = 2

// atOnce is how many pages one window judges; two windows are at work at a
// time where there are two processors.
const atOnce = 15

// TestPagesInABrowser judges every page that any role comes to by links, one
// of each route and look, in a narrow and in a wide window.
func TestPagesInABrowser(t *testing.T) {
	t.Parallel()
	s := open(t, web.Options{Demo: true})
	judged := map[string]bool{}
	for _, role := range policy.Roles {
		for addresses := range slices.Chunk(s.unlike(t, role, judged), atOnce) {
			t.Run(string(role), func(t *testing.T) {
				t.Parallel()
				w := s.window(t)
				signInAs(w, role)
				for _, address := range addresses {
					w.Goto(address)
					w.Judge()
				}
				t.Logf("%d pages: %s", len(addresses), strings.Join(addresses, " "))
			})
		}
	}
}

// unlike answers the pages that a role comes to and that look like none judged
// so far, and notes them.
func (s *site) unlike(t *testing.T, role policy.Role, judged map[string]bool) []string {
	t.Helper()
	routes, count := kindsOf(s), map[string]int{}
	var addresses []string
	for _, one := range crawled(t, role) {
		if !one.isPage() {
			continue
		}
		_, route := routes.mux.Handler(httptest.NewRequest(http.MethodGet, one.address, http.NoBody))
		look := route + one.looks
		if !judged[look] && count[route] < atMost {
			count[route]++
			addresses = append(addresses, one.address)
		}
		judged[look] = true
	}
	return addresses
}

// Pages that say that something is wrong are judged as others are.
func TestFailuresInABrowser(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	w := s.window(t)
	w.GotoStatus("/healthz/nothing", 404)
	w.Judge()
	w.Goto("/measure")
	if path := w.Path(); path != "/sign-in?next=%2Fmeasure" {
		t.Errorf("a page that needs a sign-in leads to %s", path)
	}
	w.Judge()
	w.Fill(browsertest.Field("Name"), "<b>own-analyst</b>")
	w.Fill(browsertest.Field("Password"), "wrong")
	w.FollowStatus(browsertest.Button("Sign in"), 422)
	w.Judge()
	if got := w.Value(browsertest.Field("Name")); got != "<b>own-analyst</b>" {
		t.Errorf("the name is now %q", got)
	}
	for range 4 {
		w.FollowStatus(browsertest.Button("Sign in"), 422)
	}
	w.FollowStatus(browsertest.Button("Sign in"), 429)
	w.Judge()
	signInAs(w, policy.Analyst)
	w.GotoStatus("/admin/audit", 403)
	w.Judge()
	w.GotoStatus("/measure/"+madeUp+"?first=q3_2023_24&second=q2_2023_24&third=soon", 422)
	w.Judge()
	if err := s.app.Desk.DB.Close(); err != nil {
		t.Fatal(err)
	}
	w.GotoStatus("/measure", 500)
	w.Judge()
}

// Two administrators in two windows: the second learns that the first was
// quicker, and can choose again.
func TestStaleSettingInABrowser(t *testing.T) {
	s := open(t, web.Options{Demo: true})
	first, second := s.window(t), s.window(t)
	for _, w := range []*browsertest.Session{first, second} {
		signInAs(w, policy.InstanceAdmin)
		w.Follow(browsertest.Link("Settings"))
	}
	choose := browsertest.Button("Save")
	first.Click(browsertest.Field("England 2026"))
	first.Follow(choose)
	first.Judge()
	second.Click(browsertest.Field("England 2018 to 2020"))
	second.FollowStatus(choose, 409)
	second.Judge()
	second.Click(browsertest.Field("England 2018 to 2020"))
	second.Follow(choose)
}

// A wrong and a right change of password, outside the demonstration.
func TestPasswordInABrowser(t *testing.T) {
	s := open(t, web.Options{})
	w := s.window(t)
	w.Goto("/account")
	w.Judge()
	w.Fill(browsertest.Field("Name"), "own-analyst")
	w.Fill(browsertest.Field("Password"), password)
	w.Follow(browsertest.Button("Sign in"))
	if path := w.Path(); path != "/account" {
		t.Errorf("after signing in the page is %s", path)
	}
	w.Judge()
	w.Fill(browsertest.Field("Current password"), "wrong")
	w.Fill(browsertest.Field("New password"), "short")
	w.FollowStatus(browsertest.Button("Change password"), 422)
	w.Judge()
	w.Fill(browsertest.Field("Current password"), password)
	w.Fill(browsertest.Field("New password"), "four other random words")
	w.Follow(browsertest.Button("Change password"))
	w.Judge()
}
