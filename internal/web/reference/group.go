package reference

import (
	"slices"
	"strings"

	"sir/internal/reference"
	"sir/internal/term"
	"sir/internal/web/ui"
)

// group is a part of a shelf under one heading: an entry with those under it,
// or entries that share a value. Top is nil where the heading is all there is.
type group struct {
	Heading ui.Link
	Top     *card
	Cards   []card
}

// card is an entry as a shelf shows it. Facets are those of the shelf, in its
// order.
type card struct {
	Link   ui.Link
	Text   string
	Facets []labelled
	Advice []ui.DoDontList
}

// labelled is a value with what it is called.
type labelled struct{ Label, Value string }

// groupEntries puts the fitting entries of a shelf under headings, in the order
// of the shelf. all holds the shelf's entries by code, for the headings of those
// whose parent does not fit itself.
func groupEntries(shelf reference.Shelf, fitting []reference.Entry, all map[string]reference.Entry) []group {
	headingOf := rootHeading(all)
	if !slices.ContainsFunc(fitting, func(e reference.Entry) bool { return e.Parent != "" }) {
		if facet, ok := partition(shelf, fitting); ok {
			headingOf = func(e reference.Entry) ui.Link { return ui.Link{Text: term.Sentence(e.Facets[facet][0])} }
		}
	}
	var groups []group
	place := map[ui.Link]int{}
	for _, e := range fitting {
		heading := headingOf(e)
		i, seen := place[heading]
		if !seen {
			i = len(groups)
			place[heading] = i
			groups = append(groups, group{Heading: heading})
		}
		c := cardOf(shelf, e, heading)
		if heading == entryLink(e) {
			groups[i].Top = &c
		} else {
			groups[i].Cards = append(groups[i].Cards, c)
		}
	}
	return groups
}

// rootHeading heads an entry by the topmost one above it, which may be itself.
func rootHeading(all map[string]reference.Entry) func(reference.Entry) ui.Link {
	return func(e reference.Entry) ui.Link {
		for range len(all) { // a shelf whose parents go round in a circle must not hold up the page
			parent, ok := all[e.Parent]
			if !ok {
				break
			}
			e = parent
		}
		return entryLink(e)
	}
}

// partition answers the first facet of which every entry has exactly one value,
// such as the level of a factor.
func partition(shelf reference.Shelf, entries []reference.Entry) (facet string, ok bool) {
	for _, f := range shelf.Facets {
		if !slices.ContainsFunc(entries, func(e reference.Entry) bool { return len(e.Facets[f.Key]) != 1 }) {
			return f.Key, true
		}
	}
	return "", false
}

func cardOf(shelf reference.Shelf, e reference.Entry, heading ui.Link) card {
	c := card{Link: entryLink(e), Text: e.Text, Advice: adviceOf(e.Notes, 4)}
	for _, f := range shelf.Facets {
		values := strings.Join(e.Facets[f.Key], ", ")
		if term.Sentence(values) == heading.Text || values == e.Title {
			values = "" // the heading says it already
		}
		c.Facets = append(c.Facets, labelled{f.Label, values})
	}
	return c
}

// facetLine is the facets of a card in one line: "Level: Project · ...".
func (c card) facetLine() string {
	var parts []string
	for _, f := range c.Facets {
		if f.Value != "" {
			parts = append(parts, f.Label+": "+f.Value)
		}
	}
	return strings.Join(parts, " · ")
}

// tabular tells whether the cards are short enough to stand in a table: none
// has advice to open.
func (g group) tabular() bool {
	return !slices.ContainsFunc(g.Cards, func(c card) bool { return len(c.Advice) > 0 })
}

// table is a row a card, with a column a facet that any of them has.
func (g group) table() ui.Table {
	t := ui.Table{
		Caption: g.Heading.Text, CaptionHidden: true, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "Entry"}, {Text: "In short"}},
	}
	var shown []int
	for i, f := range g.Cards[0].Facets {
		if slices.ContainsFunc(g.Cards, func(c card) bool { return c.Facets[i].Value != "" }) {
			shown = append(shown, i)
			t.Columns = append(t.Columns, ui.Column{Text: f.Label})
		}
	}
	for _, c := range g.Cards {
		row := []ui.Cell{{Text: c.Link.Text, Href: c.Link.Href}, {Text: c.Text}}
		for _, i := range shown {
			row = append(row, ui.Cell{Text: c.Facets[i].Value})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// adviceKinds are the notes that tell when to do a thing and when to beware.
var adviceKinds = map[string]ui.ListKind{
	"Use when": ui.Do, "Speaks for it": ui.Do,
	"Caution when": ui.Care, "Speaks against it": ui.Care, "Watch out for": ui.Care,
}

// adviceOf answers the notes that are advice, as lists under headings of the
// level.
func adviceOf(notes []reference.Note, level int) []ui.DoDontList {
	var lists []ui.DoDontList
	for _, n := range notes {
		if kind, ok := adviceKinds[n.Label]; ok {
			lists = append(lists, ui.DoDontList{Heading: n.Label, Level: level, Kind: kind, Items: n.Items})
		}
	}
	return lists
}
