package reference

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/usecase"
)

// Service holds the use cases of the shelves.
type Service struct{ desk *usecase.Desk }

// New makes the service.
func New(desk *usecase.Desk) *Service { return &Service{desk} }

// Shelves answers all shelves, without facets, in their order.
func (s *Service) Shelves(ctx context.Context, actor policy.Actor) ([]Shelf, error) {
	if err := s.desk.Read(ctx, actor, policy.ViewShelves, policy.Object{}); err != nil {
		return nil, err
	}
	shelves, err := listShelves(ctx, s.desk.DB)
	if err != nil {
		return nil, fmt.Errorf("list shelves: %w", err)
	}
	return shelves, nil
}

// View is a shelf as a reader browses it: its facets with the values that
// occur, the entries that fit the choice, and the links between entries.
type View struct {
	Shelf   Shelf
	Choice  Choice
	Entries []Entry
	Links   []Link
}

// Browse answers a shelf narrowed by a choice. A facet or value that the shelf
// does not have is ErrInvalid.
func (s *Service) Browse(ctx context.Context, actor policy.Actor, code string, choice Choice) (View, error) {
	shelf, entries, err := s.shelf(ctx, actor, code)
	if err != nil {
		return View{}, err
	}
	for facet, value := range choice {
		if value != "" && !shelf.offers(facet, value) {
			return View{}, fault.Invalid("The shelf %s cannot be filtered by %s = %q. Choose from the lists on the page.", shelf.Title, facet, value)
		}
	}
	links, err := linksOf(ctx, s.desk.DB, code)
	if err != nil {
		return View{}, fmt.Errorf("list links of shelf %s: %w", code, err)
	}
	fitting := slices.DeleteFunc(entries, func(e Entry) bool { return !choice.fits(e) })
	return View{Shelf: shelf, Choice: choice, Entries: fitting, Links: links}, nil
}

func (s Shelf) offers(facet, value string) bool {
	for _, f := range s.Facets {
		if f.Key == facet {
			return slices.ContainsFunc(f.Values, func(v FacetValue) bool { return v.Value == value })
		}
	}
	return false
}

// shelf reads a shelf with all its entries.
func (s *Service) shelf(ctx context.Context, actor policy.Actor, code string) (Shelf, []Entry, error) {
	shelves, err := s.Shelves(ctx, actor)
	if err != nil {
		return Shelf{}, nil, err
	}
	i := slices.IndexFunc(shelves, func(shelf Shelf) bool { return shelf.Code == code })
	if i < 0 {
		return Shelf{}, nil, fault.NotFound("There is no shelf called %q.", code)
	}
	shelf := shelves[i]
	if shelf.Facets, err = facetsOf(ctx, s.desk.DB, code); err != nil {
		return Shelf{}, nil, fmt.Errorf("list facets of shelf %s: %w", code, err)
	}
	entries, err := entriesOf(ctx, s.desk.DB, code)
	if err != nil {
		return Shelf{}, nil, fmt.Errorf("list entries of shelf %s: %w", code, err)
	}
	for i, f := range shelf.Facets {
		shelf.Facets[i].Values = countValues(f.Key, entries)
	}
	return shelf, entries, nil
}

// EntryView is one entry with its neighbours.
type EntryView struct {
	Shelf    Shelf
	Entry    Entry
	Parent   *Entry
	Children []Entry
	Links    []Link // those that go from or to it
	Linked   map[string]Entry
}

// Entry answers one entry of a shelf with its facets. It reads the entry and
// what stands around it, not the shelf: its neighbours come without facets, and
// the shelf's facets without values.
func (s *Service) Entry(ctx context.Context, actor policy.Actor, shelfCode, code string) (EntryView, error) {
	view := EntryView{Linked: map[string]Entry{}}
	if err := s.desk.Read(ctx, actor, policy.ViewShelves, policy.Object{}); err != nil {
		return view, err
	}
	var err error
	if view.Shelf, err = shelfBy(ctx, s.desk.DB, shelfCode); err != nil {
		return view, err
	}
	if view.Shelf.Facets, err = facetsOf(ctx, s.desk.DB, shelfCode); err != nil {
		return view, fmt.Errorf("list facets of shelf %s: %w", shelfCode, err)
	}
	if err := s.addAround(ctx, &view, code); err != nil {
		return view, err
	}
	if view.Entry.Code == "" {
		return EntryView{}, fault.NotFound("The shelf %s has no entry %q.", view.Shelf.Title, code)
	}
	if view.Links, err = linksAt(ctx, s.desk.DB, shelfCode, code); err != nil {
		return view, fmt.Errorf("list links of entry %s: %w", code, err)
	}
	return view, nil
}

// Titles answers the entries of a shelf by code, with their titles alone; none
// where there is no such shelf.
func (s *Service) Titles(ctx context.Context, actor policy.Actor, shelf string) (map[string]Entry, error) {
	if err := s.desk.Read(ctx, actor, policy.ViewShelves, policy.Object{}); err != nil {
		return nil, err
	}
	titles := map[string]Entry{}
	err := s.desk.DB.Each(ctx, func(row db.Scanner) error {
		e := Entry{Shelf: shelf}
		err := row.Scan(&e.Code, &e.Title)
		titles[e.Code] = e
		return err
	}, `SELECT code, title FROM shelf_entry WHERE shelf = $1`, shelf)
	if err != nil {
		return nil, fmt.Errorf("list titles of shelf %s: %w", shelf, err)
	}
	return titles, nil
}

// addAround adds the entry, its parent, its children and what links lead to.
func (s *Service) addAround(ctx context.Context, view *EntryView, code string) error {
	around, err := entriesAround(ctx, s.desk.DB, view.Shelf.Code, code)
	if err != nil {
		return fmt.Errorf("read entry %s of shelf %s: %w", code, view.Shelf.Code, err)
	}
	for _, e := range around {
		view.Linked[e.Code] = e
		if e.Code == code {
			view.Entry = e
		}
		if e.Parent == code {
			view.Children = append(view.Children, e)
		}
	}
	if parent, ok := view.Linked[view.Entry.Parent]; ok {
		view.Parent = &parent
	}
	return nil
}

// MaxQuery bounds a search, in characters.
const MaxQuery = 200

// Search answers the entries that hold every word of the query, in the order
// of the shelves, at most limit of them.
func (s *Service) Search(ctx context.Context, actor policy.Actor, query string, limit int) ([]Entry, error) {
	if err := s.desk.Read(ctx, actor, policy.Search, policy.Object{}); err != nil {
		return nil, err
	}
	if utf8.RuneCountInString(query) > MaxQuery {
		return nil, fault.Invalid("Search for %d characters or fewer.", MaxQuery)
	}
	words := strings.Fields(strings.ToLower(strings.ToValidUTF8(strings.ReplaceAll(query, "\x00", ""), "")))
	if len(words) == 0 {
		return nil, nil
	}
	condition, args := matchAll(words)
	entries, err := db.List(ctx, s.desk.DB, scanEntry, `
		SELECT `+entryColumns+` FROM shelf_entry e JOIN shelf s ON s.code = e.shelf
		WHERE `+condition+` ORDER BY s.place, e.place LIMIT $1`, append([]any{limit}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("search the shelves: %w", err)
	}
	return entries, nil
}

// matchAll builds a condition that every word must meet; the words themselves
// travel as arguments, from $2 on.
func matchAll(words []string) (condition string, args []any) {
	escape := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
	var parts []string
	for i, word := range words {
		parts = append(parts, fmt.Sprintf(`e.search LIKE $%d ESCAPE '\'`, i+2))
		args = append(args, "%"+escape.Replace(word)+"%")
	}
	return strings.Join(parts, " AND "), args
}
