package rollout

import (
	"strings"

	"github.com/a-h/templ"

	area "sir/internal/rollout"
	"sir/internal/term"
	"sir/internal/web/ui"
)

// privacy stands at every free text.
const privacy = "Write no names and nothing by which a patient or colleague could be known. Name roles."

// formPage asks for something and sends it to Action.
type formPage struct {
	Clash    *ui.Table // what somebody else wrote in the meantime, beside what was typed
	Intro    string
	Action   string
	Version  string // empty for something new
	Controls []templ.Component
	Save     string
}

// fact is one thing that a record says, and how it says it.
type fact struct{ what, says string }

// comparison sets what stands now beside what was typed; only what differs is
// shown. Nothing differs where the table is nil.
func comparison(theirs, yours []fact) *ui.Table {
	table := &ui.Table{
		ID: "both", Caption: "Both versions", CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true,
		Columns: []ui.Column{{Text: "What"}, {Text: "It says now"}, {Text: "You wrote"}},
	}
	for i, one := range theirs {
		if yours[i].says != one.says {
			table.Rows = append(table.Rows, ui.Text(one.what, orDash(one.says), orDash(yours[i].says)))
		}
	}
	if len(table.Rows) == 0 {
		return nil
	}
	return table
}

// summaryOf shows facts as a list.
func summaryOf(facts []fact) ui.SummaryList {
	var list ui.SummaryList
	for _, f := range facts {
		list.Rows = append(list.Rows, ui.SummaryRow{Key: f.what, Value: orDash(f.says)})
	}
	return list
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// choose lets somebody choose one of a record's words.
func choose(name, label, hint string, from []string, chosen string, wrong ui.FieldErrors) ui.Select {
	options := []ui.SelectOption{{Text: "Choose"}}
	for _, word := range from {
		options = append(options, ui.SelectOption{Value: word, Text: term.Sentence(word)})
	}
	return ui.Select{Name: name, Label: label, LabelSize: ui.SizeS, Hint: hint, Options: options, Value: chosen, Error: wrong.For(name)}
}

func text(name, label, hint, value string, wrong ui.FieldErrors) ui.Textarea {
	return ui.Textarea{Name: name, Label: label, LabelSize: ui.SizeS, Hint: hint, Rows: 3, Value: value, Error: wrong.For(name)}
}

// money is a budget as it is typed.
type money struct {
	amount, after string
	ends          ui.TypedDate
}

func moneyOf(b area.Budget) money {
	return money{strings.TrimPrefix(b.String(), "£"), b.After, ui.TypedDateOf(b.EndsOn)}
}

func (m money) budget() area.Budget { return area.BudgetOf(m.amount, m.ends.ISO(), m.after) }

func (m *money) fields(to map[string]*string) {
	to["budget"], to["budget-after"] = &m.amount, &m.after
	m.ends.ReadTo(to, "budget-ends")
}

func (m money) controls(wrong ui.FieldErrors) []templ.Component {
	return []templ.Component{
		ui.Input{
			Name: "budget", Label: "Budget in pounds", LabelSize: ui.SizeS, Hint: "Whole pounds, such as 12,000. Leave it empty where none is known",
			Value: m.amount, Error: wrong.For("budget"),
		},
		m.ends.Input("budget-ends", "When the money ends", "Needed where there is a budget", wrong),
		text("budget-after", "What carries the work on after that", "Needed where there is a budget", m.after, wrong),
	}
}

func budgetFacts(b area.Budget) []fact {
	return []fact{{"Budget", b.String()}, {"When the money ends", ui.Date(b.EndsOn)}, {"What carries the work on after that", b.After}}
}
