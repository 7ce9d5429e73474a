package lever

import (
	area "sir/internal/lever"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// registerPage lists all levers.
type registerPage struct {
	Reading    string
	Open       string // decisions that wait for the reader; empty where there are none
	Actions    []ui.Button
	Table      *ui.Table
	Programmes []ui.Link
}

func (p pages) showRegister(r *shell.Request) error {
	register, err := p.levers.Register(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	page := registerPage{Reading: "As at " + ui.Date(register.Today) + ". " + counted(len(register.Levers), "lever") + "."}
	if register.Open > 0 {
		page.Open = counted(register.Open, "decision") + " after a change of a lever " + waits(register.Open) + " for you"
	}
	if register.MayChange {
		page.Actions = []ui.Button{{Text: "Add a lever", Href: registerPath + "/add"}}
	}
	if len(register.Levers) > 0 {
		page.Table = registerTable(register)
	}
	for _, one := range register.Programmes {
		page.Programmes = append(page.Programmes, programmeLink(one))
	}
	return r.Render(ui.Page{
		Title: "Levers", Breadcrumbs: atPlan,
		Lede: "What bodies outside the networks do that helps or hinders spread. A lever has no direction of its own: each programme says what it does there.",
		Flow: ui.Flow{
			From: []ui.Link{{Text: "What the report found about levers", Href: "/shelves/levers"}},
			To:   []ui.Link{{Text: "Do: run the rollout and record it", Href: ui.DoPath}},
		},
	}, page.content())
}

func waits(n int) string {
	if n == 1 {
		return "waits"
	}
	return "wait"
}

func registerTable(register area.Register) *ui.Table {
	t := &ui.Table{
		ID: "levers", Caption: "All levers", CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{
			{Text: "Lever"}, {Text: "Standing"}, {Text: "Body"}, {Text: "Type"}, {Text: "From"}, {Text: "Until"}, {Text: "Strength"}, {Text: "Clarity"},
		},
	}
	for _, l := range register.Levers {
		row := []ui.Cell{{Text: l.Name, Href: leverPath + l.ID}, {Content: standingTag(l.Wording, register.Today)}}
		t.Rows = append(t.Rows, append(row, ui.Text(
			l.Body, term.Sentence(string(l.Kind)), ui.Date(l.From), until(l.To), term.Sentence(string(l.Strength)), term.Sentence(string(l.Clarity)))...))
	}
	return t
}
