package reference

import (
	"strings"

	"sir/internal/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// shelvesPage lists all shelves.
type shelvesPage struct {
	Shelves []reference.Shelf
}

func (p pages) showShelves(r *shell.Request) error {
	all, err := p.shelves.Shelves(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	flow := ui.Flow{From: []ui.Link{fromReport}}
	for _, s := range served {
		flow.To = append(flow.To, s.step)
	}
	return r.Render(ui.Page{
		Title:       "Reference shelves",
		Lede:        "What published sources say about spreading an innovation, in our own words and with the source of each entry.",
		Breadcrumbs: []ui.Link{start},
		Flow:        flow,
	}, shelvesPage{all}.content())
}

// fromReport is where most shelves come from, as a page's flow names it.
var fromReport = ui.Link{Text: "The report: " + ReportTitle}

// FirstSentence is what stands of a text where there is little room.
func FirstSentence(text string) string {
	if end := strings.Index(text, ". "); end >= 0 {
		return text[:end+1]
	}
	return text
}
