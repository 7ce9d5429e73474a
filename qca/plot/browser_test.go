//go:build browser

package plot_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"sir/internal/browsertest"
	"sir/qca/plot"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

// Every plot on one page with a strict policy: axe-core, no sideways scroll and
// no complaint, at 320 and at 1280 pixels.
func TestPlotsInChromium(t *testing.T) {
	var page strings.Builder
	page.WriteString(`<!doctype html><html lang="en"><head><title>Plots</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/s.css"></head><body><main><h1>Plots</h1>`)
	list := figures(t)
	for _, name := range slices.Sorted(maps.Keys(list)) {
		for class, width := range map[string]int{"wide": 640, "narrow": 288} {
			fmt.Fprintf(&page, `<div class="%s">%s</div>`, class, drawing(t, list[name], plot.Drawing{ID: name + "-" + class, Width: width}))
		}
	}
	page.WriteString(`</main></body></html>`)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src data:")
		if r.URL.Path == "/s.css" {
			w.Header().Set("Content-Type", "text/css")
			fmt.Fprint(w, "body{margin:0 16px} @media (min-width:700px){.narrow{display:none}} @media (max-width:699px){.wide{display:none}}")
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, page.String())
	}))
	defer server.Close()
	s := browsertest.Open(t, server.URL)
	s.Goto("/")
	s.Judge()
}
