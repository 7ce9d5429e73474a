package qca

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// maxExplained models are put into words; the others are tied with them.
const maxExplained = 3

// Explain says in plain words what a solution of this truth table says, what
// it rests on and what it does not show, one paragraph an element.
func (tt *TruthTable) Explain(s *Solution) []string {
	text := []string{tt.explainCount(s)}
	for i, m := range s.Models[:min(len(s.Models), maxExplained)] {
		name := "It"
		if len(s.Models) > 1 {
			name = fmt.Sprintf("Model %d", i+1)
		}
		text = append(text, tt.explainModel(name, &m), explainAssumptions(name, s.Kind, &m))
	}
	if len(s.Models) > 1 && len(s.Essential) > 0 {
		text = append(text, fmt.Sprintf("Every one of these formulas holds %s.", joinAnd(texts(s.Essential))))
	}
	return append(text, tt.explainLimits(s)...)
}

func (tt *TruthTable) explainCount(s *Solution) string {
	goal := tt.goal.words()
	switch {
	case len(s.Models) == 0 && len(s.Pairs) > 0:
		return fmt.Sprintf("No formula was looked for the cases where %s: the expectations allow more combinations without cases than can be gone through. Use fewer conditions, or fewer expectations.", goal)
	case len(s.Models) == 0:
		return fmt.Sprintf("The search for formulas stopped before it found one for the cases where %s.", goal)
	case !s.ProvedMinimal:
		return fmt.Sprintf("The search stopped after %s for the cases where %s; there may be shorter ones.", counted(len(s.Models), "formula", "formulas"), goal)
	case s.ModelCount == 1 && s.Complete:
		return fmt.Sprintf("One formula is shortest for the cases where %s.", goal)
	case s.ModelCountExact:
		return fmt.Sprintf("%d formulas do equally well for the cases where %s: the data alone cannot choose between them.", s.ModelCount, goal)
	}
	return fmt.Sprintf("At least %d formulas do equally well for the cases where %s: the data alone cannot choose between them.", s.ModelCount, goal)
}

func (tt *TruthTable) explainModel(name string, m *Model) string {
	ways := make([]string, len(m.Expression))
	for i, term := range m.Expression {
		ways[i] = term.words()
	}
	var covered, deviant []string
	for _, t := range m.Terms {
		covered, deviant = append(covered, t.Cases...), append(deviant, t.Deviant...)
	}
	cases, against := len(distinct(covered)), len(distinct(deviant))
	met := cases - against
	text := fmt.Sprintf("%s says: %s where %s. %d of the %d cases that fit it have this outcome (consistency %s), and it takes in %d of the %d cases with this outcome (coverage %s).",
		name, tt.goal.words(), strings.Join(ways, ", or where "), met, cases, m.Inclusion, met, met+len(m.Uncovered), m.Coverage)
	if len(m.Uncovered) > 0 {
		text += " It leaves out " + joinAnd(m.Uncovered) + "."
	}
	return text
}

func explainAssumptions(name string, kind SolutionKind, m *Model) string {
	n := len(m.SimplifyingAssumptions)
	switch {
	case !m.AssumptionsListed:
		return name + " takes the outcome for granted in more combinations without cases than can be listed."
	case kind == Conservative || n == 0:
		return name + " rests on observed combinations only."
	}
	why := "that no case shows"
	if kind == Intermediate {
		why = "that no case shows and that the expectations allow"
	}
	return fmt.Sprintf("%s takes the outcome for granted in %s %s. Would you expect the outcome there?", name, counted(n, "combination", "combinations"), why)
}

func (tt *TruthTable) explainLimits(s *Solution) []string {
	text := []string{fmt.Sprintf("The %d cases show %d of the %d combinations that %s allow.",
		len(tt.kept), len(tt.Rows), tt.Possible, counted(len(tt.Conditions), "condition", "conditions"))}
	if mixed := len(tt.Mixed()); mixed > 0 {
		text[0] += fmt.Sprintf(" In %d of them cases with the same combination differ in the outcome.", mixed)
	}
	if !s.ProvedMinimal {
		text = append(text, "The search stopped at a limit: a formula with fewer terms may exist.")
	} else if !s.Complete {
		text = append(text, "Not every formula that does equally well is listed.")
	}
	return append(text, "This says which combinations go with the outcome in these cases. It does not show that they cause it, and other conditions may do as well: look for rivals before relying on it.")
}

// words says a literal as a clause, such as "PILOT is absent".
func (l Literal) words() string {
	not := ""
	if l.Negated {
		not = "not "
	}
	switch {
	case l.Values == nil && l.Negated:
		return l.Condition + " is absent"
	case l.Values == nil:
		return l.Condition + " is present"
	}
	values := make([]string, len(l.Values))
	for i, v := range l.Values {
		values[i] = strconv.Itoa(v)
	}
	return l.Condition + " is " + not + strings.Join(values, " or ")
}

func (t Term) words() string {
	if len(t) == 0 {
		return "anything holds"
	}
	parts := make([]string, len(t))
	for i, l := range t {
		parts[i] = l.words()
	}
	return joinAnd(parts)
}

func texts(terms []Term) []string {
	list := make([]string, len(terms))
	for i, t := range terms {
		list[i] = t.String()
	}
	return list
}

func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

func joinAnd(list []string) string {
	if n := len(list); n > 1 {
		return strings.Join(list[:n-1], ", ") + " and " + list[n-1]
	}
	return strings.Join(list, "")
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
