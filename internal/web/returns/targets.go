package returns

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	area "sir/internal/adoption"
	"sir/internal/fault"
	"sir/internal/term"
	"sir/internal/web/measure"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// targetsPage is the targets of a programme, and a form to add one.
type targetsPage struct {
	Sections ui.ContentsList
	Reading  string
	National ui.Table
	Members  []ui.Table
	Form     *targetForm
}

// targetForm adds a target for the whole programme or for a member.
type targetForm struct {
	Action    string
	For       ui.Select
	Measure   ui.Select
	Kind      ui.Radios
	Value     ui.Input
	Inclusive ui.Radios
	StartsOn  ui.DateInput
	AgreedBy  ui.Input
	AgreedOn  ui.DateInput
}

// nationalValue stands in the form for the whole programme. No code of a
// member has a space.
const nationalValue = "the whole programme"

func (p pages) showTargets(r *shell.Request) error {
	return p.renderTargets(r, http.StatusOK, targetInput{inclusive: "at-least", kind: targetChoice}, nil)
}

func (p pages) renderTargets(r *shell.Request, status int, in targetInput, wrong ui.FieldErrors) error {
	list, err := p.adoption.TargetsOf(r.Context(), r.Actor, r.PathValue("programme"))
	if err != nil {
		return err
	}
	page := targetsPage{
		Reading: "A target holds from its date until the next one begins. A trajectory says where a measure should be on each of its dates, " +
			"in a straight line from one to the next. Those " + r.Terms.Label(term.Network).Full.Of(2) +
			" that have targets of their own for a measure are held to them, the others to the national ones, except for totals. " +
			"Targets are withdrawn, never deleted.",
		National: targetsTable(list, "National targets", "", list.National, list.MaySetNational),
	}
	for _, m := range list.Members {
		if len(m.Targets) > 0 {
			page.Members = append(page.Members, targetsTable(list, "Targets of "+m.Member.Name, m.Member.Code, m.Targets, m.MaySet))
		}
	}
	page.Form = targetFormOf(list, in, wrong)
	page.Sections = measure.Sections(r, list.Programme.Code, list.Published, measure.Targets)
	return r.RenderStatus(status, ui.Page{
		Title: "Targets", Caption: list.Programme.Name, Breadcrumbs: breadcrumbs(list.Programme), Errors: wrong,
		Flow: ui.Flow{To: []ui.Link{{Text: "Adoption in " + list.Programme.Name, Href: programmePath(list.Programme.Code)}}},
	}, page.content())
}

func targetsTable(list area.TargetList, caption, member string, targets []area.KeptTarget, maySet bool) ui.Table {
	table := ui.Table{
		ID: "targets-" + strings.ToLower(cmp.Or(member, "national")), Caption: caption, CaptionSize: ui.SizeM, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "From"}, {Text: "Measure"}, {Text: "Target"}, {Text: "Agreed by"}, {Text: "Agreed on"}, {Text: "Standing"}},
	}
	if maySet {
		table.Columns = append(table.Columns, ui.Column{Text: "Next"})
	}
	for _, t := range targets {
		row := ui.Text(startWords(t.Target), subjectOf(list, t.Target), targetWords(t.Target), t.AgreedBy, orDash(ui.Date(t.AgreedOn)), standingWords(t))
		if maySet {
			row = append(row, ui.Cell{Content: nextSteps(withdrawStep(list, member, t))})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func standingWords(t area.KeptTarget) string {
	if t.WithdrawnOn != "" {
		return "withdrawn on " + ui.Date(t.WithdrawnOn)
	}
	return "stands"
}

func withdrawStep(list area.TargetList, member string, t area.KeptTarget) []ui.Action {
	if t.WithdrawnOn != "" {
		return nil
	}
	return []ui.Action{{
		Text: "Withdraw", Hidden: hiddenWords(list, t.Target), Href: targetPath(list.Programme.Code, t.ID, member),
	}}
}

func targetPath(programme, id, member string) string {
	path := programmePath(programme) + "/targets/" + id
	if member != "" {
		path += "?member=" + member
	}
	return path
}

// targetInput is a target as it was typed.
type targetInput struct {
	who, measure, kind, value, inclusive, agreedBy string
	startsOn, agreedOn                             [3]string // day, month, year
}

func targetFormOf(list area.TargetList, in targetInput, wrong ui.FieldErrors) *targetForm {
	var options []ui.SelectOption
	if list.MaySetNational {
		options = append(options, ui.SelectOption{Value: nationalValue, Text: "The whole programme"})
	}
	for _, m := range list.Members {
		if m.MaySet {
			options = append(options, ui.SelectOption{Value: m.Member.Code, Text: m.Member.Name})
		}
	}
	if len(options) == 0 {
		return nil
	}
	return &targetForm{
		Action:  programmePath(list.Programme.Code) + "/targets",
		For:     ui.Select{Name: "for", Label: "For", Options: options, Value: in.who, Error: wrong.For("for")},
		Measure: ui.Select{Name: "measure", Label: "Measure", Options: subjectOptions(list), Value: in.measure, Error: wrong.For("measure")},
		Kind: ui.Radios{
			Name: "kind", Legend: "What is it?", Value: in.kind, Error: wrong.For("kind"),
			Options: []ui.Option{
				{Value: targetChoice, Text: "A target", Hint: "It holds from its date until the next one"},
				{Value: pathChoice, Text: "A point of the trajectory", Hint: "Where the measure should be on its date"},
			},
		},
		Value: ui.Input{
			Name: "value", Label: "Value", Hint: "Of rates and proportions in percent", Width: 10, InputMode: "decimal", Value: in.value, Error: wrong.For("value"),
		},
		Inclusive: ui.Radios{
			Name: "inclusive", Legend: "When is it reached?", Value: in.inclusive, Error: wrong.For("inclusive"),
			Options: []ui.Option{{Value: "at-least", Text: "At this value or better"}, {Value: "more-than", Text: "Only when better than this value"}},
		},
		StartsOn: dateInput("starts-on", "From", "The first day on which it holds, or the day of a trajectory, for example 1 4 2027", in.startsOn, wrong),
		AgreedBy: ui.Input{Name: "agreed-by", Label: "Agreed by", Hint: "A board, group or role", Value: in.agreedBy, Error: wrong.For("agreed-by")},
		AgreedOn: dateInput("agreed-on", "Agreed on", "For example 27 3 2026", in.agreedOn, wrong),
	}
}

func dateInput(name, legend, hint string, typed [3]string, wrong ui.FieldErrors) ui.DateInput {
	return ui.DateInput{Name: name, Legend: legend, Hint: hint, Day: typed[0], Month: typed[1], Year: typed[2], Error: wrong.For(name)}
}

func readTarget(r *shell.Request) (in targetInput, t area.Target, err error) {
	for _, field := range []struct {
		name string
		to   *string
	}{
		{"for", &in.who}, {"measure", &in.measure}, {"kind", &in.kind}, {"value", &in.value}, {"inclusive", &in.inclusive}, {"agreed-by", &in.agreedBy},
		{"starts-on-day", &in.startsOn[0]}, {"starts-on-month", &in.startsOn[1]}, {"starts-on-year", &in.startsOn[2]},
		{"agreed-on-day", &in.agreedOn[0]}, {"agreed-on-month", &in.agreedOn[1]}, {"agreed-on-year", &in.agreedOn[2]},
	} {
		if *field.to, err = r.Field(field.name); err != nil {
			return in, t, err
		}
	}
	t.Value = valueTyped(in.value)
	t.Measure, t.Basis = subjectTyped(in.measure)
	t.OnPath = in.kind == pathChoice
	t.Inclusive = in.inclusive != "more-than" || t.OnPath
	t.StartsOn, t.AgreedOn, t.AgreedBy = isoDate(in.startsOn), isoDate(in.agreedOn), in.agreedBy
	return in, t, nil
}

// isoDate joins the parts of a date; what is no number makes no date.
func isoDate(parts [3]string) string {
	var numbers [3]int
	for i, text := range parts {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > 9999 {
			return ""
		}
		numbers[i] = n
	}
	return fmt.Sprintf("%04d-%02d-%02d", numbers[2], numbers[1], numbers[0])
}

func (p pages) addTarget(r *shell.Request) error {
	in, t, err := readTarget(r)
	if err != nil {
		return err
	}
	if in.who == nationalValue {
		err = p.adoption.AddNationalTarget(r.Context(), r.Actor, r.PathValue("programme"), t)
	} else {
		err = p.adoption.AddLocalTarget(r.Context(), r.Actor, r.PathValue("programme"), in.who, t)
	}
	var wrong *fault.Error
	if errors.As(err, &wrong) && len(wrong.Fields) > 0 {
		return p.renderTargets(r, http.StatusUnprocessableEntity, in, shell.FieldErrors(wrong))
	}
	if err != nil {
		return err
	}
	r.Notify("The target was added: " + t.Figure() + ", " + inSentence(startWords(t)) + ".")
	return r.Redirect(programmePath(r.PathValue("programme")) + "/targets")
}

// withdrawPage asks before a target is withdrawn.
type withdrawPage struct {
	Facts          []ui.SummaryRow
	Action, Member string
	Done           bool
}

// findTarget finds a target that the reader may withdraw.
func (p pages) findTarget(r *shell.Request, member string) (area.TargetList, area.KeptTarget, error) {
	list, err := p.adoption.TargetsOf(r.Context(), r.Actor, r.PathValue("programme"))
	if err != nil {
		return list, area.KeptTarget{}, err
	}
	var among []area.KeptTarget
	if member == "" && list.MaySetNational {
		among = list.National
	}
	for _, m := range list.Members {
		if m.Member.Code == member && m.MaySet {
			among = m.Targets
		}
	}
	i := slices.IndexFunc(among, func(t area.KeptTarget) bool { return t.ID == r.PathValue("target") })
	if i < 0 {
		return list, area.KeptTarget{}, fault.NotFound("There is no such target that you may withdraw.")
	}
	return list, among[i], nil
}

func (p pages) askWithdraw(r *shell.Request) error {
	member, err := r.Choice("member")
	if err != nil {
		return err
	}
	list, t, err := p.findTarget(r, member)
	if err != nil {
		return err
	}
	page := withdrawPage{Action: r.URL.Path, Member: member, Done: t.WithdrawnOn != "", Facts: []ui.SummaryRow{
		{Key: "Measure", Value: subjectOf(list, t.Target)}, {Key: "Target", Value: targetWords(t.Target)},
		{Key: "From", Value: startWords(t.Target)}, {Key: "Agreed by", Value: t.AgreedBy}, {Key: "Standing", Value: standingWords(t)},
	}}
	return r.Render(ui.Page{
		Title: "Withdraw a target", Caption: list.Programme.Name,
		Breadcrumbs: breadcrumbs(list.Programme, ui.Link{Text: "Targets", Href: programmePath(list.Programme.Code) + "/targets"}),
	}, page.content())
}

func (p pages) withdraw(r *shell.Request) error {
	member, err := r.Field("member")
	if err != nil {
		return err
	}
	programme, id := r.PathValue("programme"), r.PathValue("target")
	if member == "" {
		err = p.adoption.WithdrawNationalTarget(r.Context(), r.Actor, programme, id)
	} else {
		err = p.adoption.WithdrawLocalTarget(r.Context(), r.Actor, programme, member, id)
	}
	if err != nil {
		return err
	}
	r.Notify("The target is withdrawn. It stays in the list.")
	return r.Redirect(programmePath(programme) + "/targets")
}
