//go:build browser

package browsertest

import (
	"context"
	"net/url"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// patience is how long one action may take before it counts as failed. It is
// generous because a busy two-core machine is slow, not wrong.
const patience = 20 * time.Second

// Widths of the windows in which every page is judged: a phone turned up to
// 400% zoom (WCAG 2.2, 1.4.10 Reflow) and a desk.
const (
	Narrow = 320
	Wide   = 1280
)

// A Session is one browser window with cookies of its own. Its methods fail
// the test they report to; they must be called from that test's goroutine.
type Session struct {
	t          testing.TB
	ctx        context.Context
	base       *url.URL
	complaints complaints
	scriptless bool // pages must do without JavaScript
}

// Open opens a window 1280 pixels wide for pages under base, for example the
// URL of an httptest server. It is closed when t ends, which fails t if the
// browser complained and nobody asked before.
func Open(t testing.TB, base string) *Session {
	t.Helper()
	root, err := chromium()
	if err != nil {
		t.Fatal(err)
	}
	address, err := url.Parse(base)
	if err != nil {
		t.Fatalf("browsertest: base address: %v", err)
	}
	ctx, closeWindow := chromedp.NewContext(root, chromedp.WithNewBrowserContext())
	s := &Session{t: t, ctx: ctx, base: address, complaints: complaints{host: address.Host}}
	t.Cleanup(func() {
		s.t = t
		s.NoComplaints()
		closeWindow()
	})
	s.do("open a window", chromedp.Func(func(context.Context, *chromedp.Target) error {
		return chromedp.Listen(ctx, s.complaints.hear)
	}))
	s.SetWidth(Wide)
	return s
}

// Report makes later failures those of t, a subtest of the one that opened s.
func (s *Session) Report(t testing.TB) { s.t = t }

// SetJavaScript switches scripts in pages on or off from the next page on.
// The harness itself still works when they are off, axe excepted.
func (s *Session) SetJavaScript(on bool) {
	s.t.Helper()
	s.scriptless = !on
	s.do("switch JavaScript", func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return chromedp.Void{}, err
	})
}

// Goto opens the page at path, which must answer 200 (after redirects).
func (s *Session) Goto(path string) {
	s.t.Helper()
	s.GotoStatus(path, 200)
}

// GotoStatus opens the page at path, which must answer with status.
func (s *Session) GotoStatus(path string, status int) {
	s.t.Helper()
	s.load("open "+path, chromedp.NavigateResponse(s.base.JoinPath("/").ResolveReference(s.parse(path)).String()), status)
}

// Follow clicks what f finds and waits for the page this opens, which must
// answer 200 (after redirects). Use it for links and for buttons of forms.
func (s *Session) Follow(f Find) {
	s.t.Helper()
	s.FollowStatus(f, 200)
}

// FollowStatus is Follow for a page that must answer with status.
func (s *Session) FollowStatus(f Find, status int) {
	s.t.Helper()
	s.load("click "+f.what+" and wait for the page it opens", func(ctx context.Context, _ *chromedp.Target) (*network.Response, error) {
		return chromedp.RunResponse(ctx, chromedp.Click(chromedp.JSPath(f.expression)))
	}, status)
}

// Path returns the path and query of the current page's address.
func (s *Session) Path() string {
	s.t.Helper()
	return s.parse(get(s, "read the address", chromedp.Location())).RequestURI()
}

func (s *Session) load(what string, action chromedp.Action[*network.Response], status int) {
	s.t.Helper()
	response := get(s, what, action)
	if response == nil {
		s.t.Fatalf("browsertest: %s: no answer came with it", what)
	}
	s.complaints.forgive(response.URL, response.Status)
	if int(response.Status) != status {
		s.t.Fatalf("browsertest: %s: %s answered %d, want %d", what, response.URL, response.Status, status)
	}
	s.NoComplaints()
}

func (s *Session) parse(address string) *url.URL {
	s.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		s.t.Fatalf("browsertest: address %q: %v", address, err)
	}
	return u
}

// do carries out an action without a result.
func (s *Session) do(what string, action chromedp.Action[chromedp.Void]) {
	s.t.Helper()
	get(s, what, action)
}

// get carries out an action, or fails the test saying what could not be done.
func get[T any](s *Session, what string, action chromedp.Action[T]) T {
	s.t.Helper()
	// The first run on a window binds the window's life to its context, so it
	// must not be the one with a time limit.
	if err := chromedp.Do(s.ctx); err != nil {
		s.t.Fatalf("browsertest: %s: %v", what, err)
	}
	ctx, cancel := context.WithTimeout(s.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		s.t.Fatalf("browsertest: could not %s at %s: %v", what, s.whereabouts(), err)
	}
	return value
}

// whereabouts is the current address for a message, as far as it can be told.
func (s *Session) whereabouts() string {
	ctx, cancel := context.WithTimeout(s.ctx, time.Second)
	defer cancel()
	address, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		return "a page that does not respond"
	}
	return address
}
