package lever

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"sir/internal/fault"
	area "sir/internal/lever"
	"sir/internal/rollout"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

func endorsementTable(v area.ProgrammeView) *ui.Table {
	t := &ui.Table{
		ID: "endorsements", Caption: "Requests for endorsement", CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "Body"}, {Text: "Asked to endorse"}, {Text: "Asked"}, {Text: "Outcome"}, {Text: "Answered"}, {Text: "Answer"}},
	}
	for _, e := range v.Endorsements {
		body, outcome := ui.Cell{Text: e.AskedOf}, ui.Tag{Text: "No answer yet", Colour: ui.TagYellow}
		if e.Outcome != "" {
			outcome = ui.Tag{Text: term.Sentence(string(e.Outcome)), Colour: ui.TagGrey}
		} else if v.MayRequest {
			body.Href, body.Hidden = programmesPath+v.Programme.Code+"/endorsements/"+e.ID, "write down the answer"
		}
		answered := "–"
		if e.AnsweredOn != "" {
			answered = ui.Date(e.AnsweredOn)
		}
		t.Rows = append(t.Rows, []ui.Cell{
			body, {Text: e.Request}, {Text: ui.Date(e.AskedOn) + ", " + e.AskedBy}, {Content: outcome}, {Text: answered}, {Text: orDash(e.Answer)},
		})
	}
	return t
}

// endorsementPage asks for a request or for its answer.
type endorsementPage struct {
	Facts *ui.SummaryList
	Form  form
}

func (p pages) showRequest(r *shell.Request) error {
	return p.renderRequest(r, area.Request{}, ui.TypedDate{}, nil)
}

func (p pages) renderRequest(r *shell.Request, in area.Request, asked ui.TypedDate, wrong ui.FieldErrors) error {
	programme, err := p.levers.Requesting(r.Context(), r.Actor, r.PathValue("programme"))
	if err != nil {
		return err
	}
	page := endorsementPage{Form: form{
		Action: programmesPath + programme.Code + "/endorsements/add", Button: "Save the request",
		Parts: []templ.Component{
			ui.Input{
				Name: "asked-of", Label: "Body", LabelSize: ui.SizeS, Hint: "Such as a professional body. Name no person", Value: in.AskedOf, Error: wrong.For("asked-of"),
			},
			ui.Textarea{Name: "request", Label: "What it is asked to endorse", LabelSize: ui.SizeS, Hint: privacy, Value: in.Request, Error: wrong.For("request")},
			asked.Input("asked-on", "Asked on", "For example 1 4 2027", wrong),
		},
	}}
	return renderEndorsement(r, programme, statusOf(wrong), "Ask for an endorsement", page, wrong)
}

func renderEndorsement(r *shell.Request, programme rollout.Programme, status int, title string, page endorsementPage, wrong ui.FieldErrors) error {
	return r.RenderStatus(status, ui.Page{
		Title: title, Caption: programme.Name, Breadcrumbs: below(programmeLink(programme)), Errors: wrong,
		Lede: "An endorsement says that somebody respected approves. It makes nobody do anything.",
	}, page.content())
}

func (p pages) request(r *shell.Request) error {
	var in area.Request
	var asked ui.TypedDate
	to := map[string]*string{"asked-of": &in.AskedOf, "request": &in.Request}
	asked.ReadTo(to, "asked-on")
	if err := r.Fields(to); err != nil {
		return err
	}
	in.AskedOn = asked.ISO()
	err := p.levers.RequestEndorsement(r.Context(), r.Actor, r.PathValue("programme"), in)
	if wrong, mend := answered(err); mend {
		return p.renderRequest(r, in, asked, wrong)
	}
	if err != nil {
		return err
	}
	r.Notify("The request is saved.")
	return r.Redirect(programmesPath + url.PathEscape(r.PathValue("programme")))
}

func (p pages) showAnswer(r *shell.Request) error {
	return p.renderAnswer(r, http.StatusOK, area.Answer{}, ui.TypedDate{}, nil)
}

func (p pages) renderAnswer(r *shell.Request, status int, in area.Answer, on ui.TypedDate, wrong ui.FieldErrors) error {
	programme, e, err := p.levers.Endorsement(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("request"))
	if err != nil {
		return err
	}
	rows := []ui.SummaryRow{
		{Key: "Body", Value: e.AskedOf}, {Key: "Asked to endorse", Value: e.Request}, {Key: "Asked", Value: ui.Date(e.AskedOn) + ", " + e.AskedBy},
	}
	if e.Outcome != "" {
		rows = append(rows, ui.SummaryRow{Key: "Outcome", Value: term.Sentence(string(e.Outcome)) + ", " + ui.Date(e.AnsweredOn) + ": " + e.Answer})
	}
	page := endorsementPage{Facts: &ui.SummaryList{Rows: rows}}
	page.Form = form{
		Action: programmesPath + programme.Code + "/endorsements/" + e.ID, Button: "Save the answer",
		Parts: []templ.Component{
			ui.Radios{Name: "outcome", Legend: "Outcome", LegendSize: ui.SizeS, Options: options(area.Outcomes), Value: string(in.Outcome), Error: wrong.For("outcome")},
			ui.Textarea{Name: "answer", Label: "Answer", LabelSize: ui.SizeS, Hint: "With any conditions. " + privacy, Value: in.Answer, Error: wrong.For("answer")},
			on.Input("answered-on", "Answered on", "For example 1 6 2027", wrong),
		},
	}
	return renderEndorsement(r, programme, status, "Answer of "+e.AskedOf, page, wrong)
}

func (p pages) answer(r *shell.Request) error {
	var in area.Answer
	var on ui.TypedDate
	to := map[string]*string{"outcome": (*string)(&in.Outcome), "answer": &in.Answer}
	on.ReadTo(to, "answered-on")
	if err := r.Fields(to); err != nil {
		return err
	}
	in.AnsweredOn = on.ISO()
	err := p.levers.AnswerEndorsement(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("request"), in)
	wrong, mend := answered(err)
	switch {
	case mend:
		return p.renderAnswer(r, http.StatusUnprocessableEntity, in, on, wrong)
	case errors.Is(err, fault.ErrStale):
		return p.renderAnswer(r, http.StatusConflict, in, on, conflicting(err))
	case err != nil:
		return err
	}
	r.Notify("The answer is saved.")
	return r.Redirect(programmesPath + url.PathEscape(r.PathValue("programme")))
}
