package shell_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sir/internal/web/shell"
)

var proxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8:1::/48")}

// trusting answers where a request seems to come from that a machine sends with
// X-Forwarded-For.
func trusting(t *testing.T, trusted []netip.Prefix) func(remote string, forwarded ...string) string {
	t.Helper()
	got := ""
	kit := kitOf(t)
	kit.TrustedProxies = trusted
	handler := kit.Mux([]shell.Route{page("/x", func(r *shell.Request) error {
		got = r.Address()
		return nil
	})})
	return func(remote string, forwarded ...string) string {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/x", http.NoBody)
		r.RemoteAddr = remote
		for _, line := range forwarded {
			r.Header.Add("X-Forwarded-For", line)
		}
		handler.ServeHTTP(httptest.NewRecorder(), r)
		return got
	}
}

func TestAddressBehindProxies(t *testing.T) {
	t.Parallel()
	from := trusting(t, proxies)
	for name, c := range map[string]struct {
		remote    string
		forwarded []string
		want      string
	}{
		"one proxy":            {"10.0.0.1:4000", []string{"198.51.100.7"}, "198.51.100.7"},
		"two proxies":          {"10.0.0.1:4000", []string{"198.51.100.7, 10.2.2.2"}, "198.51.100.7"},
		"lines are one list":   {"10.0.0.1:4000", []string{"198.51.100.7", "10.2.2.2"}, "198.51.100.7"},
		"spoofed before":       {"10.0.0.1:4000", []string{"127.0.0.1, 198.51.100.7"}, "198.51.100.7"},
		"spoofed proxy before": {"10.0.0.1:4000", []string{"203.0.113.5, 10.9.9.9, 198.51.100.7"}, "198.51.100.7"},
		"spoofed line before":  {"10.0.0.1:4000", []string{"203.0.113.5", "198.51.100.7"}, "198.51.100.7"},
		"not by a proxy":       {"198.51.100.9:4000", []string{"203.0.113.5"}, "198.51.100.9"},
		"without the header":   {"10.0.0.1:4000", nil, "10.0.0.1"},
		"empty":                {"10.0.0.1:4000", []string{""}, "10.0.0.1"},
		"only proxies":         {"10.0.0.1:4000", []string{"10.3.3.3, 10.2.2.2"}, "10.3.3.3"},
		"no address":           {"10.0.0.1:4000", []string{"198.51.100.7, unknown"}, "10.0.0.1"},
		"hidden":               {"10.0.0.1:4000", []string{"_x, 10.2.2.2"}, "10.2.2.2"},
		"with a port":          {"10.0.0.1:4000", []string{"198.51.100.7:5555"}, "198.51.100.7"},
		"IPv6":                 {"[2001:db8:1::1]:4000", []string{"2001:db8:2::7"}, "2001:db8:2::7"},
		"IPv6 with a port":     {"[2001:db8:1::1]:4000", []string{"[2001:db8:2::7]:5555"}, "2001:db8:2::7"},
		"IPv4 in IPv6":         {"[::ffff:10.0.0.1]:4000", []string{"::ffff:198.51.100.7"}, "198.51.100.7"},
		"a zone":               {"10.0.0.1:4000", []string{"fe80::1%eth0"}, "fe80::1"},
		"markup":               {"10.0.0.1:4000", []string{"<script>"}, "10.0.0.1"},
	} {
		if got := from(c.remote, c.forwarded...); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if got := trusting(t, nil)("10.0.0.1:4000", "198.51.100.7"); got != "10.0.0.1" {
		t.Errorf("with no trusted proxies the header is believed: %q", got)
	}
}

// Whatever a sender writes into the header, the proxy appends where it was sent
// from, and that is the answer.
func TestTheSenderCannotChooseTheirAddress(t *testing.T) {
	t.Parallel()
	from := trusting(t, proxies)
	rapid.Check(t, func(rt *rapid.T) {
		written := strings.Map(func(r rune) rune {
			if r < ' ' || r > '~' {
				return ','
			}
			return r
		}, rapid.OneOf(rapid.String(), rapid.StringMatching(`([0-9.:a-f, \[\]]|10\.0\.0\.1)*`)).Draw(rt, "written"))
		own := fmt.Sprintf("198.51.100.%d", rapid.IntRange(0, 255).Draw(rt, "own"))
		if got := from("10.0.0.1:1", written, own); got != own {
			rt.Errorf("%q makes %s look like %s", written, own, got)
		}
	})
}
