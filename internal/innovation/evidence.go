package innovation

import (
	"slices"
	"strings"
	"time"

	"sir/internal/fault"
	"sir/internal/freetext"
)

// Evidence is one thing known about an innovation, from one source.
type Evidence struct {
	ID           string
	InnovationID string
	Number       int    // within the innovation, from 1; lines of narratives refer to it
	Kind         string // of EvidenceKinds
	Title        string
	Source       string // where it can be read
	Scope        string // of Scopes
	DatedOn      string // ISO date of the source
	Place        string // where it was seen; empty where that does not apply
	Quality      string // of Qualities
	Supports     string // what it supports, in words
	ReviewBy     string // ISO date on which somebody looks whether it still holds
	RemovedOn    string // ISO date; empty while it stands
	Version      int64
}

// The words that an evidence item chooses from.
var (
	EvidenceKinds = []string{"clinical", "cost", "implementation", "real-world", "patient"}
	Scopes        = []string{"one site", "several sites", "one region", "national", "international"}
	Qualities     = []string{"high", "moderate", "low", "very low", "not judged"}
)

// Overdue tells whether nobody looked at it again by the day.
func (e Evidence) Overdue(today string) bool { return e.RemovedOn == "" && e.ReviewBy < today }

// described is the item with what people write taken from another.
func (e Evidence) described(by Evidence) Evidence {
	by.ID, by.InnovationID, by.Number, by.RemovedOn, by.Version = e.ID, e.InnovationID, e.Number, e.RemovedOn, e.Version
	by.Title, by.Source, by.Place = freetext.OneLine(by.Title), freetext.OneLine(by.Source), freetext.OneLine(by.Place)
	by.Supports = strings.TrimSpace(by.Supports)
	return by
}

// faults lists what is wrong with what people wrote, by field of the form.
func (e Evidence) faults(today string) (wrong fault.Fields) {
	chosen(&wrong, "kind", "Choose the type of evidence.", e.Kind, EvidenceKinds)
	freetext.Required(&wrong, "title", "Say what was found, in a line.", e.Title, longestLine)
	freetext.Required(&wrong, "source", "Say where it can be read, such as a report or a web address.", e.Source, longestLine)
	chosen(&wrong, "scope", "Choose how wide it looked.", e.Scope, Scopes)
	switch {
	case !isDate(e.DatedOn):
		wrong.Add("dated-on", "Enter the date of the source, such as 31 3 2025.")
	case e.DatedOn > today:
		wrong.Add("dated-on", "The source cannot be dated after today.")
	}
	freetext.Optional(&wrong, "place", e.Place, longestLine)
	chosen(&wrong, "quality", "Choose how far it can be trusted.", e.Quality, Qualities)
	freetext.Required(&wrong, "supports", "Say what it supports.", e.Supports, longestText)
	switch {
	case !isDate(e.ReviewBy):
		wrong.Add("review-by", "Enter the day by which to look at it again, such as 31 3 2028.")
	case isDate(e.DatedOn) && e.ReviewBy <= e.DatedOn:
		wrong.Add("review-by", "The day of the review must come after the date of the source.")
	}
	return wrong
}

func isDate(text string) bool {
	day, err := time.Parse(time.DateOnly, text)
	return err == nil && day.Year() >= 1950 && day.Year() < 2200
}

// EvidenceGaps are the types of which there is no standing item.
func EvidenceGaps(items []Evidence) (gaps []string) {
	for _, kind := range EvidenceKinds {
		if !slices.ContainsFunc(items, func(e Evidence) bool { return e.Kind == kind && e.RemovedOn == "" }) {
			gaps = append(gaps, kind)
		}
	}
	return gaps
}
