package reference

import (
	"fmt"

	"sir/internal/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// shelfPage is one shelf, narrowed to what the reader chose.
type shelfPage struct {
	Title    string
	Path     string // of the whole shelf
	Filters  []ui.Select
	Chosen   string // what is chosen, in words; empty for the whole shelf
	Found    string
	Groups   []group
	Bearings []bearing
	Download ui.Link
}

func (p pages) showShelf(r *shell.Request) error {
	choice, err := choiceOf(r)
	if err != nil {
		return err
	}
	view, err := p.shelves.Browse(r.Context(), r.Actor, r.PathValue("shelf"), choice)
	if err != nil {
		return err
	}
	all, err := p.wholeShelf(r, view)
	if err != nil {
		return err
	}
	return r.Render(ui.Page{
		Title:       view.Shelf.Title,
		Breadcrumbs: []ui.Link{start, shelves},
		Flow:        flow(view.Shelf.Code, fromReport),
	}, shelfPageOf(view, all).content(view.Shelf.Introduction))
}

// wholeShelf answers all entries of the shelf by code. They are read again only
// where an entry fits and the one above it, which heads it, does not.
func (p pages) wholeShelf(r *shell.Request, view reference.View) (map[string]reference.Entry, error) {
	all := byCode(view.Entries)
	for _, e := range view.Entries {
		if _, ok := all[e.Parent]; e.Parent != "" && !ok {
			whole, err := p.shelves.Browse(r.Context(), r.Actor, view.Shelf.Code, nil)
			return byCode(whole.Entries), err
		}
	}
	return all, nil
}

func byCode(entries []reference.Entry) map[string]reference.Entry {
	codes := make(map[string]reference.Entry, len(entries))
	for _, e := range entries {
		codes[e.Code] = e
	}
	return codes
}

func shelfPageOf(view reference.View, all map[string]reference.Entry) shelfPage {
	page := shelfPage{
		Title:    view.Shelf.Title,
		Path:     ShelfPath(view.Shelf.Code, nil),
		Filters:  filtersOf(view.Shelf, view.Choice),
		Chosen:   inWords(view.Shelf, view.Choice),
		Found:    found(len(view.Entries), view.Shelf.Count),
		Groups:   groupEntries(view.Shelf, view.Entries, all),
		Download: ui.Link{Text: "Download these entries (CSV)", Href: csvPath(view.Shelf.Code, view.Choice)},
	}
	if page.Chosen == "" {
		page.Bearings = bearingsOf(view.Links, all)
	}
	return page
}

// found says how many entries fit: "93 entries", or "12 of 93 entries".
func found(fitting, all int) string {
	entries := "entries"
	if all == 1 {
		entries = "entry"
	}
	if fitting == all {
		return fmt.Sprintf("%d %s", all, entries)
	}
	return fmt.Sprintf("%d of %d %s", fitting, all, entries)
}

// clear is the address of the whole shelf where it is filtered, for the form's
// way back.
func (p shelfPage) clear() string {
	if p.Chosen == "" {
		return ""
	}
	return p.Path
}
