package pattern

import (
	"fmt"
	"math"
	"net/url"
	"strconv"

	"sir/internal/fault"
	area "sir/internal/pattern"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
	"sir/qca"
)

// solutionsPage shows both sides' formulas. Solved is nil where the choice
// cannot be.
type solutionsPage struct {
	Table  area.CaseTable
	Chosen []string
	Kind   string // as asked for
	Expect string // as asked for
	Errors ui.FieldErrors
	Solved *area.Solutions
}

// The choices of the solutions' form, beside the conditions.
const (
	kindField   = "solution"
	expectField = "expect"
)

func (p pages) showSolutions(r *shell.Request) error {
	t, err := p.table(r)
	if err != nil {
		return err
	}
	view := solutionsPage{Table: t}
	choice, err := view.choice(r.URL.Query())
	if err == nil {
		var solved area.Solutions
		if solved, err = t.Solve(r.Context(), choice); err == nil {
			view.Solved, view.Chosen = &solved, solved.Conditions
		}
	}
	view.Errors = mistakes(err)
	return solutions.show(r, t, err, view.content())
}

// choice reads the choice from the address and keeps it as it was asked for.
// Without a kind it is the parsimonious solution, the one that most reports
// print.
func (p *solutionsPage) choice(query url.Values) (area.SolutionChoice, error) {
	p.Chosen = conditionsOf(query)
	choice := area.SolutionChoice{Conditions: p.Chosen, Kind: qca.Parsimonious}
	p.Kind, p.Expect = choice.Kind.String(), printable(query.Get(expectField))
	var wrong fault.Fields
	if text := query.Get(kindField); text != "" {
		p.Kind = printable(text)
		if err := choice.Kind.UnmarshalText([]byte(text)); err != nil {
			wrong.Add(kindField, "Choose the conservative, parsimonious or intermediate solution.")
		}
	}
	if choice.Kind == qca.Intermediate {
		var err error
		if choice.Expect, err = area.ReadExpectations(query.Get(expectField)); err != nil {
			for _, m := range mistakes(err) {
				wrong.Add(expectField, "%s", m.Message)
			}
		}
	}
	return choice, wrong.Err()
}

// choices are the address's part that asks for the same again.
func (p solutionsPage) choices() url.Values {
	values := url.Values{conditionsField: p.Chosen, kindField: {p.Kind}}
	if p.Kind == qca.Intermediate.String() && p.Expect != "" {
		values.Set(expectField, p.Expect)
	}
	return values
}

func (p solutionsPage) file(name, text string) ui.Link {
	return ui.Link{Text: text, Href: pathOf(p.Table.Set.Code, name, p.choices())}
}

// kindWords says what a kind of solution does with rows that nobody observed.
func (p solutionsPage) kindWords() string {
	switch p.Solved.Kind {
	case qca.Conservative:
		return "it uses no combination that nobody observed."
	case qca.Intermediate:
		if len(p.Solved.Expect) == 0 {
			return "nothing is expected yet, so it is the conservative one."
		}
		return "it uses only those combinations without a case that agree with what is expected."
	default:
		return "it may use any combination that nobody observed, if that makes the formula shorter."
	}
}

// otherKinds lead to the same conditions solved otherwise.
func (p solutionsPage) otherKinds() []ui.Link {
	var links []ui.Link
	for _, kind := range []qca.SolutionKind{qca.Conservative, qca.Parsimonious} {
		if kind != p.Solved.Kind {
			choices := url.Values{conditionsField: p.Chosen, kindField: {kind.String()}}
			links = append(links, ui.Link{Text: "See the " + kind.String() + " solution.", Href: pathOf(p.Table.Set.Code, solutions.path, choices)})
		}
	}
	return links
}

func (p solutionsPage) boxes() ui.Checkboxes {
	return conditionBoxes(p.Table, "Conditions of the solution", "With none ticked, those that the authors kept are used.", p.Chosen, p.Errors)
}

func (p solutionsPage) kinds() ui.Radios {
	return ui.Radios{
		Name: kindField, Legend: "Combinations that nobody observed (remainders)", LegendSize: ui.SizeS, Value: p.Kind, Small: true,
		Error: p.Errors.For(kindField),
		Options: []ui.Option{
			{Value: qca.Conservative.String(), Text: "Conservative solution", Hint: "Uses none of them. Safe, and often long."},
			{Value: qca.Parsimonious.String(), Text: "Parsimonious solution", Hint: "Uses any that makes the formula shorter. Short, and rests on assumptions."},
			{
				Value: qca.Intermediate.String(), Text: "Intermediate solution", Hint: "Uses those that agree with what theory expects.",
				Conditional: ui.Input{
					Name: expectField, Label: "What is expected to help success", Value: p.Expect, Width: 30, NoSpellcheck: true,
					Hint:  "For example " + p.example() + ": 1 by being there, 0 by being absent. For failure the reverse is expected.",
					Error: p.Errors.For(expectField),
				},
			},
		},
	}
}

// example shows how expectations are written, with a condition of this set.
func (p solutionsPage) example() string {
	for _, c := range p.Table.Conditions {
		if c.Fate == area.Kept {
			return c.Name + "=1"
		}
	}
	return p.Table.Conditions[0].Name + "=1"
}

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
		text = fmt.Sprintf("%d formulas are equally short. Nothing in the table prefers one of them.", models)
	default:
		text = fmt.Sprintf("At least %d formulas are equally short. Nothing in the table prefers one of them.", models)
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
