package main

import (
	"fmt"
	"strings"

	"sir/internal/exchange"
	"sir/qca"
)

type qcaFitCommand struct {
	qcaData
	Expressions []string `arg:"" name:"expression" help:"Expressions such as 'A*~B + C[2]'."`
	Theory      string   `placeholder:"EXPRESSION" help:"Compare the (one) expression with what a theory says, instead."`
	qcaOutput
}

func (qcaFitCommand) Help() string {
	return `Examples:
  sir qca fit A.csv 'PILOT*CHAMP' 'PILOT + ~BUDGET' --outcome ADOPTED
  sir qca fit A.csv 'PILOT*CHAMP' --theory PILOT --outcome ADOPTED

Each expression is judged as sufficient for the outcome (consistency, PRI, coverage) and as necessary
for it (necessity consistency, relevance of necessity, necessity coverage).`
}

// qcaFitLine is one expression's figures in both directions.
type qcaFitLine struct {
	Expression  qca.Expression   `json:"expression"`
	Sufficiency qca.Fit          `json:"sufficiency"`
	Necessity   qca.NecessityFit `json:"necessity"`
}

func (c qcaFitCommand) Run(env *environment) error {
	table, err := c.table()
	if err != nil {
		return err
	}
	outcome, err := table.Literal(c.Outcome, c.Notation)
	if err != nil {
		return inputError{fmt.Errorf("--outcome: %w", err)}
	}
	plain := outcome
	plain.Notation = qca.Tilde
	if c.Theory != "" {
		return c.compare(env, table, plain.String())
	}
	var lines []qcaFitLine
	for _, text := range c.Expressions {
		e, err := table.Expression(text, c.Notation)
		if err != nil {
			return c.inFile(err)
		}
		line := qcaFitLine{Expression: e}
		if line.Sufficiency, err = table.FitOf(plain.String(), e); err != nil {
			return c.inFile(err)
		}
		if line.Necessity, err = table.NecessityOf(plain.String(), e); err != nil {
			return c.inFile(err)
		}
		lines = append(lines, line)
	}
	return c.write(env, c.result(outcome, lines))
}

func (c qcaFitCommand) result(outcome qca.Literal, lines []qcaFitLine) qcaResult {
	r := qcaResult{title: "Fit to " + outcome.String(), sheet: exchange.Sheet{Columns: []string{"expression", "consistency", "pri", "coverage",
		"necessity_consistency", "relevance", "necessity_coverage"}}}
	r.data = struct {
		Outcome     string       `json:"outcome"`
		Expressions []qcaFitLine `json:"expressions"`
	}{outcome.String(), lines}
	for _, l := range lines {
		r.sheet.Rows = append(r.sheet.Rows, []any{l.Expression.String(), c.figure(l.Sufficiency.Inclusion), c.figure(l.Sufficiency.PRI), c.figure(l.Sufficiency.Coverage),
			c.figure(l.Necessity.Inclusion), c.figure(l.Necessity.Relevance), c.figure(l.Necessity.Coverage)})
	}
	r.explain = func() []string {
		var text []string
		for _, l := range lines {
			text = append(text, fmt.Sprintf("%s: of its membership, a share of %s goes with the outcome (1 means always: sufficient), and it takes in a share of %s of the outcome (1 means all of it: necessary). PRI is low where it fits the outcome's absence as well; relevance is low where nearly every case has it.",
				l.Expression, l.Sufficiency.Inclusion, l.Sufficiency.Coverage))
		}
		return text
	}
	return r
}

// compare judges the areas where the expression and a theory agree or differ.
func (c qcaFitCommand) compare(env *environment, table *qca.Table, outcome string) error {
	if len(c.Expressions) != 1 {
		return inputError{fmt.Errorf("--theory compares one expression; %d were given", len(c.Expressions))}
	}
	result, err := table.Expression(c.Expressions[0], c.Notation)
	if err != nil {
		return c.inFile(err)
	}
	theory, err := table.Expression(c.Theory, c.Notation)
	if err != nil {
		return inputError{fmt.Errorf("--theory: %w", err)}
	}
	areas, err := table.Theory(outcome, result, theory)
	if err != nil {
		return c.inFile(err)
	}
	r := qcaResult{title: fmt.Sprintf("%s against the theory %s, for %s", result, theory, c.Outcome)}
	r.data = struct {
		Outcome string           `json:"outcome"`
		Result  qca.Expression   `json:"result"`
		Theory  qca.Expression   `json:"theory"`
		Areas   []qca.TheoryArea `json:"areas"`
	}{c.Outcome, result, theory, areas}
	r.sheet = exchange.Sheet{Columns: []string{"in_theory", "in_result", "consistency", "coverage", "cases_with_outcome", "cases_without_outcome"}}
	word := map[bool]string{true: "yes", false: "no"}
	for _, a := range areas {
		r.sheet.Rows = append(r.sheet.Rows, []any{word[a.InTheory], word[a.InResult], c.figure(a.Inclusion), c.figure(a.Coverage),
			strings.Join(a.With, ", "), strings.Join(a.Without, ", ")})
	}
	r.explain = func() []string {
		return []string{"Cases with the outcome in both speak for the theory; in the result only, they say that it is too narrow. Cases without the outcome that the theory expects say that it is too wide. Cases with the outcome in neither are explained by nothing yet."}
	}
	return c.write(env, r)
}
