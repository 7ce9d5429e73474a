package reference_test

import (
	"testing"
	"time"

	"sir/internal/db"
	"sir/internal/policy"
	"sir/internal/reference"
	"sir/internal/usecase"
)

// reader is signed in without any role: the shelves are open to everybody.
var reader = policy.Actor{ID: "r", Name: "Reader"}

func serviceOn(d *db.DB) *reference.Service {
	return reference.New(&usecase.Desk{DB: d, Now: func() time.Time { return time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC) }})
}

// tools is a made-up shelf with everything an entry can have; the order of its
// entries is neither that of their codes nor of their titles.
func tools() (reference.Shelf, []reference.Entry, []reference.Link) {
	shelf := reference.Shelf{
		Code: "tools", Title: "Tools", Introduction: "Made-up tools.",
		Facets: []reference.Facet{{Key: "size", Label: "Size"}, {Key: "use", Label: "Used for"}},
	}
	entries := []reference.Entry{
		{
			Code: "T9", Title: "Hammer", Text: "Drives 100% of nails.", Source: "test 1",
			Facets: map[string][]string{"size": {"large"}, "use": {"wood", "stone"}},
			Notes:  []reference.Note{{Label: "Use when", Items: []string{"there is a nail", "naïvely"}}},
			Steps:  []reference.Step{{Title: "Lift", Text: "the arm", Stage: "pre"}, {Title: "Fall"}},
		},
		{Code: "T2", Parent: "T9", Title: "Claw_hammer", Text: `Pulls nails \ out.`, Source: "test 2", Facets: map[string][]string{"size": {"small"}, "use": {"wood"}}},
		{Code: "T10", Parent: "T9", Title: "Mallet", Text: "ÜBER soft", Source: "test 3", Facets: map[string][]string{"size": {"large"}}},
		{Code: "T1", Title: "Saw", Text: "Cuts.", Source: "test 4", Facets: map[string][]string{"use": {"wood"}}},
	}
	links := []reference.Link{
		{Code: "L2", From: []string{"T1"}, To: []string{"T10"}, Effect: "dulls", Text: "A saw cuts a mallet.", Source: "test 5"},
		{Code: "L1", From: []string{"T1", "T2"}, To: []string{"T9"}, Effect: "helps", Text: "Both help.", Source: "test 6"},
	}
	return shelf, entries, links
}

// fill puts the tools behind another shelf, whose entries have codes of the
// same spelling.
func fill(t testing.TB, d *db.DB) {
	t.Helper()
	shelf, entries, links := tools()
	if err := reference.Insert(t.Context(), d, 2, shelf, entries, links); err != nil {
		t.Fatal(err)
	}
	other := reference.Shelf{Code: "words", Title: "Words", Facets: []reference.Facet{{Key: "size", Label: "Length"}}}
	words := []reference.Entry{
		{Code: "T1", Title: "Hammering on", Text: "A phrase.", Source: "test 7", Facets: map[string][]string{"size": {"long"}}},
	}
	if err := reference.Insert(t.Context(), d, 1, other, words, nil); err != nil {
		t.Fatal(err)
	}
}

func codes(entries []reference.Entry) (list []string) {
	for _, e := range entries {
		list = append(list, e.Shelf+"/"+e.Code)
	}
	return list
}
