package account

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"sir/internal/auth"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

const keysPath = "/account/keys"

// keysSection is the keys of one's own account, on its page.
type keysSection struct {
	Keys   []keyRow
	Name   string // what was typed
	Days   string
	Errors ui.FieldErrors
	Others bool // there is a page of other accounts' keys
}

type keyRow struct {
	ID, Name, Owner, Made, Expires, LastUsed string
	State                                    string // empty while it is in use
}

func keyRowOf(t auth.Token) keyRow {
	row := keyRow{
		ID: t.ID, Name: t.Name, Made: day(t.MadeAt), Expires: day(t.ExpiresAt), LastUsed: "Not yet",
	}
	if t.LastUsedOn != "" {
		row.LastUsed = ui.Date(t.LastUsedOn)
	}
	switch {
	case t.Revoked():
		row.State = "Revoked"
	case t.Expired:
		row.State = "Expired"
	}
	return row
}

func day(at time.Time) string { return ui.Date(at.Format(time.DateOnly)) }

func (p pages) keys(r *shell.Request) (keysSection, error) {
	section := keysSection{Days: "90", Others: policy.Can(r.Actor, policy.ViewAccounts)}
	tokens, err := p.auth.Tokens(r.Context(), r.Actor)
	for _, t := range tokens {
		section.Keys = append(section.Keys, keyRowOf(t))
	}
	return section, err
}

// newKeyPage shows a key, this once. It is the answer to the form itself: a
// page to be led on to would have to keep the key somewhere.
type newKeyPage struct{ Name, Secret, Expires string }

func (p pages) makeKey(r *shell.Request) error {
	name, err := r.Field("key-name")
	if err != nil {
		return err
	}
	days := r.PostForm.Get("key-days")
	number, _ := strconv.Atoi(days) // what is no number is 0, which no key may last
	token, secret, err := p.auth.MakeToken(r.Context(), r.Actor, auth.NewToken{Name: name, Days: number})
	var wrong *fault.Error
	if errors.As(err, &wrong) && errors.Is(err, fault.ErrInvalid) {
		return p.renderAccount(r, http.StatusUnprocessableEntity, keyErrors(wrong), func(s *keysSection) { s.Name, s.Days = name, days })
	}
	if err != nil {
		return err
	}
	view := newKeyPage{Name: token.Name, Secret: secret, Expires: day(token.ExpiresAt)}
	return r.Render(ui.Page{
		Title: "Your new key", Breadcrumbs: []ui.Link{{Text: "Start", Href: "/"}, {Text: "Your account", Href: "/account"}},
	}, view.content())
}

// keyErrors puts what is wrong with no field in particular at the first.
func keyErrors(wrong *fault.Error) ui.FieldErrors {
	if len(wrong.Fields) > 0 {
		return shell.FieldErrors(wrong)
	}
	return ui.FieldErrors{{Field: "key-name", Message: wrong.Message}}
}

func (p pages) revokeKey(r *shell.Request) error {
	id, err := r.Field("key")
	if err != nil {
		return err
	}
	if err := p.auth.RevokeToken(r.Context(), r.Actor, id); err != nil {
		return err
	}
	r.Notify("The key is revoked. Programs that use it are refused from now on.")
	if r.PostForm.Get("from") == "all" {
		return r.Redirect(keysPath)
	}
	return r.Redirect("/account")
}

// allKeysPage is the keys of the accounts that an administrator looks after.
type allKeysPage struct{ Keys []keyRow }

func (p pages) showAllKeys(r *shell.Request) error {
	all, err := p.auth.AllTokens(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	var view allKeysPage
	for _, of := range all {
		for _, t := range of.Tokens {
			row := keyRowOf(t)
			row.Owner = of.Account.Name
			if of.Account.Disabled() && row.State == "" {
				row.State = "Account disabled"
			}
			view.Keys = append(view.Keys, row)
		}
	}
	return r.Render(ui.Page{
		Title: "Keys of all accounts", Lede: "Which programs may act for which account, and until when.",
		Breadcrumbs: []ui.Link{{Text: "Start", Href: "/"}, {Text: "Your account", Href: "/account"}},
	}, view.content())
}

func keyTable(keys []keyRow, owners bool) ui.Table {
	table := ui.Table{ID: "keys", Caption: "Keys", CaptionHidden: true, RowHeaders: true, Scroll: true, Columns: []ui.Column{{Text: "Name"}}}
	if owners {
		table.Columns = append(table.Columns, ui.Column{Text: "Account"})
	}
	table.Columns = append(table.Columns,
		ui.Column{Text: "Made on"}, ui.Column{Text: "Expires on"}, ui.Column{Text: "Last used on"}, ui.Column{Text: "State"}, ui.Column{Text: "Action", Hidden: true})
	for _, k := range keys {
		row := []ui.Cell{{Text: k.Name}}
		if owners {
			row = append(row, ui.Cell{Text: k.Owner})
		}
		state, action := ui.Tag{Text: "In use", Colour: ui.TagGreen}, ui.Cell{Content: k.revoke(owners)}
		if k.State != "" {
			state = ui.Tag{Text: k.State, Colour: ui.TagGrey}
		}
		if k.State == "Revoked" || k.State == "Expired" {
			action = ui.Cell{}
		}
		table.Rows = append(table.Rows, append(row, ui.Cell{Text: k.Made}, ui.Cell{Text: k.Expires}, ui.Cell{Text: k.LastUsed}, ui.Cell{Content: state}, action))
	}
	return table
}
