package main

import (
	"context"
	"fmt"
	"math"
	"strings"

	"sir/internal/exchange"
	"sir/qca"
)

type qcaCompareCommand struct {
	qcaData
	qcaCuts
	Sets     string           `required:"" placeholder:"A,B;A,C" help:"Sets of conditions, separated by semicolons."`
	Solution qca.SolutionKind `default:"conservative" placeholder:"conservative" help:"conservative or parsimonious."`
	qcaBudget
	qcaOutput
}

func (qcaCompareCommand) Help() string {
	return `Example:
  sir qca compare A.csv --outcome ADOPTED --sets 'PILOT,CHAMP;PILOT,BUDGET' --solution parsimonious

What each choice of conditions would have found, side by side.`
}

func (c qcaCompareCommand) Run(env *environment) error {
	if c.Solution == qca.Intermediate || len(c.Conditions) > 0 {
		return inputError{fmt.Errorf("give the conditions with --sets, and a conservative or parsimonious solution")}
	}
	table, err := c.table()
	if err != nil {
		return err
	}
	settings := c.settings()
	if err := c.apply(&settings); err != nil {
		return err
	}
	var sets [][]string
	for set := range strings.SplitSeq(c.Sets, ";") {
		names := strings.FieldsFunc(set, func(r rune) bool { return r == ',' || r == ' ' })
		if len(names) == 0 {
			return inputError{fmt.Errorf("--sets %q: a set of conditions is empty; write for example A,B;A,C", c.Sets)}
		}
		sets = append(sets, names)
	}
	var compared []qca.SetComparison
	err = c.run(env, func(ctx context.Context, tell func(qca.Progress)) error {
		compared, err = table.CompareConditions(ctx, settings, qca.Options{Solution: c.Solution, MaxSteps: math.MaxInt, Progress: tell}, sets)
		return c.inFile(err)
	})
	if err != nil {
		return err
	}
	return c.write(env, c.result(compared))
}

func (c qcaCompareCommand) result(compared []qca.SetComparison) qcaResult {
	r := qcaResult{title: fmt.Sprintf("%s by %d sets of conditions", c.Outcome, len(compared))}
	r.data = struct {
		Sets []qca.SetComparison `json:"sets"`
	}{compared}
	r.sheet = exchange.Sheet{Columns: []string{"conditions", "rows", "contradictory", "formula", "consistency", "coverage"}}
	for _, one := range compared {
		first := []any{strings.Join(one.Conditions, ", "), fmt.Sprintf("%d of %d", one.Observed, one.Possible), one.Contradictory}
		if one.Solution == nil {
			r.sheet.Rows = append(r.sheet.Rows, append(first, one.Reason, c.figure(qca.Figure{}), c.figure(qca.Figure{})))
			continue
		}
		for _, m := range one.Solution.Models {
			r.sheet.Rows = append(r.sheet.Rows, append(first[:3:3], m.Expression.String(), c.figure(m.Inclusion), c.figure(m.Coverage)))
		}
	}
	r.explain = func() []string {
		return []string{"Sets that do equally well cannot be told apart by these cases. The choice between them needs a reason that can be written down."}
	}
	return r
}
