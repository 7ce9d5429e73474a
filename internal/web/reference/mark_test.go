package reference

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMarkCutsWhereWordsOccur(t *testing.T) {
	for _, c := range []struct {
		name, text string
		words      []string
		want       []run
	}{
		{"in the middle", "The right champion", []string{"right"}, []run{{"The ", false}, {"right", true}, {" champion", false}}},
		{"in another case", "NHS England", []string{"nhs"}, []run{{"NHS", true}, {" England", false}}},
		{"words that overlap", "headspace", []string{"heads", "space"}, []run{{"headspace", true}}},
		{"a word over itself", "aaa", []string{"aa"}, []run{{"aaa", true}}},
		{"nowhere", "Trust", []string{"zeal"}, []run{{"Trust", false}}},
		{"markup stays text", "<b>x</b>", []string{"b"}, []run{{"<", false}, {"b", true}, {">x</", false}, {"b", true}, {">", false}}},
		{"a capital longer than its small letter", "İx İX", []string{"x"}, []run{{"İ", false}, {"x", true}, {" İ", false}, {"X", true}}},
		{"nothing searched for", "Trust", nil, []run{{"Trust", false}}},
		{"nothing to search in", "", []string{"a"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := mark(c.text, c.words); !slices.Equal(got, c.want) {
				t.Errorf("mark(%q, %q) = %v, want %v", c.text, c.words, got, c.want)
			}
		})
	}
}

func TestMarkLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("aAbB İß\u202e<&"))).Draw(t, "text")
		query := rapid.StringOf(rapid.RuneFrom([]rune("ab ßi"))).Draw(t, "query")
		words := queryWords(query)
		var whole strings.Builder
		for i, r := range mark(text, words) {
			whole.WriteString(r.Text)
			if r.Text == "" {
				t.Fatalf("run %d is empty", i)
			}
			if r.Hit && !holdsAny(r.Text, words) {
				t.Fatalf("%q is marked, and holds none of %q", r.Text, words)
			}
			if !r.Hit && holdsAny(r.Text, words) {
				t.Fatalf("%q is not marked, and holds one of %q", r.Text, words)
			}
		}
		if whole.String() != text {
			t.Fatalf("the runs make %q of %q", whole.String(), text)
		}
	})
}
