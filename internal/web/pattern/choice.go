package pattern

import (
	"net/url"
	"slices"
	"strings"

	area "sir/internal/pattern"
	"sir/internal/web/ui"
)

// conditionsField is the name of the boxes to tick.
const conditionsField = "conditions"

// conditionsOf reads the names of conditions from an address: boxes ticked, or
// lists with commas.
func conditionsOf(query url.Values) []string {
	var names []string
	for _, value := range query[conditionsField] {
		for name := range strings.SplitSeq(value, ",") {
			if name = strings.TrimSpace(name); name != "" {
				names = append(names, name)
			}
		}
	}
	return names
}

// conditionBoxes are the boxes of all conditions of a set, some of them ticked.
func conditionBoxes(t area.CaseTable, legend, hint string, chosen []string, errors ui.FieldErrors) ui.Checkboxes {
	boxes := ui.Checkboxes{
		Name: conditionsField, Legend: legend, LegendSize: ui.SizeS, Hint: hint, Values: chosen, Small: true,
		Error: errors.For(conditionsField),
	}
	for _, c := range t.Conditions {
		boxes.Options = append(boxes.Options, ui.Option{Value: c.Name, Text: c.Name + ": " + lowerFirst(c.Label) + " (" + string(c.Fate) + ")"})
	}
	return boxes
}

// asKept tells whether the conditions are those that the authors kept.
func asKept(t area.CaseTable, chosen []string) bool { return slices.Equal(chosen, t.KeptNames()) }

// chosenWords names the conditions of an analysis, and whose choice they are.
func chosenWords(t area.CaseTable, chosen []string) string {
	switch {
	case asKept(t, chosen):
		return "The " + count(len(chosen), "condition", "conditions") + " that the authors kept: " + and(chosen) + "."
	case len(chosen) == len(t.Conditions):
		return "All " + count(len(chosen), "condition", "conditions") + " of the set."
	default:
		return count(len(chosen), "condition", "conditions") + " chosen: " + and(chosen) + "."
	}
}
