package admin

import (
	"strings"

	"sir/internal/auth"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

const accountsPath = "/admin/accounts"

// accountsPage is the accounts that an administrator looks after.
type accountsPage struct {
	Accounts []accountRow
}

type accountRow struct {
	SignInName, Name, Roles string
	Disabled, Own           bool
}

func (p pages) showAccounts(r *shell.Request) error {
	accounts, err := p.app.Auth.List(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	view := accountsPage{}
	for _, a := range accounts {
		view.Accounts = append(view.Accounts, rowOf(a, r.Actor.ID))
	}
	return r.Render(ui.Page{
		Title: "Accounts", Lede: "Who can sign in, and in which role.",
		Breadcrumbs: []ui.Link{{Text: "Start", Href: "/"}},
	}, view.content())
}

func rowOf(a auth.Account, reader string) accountRow {
	return accountRow{SignInName: a.SignInName, Name: a.Name, Roles: rolesOf(a), Disabled: a.Disabled(), Own: a.ID == reader}
}

func rolesOf(a auth.Account) string {
	var roles []string
	for _, role := range a.Actor().Roles() {
		roles = append(roles, string(role))
	}
	return strings.Join(roles, ", ")
}

// disablePage asks before an account is disabled.
type disablePage struct{ Name, SignInName, Roles string }

func (p pages) askToDisable(r *shell.Request) error {
	account, err := p.app.Auth.ToDisable(r.Context(), r.Actor, r.PathValue("account"))
	if err != nil {
		return err
	}
	view := disablePage{account.Name, account.SignInName, rolesOf(account)}
	return r.Render(ui.Page{
		Title:       "Disable the account of " + account.Name + "?",
		Breadcrumbs: []ui.Link{{Text: "Start", Href: "/"}, {Text: "Accounts", Href: accountsPath}},
	}, view.content())
}

func (p pages) disableAccount(r *shell.Request) error {
	name, err := r.Field("sign-in-name")
	if err != nil {
		return err
	}
	if err := p.app.Auth.Disable(r.Context(), r.Actor, name); err != nil {
		return err
	}
	r.Notify("The account is disabled and signed out.")
	return r.Redirect(accountsPath)
}

func (p pages) enableAccount(r *shell.Request) error {
	name, err := r.Field("sign-in-name")
	if err != nil {
		return err
	}
	if err := p.app.Auth.Enable(r.Context(), r.Actor, name); err != nil {
		return err
	}
	r.Notify("The account can sign in again.")
	return r.Redirect(accountsPath)
}

func (p accountsPage) table() ui.Table {
	table := ui.Table{
		ID: "accounts", Caption: "Accounts", CaptionHidden: true, RowHeaders: true, Scroll: true,
		Columns: []ui.Column{{Text: "Name"}, {Text: "Sign-in name"}, {Text: "Roles"}, {Text: "State"}, {Text: "Action", Hidden: true}},
	}
	for _, a := range p.Accounts {
		state := ui.Cell{Content: ui.Tag{Text: "In use", Colour: ui.TagGreen}}
		if a.Disabled {
			state = ui.Cell{Content: ui.Tag{Text: "Disabled", Colour: ui.TagGrey}}
		}
		table.Rows = append(table.Rows, []ui.Cell{
			{Text: a.Name}, {Text: a.SignInName}, {Text: a.Roles}, state, {Content: a.action()},
		})
	}
	return table
}
