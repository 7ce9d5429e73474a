package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"sir/internal/exchange"
	"sir/qca"
)

type qcaMinimizeCommand struct {
	qcaData
	qcaCuts
	Solution       qca.SolutionKind `default:"conservative" placeholder:"conservative" help:"Which combinations without cases it may assume: conservative (none), parsimonious (any), intermediate (those that --expect allows)."`
	Expect         string           `placeholder:"A=1,B=0" help:"What is expected to help, for the intermediate solution: values (A=1), conjunctions (~A*B), sets (C[1,2])."`
	Exclude        []uint64         `placeholder:"ROW" help:"Numbers of rows that no formula may cover."`
	Contradictions string           `enum:"exclude,remainder,positive" default:"exclude" help:"What contradictory rows are: exclude (not covered), remainder or positive."`
	RowDominance   bool             `help:"Drop dominated prime implicants, as some programs do; it can hide tied formulas."`
	MaxModels      int              `default:"1000" placeholder:"1000" help:"Formulas to list at most; all are counted."`
	qcaBudget
	qcaOutput
}

func (qcaMinimizeCommand) Help() string {
	return `Examples:
  sir qca minimize A.csv --outcome ADOPTED --conditions PILOT,CHAMP
  sir qca minimize A.csv --outcome '~ADOPTED' --solution parsimonious --explain
  sir qca minimize A.csv --outcome ADOPTED --inclusion 0.8 --pri 0.5 --n-cut 2
  sir qca minimize A.csv --outcome ADOPTED --solution intermediate --expect PILOT=1,CHAMP=1 --format json

Every formula with the fewest terms is listed, since the data cannot choose between them. JSON says
whether the list is complete and whether a shorter formula is ruled out.`
}

func (c qcaMinimizeCommand) Run(env *environment) error {
	if c.MaxModels < 1 {
		return inputError{fmt.Errorf("--max-models %d: give at least 1", c.MaxModels)}
	}
	tt, err := c.truthTable(c.qcaCuts)
	if err != nil {
		return err
	}
	options, err := c.options(tt)
	if err != nil {
		return err
	}
	ctx, cancel := c.context(env)
	defer cancel()
	solution, err := tt.Minimize(ctx, options)
	if err != nil {
		return c.inFile(err)
	}
	result := c.result(solution)
	result.explain = func() []string { return tt.Explain(solution) }
	return c.write(env, result)
}

func (c qcaMinimizeCommand) options(tt *qca.TruthTable) (qca.Options, error) {
	use := map[string]qca.ContradictionUse{"exclude": qca.ExcludeContradictions,
		"remainder": qca.ContradictionsAsRemainders, "positive": qca.ContradictionsAsPositive}
	o := qca.Options{Solution: c.Solution, Exclude: c.Exclude, Contradictions: use[c.Contradictions], RowDominance: c.RowDominance,
		MaxModels: c.MaxModels, MaxSteps: math.MaxInt}
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

func (c qcaMinimizeCommand) result(s *qca.Solution) qcaResult {
	r := qcaResult{data: s, title: fmt.Sprintf("%s, %s solution: %s", s.Outcome, s.Kind, countedModels(s))}
	r.sheet.Columns = []string{"model", "part", "expression", "consistency", "pri", "raw_coverage", "unique_coverage", "cases"}
	for i, m := range s.Models {
		r.sheet.Rows = append(r.sheet.Rows, []any{i + 1, "model", m.Expression.String(), c.figure(m.Inclusion), c.figure(m.PRI), c.figure(m.Coverage),
			c.figure(qca.Figure{}), strings.Join(coveredCases(m), ", ")})
		for _, t := range m.Terms {
			r.sheet.Rows = append(r.sheet.Rows, []any{i + 1, "term", t.Expression.String(), c.figure(t.Inclusion), c.figure(t.PRI),
				c.figure(t.RawCoverage), c.figure(t.UniqueCoverage), strings.Join(t.Cases, ", ")})
		}
	}
	r.notes = c.notes(s)
	return r
}

// coveredCases are the cases in any term of the model, each once.
func coveredCases(m qca.Model) []string {
	var cases []string
	for _, t := range m.Terms {
		for _, id := range t.Cases {
			if !slices.Contains(cases, id) {
				cases = append(cases, id)
			}
		}
	}
	return cases
}

func (c qcaMinimizeCommand) notes(s *qca.Solution) []string {
	var notes []string
	if s.Kind != qca.Conservative {
		for i, m := range s.Models {
			note := fmt.Sprintf("Model %d assumes the outcome in %d row(s) without cases%s", i+1, len(m.SimplifyingAssumptions), listed(m.SimplifyingAssumptions))
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
	switch {
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

func countedModels(s *qca.Solution) string {
	n := fmt.Sprint(s.ModelCount)
	if !s.ModelCountExact {
		n = "at least " + n
	}
	if n == "1" {
		return "one minimal formula"
	}
	return n + " minimal formulas"
}

type qcaTruthTableCommand struct {
	qcaData
	qcaCuts
	qcaOutput
}

func (qcaTruthTableCommand) Help() string {
	return `Examples:
  sir qca truth-table A.csv --outcome ADOPTED
  sir qca truth-table A.csv --outcome ADOPTED --inclusion 0.8,0.6 --n-cut 2 --format csv

Output: 1 positive, 0 negative, C contradiction, ? remainder. Deviant cases are out of the outcome
although their row, if positive, says they are in.`
}

func (c qcaTruthTableCommand) Run(env *environment) error {
	tt, err := c.truthTable(c.qcaCuts)
	if err != nil {
		return err
	}
	r := qcaResult{data: tt, title: fmt.Sprintf("%s: %d of %d possible rows are observed", tt.Outcome, len(tt.Rows), tt.Possible),
		sheet: c.sheet(tt), explain: func() []string { return explainRows(tt) }}
	if len(tt.LeftOut) > 0 {
		r.notes = append(r.notes, "Left out, with a membership of exactly 0.5: "+strings.Join(tt.LeftOut, ", ")+".")
	}
	return c.write(env, r)
}

func (c qcaTruthTableCommand) sheet(tt *qca.TruthTable) exchange.Sheet {
	sheet := exchange.Sheet{Columns: []string{"row"}}
	for _, condition := range tt.Conditions {
		sheet.Columns = append(sheet.Columns, condition.Name)
	}
	sheet.Columns = append(sheet.Columns, "output", "n", "inclusion", "pri", "cases", "deviant")
	for _, row := range tt.Rows {
		cells := []any{int64(row.Number)}
		for _, v := range row.Values {
			cells = append(cells, v)
		}
		sheet.Rows = append(sheet.Rows, append(cells, row.Output.String(), row.N, c.figure(row.Inclusion), c.figure(row.PRI),
			strings.Join(row.Cases, ", "), strings.Join(row.Deviant, ", ")))
	}
	return sheet
}

func explainRows(tt *qca.TruthTable) []string {
	text := fmt.Sprintf("Each row is one combination of the conditions, with the cases that have it. %d row(s) count as showing the outcome, %d as not showing it.",
		tt.Count(qca.Positive), tt.Count(qca.Negative))
	if mixed := len(tt.Mixed()); mixed > 0 {
		text += fmt.Sprintf(" In %d row(s) the cases differ in the outcome although the conditions are the same: look for what tells them apart.", mixed)
	}
	observed := tt.Possible - uint64(len(tt.Rows))
	return []string{text, fmt.Sprintf("%d combination(s) have no case. What the outcome would be there is not known; a parsimonious or intermediate solution assumes it for some.", observed)}
}
