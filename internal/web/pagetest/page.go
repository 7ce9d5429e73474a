package pagetest

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Page is a page's HTML as its reader meets it.
type Page struct {
	t    testing.TB
	root *html.Node
}

// Read parses a page.
func Read(t testing.TB, markup string) *Page {
	t.Helper()
	root, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		t.Fatal(err)
	}
	return &Page{t, root}
}

// All answers the elements with a tag name, in the order of the page.
func (p *Page) All(name string) []*html.Node {
	var found []*html.Node
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == name {
			found = append(found, n)
		}
	}
	return found
}

// Texts answers the text of each element with a tag name.
func (p *Page) Texts(name string) []string {
	var texts []string
	for _, n := range p.All(name) {
		texts = append(texts, Text(n))
	}
	return texts
}

// Main answers the text of the page's main part.
func (p *Page) Main() string {
	p.t.Helper()
	mains := p.Texts("main")
	if len(mains) != 1 {
		p.t.Fatalf("the page has %d main parts, want 1", len(mains))
	}
	return mains[0]
}

// Href answers where the first link with the text leads; empty where there is
// none.
func (p *Page) Href(text string) string {
	for _, a := range p.All("a") {
		if Text(a) == text {
			return Attribute(a, "href")
		}
	}
	return ""
}

// Hrefs answers where all links of the main part lead, each once.
func (p *Page) Hrefs() []string {
	var hrefs []string
	for _, main := range p.All("main") {
		for n := range main.Descendants() {
			if n.Type == html.ElementNode && n.Data == "a" {
				hrefs = append(hrefs, Attribute(n, "href"))
			}
		}
	}
	slices.Sort(hrefs)
	return slices.Compact(hrefs)
}

// Rows answers the text of the cells of the first table whose caption is given,
// a row each, without its head.
func (p *Page) Rows(caption string) [][]string {
	p.t.Helper()
	for _, table := range p.All("table") {
		part := &Page{p.t, table}
		if captions := part.Texts("caption"); len(captions) == 0 || captions[0] != caption {
			continue
		}
		var rows [][]string
		for _, tr := range part.All("tr") {
			if tr.Parent.Data != "thead" {
				rows = append(rows, cells(tr))
			}
		}
		return rows
	}
	p.t.Fatalf("no table is called %q: there are %q", caption, p.Texts("caption"))
	return nil
}

// cells leaves out the column's name that a responsive table repeats for small
// screens.
func cells(row *html.Node) []string {
	var texts []string
	for cell := range row.ChildNodes() {
		if cell.Type != html.ElementNode {
			continue
		}
		texts = append(texts, textWithout(cell, func(n *html.Node) bool { return Attribute(n, "aria-hidden") == "true" }))
	}
	return texts
}

// Check holds what every page keeps to: one H1, no inline script or style, and
// no id twice.
func (p *Page) Check() {
	p.t.Helper()
	if headings := p.Texts("h1"); len(headings) != 1 || headings[0] == "" {
		p.t.Errorf("the page has the H1s %q, want one", headings)
	}
	seen := map[string]bool{}
	for n := range p.root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id := Attribute(n, "id"); id != "" && seen[id] {
			p.t.Errorf("the id %q stands twice", id)
		} else {
			seen[id] = true
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				p.t.Errorf("<%s> has the attribute %s=%q", n.Data, a.Key, a.Val)
			}
		}
		if n.Data == "script" && Attribute(n, "src") == "" {
			p.t.Errorf("the page has a script of its own: %q", Text(n))
		}
	}
}

// Text is what a reader sees of a part of a page, with runs of white space as
// one space. Blocks and line breaks part words.
func Text(root *html.Node) string {
	return textWithout(root, func(*html.Node) bool { return false })
}

func textWithout(root *html.Node, left func(*html.Node) bool) string {
	var words strings.Builder
	for n := range root.Descendants() {
		switch {
		case n.Type == html.TextNode && !left(n.Parent):
			words.WriteString(n.Data)
		case n.Type == html.ElementNode && !inline[n.Data]:
			words.WriteString(" ")
		}
	}
	return strings.Join(strings.Fields(words.String()), " ")
}

var inline = map[string]bool{"a": true, "b": true, "mark": true, "strong": true, "span": true, "code": true}

// Attribute answers an attribute of an element; empty where it has none.
func Attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
