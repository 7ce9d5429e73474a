package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// TestMarkup holds every page that anybody comes to by links, and the pages of
// failures, against what all pages keep to.
func TestMarkup(t *testing.T) {
	seen := map[string]bool{}
	for _, role := range policy.Roles {
		for _, one := range crawled(t, role) {
			if one.isPage() && !seen[one.body] {
				seen[one.body] = true
				checkMarkup(t, string(role)+", "+one.address, one.body)
			}
		}
	}
	if len(seen) < 100 {
		t.Errorf("only %d different pages were found", len(seen))
	}
}

func TestMarkupOfFailures(t *testing.T) {
	for mode, options := range modes {
		for name, a := range samples(t, open(t, options)) {
			if strings.HasPrefix(a.header.Get("Content-Type"), "text/html") && a.status != http.StatusSeeOther {
				checkMarkup(t, mode+", "+name, a.body)
			}
		}
	}
}

// checkMarkup: one H1, no id twice, nothing inline that the content security
// policy would block, nothing from another host, every form a way to be sent
// and every input a name.
func checkMarkup(t *testing.T, where, body string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", where, err)
	}
	checkTree(t, where, root)
}

// checkTree is checkMarkup of a page that is parsed.
func checkTree(t *testing.T, where string, root *html.Node) {
	t.Helper()
	headings, ids := 0, map[string]bool{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "h1" {
			headings++
		}
		if id := pagetest.Attribute(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("%s: the id %q stands twice", where, id)
			}
			ids[id] = true
		}
		checkElement(t, where, n)
	}
	if headings != 1 {
		t.Errorf("%s: %d H1 headings", where, headings)
	}
	checkReferences(t, where, root, ids)
}

func checkElement(t *testing.T, where string, n *html.Node) {
	t.Helper()
	switch n.Data {
	case "style", "iframe", "object", "embed", "base":
		t.Errorf("%s: has <%s>", where, n.Data)
	case "script":
		if n.FirstChild != nil || pagetest.Attribute(n, "src") == "" {
			t.Errorf("%s: has a script of its own", where)
		}
	case "meta":
		if pagetest.Attribute(n, "http-equiv") != "" {
			t.Errorf("%s: sets a header from within", where)
		}
	case "form":
		if method, action := pagetest.Attribute(n, "method"), pagetest.Attribute(n, "action"); method != "post" && method != "get" || action == "" {
			t.Errorf("%s: a form is sent with %q to %q", where, method, action)
		}
	}
	for _, a := range n.Attr {
		switch key := strings.ToLower(a.Key); {
		case key == "style" || strings.HasPrefix(key, "on") || key == "srcdoc":
			t.Errorf("%s: <%s> has %s=%q", where, n.Data, a.Key, a.Val)
		case key == "href" || key == "src" || key == "action" || key == "formaction" || key == "poster" || key == "srcset":
			if u, err := url.Parse(a.Val); err != nil || u.IsAbs() || u.Host != "" {
				t.Errorf("%s: <%s> leads to %q", where, n.Data, a.Val)
			}
		}
	}
}

// checkReferences: what names another part of the page names one that is there.
func checkReferences(t *testing.T, where string, root *html.Node, ids map[string]bool) {
	t.Helper()
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, key := range []string{"for", "aria-labelledby", "aria-describedby", "aria-controls"} {
			for id := range strings.FieldsSeq(pagetest.Attribute(n, key)) {
				if !ids[id] {
					t.Errorf("%s: <%s %s=%q> names nothing", where, n.Data, key, id)
				}
			}
		}
		if href := pagetest.Attribute(n, "href"); len(href) > 1 && href[0] == '#' && !ids[href[1:]] {
			t.Errorf("%s: a link leads to %q, which is not on the page", where, href)
		}
	}
}
