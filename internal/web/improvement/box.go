package improvement

import (
	"errors"
	"net/http"
	"strconv"

	"sir/internal/fault"
	area "sir/internal/improvement"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// The steps of the form of a box.
const (
	stepSave    = "save"
	stepUp      = "up"
	stepDown    = "down"
	stepRemove  = "remove"
	stepRestore = "restore"
)

// boxPage adds or changes a box of a diagram.
type boxPage struct {
	Action  string
	Below   string // what it hangs below; empty for an aim
	Inputs  []ui.Input
	ByWhen  *ui.DateInput
	Measure ui.Select
	Version string // empty for a new one
	Clash   *clash
	Steps   []ui.Button // moving and removing
	Warning string      // before removing
}

// clash is what somebody else wrote while this was being written.
type clash struct{ Theirs, Yours string }

// typed is a box as it was typed.
type typed struct {
	area.Wording
	byWhen ui.TypedDate
}

func typedOf(n area.Node, measures []area.Measure) typed {
	in := typed{Wording: area.Wording{Body: n.Body, Measure: area.MeasureByID(measures, n.MeasureID).Code}}
	if n.Kind == area.AimKind {
		in.Aim = area.ReadAim(n.Body)
		in.byWhen = ui.TypedDateOf(in.Aim.ByWhen)
	}
	return in
}

func readTyped(r *shell.Request) (in typed, err error) {
	to := map[string]*string{"what": &in.Aim.What, "how-much": &in.Aim.HowMuch, "body": &in.Body, "measure": &in.Measure}
	in.byWhen.ReadTo(to, "by-when")
	err = r.Fields(to)
	in.Aim.ByWhen = in.byWhen.ISO()
	return in, err
}

// text is what was typed, in one line.
func (in typed) text(kind area.Kind) string {
	if kind == area.AimKind {
		return in.Aim.Text()
	}
	return in.Body
}

func (p pages) showAdd(r *shell.Request) error {
	under, err := r.Choice("under")
	if err != nil {
		return err
	}
	return p.renderAdd(r, http.StatusOK, under, typed{}, nil)
}

func (p pages) renderAdd(r *shell.Request, status int, under string, in typed, wrong ui.FieldErrors) error {
	box, err := p.improvement.NewBox(r.Context(), r.Actor, address(r), under)
	if err != nil {
		return err
	}
	action := basePath(addressOf(box.Place)) + "/drivers/add"
	if under != "" {
		action += "?under=" + under
	}
	return renderBox(r, status, box, boxPageOf(box, action, in, wrong), "Add a "+box.Kind.Words(), wrong)
}

func renderBox(r *shell.Request, status int, box area.Box, page boxPage, title string, wrong ui.FieldErrors) error {
	caption := title
	if title == "Add a "+string(area.AimKind) {
		caption = "Write an aim"
	}
	return r.RenderStatus(status, ui.Page{
		Title: caption, Caption: diagramName(box.Place), Breadcrumbs: breadcrumbs(box.Place, true), Errors: wrong,
	}, page.content())
}

func diagramName(p area.Place) string {
	if p.Member == nil {
		return "Driver diagram of " + p.Programme.Name
	}
	return "Driver diagram of " + p.Member.Name
}

func boxPageOf(box area.Box, action string, in typed, wrong ui.FieldErrors) boxPage {
	page := boxPage{Action: action}
	hint := "Choose one where a measure shows whether this moves"
	if box.Parent != nil {
		page.Below = box.Parent.Kind.Words() + ": " + box.Parent.Text()
	}
	if box.Kind == area.AimKind {
		hint = "By which you will see whether the aim is reached"
		page.Inputs = []ui.Input{
			{Name: "what", Label: "What is to change", LabelSize: ui.SizeS, Hint: "For example: eligible sites use it daily. " + privacy, Value: in.Aim.What, Error: wrong.For("what")},
			{Name: "how-much", Label: "How much", LabelSize: ui.SizeS, Hint: "For example: from 40% to 60%", Width: 20, Value: in.Aim.HowMuch, Error: wrong.For("how-much")},
		}
		date := in.byWhen.Input("by-when", "By when", "For example 31 3 2027", wrong)
		page.ByWhen = &date
	} else {
		page.Inputs = []ui.Input{{
			Name: "body", Label: term.Sentence(box.Kind.Words()), LabelSize: ui.SizeS, Hint: hints[box.Kind] + " " + privacy, Value: in.Body, Error: wrong.For("body"),
		}}
	}
	page.Measure = measureSelect(box.Measures, hint, in.Measure, wrong)
	return page
}

var hints = map[area.Kind]string{
	area.Primary:   "What the aim depends on most, for example: staff know how.",
	area.Secondary: "What that depends on in turn, for example: training at handover.",
	area.Idea:      "What you could try, for example: ten minutes on Mondays.",
}

func (p pages) add(r *shell.Request) error {
	under, err := r.Choice("under")
	if err != nil {
		return err
	}
	in, err := readTyped(r)
	if err != nil {
		return err
	}
	err = p.improvement.AddDriver(r.Context(), r.Actor, address(r), under, in.Wording)
	var wrong *fault.Error
	if errors.As(err, &wrong) && len(wrong.Fields) > 0 {
		return p.renderAdd(r, http.StatusUnprocessableEntity, under, in, shell.FieldErrors(wrong))
	}
	if err != nil {
		return err
	}
	r.Notify("It was added to the diagram.")
	return r.Redirect(basePath(address(r)))
}

func (p pages) showBox(r *shell.Request) error {
	box, err := p.improvement.Box(r.Context(), r.Actor, address(r), r.PathValue("driver"))
	if err != nil {
		return err
	}
	return changeForm(r, http.StatusOK, box, typedOf(box.Node, box.Measures), nil, nil)
}

// changeForm is the form of a box that stands.
func changeForm(r *shell.Request, status int, box area.Box, in typed, clashing *clash, wrong ui.FieldErrors) error {
	page := boxPageOf(box, basePath(addressOf(box.Place))+"/drivers/"+box.ID, in, wrong)
	page.Version, page.Clash = strconv.FormatInt(box.Version, 10), clashing
	page.Warning = "It is taken off the diagram"
	if len(box.Children) > 0 {
		page.Warning += " with all that hangs below it"
	}
	page.Warning += ", and kept. It can be put back. Cycles stay in their list."
	if box.Parent != nil && len(box.Parent.Children) > 1 {
		page.Steps = []ui.Button{
			{Text: "Move up", Name: "step", Value: stepUp, Variant: ui.ButtonSecondary, Small: true},
			{Text: "Move down", Name: "step", Value: stepDown, Variant: ui.ButtonSecondary, Small: true},
		}
	}
	return renderBox(r, status, box, page, "Edit the "+box.Kind.Words(), wrong)
}

// changeBox takes the step of the button that was pressed.
func (p pages) changeBox(r *shell.Request) error {
	step, err := r.Field("step")
	if err != nil {
		return err
	}
	at, id := address(r), r.PathValue("driver")
	said := map[string]string{stepUp: "It was moved.", stepDown: "It was moved.", stepRestore: "It was put back."}
	switch step {
	case stepUp:
		err = p.improvement.MoveDriver(r.Context(), r.Actor, at, id, -1)
	case stepDown:
		err = p.improvement.MoveDriver(r.Context(), r.Actor, at, id, 1)
	case stepRestore:
		err = p.improvement.RestoreDriver(r.Context(), r.Actor, at, id)
	case stepRemove:
		return p.removeBox(r)
	case stepSave:
		return p.saveBox(r)
	default:
		err = fault.Invalid("The form was not understood. Use the buttons on the page.")
	}
	if err != nil {
		return err
	}
	r.Notify(said[step])
	return r.Redirect(basePath(at))
}

func (p pages) removeBox(r *shell.Request) error {
	v, err := r.Version()
	if err != nil {
		return err
	}
	err = p.improvement.RemoveDriver(r.Context(), r.Actor, address(r), r.PathValue("driver"), v)
	if errors.Is(err, fault.ErrStale) {
		return p.renderClash(r, nil, err)
	}
	if err != nil {
		return err
	}
	r.Notify("It was removed. You can put it back under Removed from the diagram.")
	return r.Redirect(basePath(address(r)))
}

func (p pages) saveBox(r *shell.Request) error {
	in, err := readTyped(r)
	if err != nil {
		return err
	}
	v, err := r.Version()
	if err != nil {
		return err
	}
	err = p.improvement.ChangeDriver(r.Context(), r.Actor, address(r), r.PathValue("driver"), v, in.Wording)
	var wrong *fault.Error
	switch {
	case errors.Is(err, fault.ErrStale):
		return p.renderClash(r, &in, err)
	case errors.As(err, &wrong) && len(wrong.Fields) > 0:
		box, err := p.improvement.Box(r.Context(), r.Actor, address(r), r.PathValue("driver"))
		if err != nil {
			return err
		}
		box.Version = v // as it was seen: somebody may have changed it since
		return changeForm(r, http.StatusUnprocessableEntity, box, in, nil, shell.FieldErrors(wrong))
	case err != nil:
		return err
	}
	r.Notify("The change was saved.")
	return r.Redirect(basePath(address(r)))
}

// renderClash shows what somebody else wrote beside what was typed, which the
// form keeps; nil stands for a removal.
func (p pages) renderClash(r *shell.Request, in *typed, stale error) error {
	box, err := p.improvement.Box(r.Context(), r.Actor, address(r), r.PathValue("driver"))
	if err != nil {
		return err
	}
	if in == nil {
		now := typedOf(box.Node, box.Measures)
		return changeForm(r, http.StatusConflict, box, now, &clash{box.Text(), "You wanted to remove it."}, ui.FieldErrors{{Message: stale.Error()}})
	}
	return changeForm(r, http.StatusConflict, box, *in, &clash{box.Text(), in.text(box.Kind)}, ui.FieldErrors{{Message: stale.Error()}})
}

func (p pages) copyDiagram(r *shell.Request) error {
	if err := p.improvement.CopyDiagram(r.Context(), r.Actor, address(r)); err != nil {
		return err
	}
	r.Notify("The programme's diagram was copied. Change it to fit.")
	return r.Redirect(basePath(address(r)))
}
