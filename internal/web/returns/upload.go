package returns

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"

	area "sir/internal/adoption"
	"sir/internal/fault"
	"sir/internal/period"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// uploadPage asks for a file.
type uploadPage struct {
	Action string
	Limit  string
	Error  string // about the file
	Period ui.Select
	Reason ui.Textarea
}

// uploadInput is what stands beside the file.
type uploadInput struct {
	period, reason string
	name           string
	content        []byte
}

// The bounds of what a form with a file may send beside the file.
const (
	formRoom     = 64 << 10
	largestField = 4 << 10
	mostParts    = 8
)

func uploadsPath(programme string, c area.Collection) string {
	return programmePath(programme) + "/uploads/" + c.Code
}

func (p pages) askUpload(r *shell.Request) error {
	slug, err := r.Choice("period")
	if err != nil {
		return err
	}
	return p.renderUpload(r, http.StatusOK, uploadInput{period: slug}, nil)
}

func (p pages) renderUpload(r *shell.Request, status int, in uploadInput, wrong ui.FieldErrors) error {
	inbox, err := p.adoption.InboxOf(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("collection"))
	if err != nil {
		return err
	}
	page := uploadPage{
		Action: uploadsPath(inbox.Programme.Code, inbox.Collection), Error: wrong.For("file"),
		Limit: fmt.Sprintf("CSV, Excel workbook (.xlsx), or DHIS2 data values as JSON or CSV, of at most %d MB. Larger files can be imported on the command line.", area.LargestUpload>>20),
		Period: ui.Select{
			Name: "period", Label: "Period", Value: in.period, Error: wrong.For("period"),
			Hint:    "Choose one where the rows of the file do not name their period.",
			Options: []ui.SelectOption{{Value: "", Text: "Each row names its period"}},
		},
		Reason: ui.Textarea{
			Name: "reason", Label: "Why are approved figures changed?", Rows: 2, Value: in.reason, Error: wrong.For("reason"),
			Hint: "Only where the file changes figures that are approved.",
		},
	}
	for _, one := range inbox.Periods {
		page.Period.Options = append(page.Period.Options, ui.SelectOption{Value: one.Slug(), Text: one.Long()})
	}
	return r.RenderStatus(status, ui.Page{
		Title: "Upload returns", Caption: inbox.Programme.Name + ": " + inbox.Collection.Name, Errors: wrong,
		Lede:        "First you see what the file would do. Nothing is imported until you confirm it.",
		Breadcrumbs: breadcrumbs(inbox.Programme, ui.Link{Text: "Returns", Href: returnsPath(inbox.Programme.Code)}),
	}, page.content())
}

// keepUpload takes the file and leads to what it would do.
func (p pages) keepUpload(r *shell.Request) error {
	in, err := readUpload(r)
	if err == nil {
		var id string
		id, err = p.adoption.KeepUpload(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("collection"), in.name, in.content)
		if err == nil {
			query := url.Values{"period": {in.period}, "reason": {in.reason}}
			return r.Redirect(r.URL.Path + "/" + id + "?" + query.Encode())
		}
	}
	if wrong := atField(err, "file"); wrong != nil {
		return p.renderUpload(r, http.StatusUnprocessableEntity, in, wrong)
	}
	return err
}

// readUpload reads the parts of the form one after the other, each within its
// bound.
func readUpload(r *shell.Request) (in uploadInput, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return in, fault.Invalid("Choose a file. The form could not be read.")
	}
	for range mostParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return in, nil
		}
		if err != nil {
			return in, unreadable(err)
		}
		if err := in.take(part); err != nil {
			return in, err
		}
	}
	return in, fault.Invalid("The form has too many parts. Send one file at a time.")
}

func (in *uploadInput) take(part *multipart.Part) error {
	limit := int64(largestField)
	if part.FormName() == "file" {
		limit = area.LargestUpload
	}
	content, err := io.ReadAll(io.LimitReader(part, limit+1))
	if err != nil {
		return unreadable(err)
	}
	if int64(len(content)) > limit {
		return tooLarge(part.FormName())
	}
	text := string(content)
	if part.FormName() == "file" {
		in.content, text = content, part.FileName()
	}
	if text, err = shell.Clean(text); err != nil {
		return err
	}
	switch part.FormName() {
	case "file":
		in.name = text
	case "period":
		in.period = text
	case "reason":
		in.reason = text
	}
	return nil
}

func tooLarge(field string) error {
	if field == "file" {
		return fault.Invalid("The file is larger than %d MB. Split it, or import it on the command line.", area.LargestUpload>>20)
	}
	return fault.Invalid("What stands beside the file is too long. Shorten it and send it again.")
}

// unreadable tells a form that is too large from one that broke off.
func unreadable(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return tooLarge("file")
	}
	return fault.Invalid("The file did not arrive whole. Send it again.")
}

// uploadName is the kept file that an address names, with how it is to be read.
func uploadName(r *shell.Request, slug, reason string) (area.UploadName, error) {
	name := area.UploadName{Programme: r.PathValue("programme"), Collection: r.PathValue("collection"), ID: r.PathValue("upload"), Reason: reason}
	if slug == "" {
		return name, nil
	}
	var err error
	name.Period, err = periodNamed(slug)
	return name, err
}

func slugOf(p period.Period) string {
	if p.IsZero() {
		return ""
	}
	return p.Slug()
}

// downloadTemplate is the form as a file to fill.
func (p pages) downloadTemplate(r *shell.Request) error {
	name, err := formName(r)
	if err != nil {
		return err
	}
	template, err := p.adoption.Template(r.Context(), r.Actor, name)
	if err != nil {
		return err
	}
	file := name.Programme + "-" + name.Collection + "-" + name.Period.Slug() + "-" + name.Member + name.Site
	if isWorkbook(r.URL.Path) {
		return r.Stream(file+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", template.WriteXLSX)
	}
	return r.Stream(file+".csv", "text/csv; charset=utf-8", template.WriteCSV)
}
