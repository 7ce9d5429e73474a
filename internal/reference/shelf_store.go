package reference

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sir/internal/db"
	"sir/internal/fault"
)

// detail is how notes and steps are stored: no query looks inside them.
type detail struct {
	Notes []Note `json:"notes,omitempty"`
	Steps []Step `json:"steps,omitempty"`
}

// Insert adds a shelf at the given place with its entries, parents first, and
// the links between them.
func Insert(ctx context.Context, d *db.DB, place int, shelf Shelf, entries []Entry, links []Link) error {
	_, err := d.Exec(ctx, `INSERT INTO shelf (code, title, introduction, place) VALUES ($1, $2, $3, $4)`,
		shelf.Code, shelf.Title, shelf.Introduction, place)
	if err != nil {
		return fmt.Errorf("insert shelf %s: %w", shelf.Code, err)
	}
	for i, f := range shelf.Facets {
		_, err := d.Exec(ctx, `INSERT INTO shelf_facet (shelf, facet, label, place) VALUES ($1, $2, $3, $4)`, shelf.Code, f.Key, f.Label, i)
		if err != nil {
			return fmt.Errorf("insert facet %s of shelf %s: %w", f.Key, shelf.Code, err)
		}
	}
	for i, e := range entries {
		if err := insertEntry(ctx, d, shelf.Code, i, e); err != nil {
			return fmt.Errorf("insert entry %s of shelf %s: %w", e.Code, shelf.Code, err)
		}
	}
	for _, l := range links {
		if err := insertLink(ctx, d, shelf.Code, l); err != nil {
			return fmt.Errorf("insert link %s of shelf %s: %w", l.Code, shelf.Code, err)
		}
	}
	return nil
}

func insertEntry(ctx context.Context, d *db.DB, shelf string, place int, e Entry) error {
	text, err := json.Marshal(detail{e.Notes, e.Steps})
	if err != nil {
		return err
	}
	_, err = d.Exec(ctx, `
		INSERT INTO shelf_entry (shelf, code, parent, title, body, detail, search, source, place)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		shelf, e.Code, db.NullText(e.Parent), e.Title, e.Text, string(text), searchText(e), e.Source, place)
	if err != nil {
		return err
	}
	for facet, values := range e.Facets {
		for i, value := range values {
			_, err := d.Exec(ctx, `INSERT INTO shelf_entry_facet (shelf, code, facet, value, place) VALUES ($1, $2, $3, $4, $5)`,
				shelf, e.Code, facet, value, i)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func insertLink(ctx context.Context, d *db.DB, shelf string, l Link) error {
	_, err := d.Exec(ctx, `INSERT INTO shelf_link (shelf, code, effect, body, source) VALUES ($1, $2, $3, $4, $5)`,
		shelf, l.Code, l.Effect, l.Text, l.Source)
	if err != nil {
		return err
	}
	for side, ends := range map[string][]string{"from": l.From, "to": l.To} {
		for _, entry := range ends {
			_, err := d.Exec(ctx, `INSERT INTO shelf_link_end (shelf, link, side, entry) VALUES ($1, $2, $3, $4)`, shelf, l.Code, side, entry)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// searchText is what a search looks in: all of the entry's words, in lower
// case, so that both engines compare them alike.
func searchText(e Entry) string {
	words := []string{e.Code, e.Title, e.Text}
	for _, n := range e.Notes {
		words = append(append(words, n.Label), n.Items...)
	}
	for _, s := range e.Steps {
		words = append(words, s.Title, s.Text)
	}
	return strings.ToLower(strings.Join(words, "\n"))
}

func listShelves(ctx context.Context, d *db.DB) ([]Shelf, error) {
	return db.List(ctx, d, func(row db.Scanner) (Shelf, error) {
		var s Shelf
		err := row.Scan(&s.Code, &s.Title, &s.Introduction, &s.Count)
		return s, err
	}, `SELECT s.code, s.title, s.introduction, count(e.code) FROM shelf s LEFT JOIN shelf_entry e ON e.shelf = s.code
		GROUP BY s.code, s.title, s.introduction, s.place ORDER BY s.place`)
}

// shelfBy answers one shelf without facets.
func shelfBy(ctx context.Context, d *db.DB, code string) (Shelf, error) {
	var s Shelf
	err := d.Row(ctx, `
		SELECT code, title, introduction, (SELECT count(*) FROM shelf_entry WHERE shelf = $1) FROM shelf WHERE code = $1`, code).
		Scan(&s.Code, &s.Title, &s.Introduction, &s.Count)
	if errors.Is(err, sql.ErrNoRows) {
		return s, fault.NotFound("There is no shelf called %q.", code)
	}
	if err != nil {
		return s, fmt.Errorf("read shelf %s: %w", code, err)
	}
	return s, nil
}

func facetsOf(ctx context.Context, d *db.DB, shelf string) ([]Facet, error) {
	return db.List(ctx, d, func(row db.Scanner) (Facet, error) {
		var f Facet
		err := row.Scan(&f.Key, &f.Label)
		return f, err
	}, `SELECT facet, label FROM shelf_facet WHERE shelf = $1 ORDER BY place`, shelf)
}

const entryColumns = `e.shelf, e.code, e.parent, e.title, e.body, e.detail, e.source`

func scanEntry(row db.Scanner) (Entry, error) {
	e := Entry{Facets: map[string][]string{}}
	var text string
	err := row.Scan(&e.Shelf, &e.Code, (*db.Text)(&e.Parent), &e.Title, &e.Text, &text, &e.Source)
	if err != nil {
		return e, err
	}
	var more detail
	err = json.Unmarshal([]byte(text), &more)
	e.Notes, e.Steps = more.Notes, more.Steps
	return e, err
}

// entriesOf answers the entries of a shelf, in its order, with their facets.
func entriesOf(ctx context.Context, d *db.DB, shelf string) ([]Entry, error) {
	entries, err := db.List(ctx, d, scanEntry, `SELECT `+entryColumns+` FROM shelf_entry e WHERE e.shelf = $1 ORDER BY e.place`, shelf)
	if err != nil {
		return nil, err
	}
	place := make(map[string]int, len(entries))
	for i, e := range entries {
		place[e.Code] = i
	}
	err = d.Each(ctx, func(row db.Scanner) error {
		var code, facet, value string
		if err := row.Scan(&code, &facet, &value); err != nil {
			return err
		}
		facets := entries[place[code]].Facets
		facets[facet] = append(facets[facet], value)
		return nil
	}, `SELECT code, facet, value FROM shelf_entry_facet WHERE shelf = $1 ORDER BY code, facet, place`, shelf)
	return entries, err
}

// entriesAround answers an entry with its facets; and, without theirs, its
// parent, its children and all entries at the ends of its links, in the order
// of the shelf.
func entriesAround(ctx context.Context, d *db.DB, shelf, code string) ([]Entry, error) {
	entries, err := db.List(ctx, d, scanEntry, `
		SELECT `+entryColumns+` FROM shelf_entry e
		WHERE e.shelf = $1 AND (e.code = $2 OR e.parent = $2
			OR e.code = (SELECT parent FROM shelf_entry WHERE shelf = $1 AND code = $2)
			OR e.code IN (SELECT far.entry FROM shelf_link_end near JOIN shelf_link_end far ON far.shelf = near.shelf AND far.link = near.link
				WHERE near.shelf = $1 AND near.entry = $2))
		ORDER BY e.place`, shelf, code)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(entries, func(e Entry) bool { return e.Code == code })
	if at < 0 {
		return nil, nil
	}
	err = d.Each(ctx, func(row db.Scanner) error {
		var facet, value string
		err := row.Scan(&facet, &value)
		entries[at].Facets[facet] = append(entries[at].Facets[facet], value)
		return err
	}, `SELECT facet, value FROM shelf_entry_facet WHERE shelf = $1 AND code = $2 ORDER BY facet, place`, shelf, code)
	return entries, err
}

// linksOf answers all links between the entries of a shelf.
func linksOf(ctx context.Context, d *db.DB, shelf string) ([]Link, error) {
	return listLinks(ctx, d, `shelf = $1`, `shelf = $1`, shelf)
}

// linksAt answers the links that go from or to an entry.
func linksAt(ctx context.Context, d *db.DB, shelf, entry string) ([]Link, error) {
	const own = `(SELECT link FROM shelf_link_end WHERE shelf = $1 AND entry = $2)`
	return listLinks(ctx, d, `shelf = $1 AND code IN `+own, `shelf = $1 AND link IN `+own, shelf, entry)
}

// listLinks reads links and their ends by two conditions, each one of ours.
func listLinks(ctx context.Context, d *db.DB, links, ends string, args ...any) ([]Link, error) {
	found, err := db.List(ctx, d, func(row db.Scanner) (Link, error) {
		var l Link
		err := row.Scan(&l.Code, &l.Effect, &l.Text, &l.Source)
		return l, err
	}, `SELECT code, effect, body, source FROM shelf_link WHERE `+links+` ORDER BY code`, args...)
	if err != nil {
		return nil, err
	}
	place := make(map[string]int, len(found))
	for i, l := range found {
		place[l.Code] = i
	}
	err = d.Each(ctx, func(row db.Scanner) error {
		var link, side, entry string
		if err := row.Scan(&link, &side, &entry); err != nil {
			return err
		}
		ends := &found[place[link]].From
		if side == "to" {
			ends = &found[place[link]].To
		}
		*ends = append(*ends, entry)
		return nil
	}, `SELECT link, side, entry FROM shelf_link_end WHERE `+ends+` ORDER BY link, side, entry`, args...)
	return found, err
}
