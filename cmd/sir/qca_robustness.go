package main

import (
	"context"
	"fmt"
	"math"
	"strings"

	"sir/internal/exchange"
	"sir/qca"
)

type qcaRobustnessCommand struct {
	qcaData
	qcaCuts
	Solution qca.SolutionKind `default:"conservative" placeholder:"conservative" help:"The solution to test: conservative, parsimonious or intermediate."`
	Expect   string           `placeholder:"A=1,B=0" help:"What is expected to help, for the intermediate solution."`
	Set      []string         `sep:"none" placeholder:"COLUMN=HOW" help:"Calibrate a column of raw figures first, as sir qca calibrate does: its anchors are moved, too."`
	LeaveOut int              `default:"2" placeholder:"2" help:"Cases to leave out at once, besides one by one; 0 for none."`
	Repeats  int              `default:"1000" placeholder:"1000" help:"Choices of cases and permutations to try."`
	Clusters string           `placeholder:"COLUMN" help:"Leave out the cases of each cluster together: a column of regions, years or the like."`
	Outcomes []string         `placeholder:"B,C" help:"Other columns that could be the outcome as well, such as the same one at other dates: is the formula the same?"`
	AllTests bool             `help:"Compare with every tied formula just beyond the ranges, not with the first of each."`
	Seed     uint64           `default:"1" placeholder:"1" help:"Seed of what is drawn at random."`
	qcaBudget
	qcaOutput
}

func (qcaRobustnessCommand) Help() string {
	return `Examples:
  sir qca robustness A.csv --outcome ADOPTED --solution parsimonious --explain
  sir qca robustness raw.csv --outcome RATE --set 'RATE=crisp 50' --leave-out 3 --repeats 5000
  sir qca robustness A.csv --outcome ADOPTED --clusters REGION --all-tests

How far each cut and anchor can be moved before the formulas change, what they become without any one
case and without several, whether they do better than chance, and which cases they depend on.

The core compares the formula with those just beyond the ranges (Oana and Schneider 2024); 1 means
that nothing depends on the choice:
  RF_cons                  consistency of the formula / of what all formulas agree on
  RF_cov                   coverage of what all agree on / of the formula
  RF_SC_min, RF_SC_max     overlap of the formula with the least and with the most that the others cover
  shaky cases              in the formula, but not in every other one`
}

func (c qcaRobustnessCommand) Run(env *environment) error {
	table, err := c.table()
	if err != nil {
		return err
	}
	options, err := c.options(table)
	if err != nil {
		return err
	}
	var result *qca.Robustness
	err = c.run(env, func(ctx context.Context, tell func(qca.Progress)) error {
		options.Progress = tell
		result, err = table.Robustness(ctx, options)
		return c.inFile(err)
	})
	if err != nil {
		return err
	}
	return c.write(env, c.result(result))
}

func (c qcaRobustnessCommand) options(table *qca.Table) (qca.RobustnessOptions, error) {
	o := qca.RobustnessOptions{Settings: c.settings(), LeaveOut: c.LeaveOut, Repeats: c.Repeats, Seed: c.Seed}
	if c.Repeats < 1 || c.LeaveOut < 0 {
		return o, inputError{fmt.Errorf("--repeats %d, --leave-out %d: give at least 1 repeat and no negative number of cases", c.Repeats, c.LeaveOut)}
	}
	if err := c.apply(&o.Settings); err != nil {
		return o, err
	}
	if c.Clusters != "" {
		var err error
		if o.Clusters, err = table.Texts(c.Clusters); err != nil {
			return o, inputError{fmt.Errorf("--clusters: %w", err)}
		}
	}
	var err error
	if o.Conditions, err = c.conditions(table); err != nil {
		return o, err
	}
	expect, err := table.Expectations(c.Expect, c.Notation)
	if err != nil {
		return o, inputError{fmt.Errorf("--expect: %w", err)}
	}
	o.Options = qca.Options{Solution: c.Solution, Expect: expect, MaxSteps: math.MaxInt, MaxModels: 100}
	o.AllTests, o.Outcomes = c.AllTests, c.Outcomes
	for _, set := range c.Set {
		name, how, _ := strings.Cut(set, "=")
		calibration, err := qca.ParseCalibration(how)
		if err != nil {
			return o, inputError{fmt.Errorf("--set %s: %w", set, err)}
		}
		o.Calibrations = append(o.Calibrations, qca.NamedCalibration{Column: name, Calibration: calibration})
	}
	return o, nil
}

// conditions are by default all columns but outcomes and clusters.
func (c qcaRobustnessCommand) conditions(table *qca.Table) ([]string, error) {
	if len(c.Conditions) > 0 {
		return c.Conditions, nil
	}
	used := []string{c.Clusters}
	for _, text := range append([]string{c.Outcome}, c.Outcomes...) {
		outcome, err := table.Literal(text, c.Notation)
		if err != nil {
			return nil, inputError{fmt.Errorf("outcome %s: %w", text, err)}
		}
		used = append(used, outcome.Condition)
	}
	return table.Others(used...), nil
}

// result lists one finding a line.
func (c qcaRobustnessCommand) result(r *qca.Robustness) qcaResult {
	result := qcaResult{data: r, explain: func() []string { return explainRobustness(r) },
		title: fmt.Sprintf("%s, %s solution: %s", r.Outcome, r.Kind, joinExpressions(r.Models)),
		sheet: exchange.Sheet{Columns: []string{"test", "on", "result", "detail"}}}
	add := func(test, on, text, detail string) {
		result.sheet.Rows = append(result.sheet.Rows, []any{test, on, text, detail})
	}
	for _, one := range r.Ranges {
		add("range", fmt.Sprintf("%s %g", one.Choice, one.Value), rangeText(one), "below: "+joinExpressions(one.Below)+"; above: "+joinExpressions(one.Above))
	}
	changed := 0
	for _, one := range r.LeaveOneOut {
		if !one.Same {
			changed++
			add("without a case", one.Case, "changes", joinExpressions(one.Models))
		}
	}
	add("without a case", fmt.Sprintf("each of %d", len(r.LeaveOneOut)), fmt.Sprintf("%d change", changed), "")
	if l := r.LeaveOut; l != nil {
		add("without cases", fmt.Sprintf("%d at once, %d tries", l.Out, l.Tried), fmt.Sprintf("%d the same", l.Same), "")
		for _, f := range l.Formulas[:min(5, len(l.Formulas))] {
			add("without cases", f.Expression.String(), fmt.Sprintf("in %d tries", f.Tries), "")
		}
	}
	for _, one := range r.Outcomes {
		add("other outcome", one.Outcome, map[bool]string{true: "the same", false: "changes"}[one.Same], joinExpressions(one.Models))
	}
	for _, one := range r.Clusters {
		result.sheet.Rows = append(result.sheet.Rows, clusterRow(one))
	}
	for _, p := range r.Permutations {
		add("against chance", p.Expression.String(), fmt.Sprintf("this formula p = %.3g", p.Formula), fmt.Sprintf("any formula as simple p = %.3g (%d deals)", p.Search, p.Tries))
	}
	for _, core := range r.Cores {
		add("core", core.Expression.String(), fmt.Sprintf("RF_cons %s, RF_cov %s, RF_SC_min %s, RF_SC_max %s", core.Consistency, core.Coverage, core.SetMinimum, core.SetMaximum),
			fmt.Sprintf("%s; shaky: %s", counted(len(core.Tests), "other formula", "other formulas"), listOr(append(core.ShakyTypical, core.ShakyDeviant...))))
	}
	if n := len(r.Cores); n > 1 {
		result.notes = append(result.notes, fmt.Sprintf("The formula is one of %d that do equally well: each is tested, and none can be preferred for its fit.", n))
	}
	if len(r.Permutations) > 0 {
		result.notes = append(result.notes, permutationCaution)
	}
	if !r.Complete {
		result.notes = append(result.notes, "Partial: a search stopped at --budget, or had more than 100 tied formulas, of which 100 were compared.")
	}
	return result
}

func clusterRow(one qca.ClusterLeftOut) []any {
	result := "changes"
	if one.Same {
		result = "the same"
	}
	alone := make([]string, len(one.Fits))
	for i, fit := range one.Fits {
		alone[i] = fmt.Sprintf("consistency %s, coverage %s", fit.Inclusion, fit.Coverage)
	}
	detail := "in it alone: " + joinOr(alone)
	if !one.Same {
		detail = joinExpressions(one.Models) + "; " + detail
	}
	return []any{"without a cluster", fmt.Sprintf("%s (%s)", one.Cluster, counted(len(one.Cases), "case", "cases")), result, detail}
}

// permutationCaution is what a p value of the permutation test cannot know.
const permutationCaution = "p is the share of random deals of the outcome that do as well, with the data counted as one more deal. It takes the conditions as given: where they were chosen after looking at the data, it is too good."

// rangeText writes a range, such as "above 0.4 up to 0.75".
func rangeText(r qca.Range) string {
	low, hasLow := r.Low.Value()
	high, hasHigh := r.High.Value()
	text := "any lower value"
	if hasLow {
		text = fmt.Sprintf("from %.4g", low)
		if r.LowOpen {
			text = fmt.Sprintf("above %.4g", low)
		}
	}
	if !hasHigh {
		return text + ", any higher value"
	}
	return text + fmt.Sprintf(" up to %.4g", high)
}

func joinExpressions(list []qca.Expression) string {
	texts := make([]string, len(list))
	for i, e := range list {
		texts[i] = e.String()
	}
	return joinOr(texts)
}

func listOr(cases []string) string {
	if len(cases) == 0 {
		return "none"
	}
	return strings.Join(cases, ", ")
}

func joinOr(texts []string) string {
	if len(texts) == 0 {
		return "none"
	}
	return strings.Join(texts, " or ")
}

func explainRobustness(r *qca.Robustness) []string {
	var sensitive []string
	for _, one := range r.LeaveOneOut {
		if !one.Same {
			sensitive = append(sensitive, one.Case)
		}
	}
	text := []string{"No single case decides the result: it is the same without any one of them."}
	if len(sensitive) > 0 {
		text[0] = fmt.Sprintf("The result depends on single cases: without %s it is another one. Look at these cases first.", joinOr(sensitive))
	}
	if len(r.Clusters) > 0 {
		var changing []string
		for _, one := range r.Clusters {
			if !one.Same {
				changing = append(changing, one.Cluster)
			}
		}
		if len(changing) > 0 {
			text = append(text, fmt.Sprintf("It is another one without the cases of %s: it may hold there only.", joinOr(changing)))
		} else {
			text = append(text, "It is the same without any one cluster of cases.")
		}
	}
	if l := r.LeaveOut; l != nil && l.Tried > 0 {
		text = append(text, fmt.Sprintf("Without %d cases at once it stays the same in %d of %d tries.", l.Out, l.Same, l.Tried))
	}
	for _, p := range r.Permutations {
		text = append(text, fmt.Sprintf("If the outcome were dealt to the cases at random, some formula as simple and as good as %s would be found by chance with p = %.3g. A large p means that so few cases and so many conditions can always be explained.", p.Expression, p.Search))
	}
	return append(text, "A result that is the same under other defensible choices is worth more; it can still be wrong for a reason that no choice touches, such as a condition that was never coded.")
}
