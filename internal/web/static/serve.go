package static

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// ServeHTTP answers GET and HEAD of Prefix + version + "/" + name. With the
// version of this build the answer may be kept for a year; with another (a page
// that an older instance made, during an upgrade) this build's file is sent and
// must be revalidated.
func (s *Set) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Method not allowed", http.StatusMethodNotAllowed)
		return
	}
	version, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, Prefix), "/")
	f, ok := s.files[name]
	if !ok {
		http.Error(w, "Not found", http.StatusNotFound)
		return
	}
	f.serve(w, r, version == s.version)
}

func (f file) serve(w http.ResponseWriter, r *http.Request, current bool) {
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-cache")
	if current {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	content, etag := f.plain, f.etag
	if f.gzip != nil {
		h.Set("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Get("Accept-Encoding")) {
			h.Set("Content-Encoding", "gzip")
			content, etag = f.gzip, f.etag+"-gzip"
		}
	}
	h.Set("ETag", `"`+etag+`"`)
	// A zero time: files in a binary have no date, the ETag alone decides.
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// acceptsGzip reads an Accept-Encoding header (RFC 9110, section 12.5.3): gzip
// or "*" with a weight above zero, where a word on gzip itself outranks "*".
func acceptsGzip(header string) bool {
	accepted := false
	for part := range strings.SplitSeq(header, ",") {
		coding, parameter, _ := strings.Cut(strings.TrimSpace(part), ";")
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip":
			return weight(parameter) > 0
		case "*":
			accepted = weight(parameter) > 0
		}
	}
	return accepted
}

// weight returns the q of "q=0.5": 1 when it is absent, 0 when it is malformed.
func weight(parameter string) float64 {
	parameter = strings.TrimSpace(parameter)
	if parameter == "" {
		return 1
	}
	value, ok := strings.CutPrefix(strings.ToLower(parameter), "q=")
	q, err := strconv.ParseFloat(value, 64)
	if !ok || err != nil {
		return 0
	}
	return q
}
