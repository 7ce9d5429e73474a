package pattern

import (
	"bytes"
	"fmt"
	"strings"

	"sir/internal/exchange"
	area "sir/internal/pattern"
	"sir/internal/web/shell"
	"sir/qca"
)

// send answers a sheet as a CSV file named after the set.
func send(r *shell.Request, t area.CaseTable, name string, sheet exchange.Sheet) error {
	var file bytes.Buffer
	if err := sheet.Write(&file, exchange.CSV); err != nil {
		return fmt.Errorf("write %s of case set %s as CSV: %w", name, t.Set.Code, err)
	}
	return r.Download(t.Set.Code+"-"+name+".csv", "text/csv; charset=utf-8", file.Bytes())
}

func (p pages) downloadCases(r *shell.Request) error {
	t, err := p.table(r)
	if err != nil {
		return err
	}
	names := append([]string{t.Outcome.Name}, t.Names()...)
	sheet := exchange.Sheet{Columns: append([]string{"case"}, names...)}
	for _, c := range t.Cases {
		row := []any{c.Label}
		for _, name := range names {
			if value, coded := c.Values[name]; coded {
				row = append(row, value)
			} else {
				row = append(row, nil)
			}
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	return send(r, t, "cases", sheet)
}

func (p pages) downloadConditions(r *shell.Request) error {
	t, err := p.table(r)
	if err != nil {
		return err
	}
	sheet := exchange.Sheet{Columns: []string{"name", "label", "one_means", "zero_means", "fate", "reason", "remark", "source"}}
	for _, c := range append([]area.Condition{t.Outcome}, t.Conditions...) {
		sheet.Rows = append(sheet.Rows, []any{c.Name, c.Label, c.OneMeans, c.ZeroMeans, string(c.Fate), c.FateReason, c.Remark, c.Source})
	}
	return send(r, t, "conditions", sheet)
}

func (p pages) downloadNotes(r *shell.Request) error {
	t, err := p.patterns.CaseNotes(r.Context(), r.Actor, r.PathValue("set"))
	if err != nil {
		return err
	}
	sheet := exchange.Sheet{Columns: []string{"case", "kind", "code", "text", "source"}}
	for _, c := range t.Cases {
		for _, n := range c.Notes {
			sheet.Rows = append(sheet.Rows, []any{c.Label, n.Kind, n.Code, n.Text, n.Source})
		}
	}
	return send(r, t, "notes", sheet)
}

func (p pages) downloadScreening(r *shell.Request) error {
	t, err := p.table(r)
	if err != nil {
		return err
	}
	var view screeningPage
	rule, err := view.rule(r.URL.Query())
	if err != nil {
		return err
	}
	s, err := t.Screen(rule)
	if err != nil {
		return err
	}
	sheet := exchange.Sheet{Columns: []string{"rule", "condition", "fate", "measured", "of", "cut", "verdict", "text"}}
	add := func(condition, fate string, findings []qca.Finding) {
		for _, f := range findings {
			sheet.Rows = append(sheet.Rows, []any{string(f.Rule), condition, fate, f.Measured.Num, f.Measured.Den, f.Cut, string(f.Verdict), f.Text})
		}
	}
	for _, c := range s.Conditions {
		add(c.Name, string(c.Fate), c.Log)
	}
	add("", string(area.Kept), s.Together)
	return send(r, t, "screening", sheet)
}

func (p pages) downloadTruthTable(r *shell.Request) error {
	t, err := p.table(r)
	if err != nil {
		return err
	}
	rows, err := t.TruthTable(conditionsOf(r.URL.Query()))
	if err != nil {
		return err
	}
	sheet := exchange.Sheet{Columns: append([]string{"row"}, rows.Chosen...)}
	sheet.Columns = append(sheet.Columns, "outcome", "n", "cases")
	for _, row := range rows.Rows {
		cells := []any{row.Number}
		for _, v := range row.Values {
			cells = append(cells, v)
		}
		sign := row.Output.String()
		if row.Mixed() {
			sign = qca.Contradiction.String()
		}
		sheet.Rows = append(sheet.Rows, append(cells, sign, row.N, strings.Join(row.Cases, " ")))
	}
	return send(r, t, "truth-table", sheet)
}

func (p pages) downloadRivals(r *shell.Request) error {
	t, err := p.table(r)
	if err != nil {
		return err
	}
	var view rivalsPage
	choice, err := view.choice(r.URL.Query())
	if err != nil {
		return err
	}
	found, err := t.Rivals(r.Context(), choice)
	if err != nil {
		return err
	}
	sheet := exchange.Sheet{Columns: []string{"outcome", "formula", "conditions"}}
	for n := 1; n <= found.Max; n++ {
		sheet.Columns = append(sheet.Columns, fmt.Sprintf("sets_of_%d", n))
	}
	sheet.Columns = append(sheet.Columns, "coverage", "consistency", "published", "dropped_conditions")
	for _, side := range found.Sides {
		for _, f := range side.Formulas {
			sheet.Rows = append(sheet.Rows, rivalRow(found.Max, side, f))
		}
	}
	return send(r, t, "rivals", sheet)
}

// rivalRow is a formula with as many counts as the sheet has columns for, also
// where there were fewer conditions to choose from.
func rivalRow(sizes int, side area.SideRivals, f area.Rival) []any {
	row := []any{side.Name, f.Expression.String(), f.Conditions}
	for i := range sizes {
		if i < len(f.BySize) {
			row = append(row, f.BySize[i])
		} else {
			row = append(row, 0)
		}
	}
	var names []string
	for _, c := range f.Dropped {
		names = append(names, c.Name)
	}
	return append(row, number(f.Coverage), number(f.Inclusion), f.Published, strings.Join(names, " "))
}
