package reference

import (
	"slices"
	"strings"
	"unicode"
)

// run is a stretch of a text that does or does not match what was searched for.
type run struct {
	Text string
	Hit  bool
}

// queryWords are the words of a query as the search compares them: in lower
// case, each once.
func queryWords(query string) []string {
	words := strings.Fields(strings.ToLower(query))
	slices.Sort(words)
	return slices.Compact(words)
}

// mark cuts a text where words occur in it, in any letter case. The runs put
// together are the text. Words that overlap make one hit.
//
// It compares runes, not bytes: a lower-case letter may be longer or shorter
// than its capital.
func mark(text string, words []string) []run {
	original := []rune(text)
	lower := make([]rune, len(original))
	for i, r := range original {
		lower[i] = unicode.ToLower(r)
	}
	hit := make([]bool, len(original))
	for _, word := range words {
		flag(hit, lower, []rune(word))
	}
	return cut(original, hit)
}

// flag sets hit where the word stands in the text.
func flag(hit []bool, text, word []rune) {
	if len(word) == 0 {
		return
	}
	for at := 0; at+len(word) <= len(text); at++ {
		if slices.Equal(text[at:at+len(word)], word) {
			for i := range word {
				hit[at+i] = true
			}
		}
	}
}

func cut(text []rune, hit []bool) []run {
	var runs []run
	from := 0
	for at := range text {
		if at+1 == len(text) || hit[at+1] != hit[at] {
			runs = append(runs, run{string(text[from : at+1]), hit[at]})
			from = at + 1
		}
	}
	return runs
}

// holdsAny tells whether a text holds one of the words at least.
func holdsAny(text string, words []string) bool {
	lower := strings.ToLower(text)
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(lower, word) })
}

// holdsAll tells whether a text holds every word.
func holdsAll(text string, words []string) bool {
	lower := strings.ToLower(text)
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(lower, word) })
}
