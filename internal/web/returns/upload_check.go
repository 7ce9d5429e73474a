package returns

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	area "sir/internal/adoption"
	"sir/internal/exchange"
	"sir/internal/fault"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// dryRunPage is what a file would do.
type dryRunPage struct {
	Reading   string
	Notes     []string
	Stats     ui.Stats
	Conflicts ui.Table
	Downloads []ui.Link
	Hints     *ui.Table
	Confirm   *confirmForm // nil where there is nothing to confirm
	Again     ui.ActionLink
}

// confirmForm imports what the page shows, as long as it would still do that.
type confirmForm struct{ Action, Period, Reason, Seen string }

// mostConflicts is how many the page shows; the CSV has more.
const mostConflicts = 200

func isWorkbook(path string) bool { return strings.HasSuffix(path, ".xlsx") }

// checked is a kept file of the address, and what it would do.
func (p pages) checked(r *shell.Request) (area.UploadName, area.Upload, area.FileReceipt, error) {
	slug, err := r.Choice("period")
	if err != nil {
		return area.UploadName{}, area.Upload{}, area.FileReceipt{}, err
	}
	reason, err := r.Choice("reason")
	if err != nil {
		return area.UploadName{}, area.Upload{}, area.FileReceipt{}, err
	}
	name, err := uploadName(r, slug, reason)
	if err != nil {
		return name, area.Upload{}, area.FileReceipt{}, err
	}
	upload, receipt, err := p.adoption.CheckUpload(r.Context(), r.Actor, name)
	return name, upload, receipt, err
}

func (p pages) showUpload(r *shell.Request) error {
	name, upload, receipt, err := p.checked(r)
	if errors.Is(err, fault.ErrNotFound) {
		return p.gone(r, err)
	}
	if err != nil {
		return err
	}
	return p.renderDryRun(r, http.StatusOK, name, upload, receipt, nil)
}

// gone asks for the file again where it is not kept any more.
func (p pages) gone(r *shell.Request, err error) error {
	_, message := shell.Status(err)
	return p.renderUpload(r, http.StatusNotFound, uploadInput{}, ui.FieldErrors{{Field: "file", Message: message}})
}

func (p pages) renderDryRun(r *shell.Request, status int, name area.UploadName, upload area.Upload, receipt area.FileReceipt, wrong ui.FieldErrors) error {
	inbox, err := p.adoption.InboxOf(r.Context(), r.Actor, name.Programme, name.Collection)
	if err != nil {
		return err
	}
	page := dryRunPage{Notes: receipt.Notes, Reading: upload.FileName + " was read as a " + receipt.ReadAs + "."}
	if receipt.Amiss != "" {
		page.Reading = upload.FileName + " " + receipt.Amiss + "."
	}
	uploads := uploadsPath(inbox.Programme.Code, inbox.Collection)
	page.Again = ui.ActionLink{Text: "Choose another file", Href: uploads + "?period=" + slugOf(name.Period)}
	if receipt.Wrong > 0 {
		query := url.Values{"period": {slugOf(name.Period)}, "reason": {name.Reason}}
		page.addConflicts(receipt, uploads+"/"+upload.ID+"/conflicts.csv?"+query.Encode())
	} else {
		page.addEffect(receipt)
		page.Hints = hintsTable(inbox.Programme.Code, receipt.Hints, r.Terms)
		if receipt.MoreHints > 0 {
			page.Notes = append(page.Notes, plural(receipt.MoreHints, "more hint is", "more hints are")+" not shown.")
		}
		page.Confirm = &confirmForm{Action: uploads + "/" + upload.ID, Period: slugOf(name.Period), Reason: name.Reason, Seen: seenText(receipt.Tally)}
	}
	title := "What the file would do"
	if receipt.Wrong > 0 {
		title = "The file cannot be imported yet"
	}
	return r.RenderStatus(status, ui.Page{
		Title: title, Caption: inbox.Programme.Name + ": " + inbox.Collection.Name, Errors: wrong,
		Breadcrumbs: breadcrumbs(inbox.Programme, ui.Link{Text: "Returns", Href: returnsPath(inbox.Programme.Code)}, ui.Link{Text: "Upload", Href: uploads}),
	}, page.content())
}

func (p *dryRunPage) addConflicts(receipt area.FileReceipt, download string) {
	p.Notes = append(p.Notes, refusalWords(receipt))
	if receipt.Amiss != "" && receipt.Wrong == 1 {
		return // all of it is said above
	}
	if receipt.Wrong > mostConflicts {
		p.Notes = append(p.Notes, fmt.Sprintf("The first %d are shown.", min(mostConflicts, len(receipt.Conflicts))))
	}
	p.Conflicts = ui.Table{
		ID: "conflicts", Caption: "What is to be mended", CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "Row"}, {Text: "Column"}, {Text: "Value"}, {Text: "Why it cannot be taken"}},
	}
	for _, c := range receipt.Conflicts[:min(len(receipt.Conflicts), mostConflicts)] {
		p.Conflicts.Rows = append(p.Conflicts.Rows, ui.Text(rowWords(c), orDash(c.Column), orDash(c.Value), c.Reason))
	}
	p.Downloads = []ui.Link{{Text: "What is to be mended (CSV)", Href: download}}
}

func refusalWords(receipt area.FileReceipt) string {
	const mend = " Mend what is listed and send the whole file again."
	switch {
	case receipt.Amiss != "" && receipt.Wrong == 1:
		return "Nothing can be imported. Choose a file that is mended."
	case receipt.Amiss != "":
		return "Nothing can be imported." + mend
	}
	return plural(receipt.Wrong, "value cannot be taken", "values cannot be taken") + ", so nothing can be imported." + mend
}

func rowWords(c exchange.Conflict) string {
	if c.Row == 0 {
		return "whole file"
	}
	return strconv.Itoa(c.Row)
}

func (p *dryRunPage) addEffect(receipt area.FileReceipt) {
	t := receipt.Tally
	var periods []string
	for _, one := range receipt.Periods {
		periods = append(periods, one.Label())
	}
	p.Stats = ui.Stats{Items: []ui.Stat{
		{Value: strconv.FormatInt(t.Added, 10), Label: "Values added"}, {Value: strconv.FormatInt(t.Changed, 10), Label: "Values changed"},
		{Value: strconv.FormatInt(t.Cleared, 10), Label: "Values cleared"}, {Value: strconv.FormatInt(t.Unchanged, 10), Label: "Values that stay the same"},
	}}
	if len(periods) > 6 {
		periods = []string{periods[0], "…", periods[len(periods)-1]}
	}
	p.Notes = append(p.Notes, fmt.Sprintf("It is about %s, for %s.", plural(receipt.Sites, "return", "returns"), strings.Join(periods, ", ")))
}

// seenText and seenTally carry what a dry run showed through a form.
func seenText(t area.Tally) string {
	return fmt.Sprintf("%d-%d-%d-%d", t.Added, t.Changed, t.Cleared, t.Unchanged)
}

func seenTally(text string) (t area.Tally, err error) {
	if _, err = fmt.Sscanf(text, "%d-%d-%d-%d", &t.Added, &t.Changed, &t.Cleared, &t.Unchanged); err != nil {
		return t, fault.Invalid("The form could not be read. Look at the file again and confirm it once more.")
	}
	return t, nil
}

func (p pages) confirmUpload(r *shell.Request) error {
	slug, err := r.Field("period")
	if err != nil {
		return err
	}
	reason, err := r.Field("reason")
	if err != nil {
		return err
	}
	name, err := uploadName(r, slug, reason)
	if err != nil {
		return err
	}
	seen, err := seenTally(r.PostForm.Get("seen"))
	if err != nil {
		return err
	}
	receipt, err := p.adoption.ConfirmUpload(r.Context(), r.Actor, name, seen)
	switch {
	case errors.Is(err, fault.ErrNotFound):
		return p.gone(r, err)
	case errors.Is(err, fault.ErrStale), receipt.Wrong > 0:
		return p.showChanged(r, name, err)
	case err != nil:
		return err
	}
	r.Notify("The file was imported. " + receiptWords(receipt.Receipt, area.FormSending{}))
	if n := len(receipt.Periods); n > 0 {
		last := receipt.Periods[n-1]
		return r.Redirect(returnsPath(name.Programme) + "?collection=" + name.Collection + "&period=" + last.Slug())
	}
	return r.Redirect(returnsPath(name.Programme))
}

// showChanged shows what the file would do by now.
func (p pages) showChanged(r *shell.Request, name area.UploadName, stale error) error {
	upload, receipt, err := p.adoption.CheckUpload(r.Context(), r.Actor, name)
	if err != nil {
		return err
	}
	_, message := shell.Status(stale)
	return p.renderDryRun(r, http.StatusConflict, name, upload, receipt, ui.FieldErrors{{Message: message}})
}

func (p pages) downloadConflicts(r *shell.Request) error {
	name, _, receipt, err := p.checked(r)
	if err != nil {
		return err
	}
	sheet := exchange.Sheet{Columns: []string{"row", "column", "value", "reason"}}
	for _, c := range receipt.Conflicts {
		var row any
		if c.Row > 0 {
			row = c.Row
		}
		sheet.Rows = append(sheet.Rows, []any{row, c.Column, c.Value, c.Reason})
	}
	return download(r, name.Programme+"-conflicts.csv", sheet)
}
