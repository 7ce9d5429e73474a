package rollout

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	area "sir/internal/rollout"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// typed is a rollout as it was typed.
type typed struct {
	area.Rollout
	planned, actual ui.TypedDate
	money           money
}

func typedOf(r area.Rollout) typed {
	return typed{r, ui.TypedDateOf(r.PlannedStart), ui.TypedDateOf(r.ActualStart), moneyOf(r.Budget)}
}

func readTyped(r *shell.Request) (in typed, err error) {
	to := map[string]*string{"aim": &in.Aim, "exit-rule": &in.ExitRule, "start-reason": &in.StartReason}
	in.planned.ReadTo(to, "planned-start")
	in.actual.ReadTo(to, "actual-start")
	in.money.fields(to)
	err = r.Fields(to)
	in.PlannedStart, in.ActualStart, in.Budget = in.planned.ISO(), in.actual.ISO(), in.money.budget()
	return in, err
}

// plan are the fields of what is planned; started those of the start itself.
func (in typed) plan(wrong ui.FieldErrors) []templ.Component {
	return append([]templ.Component{
		text("aim", "Aim", "What this rollout is to achieve, by when. "+privacy, in.Aim, wrong),
		text("exit-rule", "Exit rule", "When support for sites ends, such as a share of sites that use it by themselves.", in.ExitRule, wrong),
		in.planned.Input("planned-start", "Planned start", "For example 27 3 2026. Keep the first plan: a late start is worth seeing", wrong),
	}, in.money.controls(wrong)...)
}

func (in typed) started(wrong ui.FieldErrors) []templ.Component {
	return []templ.Component{
		in.actual.Input("actual-start", "Actual start", "Leave it empty while it has not started", wrong),
		text("start-reason", "Why it started early or late", "Where the two days differ. "+privacy, in.StartReason, wrong),
	}
}

func (in typed) facts() []fact {
	return append(startFacts(in.Rollout), factsOf(in.Rollout)...)
}

func (p records) showEdit(r *shell.Request) error {
	v, err := p.rollouts.Editing(r.Context(), r.Actor, rolloutID(r))
	if err != nil {
		return err
	}
	return renderEdit(r, http.StatusOK, v, typedOf(v.Rollout), nil, nil)
}

func renderEdit(r *shell.Request, status int, v area.View, in typed, clash *ui.Table, wrong ui.FieldErrors) error {
	page := formPage{
		Clash: clash, Action: recordPath + v.ID + "/edit", Version: strconv.FormatInt(v.Version, 10), Save: "Save the rollout",
		Controls: append(in.plan(wrong), in.started(wrong)...),
	}
	return r.RenderStatus(status, ui.Page{
		Title: "Edit the rollout", Caption: v.MemberName + ", " + v.Programme.Name, Breadcrumbs: atDo(rolloutLink(v)), Errors: wrong,
	}, page.content())
}

func (p records) edit(r *shell.Request) error {
	in, err := readTyped(r)
	if err != nil {
		return err
	}
	seen, err := r.Version()
	if err != nil {
		return err
	}
	id := rolloutID(r)
	err = p.rollouts.Change(r.Context(), r.Actor, id, seen, in.Rollout)
	return r.Finish(err, recordPath+id, "The rollout was saved.", func(status int, stale bool, wrong ui.FieldErrors) error {
		v, err := p.rollouts.Editing(r.Context(), r.Actor, id)
		if err != nil {
			return err
		}
		if stale {
			return renderEdit(r, status, v, in, comparison(typedOf(v.Rollout).facts(), in.facts()), wrong)
		}
		v.Version = seen // somebody may have changed it since
		return renderEdit(r, status, v, in, nil, wrong)
	})
}

func (p records) showAdd(r *shell.Request) error {
	return p.renderAdd(r, http.StatusOK, typed{}, "", nil)
}

func (p records) renderAdd(r *shell.Request, status int, in typed, member string, wrong ui.FieldErrors) error {
	o, err := p.rollouts.Opening(r.Context(), r.Actor, r.PathValue("programme"))
	if err != nil {
		return err
	}
	page := formPage{Action: programmePath + o.Programme.Code + "/rollout", Save: "Add the rollout"}
	head := ui.Page{Title: "Add a rollout", Caption: o.Programme.Name, Breadcrumbs: atProgrammes(programmeLink(o.Programme)), Errors: wrong}
	page.Intro = "It begins in scoping. Nothing but the planned start is needed now."
	list := ui.Select{Name: "member", Label: "Run by", LabelSize: ui.SizeS, Value: member, Error: wrong.For("member")}
	if len(o.Members) != 1 {
		list.Options = append(list.Options, ui.SelectOption{Text: "Choose"})
	}
	for _, m := range o.Members {
		list.Options = append(list.Options, ui.SelectOption{Value: m.Code, Text: m.Name})
	}
	if len(o.Members) == 0 {
		list.Hint = "Each of yours has a rollout of this programme already"
	}
	page.Controls = append([]templ.Component{list}, in.plan(wrong)...)
	return r.RenderStatus(status, head, page.content())
}

func (p records) add(r *shell.Request) error {
	in, err := readTyped(r)
	if err != nil {
		return err
	}
	member, err := r.Field("member")
	if err != nil {
		return err
	}
	id, err := p.rollouts.Add(r.Context(), r.Actor, r.PathValue("programme"), member, in.Rollout)
	return r.Finish(err, recordPath+id, "The rollout was added.", func(status int, _ bool, wrong ui.FieldErrors) error {
		return p.renderAdd(r, status, in, member, wrong)
	})
}
