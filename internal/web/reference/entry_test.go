package reference

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"sir/internal/term"
)

func TestEveryEntryHasAPage(t *testing.T) {
	visitor := evaluator(t)
	for _, shelf := range known(t).Shelves {
		for _, e := range shelf.Entries {
			page := visitor.Page(EntryPath(shelf.Key, e.Code))
			page.Check()
			main := page.Main()
			if !strings.Contains(main, "Source "+term.Sentence(Cite(e.Source))) {
				t.Errorf("%s %s does not give its source %q", shelf.Key, e.Code, e.Source)
			}
			for _, n := range e.Notes {
				for _, item := range n.Items {
					if !strings.Contains(main, item) {
						t.Errorf("%s %s does not show %q", shelf.Key, e.Code, item)
					}
				}
			}
		}
	}
}

func TestAFrameworkShowsItsStepsInOrderWithTheirStages(t *testing.T) {
	page := evaluator(t).Page("/shelves/frameworks/FW1")
	var steps []string
	for _, e := range shelfOf(t, "frameworks").Entries {
		if e.Code == "FW1" {
			for _, s := range e.Steps {
				steps = append(steps, s.Title)
			}
		}
	}
	if len(page.All("ol")) < 2 { // the breadcrumbs are the other one
		t.Fatal("the steps are no ordered list")
	}
	if got := page.Texts("strong"); !slices.Equal(got[len(got)-len(steps):], steps) {
		t.Errorf("the steps are %q, want %q", got, steps)
	}
	if got := page.Href("Sustaining"); got != "/shelves/stages/SUS" {
		t.Errorf("the last step's stage leads to %q", got)
	}
}

func TestAnEntryLeadsToItsNeighbours(t *testing.T) {
	visitor := evaluator(t)
	for _, c := range []struct{ name, address, link, want string }{
		{"to its shelf", "/shelves/activities/A1.1", "Types of activity", "/shelves/activities"},
		{"to its parent", "/shelves/activities/A1.1", "Planning and preparation", "/shelves/activities/A1"},
		{"to a child", "/shelves/frameworks/FW8", "Model for Improvement", "/shelves/frameworks/FW8.1"},
		{"to what it bears on", "/shelves/factors/S1", "Headspace and capacity", "/shelves/factors/S4"},
		{"to what bears on it", "/shelves/factors/S4", "Understanding of the benefit", "/shelves/factors/S1"},
		{"to those that share a value", "/shelves/factors/S4", "Site staff", "/shelves/factors?group=Site+staff"},
		{"to where it is used", "/shelves/factors/S4", "Explain across rollouts", "/explain"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := visitor.Page(c.address).Href(c.link); got != c.want {
				t.Errorf("%q leads to %q, want %q", c.link, got, c.want)
			}
		})
	}
}

func TestFactorsSayHowTheyBearOnOthers(t *testing.T) {
	rows := evaluator(t).Page("/shelves/factors/S1").Rows("How these bear on each other")
	if len(rows) != 1 || rows[0][1] != "offsets" {
		t.Errorf("the factor's links are %q, want the one that it is part of", rows)
	}
}

func TestAnEntryGoneMissingIsNotFound(t *testing.T) {
	if answer := evaluator(t).Get("/shelves/stages/%3Cscript%3E"); answer.Status != http.StatusNotFound || strings.Contains(answer.Body, "<script>") {
		t.Errorf("answers %d", answer.Status)
	}
}
