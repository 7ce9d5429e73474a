package network

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"sir/internal/adoption"
	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

const (
	importPath  = OrganisationsPath + "/import"
	confirmPath = importPath + "/confirm"
)

// Importer imports a file of organisations with all that follows from it.
type Importer func(context.Context, policy.Actor, network.OrganisationFile) (network.Outcome, error)

// organisations holds what these handlers need.
type organisations struct {
	network  *network.Service
	adoption *adoption.Service
	imports  Importer
}

// OrganisationRoutes answers the routes of organisations over time. Each leads
// to its adoption in the programmes in which it counts.
func OrganisationRoutes(service *network.Service, counted *adoption.Service, imports Importer) []shell.Route {
	o := organisations{service, counted, imports}
	return []shell.Route{
		{Method: "GET", Pattern: OrganisationsPath, Action: policy.ViewOrganisations, Serve: o.list},
		{Method: "GET", Pattern: OrganisationsPath + ".csv", Action: policy.ViewOrganisations, Serve: o.download},
		{Method: "GET", Pattern: OrganisationsPath + "/{code}", Action: policy.ViewOrganisations, Serve: o.show},
		{Method: "GET", Pattern: importPath, Action: policy.ImportOrganisations, Serve: o.askForFile},
		{Method: "POST", Pattern: importPath, Action: policy.ImportOrganisations, Serve: o.checkFile, MaxBody: largest},
		{Method: "POST", Pattern: confirmPath, Action: policy.ImportOrganisations, Serve: o.importFile, MaxBody: largest},
	}
}

// largest is how much a form with a file may send: all sites of England fit.
const largest = 16 << 20

// kept is the largest file that a page carries from the dry run to the
// confirmation, in bytes: not much more than the page itself. Nothing
// has to be stored in between and cleaned up, on whichever instance the next
// request arrives. A larger file is asked for again.
const kept = 600 << 10

// importPage asks for a file, or shows what one would do.
type importPage struct {
	Kind    ui.Select
	On      ui.Input
	File    ui.Input
	Checked bool
	Outcome network.Outcome
	Confirm bool
	Hidden  []hiddenField
	Again   bool // the file has to be chosen again
	Changes ui.Table
	Faults  ui.Table
	Returns string // what it does to returns; empty for nothing
}

type hiddenField struct{ Name, Value string }

// upload is a file that came with a form.
type upload struct {
	file    network.OrganisationFile
	content []byte
}

func (o organisations) askForFile(r *shell.Request) error {
	return o.form(r, http.StatusOK, upload{}, nil)
}

// form renders the first step, with what was chosen.
func (o organisations) form(r *shell.Request, status int, u upload, faults ui.FieldErrors) error {
	view := importPage{
		Kind: kindWordsOf(r.Terms).choice(string(u.file.Kind), "The file has a column for it"),
		On: ui.Input{
			Name: "on", Label: "Date from which changes hold that have none of their own (optional)", Hint: "For example, 2024-04-01. Without one: today.",
			Value: u.file.On, Width: 10, Error: faults.For("on"),
		},
		File: ui.Input{Name: "file", Label: "File", Type: "file", Hint: "CSV or an Excel workbook (.xlsx) of up to 15 MB", Error: faults.For("file")},
	}
	view.Kind.Label = "What the rows are"
	view.Kind.Hint = "Needed for downloads of the Organisation Data Service."
	return r.RenderStatus(status, importHead(faults), view.content())
}

func importHead(faults ui.FieldErrors) ui.Page {
	return ui.Page{
		Title: "Import organisations", Lede: "You see what a file would do before anything is changed.", Errors: faults,
		Breadcrumbs: []ui.Link{start, {Text: "Members", Href: Path}, {Text: "Organisations", Href: OrganisationsPath}},
	}
}

func (o organisations) checkFile(r *shell.Request) error {
	u, err := readUpload(r)
	if err != nil {
		return o.refuse(r, u, err)
	}
	outcome, err := o.network.CheckOrganisations(r.Context(), r.Actor, u.file)
	if err != nil {
		return o.refuse(r, u, err)
	}
	status := http.StatusOK
	if outcome.Faults > 0 {
		status = http.StatusUnprocessableEntity
	}
	return o.showOutcome(r, status, u, outcome, nil)
}

// refuse shows the form again where the input was at fault.
func (o organisations) refuse(r *shell.Request, u upload, err error) error {
	if !errors.Is(err, fault.ErrInvalid) {
		return err
	}
	field := "file"
	if strings.Contains(err.Error(), "is not a date") {
		field = "on"
	}
	return o.form(r, http.StatusUnprocessableEntity, u, ui.FieldErrors{{Field: field, Message: err.Error()}})
}

// importFile imports what was shown. A file that would do something else than
// that is shown again.
func (o organisations) importFile(r *shell.Request) error {
	u, err := readUpload(r)
	if err != nil {
		return o.refuse(r, u, err)
	}
	seal, err := r.Field("seal")
	if err != nil {
		return err
	}
	outcome, err := o.network.CheckOrganisations(r.Context(), r.Actor, u.file)
	if err != nil {
		return o.refuse(r, u, err)
	}
	if outcome.Faults > 0 {
		return o.showOutcome(r, http.StatusUnprocessableEntity, u, outcome, nil)
	}
	if seal != u.seal(outcome) {
		return o.showOutcome(r, http.StatusConflict, u, outcome, []ui.Notice{{
			Heading: "The file or the organisations have changed since you looked. Nothing was imported: look again at what the file would do now.",
		}})
	}
	if outcome, err = o.imports(r.Context(), r.Actor, u.file); err != nil {
		return err
	}
	r.Notify(u.file.Name + " is imported: " + changesInWords(outcome) + ".")
	return r.Redirect(address(broughtIn(outcome), 1))
}

// mostCodes is how many organisations an address can name.
const mostCodes = 50

// broughtIn is the list of what an import changed: of the very organisations
// or, where they are too many for an address, of their kind.
func broughtIn(o network.Outcome) network.OrganisationFilter {
	var f network.OrganisationFilter
	kinds := map[network.UnitKind]bool{}
	for _, c := range o.Changes {
		if c.Row == 0 {
			continue
		}
		kinds[c.Kind], f.Kind = true, c.Kind
		if !slices.Contains(f.Codes, c.Code) {
			f.Codes = append(f.Codes, c.Code)
		}
		if len(f.Codes) > mostCodes && len(kinds) > 1 {
			return network.OrganisationFilter{}
		}
	}
	if len(f.Codes) > mostCodes {
		return network.OrganisationFilter{Kind: f.Kind}
	}
	return network.OrganisationFilter{Codes: f.Codes}
}

// readUpload reads the file and the choices of a form.
func readUpload(r *shell.Request) (u upload, err error) {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		if err := r.ParseMultipartForm(kept); err != nil {
			return u, fault.Invalid("The form could not be read. A file of more than 15 MB is imported on the command line: sir organisations import FILE.")
		}
	}
	var kind, encoded string
	for name, into := range map[string]*string{"kind": &kind, "on": &u.file.On, "name": &u.file.Name, "content": &encoded} {
		if *into, err = r.Field(name); err != nil {
			return u, err
		}
	}
	u.file.Kind, u.file.On = network.UnitKind(kind), isoDate(u.file.On)
	if encoded != "" {
		if u.content, err = base64.RawURLEncoding.DecodeString(encoded); err != nil {
			return u, fault.Invalid("The file came back damaged. Choose it again.")
		}
	} else if err = u.readPart(r); err != nil {
		return u, err
	}
	u.file.Content, u.file.Size = bytes.NewReader(u.content), int64(len(u.content))
	return u, nil
}

// readPart reads the file that was chosen in the form.
func (u *upload) readPart(r *shell.Request) error {
	if r.MultipartForm == nil || len(r.MultipartForm.File["file"]) == 0 || r.MultipartForm.File["file"][0].Filename == "" {
		return fault.Invalid("Choose a file.")
	}
	header := r.MultipartForm.File["file"][0]
	part, err := header.Open()
	if err != nil {
		return fmt.Errorf("open the uploaded file: %w", err)
	}
	defer part.Close()
	if u.content, err = io.ReadAll(part); err != nil {
		return fmt.Errorf("read the uploaded file: %w", err)
	}
	u.file.Name = cleanName(header.Filename)
	return nil
}

// cleanName is the name of a file as it may be kept and shown.
func cleanName(name string) string {
	name = strings.ToValidUTF8(name, "?")
	name = strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return '?'
		}
		return c
	}, name)
	return name[max(0, len(name)-100):]
}

// seal is a digest of the file and of what it was shown to do.
func (u upload) seal(o network.Outcome) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q %q %x", u.file.Name, u.file.Kind, u.file.On, sha256.Sum256(u.content))
	for _, c := range o.Changes {
		fmt.Fprintf(sum, "%+v", c)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// shown is how many changes or conflicts a page lists.
const shown = 200

func (o organisations) showOutcome(r *shell.Request, status int, u upload, outcome network.Outcome, notices []ui.Notice) error {
	words := kindWordsOf(r.Terms)
	view := importPage{Checked: true, Outcome: outcome, Confirm: outcome.Faults == 0 && len(outcome.Changes) > 0, Again: len(u.content) > kept}
	view.Hidden = []hiddenField{{"name", u.file.Name}, {"kind", string(u.file.Kind)}, {"on", u.file.On}, {"seal", u.seal(outcome)}}
	if view.Again {
		view.File = ui.Input{Name: "file", Label: "Choose the same file again", Type: "file", Hint: u.file.Name + " is too large to be kept on this page."}
	} else {
		view.Hidden = append(view.Hidden, hiddenField{"content", base64.RawURLEncoding.EncodeToString(u.content)})
	}
	view.Changes = changeTable(outcome, words)
	view.Faults = faultTable(outcome)
	view.Returns = returnsNote(outcome, words)
	page := importHead(nil)
	page.Caption, page.Notices = u.file.Name, notices
	page.Lede = "Nothing has been changed yet."
	if view.Confirm {
		page.Lede = "Nothing has been changed yet. Look at what the file would do, then import it."
	}
	if outcome.Faults > 0 {
		page.Errors = ui.FieldErrors{{Message: fmt.Sprintf("The file has %s, so nothing can be imported. Mend it and choose it again.", counted(outcome.Faults, "conflict"))}}
	}
	return r.RenderStatus(status, page, view.content())
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func changeTable(o network.Outcome, words kindWords) ui.Table {
	t := ui.Table{
		ID: "changes", Caption: "What the file would do", CaptionSize: ui.SizeM, Responsive: true,
		Columns: []ui.Column{{Text: "Row"}, {Text: "Code"}, {Text: "Name"}, {Text: "Kind"}, {Text: "Change"}, {Text: "In words"}},
	}
	for _, c := range o.Changes[:min(shown, len(o.Changes))] {
		t.Rows = append(t.Rows, ui.Text(rowWords(c.Row), c.Code, c.Name, term.Sentence(words.one(c.Kind)), term.Sentence(string(c.What)), c.Said))
	}
	return t
}

// rowWords names a row of the file; what follows from another row has none.
func rowWords(row int) string {
	if row == 0 {
		return "Follows"
	}
	return fmt.Sprint(row)
}

func faultTable(o network.Outcome) ui.Table {
	t := ui.Table{
		ID: "conflicts", Caption: "Conflicts", CaptionSize: ui.SizeM, Responsive: true,
		Columns: []ui.Column{{Text: "Row"}, {Text: "Column"}, {Text: "What stands there"}, {Text: "What is wrong"}},
	}
	for _, c := range o.Conflicts[:min(shown, len(o.Conflicts))] {
		row := "Whole file"
		if c.Row > 0 {
			row = fmt.Sprint(c.Row)
		}
		t.Rows = append(t.Rows, ui.Text(row, or(c.Column, "Whole row"), or(c.Value, "Nothing"), datesInWords(c.Reason)))
	}
	return t
}

// isoDates are the dates in the reasons of conflicts, which files and the
// command line give as they are.
var isoDates = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b`)

func datesInWords(text string) string { return isoDates.ReplaceAllStringFunc(text, ui.Date) }

// changesInWords counts the changes of each kind that occurs.
func changesInWords(o network.Outcome) string {
	var said []string
	for _, what := range []network.ChangeKind{network.Added, network.Changed, network.Ended} {
		if n := o.Count(what); n > 0 {
			said = append(said, fmt.Sprintf("%d %s", n, what))
		}
	}
	if len(said) == 0 {
		return "nothing changed"
	}
	return strings.Join(said, ", ")
}

// summary counts what the file would do.
func (p importPage) summary() string {
	o := p.Outcome
	switch {
	case len(o.Changes) == 0 && o.Rows == 0:
		return "The file has no rows, so there is nothing to import."
	case len(o.Changes) == 0 && o.Rows == 1:
		return "The row says what is known already, so there is nothing to import."
	case len(o.Changes) == 0:
		return fmt.Sprintf("All %d rows say what is known already, so there is nothing to import.", o.Rows)
	}
	text := counted(o.Rows, "row") + ": " + changesInWords(o) + "."
	switch o.Unchanged {
	case 0:
	case 1:
		text += " 1 row says what is known already."
	default:
		text += fmt.Sprintf(" %d rows say what is known already.", o.Unchanged)
	}
	return text
}

// returnsNote says what it does to returns that sites end; empty where none
// does.
func returnsNote(o network.Outcome, words kindWords) string {
	if !slices.ContainsFunc(o.Changes, func(c network.Change) bool { return c.Kind == network.SiteKind && c.Fate != "" }) {
		return ""
	}
	site := words.one(network.SiteKind)
	return fmt.Sprintf("A %s that has closed or merged reports for the periods that end before that day, and keeps what it reported for them. "+
		"From the period in which the day falls, its successor reports, where it takes part in the rollout. "+
		"Figures that are approved stay as they are, with the list of that time: change them only as restatements.", site)
}

// more says how many lines are not shown.
func more(all, listed int) string {
	if all <= listed {
		return ""
	}
	return fmt.Sprintf("The first %d of %d are shown. sir organisations import --dry-run lists all.", listed, all)
}
