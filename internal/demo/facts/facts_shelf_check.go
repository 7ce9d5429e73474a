package facts

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

const maxTitle = 70 // characters: a title must fit one line of a list

func (s Shelf) check() error {
	if s.Title == "" || s.Introduction == "" || len(s.Entries) == 0 {
		return errors.New("needs a title, an introduction and entries")
	}
	codes := make(map[string]bool, len(s.Entries))
	for i, e := range s.Entries {
		if err := s.checkEntry(e, codes); err != nil {
			return fmt.Errorf("entry %d (%s): %w", i+1, e.Code, err)
		}
		codes[e.Code] = true
	}
	for _, f := range s.Facets {
		used := slices.ContainsFunc(s.Entries, func(e Entry) bool { return len(e.Facets[f.Key]) > 0 })
		if f.Key == "" || f.Label == "" || !used {
			return fmt.Errorf("facet %q needs a key, a label and an entry that uses it", f.Key)
		}
	}
	for i, l := range s.Links {
		if err := l.check(codes); err != nil {
			return fmt.Errorf("link %d (%s): %w", i+1, l.Code, err)
		}
	}
	return nil
}

// checkEntry holds an entry against the shelf's facets and the codes before it.
func (s Shelf) checkEntry(e Entry, before map[string]bool) error {
	switch {
	case e.Code == "" || before[e.Code]:
		return errors.New("the code is empty or taken")
	case e.Parent != "" && !before[e.Parent]:
		return fmt.Errorf("parent %q is not an entry before it", e.Parent)
	case e.Title == "" || utf8.RuneCountInString(e.Title) > maxTitle:
		return fmt.Errorf("the title has %d characters, want 1 to %d", utf8.RuneCountInString(e.Title), maxTitle)
	case e.Text == "":
		return errors.New("the text is empty")
	}
	if err := checkSource(e.Source); err != nil {
		return fmt.Errorf("source %w", err)
	}
	for key, values := range e.Facets {
		if !slices.ContainsFunc(s.Facets, func(f Facet) bool { return f.Key == key }) {
			return fmt.Errorf("facet %q is not declared", key)
		}
		if len(values) == 0 || hasBlank(values) {
			return fmt.Errorf("facet %q has no value or an empty one", key)
		}
	}
	for _, n := range e.Notes {
		if n.Label == "" || len(n.Items) == 0 || hasBlank(n.Items) {
			return fmt.Errorf("note %q needs a label and items that are not empty", n.Label)
		}
	}
	for i, st := range e.Steps {
		if st.Title == "" {
			return fmt.Errorf("step %d has no title", i+1)
		}
	}
	return nil
}

func (l Link) check(codes map[string]bool) error {
	if l.Code == "" || l.Effect == "" || l.Text == "" || len(l.From) == 0 || len(l.To) == 0 {
		return errors.New("needs a code, an effect, a text, and entries on both sides")
	}
	for _, code := range slices.Concat(l.From, l.To) {
		if !codes[code] {
			return fmt.Errorf("%q is not an entry", code)
		}
	}
	if err := checkSource(l.Source); err != nil {
		return fmt.Errorf("source %w", err)
	}
	return nil
}

func hasBlank(values []string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return strings.TrimSpace(v) == "" })
}

// checkStepStages holds the stage of every step against the top entries of the
// stages shelf.
func checkStepStages(shelves []Shelf) error {
	stages := map[string]bool{"": true}
	for _, s := range shelves {
		if s.Key == "stages" {
			for _, e := range s.Children("") {
				stages[e.Code] = true
			}
		}
	}
	for _, s := range shelves {
		for _, e := range s.Entries {
			for i, st := range e.Steps {
				if !stages[st.Stage] {
					return fmt.Errorf("shelves/%s.json: entry %s step %d: %q is not a stage", s.Key, e.Code, i+1, st.Stage)
				}
			}
		}
	}
	return nil
}
