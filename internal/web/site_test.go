package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"sir/internal/app"
	"sir/internal/db/dbtest"
	"sir/internal/demo"
	"sir/internal/policy"
	"sir/internal/web"
)

// system is who prepares a database for a test.
var system = policy.System("test")

// site is the whole service over the demonstration's data, as it is served.
type site struct {
	app     *app.App
	handler http.Handler
	clock   *clock
	log     *logBook
	address string // of the database
	options web.Options
}

// each runs a test on every engine at hand, on a demonstration of its own.
func each(t *testing.T, options web.Options, test func(t *testing.T, s *site)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, open(t, options)) })
	t.Run("postgres", func(t *testing.T) { test(t, serve(t, onPostgres(t), options, newClock())) })
}

// open serves a demonstration of the test's own from an SQLite file.
func open(t *testing.T, options web.Options) *site {
	t.Helper()
	content, err := demonstration()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "demo.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return serve(t, path, options, newClock())
}

// demonstration is an SQLite file that holds it and the accounts of
// addAnalysts, made once for a test binary.
var demonstration = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "sir-web-")
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
	return errors.Join(demo.Load(ctx, a, system), addAnalysts(ctx, a), a.Desk.DB.Close())
}

func serve(t *testing.T, address string, options web.Options, c *clock) *site {
	t.Helper()
	s := &site{clock: c, log: &logBook{}, address: address, options: options}
	s.options.Log = slog.New(slog.NewJSONHandler(s.log, nil))
	s.options.Version = "test"
	s.app = app.New(dbtest.Open(t, address), c.Now)
	var err error
	if s.handler, err = web.New(s.app, s.options); err != nil {
		t.Fatal(err)
	}
	return s
}

// restarted is the same service after a restart: another process on the same
// database.
func (s *site) restarted(t *testing.T) *site {
	t.Helper()
	return serve(t, s.address, s.options, s.clock)
}

// clock is the service's time, which a test can move on.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

// newClock starts at the present: cookies and sessions expire by the real
// clock, too.
func newClock() *clock { return &clock{now: time.Now().UTC()} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
}

// logBook keeps the lines of the log.
type logBook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// lines answers what was logged, a map of fields each.
func (l *logBook) lines(t *testing.T) []map[string]any {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	var lines []map[string]any
	for _, line := range bytes.Split(bytes.TrimSpace(l.text.Bytes()), []byte("\n")) {
		if len(line) == 0 {
			continue
		}
		var fields map[string]any
		if err := json.Unmarshal(line, &fields); err != nil {
			t.Fatal(fmt.Errorf("log line %q: %w", line, err))
		}
		lines = append(lines, fields)
	}
	return lines
}
