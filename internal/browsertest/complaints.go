//go:build browser

package browsertest

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// A complaint is one thing the browser held against a page.
type complaint struct {
	text string
	url  string // of the resource it is about, where the browser says
}

// complaints collects what the browser holds against the pages of a session.
type complaints struct {
	host string // pages may ask no other

	mu   sync.Mutex
	list []complaint
}

// hear takes one event of the devtools protocol. It runs inside the loop that
// reads them, so it only notes.
func (c *complaints) hear(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		c.note(e.ExceptionDetails.URL, "uncaught: %s", thrown(e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeAssert {
			c.note("", "console.%s: %s", e.Type, arguments(e.Args))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			c.note(e.Entry.URL, "%s: %s", e.Entry.Source, e.Entry.Text)
		}
	case *network.EventRequestWillBeSent:
		if u, err := url.Parse(e.Request.URL); err == nil && strings.HasPrefix(u.Scheme, "http") && u.Host != c.host {
			c.note(e.Request.URL, "asked another host")
		}
	}
}

func (c *complaints) note(url, format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, complaint{text: fmt.Sprintf(format, args...), url: url})
}

// forgive drops the browser's own note that the page at url answered with an
// error status: whoever opened it says which status is right.
func (c *complaints) forgive(url string, status int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = slices.DeleteFunc(c.list, func(one complaint) bool {
		return status >= 400 && one.url == url && strings.HasPrefix(one.text, string(log.EntrySourceNetwork))
	})
}

// take returns what was noted since the last call, one line each.
func (c *complaints) take() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	lines := make([]string, 0, len(c.list))
	for _, one := range c.list {
		lines = append(lines, strings.TrimSpace(one.text+" "+one.url))
	}
	c.list = nil
	return lines
}

// NoComplaints fails the test when the browser complained since it was last
// asked. Every load and every judgement asks too.
func (s *Session) NoComplaints() {
	s.t.Helper()
	// Events arrive in order with answers, so after any answer all are heard.
	where := Eval[string](s, "location.href")
	if lines := s.complaints.take(); len(lines) > 0 {
		s.t.Errorf("browsertest: the browser complained at %s:\n  %s", where, strings.Join(lines, "\n  "))
	}
}

func thrown(d *runtime.ExceptionDetails) string {
	if d.Exception != nil && d.Exception.Description != "" {
		return d.Exception.Description
	}
	return d.Text
}

func arguments(args []*runtime.RemoteObject) string {
	words := make([]string, len(args))
	for i, a := range args {
		words[i] = strings.Trim(string(a.Value), `"`)
		if a.Description != "" {
			words[i] = a.Description
		}
	}
	return strings.Join(words, " ")
}
