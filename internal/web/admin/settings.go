package admin

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"sir/internal/fault"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// settingsPage is what an administrator can choose for the instance.
type settingsPage struct {
	Chosen  string
	Version string // of the setting as shown, to notice that somebody else changed it
	Packs   []ui.Option
	Rules   rulesForm
	Errors  ui.FieldErrors
}

func (p pages) showSettings(r *shell.Request) error {
	return p.renderSettings(r, http.StatusOK, nil, nil)
}

// renderSettings shows the settings in force; typed, where not nil, are rules
// that the reader has to put right.
func (p pages) renderSettings(r *shell.Request, status int, wrong ui.FieldErrors, typed rulesTyped) error {
	chosen, err := p.app.Settings.View(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	if typed == nil {
		typed = typedOf(chosen.Rules, chosen.RulesVersion)
	}
	view := settingsPage{
		Chosen: chosen.Terms.ID, Version: strconv.FormatInt(chosen.TermsVersion, 10), Rules: typed.form(wrong), Errors: wrong,
	}
	for _, pack := range term.Packs() {
		view.Packs = append(view.Packs, ui.Option{Value: pack.ID, Text: pack.Name, Hint: packHint(pack)})
	}
	return r.RenderStatus(status, ui.Page{
		Title: "Settings", Errors: wrong, Breadcrumbs: []ui.Link{{Text: "Start", Href: "/"}},
	}, view.content())
}

func (p pages) chooseTerms(r *shell.Request) error {
	id, err := r.Field("term-pack")
	if err != nil {
		return err
	}
	version, err := versionOf(r.PostForm.Get("version"))
	if err != nil {
		return err
	}
	err = p.app.Settings.ChooseTermPack(r.Context(), r.Actor, id, version)
	if errors.Is(err, fault.ErrStale) {
		return p.renderStale(r, id, err)
	}
	var wrong *fault.Error
	if errors.As(err, &wrong) && len(wrong.Fields) > 0 {
		return p.renderSettings(r, http.StatusUnprocessableEntity, shell.FieldErrors(wrong), nil)
	}
	if err != nil {
		return err
	}
	r.Notify("The words on all pages are changed.")
	return r.Redirect("/admin/settings")
}

// versionOf reads the version that a form was made for.
func versionOf(text string) (int64, error) {
	version, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, fault.Invalid("The form could not be read. Open the settings again and choose once more.")
	}
	return version, nil
}

// renderStale shows the setting as somebody else left it, and says what this
// reader had chosen.
func (p pages) renderStale(r *shell.Request, id string, stale error) error {
	pack, err := term.ByID(id)
	if err != nil {
		return fmt.Errorf("name the term pack that was not saved: %w", err)
	}
	_, message := shell.Status(stale)
	return p.renderSettings(r, http.StatusConflict, ui.FieldErrors{{
		Field: "term-pack", Message: message + " You chose " + pack.Name + ", which was not saved.",
	}}, nil)
}

// packHint shows what a pack calls the members.
func packHint(pack term.Pack) string {
	return "For example: " + pack.Label(term.Network).Full.Of(2)
}
