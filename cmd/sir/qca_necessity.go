package main

import (
	"context"
	"fmt"
	"math"
	"slices"

	"sir/internal/exchange"
	"sir/qca"
	"sir/qca/replicate"
)

type qcaNecessityCommand struct {
	qcaData
	Cut          float64 `default:"0.9" placeholder:"0.9" help:"Consistency from which something is necessary."`
	Relevance    float64 `default:"0" placeholder:"0" help:"Relevance of necessity that combinations need."`
	Combinations bool    `help:"Find necessary conjunctions and minimal disjunctions, too."`
	Size         int     `default:"0" placeholder:"N" help:"Conditions in a combination at most. Default: any number."`
	qcaReplicate
	qcaBudget
	qcaOutput
}

func (qcaNecessityCommand) Help() string {
	return `Examples:
  sir qca necessity A.csv --outcome ADOPTED --cut 0.9
  sir qca necessity A.csv --outcome ADOPTED --combinations --size 3 --relevance 0.5

Presence and absence of every condition, or every value of one with several. With --combinations also
every conjunction that reaches the cut, and every disjunction of which no part does.`
}

// qcaNecessity is the result as JSON.
type qcaNecessity struct {
	Outcome      string             `json:"outcome"`
	Cut          float64            `json:"cut"`
	Conditions   []qca.NecessityFit `json:"conditions"`
	Combinations *qca.Necessary     `json:"combinations,omitempty"`
}

func (c qcaNecessityCommand) Run(env *environment) error {
	if !(c.Cut > 0 && c.Cut <= 1) || c.Size < 0 {
		return inputError{fmt.Errorf("--cut %g, --size %d: give a cut above 0 up to 1, and no negative size", c.Cut, c.Size)}
	}
	if err := c.check(); err != nil {
		return err
	}
	table, err := c.table()
	if err != nil {
		return err
	}
	settings := c.settings()
	settings.LeaveOutHalf = true
	tt, err := table.TruthTable(settings)
	if err != nil {
		return c.inFile(err)
	}
	options := qca.NecessityOptions{Inclusion: c.Cut, Relevance: c.Relevance, MaxLiterals: c.Size, MaxSteps: math.MaxInt}
	n := qcaNecessity{Outcome: tt.Outcome, Cut: c.Cut, Conditions: tt.SingleNecessity()}
	if c.Combinations {
		err = c.run(env, func(ctx context.Context, tell func(qca.Progress)) error {
			options.Progress = tell
			n.Combinations, err = tt.Necessary(ctx, options)
			return c.inFile(err)
		})
		if err != nil {
			return err
		}
	}
	if err := c.save(replicate.Analysis{TruthTable: tt, Result: n, Necessity: &options}); err != nil {
		return err
	}
	result := c.result(n)
	result.notes = append(result.notes, c.note()...)
	return c.write(env, result)
}

func (c qcaNecessityCommand) result(n qcaNecessity) qcaResult {
	r := qcaResult{data: n, title: "Necessary for " + n.Outcome, explain: func() []string { return explainNecessity(n) }}
	r.sheet = exchange.Sheet{Columns: []string{"expression", "consistency", "relevance", "coverage", "necessary"}}
	add := func(f qca.NecessityFit) {
		mark := "no"
		if f.Inclusion.AtLeast(c.Cut) {
			mark = "yes"
		}
		r.sheet.Rows = append(r.sheet.Rows, []any{f.Expression.String(), c.figure(f.Inclusion), c.figure(f.Relevance), c.figure(f.Coverage), mark})
	}
	for _, f := range n.Conditions {
		add(f)
	}
	if n.Combinations == nil {
		return r
	}
	for _, f := range slices.Concat(n.Combinations.Conjunctions, n.Combinations.Disjunctions) {
		if len(f.Expression)+len(f.Expression[0]) > 2 { // single ones stand above
			add(f)
		}
	}
	if !n.Combinations.Complete {
		r.notes = append(r.notes, "Partial: the search stopped or the list was cut. Give it a longer --budget, or a smaller --size.")
	}
	return r
}

func explainNecessity(n qcaNecessity) []string {
	var text []string
	for _, f := range n.Conditions {
		if f.Inclusion.AtLeast(n.Cut) {
			text = append(text, fmt.Sprintf("%s: a share of %s of %s goes with it, so it is (almost) always there when the outcome is. Its relevance is %s: near 0 it means little, since nearly every case has it.",
				f.Expression, f.Inclusion, n.Outcome, f.Relevance))
		}
	}
	if len(text) == 0 {
		text = []string{fmt.Sprintf("No single condition reaches %g: none has to be there for %s.", n.Cut, n.Outcome)}
	}
	if n.Combinations != nil {
		text = append(text, "A necessary disjunction (A + B) only makes sense where its conditions can stand in for each other: name what they have in common.")
	}
	return append(text, "Being there does not show that it is needed: a condition can go with the outcome in these cases by chance or for a common cause.")
}
