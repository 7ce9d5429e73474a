package ui

import (
	"context"
	"io"
	"slices"
	"strconv"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

func numbers(p Pagination) []int {
	var out []int
	for _, page := range p.Pages {
		out = append(out, page.Number)
	}
	return out
}

func TestPages(t *testing.T) {
	tests := []struct {
		current, last  int
		want           []int // 0 stands for pages left out
		previous, next string
	}{
		{1, 1, []int{1}, "", ""},
		{1, 3, []int{1, 2, 3}, "", "2"},
		{3, 3, []int{1, 2, 3}, "2", ""},
		{1, 9, []int{1, 2, 3, 0, 9}, "", "2"},
		{5, 9, []int{1, 0, 3, 4, 5, 6, 7, 0, 9}, "4", "6"},
		{9, 9, []int{1, 0, 7, 8, 9}, "8", ""},
		{4, 7, []int{1, 2, 3, 4, 5, 6, 7}, "3", "5"},
	}
	for _, test := range tests {
		p := Pages(test.current, test.last, strconv.Itoa)
		if got := numbers(p); !slices.Equal(got, test.want) || p.Previous.Href != test.previous || p.Next.Href != test.next {
			t.Errorf("page %d of %d: %v, before %q, after %q", test.current, test.last, got, p.Previous.Href, p.Next.Href)
		}
	}
}

// Whatever the list: it rises from the first page to the last, marks the current
// one once, and where a number is skipped something stands for it.
func TestPagesLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		last := rapid.IntRange(1, 200).Draw(t, "last")
		current := rapid.IntRange(1, last).Draw(t, "current")
		p := Pages(current, last, strconv.Itoa)
		if got := numbers(p); got[0] != 1 || got[len(got)-1] != last {
			t.Fatalf("%v does not run from 1 to %d", got, last)
		}
		before, marked, gap := 0, 0, false
		for _, page := range p.Pages {
			if page.Number == 0 {
				gap = true
				continue
			}
			if page.Number <= before || (page.Number > before+1) != gap {
				t.Fatalf("%v: %d after %d", numbers(p), page.Number, before)
			}
			if page.Current {
				marked++
			}
			before, gap = page.Number, false
		}
		if marked != 1 {
			t.Fatalf("%d pages are marked as current", marked)
		}
	})
}

func TestFieldErrorsFor(t *testing.T) {
	errors := FieldErrors{{"", "About the form"}, {"name", "First"}, {"name", "Second"}}
	for field, want := range map[string]string{"name": "First", "": "About the form", "other": ""} {
		if got := errors.For(field); got != want {
			t.Errorf("%q: got %q, want %q", field, got, want)
		}
	}
}

func TestTableAlignsCellsAfterASpan(t *testing.T) {
	table := Table{Columns: []Column{{Text: "a"}, {Text: "b"}, {Text: "c", Numeric: true}}, RowHeaders: true,
		Rows: [][]Cell{{{Text: "wide", Span: 2}, {Text: "1"}}, Text("x", "y", "2")},
		Foot: [][]Cell{{{Text: "total", Span: 2}, {Text: "3"}}}}
	tree := parse(t, render(t, table))
	numeric := find(tree, class("nhsuk-table__cell--numeric"))
	if got := texts(numeric); !slices.Equal(got, []string{"1", "2", "3"}) {
		t.Errorf("the numeric cells are %v", got)
	}
	spans := find(tree, func(n *html.Node) bool { return attr(n, "colspan") == "2" })
	if got := texts(spans); !slices.Equal(got, []string{"wide", "total"}) {
		t.Errorf("the wide cells are %v", got)
	}
}

func TestTableIgnoresACellTooMany(t *testing.T) {
	tree := parse(t, render(t, Table{Columns: []Column{{Text: "a", Numeric: true}}, Rows: [][]Cell{Text("1", "2")}}))
	if got := texts(find(tree, class("nhsuk-table__cell--numeric"))); !slices.Equal(got, []string{"1"}) {
		t.Errorf("the numeric cells are %v", got)
	}
}

// A region that scrolls must be reachable and named without a script.
func TestScrollingTableIsReachable(t *testing.T) {
	tree := parse(t, render(t, Table{ID: "rates", Caption: "Rates", Scroll: true, Columns: []Column{{Text: "a"}}}))
	region := find(tree, class("nhsuk-scroll__content"))[0]
	if attr(region, "tabindex") != "0" || attr(region, "role") != "region" || attr(region, "aria-labelledby") != "rates-caption" {
		t.Errorf("the region has %v", region.Attr)
	}
	if caption := find(tree, tag("caption"))[0]; attr(caption, "id") != "rates-caption" {
		t.Errorf("the caption has %v", caption.Attr)
	}
}

func TestFigureHasItsTable(t *testing.T) {
	tree := parse(t, render(t, Figure{ID: "f", Title: "Rates", Chart: raw("<svg></svg>"), Table: Table{Columns: []Column{{Text: "a"}}, Rows: [][]Cell{Text("1")}},
		Downloads: []Link{{"Numbers (CSV)", "/x.csv"}}, Source: Link{Text: "Table 8.1"}}))
	figure := find(tree, tag("figure"))[0]
	if len(find(figure, tag("svg"))) != 1 || len(find(figure, tag("table"))) != 1 {
		t.Error("the figure lacks its chart or its table")
	}
	if links := find(figure, tag("a")); len(links) != 1 || attr(links[0], "href") != "/x.csv" {
		t.Errorf("the downloads are %v; a source without an address is no link", texts(links))
	}
}

// BenchmarkTable renders a whole page with a table of 600 cells.
func BenchmarkTable(b *testing.B) {
	table := Table{ID: "t", Caption: "Rates", Scroll: true, RowHeaders: true, Columns: []Column{{Text: "Network"}}}
	for range 5 {
		table.Columns = append(table.Columns, Column{Text: "Rate", Numeric: true})
	}
	for range 100 {
		table.Rows = append(table.Rows, Text("Network", "1.0", "2.0", "3.0", "4.0", "5.0"))
	}
	page := with(Layout(fullPage()), table)
	for b.Loop() {
		if err := page.Render(context.Background(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
