package home

import (
	"fmt"
	"slices"

	area "sir/internal/reference"
	"sir/internal/term"
	"sir/internal/web/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// sharePage is the shelves that hold what was learnt.
type sharePage struct {
	Parts []sharePart
}

// sharePart is one shelf: its kinds of entries with their number, and the
// entries of some kinds in full.
type sharePart struct {
	Shelf ui.Link
	About string
	Kinds []ui.Link
	Lists []shareList
}

type shareList struct {
	Heading string
	Entries []area.Entry
}

// fullKind is a kind of entries that is shown in full, under a heading.
type fullKind struct{ kind, heading string }

// shared are the shelves of this step, the facet that tells their kinds of
// entries apart, and the kinds that are short enough to be shown in full.
var shared = []struct {
	shelf, facet string
	inFull       []fullKind
}{
	{"conclusions", "kind", []fullKind{
		{"Synthesised conclusion", "Conclusions drawn from all study questions"},
		{"Research question", "Questions that are still open"},
	}},
	{"reflections", "kind", nil},
	{area.Oddities, "page", nil},
}

func (p pages) showShare(r *shell.Request) error {
	all, err := p.shelves.Shelves(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	var view sharePage
	for _, s := range shared {
		if len(pick(all, []string{s.shelf})) == 0 {
			continue
		}
		shelf, err := p.shelves.Browse(r.Context(), r.Actor, s.shelf, nil)
		if err != nil {
			return err
		}
		view.Parts = append(view.Parts, partOf(shelf, s.facet, s.inFull))
	}
	return r.Render(ui.Page{
		Title:       "Share",
		Lede:        "What was learnt about spread: conclusions, open questions, what worked and what did not.",
		Breadcrumbs: []ui.Link{start},
		Flow: ui.Flow{
			From: []ui.Link{{Text: "Explain: what goes with success", Href: ui.ExplainPath}, {Text: "The report: " + reference.ReportTitle}},
			To:   []ui.Link{{Text: "Plan: the next rollout", Href: ui.PlanPath}},
		},
	}, view.content())
}

// partOf sums a shelf up by the values of a facet.
func partOf(view area.View, facet string, inFull []fullKind) sharePart {
	part := sharePart{
		Shelf: ui.Link{Text: view.Shelf.Title, Href: reference.ShelfPath(view.Shelf.Code, nil)},
		About: reference.FirstSentence(view.Shelf.Introduction),
	}
	for _, kind := range valuesOf(view.Shelf, facet) {
		part.Kinds = append(part.Kinds, ui.Link{
			Text: fmt.Sprintf("%s (%d)", term.Sentence(kind.Value), kind.Count),
			Href: reference.ShelfPath(view.Shelf.Code, area.Choice{facet: kind.Value}),
		})
	}
	for _, full := range inFull {
		list := shareList{Heading: full.heading}
		for _, e := range view.Entries {
			if slices.Contains(e.Facets[facet], full.kind) {
				list.Entries = append(list.Entries, e)
			}
		}
		if len(list.Entries) > 0 {
			part.Lists = append(part.Lists, list)
		}
	}
	return part
}

func valuesOf(shelf area.Shelf, facet string) []area.FacetValue {
	for _, f := range shelf.Facets {
		if f.Key == facet {
			return f.Values
		}
	}
	return nil
}
