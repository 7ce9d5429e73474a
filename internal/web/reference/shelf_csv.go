package reference

import (
	"bytes"
	"fmt"
	"strings"

	"sir/internal/exchange"
	"sir/internal/reference"
	"sir/internal/web/shell"
)

func (p pages) downloadShelf(r *shell.Request) error {
	choice, err := choiceOf(r)
	if err != nil {
		return err
	}
	view, err := p.shelves.Browse(r.Context(), r.Actor, r.PathValue("shelf"), choice)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := sheetOf(view).Write(&file, exchange.CSV); err != nil {
		return fmt.Errorf("write shelf %s as CSV: %w", view.Shelf.Code, err)
	}
	return r.Download(view.Shelf.Code+".csv", "text/csv; charset=utf-8", file.Bytes())
}

// sheetOf is a row an entry, with a column a facet. Several values in one cell
// are separated by "; ", notes and steps by line ends.
func sheetOf(view reference.View) exchange.Sheet {
	sheet := exchange.Sheet{Columns: []string{"code", "parent", "title", "text"}}
	for _, f := range view.Shelf.Facets {
		sheet.Columns = append(sheet.Columns, f.Key)
	}
	sheet.Columns = append(sheet.Columns, "notes", "steps", "source")
	for _, e := range view.Entries {
		row := []any{e.Code, e.Parent, e.Title, e.Text}
		for _, f := range view.Shelf.Facets {
			row = append(row, strings.Join(e.Facets[f.Key], "; "))
		}
		sheet.Rows = append(sheet.Rows, append(row, notesCell(e.Notes), stepsCell(e.Steps), e.Source))
	}
	return sheet
}

func notesCell(notes []reference.Note) string {
	lines := make([]string, len(notes))
	for i, n := range notes {
		lines[i] = n.Label + ": " + strings.Join(n.Items, "; ")
	}
	return strings.Join(lines, "\n")
}

func stepsCell(steps []reference.Step) string {
	lines := make([]string, len(steps))
	for i, s := range steps {
		lines[i] = fmt.Sprintf("%d. %s", i+1, s.Title)
		if s.Text != "" {
			lines[i] += ": " + s.Text
		}
	}
	return strings.Join(lines, "\n")
}
