//go:build browser

package ui

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"sir/internal/browsertest"
	"sir/internal/web/static"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

// strictest is a policy that lets a page load nothing but our own style sheet,
// script and icon.
const strictest = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func serveGallery(t *testing.T) *httptest.Server {
	t.Helper()
	assets, err := static.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle(static.Prefix, assets)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		build, ok := gallery[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		page, content := build()
		page.Assets = Assets{Stylesheet: assets.Path("app.css"), Script: assets.Path("app.js"), Icon: assets.Path("favicon.svg")}
		page.Demo, page.Nav, page.User = true, Loop(r.URL.Path), cmp.Or(page.User, &User{Name: "Made-up user", Role: "Programme lead"})
		page.Footer = []Link{{"Reference shelves", "/share/shelf"}, {"Accessibility", "/accessibility"}}
		w.Header().Set("Content-Security-Policy", strictest)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if err := Layout(page).Render(templ.WithChildren(r.Context(), content), w); err != nil {
			t.Error(err)
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// picture is where a page's picture is left to look at.
func picture(path string, width int) string {
	name := strings.ReplaceAll(strings.Trim(path, "/"), "/", "-")
	return filepath.Join("..", "..", "..", "build", "gallery", fmt.Sprintf("%s-%d.png", cmp.Or(name, "home"), width))
}

// Every component, with hostile content too, under the strictest policy, in
// both windows, with and without scripts.
func TestGalleryInABrowser(t *testing.T) {
	server := serveGallery(t)
	s := browsertest.Open(t, server.URL)
	for _, scripts := range []bool{true, false} {
		s.SetJavaScript(scripts)
		for _, path := range slices.Sorted(maps.Keys(gallery)) {
			s.Goto(path)
			for _, width := range []int{browsertest.Narrow, browsertest.Wide} {
				s.SetWidth(width)
				if !scripts {
					s.NoSidewaysScroll()
					continue
				}
				s.JudgeAsIs()
				s.Screenshot(picture(path, width))
			}
		}
	}
}

// What belongs to one option shows only while it is chosen, scripts or not.
func TestConditionalContent(t *testing.T) {
	s := browsertest.Open(t, serveGallery(t).URL)
	lead := browsertest.Field("Which network leads?")
	for _, scripts := range []bool{true, false} {
		s.SetJavaScript(scripts)
		s.Goto("/plan/form")
		if !s.Has(lead) {
			t.Errorf("scripts %v: the chosen option's field is hidden", scripts)
		}
		s.Click(browsertest.Field("One site"))
		if s.Has(lead) {
			t.Errorf("scripts %v: the field of an option that is not chosen shows", scripts)
		}
	}
}

func TestKeyboard(t *testing.T) {
	s := browsertest.Open(t, serveGallery(t).URL)
	s.SetWidth(browsertest.Narrow)
	for _, scripts := range []bool{true, false} {
		s.SetJavaScript(scripts)
		s.Goto("/measure/rates")
		s.Press("\t")
		if got := s.Focused(); got != `a "Skip to main content"` {
			t.Errorf("scripts %v: the first stop is %s", scripts, got)
		}
		browsertest.Eval[bool](s, `document.querySelector("#rates").closest("[role=region]").focus() ?? true`)
		if got := s.Focused(); !strings.HasPrefix(got, "div") {
			t.Errorf("scripts %v: the table's region cannot have the focus: %s", scripts, got)
		}
	}
}

// The five steps are one press away on a small screen, scripts or not.
func TestLoopOnASmallScreen(t *testing.T) {
	s := browsertest.Open(t, serveGallery(t).URL)
	s.SetWidth(browsertest.Narrow)
	for _, scripts := range []bool{true, false} {
		s.SetJavaScript(scripts)
		s.Goto("/measure/rates")
		for _, step := range Loop("/") {
			if !s.Has(browsertest.Link(step.Text).In("nav.nhsuk-header__navigation")) {
				t.Errorf("scripts %v: %s is not to be seen", scripts, step.Text)
			}
		}
	}
}

// Only a script can show a password, so the button for it needs one.
func TestShowPassword(t *testing.T) {
	s := browsertest.Open(t, serveGallery(t).URL)
	show := browsertest.CSS(".nhsuk-password-input__toggle")
	s.Goto("/sign-in")
	s.Click(show)
	if got := browsertest.Eval[string](s, `document.querySelector("#password").type`); got != "text" {
		t.Errorf("the password is of type %q after a press on Show", got)
	}
	s.SetJavaScript(false)
	s.Goto("/sign-in")
	if s.Has(show) {
		t.Error("without scripts there is a button that does nothing")
	}
}
