package reference

import (
	"sir/internal/reference"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// entryPage is one entry of a shelf with all that stands beside it.
type entryPage struct {
	Text     string
	Facts    []fact
	Advice   []ui.DoDontList
	Notes    []reference.Note // those that are no advice
	Steps    []step
	Children []reference.Entry
	Bearings []bearing
}

// fact is a line about the entry: what it is part of, a facet, its source.
type fact struct {
	Key   string
	Links []ui.Link
}

// step is one step of a framework. Stage, where set, leads to the stage in
// which SIR offers it.
type step struct {
	Title, Text string
	Stage       ui.Link
}

func (p pages) showEntry(r *shell.Request) error {
	view, err := p.shelves.Entry(r.Context(), r.Actor, r.PathValue("shelf"), r.PathValue("code"))
	if err != nil {
		return err
	}
	stages, err := p.stagesOf(r, view.Entry.Steps)
	if err != nil {
		return err
	}
	return r.Render(ui.Page{
		Title:       view.Entry.Title,
		Caption:     view.Shelf.Title + ", " + view.Entry.Code,
		Breadcrumbs: []ui.Link{start, shelves, {Text: view.Shelf.Title, Href: ShelfPath(view.Shelf.Code, nil)}},
		Flow:        flow(view.Shelf.Code, Origins(view.Entry.Source)...),
	}, entryPageOf(view, stages).content())
}

const stagesShelf = "stages"

// stagesOf answers the entries of the stages shelf by code, where a step names
// a stage. Without that shelf the steps stand without their stages.
func (p pages) stagesOf(r *shell.Request, steps []reference.Step) (map[string]reference.Entry, error) {
	for _, s := range steps {
		if s.Stage != "" {
			return p.shelves.Titles(r.Context(), r.Actor, stagesShelf)
		}
	}
	return nil, nil
}

func entryPageOf(view reference.EntryView, stages map[string]reference.Entry) entryPage {
	page := entryPage{
		Text: view.Entry.Text, Facts: factsOf(view), Advice: adviceOf(view.Entry.Notes, 3),
		Children: view.Children, Bearings: bearingsOf(view.Links, view.Linked),
	}
	for _, n := range view.Entry.Notes {
		if _, ok := adviceKinds[n.Label]; !ok {
			page.Notes = append(page.Notes, n)
		}
	}
	for _, s := range view.Entry.Steps {
		one := step{Title: s.Title, Text: s.Text}
		if stage, ok := stages[s.Stage]; ok {
			one.Stage = entryLink(stage)
		}
		page.Steps = append(page.Steps, one)
	}
	return page
}

// factsOf lists what the entry is part of, its facets and its source. A facet
// leads to all entries that share its value.
func factsOf(view reference.EntryView) []fact {
	var facts []fact
	if view.Parent != nil {
		facts = append(facts, fact{"Part of", []ui.Link{entryLink(*view.Parent)}})
	}
	for _, f := range view.Shelf.Facets {
		one := fact{Key: f.Label}
		for _, value := range view.Entry.Facets[f.Key] {
			one.Links = append(one.Links, ui.Link{Text: value, Href: ShelfPath(view.Shelf.Code, reference.Choice{f.Key: value})})
		}
		if len(one.Links) > 0 {
			facts = append(facts, one)
		}
	}
	return append(facts, fact{"Source", []ui.Link{{Text: term.Sentence(Cite(view.Entry.Source))}}})
}

// summary shows the facts as pairs.
func (p entryPage) summary() ui.SummaryList {
	var list ui.SummaryList
	for _, f := range p.Facts {
		list.Rows = append(list.Rows, ui.SummaryRow{Key: f.Key, Content: linkLines(f.Links)})
	}
	return list
}
