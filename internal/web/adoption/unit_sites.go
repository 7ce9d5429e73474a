package adoption

import (
	"strconv"

	area "sir/internal/adoption"
	"sir/internal/term"
	"sir/internal/web/ui"
)

// sitesTable is the level that each site reported in each period.
func sitesTable(view area.UnitView, terms term.Pack) ui.Table {
	table := ui.Table{
		ID: "sites-table", Caption: "Level reported by each " + terms.Label(term.Site).Full.Of(1), RowHeaders: true, Scroll: true, Compact: true,
		CaptionSize: ui.SizeM,
		Columns:     []ui.Column{{Text: term.Sentence(terms.Label(term.Site).Full.Of(1))}},
	}
	for _, p := range view.Sites.Periods {
		table.Columns = append(table.Columns, ui.Column{Text: p.Label(), Numeric: true})
	}
	for _, site := range view.Sites.Rows {
		cells := []ui.Cell{{Text: site.Name, Href: programmePath(view.Programme.Code) + "/sites/" + site.Code}}
		for _, level := range site.Levels {
			cells = append(cells, cellOf(levelMark(level), ""))
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}

func levelMark(l area.SiteLevel) mark {
	switch {
	case !l.Eligible:
		return mark{Shape: "–", Words: "not eligible", Class: "sir-value--none"}
	case !l.Reported:
		return mark{Shape: "?", Words: "not reported", Class: "sir-value--none"}
	case l.Adopted:
		return mark{Shape: "●", Text: strconv.Itoa(l.Level), Words: "adopted", Class: "sir-value--reached"}
	default:
		return mark{Shape: "○", Text: strconv.Itoa(l.Level), Words: "not yet adopted", Class: "sir-value--below"}
	}
}

var levelLegend = []mark{
	{Shape: "●", Words: "adopted", Class: "sir-value--reached"},
	{Shape: "○", Words: "not yet adopted", Class: "sir-value--below"},
	{Shape: "?", Words: "not reported", Class: "sir-value--none"},
	{Shape: "–", Words: "not eligible", Class: "sir-value--none"},
}
