package pattern

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	area "sir/internal/pattern"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
	"sir/qca"
)

// truthTablePage shows the rows of the chosen conditions. Rows is nil where
// the choice cannot be.
type truthTablePage struct {
	Table  area.CaseTable
	Chosen []string
	Errors ui.FieldErrors
	Rows   *area.TruthTable
}

func (p pages) showTruthTable(r *shell.Request) error {
	t, err := p.table(r)
	if err != nil {
		return err
	}
	view := truthTablePage{Table: t, Chosen: conditionsOf(r.URL.Query())}
	rows, err := t.TruthTable(view.Chosen)
	if err == nil {
		view.Rows, view.Chosen = &rows, rows.Chosen
	}
	view.Errors = mistakes(err)
	return truthTable.show(r, t, err, view.content())
}

func (p truthTablePage) boxes() ui.Checkboxes {
	return conditionBoxes(p.Table, "Conditions of the truth table", "With none ticked, those that the authors kept are used.", p.Chosen, p.Errors)
}

// counts sums the table up in a few numbers.
func (p truthTablePage) counts() ui.Stats {
	return ui.Stats{Items: []ui.Stat{
		{Value: fmt.Sprintf("%d of %d", len(p.Rows.Rows), p.Rows.Possible), Label: "possible rows were observed", Note: count(len(p.Table.Cases), "case", "cases")},
		{Value: strconv.FormatUint(p.Rows.Unobserved, 10), Label: "remainders", Note: "Rows without a case"},
		{Value: strconv.Itoa(len(p.Rows.Mixed)), Label: "with a contradiction", Note: "Rows with successes and failures"},
	}}
}

func (p truthTablePage) table() ui.Table {
	table := ui.Table{ID: "rows", Caption: "Truth table", CaptionHidden: true, Scroll: true, Compact: true}
	for _, c := range p.Rows.Conditions {
		table.Columns = append(table.Columns, ui.Column{Text: c.Name})
	}
	table.Columns = append(table.Columns, ui.Column{Text: p.Table.Outcome.Name}, ui.Column{Text: "Cases (n)"}, ui.Column{Text: "Which"})
	for _, row := range p.Rows.Rows {
		var cells []ui.Cell
		for _, v := range row.Values {
			cells = append(cells, ui.Cell{Text: strconv.Itoa(v)})
		}
		cells = append(cells, ui.Cell{Text: rowOutcome(row)}, ui.Cell{Text: strconv.Itoa(row.N)}, ui.Cell{Text: caseList(row.Cases)})
		table.Rows = append(table.Rows, cells)
	}
	return table
}

// rowOutcome is how the cases of a row turned out, in figure and word.
func rowOutcome(row qca.Row) string {
	switch {
	case row.Mixed():
		return "Contradiction"
	case row.Output == qca.Positive:
		return "1, success"
	default:
		return "0, failure"
	}
}

// contradiction is a mixed row opened down to its cases.
type contradiction struct {
	Term                string
	Successes, Failures []string
}

func (p truthTablePage) contradictions() []contradiction {
	var list []contradiction
	for _, row := range p.Rows.Mixed {
		c := contradiction{Term: p.Rows.Configuration(row.Values).String(), Failures: row.Deviant}
		for _, label := range row.Cases {
			if !slices.Contains(row.Deviant, label) {
				c.Successes = append(c.Successes, label)
			}
		}
		list = append(list, c)
	}
	return list
}

// compared says how the rows differ from the published ones.
func (p truthTablePage) compared() string {
	c := p.Rows.Published
	if c == nil {
		return ""
	}
	if len(c.Missing)+len(c.Extra) == 0 {
		return fmt.Sprintf("The source groups the cases into the same %s, with the same outcomes.", count(c.Same, "row", "rows"))
	}
	return fmt.Sprintf("%s agree with the source. Only here: %s. Only in the source: %s.",
		upperFirst(count(c.Same, "row", "rows")), groups(c.Extra), groups(c.Missing))
}

func groups(rows []area.PublishedRow) string {
	if len(rows) == 0 {
		return "none"
	}
	texts := make([]string, len(rows))
	for i, row := range rows {
		side := row.Side
		if side == "" {
			side = "contradiction"
		}
		texts[i] = fmt.Sprintf("cases %s (%s)", strings.Join(row.Cases, ", "), side)
	}
	return strings.Join(texts, "; ")
}

func (p truthTablePage) csv() []ui.Link {
	return []ui.Link{{Text: "Truth table as CSV", Href: pathOf(p.Table.Set.Code, truthTable.path+".csv", url.Values{conditionsField: p.Chosen})}}
}

func casePath(t area.CaseTable, label string) string {
	return cases.address(t) + "#case-" + url.PathEscape(label)
}
