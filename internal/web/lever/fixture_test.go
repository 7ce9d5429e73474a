package lever

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sir/internal/app"
	"sir/internal/demo/madeup"
	area "sir/internal/lever"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// madeUpPath is where the made-up programme's levers are.
const madeUpPath = programmesPath + "MU-EXAMPLE"

var (
	payment  = madeup.Levers()[1]
	contract = madeup.Levers()[3]
)

// world is the demonstration with this package's pages.
type world struct {
	app  *app.App
	site *pagetest.Site
}

func open(t *testing.T) *world {
	t.Helper()
	a := pagetest.Demo(t)
	return &world{a, pagetest.Serve(t, a, Routes(a.Lever))}
}

func (w *world) as(t *testing.T, role policy.Role) *pagetest.Visitor {
	t.Helper()
	return w.site.As(t, role)
}

// filled are the fields of the page's form, as a browser would send them.
func filled(t *testing.T, p *pagetest.Page) url.Values {
	t.Helper()
	for _, form := range p.All("form") {
		if pagetest.Attribute(form, "class") == "sir-form" {
			return valuesOf(form)
		}
	}
	t.Fatal("the page has no form")
	return nil
}

func valuesOf(form *html.Node) url.Values {
	values := url.Values{}
	for n := range form.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch name := pagetest.Attribute(n, "name"); n.Data {
		case "input":
			if pagetest.Attribute(n, "type") != "radio" || has(n, "checked") {
				values.Set(name, pagetest.Attribute(n, "value"))
			}
		case "textarea":
			values.Set(name, pagetest.Text(n))
		}
	}
	return values
}

func has(n *html.Node, attribute string) bool {
	for _, a := range n.Attr {
		if a.Key == attribute {
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

// send posts a form that must be answered with the status, and answers the
// page or, for 303, the page to which it leads.
func send(t *testing.T, v *pagetest.Visitor, address string, form url.Values, status int) *pagetest.Page {
	t.Helper()
	a := v.Post(address, form)
	if a.Status != status {
		t.Fatalf("POST %s answers %d, want %d: %s", address, a.Status, status, pagetest.Read(t, a.Body).Main())
	}
	if status == 303 {
		return v.Page(a.Header.Get("Location"))
	}
	page := pagetest.Read(t, a.Body)
	page.Check()
	return page
}

// says fails where the text does not hold the words.
func says(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not said in\n%s", w, text)
		}
	}
}

// hasRow fails where no row of a table has just these cells.
func hasRow(t *testing.T, rows [][]string, want ...string) {
	t.Helper()
	if !slices.ContainsFunc(rows, func(row []string) bool { return slices.Equal(row, want) }) {
		t.Errorf("no row is %q: there are %q", want, rows)
	}
}

// alertOf is the open decision of the demonstration's own network, or of
// another one.
func (w *world) alertOf(t *testing.T, own bool) area.Alert {
	t.Helper()
	d, err := w.app.Lever.Decisions(t.Context(), policy.System("test"))
	if err != nil {
		t.Fatal(err)
	}
	mine := w.as(t, policy.SeniorManager).Page(decisionsPath).Hrefs()
	for _, a := range d.Open {
		if own == strings.Contains(strings.Join(mine, " "), a.ID) {
			return a
		}
	}
	t.Fatal("no such decision is open")
	return area.Alert{}
}
