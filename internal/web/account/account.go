package account

import (
	"errors"
	"net/http"
	"strings"

	"sir/internal/fault"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// accountPage is what the page of one's own account shows.
type accountPage struct {
	Name        string
	Roles       string
	HasPassword bool
	Keys        keysSection
	Errors      ui.FieldErrors
}

func (p pages) show(r *shell.Request) error {
	return p.renderAccount(r, http.StatusOK, nil)
}

// renderAccount shows the page with what was wrong. typed puts back what was
// typed into the form of a key.
func (p pages) renderAccount(r *shell.Request, status int, wrong ui.FieldErrors, typed ...func(*keysSection)) error {
	keys, err := p.keys(r)
	if err != nil {
		return err
	}
	keys.Errors = wrong
	for _, put := range typed {
		put(&keys)
	}
	var roles []string
	for _, role := range r.Actor.Roles() {
		roles = append(roles, capitalise(string(role)))
	}
	view := accountPage{Name: r.Actor.Name, Roles: strings.Join(roles, ", "), HasPassword: !p.demo, Keys: keys, Errors: wrong}
	page := ui.Page{
		Title: "Your account", Errors: wrong,
		Breadcrumbs: []ui.Link{{Text: "Start", Href: "/"}},
	}
	return r.RenderStatus(status, page, view.content())
}

func (p pages) changePassword(r *shell.Request) error {
	if err := r.ParseForm(); err != nil {
		return fault.Invalid("The form could not be read. Send it again.")
	}
	account, err := p.auth.ChangePassword(r.Context(), r.Actor, r.PostForm.Get("current-password"), r.PostForm.Get("new-password"), r.Address())
	var wrong *fault.Error
	if errors.As(err, &wrong) && errors.Is(err, fault.ErrInvalid) {
		return p.renderAccount(r, http.StatusUnprocessableEntity, shell.FieldErrors(wrong))
	}
	if status, message := shell.Status(err); status == http.StatusTooManyRequests {
		return p.renderAccount(r, status, ui.FieldErrors{{Field: "current-password", Message: message}})
	}
	if err != nil {
		return err
	}
	if err := r.Open(account); err != nil {
		return err
	}
	r.Notify("Your password is changed. All your other sessions are signed out.")
	return r.Redirect("/account")
}

func (p pages) signOutEverywhere(r *shell.Request) error {
	if err := p.auth.SignOutEverywhere(r.Context(), r.Actor); err != nil {
		return err
	}
	if err := r.End(); err != nil {
		return err
	}
	return r.Redirect("/sign-in")
}
