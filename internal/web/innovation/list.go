package innovation

import (
	"fmt"
	"strings"

	area "sir/internal/innovation"
	"sir/internal/policy"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// listPage is the innovations that the reader may see.
type listPage struct {
	Reading string
	Table   *ui.Table
	Add     *ui.Button
}

func (p pages) showList(r *shell.Request) error {
	all, err := p.innovations.List(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	page := listPage{Reading: counted(len(all))}
	if len(all) > 0 {
		page.Table = tableOf(all)
	}
	if policy.Can(r.Actor, policy.AddInnovation) {
		page.Add = &ui.Button{Text: "Add an innovation", Href: listPath + "/add"}
	}
	return r.Render(ui.Page{
		Title: "Innovations", Lede: "What is to be spread: what each is, what is known about it, and how ready it is.",
		Breadcrumbs: breadcrumbs()[:2],
		Flow: ui.Flow{
			From: []ui.Link{{Text: "Share: what was learnt before", Href: ui.SharePath}},
			To:   []ui.Link{{Text: "Do: run the rollout and record it", Href: ui.DoPath}, {Text: "Measure: who has adopted what", Href: ui.MeasurePath}},
		},
	}, page.content())
}

func counted(n int) string {
	switch n {
	case 0:
		return "There is no innovation that you may see yet."
	case 1:
		return "There is 1 innovation that you may see."
	}
	return fmt.Sprintf("There are %d innovations that you may see.", n)
}

func tableOf(all []area.Innovation) *ui.Table {
	table := &ui.Table{
		ID: "innovations", Caption: "Innovations by name", CaptionHidden: true, RowHeaders: true, Responsive: true,
		Columns: []ui.Column{{Text: "Innovation"}, {Text: "Kind"}, {Text: "Setting"}, {Text: "Status"}, {Text: "Supplier"}, {Text: "Spread by"}},
	}
	for _, i := range all {
		row := []ui.Cell{{Text: i.Name, Href: record.path(i.Code)}}
		row = append(row, ui.Text(sentence(i.Kind), sentence(i.Setting), sentence(i.Status), orDash(i.Supplier), orDash(programmesOf(i)))...)
		table.Rows = append(table.Rows, row)
	}
	return table
}

// sentence is a word of a record, or a dash where it is not known.
func sentence(word string) string { return orDash(term.Sentence(word)) }

func programmesOf(i area.Innovation) string {
	names := make([]string, len(i.Programmes))
	for at, p := range i.Programmes {
		names[at] = p.Name
	}
	return strings.Join(names, ", ")
}
