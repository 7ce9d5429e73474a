package pattern

import (
	"net/url"

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
