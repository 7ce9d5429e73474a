package adoption

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"sir/internal/exchange"
	"sir/internal/policy"
)

// Template answers a form as a table to fill and send back: a row for each
// site, a column for each measure, and beside those what the site reported for
// the period before. What was reported for the period already is filled in.
func (s *Service) Template(ctx context.Context, actor policy.Actor, name FormName) (exchange.Template, error) {
	form, err := s.ReturnForm(ctx, actor, name)
	if err != nil {
		return exchange.Template{}, err
	}
	return form.template(), nil
}

func (f Form) template() exchange.Template {
	t := exchange.Template{
		Sheet: "Return",
		Columns: []exchange.TemplateColumn{
			{Name: "period", Help: "Leave as it is.", Required: true, Width: 16},
			{Name: "site", Help: "Code of the site. Leave as it is.", Required: true, Width: 14},
			{Name: "site name", Help: "For reading only.", Width: 40},
		},
		Instructions: []string{
			fmt.Sprintf("%s of %s for %s, due on %s.", f.Collection.Name, f.Programme.Name, f.Period.Long(), f.DueOn),
			"Fill the sheet Return and send the file back. You see what it would do before anything is stored.",
			"An empty cell says nothing: it changes nothing that is known. Nought is 0. Write " + clearWord + " to take back what was reported.",
			"The columns that begin with " + lastPrefix + "show what was reported for the period before. They are for reading only.",
		},
	}
	for _, m := range f.Measures {
		column := exchange.TemplateColumn{Name: m.Code, Help: m.Name + ". " + m.Meaning, Required: m.Required}
		for _, level := range slices.Sorted(maps.Keys(m.Levels)) {
			column.Allowed = append(column.Allowed, m.Levels[level])
		}
		if m.Kind == LevelMeasure {
			column.Allowed = append(column.Allowed, clearWord)
		}
		t.Columns = append(t.Columns, column)
	}
	for _, m := range f.Measures {
		t.Columns = append(t.Columns, exchange.TemplateColumn{Name: lastPrefix + m.Code, Help: m.Name + " as reported for the period before. For reading only."})
	}
	t.Rows = exchange.RowsOf(f.templateRows())
	return t
}

func (f Form) templateRows() [][]any {
	var rows [][]any
	for _, site := range f.Sites {
		row := []any{f.Period.Label(), site.Code, site.Name}
		for _, values := range []map[int64]int64{site.Now, site.Last} {
			for _, m := range f.Measures {
				row = append(row, m.shown(values))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// shown is the measure's value among those of a site as a cell: a level by its
// label.
func (m Measure) shown(values map[int64]int64) any {
	value, known := values[m.Key]
	switch {
	case !known:
		return nil
	case m.Kind == LevelMeasure:
		return m.Levels[int(value)]
	}
	return value
}
