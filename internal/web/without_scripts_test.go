//go:build browser

package web_test

import (
	"strings"
	"testing"

	"sir/internal/browsertest"
	"sir/internal/policy"
	"sir/internal/web"
)

// TestWithoutScripts walks the service with scripts switched off, in both
// windows: sign in, get about, choose, send, sign out.
func TestWithoutScripts(t *testing.T) {
	for _, width := range []int{browsertest.Narrow, browsertest.Wide} {
		s := open(t, web.Options{Demo: true})
		w := s.window(t)
		w.SetJavaScript(false)
		w.SetWidth(width)
		walkAsAnalyst(t, w)
		walkAsAdministrator(t, w)
		w.Goto("/sign-in")
		w.Fill(browsertest.Field("Name"), "other-analyst")
		w.Fill(browsertest.Field("Password"), password)
		w.Follow(browsertest.Button("Sign in"))
		w.WaitFor(browsertest.Link("Test other-analyst"))
	}
}

// at fails the test unless the page is the one wanted and fits its window.
func at(t *testing.T, w *browsertest.Session, path string) {
	t.Helper()
	if got := w.Path(); got != path {
		t.Errorf("the page is %s, want %s", got, path)
	}
	w.NoSidewaysScroll()
}

// says fails the test unless the main part of the page says words.
func says(t *testing.T, w *browsertest.Session, words string) {
	t.Helper()
	if text := strings.Join(strings.Fields(w.Text(browsertest.CSS("main"))), " "); !strings.Contains(text, words) {
		t.Errorf("%s does not say %q", w.Path(), words)
	}
}

func walkAsAnalyst(t *testing.T, w *browsertest.Session) {
	t.Helper()
	w.Goto("/measure/tcam")
	at(t, w, "/sign-in?next=%2Fmeasure%2Ftcam")
	w.Follow(browsertest.CSS(`form[action="/sign-in/demo"]:has(input[value="analyst"]) button`))
	at(t, w, "/measure/tcam")
	says(t, w, "10 of 15")
	for _, step := range []string{"Plan", "Do", "Explain", "Share", "Measure"} {
		w.Follow(browsertest.Link(step).In("header nav"))
		at(t, w, "/"+strings.ToLower(step))
	}
	w.Follow(browsertest.CSS(`main a[href="/measure/` + madeUp + `"]`))
	w.Choose(browsertest.Field("First period"), "Q2 2023/24")
	w.Follow(browsertest.Button("Show").In("main"))
	at(t, w, "/measure/"+madeUp+"?first=q2_2023_24&second=q2_2024_25&third=q4_2025_26")
	says(t, w, "Q2 2023/24")
	w.Follow(browsertest.Link("Alder network (made-up)").In("main table"))
	at(t, w, "/measure/"+madeUp+"/members/"+ownMember)
	w.Fill(browsertest.CSS("#search-field"), "champion")
	w.Follow(browsertest.CSS("#search button"))
	at(t, w, "/search?q=champion")
	w.Follow(browsertest.Button("Sign out"))
	at(t, w, "/sign-in")
}

func walkAsAdministrator(t *testing.T, w *browsertest.Session) {
	t.Helper()
	signInAs(w, policy.InstanceAdmin)
	w.Follow(browsertest.Link("Accounts"))
	at(t, w, "/admin/accounts")
	w.Follow(browsertest.Link("Disable Test own-analyst"))
	w.Follow(browsertest.CSS(`main form[action*="/disable"] button`))
	at(t, w, "/admin/accounts")
	says(t, w, "The account is disabled and signed out.")
	w.Follow(browsertest.Link("Audit trail"))
	w.Choose(browsertest.Field("Action"), "Disable an account")
	w.Follow(browsertest.Button("Show").In("main"))
	at(t, w, "/admin/audit?person=&action=account.disable&outcome=&from=&to=")
	says(t, w, "Demo instance administrator")
	w.Follow(browsertest.Link("Settings"))
	w.Click(browsertest.Field("England 2026"))
	w.Follow(browsertest.Button("Save"))
	says(t, w, "The words on all pages are changed.")
	w.Follow(browsertest.Button("Sign out"))
}
