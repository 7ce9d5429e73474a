package main

import (
	"context"
	"fmt"
	"math"

	"sir/internal/exchange"
	"sir/qca"
)

type qcaRivalsCommand struct {
	qcaData
	qcaCuts
	Size int    `default:"4" placeholder:"4" help:"Conditions that a rival may use at most."`
	Like string `placeholder:"EXPRESSION" help:"Find the formulas that fit at least as well as this one, instead."`
	Top  int    `default:"20" placeholder:"20" help:"Formulas to print (JSON has all)."`
	qcaBudget
	qcaOutput
}

func (qcaRivalsCommand) Help() string {
	return `Examples:
  sir qca rivals A.csv --outcome ADOPTED --size 4
  sir qca rivals A.csv --outcome ADOPTED --like 'PILOT*CHAMP'

--conditions is the pool; by default every column but the outcome. Every choice of conditions from the
pool is analysed. A choice counts when no combination of its conditions has cases with and without the
outcome; its minimal formulas are the rivals.`
}

func (c qcaRivalsCommand) Run(env *environment) error {
	table, err := c.table()
	if err != nil {
		return err
	}
	options := qca.RivalOptions{Settings: c.settings(), MaxConditions: c.Size, MaxSteps: math.MaxInt}
	if err := c.apply(&options.Settings); err != nil {
		return err
	}
	if c.Size < 1 || c.Top < 1 {
		return inputError{fmt.Errorf("--size %d, --top %d: give at least 1", c.Size, c.Top)}
	}
	var result qcaResult
	err = c.run(env, func(ctx context.Context, tell func(qca.Progress)) error {
		options.Progress = tell
		result, err = c.search(ctx, table, options)
		return err
	})
	if err != nil {
		return err
	}
	return c.write(env, result)
}

func (c qcaRivalsCommand) search(ctx context.Context, table *qca.Table, options qca.RivalOptions) (qcaResult, error) {
	if c.Like == "" {
		rivals, err := table.Rivals(ctx, options)
		if err != nil {
			return qcaResult{}, c.inFile(err)
		}
		return c.subsets(rivals), nil
	}
	like, err := table.Expression(c.Like, c.Notation)
	if err != nil {
		return qcaResult{}, inputError{fmt.Errorf("--like: %w", err)}
	}
	equal, err := table.EqualFit(ctx, options, like)
	if err != nil {
		return qcaResult{}, c.inFile(err)
	}
	return c.equal(equal), nil
}

func (c qcaRivalsCommand) subsets(r *qca.Rivals) qcaResult {
	result := qcaResult{data: r, sheet: c.sheet(r.Formulas), title: fmt.Sprintf("%s: %s from %s without a contradiction", r.Outcome,
		counted(len(r.Formulas), "formula", "formulas"), counted(len(r.Subsets), "condition set", "condition sets"))}
	if c.Size > r.MaxConditions {
		result.notes = append(result.notes, fmt.Sprintf("--size %d: there are only %s to choose from.", c.Size, counted(r.MaxConditions, "condition", "conditions")))
	}
	for _, size := range r.Sizes {
		result.notes = append(result.notes, fmt.Sprintf("Of %s of %s, %s no contradiction.",
			counted(size.Subsets, "set", "sets"), counted(size.Size, "condition", "conditions"), counted(size.Consistent, "has", "have")))
	}
	result.notes = append(result.notes, c.cutNotes(len(r.Formulas), r.Complete)...)
	result.explain = func() []string {
		text := "No set of conditions separates the cases with the outcome from those without."
		if len(r.Formulas) > 0 {
			best := r.Formulas[0]
			text = fmt.Sprintf("%s is a minimal formula of %d of the %d condition sets that separate the cases. A formula that recurs in many sets depends less on which conditions were chosen; one that needs a particular choice asks for a reason for that choice.",
				best.Expression, best.Subsets, len(r.Subsets))
		}
		return []string{text}
	}
	return result
}

func (c qcaRivalsCommand) equal(r *qca.EqualFit) qcaResult {
	result := qcaResult{data: r, sheet: c.sheet(r.Formulas), title: fmt.Sprintf("%s: %s at least as well as %s (consistency %s, coverage %s)",
		r.Outcome, counted(len(r.Formulas), "formula fits", "formulas fit"), r.Expression, r.Inclusion, r.Coverage), notes: c.cutNotes(len(r.Formulas), r.Complete)}
	result.explain = func() []string {
		return []string{fmt.Sprintf("On these data %s is one of %d formulas that do as well. Saying that nothing else explains the outcome would need a reason to rule out the others.", r.Expression, max(1, len(r.Formulas)))}
	}
	return result
}

// sheet lists the formulas: the first --top of them for reading, else all.
func (c qcaRivalsCommand) sheet(formulas []qca.RivalFormula) exchange.Sheet {
	sheet := exchange.Sheet{Columns: []string{"expression", "conditions", "sets", "consistency", "pri", "coverage"}}
	for i, f := range formulas {
		if c.Format != "csv" && i == c.Top {
			break
		}
		sheet.Rows = append(sheet.Rows, []any{f.Expression.String(), f.Conditions, f.Subsets, c.figure(f.Inclusion), c.figure(f.PRI), c.figure(f.Coverage)})
	}
	return sheet
}

func (c qcaRivalsCommand) cutNotes(formulas int, complete bool) []string {
	var notes []string
	if formulas > c.Top {
		notes = append(notes, fmt.Sprintf("The first %d of %d formulas are printed; raise --top for more.", c.Top, formulas))
	}
	if !complete {
		notes = append(notes, "Partial: the search stopped. Give it a longer --budget, or a smaller --size.")
	}
	return notes
}
