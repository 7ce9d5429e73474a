package innovation

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	area "sir/internal/innovation"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// narrativesPage is what is said about an innovation, or all versions of one
// narrative.
type narrativesPage struct {
	Sections *ui.ContentsList
	Reading  string
	Add      *ui.Button
	Tellings []telling
}

// telling is one version of a narrative as its page shows it.
type telling struct {
	ID, Heading, Ask, Written string
	Lines                     []toldLine
	Actions                   []ui.Action
}

// toldLine is a line with the evidence behind it, that taken out apart.
type toldLine struct {
	Body     string
	Evidence []area.Evidence
	Gone     string
	None     bool // nothing that stands is behind it
}

func (p pages) showNarratives(r *shell.Request) error {
	v, err := p.innovations.Narratives(r.Context(), r.Actor, code(r))
	if err != nil {
		return err
	}
	list := sectionsOf(r, v.Code, narratives)
	page := narrativesPage{Sections: &list, Reading: narrativesInWords(v)}
	for _, n := range v.Narratives {
		one := tellingOf(v, n, n.Now())
		base := narratives.path(v.Code) + "/" + n.ID
		one.Actions = []ui.Action{{Text: versionsInWords(len(n.Versions)), Hidden: "of " + one.Heading, Href: base}}
		if v.MayNarrate {
			one.Actions = append(one.Actions, ui.Action{Text: "Edit", Hidden: one.Heading, Href: base + "/edit"})
		}
		page.Tellings = append(page.Tellings, one)
	}
	if v.MayNarrate {
		page.Add = &ui.Button{Text: "Write another", Href: narratives.path(v.Code) + "/add"}
	}
	return r.Render(ui.Page{Title: "What is said, and to whom", Caption: v.Name, Breadcrumbs: breadcrumbs(v.Innovation)}, page.content())
}

func versionsInWords(n int) string {
	if n == 1 {
		return "1 version"
	}
	return fmt.Sprintf("%d versions", n)
}

func narrativesInWords(v area.NarrativesView) string {
	if len(v.Narratives) == 0 {
		return "Nothing is written yet. A value proposition says to one audience what they gain, what is asked of them, and how that is known."
	}
	bare := 0
	for _, n := range v.Narratives {
		bare += n.Now().Unsupported(v.Items)
	}
	switch bare {
	case 0:
		return "Every line has evidence behind it."
	case 1:
		return "1 line has no evidence behind it. It may be said, as long as nobody takes it for known."
	}
	return fmt.Sprintf("%d lines have no evidence behind them. They may be said, as long as nobody takes them for known.", bare)
}

func tellingOf(v area.NarrativesView, n area.Narrative, t area.Telling) telling {
	one := telling{
		ID: "version-" + n.ID + "-" + strconv.FormatInt(t.Number, 10), Heading: term.Sentence(n.Kind) + " for " + t.Audience, Ask: t.Ask,
		Written: fmt.Sprintf("Version %d, written on %s by: %s", t.Number, t.WrittenAt.UTC().Format("2 January 2006"), t.WrittenBy),
	}
	for _, l := range t.Lines {
		told := toldLine{Body: l.Body}
		var gone []int
		for _, number := range l.Evidence {
			at := slices.IndexFunc(v.Items, func(e area.Evidence) bool { return e.Number == number })
			if at < 0 {
				gone = append(gone, number)
				continue
			}
			told.Evidence = append(told.Evidence, v.Items[at])
		}
		told.Gone, told.None = area.Numbers(gone), len(told.Evidence) == 0
		one.Lines = append(one.Lines, told)
	}
	return one
}

// showNarrative shows all versions of one narrative, the newest first.
func (p pages) showNarrative(r *shell.Request) error {
	v, n, err := p.innovations.Narrative(r.Context(), r.Actor, code(r), r.PathValue("narrative"))
	if err != nil {
		return err
	}
	page := narrativesPage{Reading: "The newest version stands first. Evidence is shown as it stands today."}
	for _, t := range slices.Backward(n.Versions) {
		page.Tellings = append(page.Tellings, tellingOf(v, n, t))
	}
	return r.Render(ui.Page{
		Title: term.Sentence(n.Kind) + " for " + n.Now().Audience, Caption: v.Name, Breadcrumbs: within(v.Innovation, narratives),
	}, page.content())
}

// draftOf is a version as its form holds it, with room for more lines.
func draftOf(kind string, t area.Telling) area.Draft {
	d := area.Draft{Kind: kind, Audience: t.Audience, Ask: t.Ask}
	for _, l := range t.Lines {
		d.Lines = append(d.Lines, area.DraftLine{Body: l.Body, Evidence: area.Numbers(l.Evidence)})
	}
	return withRoom(d)
}

// withRoom adds empty lines to a draft.
func withRoom(d area.Draft) area.Draft {
	const more = 3
	for range min(more, area.MaxLines-len(d.Lines)) {
		d.Lines = append(d.Lines, area.DraftLine{})
	}
	return d
}

func readDraft(r *shell.Request) (d area.Draft, err error) {
	d.Lines = make([]area.DraftLine, area.MaxLines)
	to := map[string]*string{"kind": &d.Kind, "audience": &d.Audience, "ask": &d.Ask}
	for i := range d.Lines {
		at := strconv.Itoa(i + 1)
		to["line-"+at], to["evidence-"+at] = &d.Lines[i].Body, &d.Lines[i].Evidence
	}
	return d, r.Fields(to)
}

// typedLines leaves the empty lines at the end out of a draft that was sent.
func typedLines(d area.Draft) area.Draft {
	for len(d.Lines) > 0 && d.Lines[len(d.Lines)-1] == (area.DraftLine{}) {
		d.Lines = d.Lines[:len(d.Lines)-1]
	}
	return d
}

// draftFacts is what a draft says, in the order of its form.
func draftFacts(d area.Draft) []fact {
	facts := []fact{{"Audience", d.Audience}, {"What is asked", d.Ask}}
	for i := range area.MaxLines {
		says := ""
		if i < len(d.Lines) && d.Lines[i].Body != "" {
			says = d.Lines[i].Body + " (" + orDash(d.Lines[i].Evidence) + ")"
		}
		facts = append(facts, fact{"Line " + strconv.Itoa(i+1), says})
	}
	return facts
}

func draftForm(v area.NarrativesView, d area.Draft, isNew bool, wrong ui.FieldErrors) formPage {
	page := formPage{Save: "Save", Aside: evidenceList(v.Items)}
	if isNew {
		page.Controls = append(page.Controls, choose("kind", "Kind", "A value proposition says what the audience gains. A narrative tells the story round it.", area.NarrativeKinds, d.Kind, wrong))
	}
	page.Controls = append(page.Controls,
		line("audience", "Audience", "For example: ward managers", d.Audience, wrong),
		text("ask", "What you ask of them", "Time, money, a decision, and what comes of it. "+privacy, d.Ask, wrong),
	)
	for i, l := range d.Lines {
		at := strconv.Itoa(i + 1)
		body := text("line-"+at, "Line "+at, "", l.Body, wrong)
		body.Rows = 2
		numbers := line("evidence-"+at, "Evidence for line "+at, "Numbers such as E1, E3", l.Evidence, wrong)
		numbers.LabelSize, numbers.Width, numbers.NoSpellcheck = "", 20, true
		page.Controls = append(page.Controls, body, numbers)
	}
	return page
}

func (p pages) showAddNarrative(r *shell.Request) error {
	return p.renderDraft(r, http.StatusOK, withRoom(area.Draft{}), 0, nil, nil)
}

func (p pages) showEditNarrative(r *shell.Request) error {
	_, n, err := p.innovations.Narrative(r.Context(), r.Actor, code(r), r.PathValue("narrative"))
	if err != nil {
		return err
	}
	return p.renderDraft(r, http.StatusOK, draftOf(n.Kind, n.Now()), n.Now().Number, nil, nil)
}

// renderDraft is the form of a new narrative, or of the next version of one.
func (p pages) renderDraft(r *shell.Request, status int, d area.Draft, version int64, clashing []clash, wrong ui.FieldErrors) error {
	v, err := p.innovations.Narrating(r.Context(), r.Actor, code(r))
	if err != nil {
		return err
	}
	id := r.PathValue("narrative")
	page := draftForm(v, d, id == "", wrong)
	page.Action, page.Clash = r.URL.Path, clashing
	title := "Write what is said"
	if id != "" {
		title, page.Version = "Write the next version", strconv.FormatInt(version, 10)
	}
	return r.RenderStatus(status, ui.Page{Title: title, Caption: v.Name, Breadcrumbs: within(v.Innovation, narratives), Errors: wrong}, page.content())
}

// writeNarrative adds a narrative or a version of one.
func (p pages) writeNarrative(r *shell.Request) error {
	d, err := readDraft(r)
	if err != nil {
		return err
	}
	seen, err := r.Version()
	if err != nil {
		return err
	}
	var now area.Narrative
	id := r.PathValue("narrative")
	if id != "" {
		if _, now, err = p.innovations.Narrative(r.Context(), r.Actor, code(r), id); err != nil {
			return err
		}
		d.Kind = now.Kind
	}
	err = p.innovations.Write(r.Context(), r.Actor, code(r), id, seen, d)
	return r.Finish(err, narratives.path(code(r)), "It was saved as a new version.", func(status int, stale bool, wrong ui.FieldErrors) error {
		typed := withRoom(typedLines(d))
		if !stale {
			return p.renderDraft(r, status, typed, seen, nil, wrong)
		}
		theirs := draftOf(now.Kind, now.Now())
		return p.renderDraft(r, status, typed, now.Now().Number, clashes(draftFacts(theirs), draftFacts(typed)), wrong)
	})
}

// evidenceList names the evidence that lines can refer to.
func evidenceList(items []area.Evidence) templ.Component {
	list := make([]string, len(items))
	for i, e := range items {
		list[i] = label(e) + " " + e.Title
	}
	return numbered(list)
}
