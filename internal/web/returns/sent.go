package returns

import (
	"fmt"

	area "sir/internal/adoption"
	"sir/internal/policy"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// sentPage is what stands after a form was sent, and what to do next.
type sentPage struct {
	Reading  string
	Restated string // what was changed after approval; empty for nothing
	Missing  ui.Table
	Hints    *ui.Table
	Next     []ui.ActionLink
}

func (p pages) showSent(r *shell.Request) error {
	name, err := formName(r)
	if err != nil {
		return err
	}
	form, err := p.adoption.SentForm(r.Context(), r.Actor, name)
	if err != nil {
		return err
	}
	page := sentPageOf(form.Form, name, r.Terms)
	page.addRestated(r, form)
	page.Hints = hintsTable(form.Programme.Code, form.Hints, r.Terms)
	return r.Render(ui.Page{
		Title: "What was sent", Caption: form.Collection.Name + ", " + form.Period.Label() + ": " + form.Member.Name,
		Breadcrumbs: breadcrumbs(form.Programme, ui.Link{Text: "Returns", Href: statusPath(form.Programme.Code, form.Collection, form.Period)}),
		Flow:        ui.Flow{To: []ui.Link{{Text: "Adoption in " + form.Programme.Name, Href: programmePath(form.Programme.Code)}}},
	}, page.content())
}

func sentPageOf(form area.Form, name area.FormName, terms term.Pack) sentPage {
	sites := terms.Label(term.Site).Full
	page := sentPage{Missing: ui.Table{
		ID: "missing", Caption: "Not complete yet", CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: term.Sentence(sites.Of(1))}, {Text: "Return"}, {Text: "What is missing"}, {Text: "Why"}},
	}}
	for _, site := range form.Sites {
		if site.CompleteOn == "" {
			page.Missing.Rows = append(page.Missing.Rows, ui.Text(site.Name, siteState(site), missingWords(form, site), orDash(site.WhyMissing)))
		}
	}
	complete := len(form.Sites) - len(page.Missing.Rows)
	page.Reading = fmt.Sprintf("%d of %s complete for %s.", complete, plural(len(form.Sites), "return is", "returns are"), form.Period.Long())
	path := partPath(form.Programme.Code, form.Collection, form.Period)
	if name.Site != "" {
		page.Next = append(page.Next, ui.ActionLink{Text: "See or change the figures", Href: path + "/sites/" + name.Site})
	} else {
		page.Next = append(page.Next, ui.ActionLink{Text: "See or change the figures", Href: path + "/members/" + form.Member.Code})
	}
	if form.MayApprove && !form.Approved {
		page.Next = append(page.Next, ui.ActionLink{Text: "Approve the figures of " + form.Member.Name, Href: path + "/members/" + form.Member.Code + "/approve"})
	}
	return page
}

// addRestated says how much was changed after approval, and leads to where that
// is explained: the pages of the site and of the member, for readers of them.
func (p *sentPage) addRestated(r *shell.Request, form area.Sent) {
	if form.Restated == 0 {
		return
	}
	p.Restated = fmt.Sprintf("%s restated after approval. What was said before is kept, with the reason and who changed it.",
		plural(form.Restated, "value was", "values were"))
	path := programmePath(form.Programme.Code)
	object := form.Programme.Object()
	object.Member = form.Member.ID
	if policy.Allow(r.Actor, policy.ViewMemberRates, object) == nil {
		p.Next = append(p.Next, ui.ActionLink{Text: "See how the rate of " + form.Member.Name + " changed", Href: path + "/members/" + form.Member.Code})
	}
	if len(form.Sites) == 1 {
		p.Next = append(p.Next, ui.ActionLink{Text: "See the corrections of " + form.Sites[0].Name, Href: path + "/sites/" + form.Sites[0].Code})
	}
}

// missingWords names the required measures without a value.
func missingWords(form area.Form, site area.FormSite) string {
	text := ""
	for _, m := range form.Measures {
		if _, known := site.Now[m.Key]; m.Required && !known {
			if text != "" {
				text += ", "
			}
			text += m.Name
		}
	}
	return orDash(text)
}

// hintsTable is what looks unlikely, to be looked at once more; nil for nothing.
func hintsTable(programme string, hints []area.Hint, terms term.Pack) *ui.Table {
	if len(hints) == 0 {
		return nil
	}
	table := ui.Table{
		ID: "hints", Caption: "Worth a second look", CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: term.Sentence(terms.Label(term.Site).Full.Of(1))}, {Text: "What looks unlikely"}},
	}
	for _, hint := range hints {
		table.Rows = append(table.Rows, []ui.Cell{
			{Text: hint.SiteName + " (" + hint.Site + ")", Href: programmePath(programme) + "/sites/" + hint.Site}, {Text: hint.Text},
		})
	}
	return &table
}
