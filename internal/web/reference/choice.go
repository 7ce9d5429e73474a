package reference

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"sir/internal/fault"
	"sir/internal/reference"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// maxValue bounds a filter's name and value, in characters, and maxFilters how
// many filters an address may hold: more than any shelf has.
const (
	maxValue   = 120
	maxFilters = 16
)

// choiceOf reads what the address asks a shelf to be filtered by. Whether the
// shelf has such a facet and value is for the service to say.
func choiceOf(r *shell.Request) (reference.Choice, error) {
	asked := r.URL.Query()
	wrong := fault.Invalid("The shelf cannot be filtered in the way this address asks. Open the shelf and choose from the lists on its page.")
	if len(asked) > maxFilters {
		return nil, wrong
	}
	choice := reference.Choice{}
	for facet := range asked {
		value, err := r.Choice(facet)
		if err != nil {
			return nil, err
		}
		if !isFacetKey(facet) || utf8.RuneCountInString(value) > maxValue {
			return nil, wrong
		}
		choice[facet] = value
	}
	return choice, nil
}

// isFacetKey keeps text that could not be the key of a facet out of messages.
func isFacetKey(text string) bool {
	return text != "" && len(text) <= maxValue && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789_-") == ""
}

// filtersOf are the lists to choose from, each with how many entries of the
// whole shelf have a value.
func filtersOf(shelf reference.Shelf, choice reference.Choice) []ui.Select {
	var filters []ui.Select
	for _, facet := range shelf.Facets {
		if len(facet.Values) == 0 {
			continue
		}
		options := []ui.SelectOption{{Text: "Any"}}
		for _, v := range facet.Values {
			options = append(options, ui.SelectOption{Value: v.Value, Text: fmt.Sprintf("%s (%d)", term.Sentence(v.Value), v.Count)})
		}
		filters = append(filters, ui.Select{
			Name: facet.Key, ID: "facet-" + facet.Key, Label: facet.Label, Options: options, Value: choice[facet.Key],
		})
	}
	return filters
}

// inWords says what is chosen, in the order of the facets: "Level: Innovation
// and Group: Fit". It is empty when nothing is.
func inWords(shelf reference.Shelf, choice reference.Choice) string {
	var chosen []string
	for _, facet := range shelf.Facets {
		if value := choice[facet.Key]; value != "" {
			chosen = append(chosen, facet.Label+": "+value)
		}
	}
	return and(chosen)
}
