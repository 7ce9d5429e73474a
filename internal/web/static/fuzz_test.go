package static

import (
	"strings"
	"testing"
)

// The header comes from anyone: whatever it holds, compressed text goes only to
// a client that named gzip or took anything.
func FuzzAcceptsGzip(f *testing.F) {
	for _, seed := range []string{"", "gzip", "br;q=1, *;q=0.1", "gzip;q=0", ",;,=", "gzip;q=NaN", "gzip;q=+Inf", "gzip;;q=1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		named := strings.Contains(strings.ToLower(header), "gzip") || strings.Contains(header, "*")
		if acceptsGzip(header) && !named {
			t.Errorf("%q accepts neither gzip nor anything", header)
		}
		if acceptsGzip("gzip;q=0, " + header) {
			t.Errorf("gzip is refused first in %q", header)
		}
	})
}
