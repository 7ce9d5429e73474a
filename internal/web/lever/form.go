package lever

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"sir/internal/fault"
	area "sir/internal/lever"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// typed is a lever as it was typed.
type typed struct {
	area.Wording
	from, to ui.TypedDate
	why      string
}

func typedOf(w area.Wording) typed {
	return typed{Wording: w, from: ui.TypedDateOf(w.From), to: ui.TypedDateOf(w.To)}
}

func readTyped(r *shell.Request) (in typed, err error) {
	to := map[string]*string{
		"name": &in.Name, "body": &in.Body, "kind": (*string)(&in.Kind), "strength": (*string)(&in.Strength), "clarity": (*string)(&in.Clarity),
		"replaces": &in.Replaces, "summary": &in.Summary, "source": &in.Source, "why": &in.why,
	}
	in.from.ReadTo(to, "from")
	in.to.ReadTo(to, "to")
	err = r.Fields(to)
	in.From, in.To = in.from.ISO(), in.to.ISO()
	return in, err
}

// parts are the fields of the form.
func (in typed) parts(others []area.Lever, wrong ui.FieldErrors) []templ.Component {
	replaces := []ui.SelectOption{{Text: "None"}}
	for _, l := range others {
		replaces = append(replaces, ui.SelectOption{Value: l.ID, Text: l.Name})
	}
	return []templ.Component{
		ui.Input{Name: "name", Label: "Name", LabelSize: ui.SizeS, Value: in.Name, Error: wrong.For("name")},
		ui.Input{Name: "body", Label: "Body", LabelSize: ui.SizeS, Hint: "Who issues it", Value: in.Body, Error: wrong.For("body")},
		ui.Radios{Name: "kind", Legend: "Type", LegendSize: ui.SizeS, Small: true, Options: options(area.Kinds), Value: string(in.Kind), Error: wrong.For("kind")},
		ui.Radios{
			Name: "strength", Legend: "Strength", LegendSize: ui.SizeS, Small: true, Error: wrong.For("strength"), Value: string(in.Strength),
			Hint: "A mandate says that somebody must. An endorsement says that somebody respected approves", Options: options(area.Strengths),
		},
		ui.Radios{
			Name: "clarity", Legend: "Clarity", LegendSize: ui.SizeS, Small: true, Error: wrong.For("clarity"), Value: string(in.Clarity),
			Hint: "How well sites can tell what it asks", Options: options(area.Clarities),
		},
		in.from.Input("from", "In force from", "For example 1 4 2027", wrong),
		in.to.Input("to", "No longer in force from", "The first day without it. Leave it empty while no end is known", wrong),
		ui.Select{
			Name: "replaces", Label: "Takes the place of", LabelSize: ui.SizeS, Options: replaces, Value: in.Replaces, Error: wrong.For("replaces"),
		},
		ui.Textarea{Name: "summary", Label: "What it asks or offers", LabelSize: ui.SizeS, Hint: privacy, Value: in.Summary, Error: wrong.For("summary")},
		ui.Input{Name: "source", Label: "Source", LabelSize: ui.SizeS, Hint: "Where it is published", Value: in.Source, Error: wrong.For("source")},
	}
}

// changePage is the form of a lever, with what somebody else made of it in the
// meantime.
type changePage struct {
	Clash *ui.Table
	Told  string // by whom and why it was changed
	Form  form
}

func (p pages) showAdd(r *shell.Request) error { return p.renderAdd(r, typed{}, nil) }

func (p pages) renderAdd(r *shell.Request, in typed, wrong ui.FieldErrors) error {
	f, err := p.levers.NewForm(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	page := changePage{Form: form{Action: registerPath + "/add", Button: "Add the lever", Parts: in.parts(f.Others, wrong)}}
	return r.RenderStatus(statusOf(wrong), ui.Page{Title: "Add a lever", Breadcrumbs: below(), Errors: wrong}, page.content())
}

func (p pages) add(r *shell.Request) error {
	in, err := readTyped(r)
	if err != nil {
		return err
	}
	id, err := p.levers.Add(r.Context(), r.Actor, in.Wording)
	if wrong, mend := answered(err); mend {
		return p.renderAdd(r, in, wrong)
	}
	if err != nil {
		return err
	}
	r.Notify("The lever is in the register.")
	return r.Redirect(leverPath + id)
}

func (p pages) showChange(r *shell.Request) error {
	f, err := p.levers.ChangeForm(r.Context(), r.Actor, r.PathValue("lever"))
	if err != nil {
		return err
	}
	return renderChange(r, http.StatusOK, f, typedOf(f.Wording), changePage{}, nil)
}

func renderChange(r *shell.Request, status int, f area.Form, in typed, page changePage, wrong ui.FieldErrors) error {
	parts := append(in.parts(f.Others, wrong), ui.Textarea{
		Name: "why", Label: "Why it changes", LabelSize: ui.SizeS, Rows: 3, Value: in.why, Error: wrong.For("why"),
		Hint: "Those whose rollouts it touches read this before they decide. " + privacy,
	})
	page.Form = form{
		Action: leverPath + f.ID + "/change", Button: "Save as a new version", Parts: parts,
		Hidden: map[string]string{"version": strconv.FormatInt(f.Version, 10)},
	}
	return r.RenderStatus(status, ui.Page{
		Title: "Change the lever", Caption: f.Name, Errors: wrong, Breadcrumbs: below(ui.Link{Text: f.Name, Href: leverPath + f.ID}),
	}, page.content())
}

func (p pages) change(r *shell.Request) error {
	in, err := readTyped(r)
	if err != nil {
		return err
	}
	seen, err := r.Version()
	if err != nil {
		return err
	}
	id := r.PathValue("lever")
	asked, err := p.levers.Change(r.Context(), r.Actor, id, seen, in.Wording, in.why)
	wrong, mend := answered(err)
	if mend || errors.Is(err, fault.ErrStale) {
		return p.changeAgain(r, in, seen, err, wrong)
	}
	if err != nil {
		return err
	}
	said := "The new version is saved. It touches no rollout."
	if asked > 0 {
		said = "The new version is saved. " + counted(asked, "rollout") + " must now decide what it means."
	}
	r.Notify(said)
	return r.Redirect(leverPath + id)
}

// changeAgain shows the form again with what was typed: to be mended, or
// beside what somebody else made of the lever in the meantime.
func (p pages) changeAgain(r *shell.Request, in typed, seen int64, refused error, wrong ui.FieldErrors) error {
	f, err := p.levers.ChangeForm(r.Context(), r.Actor, r.PathValue("lever"))
	if err != nil {
		return err
	}
	if len(wrong) > 0 {
		f.Version = seen // somebody may have changed it since
		return renderChange(r, http.StatusUnprocessableEntity, f, in, changePage{}, wrong)
	}
	names := map[string]string{}
	for _, l := range f.Others {
		names[l.ID] = l.Name
	}
	clash := comparison("Both versions", "It says now", f.Wording, "You wrote", in.Wording, names)
	told := "Changed by " + f.Last.MadeBy + " on " + moment(f.Last.MadeAt) + ": " + f.Last.Why
	return renderChange(r, http.StatusConflict, f, in, changePage{Clash: &clash, Told: told}, conflicting(refused))
}
