package pattern

import (
	"strconv"

	area "sir/internal/pattern"
	"sir/internal/web/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// casesPage shows the table of a set, what its codes mean, and notes.
type casesPage struct {
	Table area.CaseTable
}

func (p pages) showCases(r *shell.Request) error {
	t, err := p.patterns.CaseNotes(r.Context(), r.Actor, r.PathValue("set"))
	if err != nil {
		return err
	}
	return cases.show(r, t, nil, casesPage{t}.content())
}

// all are the outcome and then the conditions.
func (p casesPage) all() []area.Condition {
	return append([]area.Condition{p.Table.Outcome}, p.Table.Conditions...)
}

func (p casesPage) codes() ui.Table {
	table := ui.Table{
		ID: "codes", Caption: "Codes by case", CaptionHidden: true, RowHeaders: true, Scroll: true, Compact: true,
		Columns: []ui.Column{{Text: "Case"}},
	}
	for _, c := range p.all() {
		table.Columns = append(table.Columns, ui.Column{Text: c.Name})
	}
	for _, one := range p.Table.Cases {
		row := []ui.Cell{{Text: "Case " + one.Label}}
		for _, c := range p.all() {
			row = append(row, ui.Cell{Text: code(one, c.Name)})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// code is how a case was coded; a blank says so.
func code(c area.Case, condition string) string {
	if value, coded := c.Values[condition]; coded {
		return strconv.Itoa(value)
	}
	return "not coded"
}

func (p casesPage) meanings() ui.Table {
	table := ui.Table{
		ID: "meanings", Caption: "What the codes mean", CaptionHidden: true, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "Condition"}, {Text: "1 means"}, {Text: "0 means"}, {Text: "What the authors did"}, {Text: "Remark"}},
	}
	for _, c := range p.all() {
		remark := c.Remark
		if remark == "" {
			remark = "–"
		}
		table.Rows = append(table.Rows, []ui.Cell{
			{Content: conditionName(c)}, {Text: c.OneMeans}, {Text: c.ZeroMeans}, {Content: fateReason(c)}, {Text: remark},
		})
	}
	return table
}

// noteKinds are the kinds of notes in the order shown.
var noteKinds = []struct{ kind, title, one, many string }{
	{"barrier", "Barriers", "barrier", "barriers"},
	{"enabler", "Enablers", "enabler", "enablers"},
	{"activity", "What was done", "activity", "activities"},
	{"lesson", "Lessons", "lesson", "lessons"},
}

func notesOf(c area.Case, kind string) []area.CaseNote {
	var notes []area.CaseNote
	for _, n := range c.Notes {
		if n.Kind == kind {
			notes = append(notes, n)
		}
	}
	return notes
}

// caseSummary heads the notes on a case: what there is to open.
func (p casesPage) caseSummary(c area.Case) string {
	var counts []string
	for _, k := range noteKinds {
		if n := len(notesOf(c, k.kind)); n > 0 {
			counts = append(counts, count(n, k.one, k.many))
		}
	}
	if len(counts) == 0 {
		return "Case " + c.Label
	}
	return "Case " + c.Label + ": " + and(counts)
}

// meaning is what a note's code stands for; empty where it has none.
func (p casesPage) meaning(n area.CaseNote) string {
	for _, c := range p.Table.Codes {
		if c.Code == n.Code {
			return c.Meaning
		}
	}
	return ""
}

// noteSource is where the notes on a case come from.
func noteSource(c area.Case) ui.Link {
	var sources []string
	for _, n := range c.Notes {
		sources = append(sources, n.Source)
	}
	return ui.Link{Text: reference.Cite(sources...)}
}

func (p casesPage) download(file, text string) ui.Link {
	return ui.Link{Text: text, Href: pathOf(p.Table.Set.Code, file, nil)}
}

// anyNotes tells whether the source says more about the cases than codes.
func (p casesPage) anyNotes() bool {
	for _, c := range p.Table.Cases {
		if len(c.Notes) > 0 {
			return true
		}
	}
	return false
}
