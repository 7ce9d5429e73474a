package rollout

import (
	"bytes"
	"fmt"
	"strings"

	"sir/internal/exchange"
	"sir/internal/policy"
	area "sir/internal/rollout"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// recordPath begins the addresses of rollouts.
const recordPath = ui.DoPath + "/rollouts/"

const recordPattern = recordPath + "{rollout}"

func rolloutID(r *shell.Request) string { return r.PathValue("rollout") }

// recordPage is one rollout.
type recordPage struct {
	MadeUp   bool
	State    area.State
	Standing string // where it stands, and how late it is, in a sentence
	Without  string // what it became active without, and why; empty where all was there
	Actions  []ui.Button
	Facts    ui.SummaryList
	History  *ui.Table
	Download []ui.Link
}

func (p records) show(r *shell.Request) error {
	v, err := p.rollouts.Look(r.Context(), r.Actor, rolloutID(r))
	if err != nil {
		return err
	}
	page := recordPage{
		MadeUp: v.Programme.MadeUp, State: v.State, Standing: standing(v), Without: without(v),
		Facts: summaryOf(append(timeFacts(v), factsOf(v.Rollout)...)),
	}
	page.Facts.Rows = append(page.Facts.Rows, programmeRows(r, v)...)
	if v.MayMove {
		page.Actions = append(page.Actions, ui.Button{Text: "Change the state", Href: recordPath + v.ID + "/state"})
	}
	if v.MayChange {
		page.Actions = append(page.Actions, ui.Button{Text: "Edit the rollout", Href: recordPath + v.ID + "/edit", Variant: ui.ButtonSecondary})
	}
	if len(v.History) > 0 {
		page.History = historyTable(v.History)
		page.Download = []ui.Link{{Text: "These states as CSV", Href: recordPath + v.ID + "/states.csv"}}
	}
	head := ui.Page{Title: v.MemberName, Caption: "Rollout of " + v.Programme.Name, Breadcrumbs: atDo()}
	head.Flow.To = []ui.Link{{Text: "Adoption in " + v.Programme.Name, Href: ui.MeasurePath + "/" + v.Programme.Code}}
	if policy.Can(r.Actor, policy.ViewProgrammes) {
		head.Flow.From = []ui.Link{{Text: "Programme: " + v.Programme.Name, Href: programmePath + v.Programme.Code}}
	}
	return r.Render(head, page.content())
}

func atDo(more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Text: "Start", Href: "/"}, {Text: "Do", Href: ui.DoPath}}, more...)
}

func rolloutLink(v area.View) ui.Link { return ui.Link{Text: v.MemberName, Href: recordPath + v.ID} }

// standing says where a rollout stands and how its start compares with the
// plan.
func standing(v area.View) string {
	words := term.Sentence(string(v.State))
	if v.StateSince != "" {
		words += " since " + ui.Date(v.StateSince)
	}
	words += "."
	if days, ok := v.DaysOverdue(v.Today); ok {
		return words + " It should have started " + plural(days, "day") + " ago."
	}
	if days, ok := v.DaysLate(); ok {
		how := difference(days)
		words += " It started " + strings.ToLower(how[:1]) + how[1:] + "."
	}
	return words
}

// without says what a rollout became active without, while that matters.
func without(v area.View) string {
	c, ok := v.LastStart()
	if !ok || len(c.Waived) == 0 || v.State != area.Active && v.State != area.Paused {
		return ""
	}
	return needWords(c.Waived) + ". Waived by " + c.MadeBy + " on " + ui.Date(c.Since) + ": " + c.Waiver
}

func needWords(needs []area.Need) string {
	words := make([]string, len(needs))
	for i, n := range needs {
		words[i] = string(n)
	}
	return term.Sentence(strings.Join(words, ", "))
}

// programmeRows are what a rollout takes from its programme. A mandate is no
// endorsement: those are kept with the levers.
func programmeRows(r *shell.Request, v area.View) []ui.SummaryRow {
	endorsements := ui.SummaryRow{Key: "Endorsements", Value: "Kept with the levers"}
	if policy.Allow(r.Actor, policy.ViewLeverEffects, v.Object()) == nil {
		endorsements.Actions = []ui.Action{{Text: "See levers and endorsements", Href: leversPath + v.Programme.Code}}
	}
	return []ui.SummaryRow{{Key: "Mandate", Value: mandate(v.Programme)}, endorsements, {Key: "Lead time", Value: leadTime(v.Programme, v.PlannedStart)}}
}

// factsOf are what people write about a rollout, its start apart.
func factsOf(r area.Rollout) []fact {
	return append([]fact{{"Aim", r.Aim}, {"Exit rule", r.ExitRule}}, budgetFacts(r.Budget)...)
}

// startFacts tell when a rollout should have started and did.
func startFacts(r area.Rollout) []fact {
	return []fact{{"Planned start", ui.Date(r.PlannedStart)}, {"Actual start", ui.Date(r.ActualStart)}, {"Why it started early or late", r.StartReason}}
}

// timeFacts tell the time that passed: since the rollout's own start, which is
// what compares rollouts, and by the calendar.
func timeFacts(v area.View) []fact {
	on, word := v.Today, "until today"
	if v.State == area.Stopped || v.State == area.HandedOver || v.State == area.Closed {
		on, word = v.StateSince, "until "+ui.Date(v.StateSince)
	}
	facts := startFacts(v.Rollout)
	if days, ok := v.Elapsed(on); ok {
		facts = append(facts, fact{"Time since its own start", plural(days, "day") + ", " + word})
	}
	return append(facts, fact{"Sites ever eligible", fmt.Sprint(v.Sites)})
}

func mandate(p area.Programme) string {
	switch {
	case p.Mandate == "":
		return "Not known"
	case p.MandateNote == "":
		return term.Sentence(p.Mandate)
	}
	return term.Sentence(p.Mandate) + ": " + p.MandateNote
}

// leadTime says how long before its start a rollout was announced.
func leadTime(p area.Programme, start string) string {
	days, ok := p.LeadTime(start)
	switch {
	case !ok:
		return "Not known"
	case days < 0:
		return "None: announced " + plural(-days, "day") + " after the planned start, on " + ui.Date(p.AnnouncedOn)
	}
	return plural(days, "day") + ", from " + ui.Date(p.AnnouncedOn) + " to the planned start"
}

func historyTable(history []area.Change) *ui.Table {
	table := &ui.Table{
		ID: "states", Caption: "States and their reasons", CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "State"}, {Text: "Since"}, {Text: "Reason"}, {Text: "Freed"}, {Text: "Lesson"}, {Text: "Recorded by"}},
	}
	for _, c := range history {
		reason := []string{c.Reason}
		if len(c.Waived) > 0 {
			reason = append(reason, "Without: "+needWords(c.Waived)+". "+c.Waiver)
		}
		table.Rows = append(table.Rows, append([]ui.Cell{{Content: stateTag(c.State)}, {Text: ui.Date(c.Since)}, {Content: lines(reason)}},
			ui.Text(orDash(c.Freed), orDash(c.Lesson), c.MadeBy)...))
	}
	return table
}

func (p records) downloadStates(r *shell.Request) error {
	v, err := p.rollouts.Look(r.Context(), r.Actor, rolloutID(r))
	if err != nil {
		return err
	}
	sheet := exchange.Sheet{Columns: []string{"number", "state", "since", "reason", "freed", "lesson", "active_without", "why_without", "recorded_by"}}
	for _, c := range v.History {
		sheet.Rows = append(sheet.Rows, []any{
			c.Number, string(c.State), c.Since, c.Reason, c.Freed, c.Lesson, strings.ToLower(needWords(c.Waived)), c.Waiver, c.MadeBy,
		})
	}
	return download(r, sheet, "states.csv")
}

func download(r *shell.Request, sheet exchange.Sheet, name string) error {
	var file bytes.Buffer
	if err := sheet.Write(&file, exchange.CSV); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return r.Download(name, "text/csv; charset=utf-8", file.Bytes())
}
