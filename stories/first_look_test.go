//go:build browser

package stories

import (
	"strings"
	"testing"

	"sir/internal/browsertest"
)

// firstLook is a newcomer's first five minutes: in by a button, the report's
// adoption table, its analysis computed here with the rivals it did not name,
// the shelves, and out again.
var firstLook = story{
	{"open the front page", func(t *testing.T, s *browsertest.Session) {
		s.Goto("/")
		endsAt(t, s, "/sign-in?next=%2F")
		if roles := len(s.Texts("form[action='/sign-in/demo'] button")); roles != 11 {
			t.Errorf("%d roles to choose from, want 11", roles)
		}
	}},
	{"sign in as an analyst", func(t *testing.T, s *browsertest.Session) {
		signIn(s, "analyst")
		endsAt(t, s, "/")
		s.WaitFor(browsertest.Button("Sign out"))
	}},
	{"go to Measure", func(t *testing.T, s *browsertest.Session) {
		navigate(s, "Measure")
		endsAt(t, s, "/measure")
	}},
	{"read the adoption of TCAM", func(t *testing.T, s *browsertest.Session) {
		s.Follow(browsertest.CSS(`main a[href="/measure/tcam"]`))
		if rows := len(s.Texts("main table tbody tr")); rows < 15 {
			t.Errorf("%d rows in the table, want one for each of 15 members", rows)
		}
		says(t, s, "3 of 15", "7 of 15", "10 of 15", "East Midlands", "West of England")
	}},
	{"go to Explain", func(t *testing.T, s *browsertest.Session) {
		navigate(s, "Explain")
		endsAt(t, s, "/explain")
	}},
	{"read why TCAM spread", func(t *testing.T, s *browsertest.Session) {
		s.Follow(browsertest.CSS(`main a[href="/explain/tcam"]`))
		says(t, s, "NONDELAY*PHARMA", "~NONDELAY", "~PHARMA", "PILOT*CHAMP")
	}},
	{"go to the shelves", func(t *testing.T, s *browsertest.Session) {
		s.Follow(browsertest.CSS(`a[href="/shelves"]`))
	}},
	{"browse the factors", func(t *testing.T, s *browsertest.Session) {
		s.Follow(browsertest.CSS(`main a[href="/shelves/factors"]`))
		endsAt(t, s, "/shelves/factors")
	}},
	{"sign out", func(t *testing.T, s *browsertest.Session) {
		s.Follow(browsertest.Button("Sign out"))
		s.Goto("/measure")
		if path := s.Path(); !strings.HasPrefix(path, "/sign-in") {
			t.Errorf("after signing out Measure is still open at %s", path)
		}
	}},
}

// signIn signs in by the demonstration's button for role.
func signIn(s *browsertest.Session, role string) {
	s.Follow(browsertest.CSS(`form[action="/sign-in/demo"]:has(input[value="` + role + `"]) button`))
}

// navigate follows an entry of the main menu, which folds away in a narrow
// window what does not fit.
func navigate(s *browsertest.Session, entry string) {
	link := browsertest.Link(entry).In("header nav")
	if !s.Has(link) {
		s.Click(browsertest.Button("Browse More"))
	}
	s.Follow(link)
}

// endsAt fails t when the current page is another than path.
func endsAt(t *testing.T, s *browsertest.Session, path string) {
	t.Helper()
	if got := s.Path(); got != path {
		t.Errorf("ended at %s, want %s", got, path)
	}
}

// says fails t for each of words that the page does not say.
func says(t *testing.T, s *browsertest.Session, words ...string) {
	t.Helper()
	text := strings.Join(strings.Fields(s.Text(browsertest.CSS("main"))), " ")
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("the page does not say %q", w)
		}
	}
}
