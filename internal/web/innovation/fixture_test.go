package innovation

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sir/internal/app"
	area "sir/internal/innovation"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// own is the code of the made-up innovation, for which the demonstration's
// roles are held; other is one that another member keeps.
const (
	own   = "MU-LANTERN"
	other = "MU-OTHER"
)

// world is the demonstration with this package's pages.
type world struct {
	app  *app.App
	site *pagetest.Site
}

func open(t *testing.T) *world {
	t.Helper()
	a := pagetest.Demo(t)
	var keeper string
	if err := a.Desk.DB.Row(t.Context(), `SELECT id FROM unit WHERE code = 'MU-N02'`).Scan(&keeper); err != nil {
		t.Fatal(err)
	}
	err := area.Insert(t.Context(), a.Desk.DB, area.Innovation{
		ID: "00000000-0000-7000-8000-00000000000f", Code: other, Name: "Other (made-up)", Summary: "Of somebody else.", KeeperID: keeper,
		Supplier: "Rival Row (made-up)", MadeUp: true, Source: "test",
	})
	if err != nil {
		t.Fatal(err)
	}
	return &world{a, pagetest.Serve(t, a, Routes(a.Innovation))}
}

// formOf are the fields of the page's form that has a submit button of this
// step, as a browser would send them.
func formOf(t *testing.T, p *pagetest.Page, step string) url.Values {
	t.Helper()
	for _, form := range p.All("form") {
		values := url.Values{}
		for n := range form.Descendants() {
			if n.Type == html.ElementNode {
				collect(n, values)
			}
		}
		if values.Get("step") == step {
			return values
		}
	}
	t.Fatalf("no form takes the step %q", step)
	return nil
}

func collect(n *html.Node, into url.Values) {
	name := pagetest.Attribute(n, "name")
	switch n.Data {
	case "input":
		if pagetest.Attribute(n, "type") != "radio" || hasAttribute(n, "checked") {
			into.Set(name, pagetest.Attribute(n, "value"))
		}
	case "textarea":
		if n.FirstChild != nil {
			into.Set(name, n.FirstChild.Data)
		}
	case "select":
		for option := range n.Descendants() {
			if hasAttribute(option, "selected") {
				into.Set(name, pagetest.Attribute(option, "value"))
			}
		}
	case "button":
		into.Set(name, pagetest.Attribute(n, "value"))
	}
}

func hasAttribute(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
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

// send posts a form that must be answered 303, and answers the page that it
// leads to.
func send(t *testing.T, v *pagetest.Visitor, address string, form url.Values) *pagetest.Page {
	t.Helper()
	a := v.Post(address, form)
	if a.Status != 303 {
		t.Fatalf("POST %s answers %d: %s", address, a.Status, pagetest.Read(t, a.Body).Main())
	}
	return v.Page(a.Header.Get("Location"))
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

// lacks fails where the text holds one of the words.
func lacks(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(text, w) {
			t.Errorf("%q is said in\n%s", w, text)
		}
	}
}

// answers checks the status that each role is answered for an address, with
// GET and, where a form is given, with POST.
func (w *world) answers(t *testing.T, address string, form url.Values, want map[policy.Role]int) {
	t.Helper()
	for role, status := range want {
		v := w.site.As(t, role)
		got := v.Get(address)
		if form != nil {
			got = v.Post(address, form)
		}
		if got.Status != status {
			t.Errorf("%s is answered %d at %s, want %d", role, got.Status, address, status)
		}
		if status == 403 {
			lacks(t, pagetest.Read(t, got.Body).Main(), "Rival Row", "Lantern", "Of somebody else")
		}
	}
}
