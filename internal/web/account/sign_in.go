package account

import (
	"net/http"
	"net/url"
	"strings"

	"sir/internal/auth"
	"sir/internal/policy"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

func (p pages) showSignIn(r *shell.Request) error {
	next := localPath(r.URL.Query().Get("next"))
	if r.Actor.SignedIn() {
		return r.Redirect(next)
	}
	return p.renderSignIn(r, http.StatusOK, ui.SignIn{Next: next})
}

func (p pages) signIn(r *shell.Request) error {
	name, err := r.Field("name")
	next := localPath(r.PostForm.Get("next"))
	var account auth.Account
	if err == nil {
		account, err = p.auth.SignIn(r.Context(), name, r.PostForm.Get("password"), r.Address())
	}
	if err == nil {
		return enter(r, account, next)
	}
	status, message := shell.Status(err)
	if message == "" {
		return err
	}
	if status == http.StatusUnauthorized {
		status = http.StatusUnprocessableEntity // a form to mend; 401 would ask for another scheme
	}
	return p.renderSignIn(r, status, ui.SignIn{
		Name: name, Next: next, Errors: ui.FieldErrors{{Field: "name", Message: message}},
	})
}

func (p pages) signInDemo(r *shell.Request) error {
	role, err := r.Field("role")
	if err != nil {
		return err
	}
	account, err := p.auth.SignInDemo(r.Context(), policy.Role(role), r.Address())
	if status, message := shell.Status(err); status == http.StatusForbidden {
		return p.renderSignIn(r, status, ui.SignIn{Next: localPath(r.PostForm.Get("next")), Errors: ui.FieldErrors{{Message: message}}})
	}
	if err != nil {
		return err
	}
	return enter(r, account, localPath(r.PostForm.Get("next")))
}

func enter(r *shell.Request, account auth.Account, next string) error {
	if err := r.Open(account); err != nil {
		return err
	}
	return r.Redirect(next)
}

func (p pages) renderSignIn(r *shell.Request, status int, view ui.SignIn) error {
	if p.demo {
		view.Roles = demoRoles()
	}
	page, content := ui.SignInPage(view)
	return r.RenderStatus(status, page, content)
}

// localPath answers where to go after signing in: an address of this service,
// never another site's.
func localPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(next, "/") ||
		strings.HasPrefix(u.Path, "//") || strings.ContainsAny(next, "\\\r\n") || u.Path == "/sign-in" {
		return "/"
	}
	return u.RequestURI()
}

func (p pages) signOut(r *shell.Request) error {
	if err := p.auth.RecordSignOut(r.Context(), r.Actor); err != nil {
		return err
	}
	if err := r.End(); err != nil {
		return err
	}
	return r.Redirect("/sign-in")
}
