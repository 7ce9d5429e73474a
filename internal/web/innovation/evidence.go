package innovation

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	area "sir/internal/innovation"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// evidencePage is what is known about an innovation.
type evidencePage struct {
	Sections ui.ContentsList
	Reading  string
	Gaps     string
	Table    *ui.Table
	Add      *ui.Button
	Removed  []removed
}

// removed is something that can be put back.
type removed struct{ Text, On, Action, Version string }

const stepRestore = "restore"

func (p pages) showEvidence(r *shell.Request) error {
	v, err := p.innovations.Evidence(r.Context(), r.Actor, code(r))
	if err != nil {
		return err
	}
	base := evidence.path(v.Code)
	page := evidencePage{Sections: sectionsOf(r, v.Code, evidence), Reading: evidenceInWords(v), Gaps: gapsInWords(v.Items)}
	if len(v.Items) > 0 {
		page.Table = evidenceTable(v)
	}
	if v.MayChange {
		page.Add = &ui.Button{Text: "Add evidence", Href: base + "/add"}
		for _, e := range v.Removed {
			page.Removed = append(page.Removed, removed{label(e) + " " + e.Title, ui.Date(e.RemovedOn), base + "/" + e.ID, strconv.FormatInt(e.Version, 10)})
		}
	}
	return r.Render(ui.Page{Title: "Evidence", Caption: v.Name, Breadcrumbs: breadcrumbs(v.Innovation)}, page.content())
}

// label is how lines of narratives name an item.
func label(e area.Evidence) string { return "E" + strconv.Itoa(e.Number) }

func evidenceInWords(v area.EvidenceView) string {
	overdue := 0
	for _, e := range v.Items {
		if e.Overdue(v.Today) {
			overdue++
		}
	}
	text := fmt.Sprintf("%d items of evidence", len(v.Items))
	if len(v.Items) == 1 {
		text = "1 item of evidence"
	}
	switch overdue {
	case 0:
		text += ", none overdue for review"
	default:
		text += fmt.Sprintf(", %d overdue for review", overdue)
	}
	return text + ", as at " + ui.Date(v.Today) + "."
}

func gapsInWords(items []area.Evidence) string {
	gaps := area.EvidenceGaps(items)
	if len(gaps) == 0 {
		return "There is evidence of every type."
	}
	return "No evidence yet of these types: " + strings.Join(gaps, ", ") + "."
}

func evidenceTable(v area.EvidenceView) *ui.Table {
	table := &ui.Table{
		ID: "evidence", Caption: "Evidence by number", CaptionHidden: true, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "Evidence"}, {Text: "Type and quality"}, {Text: "Supports"}, {Text: "Scope and place"}, {Text: "Date"}, {Text: "Review by"}},
	}
	for _, e := range v.Items {
		row := []ui.Cell{{Content: evidenceTitle(v, e)}}
		where := term.Sentence(e.Scope)
		if e.Place != "" {
			where += ": " + e.Place
		}
		row = append(row, ui.Text(term.Sentence(e.Kind)+", quality: "+e.Quality, e.Supports, where, ui.Date(e.DatedOn))...)
		table.Rows = append(table.Rows, append(row, ui.Cell{Content: reviewBy(e, v.Today)}))
	}
	return table
}

// titlePage is the title of an item, with its source and for some a link to
// its form.
type titlePage struct {
	Number, Title, Source string
	Edit                  *ui.Action
}

func evidenceTitle(v area.EvidenceView, e area.Evidence) templ.Component {
	t := titlePage{label(e), e.Title, e.Source, nil}
	if v.MayChange {
		t.Edit = &ui.Action{Text: "Edit", Hidden: label(e), Href: evidence.path(v.Code) + "/" + e.ID}
	}
	return t.content()
}

func reviewBy(e area.Evidence, today string) templ.Component {
	if e.Overdue(today) {
		return due(ui.Date(e.ReviewBy), &ui.Tag{Text: "Overdue", Colour: ui.TagRed})
	}
	return due(ui.Date(e.ReviewBy), nil)
}

// typedEvidence is an item as it was typed.
type typedEvidence struct {
	area.Evidence
	dated, review ui.TypedDate
}

func typedEvidenceOf(e area.Evidence) typedEvidence {
	return typedEvidence{e, ui.TypedDateOf(e.DatedOn), ui.TypedDateOf(e.ReviewBy)}
}

func readEvidence(r *shell.Request) (in typedEvidence, err error) {
	to := map[string]*string{
		"kind": &in.Kind, "title": &in.Title, "source": &in.Source, "scope": &in.Scope, "place": &in.Place, "quality": &in.Quality, "supports": &in.Supports,
	}
	in.dated.ReadTo(to, "dated-on")
	in.review.ReadTo(to, "review-by")
	err = r.Fields(to)
	in.DatedOn, in.ReviewBy = in.dated.ISO(), in.review.ISO()
	return in, err
}

// evidenceFacts is what an item says, in the order of its form.
func evidenceFacts(e area.Evidence) []fact {
	return []fact{
		{"Type", term.Sentence(e.Kind)}, {"What was found", e.Title}, {"Supports", e.Supports}, {"Source", e.Source}, {"Date of the source", ui.Date(e.DatedOn)},
		{"Scope", term.Sentence(e.Scope)}, {"Place", e.Place}, {"Quality", term.Sentence(e.Quality)}, {"Review by", ui.Date(e.ReviewBy)},
	}
}

func evidenceForm(in typedEvidence, wrong ui.FieldErrors) formPage {
	return formPage{Save: "Save the evidence", Controls: []templ.Component{
		choose("kind", "Type", "", area.EvidenceKinds, in.Kind, wrong),
		line("title", "What was found", "In a line. "+privacy, in.Title, wrong),
		text("supports", "What it supports", "For example: fewer patients come back within 30 days.", in.Supports, wrong),
		line("source", "Source", "A report, a paper or a web address", in.Source, wrong),
		in.dated.Input("dated-on", "Date of the source", "For example 31 3 2025", wrong),
		choose("scope", "Scope", "How wide it looked", area.Scopes, in.Scope, wrong),
		line("place", "Place", "Where it was seen, if that matters", in.Place, wrong),
		choose("quality", "Quality", "How far it can be trusted", area.Qualities, in.Quality, wrong),
		in.review.Input("review-by", "Review by", "When somebody looks whether it still holds", wrong),
	}}
}

func (p pages) showAddEvidence(r *shell.Request) error {
	return p.renderAddEvidence(r, http.StatusOK, typedEvidence{}, nil)
}

func (p pages) renderAddEvidence(r *shell.Request, status int, in typedEvidence, wrong ui.FieldErrors) error {
	v, err := p.innovations.Editing(r.Context(), r.Actor, code(r))
	if err != nil {
		return err
	}
	page := evidenceForm(in, wrong)
	page.Action = evidence.path(v.Code) + "/add"
	return r.RenderStatus(status, ui.Page{
		Title: "Add evidence", Caption: v.Name, Breadcrumbs: within(v.Innovation, evidence), Errors: wrong,
	}, page.content())
}

func (p pages) addEvidence(r *shell.Request) error {
	in, err := readEvidence(r)
	if err != nil {
		return err
	}
	err = p.innovations.AddEvidence(r.Context(), r.Actor, code(r), in.Evidence)
	return r.Finish(err, evidence.path(code(r)), "The evidence was added.", func(status int, _ bool, wrong ui.FieldErrors) error {
		return p.renderAddEvidence(r, status, in, wrong)
	})
}

func (p pages) showEditEvidence(r *shell.Request) error {
	v, e, err := p.innovations.EditingEvidence(r.Context(), r.Actor, code(r), r.PathValue("evidence"))
	if err != nil {
		return err
	}
	return renderEditEvidence(r, http.StatusOK, v, e, typedEvidenceOf(e), nil, nil)
}

func renderEditEvidence(r *shell.Request, status int, v area.View, e area.Evidence, in typedEvidence, clashing []clash, wrong ui.FieldErrors) error {
	page := evidenceForm(in, wrong)
	page.Action, page.Version, page.Clash = evidence.path(v.Code)+"/"+e.ID, strconv.FormatInt(e.Version, 10), clashing
	page.Remove = "It leaves the list and is kept. It can be put back. What is said with it as evidence stays, and shows that it was taken out."
	return r.RenderStatus(status, ui.Page{
		Title: "Edit evidence " + label(e), Caption: v.Name, Breadcrumbs: within(v.Innovation, evidence), Errors: wrong,
	}, page.content())
}

// editEvidence takes the step of the button that was pressed.
func (p pages) editEvidence(r *shell.Request) error {
	in, err := readEvidence(r)
	if err != nil {
		return err
	}
	step, seen, err := stepOf(r)
	if err != nil {
		return err
	}
	id, said := r.PathValue("evidence"), "The evidence was saved."
	switch step {
	case stepRemove:
		err, said = p.innovations.RemoveEvidence(r.Context(), r.Actor, code(r), id, seen), "The evidence was taken out. You can put it back below the list."
	case stepRestore:
		err, said = p.innovations.RestoreEvidence(r.Context(), r.Actor, code(r), id, seen), "The evidence was put back."
	default:
		err = p.innovations.ChangeEvidence(r.Context(), r.Actor, code(r), id, seen, in.Evidence)
	}
	return r.Finish(err, evidence.path(code(r)), said, func(status int, stale bool, wrong ui.FieldErrors) error {
		v, e, err := p.innovations.EditingEvidence(r.Context(), r.Actor, code(r), id)
		switch {
		case err != nil:
			return err
		case stale && step != stepSave:
			return renderEditEvidence(r, status, v, e, typedEvidenceOf(e), nil, wrong)
		case stale:
			return renderEditEvidence(r, status, v, e, in, clashes(evidenceFacts(e), evidenceFacts(in.Evidence)), wrong)
		}
		e.Version = seen // somebody may have changed it since
		return renderEditEvidence(r, status, v, e, in, nil, wrong)
	})
}
