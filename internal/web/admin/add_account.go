package admin

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"sir/internal/auth"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// addPage is the form for a new account, with what was typed so far.
type addPage struct {
	Typed   map[string]string // but not the password
	Roles   []ui.SelectOption
	Members []ui.SelectOption
	Network string // what a member is called
	Errors  ui.FieldErrors
}

func (p pages) showAddAccount(r *shell.Request) error {
	return p.renderAddAccount(r, http.StatusOK, nil, nil)
}

func (p pages) renderAddAccount(r *shell.Request, status int, typed map[string]string, wrong ui.FieldErrors) error {
	view := addPage{Typed: typed, Errors: wrong, Network: r.Terms.Label(term.Network).Short.Singular}
	everywhere := policy.ReachOf(r.Actor, policy.AddAccount).Has(policy.Everything)
	view.Roles = append(view.Roles, ui.SelectOption{Text: "Choose a role"})
	for _, role := range policy.Roles {
		if everywhere || role != policy.InstanceAdmin {
			view.Roles = append(view.Roles, ui.SelectOption{Value: string(role), Text: term.Sentence(string(role))})
		}
	}
	directory, err := p.app.Network.Directory(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	if everywhere {
		view.Members = append(view.Members, ui.SelectOption{Text: "None: for the whole service"})
	}
	for _, m := range directory.Members {
		administers := func(g policy.Grant) bool { return g.Role == policy.MemberAdmin && g.Member == m.ID }
		if everywhere || slices.ContainsFunc(r.Actor.Grants, administers) {
			view.Members = append(view.Members, ui.SelectOption{Value: m.Code, Text: m.Name})
		}
	}
	return r.RenderStatus(status, ui.Page{
		Title: "Add an account", Errors: wrong,
		Breadcrumbs: []ui.Link{{Text: "Start", Href: "/"}, {Text: "Accounts", Href: accountsPath}},
	}, view.content())
}

func (p pages) addAccount(r *shell.Request) error {
	typed := map[string]string{}
	for _, name := range []string{"name", "sign-in-name", "role", "member", "site", "programme"} {
		value, err := r.Field(name)
		if err != nil {
			return err
		}
		typed[name] = value
	}
	account, err := p.add(r, typed)
	var wrong *fault.Error
	if errors.As(err, &wrong) && len(wrong.Fields) > 0 {
		return p.renderAddAccount(r, http.StatusUnprocessableEntity, typed, shell.FieldErrors(wrong))
	}
	if err != nil {
		return err
	}
	r.Notify(account.Name + " can sign in as " + account.SignInName + ". Tell them the password; they can change it on the page Your account.")
	return r.Redirect(accountsPath)
}

func (p pages) add(r *shell.Request, typed map[string]string) (auth.Account, error) {
	scope := auth.Scope{Member: typed["member"], Site: typed["site"], Programme: typed["programme"]}
	if typed["site"] != "" && scope.Member == "" {
		var wrong fault.Fields
		wrong.Add("member", "Choose the member that the site belongs to.")
		return auth.Account{}, wrong.Err()
	}
	grant, err := p.app.Auth.Resolve(r.Context(), scope)
	if err != nil {
		return auth.Account{}, err
	}
	grant.Role = policy.Role(strings.ToLower(typed["role"]))
	return p.app.Auth.Add(r.Context(), r.Actor, auth.NewAccount{
		SignInName: typed["sign-in-name"], Name: typed["name"], Password: r.PostForm.Get("password"), Grants: []policy.Grant{grant},
	})
}
