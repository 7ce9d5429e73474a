package pattern

import (
	"context"
	"errors"
	"slices"

	"sir/internal/fault"
	"sir/qca"
)

// The limits of one analysis: what it may cost somebody who waits for a page.
// A search that reaches one says so (see qca.Solution).
const (
	maxSteps       = 2_000_000
	maxPrimes      = 20_000
	maxModels      = 200
	maxAssumptions = 100_000
)

// SolutionChoice says how the truth table is to be minimised.
type SolutionChoice struct {
	Conditions []string // see Choose
	Kind       qca.SolutionKind
	// Expect are the single conditions that are expected to help success, by
	// their presence or absence; for failure the reverse is expected. They
	// matter to an intermediate solution only.
	Expect []qca.Literal
}

// Solutions is both sides' solutions by one choice.
type Solutions struct {
	SolutionChoice
	Table *qca.TruthTable // of success
	Sides []SideSolution
}

// SideSolution is how a side is explained.
type SideSolution struct {
	Side
	// Solution is nil where there is nothing to minimise, or no formula was
	// found within the limits; None then says why. Else it has a model.
	Solution *qca.Solution
	None     string
	// Published and its formula are what the source says. IsPublished tells
	// for each model whether it is that formula.
	Published   []PublishedTerm
	Formula     qca.Expression
	IsPublished []bool
	// Necessity judges each condition alone as necessary for the side.
	Necessity []qca.NecessityFit
	// table spells out assumptions.
	table *qca.TruthTable
}

// ReadExpectations reads a list such as "A=1, B=0": single conditions and the
// value by which each is expected to help. It fails with ErrInvalid at
// "expect".
func ReadExpectations(text string) ([]qca.Literal, error) {
	var wrong fault.Fields
	terms, err := qca.ParseExpectations(text)
	if err != nil {
		return nil, refuse("expect", err)
	}
	var expect []qca.Literal
	for _, term := range terms {
		if len(term) != 1 {
			wrong.Add("expect", "Give one condition at a time, such as A=1, B=0. %q joins several.", clip(term.String()))
			continue
		}
		expect = append(expect, term[0])
	}
	return expect, wrong.Err()
}

// Solve minimises the truth table of the chosen conditions for success and for
// failure, and lists every model that is as short as the shortest.
func (t CaseTable) Solve(ctx context.Context, choice SolutionChoice) (Solutions, error) {
	var err error
	if choice.Conditions, err = t.Choose(choice.Conditions); err != nil {
		return Solutions{}, err
	}
	var wrong fault.Fields
	for _, l := range choice.Expect {
		if !slices.Contains(choice.Conditions, l.Condition) {
			wrong.Add("expect", "%q is not among the chosen conditions. Choose it too, or take it out of the expectations.", clip(l.Condition))
		}
	}
	if err := wrong.Err(); err != nil {
		return Solutions{}, err
	}
	table, err := t.data(choice.Conditions)
	if err != nil {
		return Solutions{}, err
	}
	all := Solutions{SolutionChoice: choice}
	for _, side := range t.Sides() {
		solved, err := t.solveSide(ctx, table, side, choice)
		if err != nil {
			return Solutions{}, err
		}
		all.Sides = append(all.Sides, solved)
	}
	all.Table = all.Sides[0].table
	return all, nil
}

func (t CaseTable) solveSide(ctx context.Context, table *qca.Table, side Side, choice SolutionChoice) (SideSolution, error) {
	s := SideSolution{Side: side, Published: t.PublishedTerms(side.Name)}
	var err error
	if s.Formula, err = t.PublishedFormula(side.Name); err != nil {
		return s, err
	}
	if s.table, err = table.TruthTable(qca.Settings{Outcome: side.Outcome, Conditions: choice.Conditions}); err != nil {
		return s, refuse("conditions", err)
	}
	s.Necessity = s.table.SingleNecessity()
	if s.None = nothingToSolve(s.table, choice.Kind); s.None != "" {
		return s, nil
	}
	s.Solution, err = s.table.Minimize(ctx, qca.Options{
		Solution: choice.Kind, Expect: expectations(side, choice.Expect),
		MaxSteps: maxSteps, MaxPrimes: maxPrimes, MaxModels: maxModels, MaxAssumptions: maxAssumptions,
	})
	if err != nil {
		return s, refuse(fieldOf(err), err)
	}
	if len(s.Solution.Models) == 0 {
		s.Solution, s.None = nil, "The search was stopped at its limit before it found a formula. Choose fewer conditions."
		return s, nil
	}
	for _, m := range s.Solution.Models {
		s.IsPublished = append(s.IsPublished, len(s.Formula) > 0 && SameFormula(m.Expression, s.Formula))
	}
	return s, nil
}

// fieldOf is where somebody can mend what Minimize refuses: after the checks
// before it, an expectation's value, or the choice of conditions.
func fieldOf(err error) string {
	var input *qca.InputError
	if errors.As(err, &input) && input.Value != "" {
		return "expect"
	}
	return "conditions"
}

// nothingToSolve says why a truth table has no solution, or nothing.
func nothingToSolve(tt *qca.TruthTable, kind qca.SolutionKind) string {
	switch {
	case tt.Count(qca.Positive) == 0:
		return "No row has only cases of this side, so there is nothing to explain without exception. Choose more conditions."
	case kind != qca.Conservative && tt.Count(qca.Positive) == len(tt.Rows):
		return "Every observed row is on this side, so nothing limits how far a formula could be shortened. Choose the conservative solution."
	}
	return ""
}

// expectations turns what is expected to help success into what is expected
// to help the side.
func expectations(side Side, expect []qca.Literal) []qca.Term {
	terms := make([]qca.Term, len(expect))
	for i, l := range expect {
		if side.Name == Failure {
			l.Negated = !l.Negated
		}
		terms[i] = qca.Term{l}
	}
	return terms
}

// Assumptions spells out the unobserved rows that a model treats as if they
// were on its side, at most most of them, and says how many there are.
func (s SideSolution) Assumptions(m qca.Model, most int) (rows []qca.Term, all int) {
	for _, number := range m.SimplifyingAssumptions[:min(most, len(m.SimplifyingAssumptions))] {
		rows = append(rows, s.table.Configuration(s.table.RowValues(number)))
	}
	return rows, len(m.SimplifyingAssumptions)
}
