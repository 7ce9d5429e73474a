package innovation

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	area "sir/internal/innovation"
	"sir/internal/network"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// recordPage is what an innovation is.
type recordPage struct {
	Sections ui.ContentsList
	MadeUp   bool
	Summary  string
	Facts    []ui.SummaryRow
	Edit     *ui.Button
}

func (p pages) show(r *shell.Request) error {
	v, err := p.innovations.Look(r.Context(), r.Actor, code(r))
	if err != nil {
		return err
	}
	page := recordPage{Sections: sectionsOf(r, v.Code, record), MadeUp: v.MadeUp, Summary: v.Summary}
	for _, f := range factsOf(v.Innovation)[2:] {
		page.Facts = append(page.Facts, ui.SummaryRow{Key: f.what, Content: paragraphs(orDash(f.says))})
	}
	page.Facts = append(page.Facts, ui.SummaryRow{Key: "Kept by", Value: orDash(v.Keeper)}, ui.SummaryRow{Key: "Source", Value: v.Source})
	if v.MayChange {
		page.Edit = &ui.Button{Text: "Edit the record", Href: record.path(v.Code) + "/edit", Variant: ui.ButtonSecondary}
	}
	head := ui.Page{Title: v.Name, Breadcrumbs: breadcrumbs()}
	for _, programme := range v.Programmes {
		head.Flow.To = append(head.Flow.To, ui.Link{Text: "Adoption in " + programme.Name, Href: ui.MeasurePath + "/" + programme.Code})
	}
	return r.Render(head, page.content())
}

// factsOf is what a record says, in the order of its form.
func factsOf(i area.Innovation) []fact {
	return []fact{
		{"Name", i.Name}, {"Summary", i.Summary}, {"Kind", term.Sentence(i.Kind)}, {"Setting", term.Sentence(i.Setting)},
		{"Status", term.Sentence(i.Status)}, {"Superseded by", i.Successor}, {"Pathway change", term.Sentence(i.PathwayChange)},
		{"What changes", i.PathwayNote}, {"Fit with present practice", term.Sentence(i.Fit)}, {"Supplier", i.Supplier},
		{"NHS Innovation Service id", i.ServiceID},
	}
}

func readRecord(r *shell.Request) (i area.Innovation, err error) {
	return i, r.Fields(map[string]*string{
		"name": &i.Name, "summary": &i.Summary, "kind": &i.Kind, "setting": &i.Setting, "status": &i.Status, "successor": &i.Successor,
		"pathway-change": &i.PathwayChange, "pathway-note": &i.PathwayNote, "fit": &i.Fit, "supplier": &i.Supplier, "service-id": &i.ServiceID,
	})
}

func recordForm(i area.Innovation, wrong ui.FieldErrors) formPage {
	return formPage{Save: "Save the record", Controls: []templ.Component{
		line("name", "Name", "", i.Name, wrong),
		text("summary", "Summary", "What it is and what it does, in a sentence or two. "+privacy, i.Summary, wrong),
		choose("kind", "Kind", "", area.Kinds, i.Kind, wrong),
		choose("setting", "Setting", "Where it is used", area.Settings, i.Setting, wrong),
		choose("status", "Status", "", area.Statuses, i.Status, wrong),
		line("successor", "Superseded by", "Only where something else took its place", i.Successor, wrong),
		choose("pathway-change", "Pathway change", "Leave it open where you do not know yet", area.PathwayChanges, i.PathwayChange, wrong),
		text("pathway-note", "What changes in the pathway", "For each role, administrative staff among them: what they do now that they did not do before.", i.PathwayNote, wrong),
		choose("fit", "Fit with present practice", "Convergent is close to how people work already. Divergent departs from it, and asks for more adapting.", area.Fits, i.Fit, wrong),
		line("supplier", "Supplier", "The organisation, not a person", i.Supplier, wrong),
		line("service-id", "NHS Innovation Service id", "For example INN-2304-0005-6. The innovator's own record stays there.", i.ServiceID, wrong),
	}}
}

func (p pages) showEdit(r *shell.Request) error {
	v, err := p.innovations.Editing(r.Context(), r.Actor, code(r))
	if err != nil {
		return err
	}
	return renderEdit(r, http.StatusOK, v, v.Innovation, nil, nil)
}

func renderEdit(r *shell.Request, status int, v area.View, in area.Innovation, clashing []clash, wrong ui.FieldErrors) error {
	page := recordForm(in, wrong)
	page.Action, page.Version, page.Clash = record.path(v.Code)+"/edit", strconv.FormatInt(v.Version, 10), clashing
	return r.RenderStatus(status, ui.Page{
		Title: "Edit the record", Caption: v.Name, Breadcrumbs: breadcrumbs(v.Innovation), Errors: wrong,
	}, page.content())
}

func (p pages) edit(r *shell.Request) error {
	in, err := readRecord(r)
	if err != nil {
		return err
	}
	seen, err := r.Version()
	if err != nil {
		return err
	}
	err = p.innovations.Change(r.Context(), r.Actor, code(r), seen, in)
	return r.Finish(err, record.path(code(r)), "The record was saved.", func(status int, stale bool, wrong ui.FieldErrors) error {
		v, err := p.innovations.Editing(r.Context(), r.Actor, code(r))
		if err != nil {
			return err
		}
		if stale {
			return renderEdit(r, status, v, in, clashes(factsOf(v.Innovation), factsOf(in)), wrong)
		}
		v.Version = seen // somebody may have changed it since
		return renderEdit(r, status, v, in, nil, wrong)
	})
}

func (p pages) showAdd(r *shell.Request) error {
	return p.renderAdd(r, http.StatusOK, area.Innovation{Status: area.Statuses[0]}, "", nil)
}

func (p pages) renderAdd(r *shell.Request, status int, in area.Innovation, keeper string, wrong ui.FieldErrors) error {
	keepers, err := p.innovations.Keepers(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	page := recordForm(in, wrong)
	page.Action = listPath + "/add"
	page.Controls = append(page.Controls, keeperSelect(keepers, keeper, wrong))
	return r.RenderStatus(status, ui.Page{Title: "Add an innovation", Breadcrumbs: breadcrumbs(), Errors: wrong}, page.content())
}

// keeperSelect has the one keeper there is chosen already.
func keeperSelect(keepers []network.Member, chosen string, wrong ui.FieldErrors) ui.Select {
	list := ui.Select{
		Name: "keeper", Label: "Kept by", LabelSize: ui.SizeS, Hint: "Whose people keep the record up to date", Value: chosen, Error: wrong.For("keeper"),
	}
	if len(keepers) != 1 {
		list.Options = append(list.Options, ui.SelectOption{Text: "Choose"})
	}
	for _, m := range keepers {
		list.Options = append(list.Options, ui.SelectOption{Value: m.Code, Text: m.Name})
	}
	return list
}

func (p pages) add(r *shell.Request) error {
	in, err := readRecord(r)
	if err != nil {
		return err
	}
	keeper, err := r.Field("keeper")
	if err != nil {
		return err
	}
	added, err := p.innovations.Add(r.Context(), r.Actor, keeper, in)
	return r.Finish(err, record.path(added), "The innovation was added.", func(status int, _ bool, wrong ui.FieldErrors) error {
		return p.renderAdd(r, status, in, keeper, wrong)
	})
}
