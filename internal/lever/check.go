package lever

import (
	"slices"
	"strings"
	"time"

	"sir/internal/fault"
	"sir/internal/policy"
)

// The most characters that a line and a text may have.
const (
	longestLine = 120
	longestText = 2000
)

// chosen notes a choice that is none of those offered.
func chosen[T comparable](wrong *fault.Fields, name, missing string, choice T, all []T) {
	if !slices.Contains(all, choice) {
		wrong.Add(name, "%s", missing)
	}
}

func checkDay(wrong *fault.Fields, name, missing, day string) {
	if !isDay(day) {
		wrong.Add(name, "%s", missing)
	}
}

func isDay(text string) bool {
	day, err := time.Parse(time.DateOnly, text)
	return err == nil && day.Year() >= 1940 && day.Year() < 2200
}

// signature names who did something, with their roles.
func signature(actor policy.Actor) string {
	var words []string
	for _, role := range actor.Roles() {
		words = append(words, string(role))
	}
	if len(words) == 0 {
		return actor.Name
	}
	return actor.Name + " (" + strings.Join(words, ", ") + ")"
}
