package shell

import (
	"errors"
	"net/http"

	"sir/internal/fault"
	"sir/internal/web/ui"
)

// Finish says how a form that was sent ends: with a redirect and a message,
// with the form again and what is wrong with it, or with an error page. stale
// tells the form that somebody else was quicker.
func (r *Request) Finish(err error, to, said string, again func(status int, stale bool, wrong ui.FieldErrors) error) error {
	var wrong *fault.Error
	switch {
	case err == nil:
		r.Notify(said)
		return r.Redirect(to)
	case errors.Is(err, fault.ErrStale):
		return again(http.StatusConflict, true, ui.FieldErrors{{Message: err.Error()}})
	case errors.As(err, &wrong) && len(wrong.Fields) > 0:
		return again(http.StatusUnprocessableEntity, false, FieldErrors(wrong))
	}
	return err
}
