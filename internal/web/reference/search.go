package reference

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode"

	"sir/internal/fault"
	"sir/internal/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// maxHits is how many entries a search shows.
const maxHits = 60

// searchPage is what was found.
type searchPage struct {
	Query   string // empty before anything was searched for
	Summary string
	Names   []nameHits
	Shelves []shelfHits
}

// nameHits are members or programmes whose name was found.
type nameHits struct {
	Heading string
	Hits    []hit
}

// shelfHits are the entries found on one shelf.
type shelfHits struct {
	Shelf ui.Link
	Hits  []hit
}

// hit is one thing found, with the words marked. Detail is the first line under
// its text that holds a word which neither title nor text does.
type hit struct {
	Href   string
	Title  []run
	Text   []run
	Detail []run
}

func (p pages) search(r *shell.Request) error {
	query, err := r.Choice("q")
	if err != nil {
		return p.renderWrong(r, err)
	}
	query = withoutMarks(query)
	entries, err := p.shelves.Search(r.Context(), r.Actor, query, maxHits+1)
	if errors.Is(err, fault.ErrInvalid) {
		return p.renderWrong(r, err)
	}
	if err != nil {
		return err
	}
	view := searchPage{Query: query}
	if query == "" {
		return p.renderFound(r, view)
	}
	words := queryWords(query)
	if view.Names, err = p.findNames(r, words); err != nil {
		return err
	}
	titles, err := p.shelfTitles(r)
	if err != nil {
		return err
	}
	view.Summary = summarise(len(entries), view.Names)
	view.Shelves = byShelf(entries[:min(len(entries), maxHits)], titles, words)
	return p.renderFound(r, view)
}

func (p pages) renderFound(r *shell.Request, view searchPage) error {
	title := "Search"
	if view.Query != "" {
		title = fmt.Sprintf("Search for “%s”", view.Query)
	}
	return r.Render(ui.Page{
		Title: title, Query: view.Query, Breadcrumbs: []ui.Link{start},
		Flow: ui.Flow{From: []ui.Link{shelves, {Text: "Members", Href: "/members"}, {Text: "Programmes", Href: ui.MeasurePath}}},
	}, view.content())
}

// withoutMarks leaves out the invisible marks that turn the direction of text
// round. They come along with pasted text, match nothing, and would turn the
// page's heading round.
func withoutMarks(query string) string {
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Bidi_Control, c) {
			return -1
		}
		return c
	}, query))
}

// renderWrong shows the page again with what was wrong with the query, which is
// not repeated: it may be long, or hold what cannot be shown.
func (p pages) renderWrong(r *shell.Request, wrong error) error {
	_, message := shell.Status(wrong)
	return r.RenderStatus(http.StatusUnprocessableEntity, ui.Page{
		Title: "Search", Breadcrumbs: []ui.Link{start},
		Errors: ui.FieldErrors{{Field: "search-field", Message: message}},
	}, searchPage{}.content())
}

func (p pages) shelfTitles(r *shell.Request) (map[string]string, error) {
	all, err := p.shelves.Shelves(r.Context(), r.Actor)
	titles := make(map[string]string, len(all))
	for _, s := range all {
		titles[s.Code] = s.Title
	}
	return titles, err
}

// byShelf puts entries, which come in the order of the shelves, under theirs.
func byShelf(entries []reference.Entry, titles map[string]string, words []string) []shelfHits {
	var found []shelfHits
	for i, e := range entries {
		if i == 0 || entries[i-1].Shelf != e.Shelf {
			found = append(found, shelfHits{Shelf: ui.Link{Text: titles[e.Shelf], Href: ShelfPath(e.Shelf, nil)}})
		}
		last := &found[len(found)-1]
		last.Hits = append(last.Hits, hitOf(e, words))
	}
	return found
}

func hitOf(e reference.Entry, words []string) hit {
	return hit{
		Href: EntryPath(e.Shelf, e.Code), Title: mark(e.Title, words), Text: mark(e.Text, words),
		Detail: mark(detail(e, words), words),
	}
}

// detail answers the first note or step that explains why the entry was found,
// where its title and text do not.
func detail(e reference.Entry, words []string) string {
	if holdsAll(e.Title+"\n"+e.Text, words) {
		return ""
	}
	for _, n := range e.Notes {
		for _, item := range n.Items {
			if holdsAny(item, words) {
				return n.Label + ": " + item
			}
		}
	}
	for _, s := range e.Steps {
		if holdsAny(s.Title, words) {
			return "Step: " + s.Title
		}
		if holdsAny(s.Text, words) {
			return "Step: " + s.Title + ". " + s.Text
		}
	}
	return ""
}

// summarise says how much was found, and where it stops.
func summarise(entries int, names []nameHits) string {
	named := 0
	for _, n := range names {
		named += len(n.Hits)
	}
	switch {
	case entries > maxHits:
		return fmt.Sprintf("More than %d entries found. The first %d are shown: add a word to find fewer.", maxHits, maxHits)
	case entries+named == 0:
		return ""
	case entries+named == 1:
		return "1 result found."
	default:
		return fmt.Sprintf("%d results found.", entries+named)
	}
}
