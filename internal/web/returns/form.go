package returns

import (
	"fmt"
	"slices"
	"strconv"

	area "sir/internal/adoption"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// formPage is a grid of sites and measures to fill.
type formPage struct {
	Action    string
	Reading   string
	Notes     []string
	SameLevel *ui.ActionLink // fills blank levels with the last ones
	Columns   []formColumn
	Rows      []formRow
	Reason    *ui.Textarea
	Meanings  []ui.SummaryRow
	SiteWord  string
	Buttons   []ui.Button
	PageWords string
	Templates []ui.Link
	Upload    ui.ActionLink
}

type formColumn struct{ Name, Note string }

// formRow is one site.
type formRow struct {
	Name, Code, State string
	Cells             []formCell
	Why               whyCell
}

// formCell is one value to fill. Was is what it said when the form was shown.
type formCell struct {
	ID, Label  string
	Value, Was string
	Options    []ui.SelectOption // of a level; none for a count
	Column     string
	Before     string // what the period before said
	Same       bool   // the value known is the same as in the period before
	Error      string
}

// whyCell asks why there is no return.
type whyCell struct {
	ID, Label, Value, Was, Error string
}

// formPageSize is how many sites a page of the form has at most.
const formPageSize = 40

// formInput is a form as its reader filled it; the zero value as it is first
// shown.
type formInput struct {
	typed, was map[string]string // by field; nil when first shown
	reason     string
	page       int // from 1
	lastLevels bool
	errors     ui.FieldErrors
	now        map[string]string // what a cell says by now, where others changed it
}

// value is what a field says: as typed, or as known.
func (in formInput) value(field, known string) string {
	if text, typed := in.typed[field]; typed {
		return text
	}
	return known
}

// shown is what a field said when the form was shown. Where somebody else
// changed it since, and the reader is told so, it is what it says now.
func (in formInput) shown(field, known string) string {
	if text, changed := in.now[field]; changed {
		return text
	}
	if text, typed := in.was[field]; typed {
		return text
	}
	return known
}

func cellField(siteKey, measureKey int64) string { return fmt.Sprintf("v-%d-%d", siteKey, measureKey) }

// wasField holds what a field said when the form was shown.
func wasField(field string) string { return "was-" + field }

func (p pages) showForm(r *shell.Request) error {
	name, err := formName(r)
	if err != nil {
		return err
	}
	form, err := p.adoption.ReturnForm(r.Context(), r.Actor, name)
	if err != nil {
		return err
	}
	in := formInput{lastLevels: r.URL.Query().Get("levels") == "last"}
	in.page, _ = strconv.Atoi(r.URL.Query().Get("page")) // anything else is the first page
	return renderForm(r, 200, form, in)
}

func renderForm(r *shell.Request, status int, form area.Form, in formInput) error {
	in.page = min(max(in.page, 1), lastPage(form))
	page := formPageOf(form, in, r.Terms)
	page.Action = r.URL.Path
	page.Templates = []ui.Link{
		{Text: "This form to fill elsewhere (Excel)", Href: r.URL.Path + "/template.xlsx"}, {Text: "The same as CSV", Href: r.URL.Path + "/template.csv"},
	}
	page.Upload = ui.ActionLink{Text: "Upload a filled file", Href: uploadsPath(form.Programme.Code, form.Collection) + "?period=" + form.Period.Slug()}
	title := form.Collection.Name + ", " + form.Period.Label()
	caption := form.Programme.Name + ": " + form.Member.Name
	if r.PathValue("site") != "" {
		caption = form.Programme.Name + ": " + form.Sites[0].Name
	}
	return r.RenderStatus(status, ui.Page{
		Title: title, Caption: caption, Errors: in.errors,
		Breadcrumbs: breadcrumbs(form.Programme, ui.Link{Text: "Returns", Href: statusPath(form.Programme.Code, form.Collection, form.Period)}),
	}, page.content())
}

func lastPage(form area.Form) int {
	return max((len(form.Sites)+formPageSize-1)/formPageSize, 1)
}

func pageOf(form area.Form, number int) []area.FormSite {
	from := (number - 1) * formPageSize
	return form.Sites[from:min(from+formPageSize, len(form.Sites))]
}

func formPageOf(form area.Form, in formInput, terms term.Pack) formPage {
	sites := terms.Label(term.Site).Full
	page := formPage{Reading: formReading(form), SiteWord: term.Sentence(sites.Of(1)), Meanings: meaningsOf(form.Measures)}
	for _, m := range form.Measures {
		column := formColumn{Name: m.Name, Note: "if you have it"}
		if m.Required {
			column.Note = "needed"
		}
		page.Columns = append(page.Columns, column)
	}
	for _, site := range pageOf(form, in.page) {
		page.Rows = append(page.Rows, rowOf(form, site, in))
	}
	if form.Approved {
		page.Notes = append(page.Notes, "These figures are approved. What you change is a restatement: the old value, your reason and your name are kept.")
		page.Reason = &ui.Textarea{
			Name: "reason", Label: "Why are approved figures changed?", LabelSize: ui.SizeS, Rows: 3, Value: in.reason, Error: in.errors.For("reason"),
		}
	}
	if !form.Before.IsZero() && hasBlankLevel(form, in.page) && !in.lastLevels && in.typed == nil {
		page.SameLevel = &ui.ActionLink{Text: "Start from the levels of " + form.Before.Label(), Href: fmt.Sprintf("?levels=last&page=%d", in.page)}
	}
	if in.lastLevels {
		page.Notes = append(page.Notes, "Blank levels show those of "+form.Before.Label()+". Nothing is saved until you send them: change what is different now.")
	}
	page.addButtons(in.page, lastPage(form), sites)
	return page
}

func formReading(form area.Form) string {
	text := fmt.Sprintf("For %s, due by %s.", form.Period.Long(), ui.Date(form.DueOn))
	if !form.Before.IsZero() {
		text += " Under each field is what was reported for " + form.Before.Label() + "."
	}
	return text + " Leave a field blank where the figure is not known: a blank is not a zero. You can send what you have and come back."
}

func meaningsOf(measures []area.Measure) []ui.SummaryRow {
	var rows []ui.SummaryRow
	for _, m := range measures {
		text := m.Meaning
		for _, option := range levelOptions(m) {
			if option.Value != "" {
				text = sentence(text, option.Text+";")
			}
		}
		if m.Kind == area.LevelMeasure {
			text = sentence(text, fmt.Sprintf("level %d and higher count as adopted.", m.AdoptedLevel))
		}
		if text != "" {
			rows = append(rows, ui.SummaryRow{Key: m.Name, Value: text})
		}
	}
	return rows
}

func hasBlankLevel(form area.Form, number int) bool {
	for _, site := range pageOf(form, number) {
		for _, m := range form.Measures {
			_, now := site.Now[m.Key]
			_, last := site.Last[m.Key]
			if m.Kind == area.LevelMeasure && !now && last {
				return true
			}
		}
	}
	return false
}

func (p *formPage) addButtons(number, last int, sites term.Form) {
	if last == 1 {
		p.Buttons = []ui.Button{{Text: "Send", PreventDoubleClick: true}}
		return
	}
	p.PageWords = fmt.Sprintf("Page %d of %d, with at most %d %s each. Each button sends this page first, so that nothing typed is lost.",
		number, last, formPageSize, sites.Of(formPageSize))
	if number < last {
		p.Buttons = append(p.Buttons, ui.Button{Text: fmt.Sprintf("Send and go on to page %d", number+1), Name: "go", Value: strconv.Itoa(number + 1), PreventDoubleClick: true})
	}
	p.Buttons = append(p.Buttons, ui.Button{Text: "Send and finish", Name: "go", Value: "0", PreventDoubleClick: true})
	if number > 1 {
		p.Buttons = append(p.Buttons, ui.Button{Text: fmt.Sprintf("Send and go back to page %d", number-1), Name: "go", Value: strconv.Itoa(number - 1), PreventDoubleClick: true})
	}
	for i := 1; i < len(p.Buttons); i++ {
		p.Buttons[i].Variant = ui.ButtonSecondary
	}
}

func rowOf(form area.Form, site area.FormSite, in formInput) formRow {
	row := formRow{Name: site.Name, Code: site.Code, State: siteState(site)}
	for _, m := range form.Measures {
		row.Cells = append(row.Cells, cellOf(form, site, m, in))
	}
	field := area.WhyField(site.Key)
	row.Why = whyCell{
		ID: field, Label: "Why " + site.Name + " has no return", Value: in.value(field, site.WhyMissing), Was: in.shown(field, site.WhyMissing),
		Error: in.errors.For(field),
	}
	return row
}

func siteState(site area.FormSite) string {
	switch {
	case site.CompleteOn != "":
		return "complete on " + ui.Date(site.CompleteOn)
	case site.SubmittedOn != "":
		return "not complete"
	}
	return "nothing sent"
}

func cellOf(form area.Form, site area.FormSite, m area.Measure, in formInput) formCell {
	field := cellField(site.Key, m.Key)
	now, reported := site.Now[m.Key]
	last, before := site.Last[m.Key]
	known := textOf(now, reported)
	cell := formCell{
		ID: field, Column: m.Name, Label: m.Name + ", " + site.Name, Was: in.shown(field, known), Value: in.value(field, known),
		Options: levelOptions(m), Error: in.errors.For(field), Same: reported && before && now == last,
	}
	if in.lastLevels && m.Kind == area.LevelMeasure && !reported && before {
		cell.Value = textOf(last, true)
	}
	if !form.Before.IsZero() {
		cell.Before = form.Before.Label() + ": " + valueWords(m, last, before)
	}
	return cell
}

func textOf(value int64, known bool) string {
	if !known {
		return ""
	}
	return strconv.FormatInt(value, 10)
}

// valueWords is a value for people: a level by its number alone, since the
// list beside it has the words.
func valueWords(m area.Measure, value int64, known bool) string {
	switch {
	case !known:
		return "blank"
	case m.Kind == area.LevelMeasure:
		return "level " + textOf(value, true)
	}
	return textOf(value, true)
}

// levelOptions are the levels of a measure, after a blank; none for a count.
func levelOptions(m area.Measure) []ui.SelectOption {
	if m.Kind != area.LevelMeasure {
		return nil
	}
	levels := make([]int, 0, len(m.Levels))
	for level := range m.Levels {
		levels = append(levels, level)
	}
	slices.Sort(levels)
	options := []ui.SelectOption{{Text: "Not known"}}
	for _, level := range levels {
		options = append(options, ui.SelectOption{Value: strconv.Itoa(level), Text: fmt.Sprintf("%d: %s", level, m.Levels[level])})
	}
	return options
}

// describes lists the ids of what stands under the field.
func (c formCell) describes() string {
	text := ""
	if c.Error != "" {
		text = c.ID + "-error "
	}
	if c.Before != "" {
		text += c.ID + "-before"
	}
	return text
}

// beforeWords is what the period before said, and whether it is the same now.
func (c formCell) beforeWords() string {
	if c.Same {
		return c.Before + ", the same"
	}
	return c.Before
}
