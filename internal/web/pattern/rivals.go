package pattern

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"sir/internal/fault"
	area "sir/internal/pattern"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// rivalsPage shows what other choices of conditions would have found. Found is
// nil where the choice cannot be.
type rivalsPage struct {
	Table  area.CaseTable
	Chosen []string
	Max    string // as asked for
	Errors ui.FieldErrors
	Found  *area.Rivals
}

// maxField is the largest size of a set of conditions.
const maxField = "max"

func (p pages) showRivals(r *shell.Request) error {
	t, err := p.table(r)
	if err != nil {
		return err
	}
	view := rivalsPage{Table: t}
	choice, err := view.choice(r.URL.Query())
	if err == nil {
		var found area.Rivals
		if found, err = t.Rivals(r.Context(), choice); err == nil {
			view.Found, view.Chosen = &found, found.Conditions
		}
	}
	view.Errors = mistakes(err)
	return rivals.show(r, t, err, view.content())
}

// choice reads the choice from the address and keeps it as it was asked for.
func (p *rivalsPage) choice(query url.Values) (area.RivalChoice, error) {
	p.Chosen = conditionsOf(query)
	choice := area.RivalChoice{Conditions: p.Chosen, Max: area.MaxRivalConditions}
	p.Max = strconv.Itoa(choice.Max)
	if text := strings.TrimSpace(query.Get(maxField)); text != "" {
		p.Max = printable(text)
		n, err := strconv.Atoi(text)
		if err != nil {
			var wrong fault.Fields
			wrong.Add(maxField, "Choose sets of 1 to %d conditions.", area.MaxRivalConditions)
			return choice, wrong.Err()
		}
		choice.Max = n
	}
	return choice, nil
}

func (p rivalsPage) boxes() ui.Checkboxes {
	return conditionBoxes(p.Table, "Conditions to choose from", "With none ticked, all are used.", p.Chosen, p.Errors)
}

func (p rivalsPage) sizes() ui.Select {
	s := ui.Select{Name: maxField, Label: "Largest set", LabelSize: ui.SizeS, Value: p.Max, Error: p.Errors.For(maxField)}
	for n := 1; n <= area.MaxRivalConditions; n++ {
		s.Options = append(s.Options, ui.SelectOption{Value: strconv.Itoa(n), Text: count(n, "condition", "conditions")})
	}
	return s
}

func (p rivalsPage) csv() []ui.Link {
	choices := url.Values{conditionsField: p.Chosen, maxField: {p.Max}}
	return []ui.Link{{Text: "Formulas as CSV", Href: pathOf(p.Table.Set.Code, rivals.path+".csv", choices)}}
}

// tried counts the sets of conditions by size: they are the same for both
// sides, as a contradiction is one from either.
func (p rivalsPage) tried() ui.Table {
	table := ui.Table{
		ID: "tried", Caption: "Sets of conditions tried", CaptionSize: ui.SizeS, RowHeaders: true, Compact: true,
		Columns: []ui.Column{{Text: "Conditions in the set"}, {Text: "Sets", Numeric: true}, {Text: "Without a contradictory row", Numeric: true}},
	}
	for _, s := range p.Found.Sides[0].Sizes {
		table.Rows = append(table.Rows, ui.Text(strconv.Itoa(s.Size), strconv.Itoa(s.Subsets), strconv.Itoa(s.Consistent)))
	}
	return table
}

// rivalPart is one side of the page.
type rivalPart struct {
	page rivalsPage
	area.SideRivals
}

func (p rivalsPage) sides() []rivalPart {
	parts := make([]rivalPart, len(p.Found.Sides))
	for i, s := range p.Found.Sides {
		parts[i] = rivalPart{p, s}
	}
	return parts
}

// verdict says how many formulas there are, and where the published one stands
// among them.
func (s rivalPart) verdict() []string {
	n := len(s.Formulas)
	if n == 0 {
		return []string{fmt.Sprintf("No set of up to %d of these conditions tells %s from the rest without a contradiction.", s.page.Found.Max, s.cases())}
	}
	texts := []string{fmt.Sprintf("%s %s all %s and none of the other %d.", upperFirst(count(n, "formula", "formulas")), covers(n), s.cases(), s.Others)}
	switch {
	case s.Published == nil:
	case s.Found:
		if others := s.AsShort(); len(others) > 0 {
			texts = append(texts, rivalLimit(s.SideRivals, others))
		} else {
			texts = append(texts, fmt.Sprintf("The published formula, %s, is the only one with so few conditions.", s.Published.Expression))
		}
	default:
		texts = append(texts, fmt.Sprintf("The published formula, %s, is not among them: its conditions are not all among those tried, or it has exceptions.", s.Published.Expression))
	}
	if !s.Complete {
		texts = append(texts, "The search was stopped at its limit, so there may be others. Choose fewer conditions for a complete answer.")
	}
	return texts
}

func covers(n int) string {
	if n == 1 {
		return "covers"
	}
	return "cover"
}

func (s rivalPart) cases() string { return sideCases(s.SideRivals) }

func (s rivalPart) formulas() ui.Table {
	table := ui.Table{
		ID: s.Name + "-formulas", Caption: "Formulas for " + s.Name, CaptionHidden: true, Scroll: true, Compact: true,
		Columns: []ui.Column{{Text: "Formula"}, {Text: "Conditions used", Numeric: true}},
	}
	for _, size := range s.Sizes {
		table.Columns = append(table.Columns, ui.Column{Text: "Sets of " + strconv.Itoa(size.Size), Numeric: true})
	}
	table.Columns = append(table.Columns, ui.Column{Text: "Coverage", Numeric: true}, ui.Column{Text: "Consistency", Numeric: true}, ui.Column{Text: "In the source"})
	for _, f := range s.Formulas {
		row := []ui.Cell{{Content: readFormula(f.Expression.String(), s.words(f))}, {Text: strconv.Itoa(f.Conditions)}}
		for _, n := range f.BySize {
			row = append(row, ui.Cell{Text: strconv.Itoa(n)})
		}
		table.Rows = append(table.Rows, append(row, ui.Cell{Text: figure(f.Coverage)}, ui.Cell{Text: figure(f.Inclusion)}, ui.Cell{Content: s.standing(f)}))
	}
	return table
}

// words puts a formula of two conditions into words; longer ones would drown
// the table.
func (s rivalPart) words(f area.Rival) string {
	if f.Conditions > 2 {
		return ""
	}
	return reading(s.page.Table, f.Expression)
}

// dropped names the conditions of a formula that the authors dropped.
func dropped(f area.Rival) string {
	if len(f.Dropped) == 0 {
		return "Uses kept conditions only"
	}
	names := make([]string, len(f.Dropped))
	for i, c := range f.Dropped {
		names[i] = c.Name
	}
	return "Dropped there: " + strings.Join(names, ", ")
}

// frequency says how often a formula recurs among the sets of the largest
// size.
func (s rivalPart) frequency() string {
	if len(s.Formulas) == 0 || len(s.Sizes) == 0 {
		return ""
	}
	last := s.Sizes[len(s.Sizes)-1]
	var texts []string
	for _, f := range s.Formulas {
		if f.Conditions <= 2 {
			texts = append(texts, fmt.Sprintf("%s in %d", f.Expression, f.BySize[len(f.BySize)-1]))
		}
	}
	if len(texts) == 0 {
		return ""
	}
	return fmt.Sprintf("Of the %d sets of %d, %d give no contradictory row. Among their shortest formulas are %s of them.",
		last.Subsets, last.Size, last.Consistent, and(texts))
}
