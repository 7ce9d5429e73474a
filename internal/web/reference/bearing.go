package reference

import (
	"sir/internal/reference"
	"sir/internal/web/ui"
)

// bearing is how some entries of a shelf bear on others.
type bearing struct {
	From, To []ui.Link
	Effect   string
	Text     string
	Source   string
}

// bearingsOf puts links between entries into words; all holds the entries by
// code.
func bearingsOf(links []reference.Link, all map[string]reference.Entry) []bearing {
	bearings := make([]bearing, len(links))
	for i, l := range links {
		bearings[i] = bearing{
			From: entryLinks(l.From, all), To: entryLinks(l.To, all),
			Effect: l.Effect, Text: l.Text, Source: Cite(l.Source),
		}
	}
	return bearings
}

func entryLinks(codes []string, all map[string]reference.Entry) []ui.Link {
	links := make([]ui.Link, len(codes))
	for i, code := range codes {
		links[i] = entryLink(all[code])
	}
	return links
}

// bearingTable shows how entries bear on each other, a row each.
func bearingTable(bearings []bearing) ui.Table {
	t := ui.Table{
		ID: "bearings", Caption: "How these bear on each other", CaptionHidden: true, Responsive: true,
		Columns: []ui.Column{{Text: "Entry"}, {Text: "Effect"}, {Text: "On"}, {Text: "How"}},
	}
	for _, b := range bearings {
		t.Rows = append(t.Rows, []ui.Cell{
			{Content: linkLines(b.From)}, {Text: b.Effect}, {Content: linkLines(b.To)}, {Content: b.reason()},
		})
	}
	return t
}
