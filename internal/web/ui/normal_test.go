package ui

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// outline writes a fragment as one line per element and text, so that two
// fragments are equal when a browser makes the same page of them: attributes
// and classes in order, white space collapsed, icons by their frame alone (the
// drawings inside are ours).
func outline(t *testing.T, fragment string) []string {
	t.Helper()
	var lines []string
	for n := range find(parse(t, fragment), tag("body"))[0].ChildNodes() {
		lines = append(lines, outlineNode(n, "")...)
	}
	return lines
}

func outlineNode(n *html.Node, indent string) []string {
	switch {
	case n.Type == html.TextNode:
		if words := strings.Join(strings.Fields(n.Data), " "); words != "" {
			return []string{indent + words}
		}
		return nil
	case n.Type != html.ElementNode:
		return nil
	}
	lines := []string{indent + "<" + n.Data + attributes(n) + ">"}
	if n.Data == "svg" {
		return lines
	}
	if spoken, ok := phrase(n); ok {
		lines = append(lines, indent+"  = "+spoken)
	}
	for child := range n.ChildNodes() {
		lines = append(lines, outlineNode(child, indent+"  ")...)
	}
	return lines
}

func attributes(n *html.Node) string {
	var out []string
	for _, a := range n.Attr {
		value := a.Val
		if a.Key == "class" {
			names := strings.Fields(value)
			slices.Sort(names)
			value = strings.Join(names, " ")
		}
		out = append(out, " "+a.Key+"="+value)
	}
	slices.Sort(out)
	return strings.Join(out, "")
}

// phrase is the text of an element that mixes text with hidden words, where a
// missing space would change what a screen reader says.
func phrase(n *html.Node) (string, bool) {
	mixed := false
	for d := range n.Descendants() {
		if d.Type == html.ElementNode {
			if d.Data != "span" {
				return "", false
			}
			mixed = true
		}
	}
	return text(n), mixed
}

func TestOutlineSeesTheDifferences(t *testing.T) {
	const base = `<p class="a b" id="c">Change<span> name</span></p>`
	same := []string{
		"\n<p id='c' class='b  a'>\n Change<span> name</span>\n</p>",
	}
	other := map[string]string{
		"a missing class":     `<p class="a" id="c">Change<span> name</span></p>`,
		"a missing attribute": `<p class="a b">Change<span> name</span></p>`,
		"another element":     `<div class="a b" id="c">Change<span> name</span></div>`,
		"a missing space":     `<p class="a b" id="c">Change<span>name</span></p>`,
		"another order":       `<p class="a b" id="c"><span> name</span>Change</p>`,
		"one more element":    base + `<br>`,
	}
	want := outline(t, base)
	for _, markup := range same {
		if got := outline(t, markup); !slices.Equal(got, want) {
			t.Errorf("%q should be the same: %q", markup, got)
		}
	}
	for name, markup := range other {
		if got := outline(t, markup); slices.Equal(got, want) {
			t.Errorf("%s is not seen", name)
		}
	}
}
