package reference

import "slices"

// Shelf is a browsable collection of entries of one kind.
type Shelf struct {
	Code         string
	Title        string
	Introduction string
	Facets       []Facet
	Count        int // entries on it
}

// Facet is one thing a shelf can be filtered by. Values are set by Browse:
// those that occur, each with the number of entries that have it.
type Facet struct {
	Key    string
	Label  string
	Values []FacetValue
}

// FacetValue is a value of a facet, and how many entries have it.
type FacetValue struct {
	Value string
	Count int
}

// Entry is one item of a shelf.
type Entry struct {
	Shelf  string
	Code   string
	Parent string // code of the entry above it; may be empty
	Title  string
	Text   string
	Facets map[string][]string
	Notes  []Note
	Steps  []Step
	Source string
}

// Note is a labelled list under an entry, such as "Use when".
type Note struct {
	Label string   `json:"label"`
	Items []string `json:"items"`
}

// Step is one step, or one domain, of a framework, in its order. Stage is the
// code of one of the four stages, where SIR offers it there.
type Step struct {
	Title string `json:"title"`
	Text  string `json:"text,omitempty"`
	Stage string `json:"stage,omitempty"`
}

// Link says that entries of a shelf bear on others of the same shelf.
type Link struct {
	Code   string
	From   []string
	To     []string
	Effect string
	Text   string
	Source string
}

// Choice is what a reader filters a shelf by: one value a facet, all of which
// must hold.
type Choice map[string]string

// fits tells whether the entry has every chosen value.
func (c Choice) fits(e Entry) bool {
	for facet, value := range c {
		if value != "" && !slices.Contains(e.Facets[facet], value) {
			return false
		}
	}
	return true
}

// countValues answers the values of a facet over the entries, in the order in
// which they first occur, which is the order of the source.
func countValues(key string, entries []Entry) []FacetValue {
	var values []FacetValue
	place := map[string]int{}
	for _, e := range entries {
		for _, v := range e.Facets[key] {
			i, seen := place[v]
			if !seen {
				i = len(values)
				place[v] = i
				values = append(values, FacetValue{Value: v})
			}
			values[i].Count++
		}
	}
	return values
}

// Oddities is the shelf of places where the report disagrees with itself. Its
// facet "page" says which page shows each.
const Oddities = "oddities"
