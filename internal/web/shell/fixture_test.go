package shell_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"sir/internal/app"
	"sir/internal/auth"
	"sir/internal/db/dbtest"
	"sir/internal/policy"
	"sir/internal/web/shell"
	"sir/internal/web/static"
)

// service is routes of a test's own behind the shell.
type service struct {
	app     *app.App
	handler http.Handler
	log     *bytes.Buffer
}

func serve(t *testing.T, routes ...shell.Route) *service {
	t.Helper()
	kit := kitOf(t)
	s := &service{app: app.New(kit.Desk.DB, time.Now), log: &bytes.Buffer{}}
	kit.Log = slog.New(slog.NewJSONHandler(s.log, nil))
	s.handler = kit.Mux(routes)
	return s
}

// kitOf is what pages need, over an empty database.
func kitOf(t testing.TB) *shell.Kit {
	t.Helper()
	assets, err := static.Load(fstest.MapFS{
		"app.css": {Data: []byte("/**/")}, "app.js": {Data: []byte("//")}, "favicon.svg": {Data: []byte("<svg/>")},
	})
	if err != nil {
		t.Fatal(err)
	}
	a := app.New(dbtest.Open(t, dbtest.SQLite(t)), time.Now)
	return &shell.Kit{
		Desk: a.Desk, Auth: a.Auth, Settings: a.Settings, Assets: assets, Log: slog.New(slog.DiscardHandler),
		Sessions: auth.NewSessions(a.Desk.DB, time.Now, false), Version: "test",
	}
}

// page is a route that anybody may open.
func page(pattern string, serve func(*shell.Request) error) shell.Route {
	return shell.Route{Method: "GET", Pattern: pattern, Action: policy.SignIn, Serve: serve}
}

// form is a route that anybody may post to.
func form(pattern string, serve func(*shell.Request) error) shell.Route {
	return shell.Route{Method: "POST", Pattern: pattern, Action: policy.SignIn, Serve: serve}
}

func (s *service) do(t *testing.T, method, address, body string, cookies ...*http.Cookie) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range cookies {
		r.AddCookie(c)
	}
	recorder := httptest.NewRecorder()
	s.handler.ServeHTTP(recorder, r)
	return recorder
}

func (s *service) get(t *testing.T, address string, cookies ...*http.Cookie) *httptest.ResponseRecorder {
	t.Helper()
	return s.do(t, http.MethodGet, address, "", cookies...)
}

// entry is a line of the log, as far as tests look at it.
type entry struct {
	Level    string
	Incident string
	Status   int
	Method   string
	Path     string
	Error    string
}

// lines answers what was logged.
func (s *service) lines(t *testing.T) []entry {
	t.Helper()
	var lines []entry
	for line := range bytes.Lines(s.log.Bytes()) {
		var e entry
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatalf("log line %q: %v", line, err)
		}
		lines = append(lines, e)
	}
	return lines
}

var shownIncident = regexp.MustCompile(`Incident number <strong>([A-Z2-7]{10})</strong>`)

// failure holds an answer against what every failure has: its status, a whole
// page of our own, and one line in the log under the incident that the page
// names. It answers that line.
func (s *service) failure(t *testing.T, got *httptest.ResponseRecorder, status int) entry {
	t.Helper()
	if got.Code != status {
		t.Errorf("status %d, want %d", got.Code, status)
	}
	body := got.Body.String()
	if strings.Count(body, "<!doctype html>") != 1 || !strings.HasSuffix(strings.TrimSpace(body), "</html>") {
		t.Errorf("the answer is not one whole page:\n%s", body)
	}
	lines := s.lines(t)
	if len(lines) != 1 {
		t.Fatalf("%d lines in the log, want 1: %v", len(lines), lines)
	}
	shown := shownIncident.FindStringSubmatch(body)
	if shown == nil || shown[1] != lines[0].Incident || lines[0].Status != status {
		t.Errorf("the page names the incident %q, the log %q with status %d", shown, lines[0].Incident, lines[0].Status)
	}
	return lines[0]
}
