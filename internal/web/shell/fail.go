package shell

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"sir/internal/fault"
	"sir/internal/web/ui"
)

// statuses is the one table from the kind of an error to its status.
var statuses = []struct {
	kind   error
	status int
}{
	{fault.ErrSignedOut, http.StatusUnauthorized},
	{fault.ErrForbidden, http.StatusForbidden},
	{fault.ErrNotFound, http.StatusNotFound},
	{fault.ErrStale, http.StatusConflict},
	{fault.ErrInvalid, http.StatusUnprocessableEntity},
	{fault.ErrTooMany, http.StatusTooManyRequests},
}

// Status answers the HTTP status for an error, and the text that may be
// shown: empty where the error was not made for readers.
func Status(err error) (status int, message string) {
	var shown *fault.Error
	if errors.As(err, &shown) {
		message = shown.Error()
	}
	for _, s := range statuses {
		if errors.Is(err, s.kind) {
			return s.status, message
		}
	}
	return http.StatusInternalServerError, ""
}

// fail turns an error into a status, a page and a log line, which share an
// incident id. Somebody who is not signed in and follows a link is sent to
// sign in first, and then on to where they wanted to go.
func (r *Request) fail(err error) {
	status, message := Status(err)
	if status == http.StatusUnauthorized && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		http.Redirect(r.W, r.Request, "/sign-in?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	r.failWith(status, message, err, r.RenderStatus)
}

// failWith logs the error and renders its page.
func (r *Request) failWith(status int, message string, err error, render func(int, ui.Page, templ.Component) error) {
	incident := r.log(status, err)
	page, content := ui.ErrorPage(status, message, incident)
	if err := render(status, page, content); err != nil {
		http.Error(r.W, "Sorry, there is a problem. Incident "+incident, http.StatusInternalServerError)
	}
}

// log writes the line that belongs to an incident. A reader's own mistakes are
// no errors of the service.
func (r *Request) log(status int, err error) (incident string) {
	incident = rand.Text()[:10]
	level := slog.LevelInfo
	if status == http.StatusInternalServerError {
		level = slog.LevelError
	}
	if errors.Is(err, context.Canceled) {
		level = slog.LevelDebug
	}
	r.kit.Log.Log(r.detached(), level, "request failed", "incident", incident, "status", status,
		"method", r.Method, "path", r.URL.Path, "actor", r.Actor.ID, "error", err.Error())
	return incident
}

func nothingHere(*Request) error {
	return fault.NotFound("If you typed the address, check it is right. If you followed a link, the page may have moved.")
}

// FieldErrors turns what a use case found wrong with a form into what the page
// shows at the form's fields.
func FieldErrors(wrong *fault.Error) ui.FieldErrors {
	errors := make(ui.FieldErrors, len(wrong.Fields))
	for i, f := range wrong.Fields {
		errors[i] = ui.FieldError{Field: f.Name, Message: f.Message}
	}
	return errors
}
