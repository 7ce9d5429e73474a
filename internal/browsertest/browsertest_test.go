//go:build browser

package browsertest

import (
	"fmt"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestMain(m *testing.M) { Main(m) }

const strictPolicy = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'"

// page serves one HTML page under the strict policy that SIR uses.
func page(title, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", strictPolicy)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html lang="en"><head><title>%s</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>
<body><main><h1>%s</h1>%s</main></body></html>`, title, title, body)
	}
}

const goodBody = `
<p>Read the <a href="/second">second page</a>.</p>
<form method="post" action="/refuse"><label for="name">Your name</label> <input id="name" name="name" autocomplete="name">
<label for="kind">Kind</label> <select id="kind" name="kind"><option>One</option><option value="2">Two</option></select>
<button>Save</button></form>
<form method="post" action="/keep" enctype="multipart/form-data"><label for="file">Your file</label> <input id="file" name="file" type="file">
<button>Keep</button></form>
<p id="script">no script ran</p><script src="/script.js"></script>`

// site is the stand-in: good pages, and one page for each thing that is wrong.
func site(t *testing.T) *httptest.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		fmt.Fprint(w, ".wide { width: 500px } .scrolls { overflow-x: auto } .pale { color: #ccc }")
	})
	mux.HandleFunc("GET /script.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, `document.getElementById("script").textContent = "a script ran"`)
	})
	mux.HandleFunc("GET /boom.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, `console.error("told you", 7); throw new Error("broken script")`)
	})
	mux.Handle("GET /good", page("Good", goodBody))
	mux.Handle("GET /second", page("Second", `<p class="scrolls" tabindex="0"><span class="wide">fits, for it scrolls by itself</span></p>`))
	mux.Handle("POST /refuse", status(http.StatusUnprocessableEntity, page("Refused", "<p>Enter a name.</p>")))
	mux.HandleFunc("POST /keep", func(w http.ResponseWriter, r *http.Request) {
		file, header, err := r.FormFile("file")
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		content, err := io.ReadAll(file)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		page("Kept", fmt.Sprintf("<p>%s %s: %s</p>", header.Filename, header.Header.Get("Content-Type"), content))(w, r)
	})
	mux.Handle("GET /contrast", page("Pale", `<p class="pale">You can hardly read this.</p><input>`))
	mux.Handle("GET /wide", page("Wide", `<p class="wide">sticks out</p>`))
	mux.Handle("GET /inline", page("Inline", `<p style="color: red">inline style</p>`))
	mux.Handle("GET /throws", page("Throws", `<script src="/boom.js"></script>`))
	mux.Handle("GET /missing", page("Missing", `<img src="/nowhere.png" alt="">`))
	mux.Handle("GET /foreign", page("Foreign", `<p><img src="http://127.0.0.1:9/x.png" alt=""></p>`))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

func status(code int, next http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(code)
		next.ServeHTTP(w, r)
	}
}

func TestGoodPagePasses(t *testing.T) {
	s := Open(t, site(t).URL)
	s.Goto("/good")
	s.Judge()
	if got := s.Text(CSS("#script")); got != "a script ran" {
		t.Errorf("script left %q", got)
	}

	s.Fill(Field("Your name"), "Ada")
	s.Fill(Field("Your name"), "Grace")
	if got := s.Value(CSS("#name")); got != "Grace" {
		t.Errorf("field holds %q after it was filled twice", got)
	}
	s.Choose(Field("Kind"), "Two")
	if got := s.Value(CSS("#kind")); got != "2" {
		t.Errorf("list holds %q after Two was chosen", got)
	}
	s.Press(Tab, Tab)
	if got := s.Focused(); got != `button "Save"` {
		t.Errorf("Tab moved to %s, want the button", got)
	}
	s.FollowStatus(Button("Save"), http.StatusUnprocessableEntity)
	if got := s.Texts("main p"); len(got) != 1 || got[0] != "Enter a name." {
		t.Errorf("refusal says %q", got)
	}

	s.Goto("/good")
	s.Follow(Link("second page"))
	s.WaitFor(Heading("Second"))
	if got := s.Path(); got != "/second" {
		t.Errorf("address is %s", got)
	}
	s.Judge()
}

func TestJavaScriptOff(t *testing.T) {
	s := Open(t, site(t).URL)
	s.SetJavaScript(false)
	s.Goto("/good")
	if got := s.Text(CSS("#script")); got != "no script ran" {
		t.Errorf("with JavaScript off the page says %q", got)
	}
	s.SetWidth(Narrow)
	s.NoSidewaysScroll()
	s.Follow(Link("second page"))
	s.SetJavaScript(true)
	s.Goto("/good")
	if got := s.Text(CSS("#script")); got != "a script ran" {
		t.Errorf("with JavaScript on again the page says %q", got)
	}
}

// A file is sent as somebody who picks it does, with scripts and without.
func TestAttach(t *testing.T) {
	s := Open(t, site(t).URL)
	for _, scripts := range []bool{true, false} {
		s.SetJavaScript(scripts)
		s.Goto("/good")
		s.Attach(Field("Your file"), "first.csv", "code\nA")
		s.Attach(Field("Your file"), "second.csv", "code\nB")
		s.Follow(Button("Keep"))
		if got := s.Text(CSS("main p")); got != "second.csv text/csv: code B" {
			t.Errorf("with scripts %v the server got %q", scripts, got)
		}
	}
}

func TestFindIn(t *testing.T) {
	s := Open(t, site(t).URL)
	s.Goto("/good")
	for outer, want := range map[string]bool{"main": true, "main p": true, "form": false, "nav": false} {
		if got := s.Has(Link("second page").In(outer)); got != want {
			t.Errorf("link in %s found: %v", outer, got)
		}
	}
}

// TestWindowsShareNothing checks that a sign-in in one session cannot make
// another session's test pass.
func TestWindowsShareNothing(t *testing.T) {
	server := site(t)
	first, second := Open(t, server.URL), Open(t, server.URL)
	for _, s := range []*Session{first, second} {
		s.Goto("/good")
	}
	Eval[string](first, `document.cookie = "who=first"`)
	if got := Eval[string](second, "document.cookie"); got != "" {
		t.Errorf("the second window has the cookie %q", got)
	}
}

func TestScreenshotShowsTheWholePage(t *testing.T) {
	s := Open(t, site(t).URL)
	s.Goto("/good")
	s.SetWidth(Narrow)
	path := filepath.Join(t.TempDir(), "new", "good.png")
	s.Screenshot(path)
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	picture, err := png.DecodeConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	if picture.Width != Narrow || picture.Height < windowHeight {
		t.Errorf("picture of %d x %d, want %d wide and at least %d high", picture.Width, picture.Height, Narrow, windowHeight)
	}
}

// recorder is a test that only notes its failures.
type recorder struct {
	testing.TB
	failures []string
}

func (r *recorder) Helper()           {}
func (r *recorder) Error(args ...any) { r.failures = append(r.failures, fmt.Sprint(args...)) }
func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}
func (r *recorder) Fatalf(format string, args ...any) { r.Errorf(format, args...); runtime.Goexit() }

// failures returns what the session's methods hold against the page that use
// opens.
func failures(t *testing.T, s *Session, use func()) string {
	t.Helper()
	r := &recorder{TB: t}
	s.Report(r)
	done := make(chan struct{})
	go func() {
		defer close(done)
		use()
	}()
	<-done
	s.Report(t)
	return strings.Join(r.failures, "\n")
}

func TestBadPagesAreCaught(t *testing.T) {
	s := Open(t, site(t).URL)
	tests := []struct {
		name string
		use  func()
		want []string
	}{
		{"wrong status", func() { s.Goto("/nothing") }, []string{"/nothing answered 404, want 200"}},
		{"status not as expected", func() { s.GotoStatus("/good", 403) }, []string{"answered 200, want 403"}},
		{"contrast and label", func() { s.Goto("/contrast"); s.Axe() },
			[]string{"color-contrast (serious)", "label (critical)", `<p class="pale">`, "1280 pixels wide"}},
		{"sideways scroll", func() { s.Goto("/wide"); s.Judge() },
			[]string{"/wide scrolls sideways", "508 pixels wide in a window of 320", `<p class="wide">`}},
		{"inline style under a strict policy", func() { s.Goto("/inline"); s.Judge() }, []string{"inline style", "Content Security Policy"}},
		{"script that throws", func() { s.Goto("/throws") }, []string{"uncaught: Error: broken script", "console.error: told you 7"}},
		{"missing picture", func() { s.Goto("/missing") }, []string{"404", "/nowhere.png"}},
		{"no such option", func() { s.Goto("/good"); s.Choose(Field("Kind"), "Three") }, []string{`no option "Three"`}},
		{"another host", func() { s.Goto("/foreign") }, []string{"asked another host http://127.0.0.1:9/x.png"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := failures(t, s, test.use)
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("failures lack %q:\n%s", want, got)
				}
			}
		})
	}
}

// TestExpectedStatusIsForgiven checks that an expected error status is not a
// complaint of the browser.
func TestExpectedStatusIsForgiven(t *testing.T) {
	s := Open(t, site(t).URL)
	if got := failures(t, s, func() { s.GotoStatus("/nothing", 404) }); got != "" {
		t.Errorf("held against an expected 404: %s", got)
	}
}
