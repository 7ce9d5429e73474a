package rollout

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	area "sir/internal/rollout"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// typedProgramme is a programme as it was typed.
type typedProgramme struct {
	area.Programme
	announced, starts, ends ui.TypedDate
	money                   money
}

func readProgramme(r *shell.Request) (in typedProgramme, err error) {
	to := map[string]*string{
		"name": &in.Name, "summary": &in.Summary, "level": &in.Level, "lead": &in.LeadID, "mandate": &in.Mandate, "mandate-note": &in.MandateNote,
	}
	in.announced.ReadTo(to, "announced")
	in.starts.ReadTo(to, "starts")
	in.ends.ReadTo(to, "ends")
	in.money.fields(to)
	err = r.Fields(to)
	in.AnnouncedOn, in.StartsOn, in.EndsOn, in.Budget = in.announced.ISO(), in.starts.ISO(), in.ends.ISO(), in.money.budget()
	return in, err
}

func (in typedProgramme) controls(v area.ProgrammeView, wrong ui.FieldErrors) []templ.Component {
	lead := ui.Select{Name: "lead", Label: "Led by", LabelSize: ui.SizeS, Options: []ui.SelectOption{{Text: "Not known"}}, Value: in.LeadID, Error: wrong.For("lead")}
	for _, m := range v.Members {
		lead.Options = append(lead.Options, ui.SelectOption{Value: m.ID, Text: m.Name})
	}
	return append([]templ.Component{
		ui.Input{Name: "name", Label: "Name", LabelSize: ui.SizeS, Value: in.Name, Error: wrong.For("name")},
		text("summary", "Summary", "What it spreads, and to whom. "+privacy, in.Summary, wrong),
		choose("level", "Level", "", area.Levels, in.Level, wrong),
		lead,
		choose("mandate", "Mandate", "Whether somebody must take part. That somebody respected approves is an endorsement, kept with the levers", area.Mandates, in.Mandate, wrong),
		text("mandate-note", "Whose mandate", "Who mandates it, and by what. Needed where it is mandated.", in.MandateNote, wrong),
		in.announced.Input("announced", "Announced", "When those who are to spread it heard of it. Lead time is counted from here", wrong),
		in.starts.Input("starts", "Starts", "", wrong),
		in.ends.Input("ends", "Ends", "", wrong),
	}, in.money.controls(wrong)...)
}

func (p records) showEditProgramme(r *shell.Request) error {
	v, err := p.rollouts.EditingProgramme(r.Context(), r.Actor, r.PathValue("programme"))
	if err != nil {
		return err
	}
	in := typedProgramme{v.Programme, ui.TypedDateOf(v.AnnouncedOn), ui.TypedDateOf(v.StartsOn), ui.TypedDateOf(v.EndsOn), moneyOf(v.Budget)}
	return renderProgramme(r, http.StatusOK, v, in, nil, nil)
}

func renderProgramme(r *shell.Request, status int, v area.ProgrammeView, in typedProgramme, clash *ui.Table, wrong ui.FieldErrors) error {
	page := formPage{
		Clash: clash, Action: programmePath + v.Code + "/edit", Version: strconv.FormatInt(v.Version, 10), Save: "Save the programme",
		Controls: in.controls(v, wrong),
	}
	return r.RenderStatus(status, ui.Page{
		Title: "Edit the programme", Caption: v.Name, Breadcrumbs: atProgrammes(programmeLink(v.Programme)), Errors: wrong,
	}, page.content())
}

func (p records) editProgramme(r *shell.Request) error {
	in, err := readProgramme(r)
	if err != nil {
		return err
	}
	seen, err := r.Version()
	if err != nil {
		return err
	}
	code := r.PathValue("programme")
	err = p.rollouts.ChangeProgramme(r.Context(), r.Actor, code, seen, in.Programme)
	return r.Finish(err, programmePath+code, "The programme was saved.", func(status int, stale bool, wrong ui.FieldErrors) error {
		v, err := p.rollouts.EditingProgramme(r.Context(), r.Actor, code)
		if err != nil {
			return err
		}
		if stale {
			clash := comparison(programmeFacts(v.Programme, v.LeadName), programmeFacts(in.Programme, leadName(v, in.LeadID)))
			return renderProgramme(r, status, v, in, clash, wrong)
		}
		v.Version = seen // somebody may have changed it since
		return renderProgramme(r, status, v, in, nil, wrong)
	})
}

func leadName(v area.ProgrammeView, id string) string {
	for _, m := range v.Members {
		if m.ID == id {
			return m.Name
		}
	}
	return ""
}
