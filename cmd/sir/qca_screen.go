package main

import (
	"fmt"
	"strings"

	"sir/internal/exchange"
	"sir/qca"
)

type qcaScreenCommand struct {
	qcaData
	Candidates        []string `placeholder:"A,B,C" help:"All conditions that were considered, dropped ones too. Default: all columns but the outcome."`
	Minority          string   `default:">=1/3" placeholder:">=1/3" help:"Share of cases that a condition's rarest value needs, with >= or > before it."`
	CasesPerCondition int      `placeholder:"N" help:"Cases that each kept condition needs. Default: only reported."`
	Diversity         string   `placeholder:"SHARE" help:"Share of the possible rows that has to be observed. Default: only reported."`
	qcaOutput
}

func (qcaScreenCommand) Help() string {
	return `Examples:
  sir qca screen A.csv --outcome ADOPTED
  sir qca screen A.csv --outcome ADOPTED --conditions PILOT,CHAMP --minority '>1/3' --explain

--conditions are those kept; every other column counts as dropped, and the same rules are applied to both.`
}

func (c qcaScreenCommand) Run(env *environment) error {
	rules, err := c.rules()
	if err != nil {
		return inputError{err}
	}
	table, err := c.table()
	if err != nil {
		return err
	}
	outcome, err := table.Literal(c.Outcome, c.Notation)
	if err != nil {
		return inputError{fmt.Errorf("--outcome: %w", err)}
	}
	outcome.Notation = qca.Tilde
	report, err := table.Screen(outcome.String(), rules)
	if err != nil {
		return c.inFile(err)
	}
	return c.write(env, c.result(report))
}

func (c qcaScreenCommand) rules() (qca.ScreenRules, error) {
	rules := qca.ScreenRules{Conditions: c.Candidates, Kept: c.Conditions, CasesPerCondition: c.CasesPerCondition}
	share, strict := strings.CutPrefix(c.Minority, ">")
	share, equal := strings.CutPrefix(share, "=")
	if !strict {
		return rules, fmt.Errorf("--minority %q: start with >= or >, such as >=1/3", c.Minority)
	}
	if !equal {
		rules.Minority = qca.MoreThan
	}
	var err error
	if rules.MinorityCut, err = qca.ParseRatio(share); err != nil {
		return rules, fmt.Errorf("--minority: %w", err)
	}
	if c.Diversity != "" {
		if rules.Diversity, err = qca.ParseRatio(c.Diversity); err != nil {
			return rules, fmt.Errorf("--diversity: %w", err)
		}
	}
	return rules, nil
}

func (c qcaScreenCommand) result(report *qca.Screening) qcaResult {
	r := qcaResult{data: report, title: fmt.Sprintf("%s: rules applied to %s", report.Outcome.Condition, counted(len(report.Conditions), "condition", "conditions"))}
	r.sheet = exchange.Sheet{Columns: []string{"condition", "kept", "rule", "measured", "cut", "verdict", "finding"}}
	for _, f := range report.Log {
		condition, kept := f.Condition, map[bool]string{true: "kept", false: "dropped"}[f.Kept]
		if condition == "" {
			condition = "(all kept)"
		}
		r.sheet.Rows = append(r.sheet.Rows, []any{condition, kept, string(f.Rule), f.Measured.String(), f.Cut, string(f.Verdict), f.Text})
	}
	if len(report.Uneven) > 0 {
		r.notes = append(r.notes, "Decisions that the rules do not account for:")
	}
	for _, u := range report.Uneven {
		r.notes = append(r.notes, "  "+u.Text)
	}
	r.explain = func() []string {
		return []string{"Every rule is applied to kept and dropped conditions alike. A failed rule is not a verdict on a condition; that two conditions which do equally well are treated differently asks for a reason that can be written down."}
	}
	return r
}
