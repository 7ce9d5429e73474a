package rollout

import (
	"fmt"

	"sir/internal/exchange"
	"sir/internal/lever"
	"sir/internal/policy"
	area "sir/internal/rollout"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// The addresses of programmes, and of their levers.
const (
	programmesPath   = ui.PlanPath + "/programmes"
	programmesFile   = programmesPath + ".csv"
	programmePath    = programmesPath + "/"
	programmePattern = programmePath + "{programme}"
	leversPath       = ui.PlanPath + "/levers/programmes/"
)

func atProgrammes(more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Text: "Start", Href: "/"}, {Text: "Plan", Href: ui.PlanPath}, {Text: "Programmes", Href: programmesPath}}, more...)
}

func programmeLink(p area.Programme) ui.Link {
	return ui.Link{Text: p.Name, Href: programmePath + p.Code}
}

// programmesPage lists all programmes.
type programmesPage struct {
	Reading string
	Table   *ui.Table
}

func (p records) showProgrammes(r *shell.Request) error {
	all, err := p.rollouts.Programmes(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	page := programmesPage{Reading: "There is no programme yet."}
	if len(all) > 0 {
		page.Reading = "All " + plural(len(all), "programme") + ", by name."
		page.Table = &ui.Table{
			ID: "programmes", Caption: "Programmes by name", CaptionHidden: true, RowHeaders: true, Responsive: true,
			Columns: []ui.Column{{Text: "Programme"}, {Text: "Level"}, {Text: "Mandate"}, {Text: "Announced"}, {Text: "Starts"}, {Text: "Ends"}, {Text: "Budget"}},
		}
		for _, one := range all {
			page.Table.Rows = append(page.Table.Rows, append([]ui.Cell{{Text: one.Name, Href: programmePath + one.Code}}, ui.Text(
				orDash(term.Sentence(one.Level)), orDash(term.Sentence(one.Mandate)), date(one.AnnouncedOn), date(one.StartsOn), date(one.EndsOn),
				orDash(one.Budget.String()))...))
		}
	}
	return r.Render(ui.Page{
		Title: "Programmes", Lede: "What is spread, for whom, on whose mandate, and with what time and money.", Breadcrumbs: atProgrammes()[:2],
		Flow: ui.Flow{To: []ui.Link{{Text: "Do: run the rollout and record it", Href: ui.DoPath}}},
	}, page.content())
}

func (p records) downloadProgrammes(r *shell.Request) error {
	all, err := p.rollouts.Programmes(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	sheet := exchange.Sheet{Columns: []string{
		"programme", "programme_name", "made_up", "level", "lead", "mandate", "mandate_note", "announced_on", "starts_on", "ends_on",
		"lead_time_days", "budget_pounds", "budget_ends_on", "after_the_money", "source",
	}}
	for _, one := range all {
		var lead, budget any
		if days, ok := one.LeadTime(one.StartsOn); ok {
			lead = days
		}
		if one.Budget.Pounds > 0 {
			budget = one.Budget.Pounds
		}
		sheet.Rows = append(sheet.Rows, []any{
			one.Code, one.Name, one.MadeUp, one.Level, one.LeadName, one.Mandate, one.MandateNote, one.AnnouncedOn, one.StartsOn, one.EndsOn,
			lead, budget, one.Budget.EndsOn, one.Budget.After, one.Source,
		})
	}
	return download(r, sheet, "programmes.csv")
}

// programmePage is one programme with the rollouts that the reader may see.
type programmePage struct {
	MadeUp   bool
	Summary  string
	Facts    ui.SummaryList
	Actions  []ui.Button
	Reading  string
	Rollouts *ui.Table
}

func (p records) showProgramme(r *shell.Request) error {
	v, err := p.rollouts.Programme(r.Context(), r.Actor, r.PathValue("programme"))
	if err != nil {
		return err
	}
	page := programmePage{MadeUp: v.MadeUp, Summary: v.Summary, Reading: "There is no rollout that you may see yet."}
	page.Facts = summaryOf(append(programmeFacts(v.Programme, v.LeadName)[2:], fact{"Lead time", leadTime(v.Programme, v.StartsOn)}, fact{"Source", v.Source}))
	if page.Facts.Rows, err = p.withEndorsements(r, v, page.Facts.Rows); err != nil {
		return err
	}
	if v.MayChange {
		page.Actions = append(page.Actions, ui.Button{Text: "Edit the programme", Href: programmePath + v.Code + "/edit", Variant: ui.ButtonSecondary})
	}
	if v.MayAdd {
		page.Actions = append(page.Actions, ui.Button{Text: "Add a rollout", Href: programmePath + v.Code + "/rollout"})
	}
	if len(v.Rollouts) > 0 {
		page.Reading = summary(v.Rollouts) + " " + punctuality(v.Rollouts, v.Today)
		table := tableOf(v.Programme, v.Rollouts, r.Terms.Label(term.Network))
		page.Rollouts = &table
	}
	return r.Render(ui.Page{
		Title: v.Name, Caption: "Programme", Breadcrumbs: atProgrammes(),
		Flow: ui.Flow{To: []ui.Link{{Text: "Do: all rollouts", Href: ui.DoPath}, {Text: "Adoption in " + v.Name, Href: ui.MeasurePath + "/" + v.Code}}},
	}, page.content())
}

// punctuality says how many rollouts started late, and how many still wait
// past their day.
func punctuality(list []area.Rollout, today string) string {
	late, overdue := 0, 0
	for _, r := range list {
		if days, ok := r.DaysLate(); ok && days > 0 {
			late++
		}
		if _, ok := r.DaysOverdue(today); ok {
			overdue++
		}
	}
	words := fmt.Sprintf("%d started late.", late)
	if overdue > 0 {
		words += fmt.Sprintf(" %d should have started and did not.", overdue)
	}
	return words
}

// withEndorsements puts what bodies said of a programme beside its mandate, to
// those who may see it.
func (p records) withEndorsements(r *shell.Request, v area.ProgrammeView, rows []ui.SummaryRow) ([]ui.SummaryRow, error) {
	may := policy.Allow(r.Actor, policy.ViewLeverEffects, v.Object()) == nil
	for _, one := range v.Rollouts {
		may = may || policy.Allow(r.Actor, policy.ViewLeverEffects, one.Object()) == nil
	}
	if !may {
		return rows, nil
	}
	levers, err := p.levers.Programme(r.Context(), r.Actor, v.Code)
	if err != nil {
		return nil, err
	}
	told := []string{"None asked for"}
	if len(levers.Endorsements) > 0 {
		told = nil
	}
	for _, e := range levers.Endorsements {
		told = append(told, endorsement(e))
	}
	row := ui.SummaryRow{Key: "Endorsements", Content: lines(told), Actions: []ui.Action{{Text: "See levers and endorsements", Href: leversPath + v.Code}}}
	const behindMandate = 3 // level, lead, mandate
	return append(rows[:behindMandate:behindMandate], append([]ui.SummaryRow{row}, rows[behindMandate:]...)...), nil
}

func endorsement(e lever.Endorsement) string {
	if e.Outcome == "" {
		return e.AskedOf + ": asked on " + ui.Date(e.AskedOn) + ", not answered yet"
	}
	return e.AskedOf + ": " + string(e.Outcome) + " on " + ui.Date(e.AnsweredOn)
}

// programmeFacts are what people write about a programme, in the order of its
// form.
func programmeFacts(p area.Programme, lead string) []fact {
	return append([]fact{
		{"Name", p.Name}, {"Summary", p.Summary}, {"Level", term.Sentence(p.Level)}, {"Led by", lead}, {"Mandate", mandate(p)},
		{"Announced", ui.Date(p.AnnouncedOn)}, {"Starts", ui.Date(p.StartsOn)}, {"Ends", ui.Date(p.EndsOn)},
	}, budgetFacts(p.Budget)...)
}
