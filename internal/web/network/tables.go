package network

import (
	"fmt"

	"sir/internal/network"
	"sir/internal/term"
	"sir/internal/web/reference"
	"sir/internal/web/ui"
)

// notGiven stands where no source says anything: a blank is not a zero.
const notGiven = "Not given"

// publishedTable shows the members that sources name.
func (p membersPage) publishedTable() ui.Table {
	t := ui.Table{
		ID: "members", Caption: term.Sentence(p.Network.Full.Plural), CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true,
		Columns: []ui.Column{
			{Text: term.Sentence(p.Network.Short.Singular)}, {Text: "Orientation"}, {Text: "Named approach"},
			{Text: "Type of approach"}, {Text: "Staff interviewed", Numeric: true},
		},
	}
	people := 0
	for _, m := range p.Published {
		people += m.People
		o := latest(m)
		t.Rows = append(t.Rows, []ui.Cell{
			nameCell(m), orientationCell(m), {Text: or(o.Approach, "None")}, p.typeCell(o), {Text: count(m.People)},
		})
	}
	t.Foot = [][]ui.Cell{{{Text: fmt.Sprintf("All %d", len(p.Published))}, {}, {}, {}, {Text: count(people)}}}
	return t
}

// nameCell is where a link to the member ends up.
func nameCell(m network.MemberFacts) ui.Cell { return ui.Cell{Content: anchored(m.Code, m.Name)} }

func orientationCell(m network.MemberFacts) ui.Cell {
	if len(m.Orientations) == 0 {
		return ui.Cell{Text: notGiven}
	}
	return ui.Cell{Text: term.Sentence(latest(m).Word())}
}

// typeCell leads to the type's entry on the shelf, where there is one.
func (p membersPage) typeCell(o network.Orientation) ui.Cell {
	title, ok := p.Types[o.Category]
	if !ok {
		return ui.Cell{Text: "None"}
	}
	return ui.Cell{Text: title, Href: reference.EntryPath(approachesShelf, o.Category)}
}

// madeUpTable shows the members that were invented for the example.
func (p membersPage) madeUpTable() ui.Table {
	t := ui.Table{
		ID: "made-up-members", Caption: "Made-up " + p.Network.Short.Plural, CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true,
		Columns: []ui.Column{{Text: term.Sentence(p.Network.Short.Singular)}, {Text: "Status"}},
	}
	for _, m := range p.MadeUp {
		t.Rows = append(t.Rows, []ui.Cell{nameCell(m), {Content: ui.Tag{Text: "Made-up", Colour: ui.TagGrey}}})
	}
	return t
}

// rolesTable counts the staff by role, over all members.
func (p membersPage) rolesTable() ui.Table {
	t := ui.Table{
		ID: "roles", Caption: "Staff interviewed by role", CaptionSize: ui.SizeM, RowHeaders: true,
		Columns: []ui.Column{{Text: "Role"}, {Text: "Staff interviewed", Numeric: true}},
	}
	people := 0
	for _, r := range p.Roles {
		people += r.People
		t.Rows = append(t.Rows, []ui.Cell{{Text: r.Role}, {Text: count(r.People)}})
	}
	t.Foot = [][]ui.Cell{{{Text: "All roles"}, {Text: count(people)}}}
	return t
}

// count shows how many people, where anybody counted.
func count(people int) string {
	if people == 0 {
		return notGiven
	}
	return fmt.Sprint(people)
}

func or(text, instead string) string {
	if text == "" {
		return instead
	}
	return text
}
