package pattern

import (
	"context"
	"errors"
	"slices"

	"sir/internal/fault"
	"sir/qca"
)

// MaxRivalConditions is the largest set of conditions that is looked through:
// beyond four the sets are too many for a page, and formulas too long to read.
const MaxRivalConditions = 4

// RivalChoice says among which conditions rivals are looked for, and in sets
// of up to how many.
type RivalChoice struct {
	Conditions []string // empty: all of the set
	Max        int      // 1 to MaxRivalConditions
}

// Rivals is what every other choice of conditions would have found.
type Rivals struct {
	RivalChoice
	Sides []SideRivals
}

// SideRivals are the formulas that explain all cases of a side and none of the
// other.
type SideRivals struct {
	Side
	Others   int // cases on the other side
	Sizes    []qca.SubsetCount
	Formulas []Rival
	// Published is the source's formula with its fit; nil where there is none.
	// Found tells whether it is among Formulas.
	Published *PublishedFit
	Found     bool
	Complete  bool
}

// PublishedFit is a formula of the source and how it fits the table.
type PublishedFit struct {
	Expression qca.Expression
	qca.Fit
}

// Rival is a formula without exception: every case of its side, no other.
type Rival struct {
	qca.RivalFormula
	// BySize counts the sets of 1, 2, ... conditions of which it is a shortest
	// formula.
	BySize    []int
	Published bool
	// Dropped are those of its conditions that the authors dropped.
	Dropped []Condition
}

// Rivals goes through all sets of up to choice.Max conditions.
func (t CaseTable) Rivals(ctx context.Context, choice RivalChoice) (Rivals, error) {
	var wrong fault.Fields
	if choice.Max < 1 || choice.Max > MaxRivalConditions {
		wrong.Add("max", "Choose sets of 1 to %d conditions.", MaxRivalConditions)
	}
	if len(choice.Conditions) == 0 {
		choice.Conditions = t.Names()
	}
	chosen, err := t.Choose(choice.Conditions)
	var refused *fault.Error
	if errors.As(err, &refused) {
		wrong = append(wrong, refused.Fields...)
	}
	if err := wrong.Err(); err != nil {
		return Rivals{}, err
	}
	choice.Conditions = chosen
	all := Rivals{RivalChoice: choice}
	for _, side := range t.Sides() {
		found, err := t.rivalsOf(ctx, side, choice)
		if err != nil {
			return Rivals{}, err
		}
		all.Sides = append(all.Sides, found)
	}
	return all, nil
}

func (t CaseTable) rivalsOf(ctx context.Context, side Side, choice RivalChoice) (SideRivals, error) {
	s := SideRivals{Side: side, Others: len(t.Cases) - len(side.Cases)}
	formula, err := t.PublishedFormula(side.Name)
	if err != nil {
		return s, err
	}
	// The published formula is judged too, whether or not it is in the pool.
	table, err := t.data(union(choice.Conditions, formula.Conditions()))
	if err != nil {
		return s, err
	}
	if len(formula) > 0 {
		fit, err := table.FitOf(side.Outcome, formula)
		if err != nil {
			return s, err
		}
		s.Published = &PublishedFit{formula, fit}
	}
	found, err := table.Rivals(ctx, qca.RivalOptions{
		Settings: qca.Settings{Outcome: side.Outcome, Conditions: choice.Conditions}, MaxConditions: choice.Max, MaxSteps: maxSteps,
	})
	if err != nil {
		return s, refuse("conditions", err)
	}
	s.Sizes, s.Complete = found.Sizes, found.Complete
	counts := bySize(found)
	for i, f := range found.Formulas {
		rival := Rival{RivalFormula: f, BySize: counts[i], Published: len(formula) > 0 && SameFormula(f.Expression, formula)}
		for _, c := range t.Conditions {
			if c.Fate == Dropped && slices.Contains(f.Expression.Conditions(), c.Name) {
				rival.Dropped = append(rival.Dropped, c)
			}
		}
		s.Found = s.Found || rival.Published
		s.Formulas = append(s.Formulas, rival)
	}
	return s, nil
}

func union(names, more []string) []string {
	all := slices.Clone(names)
	for _, name := range more {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// bySize counts for each formula the sets of 1, 2, ... conditions of which it
// is a shortest formula.
func bySize(found *qca.Rivals) [][]int {
	counts := make([][]int, len(found.Formulas))
	for i := range counts {
		counts[i] = make([]int, len(found.Sizes))
	}
	for _, subset := range found.Subsets {
		for _, formula := range subset.Formulas {
			counts[formula][len(subset.Conditions)-1]++
		}
	}
	return counts
}

// AsShort answers the rivals that need no more conditions than the published
// formula, other than that formula itself.
func (s SideRivals) AsShort() []Rival {
	if s.Published == nil {
		return nil
	}
	limit := len(s.Published.Expression.Conditions())
	return slices.DeleteFunc(slices.Clone(s.Formulas), func(r Rival) bool { return r.Published || r.Conditions > limit })
}
