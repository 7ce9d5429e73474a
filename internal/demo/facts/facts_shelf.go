package facts

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// Shelf is a browsable collection of entries, such as the stages or the factors.
type Shelf struct {
	Key          string // also the name of its file and of its page
	Title        string
	Introduction string
	Facets       []Facet // what its entries can be filtered by
	Entries      []Entry // a parent before its children
	Links        []Link  // relations between entries; most shelves have none
}

// Facet is one thing to filter a shelf by.
type Facet struct {
	Key   string `json:"key"`
	Label string `json:"label"`
}

// Entry is one item of a shelf.
type Entry struct {
	Code   string              `json:"code"`   // unique in its shelf, such as "PRE-01"
	Parent string              `json:"parent"` // code of an entry of the same shelf, or empty
	Title  string              `json:"title"`  // at most 70 characters
	Text   string              `json:"text"`
	Facets map[string][]string `json:"facets"` // facet key to readable values
	Notes  []Note              `json:"notes"`
	Steps  []Step              `json:"steps"`
	Source string              `json:"source"`
}

// Note is a labelled list under an entry, such as "Use when".
type Note struct {
	Label string   `json:"label"`
	Items []string `json:"items"`
}

// Step is one step, or one domain, of a framework, in its order.
type Step struct {
	Title string `json:"title"`
	Text  string `json:"text"`  // may be empty where the title says it all
	Stage string `json:"stage"` // code of a stage (PRE, PLN, ADP, SUS) where SIR offers it; may be empty
}

// Link says that entries of a shelf bear on others of the same shelf.
type Link struct {
	Code   string   `json:"code"`
	From   []string `json:"from"` // entry codes
	To     []string `json:"to"`   // entry codes
	Effect string   `json:"effect"`
	Text   string   `json:"text"`
	Source string   `json:"source"`
}

// shelfKeys are the shelves in the order of their pages.
var shelfKeys = []string{"stages", "activities", "approaches", "frameworks", "factors", "levers", "principles", "roles", "reflections", "conclusions"}

// Entry returns the entry with the given code.
func (s Shelf) Entry(code string) (Entry, bool) {
	for _, e := range s.Entries {
		if e.Code == code {
			return e, true
		}
	}
	return Entry{}, false
}

// Children returns the entries under a parent, or the top entries for "".
func (s Shelf) Children(parent string) []Entry {
	var under []Entry
	for _, e := range s.Entries {
		if e.Parent == parent {
			under = append(under, e)
		}
	}
	return under
}

func (s Shelf) codes() map[string]bool {
	codes := make(map[string]bool, len(s.Entries))
	for _, e := range s.Entries {
		codes[e.Code] = true
	}
	return codes
}

func readShelves(fsys fs.FS) ([]Shelf, error) {
	shelves := make([]Shelf, 0, len(shelfKeys))
	for _, key := range shelfKeys {
		s, err := readShelf(fsys, key)
		if err != nil {
			return nil, fmt.Errorf("shelves/%s.json: %w", key, err)
		}
		shelves = append(shelves, s)
	}
	return shelves, checkStepStages(shelves)
}

// shelfFile is a shelf before its entries are read, which happens one by one so
// that a fault can name its entry.
type shelfFile struct {
	Shelf        string            `json:"shelf"`
	Title        string            `json:"title"`
	Introduction string            `json:"introduction"`
	Facets       []Facet           `json:"facets"`
	Entries      []json.RawMessage `json:"entries"`
	Links        []json.RawMessage `json:"links"`
}

func readShelf(fsys fs.FS, key string) (Shelf, error) {
	data, err := fs.ReadFile(fsys, "shelves/"+key+".json")
	if err != nil {
		return Shelf{}, err
	}
	var f shelfFile
	if err := decode(data, &f); err != nil {
		return Shelf{}, err
	}
	if f.Shelf != key {
		return Shelf{}, fmt.Errorf("shelf is %q, want %q like its file", f.Shelf, key)
	}
	s := Shelf{Key: key, Title: f.Title, Introduction: f.Introduction, Facets: f.Facets}
	for i, raw := range f.Entries {
		var e Entry
		if err := decode(raw, &e); err != nil {
			return Shelf{}, fmt.Errorf("entry %d (after %s): %w", i+1, s.lastCode(), err)
		}
		s.Entries = append(s.Entries, e)
	}
	for i, raw := range f.Links {
		var l Link
		if err := decode(raw, &l); err != nil {
			return Shelf{}, fmt.Errorf("link %d: %w", i+1, err)
		}
		s.Links = append(s.Links, l)
	}
	return s, s.check()
}

func (s Shelf) lastCode() string {
	if len(s.Entries) == 0 {
		return "none"
	}
	return s.Entries[len(s.Entries)-1].Code
}

// decode reads one JSON value and refuses unknown fields and anything after it.
func decode(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("line %d: %w", 1+bytes.Count(data[:syntax.Offset], []byte("\n")), err)
	}
	if err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("has more than one JSON value")
	}
	return nil
}
