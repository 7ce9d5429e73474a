package pattern

import (
	"fmt"
	"slices"
	"strconv"

	"sir/internal/web/ui"
	"sir/qca"
)

// How much of a long list a page spells out; files hold all of it.
const (
	maxAssumptionsShown = 20
	maxPrimesShown      = 200
)

// primeImplicants lists the shortest parts from which the formulas are made.
func (s sidePart) primeImplicants() ui.Table {
	table := ui.Table{
		ID: s.tableID("primes"), Caption: "Prime implicants for " + s.Name, CaptionHidden: true, Scroll: true, Compact: true,
		Columns: []ui.Column{{Text: "Prime implicant"}, {Text: "In the formulas"}},
	}
	for _, term := range s.Solution.PrimeImplicants[:min(maxPrimesShown, len(s.Solution.PrimeImplicants))] {
		table.Rows = append(table.Rows, []ui.Cell{{Content: formula(term.String())}, {Text: s.use(term)}})
	}
	return table
}

// use says in which of the listed formulas a prime implicant stands.
func (s sidePart) use(term qca.Term) string {
	text := term.String()
	in := func(list []qca.Term) bool {
		return slices.ContainsFunc(list, func(t qca.Term) bool { return t.String() == text })
	}
	if in(s.Solution.Essential) {
		return "In all of them (essential)"
	}
	n := 0
	for _, m := range s.Solution.Models {
		if in(m.Expression) {
			n++
		}
	}
	if n == 0 {
		return "In none"
	}
	return fmt.Sprintf("In %d of %d", n, len(s.Solution.Models))
}

func (s sidePart) primesTitle() string {
	n := len(s.Solution.Essential)
	return fmt.Sprintf("%s, %d of them essential", count(s.Solution.PrimeCount, "prime implicant", "prime implicants"), n)
}

// assumed is what one formula takes for granted.
type assumed struct {
	Formula string
	Rows    []qca.Term
	All     int
	Listed  bool // false where the search did not list them
}

func (s sidePart) assumptions() []assumed {
	var list []assumed
	for _, m := range s.Solution.Models {
		rows, all := s.Assumptions(m, maxAssumptionsShown)
		list = append(list, assumed{m.Expression.String(), rows, all, m.AssumptionsListed})
	}
	return list
}

func (a assumed) title() string {
	if !a.Listed {
		return a.Formula + ": too many assumptions to list"
	}
	return a.Formula + ": " + count(a.All, "assumption", "assumptions")
}

// assumesAny tells whether any formula uses rows that nobody observed.
func (s sidePart) assumesAny() bool {
	return slices.ContainsFunc(s.Solution.Models, func(m qca.Model) bool {
		return len(m.SimplifyingAssumptions) > 0 || !m.AssumptionsListed
	})
}

// necessity judges each condition by itself as necessary.
func (s sidePart) necessity() ui.Table {
	table := ui.Table{
		ID: s.tableID("necessity"), Caption: "Single conditions as necessary for " + s.Name, CaptionHidden: true, Scroll: true, Compact: true,
		Columns: []ui.Column{
			{Text: "Condition"}, {Text: "Consistency", Numeric: true}, {Text: "Coverage", Numeric: true}, {Text: "Relevance", Numeric: true},
		},
	}
	for _, n := range s.Necessity {
		table.Rows = append(table.Rows, []ui.Cell{
			{Content: formula(n.Expression.String())}, {Text: figure(n.Inclusion)}, {Text: figure(n.Coverage)}, {Text: figure(n.Relevance)},
		})
	}
	return table
}

// alwaysThere says which single conditions all cases of the side share.
func (s sidePart) alwaysThere() string {
	var names []string
	for _, n := range s.Necessity {
		if v, known := n.Inclusion.Value(); known && v == 1 {
			names = append(names, n.Expression.String())
		}
	}
	if len(names) == 0 {
		return fmt.Sprintf("No single condition was there in every %s (n = %d).", s.Name, len(s.Cases))
	}
	return fmt.Sprintf("There in every %s (n = %d): %s.", s.Name, len(s.Cases), and(names))
}

// pairs says from which two solutions each intermediate one comes.
func (s sidePart) pairs() ui.Table {
	table := ui.Table{
		ID: s.tableID("pairs"), Caption: "Between which solutions the intermediate one for " + s.Name + " lies", CaptionSize: ui.SizeS, Scroll: true, Compact: true,
		Columns: []ui.Column{
			{Text: "Pair"}, {Text: "Conservative"}, {Text: "Parsimonious"},
			{Text: "Assumptions used (easy)", Numeric: true}, {Text: "Not used (difficult)", Numeric: true},
		},
	}
	for _, pair := range s.Solution.Pairs {
		table.Rows = append(table.Rows, []ui.Cell{
			{Text: pair.Name}, {Content: formula(pair.Conservative.String())}, {Content: formula(pair.Parsimonious.String())},
			{Text: strconv.Itoa(len(pair.Easy))}, {Text: strconv.Itoa(len(pair.Difficult))},
		})
	}
	return table
}
