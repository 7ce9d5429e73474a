package improvement

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sir/internal/app"
	"sir/internal/demo/madeup"
	area "sir/internal/improvement"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// madeUp is the code of the made-up programme, ownMember of the member for
// which the demonstration's roles are held.
const (
	madeUp      = "MU-EXAMPLE"
	ownMember   = "MU-N01"
	otherMember = "MU-N02"
)

var (
	sharedPath = basePath(area.Address{Programme: madeUp})
	ownPath    = basePath(area.Address{Programme: madeUp, Member: ownMember})
	otherPath  = basePath(area.Address{Programme: madeUp, Member: otherMember})
	running    = ownPath + "/cycles/" + madeup.Cycles("")[3].ID
	adapted    = ownPath + "/cycles/" + madeup.Cycles("")[0].ID
	firstIdea  = madeup.Diagram()[3].ID
)

// world is the demonstration with this package's pages.
type world struct {
	app  *app.App
	site *pagetest.Site
}

func open(t *testing.T) *world {
	t.Helper()
	a := pagetest.Demo(t)
	return &world{a, pagetest.Serve(t, a, Routes(a.Improvement))}
}

// formOf are the fields of the page's form that has a submit button of this
// step, as a browser would send them.
func formOf(t *testing.T, p *pagetest.Page, step string) url.Values {
	t.Helper()
	for _, form := range p.All("form") {
		values := url.Values{}
		for n := range form.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			switch name := pagetest.Attribute(n, "name"); n.Data {
			case "input":
				if kind := pagetest.Attribute(n, "type"); kind != "radio" {
					values.Set(name, pagetest.Attribute(n, "value"))
				}
			case "textarea":
				values.Set(name, content(n))
			case "select":
				values.Set(name, chosen(n))
			case "button":
				values.Set(name, pagetest.Attribute(n, "value"))
			}
		}
		if values.Get("step") == step {
			return values
		}
	}
	t.Fatalf("no form takes the step %q", step)
	return nil
}

func content(n *html.Node) string {
	if n.FirstChild == nil {
		return ""
	}
	return n.FirstChild.Data
}

func chosen(list *html.Node) string {
	for n := range list.Descendants() {
		for _, a := range n.Attr {
			if n.Data == "option" && a.Key == "selected" {
				return pagetest.Attribute(n, "value")
			}
		}
	}
	return ""
}

// with answers a form with some fields set otherwise.
func with(form url.Values, pairs ...string) url.Values {
	changed := url.Values{}
	for name, values := range form {
		changed[name] = values
	}
	for i := 0; i < len(pairs); i += 2 {
		changed.Set(pairs[i], pairs[i+1])
	}
	return changed
}

// send posts a form that must be answered 303, and answers where it led.
func send(t *testing.T, v *pagetest.Visitor, address string, form url.Values) string {
	t.Helper()
	a := v.Post(address, form)
	if a.Status != 303 {
		t.Fatalf("POST %s answers %d: %s", address, a.Status, pagetest.Read(t, a.Body).Main())
	}
	return a.Header.Get("Location")
}

// refused posts a form that must be answered with the status, and answers the
// page.
func refused(t *testing.T, v *pagetest.Visitor, address string, form url.Values, status int) *pagetest.Page {
	t.Helper()
	a := v.Post(address, form)
	page := pagetest.Read(t, a.Body)
	if a.Status != status {
		t.Fatalf("POST %s answers %d, want %d: %s", address, a.Status, status, page.Main())
	}
	page.Check()
	return page
}

// has fails where the text does not hold the words.
func has(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not said in\n%s", w, text)
		}
	}
}

func (w *world) manager(t *testing.T) *pagetest.Visitor {
	t.Helper()
	return w.site.As(t, policy.SpreadManager)
}

func (w *world) lead(t *testing.T) *pagetest.Visitor {
	t.Helper()
	return w.site.As(t, policy.ProgrammeLead)
}
