package reference_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/reference"
)

func TestShelvesStandInTheirOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		shelves, err := serviceOn(d).Shelves(t.Context(), reader)
		if err != nil || len(shelves) != 2 {
			t.Fatalf("%d shelves, %v", len(shelves), err)
		}
		if shelves[0].Code != "words" || shelves[0].Count != 1 || shelves[1].Code != "tools" || shelves[1].Count != 4 ||
			shelves[1].Title != "Tools" || shelves[1].Introduction != "Made-up tools." {
			t.Errorf("shelves are %+v", shelves)
		}
	})
}

func TestEntriesRoundTrip(t *testing.T) {
	t.Parallel()
	_, want, _ := tools()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		view, err := serviceOn(d).Browse(t.Context(), reader, "tools", nil)
		if err != nil || len(view.Entries) != len(want) {
			t.Fatalf("%d entries, %v", len(view.Entries), err)
		}
		for i, e := range view.Entries {
			want[i].Shelf = "tools"
			if !reflect.DeepEqual(e, want[i]) {
				t.Errorf("entry %d is\n%+v\nwant\n%+v", i, e, want[i])
			}
		}
		wantFacets := []reference.Facet{
			{Key: "size", Label: "Size", Values: []reference.FacetValue{{Value: "large", Count: 2}, {Value: "small", Count: 1}}},
			{Key: "use", Label: "Used for", Values: []reference.FacetValue{{Value: "wood", Count: 3}, {Value: "stone", Count: 1}}},
		}
		if !reflect.DeepEqual(view.Shelf.Facets, wantFacets) {
			t.Errorf("facets are %+v, want %+v", view.Shelf.Facets, wantFacets)
		}
		if len(view.Links) != 2 || view.Links[0].Code != "L1" || !slices.Equal(view.Links[0].From, []string{"T1", "T2"}) {
			t.Errorf("links are %+v, want L1 and L2", view.Links)
		}
	})
}

func TestBrowseNarrowsByEveryChosenFacet(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	fill(t, d)
	for _, c := range []struct {
		choice reference.Choice
		want   string
	}{
		{nil, "[tools/T9 tools/T2 tools/T10 tools/T1]"},
		{reference.Choice{"size": "", "use": ""}, "[tools/T9 tools/T2 tools/T10 tools/T1]"},
		{reference.Choice{"no such facet": ""}, "[tools/T9 tools/T2 tools/T10 tools/T1]"},
		{reference.Choice{"size": "large"}, "[tools/T9 tools/T10]"},
		{reference.Choice{"use": "stone"}, "[tools/T9]"},
		{reference.Choice{"size": "small", "use": "wood"}, "[tools/T2]"},
		{reference.Choice{"size": "small", "use": "stone"}, "[]"},
	} {
		view, err := serviceOn(d).Browse(t.Context(), reader, "tools", c.choice)
		if got := fmt.Sprint(codes(view.Entries)); err != nil || got != c.want {
			t.Errorf("%v: %s, want %s (%v)", c.choice, got, c.want, err)
		}
		// The lists to choose from stay whole, whatever was chosen.
		if len(view.Shelf.Facets) != 2 || len(view.Shelf.Facets[0].Values) != 2 {
			t.Errorf("%v: left to choose from is %+v", c.choice, view.Shelf.Facets)
		}
	}
}

func TestBrowseRefusesWhatTheShelfDoesNotHave(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		s := serviceOn(d)
		for _, choice := range []reference.Choice{
			{"colour": "red"}, {"size": "huge"}, {"size": "wood"}, {"size": "large", "colour": "red"}, {"size": "x' OR '1'='1"},
			{"": "large"}, {"size": "\x00"}, {"size\xff": "large"}, {"size": "LARGE"}, {"size": "large "},
		} {
			if _, err := s.Browse(t.Context(), reader, "tools", choice); !errors.Is(err, fault.ErrInvalid) {
				t.Errorf("%q: %v, want ErrInvalid", choice, err)
			}
		}
		for _, code := range []string{"", "no-such", "TOOLS", "tools' --", "\u202etools"} {
			if _, err := s.Browse(t.Context(), reader, code, nil); !errors.Is(err, fault.ErrNotFound) {
				t.Errorf("shelf %q: %v, want ErrNotFound", code, err)
			}
		}
	})
}

func TestEntryComesWithItsNeighbours(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		s := serviceOn(d)
		for _, c := range []struct{ code, parent, children, links string }{
			{"T9", "", "[tools/T2 tools/T10]", "[L1]"},
			{"T2", "T9", "[]", "[L1]"},
			{"T10", "T9", "[]", "[L2]"},
			{"T1", "", "[]", "[L1 L2]"},
		} {
			view, err := s.Entry(t.Context(), reader, "tools", c.code)
			if err != nil {
				t.Fatal(err)
			}
			parent, links := "", []string{}
			if view.Parent != nil {
				parent = view.Parent.Code
			}
			for _, l := range view.Links {
				links = append(links, l.Code)
			}
			if view.Entry.Code != c.code || parent != c.parent || fmt.Sprint(codes(view.Children)) != c.children || fmt.Sprint(links) != c.links {
				t.Errorf("%s: under %q, above %v, linked by %v", view.Entry.Code, parent, codes(view.Children), links)
			}
			for _, l := range view.Links {
				for _, end := range append(slices.Clone(l.From), l.To...) {
					if view.Linked[end].Code != end {
						t.Errorf("%s: the end %s of %s cannot be shown", c.code, end, l.Code)
					}
				}
			}
		}
		for _, code := range []string{"", "T3", "t9", "T9' --"} {
			if _, err := s.Entry(t.Context(), reader, "tools", code); !errors.Is(err, fault.ErrNotFound) {
				t.Errorf("entry %q: %v, want ErrNotFound", code, err)
			}
		}
	})
}

func TestTitles(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		s := serviceOn(d)
		view, err := s.Browse(t.Context(), reader, "tools", nil)
		if err != nil {
			t.Fatal(err)
		}
		all := view.Entries
		titles, err := s.Titles(t.Context(), reader, "tools")
		if err != nil || len(titles) != len(all) {
			t.Errorf("%d titles of %d entries (%v)", len(titles), len(all), err)
		}
		for _, e := range all {
			if got := titles[e.Code]; got.Title != e.Title || got.Code != e.Code || got.Shelf != "tools" {
				t.Errorf("%s reads %+v", e.Code, got)
			}
		}
		if titles, err := s.Titles(t.Context(), reader, "no-such"); err != nil || len(titles) != 0 {
			t.Errorf("a shelf that is not there has %v (%v)", titles, err)
		}
		if _, err := s.Titles(t.Context(), policy.Nobody, "tools"); !errors.Is(err, fault.ErrSignedOut) {
			t.Errorf("a visitor: %v", err)
		}
	})
}

// The wildcards of LIKE are characters like any other, and both engines
// compare letters alike.
func TestSearchFindsWordsAsTyped(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		s := serviceOn(d)
		for query, want := range map[string]string{
			"hammer":                  "[words/T1 tools/T9 tools/T2]",
			"HAMMER":                  "[words/T1 tools/T9 tools/T2]",
			"nails hammer":            "[tools/T9 tools/T2]",
			"  nails\t\nhammer ":      "[tools/T9 tools/T2]",
			"hammer sawdust":          "[]",
			"%":                       "[tools/T9]",
			"100%":                    "[tools/T9]",
			"_":                       "[tools/T2]",
			"claw_":                   "[tools/T2]",
			"clawxhammer":             "[]",
			"h_mmer":                  "[]",
			"h%r":                     "[]",
			`\`:                       "[tools/T2]",
			`\%`:                      "[]",
			"über":                    "[tools/T10]",
			"ÜBER":                    "[tools/T10]",
			"naïvely":                 "[tools/T9]",
			"lift arm":                "[tools/T9]",
			"use when":                "[tools/T9]",
			"t10":                     "[tools/T10]",
			"'; DROP TABLE shelf; --": "[]",
			"hammer\x00":              "[words/T1 tools/T9 tools/T2]",
			"ham\xffmer":              "[words/T1 tools/T9 tools/T2]",
			"":                        "[]",
			" \t":                     "[]",
			"\x00":                    "[]",
		} {
			entries, err := s.Search(t.Context(), reader, query, 20)
			if got := fmt.Sprint(codes(entries)); err != nil || got != want {
				t.Errorf("%q finds %s, want %s (%v)", query, got, want, err)
			}
		}
		if entries, err := s.Search(t.Context(), reader, "hammer", 2); err != nil || fmt.Sprint(codes(entries)) != "[words/T1 tools/T9]" {
			t.Errorf("at most two: %v, %v", codes(entries), err)
		}
	})
}

func TestSearchIsBounded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d)
		for _, query := range []string{strings.Repeat("a ", reference.MaxQuery/2), strings.Repeat("é", reference.MaxQuery), strings.Repeat("%", reference.MaxQuery)} {
			if _, err := s.Search(t.Context(), reader, query, 20); err != nil {
				t.Errorf("%d characters: %v", reference.MaxQuery, err)
			}
		}
		for _, query := range []string{strings.Repeat("a", reference.MaxQuery+1), strings.Repeat("é ", reference.MaxQuery), strings.Repeat("a", 1<<20)} {
			if _, err := s.Search(t.Context(), reader, query, 20); !errors.Is(err, fault.ErrInvalid) || !strings.Contains(err.Error(), "200 characters") {
				t.Errorf("%d bytes: %v, want ErrInvalid", len(query), err)
			}
		}
	})
}

func FuzzSearch(f *testing.F) {
	d := dbtest.Open(f, dbtest.SQLite(f))
	fill(f, d)
	s := serviceOn(d)
	for _, seed := range []string{"hammer", "%", "_", `\`, "\x00", "\xff", "é", "' --", "a b c", "$1"} {
		f.Add(seed)
	}
	_, known, _ := tools()
	f.Fuzz(func(t *testing.T, query string) {
		entries, err := s.Search(t.Context(), reader, query, 20)
		if err != nil {
			if !errors.Is(err, fault.ErrInvalid) {
				t.Fatal(err)
			}
			return
		}
		words := strings.Fields(strings.ToLower(strings.ToValidUTF8(strings.ReplaceAll(query, "\x00", ""), "")))
		if len(entries) > len(known)+1 || len(words) == 0 && len(entries) > 0 {
			t.Fatalf("%q finds %d entries", query, len(entries))
		}
		for _, e := range entries {
			all := strings.ToLower(fmt.Sprint(e.Code, "\n", e.Title, "\n", e.Text, "\n", e.Notes, "\n", e.Steps))
			for _, word := range words {
				if !strings.Contains(all, word) {
					t.Fatalf("%q finds %s, which does not hold %q", query, e.Title, word)
				}
			}
		}
	})
}

func TestShelvesAreForPeopleWhoAreSignedIn(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	fill(t, d)
	s := serviceOn(d)
	_, shelves := s.Shelves(t.Context(), policy.Nobody)
	_, browse := s.Browse(t.Context(), policy.Nobody, "tools", nil)
	_, entry := s.Entry(t.Context(), policy.Nobody, "tools", "T1")
	_, search := s.Search(t.Context(), policy.Nobody, "hammer", 20)
	for name, err := range map[string]error{"Shelves": shelves, "Browse": browse, "Entry": entry, "Search": search} {
		if !errors.Is(err, fault.ErrSignedOut) {
			t.Errorf("%s for a visitor: %v", name, err)
		}
	}
}

// A shelf goes in whole or not at all when its parts do not fit.
func TestInsertRefusesWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for name, change := range map[string]func(*reference.Shelf, []reference.Entry, []reference.Link){
			"two entries of one code": func(_ *reference.Shelf, e []reference.Entry, _ []reference.Link) { e[1].Code = e[0].Code },
			"a link to nothing":       func(_ *reference.Shelf, _ []reference.Entry, l []reference.Link) { l[0].To = []string{"T77"} },
			"two facets of one key":   func(s *reference.Shelf, _ []reference.Entry, _ []reference.Link) { s.Facets[1].Key = "size" },
			"text with a NUL":         func(_ *reference.Shelf, e []reference.Entry, _ []reference.Link) { e[0].Text = "\x00" },
		} {
			shelf, entries, links := tools()
			change(&shelf, entries, links)
			err := d.InTx(t.Context(), func(ctx context.Context) error { return reference.Insert(ctx, d, 1, shelf, entries, links) })
			if err == nil || !strings.Contains(err.Error(), "shelf tools") {
				t.Errorf("%s: %v, want an error that names the shelf", name, err)
			}
		}
	})
}
