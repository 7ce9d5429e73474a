package account

import (
	"net/url"
	"strings"
	"testing"
)

// FuzzLocalPath: whatever is asked for, the way after signing in stays within
// this service, as a browser reads addresses: a backslash counts as a slash,
// and tabs and line ends are dropped.
func FuzzLocalPath(f *testing.F) {
	for _, next := range []string{
		"/", "/measure?a=b#c", "//evil.test", "/\\evil.test", "/\t/evil.test", "https://evil.test", "/%2Fevil.test", "/..//evil.test",
		"javascript:alert(1)", "/sign-in", "http://[::1", "", "/%5cevil.test", "%2Fevil.test", "/a\x00b", "/\xff",
	} {
		f.Add(next)
	}
	home, err := url.Parse("https://sir.test/sign-in")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, next string) {
		path := localPath(next)
		asRead := strings.NewReplacer("\\", "/", "\t", "", "\n", "", "\r", "").Replace(strings.TrimSpace(path))
		if !strings.HasPrefix(asRead, "/") || strings.HasPrefix(asRead, "//") {
			t.Fatalf("%q leads to %q", next, path)
		}
		to, err := home.Parse(asRead)
		if err != nil || to.Host != home.Host || to.Scheme != home.Scheme {
			t.Fatalf("%q leads to %v, %v", next, to, err)
		}
		if again := localPath(path); again != path {
			t.Fatalf("%q leads to %q, and that to %q", next, path, again)
		}
	})
}
