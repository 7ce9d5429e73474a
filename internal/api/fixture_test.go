package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sir/internal/api"
	"sir/internal/app"
	"sir/internal/auth"
	"sir/internal/db/dbtest"
	"sir/internal/demo"
	"sir/internal/policy"
)

// What the roles of the demonstration are held for, and what others hold.
const (
	madeUp      = "MU-EXAMPLE"
	quarterly   = "/programmes/" + madeUp + "/collections/quarterly"
	ownMember   = "MU-N01"
	ownSite     = "MU-001"
	foreignSite = "MU-020"
)

var system = policy.System("test")

// demonstration is an SQLite file that holds it, made once for a test binary.
var demonstration = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "sir-api-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "demo.db")
	if err := load(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func load(address string) error {
	ctx := context.Background()
	a, err := app.Open(ctx, address, time.Now)
	if err != nil {
		return err
	}
	return errors.Join(demo.Load(ctx, a, system), a.Desk.DB.Close())
}

// service is the API over the demonstration's data.
type service struct {
	app *app.App
	api *api.API
	now *clock
	log *bytes.Buffer
}

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(by)
}

// each runs a test on every engine at hand.
func each(t *testing.T, test func(t *testing.T, s *service)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, open(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, serve(t, onPostgres(t))) })
}

func open(t testing.TB) *service {
	t.Helper()
	content, err := demonstration()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "demo.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return serve(t, path)
}

func serve(t testing.TB, address string) *service {
	t.Helper()
	s := &service{now: &clock{at: time.Now().UTC()}, log: &bytes.Buffer{}}
	s.app = app.New(dbtest.Open(t, address), s.now.now)
	var err error
	s.api, err = api.New(s.app, api.Options{
		Version: "test", Log: slog.New(slog.NewTextHandler(s.log, nil)), Address: func(r *http.Request) string { return "from " + r.Header.Get("Test-From") },
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// key makes a key for the demonstration's account of the role.
func (s *service) key(t testing.TB, role policy.Role) string {
	t.Helper()
	_, secret := s.keyOf(t, role)
	return secret
}

func (s *service) keyOf(t testing.TB, role policy.Role) (auth.Token, string) {
	t.Helper()
	account, err := s.app.Auth.SignInDemo(context.Background(), role, "test")
	if err != nil {
		t.Fatal(err)
	}
	token, secret, err := s.app.Auth.MakeToken(context.Background(), account.Actor(), auth.NewToken{Name: t.Name(), Days: 30})
	if err != nil {
		t.Fatal(err)
	}
	return token, secret
}

// answer is what came back.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	body   string
}

// request is one request; headers are pairs of name and value.
func (s *service) request(t *testing.T, method, path, key string, body io.Reader, headers ...string) answer {
	t.Helper()
	r := httptest.NewRequest(method, api.Prefix+path, body)
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.api.ServeHTTP(w, r)
	return answer{t, w.Code, w.Header(), w.Body.String()}
}

func (s *service) get(t *testing.T, path, key string, headers ...string) answer {
	t.Helper()
	return s.request(t, http.MethodGet, path, key, nil, headers...)
}

func (s *service) post(t *testing.T, path, key, body string, headers ...string) answer {
	t.Helper()
	return s.request(t, http.MethodPost, path, key, strings.NewReader(body), headers...)
}

// as reads the body of an answer with the wanted status.
func as[T any](a answer, status int) T {
	a.t.Helper()
	var value T
	if a.status != status {
		a.t.Fatalf("answers %d, want %d: %s", a.status, status, a.body)
	}
	if err := json.Unmarshal([]byte(a.body), &value); err != nil {
		a.t.Fatalf("%v: %s", err, a.body)
	}
	return value
}

// problem holds an answer against what every problem is.
func (a answer) problem(status int) api.Problem {
	a.t.Helper()
	p := as[api.Problem](a, status)
	if a.header.Get("Content-Type") != "application/problem+json" || p.Status != status || p.Title == "" || p.Detail == "" || len(p.Incident) != 10 {
		a.t.Errorf("is no problem: %s, %s", a.header.Get("Content-Type"), a.body)
	}
	return p
}

type list struct{ Items []map[string]any }
