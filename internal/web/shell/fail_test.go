package shell_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"sir/internal/fault"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

var errInternal = errors.New("dial tcp 10.0.0.7:5432: password=hunter2")

func TestStatus(t *testing.T) {
	fields := fault.Fields{}
	fields.Add("name", "Enter a name.")
	tests := map[string]struct {
		err     error
		status  int
		message string
	}{
		"signed out":          {fault.SignedOut("Sign in."), http.StatusUnauthorized, "Sign in."},
		"forbidden":           {fault.Forbidden("Not yours."), http.StatusForbidden, "Not yours."},
		"not found":           {fault.NotFound("No %q.", "x"), http.StatusNotFound, `No "x".`},
		"stale":               {fault.Stale("Changed."), http.StatusConflict, "Changed."},
		"invalid":             {fault.Invalid("Bad."), http.StatusUnprocessableEntity, "Bad."},
		"invalid fields":      {fields.Err(), http.StatusUnprocessableEntity, "Enter a name."},
		"too many":            {fault.TooMany("Wait."), http.StatusTooManyRequests, "Wait."},
		"wrapped":             {fmt.Errorf("read programme: %w", fault.NotFound("None.")), http.StatusNotFound, "None."},
		"joined":              {errors.Join(fault.Forbidden("Not yours."), errInternal), http.StatusForbidden, "Not yours."},
		"not for readers":     {errInternal, http.StatusInternalServerError, ""},
		"kind without a text": {fmt.Errorf("x: %w", fault.ErrNotFound), http.StatusNotFound, ""},
	}
	for name, test := range tests {
		status, message := shell.Status(test.err)
		if status != test.status || message != test.message {
			t.Errorf("%s: %d %q, want %d %q", name, status, message, test.status, test.message)
		}
	}
}

// Whatever fails, readers get a page that says what they can do, and nothing
// of what only the log may say.
func TestFailurePages(t *testing.T) {
	tests := map[string]struct {
		err           error
		status        int
		heading, says string
		level         string
	}{
		"forbidden": {fault.Forbidden("Not for you."), 403, "You cannot do this", "Not for you.", "INFO"},
		"not found": {fault.NotFound("None here."), 404, "Page not found", "None here.", "INFO"},
		"stale":     {fault.Stale("Changed by now."), 409, "Someone else changed this first", "Changed by now.", "INFO"},
		"invalid":   {fault.Invalid("Too long."), 422, "Something needs to be put right", "Too long.", "INFO"},
		"too many":  {fault.TooMany("Wait a minute."), 429, "Too many attempts", "Wait a minute.", "INFO"},
		"defect":    {errInternal, 500, "Something went wrong", "tell an administrator and give the incident number", "ERROR"},
		"joined":    {errors.Join(fault.NotFound("None here."), errInternal), 404, "Page not found", "None here.", "INFO"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := serve(t, page("/x", func(*shell.Request) error { return test.err }))
			got := s.get(t, "/x")
			line := s.failure(t, got, test.status)
			body := got.Body.String()
			if !strings.Contains(body, test.heading) || !strings.Contains(body, test.says) {
				t.Errorf("the page says neither %q nor %q:\n%s", test.heading, test.says, body)
			}
			if strings.Contains(body, "hunter2") {
				t.Error("the page shows what is for the log only")
			}
			if line.Level != test.level || line.Error != test.err.Error() || line.Path != "/x" || line.Method != "GET" {
				t.Errorf("logged %+v", line)
			}
		})
	}
}

// Panics of all kinds end as the same page, and the service goes on.
func TestPanic(t *testing.T) {
	broken := templ.ComponentFunc(func(context.Context, io.Writer) error { panic("in a template, hunter2") })
	tests := map[string]struct {
		serve func(*shell.Request) error
		says  string
	}{
		"text":     {func(*shell.Request) error { panic("hunter2") }, "panic: hunter2"},
		"error":    {func(*shell.Request) error { panic(errInternal) }, errInternal.Error()},
		"runtime":  {func(r *shell.Request) error { return r.Redirect(strings.Split("a", ",")[len(r.Method)]) }, "index out of range"},
		"template": {func(r *shell.Request) error { return r.Render(ui.Page{Title: "Broken"}, broken) }, "in a template"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := serve(t, page("/x", test.serve), page("/well", func(r *shell.Request) error {
				return r.Render(ui.Page{Title: "Well"}, templ.NopComponent)
			}))
			got := s.get(t, "/x")
			line := s.failure(t, got, http.StatusInternalServerError)
			if strings.Contains(got.Body.String(), "hunter2") || strings.Contains(got.Body.String(), "goroutine") {
				t.Error("the page shows what is for the log only")
			}
			if !strings.Contains(line.Error, test.says) || !strings.Contains(line.Error, "fail_test.go") || line.Level != "ERROR" {
				t.Errorf("the log does not say what happened and where: %+v", line)
			}
			if again := s.get(t, "/well").Code; again != http.StatusOK {
				t.Errorf("after the panic the service answers %d", again)
			}
		})
	}
}

// net/http's own signal to drop a connection is passed on to it.
func TestAbortIsPassedOn(t *testing.T) {
	s := serve(t, page("/x", func(*shell.Request) error { panic(http.ErrAbortHandler) }))
	defer func() {
		if recovered := recover(); recovered != http.ErrAbortHandler { //nolint:errorlint // a recovered value, not an error that was wrapped
			t.Errorf("recovered %v", recovered)
		}
	}()
	s.get(t, "/x")
	t.Error("the handler returned")
}

// A page that cannot be rendered to its end is not sent in part.
func TestRenderFailure(t *testing.T) {
	half := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, _ = io.WriteString(w, "<p>first half</p>")
		return errInternal
	})
	s := serve(t, page("/x", func(r *shell.Request) error { return r.Render(ui.Page{Title: "Halves"}, half) }))
	got := s.get(t, "/x")
	line := s.failure(t, got, http.StatusInternalServerError)
	if strings.Contains(got.Body.String(), "first half") || !strings.Contains(line.Error, `render "Halves"`) {
		t.Errorf("logged %q, sent:\n%s", line.Error, got.Body)
	}
}

// A reader who went away is no failure of the service.
func TestReaderGone(t *testing.T) {
	s := serve(t, page("/x", func(*shell.Request) error { return fmt.Errorf("read: %w", context.Canceled) }))
	s.get(t, "/x")
	if s.log.Len() != 0 {
		t.Errorf("logged above debug level: %s", s.log)
	}
}

// Nothing that a stranger sends makes a line of its own in the log.
func TestLogLinesCannotBeForged(t *testing.T) {
	forged := "time=2026-01-01T00:00:00Z level=INFO msg=\"signed in\" actor=admin"
	s := serve(t, page("/{name}", func(r *shell.Request) error { return fault.NotFound("No %s.", r.PathValue("name")) }))
	for _, separator := range []string{"%0A", "%0D%0A", "%C2%85", "%E2%80%A8"} {
		s.get(t, "/x"+separator+strings.ReplaceAll(forged, " ", "%20"))
	}
	if n := len(s.lines(t)); n != 4 {
		t.Errorf("%d lines of JSON for 4 requests", n)
	}
	var text bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&text, nil))
	for _, line := range s.lines(t) {
		logger.Info("request failed", "path", line.Path, "error", line.Error)
	}
	if n := strings.Count(text.String(), "\n"); n != 4 || strings.Contains(text.String(), "\ntime=2026-01-01") {
		t.Errorf("%d lines of text for 4 requests:\n%s", n, &text)
	}
}
