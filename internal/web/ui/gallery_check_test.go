package ui

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// eachGalleryPage runs a check on the tree of every page of the gallery.
func eachGalleryPage(t *testing.T, check func(t *testing.T, page *html.Node)) {
	t.Helper()
	for path, build := range gallery {
		t.Run(path, func(t *testing.T) {
			page, content := build()
			page.Nav = Loop(path)
			check(t, parse(t, render(t, with(Layout(page), content))))
		})
	}
}

func anyElement(*html.Node) bool { return true }

func idsOf(page *html.Node) map[string]int {
	ids := map[string]int{}
	for _, n := range find(page, anyElement) {
		if id := attr(n, "id"); id != "" {
			ids[id]++
		}
	}
	return ids
}

// An id that stands twice breaks labels, error links and landmarks; one that is
// named and missing says nothing at all.
func TestIDsFit(t *testing.T) {
	eachGalleryPage(t, func(t *testing.T, page *html.Node) {
		ids := idsOf(page)
		for id, count := range ids {
			if count > 1 {
				t.Errorf("id %q stands %d times", id, count)
			}
		}
		for _, n := range find(page, anyElement) {
			for _, name := range []string{"for", "aria-labelledby", "aria-describedby", "aria-controls"} {
				for _, id := range strings.Fields(attr(n, name)) {
					if ids[id] == 0 {
						t.Errorf("<%s %s=%q> names an id that is not on the page", n.Data, name, id)
					}
				}
			}
		}
	})
}

func TestErrorLinksLeadToTheirFields(t *testing.T) {
	eachGalleryPage(t, func(t *testing.T, page *html.Node) {
		ids := idsOf(page)
		for _, list := range find(page, class("nhsuk-error-summary__list")) {
			for _, link := range find(list, tag("a")) {
				if id := strings.TrimPrefix(attr(link, "href"), "#"); ids[id] == 0 {
					t.Errorf("%q leads to #%s, which is not on the page", text(link), id)
				}
			}
		}
	})
}

func TestPagesHaveOneHeadingAndOneMain(t *testing.T) {
	eachGalleryPage(t, func(t *testing.T, page *html.Node) {
		for _, name := range []string{"h1", "main", "title"} {
			// A drawing has titles of its own.
			found := find(page, func(n *html.Node) bool { return n.Data == name && n.Namespace == "" })
			if len(found) != 1 {
				t.Errorf("%d <%s>, want 1", len(found), name)
			}
		}
	})
}

// Policy: no inline script, no inline style, no handler attribute, no address
// that runs code. The hostile page tries all of them.
func TestNothingRunsFromThePage(t *testing.T) {
	eachGalleryPage(t, func(t *testing.T, page *html.Node) {
		for _, n := range find(page, anyElement) {
			inline := n.Data == "script" && text(n) != ""
			if n.Data == "style" || n.Data == "img" || inline {
				t.Errorf("unexpected <%s>", n.Data)
			}
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Val, "javascript:") {
					t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
				}
			}
		}
	})
}

// Hostile text must arrive as the text it is, not as markup and not mangled.
func TestHostileTextIsShownAsItIs(t *testing.T) {
	page, content := galleryHostile()
	tree := parse(t, render(t, with(Layout(page), content)))
	for _, name := range []string{"h1", "caption", "dd", "details", "td"} {
		if found := find(tree, tag(name)); len(found) == 0 || !strings.Contains(text(found[0]), hostileName) {
			t.Errorf("<%s> does not show the text", name)
		}
	}
	if got := attr(find(tree, func(n *html.Node) bool { return attr(n, "id") == "title" })[0], "value"); got != hostileName {
		t.Errorf("the input holds %q", got)
	}
}

// A name of a million characters is only long.
func TestHugeName(t *testing.T) {
	huge := strings.Repeat("x", 1<<20)
	tree := parse(t, render(t, Layout(Page{Title: huge})))
	if got := text(find(tree, tag("h1"))[0]); got != huge {
		t.Errorf("the heading has %d characters, want %d", len(got), len(huge))
	}
}
