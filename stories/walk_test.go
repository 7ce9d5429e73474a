//go:build browser

package stories

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sir/internal/browsertest"
)

// TestWalkLeavesAPictureAStep walks a stand-in of two pages.
func TestWalkLeavesAPictureAStep(t *testing.T) {
	mux := http.NewServeMux()
	for path, link := range map[string]string{"/{$}": "/next", "/next": "/"} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, `<!doctype html><html lang="en"><title>Stand-in</title><meta name="viewport" content="width=device-width">
<main><h1>Page %s</h1><p><a href="%s">Go on</a></p></main></html>`, path, link)
		})
	}
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) })
	server := httptest.NewServer(mux)
	defer server.Close()

	pictures := folder{t.TempDir(), true}
	var seen []string
	walk(t, browsertest.Open(t, server.URL), story{
		{"open the door", func(_ *testing.T, s *browsertest.Session) { s.Goto("/") }},
		{"go on", func(_ *testing.T, s *browsertest.Session) {
			s.Follow(browsertest.Link("Go on"))
			seen = append(seen, s.Path())
		}},
	}, pictures, "-320")

	if !slices.Equal(seen, []string{"/next"}) {
		t.Errorf("the second step ended at %v", seen)
	}
	for _, name := range []string{"01-open-the-door-320.png", "02-go-on-320.png"} {
		if _, err := os.Stat(filepath.Join(pictures.path, name)); err != nil {
			t.Error(err)
		}
	}
}
