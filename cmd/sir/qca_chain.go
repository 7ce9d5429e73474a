package main

import (
	"context"
	"fmt"
	"math"
	"strings"

	"sir/internal/exchange"
	"sir/qca"
)

type qcaChainCommand struct {
	File       string           `arg:"" help:"The cases: a CSV file, or an Excel workbook (.xlsx)."`
	Conditions []string         `placeholder:"A,B" help:"Columns to take in turn. Default: all."`
	Order      string           `placeholder:"A,B<C<D" help:"What came about before what: a column is explained by its own group and earlier ones."`
	Coverage   float64          `default:"1" placeholder:"1" help:"Coverage from which a column counts as explained."`
	Solution   qca.SolutionKind `default:"parsimonious" placeholder:"parsimonious" help:"conservative or parsimonious."`
	ID         string           `name:"id" placeholder:"COLUMN" help:"Column of the case ids."`
	Sheet      string           `placeholder:"NAME" help:"Sheet of the workbook. Default: the first."`
	Notation   qca.Notation     `default:"tilde" placeholder:"tilde" help:"How absence is written: tilde (~A) or case (a)."`
	qcaCuts
	qcaBudget
	qcaOutput
}

func (qcaChainCommand) Help() string {
	return `Example:
  sir qca chain A.csv --order 'PILOT,BUDGET<CHAMP<ADOPTED'

Each column is taken as the outcome of the others in turn: what leads to what leads to the last one.`
}

func (c qcaChainCommand) Run(env *environment) error {
	data := qcaData{File: c.File, ID: c.ID, Sheet: c.Sheet, Conditions: c.Conditions, Notation: c.Notation}
	table, err := data.table()
	if err != nil {
		return err
	}
	if c.Solution == qca.Intermediate {
		return inputError{fmt.Errorf("--solution intermediate: expectations are about one outcome; use conservative or parsimonious")}
	}
	o := qca.ChainOptions{Settings: data.settings(), Options: qca.Options{Solution: c.Solution, MaxSteps: math.MaxInt, MaxModels: 100}, Coverage: c.Coverage}
	if err := c.apply(&o.Settings); err != nil {
		return err
	}
	if c.Order != "" {
		for group := range strings.SplitSeq(c.Order, "<") {
			o.Order = append(o.Order, strings.FieldsFunc(group, func(r rune) bool { return r == ',' || r == ' ' }))
		}
	}
	var links []qca.ChainLink
	err = c.run(env, func(ctx context.Context, tell func(qca.Progress)) error {
		o.Progress = tell
		links, err = table.Chain(ctx, o)
		return data.inFile(err)
	})
	if err != nil {
		return err
	}
	return c.write(env, c.result(links))
}

func (c qcaChainCommand) result(links []qca.ChainLink) qcaResult {
	r := qcaResult{title: "Each column as the outcome of the others", sheet: exchange.Sheet{Columns: []string{"outcome", "explained", "formula", "consistency", "coverage"}}}
	r.data = struct {
		Links []qca.ChainLink `json:"links"`
	}{links}
	for _, link := range links {
		if link.Solution == nil {
			r.sheet.Rows = append(r.sheet.Rows, []any{link.Outcome, "no", link.Reason, c.figure(qca.Figure{}), c.figure(qca.Figure{})})
			continue
		}
		for _, m := range link.Solution.Models {
			r.sheet.Rows = append(r.sheet.Rows, []any{link.Outcome, map[bool]string{true: "yes", false: "no"}[link.Explained], m.Expression.String(), c.figure(m.Inclusion), c.figure(m.Coverage)})
		}
	}
	r.explain = func() []string {
		return []string{"A link says that one column goes with others in these cases. Which came first has to be known from outside the data: state it with --order."}
	}
	return r
}
