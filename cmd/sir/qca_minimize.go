package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"sir/qca"
	"sir/qca/replicate"
)

type qcaMinimizeCommand struct {
	qcaData
	qcaCuts
	Solution       qca.SolutionKind `default:"conservative" placeholder:"conservative" help:"Which combinations without cases it may assume: conservative (none), parsimonious (any), intermediate (those that --expect allows)."`
	Expect         string           `placeholder:"A=1,B=0" help:"What is expected to help, for the intermediate solution: values (A=1), conjunctions (~A*B), sets (C[1,2])."`
	Exclude        []uint64         `placeholder:"ROW" help:"Numbers of rows that no formula may cover."`
	Impossible     string           `placeholder:"EXPRESSION" help:"Exclude the rows without cases in which this holds: they cannot be."`
	Necessary      string           `placeholder:"EXPRESSION" help:"Exclude the rows without cases in which this does not hold: it is claimed to be necessary."`
	Enhanced       bool             `help:"Exclude the rows without cases that models of the outcome and of its absence would both assume."`
	Contradictions string           `enum:"exclude,remainder,positive" default:"exclude" help:"What contradictory rows are: exclude (not covered), remainder or positive."`
	RowDominance   bool             `help:"Drop dominated prime implicants, as some programs do; it can hide tied formulas."`
	AllModels      bool             `help:"List every irredundant formula after the shortest ones."`
	MaxModels      int              `default:"1000" placeholder:"1000" help:"Formulas to list at most; all are counted."`
	qcaReplicate
	qcaBudget
	qcaOutput
}

func (qcaMinimizeCommand) Help() string {
	return `Examples:
  sir qca minimize A.csv --outcome ADOPTED --conditions PILOT,CHAMP
  sir qca minimize A.csv --outcome '~ADOPTED' --solution parsimonious --explain
  sir qca minimize A.csv --outcome ADOPTED --inclusion 0.8 --pri 0.5 --n-cut 2
  sir qca minimize A.csv --outcome ADOPTED --solution intermediate --expect PILOT=1,CHAMP=1 --format json
  sir qca minimize A.csv --outcome ADOPTED --solution parsimonious --necessary CHAMP --impossible 'PILOT*~BUDGET' --enhanced
  sir qca minimize A.csv --outcome ADOPTED --solution parsimonious --replicate for-the-archive

Every formula with the fewest terms is listed, since the data cannot choose between them. JSON says
whether the list is complete and whether a shorter formula is ruled out.`
}

func (c qcaMinimizeCommand) Run(env *environment) error {
	table, err := c.table()
	if err != nil {
		return err
	}
	return c.run(env, table)
}

// run minimises the table that was read.
func (c qcaMinimizeCommand) run(env *environment, table *qca.Table) error {
	if c.MaxModels < 1 {
		return inputError{fmt.Errorf("--max-models %d: give at least 1", c.MaxModels)}
	}
	if err := c.check(); err != nil {
		return err
	}
	tt, err := c.truthTable(table, c.qcaCuts)
	if err != nil {
		return err
	}
	options, err := c.options(tt)
	if err != nil {
		return err
	}
	var solution *qca.Solution
	err = c.qcaBudget.run(env, func(ctx context.Context, tell func(qca.Progress)) error {
		options.Progress = tell
		if err := c.exclude(ctx, tt, &options); err != nil {
			return err
		}
		solution, err = tt.Minimize(ctx, options)
		return c.inFile(err)
	})
	if err != nil {
		return err
	}
	if err := c.save(replicate.Analysis{TruthTable: tt, Result: solution, Options: options, Solution: solution}); err != nil {
		return err
	}
	result := c.result(solution)
	result.notes = append(result.notes, c.note()...)
	result.explain = func() []string { return tt.Explain(solution) }
	return c.write(env, result)
}

func (c qcaMinimizeCommand) options(tt *qca.TruthTable) (qca.Options, error) {
	use := map[string]qca.ContradictionUse{"exclude": qca.ExcludeContradictions,
		"remainder": qca.ContradictionsAsRemainders, "positive": qca.ContradictionsAsPositive}
	o := qca.Options{Solution: c.Solution, Exclude: c.Exclude, Contradictions: use[c.Contradictions], RowDominance: c.RowDominance,
		AllModels: c.AllModels, MaxModels: c.MaxModels, MaxSteps: math.MaxInt}
	if c.Expect != "" && c.Solution != qca.Intermediate {
		return o, inputError{fmt.Errorf("--expect is for --solution intermediate")}
	}
	expect, err := tt.Table().Expectations(c.Expect, c.Notation)
	if err != nil {
		return o, inputError{fmt.Errorf("--expect: %w", err)}
	}
	o.Expect = expect
	return o, nil
}

// exclude adds the rows that an enhanced standard analysis keeps out.
func (c qcaMinimizeCommand) exclude(ctx context.Context, tt *qca.TruthTable, o *qca.Options) error {
	for _, claim := range []struct{ flag, text string }{{"--impossible", c.Impossible}, {"--necessary", c.Necessary}} {
		if claim.text == "" {
			continue
		}
		text := claim.text
		if claim.flag == "--necessary" {
			text = "~(" + text + ")"
		}
		e, err := tt.Table().Expression(text, c.Notation)
		if err == nil {
			var rows []uint64
			rows, err = tt.RemaindersIn(e)
			o.Exclude = append(o.Exclude, rows...)
		}
		if err != nil {
			return inputError{fmt.Errorf("%s %s: %w", claim.flag, claim.text, err)}
		}
	}
	if !c.Enhanced {
		return nil
	}
	rows, complete, err := tt.ContradictoryAssumptions(ctx, *o)
	if err != nil {
		return c.inFile(err)
	}
	if !complete {
		return errors.New("--enhanced: not every formula could be compared in the time; raise --budget or --max-models")
	}
	o.Exclude = append(o.Exclude, rows...)
	return nil
}

func (c qcaMinimizeCommand) result(s *qca.Solution) qcaResult {
	r := qcaResult{data: s, title: fmt.Sprintf("%s, %s solution: %s", s.Outcome, s.Kind, countedModels(s, c.AllModels))}
	r.sheet.Columns = []string{"model", "part", "expression", "consistency", "pri", "raw_coverage", "unique_coverage", "cases"}
	for i, m := range s.Models {
		r.sheet.Rows = append(r.sheet.Rows, []any{i + 1, "model", c.formula(m), c.figure(m.Inclusion), c.figure(m.PRI), c.figure(m.Coverage),
			c.figure(qca.Figure{}), strings.Join(coveredCases(m), ", ")})
		for _, t := range m.Terms {
			r.sheet.Rows = append(r.sheet.Rows, []any{i + 1, "term", t.Expression.String(), c.figure(t.Inclusion), c.figure(t.PRI),
				c.figure(t.RawCoverage), c.figure(t.UniqueCoverage), strings.Join(t.Cases, ", ")})
		}
	}
	r.notes = c.notes(s)
	return r
}

// maxFormulaWidth is the longest formula that a table holds in one cell: all
// lines are as wide as the widest one.
const maxFormulaWidth = 1000

// formula is the expression of a model; in a table, a long one is said by its
// terms, which follow.
func (c qcaMinimizeCommand) formula(m qca.Model) string {
	text := m.Expression.String()
	if c.Format == "table" && len(text) > maxFormulaWidth {
		return fmt.Sprintf("any of these %d terms", len(m.Terms))
	}
	return text
}

// coveredCases are the cases in any term of the model, each once.
func coveredCases(m qca.Model) []string {
	var cases []string
	seen := make(map[string]bool)
	for _, t := range m.Terms {
		for _, id := range t.Cases {
			if !seen[id] {
				seen[id] = true
				cases = append(cases, id)
			}
		}
	}
	return cases
}

func (c qcaMinimizeCommand) notes(s *qca.Solution) []string {
	var notes []string
	if s.Kind == qca.Intermediate && c.Expect == "" {
		notes = append(notes, "No expectation was given with --expect, so no row without cases may be assumed: this is the conservative solution.")
	}
	if s.Kind != qca.Conservative {
		for i, m := range s.Models {
			note := fmt.Sprintf("Model %d assumes the outcome in %s without cases%s", i+1, counted(len(m.SimplifyingAssumptions), "row", "rows"), listed(m.SimplifyingAssumptions))
			if !m.AssumptionsListed {
				note = fmt.Sprintf("Model %d assumes the outcome in more rows without cases than are listed", i+1)
			}
			if len(m.Pairs) > 0 {
				note += " (from " + strings.Join(m.Pairs, ", ") + ")"
			}
			notes = append(notes, note+".")
		}
	}
	essential := make([]string, len(s.Essential))
	for i, t := range s.Essential {
		essential[i] = t.String()
	}
	if len(essential) > 0 {
		notes = append(notes, "In every formula: "+strings.Join(essential, ", ")+".")
	}
	skipped := 0
	for _, pair := range s.Pairs {
		if pair.Skipped {
			skipped++
		}
	}
	switch {
	case skipped > 0:
		notes = append(notes, fmt.Sprintf("Partial: %d of %s without an answer, since the expectations allow more than a million rows without cases there. Use fewer conditions, or fewer expectations.",
			skipped, counted(len(s.Pairs), "pair of formulas is", "pairs of formulas are")))
	case !s.ProvedMinimal:
		notes = append(notes, "Partial: the search stopped; a formula with fewer terms may exist. Give it a longer --budget.")
	case !s.Complete:
		notes = append(notes, "Cut: not every formula is listed. Raise --max-models or --budget.")
	}
	return notes
}

// listed names up to ten rows.
func listed(rows []uint64) string {
	if len(rows) == 0 || len(rows) > 10 {
		return ""
	}
	return ": " + strings.Trim(strings.ReplaceAll(fmt.Sprint(rows), " ", ", "), "[]")
}

// countedModels says how many formulas there are, and calls them minimal only
// where that is proved.
func countedModels(s *qca.Solution, irredundant bool) string {
	if !s.ProvedMinimal {
		return partlyCounted(len(s.Models))
	}
	n, atLeast := fmt.Sprint(s.ModelCount), ""
	if s.ModelCount == 1 {
		n = "one"
	}
	if !s.ModelCountExact {
		atLeast = "at least "
	}
	kind := " minimal formula"
	if irredundant {
		kind = " irredundant formula"
	}
	if s.ModelCount != 1 {
		kind += "s"
	}
	return atLeast + n + kind
}

func partlyCounted(found int) string {
	switch found {
	case 0:
		return "no formula found"
	case 1:
		return "one formula found, perhaps not minimal"
	}
	return fmt.Sprintf("%d formulas found, perhaps not minimal", found)
}
