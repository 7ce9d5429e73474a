package pattern

import (
	"fmt"
	"math"
	"strconv"

	area "sir/internal/pattern"
	"sir/internal/web/ui"
	"sir/qca"
)

// sidePart is one side of the page.
type sidePart struct {
	page solutionsPage
	area.SideSolution
}

func (p solutionsPage) sides() []sidePart {
	parts := make([]sidePart, len(p.Solved.Sides))
	for i, s := range p.Solved.Sides {
		parts[i] = sidePart{p, s}
	}
	return parts
}

// verdict says in a sentence or two what was found.
func (s sidePart) verdict() string {
	models := s.Solution.ModelCount
	var text string
	switch {
	case models == 1:
		text = "One formula is shortest."
	case s.Solution.ModelCountExact:
		text = fmt.Sprintf("%d formulas have equally few terms. Nothing in the table prefers one of them.", models)
	default:
		text = fmt.Sprintf("At least %d formulas have equally few terms. Nothing in the table prefers one of them.", models)
	}
	if listed := len(s.Solution.Models); uint64(listed) < models {
		text += fmt.Sprintf(" The first %d are listed.", listed)
	}
	if !s.Solution.ProvedMinimal || !s.Solution.Complete {
		text += " The search was stopped at its limit, so there may be others, and shorter ones. Choose fewer conditions for a complete answer."
	}
	return text
}

// rests says on how many assumptions the formulas rest.
func (s sidePart) rests() string {
	least, most := math.MaxInt, 0
	for _, m := range s.Solution.Models {
		least, most = min(least, len(m.SimplifyingAssumptions)), max(most, len(m.SimplifyingAssumptions))
	}
	possible := s.page.Solved.Table.Possible
	switch {
	case most == 0:
		return "It uses no combination that nobody observed."
	case least == most:
		return fmt.Sprintf("It takes %d of the %d possible combinations, which no case shows, to be on this side (simplifying assumptions).", most, possible)
	default:
		return fmt.Sprintf("The formulas take from %d to %d of the %d possible combinations, which no case shows, to be on this side (simplifying assumptions).", least, most, possible)
	}
}

func (s sidePart) tableID(part string) string { return s.Name + "-" + part }

// terms is every term of every model, with the figures of the report's kind.
func (s sidePart) terms() ui.Table {
	table := ui.Table{
		ID: s.tableID("terms"), Caption: "Solution terms for " + s.Name, CaptionHidden: true, Scroll: true, Compact: true,
		Columns: []ui.Column{
			{Text: "Term"}, {Text: "Formula"}, {Text: "Raw coverage", Numeric: true}, {Text: "Unique coverage", Numeric: true},
			{Text: "Solution coverage", Numeric: true}, {Text: "Consistency", Numeric: true}, {Text: "Cases"},
		},
	}
	for i, m := range s.Solution.Models {
		for _, term := range m.Terms {
			table.Rows = append(table.Rows, []ui.Cell{
				{Content: readFormula(term.Expression.String(), reading(s.page.Table, qca.Expression{term.Expression}))},
				{Text: fmt.Sprintf("%d of %d", i+1, len(s.Solution.Models))}, {Text: figure(term.RawCoverage)}, {Text: figure(term.UniqueCoverage)}, {Text: figure(m.Coverage)},
				{Text: figure(term.Inclusion)}, {Text: caseList(term.Cases)},
			})
		}
	}
	return table
}

// published is what the source printed.
func (s sidePart) published() ui.Table {
	table := ui.Table{
		ID: s.tableID("published"), Caption: "Published terms for " + s.Name, CaptionSize: ui.SizeS, Scroll: true, Compact: true,
		Columns: []ui.Column{
			{Text: "Term, as published"}, {Text: "Raw coverage", Numeric: true}, {Text: "Unique coverage", Numeric: true},
			{Text: "Solution coverage", Numeric: true}, {Text: "Cases"},
		},
	}
	for _, p := range s.Published {
		table.Rows = append(table.Rows, []ui.Cell{
			{Text: p.Term}, {Text: decimals(p.RawCoverage)}, {Text: decimals(p.UniqueCoverage)}, {Text: decimals(p.SolutionCoverage)}, {Text: p.Cases},
		})
	}
	return table
}

func decimals(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }

// agreement says whether what was published is found, with the same figures.
func (s sidePart) agreement() string {
	for i, m := range s.Solution.Models {
		if !s.IsPublished[i] {
			continue
		}
		text := "The published formula is the one found here"
		if len(s.Solution.Models) > 1 {
			text = fmt.Sprintf("The published formula is number %d of those found here", i+1)
		}
		if s.sameFigures(m) {
			return text + ", with the same coverages."
		}
		return text + ", but its coverages differ."
	}
	return "The published formula is not among those found with this choice."
}

func (s sidePart) sameFigures(m qca.Model) bool {
	for _, p := range s.Published {
		term, err := s.page.Table.ReadTerm(p.Term)
		if err != nil {
			return false
		}
		same := false
		for _, computed := range m.Terms {
			same = same || area.SameFormula(qca.Expression{computed.Expression}, qca.Expression{term}) &&
				rounds(computed.RawCoverage, p.RawCoverage) && rounds(computed.UniqueCoverage, p.UniqueCoverage) && rounds(m.Coverage, p.SolutionCoverage)
		}
		if !same {
			return false
		}
	}
	return true
}

// rounds tells whether a published figure is the computed one to three
// decimals, as many as such figures are printed with.
func rounds(computed qca.Figure, published float64) bool {
	v, known := computed.Value()
	return known && math.Abs(v-published) < 0.0005+1e-9
}
