package improvement

import (
	"fmt"
	"slices"

	"github.com/a-h/templ"

	area "sir/internal/improvement"
	"sir/internal/term"
	"sir/internal/web/measure"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// lookPage is the improvement work of a programme or a member.
type lookPage struct {
	Sections  ui.ContentsList
	Reading   string
	Drawing   templ.Component // nil where there is no diagram
	Downloads []ui.Link
	Outline   []branch
	Actions   []ui.Button
	Copy      string // address; empty where nothing can be copied
	Removed   []removed
	Members   *ui.Table
	Idle      []ui.Link // members without any work
	IdleTitle string
	Summary   string // of the cycles
	Cycles    *ui.Table
	CyclesCSV []ui.Link
}

// branch is a box of the diagram in the list beside it.
type branch struct {
	Kind, Text, Note string
	Ramp             []ui.Link // the cycles of an idea
	Actions          []ui.Action
	Children         []branch
}

// removed is a box that can be put back.
type removed struct{ Text, On, Action string }

func (p pages) show(r *shell.Request) error {
	view, err := p.improvement.Look(r.Context(), r.Actor, address(r))
	if err != nil {
		return err
	}
	page, err := lookPageOf(view, r.Terms)
	if err != nil {
		return err
	}
	page.Sections = measure.Sections(r, view.Programme.Code, false, measure.Improvement)
	head := ui.Page{
		Title: "Improvement", Caption: view.Programme.Name, Breadcrumbs: breadcrumbs(view.Place, false),
		Flow: ui.Flow{
			From: []ui.Link{{Text: "Adoption in " + view.Programme.Name, Href: measure.Rates.Path(view.Programme.Code)}},
			To:   []ui.Link{{Text: "All measures of " + view.Programme.Name, Href: measure.AllMeasures.Path(view.Programme.Code)}},
		},
	}
	if view.Member != nil {
		head.Title = "Improvement at " + view.Member.Name
	}
	return r.Render(head, page.content())
}

func lookPageOf(v area.View, terms term.Pack) (lookPage, error) {
	base := basePath(addressOf(v.Place))
	page := lookPage{Reading: reading(v, terms), Summary: cyclesInWords(v), Cycles: cyclesTable(v, terms)}
	if v.Diagram.Root != nil {
		var err error
		if page.Drawing, err = drawn(tree(v)); err != nil {
			return page, err
		}
		page.Downloads = []ui.Link{{Text: "Diagram (SVG)", Href: base + "/diagram.svg"}, {Text: "Diagram (CSV)", Href: base + "/diagram.csv"}}
		page.Outline = []branch{branchOf(v, *v.Diagram.Root)}
	}
	if len(v.Cycles) > 0 {
		page.CyclesCSV = []ui.Link{{Text: "Cycles (CSV)", Href: base + "/cycles.csv"}}
	}
	if v.MayWork {
		page.offer(v, base)
	}
	if v.Member == nil {
		page.addMembers(v, terms.Label(term.Network).Full)
	}
	return page, nil
}

// offer adds what those who may work here can do.
func (page *lookPage) offer(v area.View, base string) {
	if v.Diagram.Root == nil {
		page.Actions = append(page.Actions, ui.Button{Text: "Write an aim", Href: base + "/drivers/add", Variant: ui.ButtonSecondary})
	}
	if v.Member != nil {
		page.Actions = append(page.Actions, ui.Button{Text: "Plan a cycle", Href: base + "/cycles/add"})
	}
	if v.MayCopy {
		page.Copy = base + "/copy"
	}
	for _, d := range v.Diagram.Removed {
		page.Removed = append(page.Removed, removed{d.Kind.Words() + ": " + d.Text(), ui.Date(d.RemovedOn), base + "/drivers/" + d.ID})
	}
}

func reading(v area.View, terms term.Pack) string {
	who := "The programme"
	if v.Member != nil {
		who = v.Member.Name
	}
	at := " As at " + ui.Date(v.Today) + "."
	if v.Diagram.Root == nil {
		return who + " has no driver diagram yet. It says what is to change, what drives that, and which ideas to try." + at
	}
	if v.Member == nil {
		return "The programme shares this diagram with every " + terms.Label(term.Network).Full.Of(1) + ". Ideas show the cycles that you may see." + at
	}
	return "The diagram of " + who + ", and the cycles in which it tries ideas of this and of the programme's diagram." + at
}

func branchOf(v area.View, n area.Node) branch {
	b := branch{Kind: term.Sentence(n.Kind.Words()), Text: n.Text()}
	if m := area.MeasureByID(v.Measures, n.MeasureID); m.Name != "" {
		b.Note = "Measured by: " + m.Name + "."
	}
	if n.Kind == area.Idea {
		b.Note = words(b.Note, term.Sentence(area.Progress(n.Cycles, v.Today))+".")
		b.Ramp = ramp(v, n.Cycles)
	}
	if v.MayWork {
		b.Actions = branchActions(v, n)
	}
	for _, child := range n.Children {
		b.Children = append(b.Children, branchOf(v, child))
	}
	return b
}

func branchActions(v area.View, n area.Node) []ui.Action {
	base, about := basePath(addressOf(v.Place)), n.Kind.Words()+": "+n.Text()
	actions := []ui.Action{{Text: "Edit", Hidden: about, Href: base + "/drivers/" + n.ID}}
	if below := n.Kind.Below(); below != "" {
		actions = append(actions, ui.Action{Text: "Add a " + below.Words(), Hidden: "below " + about, Href: base + "/drivers/add?under=" + n.ID})
	} else if v.Member != nil {
		actions = append(actions, ui.Action{Text: "Plan a cycle", Hidden: "for " + about, Href: base + "/cycles/add?idea=" + n.ID})
	}
	return actions
}

// ramp are links to the cycles of an idea, in their order.
func ramp(v area.View, cycles []area.Cycle) (links []ui.Link) {
	numbers := area.Numbers(cycles)
	for _, c := range cycles {
		text := fmt.Sprintf("Cycle %d, %s", numbers[c.ID], c.State(v.Today))
		if v.Member == nil {
			text += ", " + c.UnitName
		}
		links = append(links, ui.Link{Text: text + ": " + c.Title, Href: cyclePath(v.Programme.Code, c)})
	}
	return links
}

// addMembers lists the members that have work to show, and those that have none
// yet apart from them.
func (page *lookPage) addMembers(v area.View, names term.Form) {
	table := ui.Table{
		ID: "members", Caption: term.Sentence(names.Of(2)) + " at work", CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: term.Sentence(names.Of(1))}, {Text: "Aim of its own"}, {Text: "Cycles"}},
	}
	for _, m := range v.Members {
		href := basePath(area.Address{Programme: v.Programme.Code, Member: m.Member.Code})
		if m.Aim == "" && len(m.Cycles) == 0 {
			page.Idle = append(page.Idle, ui.Link{Text: m.Member.Name, Href: href})
			continue
		}
		row := []ui.Cell{{Text: m.Member.Name, Href: href}, {Text: orDash(m.Aim)}, {Text: orDash(area.Tally(m.Cycles, v.Today))}}
		table.Rows = append(table.Rows, row)
	}
	if len(table.Rows) > 0 {
		page.Members = &table
	}
	page.IdleTitle = fmt.Sprintf("%d without a diagram or a cycle of their own", len(page.Idle))
	if len(page.Idle) == 1 {
		page.IdleTitle = "1 without a diagram or a cycle of its own"
	}
}

// cyclesTable lists cycles by state, those first that call for somebody.
func cyclesTable(v area.View, terms term.Pack) *ui.Table {
	if len(v.Cycles) == 0 {
		return nil
	}
	table := &ui.Table{
		ID: "cycles", Caption: "Cycles by state", CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "Cycle"}, {Text: "State"}, {Text: "Idea"}, {Text: "Where"}, {Text: "From"}, {Text: "To"}},
	}
	numbers := area.Numbers(v.Cycles)
	for _, state := range area.States {
		for _, c := range v.Cycles {
			if c.State(v.Today) != state {
				continue
			}
			row := []ui.Cell{{Text: c.Title, Href: cyclePath(v.Programme.Code, c)}, {Content: stateTag(c, v.Today)}, {Text: ideaWords(c, numbers[c.ID])}}
			table.Rows = append(table.Rows, append(row, ui.Text(where(v, c, terms), ui.Date(c.StartsOn), ui.Date(c.EndsOn))...))
		}
	}
	return table
}

func ideaWords(c area.Cycle, number int) string {
	if c.DriverID == "" {
		return "–"
	}
	return fmt.Sprintf("%s (cycle %d)", c.Idea, number)
}

// where says at which site or member a cycle is done.
func where(v area.View, c area.Cycle, terms term.Pack) string {
	place := c.SiteName
	if place == "" && v.Member != nil {
		place = "No single " + terms.Label(term.Site).Full.Of(1)
	}
	if v.Member == nil {
		place = words(place, c.UnitName)
		if c.SiteName != "" {
			place = c.SiteName + ", " + c.UnitName
		}
	}
	return place
}

// cyclesInWords says how many cycles there are, and what calls for somebody.
func cyclesInWords(v area.View) string {
	if len(v.Cycles) == 0 {
		return "There are no cycles that you may see. A cycle tries one idea on a small scale, and compares what happens with what was predicted."
	}
	text := area.Tally(v.Cycles, v.Today) + "."
	overdue := slices.DeleteFunc(slices.Clone(v.Cycles), func(c area.Cycle) bool { return !c.StudyOverdue(v.Today) })
	if n := len(overdue); n == 1 {
		text += " The study of 1 is overdue."
	} else if n > 1 {
		text += fmt.Sprintf(" The studies of %d are overdue.", n)
	}
	return text + " Adopting, adapting and stopping are all good ends of a test: each spares others from trying the same."
}
