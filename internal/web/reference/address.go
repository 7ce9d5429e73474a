package reference

import (
	"net/url"

	"sir/internal/reference"
	"sir/internal/web/ui"
)

// ShelfPath is the address of a shelf, narrowed to a choice; a nil choice is
// the whole shelf.
func ShelfPath(shelf string, choice reference.Choice) string {
	return "/shelves/" + url.PathEscape(shelf) + query(choice)
}

// EntryPath is the address of an entry.
func EntryPath(shelf, code string) string {
	return "/shelves/" + url.PathEscape(shelf) + "/" + url.PathEscape(code)
}

func csvPath(shelf string, choice reference.Choice) string {
	return "/shelves/" + url.PathEscape(shelf) + "/entries.csv" + query(choice)
}

// query leaves out the filters that are not set, so that one choice has one
// address.
func query(choice reference.Choice) string {
	values := url.Values{}
	for facet, value := range choice {
		if value != "" {
			values.Set(facet, value)
		}
	}
	if len(values) == 0 {
		return ""
	}
	return "?" + values.Encode()
}

// entryLink leads to an entry by its title.
func entryLink(e reference.Entry) ui.Link {
	return ui.Link{Text: e.Title, Href: EntryPath(e.Shelf, e.Code)}
}

// The pages above a shelf and above an entry.
var (
	start   = ui.Link{Text: "Start", Href: "/"}
	shelves = ui.Link{Text: "Reference shelves", Href: "/shelves"}
)
