package pattern

import (
	"context"

	"sir/qca"
)

// Overview sets what a source published beside what its own table supports.
type Overview struct {
	Cases     int
	Kept      []string
	Dropped   []string
	Table     TruthTable // of the kept conditions
	Screening Screening  // by the usual rule
	Sides     []SideOverview
}

// SideOverview is a side's published formula and its neighbours.
type SideOverview struct {
	Parsimonious, Conservative SideSolution
	Rivals                     SideRivals
}

// NeedsAssumptions tells whether the shortest formula rests on rows that
// nobody observed: without them it would have more terms.
func (s SideOverview) NeedsAssumptions() bool {
	if s.Parsimonious.Solution == nil || s.Conservative.Solution == nil {
		return false
	}
	return !SameFormula(s.Parsimonious.Solution.Models[0].Expression, s.Conservative.Solution.Models[0].Expression)
}

// Overview answers what the first page of a set says. The answer is shared
// with others who ask the same, and must not be changed.
func (t CaseTable) Overview(ctx context.Context) (Overview, error) {
	return overviews.get(t, func() (Overview, error) { return t.overview(ctx) })
}

func (t CaseTable) overview(ctx context.Context) (Overview, error) {
	o := Overview{Cases: len(t.Cases), Kept: t.KeptNames()}
	for _, c := range t.Conditions {
		if c.Fate == Dropped {
			o.Dropped = append(o.Dropped, c.Name)
		}
	}
	var err error
	if o.Table, err = t.TruthTable(nil); err != nil {
		return o, err
	}
	if o.Screening, err = t.Screen(UsualRule()); err != nil {
		return o, err
	}
	short, err := t.Solve(ctx, SolutionChoice{Kind: qca.Parsimonious})
	if err != nil {
		return o, err
	}
	long, err := t.Solve(ctx, SolutionChoice{Kind: qca.Conservative})
	if err != nil {
		return o, err
	}
	rivals, err := t.Rivals(ctx, RivalChoice{Max: MaxRivalConditions})
	if err != nil {
		return o, err
	}
	for i := range short.Sides {
		o.Sides = append(o.Sides, SideOverview{Parsimonious: short.Sides[i], Conservative: long.Sides[i], Rivals: rivals.Sides[i]})
	}
	return o, nil
}
