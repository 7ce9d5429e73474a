package main

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

func TestLinks(t *testing.T) {
	body := `<a href="/measure">M</a> <a class="x" href="/shelves?kind=a&amp;page=2#top">S</a>
<a href="#main">skip</a> <a href="https://example.org/">away</a> <a href="//example.org/">away</a> <link href="/app.css">`
	want := []string{"/measure", "/shelves?kind=a&page=2"}
	if got := links(body); !slices.Equal(got, want) {
		t.Errorf("links %q, want %q", got, want)
	}
}

func TestCrawl(t *testing.T) {
	pages := map[string]string{
		"/":       `<a href="/a"></a> <a href="/data.csv"></a>`,
		"/a":      `<a href="/"></a> <a href="/a?page=2"></a>`,
		"/lonely": ``,
		"/broken": `<a href="/nowhere"></a>`,
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/data.csv" {
			w.Header().Set("Content-Type", "text/csv; charset=utf-8")
			return
		}
		body, known := pages[r.URL.Path]
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if !known {
			w.WriteHeader(http.StatusNotFound)
		}
		fmt.Fprint(w, body)
	}))
	defer server.Close()
	v, err := newVisitor(server.URL, "analyst")
	if err != nil {
		t.Fatal(err)
	}

	got, err := v.crawl("/")
	want := map[string]string{"/": "text/html", "/a": "text/html", "/a?page=2": "text/html", "/data.csv": "text/csv"}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("crawl found %v (%v), want %v", got, err, want)
	}
	if _, err := v.crawl("/broken"); err == nil || !strings.Contains(err.Error(), "/nowhere as analyst is linked to but answers 404") {
		t.Errorf("a dead link gives: %v", err)
	}
}
