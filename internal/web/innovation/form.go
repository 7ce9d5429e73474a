package innovation

import (
	"strings"

	"github.com/a-h/templ"

	"sir/internal/term"
	"sir/internal/web/ui"
)

// privacy stands at every free text.
const privacy = "Write no names and nothing by which a patient or colleague could be known. Name roles."

// formPage adds or changes something of an innovation.
type formPage struct {
	Sections *ui.ContentsList
	Intro    string
	Aside    templ.Component // what helps to fill the form; may be nil
	Action   string
	Version  string // empty for a new one
	Clash    []clash
	Controls []templ.Component
	Save     string
	Remove   string // what removing does; empty where nothing can be removed
}

// The steps that a form's buttons take.
const (
	stepSave   = "save"
	stepRemove = "remove"
)

// fact is one thing that a record says, and how it says it.
type fact struct{ what, says string }

// clash is a thing that somebody else wrote otherwise than was typed.
type clash struct{ What, Theirs, Yours string }

// clashes are the things that two records do not say alike.
func clashes(theirs, yours []fact) (list []clash) {
	for i, one := range theirs {
		if yours[i].says != one.says {
			list = append(list, clash{one.what, orDash(one.says), orDash(yours[i].says)})
		}
	}
	return list
}

func (p formPage) clashTable() ui.Table {
	table := ui.Table{
		ID: "both", Caption: "Both versions", CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true,
		Columns: []ui.Column{{Text: "What"}, {Text: "It says now"}, {Text: "You wrote"}},
	}
	for _, c := range p.Clash {
		table.Rows = append(table.Rows, ui.Text(c.What, c.Theirs, c.Yours))
	}
	return table
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

func line(name, label, hint, value string, wrong ui.FieldErrors) ui.Input {
	return ui.Input{Name: name, Label: label, LabelSize: ui.SizeS, Hint: hint, Value: value, Error: wrong.For(name)}
}

func text(name, label, hint, value string, wrong ui.FieldErrors) ui.Textarea {
	return ui.Textarea{Name: name, Label: label, LabelSize: ui.SizeS, Hint: hint, Rows: 4, Value: value, Error: wrong.For(name)}
}

// linesOf parts a text into its lines that are not empty.
func linesOf(text string) (lines []string) {
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(l); l != "" {
			lines = append(lines, l)
		}
	}
	return lines
}
