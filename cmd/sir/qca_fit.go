package main

import (
	"fmt"

	"sir/internal/exchange"
	"sir/qca"
)

type qcaFitCommand struct {
	qcaData
	Expressions []string `arg:"" name:"expression" help:"Expressions such as 'A*~B + C[2]'."`
	qcaOutput
}

func (qcaFitCommand) Help() string {
	return `Example:
  sir qca fit A.csv 'PILOT*CHAMP' 'PILOT + ~BUDGET' --outcome ADOPTED

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

type qcaNecessityCommand struct {
	qcaData
	Cut float64 `default:"0.9" placeholder:"0.9" help:"Consistency from which a condition is marked as necessary."`
	qcaOutput
}

func (qcaNecessityCommand) Help() string {
	return `Example:
  sir qca necessity A.csv --outcome ADOPTED --cut 0.9

Presence and absence of every condition, or every value of one with several.`
}

func (c qcaNecessityCommand) Run(env *environment) error {
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
	fits := tt.SingleNecessity()
	r := qcaResult{title: "Necessary for " + tt.Outcome, sheet: exchange.Sheet{Columns: []string{"expression", "consistency", "relevance", "coverage", "necessary"}}}
	r.data = struct {
		Outcome    string             `json:"outcome"`
		Cut        float64            `json:"cut"`
		Conditions []qca.NecessityFit `json:"conditions"`
	}{tt.Outcome, c.Cut, fits}
	for _, f := range fits {
		mark := "no"
		if f.Inclusion.AtLeast(c.Cut) {
			mark = "yes"
		}
		r.sheet.Rows = append(r.sheet.Rows, []any{f.Expression.String(), c.figure(f.Inclusion), c.figure(f.Relevance), c.figure(f.Coverage), mark})
	}
	r.explain = func() []string { return explainNecessity(tt.Outcome, fits, c.Cut) }
	return c.write(env, r)
}

func explainNecessity(outcome string, fits []qca.NecessityFit, cut float64) []string {
	var text []string
	for _, f := range fits {
		if f.Inclusion.AtLeast(cut) {
			text = append(text, fmt.Sprintf("%s: a share of %s of %s goes with it, so it is (almost) always there when the outcome is. Its relevance is %s: near 0 it means little, since nearly every case has it.",
				f.Expression, f.Inclusion, outcome, f.Relevance))
		}
	}
	if len(text) == 0 {
		text = []string{fmt.Sprintf("No single condition reaches %g: none has to be there for %s.", cut, outcome)}
	}
	return append(text, "Being there does not show that it is needed: a condition can go with the outcome in these cases by chance or for a common cause.")
}
