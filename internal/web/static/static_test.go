package static

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"
)

const css = "html{color:#000}"

func build(t *testing.T, changes fstest.MapFS) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{
		"README":          {Data: []byte("not served")},
		"app.css":         {Data: []byte(css)},
		"app.css.gz":      {Data: compress(t, css)},
		"app.js":          {Data: []byte("0")},
		"favicon.svg":     {Data: []byte("<svg/>")},
		"images/tick.svg": {Data: []byte("<svg></svg>")},
	}
	for name, f := range changes {
		if f == nil {
			delete(fsys, name)
			continue
		}
		fsys[name] = f
	}
	return fsys
}

func compress(t *testing.T, text string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func load(t *testing.T, changes fstest.MapFS) *Set {
	t.Helper()
	set, err := Load(build(t, changes))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func get(set *Set, path string, header http.Header) *http.Response {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header = header
	w := httptest.NewRecorder()
	set.ServeHTTP(w, r)
	return w.Result()
}

func TestServe(t *testing.T) {
	set := load(t, nil)
	gz := http.Header{"Accept-Encoding": {"br, gzip"}}
	const forever, check = "public, max-age=31536000, immutable", "no-cache"
	tests := []struct {
		name   string
		path   string
		header http.Header
		status int
		kind   string
		coding string
		cache  string
	}{
		{"plain", set.Path("app.css"), nil, 200, "text/css; charset=utf-8", "", forever},
		{"gzip", set.Path("app.css"), gz, 200, "text/css; charset=utf-8", "gzip", forever},
		{"no compressed form", set.Path("app.js"), gz, 200, "text/javascript; charset=utf-8", "", forever},
		{"icon in a folder", set.Path("images/tick.svg"), nil, 200, "image/svg+xml", "", forever},
		{"an older page's address", "/static/000000000000/app.css", nil, 200, "text/css; charset=utf-8", "", check},
		{"unknown", "/static/" + set.version + "/nothing.css", nil, 404, "text/plain; charset=utf-8", "", ""},
		{"a file that is not served", "/static/" + set.version + "/README", nil, 404, "text/plain; charset=utf-8", "", ""},
		{"the compressed file itself", "/static/" + set.version + "/app.css.gz", nil, 404, "text/plain; charset=utf-8", "", ""},
		{"no version", "/static/app.css", nil, 404, "text/plain; charset=utf-8", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			res := get(set, test.path, test.header)
			got := []any{res.StatusCode, res.Header.Get("Content-Type"), res.Header.Get("Content-Encoding"), res.Header.Get("Cache-Control")}
			want := []any{test.status, test.kind, test.coding, test.cache}
			for i := range want {
				if got[i] != want[i] {
					t.Errorf("got %v, want %v", got[i], want[i])
				}
			}
		})
	}
}

func TestGzipBodyIsTheSameText(t *testing.T) {
	set := load(t, nil)
	res := get(set, set.Path("app.css"), http.Header{"Accept-Encoding": {"gzip"}})
	z, err := gzip.NewReader(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(z)
	if err != nil || string(body) != css {
		t.Errorf("got %q, %v; want %q", body, err, css)
	}
	if got := res.Header.Get("Vary"); got != "Accept-Encoding" {
		t.Errorf("Vary is %q: a cache would give compressed text to a client that cannot read it", got)
	}
}

func TestRevalidation(t *testing.T) {
	set := load(t, nil)
	path := set.Path("app.css")
	plain := get(set, path, nil).Header.Get("ETag")
	gz := get(set, path, http.Header{"Accept-Encoding": {"gzip"}}).Header.Get("ETag")
	if plain == gz {
		t.Errorf("both encodings have the ETag %s", plain)
	}
	if got := get(set, path, http.Header{"If-None-Match": {plain}}).StatusCode; got != http.StatusNotModified {
		t.Errorf("known ETag: status %d, want 304", got)
	}
	if got := get(set, path, http.Header{"If-None-Match": {`"other"`}}).StatusCode; got != http.StatusOK {
		t.Errorf("unknown ETag: status %d, want 200", got)
	}
}

func TestMethods(t *testing.T) {
	set := load(t, nil)
	for method, want := range map[string]int{http.MethodGet: 200, http.MethodHead: 200, http.MethodPost: 405, http.MethodDelete: 405} {
		w := httptest.NewRecorder()
		set.ServeHTTP(w, httptest.NewRequest(method, set.Path("app.css"), nil))
		if w.Code != want {
			t.Errorf("%s: status %d, want %d", method, w.Code, want)
		}
		if method == http.MethodHead && w.Body.Len() != 0 {
			t.Errorf("HEAD sent %d bytes", w.Body.Len())
		}
	}
}

func TestVersionFollowsTheContent(t *testing.T) {
	before := load(t, nil).version
	if again := load(t, nil).version; again != before {
		t.Errorf("the same files gave %s and %s", before, again)
	}
	changed := load(t, fstest.MapFS{"images/tick.svg": {Data: []byte("<svg id='1'/>")}}).version
	if changed == before {
		t.Error("a changed icon kept the version: browsers would keep the old one for a year")
	}
}

func TestNotBuilt(t *testing.T) {
	for _, name := range required {
		if _, err := Load(build(t, fstest.MapFS{name: nil})); !errors.Is(err, ErrNotBuilt) {
			t.Errorf("without %s: got %v, want ErrNotBuilt", name, err)
		}
	}
	if _, err := Load(build(t, fstest.MapFS{"app.css": {}})); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("with an empty app.css: got %v, want ErrNotBuilt", err)
	}
}

func TestPathPanicsOnAnUnknownName(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic for a file that the build does not have")
		}
	}()
	load(t, nil).Path("nothing.css")
}

func TestAcceptsGzip(t *testing.T) {
	tests := map[string]bool{
		"":                         false,
		"gzip":                     true,
		"br, gzip;q=0.8":           true,
		"GZIP":                     true,
		"gzip;q=0":                 false,
		"gzip; q=0.0":              false,
		"*":                        true,
		"*;q=0":                    false,
		"*, gzip;q=0":              false,
		"gzip;q=nonsense":          false,
		"deflate, br":              false,
		"x-gzip-like, identity":    false,
		"identity;q=1, *;q=0.5":    true,
		"gzip;q=1.0, identity;q=0": true,
	}
	for header, want := range tests {
		if got := acceptsGzip(header); got != want {
			t.Errorf("%q: got %v, want %v", header, got, want)
		}
	}
}

// The build inside the test binary, when there is one, must be whole.
func TestEmbedded(t *testing.T) {
	set, err := Embedded()
	if errors.Is(err, ErrNotBuilt) {
		t.Skip("the assets are not built: run make assets")
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range set.files {
		if f.gzip == nil {
			t.Errorf("%s has no compressed form", name)
		}
	}
	if bytes.Contains(set.files["app.css"].plain, []byte("//assets.nhs.uk")) {
		t.Error("app.css loads from another host")
	}
}
