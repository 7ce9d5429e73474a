package main

import (
	"fmt"
	"strings"

	"sir/internal/exchange"
	"sir/qca"
	"sir/qca/replicate"
)

type qcaTruthTableCommand struct {
	qcaData
	qcaCuts
	Complete bool `help:"List the rows without cases, too."`
	qcaReplicate
	qcaOutput
}

func (qcaTruthTableCommand) Help() string {
	return `Examples:
  sir qca truth-table A.csv --outcome ADOPTED
  sir qca truth-table A.csv --outcome ADOPTED --inclusion 0.8,0.6 --n-cut 2 --format csv
  sir qca truth-table A.csv --outcome ADOPTED --complete

Output: 1 positive, 0 negative, C contradiction, ? remainder. Cases deviant in kind are out of the
outcome; those deviant in degree are in it, but less than in the row.`
}

func (c qcaTruthTableCommand) Run(env *environment) error {
	if err := c.check(); err != nil {
		return err
	}
	table, err := c.table()
	if err != nil {
		return err
	}
	tt, err := c.truthTable(table, c.qcaCuts)
	if err != nil {
		return err
	}
	observed := len(tt.Rows)
	if c.Complete {
		whole := *tt
		if whole.Rows, err = tt.AllRows(); err != nil {
			return inputError{fmt.Errorf("--complete: %w", err)}
		}
		tt = &whole
	}
	if err := c.save(replicate.Analysis{TruthTable: tt, Result: tt}); err != nil {
		return err
	}
	r := qcaResult{data: tt, title: fmt.Sprintf("%s: %d of %d possible rows are observed", tt.Outcome, observed, tt.Possible),
		sheet: c.sheet(tt), explain: func() []string { return explainRows(tt, observed) }}
	if len(tt.LeftOut) > 0 {
		r.notes = append(r.notes, "Left out, with a membership of exactly 0.5: "+strings.Join(tt.LeftOut, ", ")+".")
	}
	r.notes = append(r.notes, c.note()...)
	return c.write(env, r)
}

func (c qcaTruthTableCommand) sheet(tt *qca.TruthTable) exchange.Sheet {
	sheet := exchange.Sheet{Columns: []string{"row"}}
	for _, condition := range tt.Conditions {
		sheet.Columns = append(sheet.Columns, condition.Name)
	}
	sheet.Columns = append(sheet.Columns, "output", "n", "inclusion", "pri", "cases", "deviant", "deviant_in_degree")
	for _, row := range tt.Rows {
		cells := []any{int64(row.Number)}
		for _, v := range row.Values {
			cells = append(cells, v)
		}
		sheet.Rows = append(sheet.Rows, append(cells, row.Output.String(), row.N, c.figure(row.Inclusion), c.figure(row.PRI),
			strings.Join(row.Cases, ", "), strings.Join(row.Deviant, ", "), strings.Join(row.DeviantInDegree, ", ")))
	}
	return sheet
}

func explainRows(tt *qca.TruthTable, observed int) []string {
	text := fmt.Sprintf("Each row is one combination of the conditions, with the cases that have it. %s as showing the outcome, %d as not showing it.",
		counted(tt.Count(qca.Positive), "row counts", "rows count"), tt.Count(qca.Negative))
	if mixed := len(tt.Mixed()); mixed > 0 {
		text += fmt.Sprintf(" In %s the cases differ in the outcome although the conditions are the same: look for what tells them apart.", counted(mixed, "row", "rows"))
	}
	return []string{text, fmt.Sprintf("%s no case. What the outcome would be there is not known; a parsimonious or intermediate solution assumes it for some.", counted(tt.Possible-uint64(observed), "combination has", "combinations have"))}
}
