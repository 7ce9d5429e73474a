package shell_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// TestField: a posted value arrives as it was typed, without the space around
// it, or is refused.
func TestField(t *testing.T) {
	tests := map[string]struct {
		body, want string
		refused    bool
	}{
		"plain":              {"v=Alder+network", "Alder network", false},
		"space around":       {"v=%20+%09Alder%0A", "Alder", false},
		"lines":              {"v=one%0D%0Atwo%09three", "one\r\ntwo\tthree", false},
		"script":             {"v=%3Cscript%3Ealert(1)%3C/script%3E", "<script>alert(1)</script>", false},
		"right to left":      {"v=%E2%80%AEabc", "\u202eabc", false},
		"missing":            {"w=x", "", false},
		"not in the address": {"", "", false},
		"NUL":                {"v=a%00b", "", true},
		"escape":             {"v=a%1Bb", "", true},
		"C1 control":         {"v=a%C2%85b", "", true},
		"not UTF-8":          {"v=a%FFb", "", true},
		"surrogate half":     {"v=%ED%A0%80", "", true},
		"bad escape":         {"v=a%ZZb", "", true},
		"too large":          {"v=" + strings.Repeat("x", 1<<20), "", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got string
			s := serve(t, form("/x", func(r *shell.Request) (err error) {
				got, err = r.Field("v")
				return err
			}))
			answer := s.do(t, http.MethodPost, "/x?v=from-the-address", test.body)
			if refused := answer.Code == http.StatusUnprocessableEntity; refused != test.refused || got != test.want {
				t.Errorf("%d, %.40q, want %q, refused %v", answer.Code, got, test.want, test.refused)
			}
		})
	}
}

// A form that is too large is refused with a page that says how large is.
func TestTooLargeForm(t *testing.T) {
	s := serve(t, form("/x", func(r *shell.Request) error {
		_, err := r.Field("v")
		return err
	}))
	answer := s.do(t, http.MethodPost, "/x", "v="+strings.Repeat("x", 5<<20))
	s.failure(t, answer, http.StatusUnprocessableEntity)
	if !strings.Contains(answer.Body.String(), "larger than 1 MB") {
		t.Errorf("the page does not say what is wrong:\n%s", answer.Body)
	}
}

func FuzzField(f *testing.F) {
	for _, seed := range []string{"Alder", " x ", "\x00", "a\xffb", "\u202e", "\u0085", "\r\n", "é"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		clean, err := shell.CleanText(text)
		switch {
		case errors.Is(err, fault.ErrInvalid):
			if clean != "" {
				t.Errorf("%q is refused and answered as %q", text, clean)
			}
		case err != nil:
			t.Error(err)
		case clean != strings.TrimSpace(text):
			t.Errorf("%q became %q", text, clean)
		case !utf8.ValidString(clean) || strings.ContainsFunc(strings.NewReplacer("\r", "", "\n", "", "\t", "").Replace(clean), unicode.IsControl):
			t.Errorf("%q cannot be stored", clean)
		}
	})
}

// An address that nothing of ours leads to is refused as a whole, not taken
// in part.
func TestAddresses(t *testing.T) {
	s := serve(t, page("/p/{name}", func(r *shell.Request) error {
		return r.Render(ui.Page{Title: "Found"}, templ.NopComponent)
	}))
	tests := map[string]int{
		"/p/x": 200, "/p/x/": 301, "/p/x//": 307, "/p/x?": 200, "/p/x?a=1&a=2&b": 200, "/p/%F0%9F%8C%B3": 200, "/p/a%2Fb": 200, "/p/%E2%80%AE": 200,
		"/p/%00": 404, "/p/%ff": 404, "/p/a%1Bb": 404, "/p/": 404, "/p": 404, "/P/x": 404, "/nowhere": 404, "/nowhere/": 404,
		"/p/" + strings.Repeat("é", 64): 200, "/p/" + strings.Repeat("é", 65): 404,
		"/p/x?a=%zz": 422, "/p/x?a=%": 422, "/p/x?a=1;b=2": 422,
	}
	for address, want := range tests {
		if got := s.get(t, address).Code; got != want {
			t.Errorf("%s answers %d, want %d", address, got, want)
		}
	}
}

func TestMethods(t *testing.T) {
	s := serve(t, page("/x", func(r *shell.Request) error { return r.Render(ui.Page{Title: "Found"}, templ.NopComponent) }))
	for method, want := range map[string]int{"GET": 200, "HEAD": 200, "POST": 404, "PUT": 404, "DELETE": 404, "OPTIONS": 404, "BREW": 404} {
		if got := s.do(t, method, "/x", "").Code; got != want {
			t.Errorf("%s answers %d, want %d", method, got, want)
		}
	}
}

func TestAddressOfTheReader(t *testing.T) {
	tests := map[string]string{
		"192.0.2.7:41000": "192.0.2.7", "[2001:db8::1]:41000": "2001:db8::1", "[fe80::1%eth0]:1": "fe80::1%eth0", "@": "@", "": "",
	}
	for remote, want := range tests {
		r := &shell.Request{Request: &http.Request{RemoteAddr: remote}}
		if got := r.Address(); got != want {
			t.Errorf("%q is from %q, want %q", remote, got, want)
		}
	}
}

// Who may do an action to nothing at all is refused before the handler runs.
func TestRouteAction(t *testing.T) {
	ran := false
	s := serve(t, shell.Route{Method: "GET", Pattern: "/x", Action: policy.ViewAudit, Serve: func(*shell.Request) error {
		ran = true
		return nil
	}})
	got := s.get(t, "/x?a=b")
	if got.Code != http.StatusSeeOther || got.Header().Get("Location") != "/sign-in?next=%2Fx%3Fa%3Db" || ran {
		t.Errorf("%d to %q, handler ran: %v", got.Code, got.Header().Get("Location"), ran)
	}
}

func TestDownload(t *testing.T) {
	s := serve(t, page("/x", func(r *shell.Request) error {
		return r.Download("rates.csv", "text/csv; charset=utf-8", []byte("a,b\n"))
	}))
	got := s.get(t, "/x")
	for name, want := range map[string]string{
		"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": `attachment; filename="rates.csv"`, "Cache-Control": "no-store",
	} {
		if got.Header().Get(name) != want {
			t.Errorf("%s: %q, want %q", name, got.Header().Get(name), want)
		}
	}
	if got.Body.String() != "a,b\n" {
		t.Errorf("sent %q", got.Body)
	}
}

// A download that fails before its first byte is a page that says so; one that
// fails later is broken off, so that nobody takes a part for the whole.
func TestStream(t *testing.T) {
	stream := func(write func(io.Writer) error) shell.Route {
		return page("/x", func(r *shell.Request) error { return r.Stream("trail.csv", "text/csv", write) })
	}
	whole := serve(t, stream(func(w io.Writer) error {
		_, err := io.WriteString(w, "a,b\n")
		return err
	})).get(t, "/x")
	if whole.Code != 200 || whole.Body.String() != "a,b\n" || whole.Header().Get("Content-Disposition") != `attachment; filename="trail.csv"` {
		t.Errorf("%d %v %q", whole.Code, whole.Header(), whole.Body)
	}
	early := serve(t, stream(func(io.Writer) error { return fault.NotFound("None here.") }))
	got := early.get(t, "/x")
	early.failure(t, got, http.StatusNotFound)
	if got.Header().Get("Content-Disposition") != "" {
		t.Error("the page of a failure is a download")
	}
	late := serve(t, stream(func(w io.Writer) error {
		_, _ = io.WriteString(w, "a,b\n")
		return errInternal
	}))
	defer func() {
		if recovered := recover(); recovered != http.ErrAbortHandler { //nolint:errorlint // a recovered value, not an error that was wrapped
			t.Errorf("recovered %v", recovered)
		}
		if lines := late.lines(t); len(lines) != 1 || lines[0].Level != "ERROR" || !strings.Contains(lines[0].Error, "download trail.csv") {
			t.Errorf("logged %+v", lines)
		}
	}()
	late.get(t, "/x")
	t.Error("the handler returned")
}
