package returns

import (
	"errors"
	"fmt"
	"net/http"

	area "sir/internal/adoption"
	"sir/internal/fault"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// reviewPage is what is approved or opened again, and the form for it.
type reviewPage struct {
	Reading    string
	Facts      []ui.SummaryRow
	Incomplete *ui.Table
	Hints      *ui.Table
	History    *ui.Table
	Note       *ui.Textarea // nil where there is nothing to decide
	Action     string
	Button     string
	Instead    []ui.ActionLink
}

func (p pages) showApprove(r *shell.Request) error { return p.renderApprove(r, http.StatusOK, "", nil) }

func (p pages) renderApprove(r *shell.Request, status int, note string, wrong ui.FieldErrors) error {
	name, err := part(r)
	if err != nil {
		return err
	}
	view, err := p.adoption.ReviewToApprove(r.Context(), r.Actor, name)
	if err != nil {
		return err
	}
	page := reviewOf(view, r.Terms)
	page.Action = r.URL.Path
	switch standing := view.Standing(); {
	case standing != nil:
		page.Reading = "These figures are approved already, " + approvalWords(standing) + "."
	case view.Count.Expected == 0:
		page.Reading = view.Member.Name + " has no eligible " + r.Terms.Label(term.Site).Full.Of(1) + " in this period, so there is nothing to approve."
	default:
		page.Reading = "Approving freezes the list of eligible " + r.Terms.Label(term.Site).Full.Of(2) + " for this period. Figures then change only as restatements, with a reason."
		page.Note = noteField(view.Count, note, wrong)
		page.Button = "Approve"
	}
	return renderReview(r, status, "Approve figures", view, page, wrong)
}

func noteField(n area.ReturnCount, note string, wrong ui.FieldErrors) *ui.Textarea {
	field := ui.Textarea{Name: "note", Label: "Note (optional)", LabelSize: ui.SizeS, Rows: 3, Value: note, Error: wrong.For("note")}
	if n.Complete < n.Expected {
		field.Label = "Why are the figures approved without all returns?"
		field.Hint = "Your words are kept with the approval."
	}
	return &field
}

func renderReview(r *shell.Request, status int, title string, view area.Review, page reviewPage, wrong ui.FieldErrors) error {
	if page.Note == nil { // what is wrong has no field left to lead to
		for i := range wrong {
			wrong[i].Field = ""
		}
	}
	return r.RenderStatus(status, ui.Page{
		Title: title, Caption: view.Collection.Name + ", " + view.Period.Label() + ": " + view.Member.Name, Errors: wrong,
		Breadcrumbs: breadcrumbs(view.Programme, ui.Link{Text: "Returns", Href: statusPath(view.Programme.Code, view.Collection, view.Period)}),
	}, page.content())
}

func reviewOf(view area.Review, terms term.Pack) reviewPage {
	n := view.Count
	page := reviewPage{Facts: []ui.SummaryRow{
		{Key: "Period", Value: view.Period.Long()},
		{Key: "Due by", Value: ui.Date(view.DueOn)},
		{Key: "Returns expected", Value: fmt.Sprint(n.Expected)},
		{Key: "Received", Value: shareWords(n.Received, n.Expected)},
		{Key: "Complete", Value: shareWords(n.Complete, n.Expected)},
		{Key: "On time", Value: shareWords(n.OnTime, n.Expected)},
	}}
	if view.HasRate {
		page.Facts = append(page.Facts,
			ui.SummaryRow{Key: "Rate that these figures give", Value: rateWords(view.Rate)},
			ui.SummaryRow{Key: "Rate in " + view.Period.Prev().Label(), Value: rateWords(view.RateBefore)})
	}
	if len(view.Incomplete) > 0 {
		table := owingTable(view.Programme.Code, "incomplete", "Returns that are not complete", view.Incomplete, terms)
		page.Incomplete = &table
	}
	page.Hints = hintsTable(view.Programme.Code, view.Hints, terms)
	page.History = historyTable(view.Approvals)
	if view.MayEnter {
		page.Instead = append(page.Instead, ui.ActionLink{Text: "See or change the figures", Href: memberPath(view.Programme.Code, view.Collection, view.Period, view.Member.Code)})
	}
	return page
}

// historyTable is what was approved and opened again, oldest first.
func historyTable(approvals []area.Approval) *ui.Table {
	if len(approvals) == 0 {
		return nil
	}
	table := ui.Table{
		ID: "history", Caption: "What was approved and opened again", CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "When"}, {Text: "What"}, {Text: "By"}, {Text: "Why"}},
	}
	for _, a := range approvals {
		table.Rows = append(table.Rows, ui.Text(dayOf(a.ApprovedAt), "Approved", a.ApprovedBy, orDash(a.Note)))
		if !a.Stands() {
			table.Rows = append(table.Rows, ui.Text(dayOf(a.ReopenedAt), "Opened again", a.ReopenedBy, orDash(a.ReopenReason)))
		}
	}
	return &table
}

func (p pages) approve(r *shell.Request) error {
	name, err := part(r)
	if err != nil {
		return err
	}
	note, err := r.Field("note")
	if err != nil {
		return err
	}
	err = p.adoption.Approve(r.Context(), r.Actor, name, note)
	if wrong := atField(err, "note"); wrong != nil {
		return p.renderApprove(r, http.StatusUnprocessableEntity, note, wrong)
	}
	if err != nil {
		return err
	}
	r.Notify("The figures are approved.")
	return toStatus(r, name)
}

// atField are the errors of a form with one field: what has no field of its
// own stands there too.
func atField(err error, field string) ui.FieldErrors {
	var wrong *fault.Error
	if !errors.Is(err, fault.ErrInvalid) || !errors.As(err, &wrong) {
		return nil
	}
	if len(wrong.Fields) > 0 {
		return shell.FieldErrors(wrong)
	}
	return ui.FieldErrors{{Field: field, Message: wrong.Message}}
}

func toStatus(r *shell.Request, name area.Part) error {
	return r.Redirect(returnsPath(name.Programme) + "?collection=" + name.Collection + "&period=" + name.Period.Slug())
}

func (p pages) showReopen(r *shell.Request) error { return p.renderReopen(r, http.StatusOK, "", nil) }

func (p pages) renderReopen(r *shell.Request, status int, reason string, wrong ui.FieldErrors) error {
	name, err := part(r)
	if err != nil {
		return err
	}
	view, err := p.adoption.ReviewToReopen(r.Context(), r.Actor, name)
	if err != nil {
		return err
	}
	page := reviewOf(view, r.Terms)
	page.Action = r.URL.Path
	if view.Standing() == nil {
		page.Reading = "These figures are not approved, so they are open."
	} else {
		page.Reading = "Opening again lets " + r.Terms.Label(term.Site).Full.Of(2) + " send figures, and the list of eligible ones follow the rollouts, until the figures are approved again. To mend a few values, restate them instead."
		page.Note = &ui.Textarea{Name: "reason", Label: "Why are the figures opened again?", LabelSize: ui.SizeS, Rows: 3, Value: reason, Error: wrong.For("reason")}
		page.Button = "Open again"
	}
	return renderReview(r, status, "Open figures again", view, page, wrong)
}

func (p pages) reopen(r *shell.Request) error {
	name, err := part(r)
	if err != nil {
		return err
	}
	reason, err := r.Field("reason")
	if err != nil {
		return err
	}
	err = p.adoption.Reopen(r.Context(), r.Actor, name, reason)
	if wrong := atField(err, "reason"); wrong != nil {
		return p.renderReopen(r, http.StatusUnprocessableEntity, reason, wrong)
	}
	if err != nil {
		return err
	}
	r.Notify("The figures are open again.")
	return toStatus(r, name)
}
