// Package pagetest serves page packages over the demonstration's data, so that
// their tests can visit them through HTTP as any role would.
package pagetest

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"sir/internal/app"
	"sir/internal/auth"
	"sir/internal/db/dbtest"
	"sir/internal/demo"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/web/shell"
	"sir/internal/web/static"
)

// loaded is a database that holds the demonstration's data, made once for a
// test binary.
var loaded = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "sir-pagetest-")
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

func load(path string) error {
	ctx := context.Background()
	a, err := app.Open(ctx, path, time.Now)
	if err != nil {
		return err
	}
	if err := demo.Load(ctx, a, policy.System("test")); err != nil {
		_ = a.Desk.DB.Close()
		return err
	}
	return a.Desk.DB.Close()
}

// Demo answers SIR over the demonstration's data, in a database of the test's
// own.
func Demo(t testing.TB) *app.App {
	t.Helper()
	content, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "demo.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

// Empty answers SIR over a database without any content, as `sir init` leaves
// it, with an account for each role.
func Empty(t testing.TB) *app.App {
	t.Helper()
	a := open(t, dbtest.SQLite(t))
	for _, role := range policy.Roles {
		_, err := a.Auth.AddDemo(context.Background(), policy.System("test"), "A "+string(role), policy.Grant{Role: role})
		if err != nil {
			t.Fatal(err)
		}
	}
	return a
}

func open(t testing.TB, path string) *app.App {
	return app.New(dbtest.Open(t, path), time.Now)
}

// Site serves routes over an App.
type Site struct {
	Handler http.Handler
}

// Serve puts the routes behind the shell that all pages share, with the built
// style sheet where there is one.
func Serve(t testing.TB, a *app.App, routes []shell.Route) *Site {
	t.Helper()
	assets, err := static.Embedded()
	if errors.Is(err, static.ErrNotBuilt) {
		assets, err = static.Load(fstest.MapFS{"app.css": {}, "app.js": {}, "favicon.svg": {}})
	}
	if err != nil {
		t.Fatal(err)
	}
	kit := &shell.Kit{
		Desk: a.Desk, Auth: a.Auth, Settings: a.Settings, Assets: assets, Log: slog.New(slog.DiscardHandler),
		Sessions: auth.NewSessions(a.Desk.DB, a.Desk.Now, false), Version: "test",
	}
	return &Site{Handler: kit.Mux(append(routes, enter(a)))}
}

// enterPath is where a test signs in.
const enterPath = "/enter-as"

func enter(a *app.App) shell.Route {
	return shell.Route{Method: "POST", Pattern: enterPath, Action: policy.SignIn, Serve: func(r *shell.Request) error {
		account, err := a.Auth.SignInDemo(r.Context(), policy.Role(r.URL.Query().Get("role")), r.Address())
		if err != nil {
			return fault.Forbidden("sign in: %s", err)
		}
		return r.Open(account)
	}}
}

// Visitor is somebody who looks at the site.
type Visitor struct {
	t       testing.TB
	site    *Site
	cookies []*http.Cookie
}

// Stranger is not signed in.
func (s *Site) Stranger(t testing.TB) *Visitor { return &Visitor{t: t, site: s} }

// As signs in as the demonstration's account for the role.
func (s *Site) As(t testing.TB, role policy.Role) *Visitor {
	t.Helper()
	v := s.Stranger(t)
	request := httptest.NewRequestWithContext(context.Background(), http.MethodPost, enterPath, http.NoBody)
	request.URL.RawQuery = "role=" + strings.ReplaceAll(string(role), " ", "+")
	answer := httptest.NewRecorder()
	s.Handler.ServeHTTP(answer, request)
	v.cookies = answer.Result().Cookies()
	if len(v.cookies) == 0 {
		t.Fatalf("sign in as %s: %d %s", role, answer.Code, answer.Body)
	}
	return v
}

// Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	Body   string
}

// Get visits an address. It may be called inside a fuzz target.
func (v *Visitor) Get(address string) Answer {
	return v.send(httptest.NewRequestWithContext(context.Background(), http.MethodGet, address, http.NoBody))
}

// Post sends a form to an address.
func (v *Visitor) Post(address string, form url.Values) Answer {
	request := httptest.NewRequestWithContext(context.Background(), http.MethodPost, address, strings.NewReader(form.Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.send(request)
}

func (v *Visitor) send(request *http.Request) Answer {
	for _, c := range v.cookies {
		request.AddCookie(c)
	}
	recorder := httptest.NewRecorder()
	v.site.Handler.ServeHTTP(recorder, request)
	return Answer{recorder.Code, recorder.Header(), recorder.Body.String()}
}

// Page visits an address that must answer 200, and answers its HTML.
func (v *Visitor) Page(address string) *Page {
	v.t.Helper()
	answer := v.Get(address)
	if answer.Status != http.StatusOK {
		v.t.Fatalf("GET %s answers %d:\n%s", address, answer.Status, answer.Body)
	}
	return Read(v.t, answer.Body)
}
