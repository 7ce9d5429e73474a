package lever

import (
	"fmt"

	area "sir/internal/lever"
	"sir/internal/policy"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// leverPage is one lever.
type leverPage struct {
	MadeUp   bool
	Standing ui.Tag
	Facts    ui.SummaryList
	Actions  []ui.Button
	Effects  *ui.Table
	Alerts   *ui.Table
	Versions []versionPart
}

// versionPart is a version that can be opened.
type versionPart struct {
	Title string
	Why   string
	Facts ui.SummaryList
}

func (p pages) showLever(r *shell.Request) error {
	v, err := p.levers.Look(r.Context(), r.Actor, r.PathValue("lever"))
	if err != nil {
		return err
	}
	page := leverPage{MadeUp: v.MadeUp, Standing: standingTag(v.Wording, v.Today), Facts: facts(v.Wording, v.Names)}
	if v.MayChange {
		page.Actions = []ui.Button{{Text: "Change the lever", Href: leverPath + v.ID + "/change", Variant: ui.ButtonSecondary}}
	}
	if len(v.Effects) > 0 {
		page.Effects = leverEffects(v)
	}
	if len(v.Alerts) > 0 {
		page.Alerts = alertTable("Decisions after a change", v.Alerts, v.MayDecide)
	}
	for _, one := range v.Versions {
		title := fmt.Sprintf("Version %d of %s", one.Number, moment(one.MadeAt))
		if one.Number == v.Version {
			title += ", as it stands"
		}
		page.Versions = append(page.Versions, versionPart{title, one.MadeBy + ": " + one.Why, facts(one.Wording, v.Names)})
	}
	flow := ui.Flow{From: []ui.Link{{Text: "All levers", Href: registerPath}}}
	if policy.Can(r.Actor, policy.ViewLeverEffects) {
		flow.To = []ui.Link{{Text: "Decisions after a change", Href: decisionsPath}}
	}
	return r.Render(ui.Page{Title: v.Name, Caption: v.Body, Breadcrumbs: below(), Flow: flow}, page.content())
}

// facts are what a version says.
func facts(w area.Wording, names map[string]string) ui.SummaryList {
	list := ui.SummaryList{}
	for _, pair := range pairs(w, names) {
		list.Rows = append(list.Rows, ui.SummaryRow{Key: pair[0], Value: pair[1]})
	}
	return list
}

// pairs are the parts of a wording with their names.
func pairs(w area.Wording, names map[string]string) [][2]string {
	return [][2]string{
		{"Name", w.Name}, {"Body", w.Body}, {"Type", term.Sentence(string(w.Kind))}, {"Strength", term.Sentence(string(w.Strength))},
		{"Clarity", term.Sentence(string(w.Clarity))}, {"In force from", ui.Date(w.From)}, {"No longer in force from", until(w.To)},
		{"Takes the place of", orDash(names[w.Replaces])}, {"What it asks or offers", w.Summary}, {"Source", w.Source},
	}
}

// comparison sets two wordings side by side; what differs is marked in words.
func comparison(caption, left string, a area.Wording, right string, b area.Wording, names map[string]string) ui.Table {
	t := ui.Table{
		ID: "comparison", Caption: caption, CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "Part"}, {Text: left}, {Text: right}, {Text: "Same"}},
	}
	theirs, yours := pairs(a, names), pairs(b, names)
	for i := range theirs {
		same := "Yes"
		if theirs[i] != yours[i] {
			same = "No"
		}
		t.Rows = append(t.Rows, ui.Text(theirs[i][0], orDash(theirs[i][1]), orDash(yours[i][1]), same))
	}
	return t
}

func leverEffects(v area.View) *ui.Table {
	t := &ui.Table{
		ID: "effects", Caption: "What it does to programmes", CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "Programme"}, {Text: "Effect"}, {Text: "Reason"}, {Text: "As at"}, {Text: "Found by"}, {Text: "Looked at"}},
	}
	for _, e := range v.Effects {
		looked := "Version as it stands"
		if e.LeverVersion < v.Version {
			looked = fmt.Sprintf("Version %d: look again", e.LeverVersion)
		}
		row := []ui.Cell{{Text: e.ProgrammeName, Href: programmesPath + e.ProgrammeCode}, {Content: findingTag(e.Finding)}}
		t.Rows = append(t.Rows, append(row, ui.Text(e.Reason, ui.Date(e.AsAt), e.MadeBy, looked)...))
	}
	return t
}
