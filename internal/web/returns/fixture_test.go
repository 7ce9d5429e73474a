package returns

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	area "sir/internal/adoption"
	"sir/internal/app"
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

var system = policy.System("test")

// world is the demonstration with this package's pages. Its last period is not
// approved yet.
type world struct {
	t    *testing.T
	app  *app.App
	site *pagetest.Site
	last area.CollectionStatus
}

func open(t *testing.T) *world {
	t.Helper()
	a := pagetest.Demo(t)
	w := &world{t: t, app: a, site: pagetest.Serve(t, a, Routes(a.Adoption))}
	w.last = w.status().Collections[0]
	return w
}

func (w *world) status() area.Status {
	w.t.Helper()
	status, err := w.app.Adoption.ReturnStatus(context.Background(), system, madeUp, area.StatusChoice{})
	if err != nil {
		w.t.Fatal(err)
	}
	return status
}

// form is the form of a member for the last period.
func (w *world) form(member string) area.Form {
	w.t.Helper()
	form, err := w.app.Adoption.ReturnForm(context.Background(), system, area.FormName{
		Programme: madeUp, Collection: w.last.Collection.Code, Period: w.last.Period, Member: member,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return form
}

func (w *world) path(member string) string {
	return memberPath(madeUp, w.last.Collection, w.last.Period, member)
}

// fieldsOf are the fields of a page's forms that are sent with POST, as a
// browser would send them.
func fieldsOf(p *pagetest.Page) url.Values {
	values := url.Values{}
	for _, form := range p.All("form") {
		if pagetest.Attribute(form, "method") != "post" {
			continue
		}
		for n := range form.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			switch name := pagetest.Attribute(n, "name"); n.Data {
			case "input":
				values.Set(name, pagetest.Attribute(n, "value"))
			case "textarea":
				values.Set(name, pagetest.Text(n))
			case "select":
				values.Set(name, chosen(n))
			}
		}
	}
	return values
}

func chosen(list *html.Node) string {
	for n := range list.Descendants() {
		if n.Type == html.ElementNode && n.Data == "option" {
			for _, a := range n.Attr {
				if a.Key == "selected" {
					return pagetest.Attribute(n, "value")
				}
			}
		}
	}
	return ""
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
