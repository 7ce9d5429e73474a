package returns

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	area "sir/internal/adoption"
	"sir/internal/exchange"
	"sir/internal/fault"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// sendForm takes what was typed, or shows it again with what is wrong.
func (p pages) sendForm(r *shell.Request) error {
	name, err := formName(r)
	if err != nil {
		return err
	}
	form, err := p.adoption.ReturnForm(r.Context(), r.Actor, name)
	if err != nil {
		return err
	}
	in, sent, err := readForm(r, form)
	if err != nil {
		return err
	}
	if len(in.errors) > 0 {
		return renderForm(r, http.StatusUnprocessableEntity, form, in)
	}
	receipt, clashes, err := p.adoption.SendForm(r.Context(), r.Actor, name, sent)
	if len(clashes) > 0 {
		return p.showClashes(r, name, in, clashes)
	}
	if wrong := formErrors(form, sent, receipt, err); len(wrong) > 0 {
		in.errors = wrong
		return renderForm(r, http.StatusUnprocessableEntity, form, in)
	}
	if err != nil {
		return err
	}
	if t := receipt.Tally; form.Approved && t.Added+t.Changed+t.Cleared > 0 {
		r.Notify(restatedWords(t.Added + t.Changed + t.Cleared))
	} else {
		r.Notify(receiptWords(receipt, sent))
	}
	if to, _ := strconv.Atoi(r.PostForm.Get("go")); to > 0 {
		return r.Redirect(fmt.Sprintf("%s?page=%d", r.URL.Path, min(to, lastPage(form))))
	}
	return r.Redirect(r.URL.Path + "/sent")
}

// readForm reads the cells that came back. Those of sites that the form no
// longer has are left out: the page was of another list.
func readForm(r *shell.Request, form area.Form) (formInput, area.FormSending, error) {
	in := formInput{typed: map[string]string{}, was: map[string]string{}}
	var sent area.FormSending
	var err error
	if in.reason, err = r.Field("reason"); err != nil {
		return in, sent, err
	}
	sent.Reason = in.reason
	for i, site := range form.Sites {
		if !r.PostForm.Has(wasField(area.WhyField(site.Key))) {
			continue
		}
		in.page = i/formPageSize + 1
		values := 0
		for _, m := range form.Measures {
			cell, err := in.readCell(r, site, m)
			if err != nil {
				return in, sent, err
			}
			if !cell.Entry.Clear {
				values++
			}
			cell.Entry.Row, cell.Entry.Period = i+1, form.Period
			sent.Cells = append(sent.Cells, cell)
		}
		why, was, err := in.readField(r, area.WhyField(site.Key))
		if err != nil {
			return in, sent, err
		}
		sent.Explanations = append(sent.Explanations, area.Explanation{SiteKey: site.Key, Why: why, Was: was, HasValues: values > 0})
	}
	return in, sent, nil
}

// readField reads a field and what it said when it was shown.
func (in formInput) readField(r *shell.Request, field string) (text, was string, err error) {
	if text, err = r.Field(field); err != nil {
		return "", "", err
	}
	if was, err = r.Field(wasField(field)); err != nil {
		return "", "", err
	}
	in.typed[field], in.was[field] = text, was
	return text, was, nil
}

func (in *formInput) readCell(r *shell.Request, site area.FormSite, m area.Measure) (area.FormCell, error) {
	field := cellField(site.Key, m.Key)
	cell := area.FormCell{Entry: area.Entry{Column: m.Code, SiteKey: site.Key, MeasureKey: m.Key}}
	text, was, err := in.readField(r, field)
	if err != nil {
		return cell, err
	}
	if was != "" {
		value, err := strconv.ParseInt(was, 10, 64)
		if err != nil {
			return cell, fault.Invalid("The form could not be read. Open it again from the page of returns.")
		}
		cell.Was = &value
	}
	if text == "" {
		cell.Entry.Clear = true
		return cell, nil
	}
	if cell.Entry.Value, err = exchange.ParseWhole(text); err != nil {
		in.errors = append(in.errors, ui.FieldError{Field: field, Message: fmt.Sprintf("%s, %s: %s.", site.Name, m.Name, err)})
	}
	return cell, nil
}

// formErrors are what the area found wrong, each at its field.
func formErrors(form area.Form, sent area.FormSending, receipt area.Receipt, err error) ui.FieldErrors {
	if !errors.Is(err, fault.ErrInvalid) {
		return nil
	}
	var wrong ui.FieldErrors
	for _, conflict := range receipt.Conflicts {
		i := slices.IndexFunc(sent.Cells, func(c area.FormCell) bool {
			return c.Entry.Row == conflict.Row && c.Entry.Column == conflict.Column
		})
		if i < 0 {
			continue
		}
		entry := sent.Cells[i].Entry
		field := cellField(entry.SiteKey, entry.MeasureKey)
		if form.Approved && form.MayRestate && sent.Reason == "" {
			return ui.FieldErrors{{Field: "reason", Message: "Say why approved figures are changed."}}
		}
		if wrong.For(field) == "" {
			wrong = append(wrong, ui.FieldError{Field: field, Message: form.Sites[entry.Row-1].Name + ": " + conflict.Reason + "."})
		}
	}
	var fields *fault.Error
	if errors.As(err, &fields) && len(wrong) == 0 {
		return shell.FieldErrors(fields)
	}
	return wrong
}

// showClashes shows the form as typed, with what others made of its cells.
func (p pages) showClashes(r *shell.Request, name area.FormName, in formInput, clashes []area.Clash) error {
	form, err := p.adoption.ReturnForm(r.Context(), r.Actor, name)
	if err != nil {
		return err
	}
	in.now = map[string]string{}
	for _, c := range clashes {
		field := cellField(c.SiteKey, c.MeasureKey)
		in.now[field] = ""
		if c.Now != nil {
			in.now[field] = textOf(*c.Now, true)
		}
		in.errors = append(in.errors, ui.FieldError{Field: field, Message: clashWords(form, c)})
	}
	return renderForm(r, http.StatusConflict, form, in)
}

func clashWords(form area.Form, c area.Clash) string {
	var m area.Measure
	for _, one := range form.Measures {
		if one.Key == c.MeasureKey {
			m = one
		}
	}
	site := ""
	for _, one := range form.Sites {
		if one.Key == c.SiteKey {
			site = one.Name
		}
	}
	words := func(value *int64) string {
		if value == nil {
			return "blank"
		}
		return valueWords(m, *value, true)
	}
	return fmt.Sprintf("%s, %s: somebody else made it %s while you typed %s. Keep one of them and send again.", site, m.Name, words(c.Now), words(c.Typed))
}

// restatedWords say what a sending did to figures that are approved.
func restatedWords(n int64) string {
	if n == 1 {
		return "1 value is restated. What it said before is kept, with your reason."
	}
	return fmt.Sprintf("%d values are restated. What they said before is kept, with your reason.", n)
}

// receiptWords say what a sending did.
func receiptWords(receipt area.Receipt, sent area.FormSending) string {
	t := receipt.Tally
	said := []string{fmt.Sprintf("%d added, %d changed, %d cleared, %d unchanged", t.Added, t.Changed, t.Cleared, t.Unchanged)}
	explained := 0
	for _, e := range sent.Explanations {
		if e.Why != e.Was {
			explained++
		}
	}
	if explained > 0 {
		said = append(said, plural(explained, "reason for a missing return", "reasons for missing returns"))
	}
	return "Sent. Values: " + strings.Join(said, "; ") + "."
}
