package pattern

import (
	"fmt"
	"net/url"
	"strings"

	"sir/internal/fault"
	area "sir/internal/pattern"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
	"sir/qca"
)

// screeningPage shows the rule log. Screening is nil where the rule asked for
// cannot be.
type screeningPage struct {
	Table     area.CaseTable
	Cut       string // as asked for
	Sign      string
	Errors    ui.FieldErrors
	Screening *area.Screening
}

func (p pages) showScreening(r *shell.Request) error {
	t, err := p.table(r)
	if err != nil {
		return err
	}
	view := screeningPage{Table: t}
	rule, err := view.rule(r.URL.Query())
	if err == nil {
		var s area.Screening
		if s, err = t.Screen(rule); err == nil {
			view.Screening = &s
		}
	}
	view.Errors = mistakes(err)
	return screening.show(r, t, err, view.content())
}

// The choices of the screening's form.
const (
	cutField        = "cut"
	inequalityField = "inequality"
)

// rule reads the rule from the address and keeps it as it was asked for.
func (p *screeningPage) rule(query url.Values) (area.ScreenRule, error) {
	rule := area.UsualRule()
	p.Cut, p.Sign = rule.Cut.String(), rule.Inequality.String()
	var wrong fault.Fields
	if text := strings.TrimSpace(query.Get(cutField)); text != "" {
		p.Cut = printable(text)
		cut, err := qca.ParseRatio(text)
		if err != nil {
			wrong.Add(cutField, "Enter a share, such as 1/3, 0.25 or 25%%.")
		}
		rule.Cut = cut
	}
	if text := query.Get(inequalityField); text != "" {
		p.Sign = text
		if err := rule.Inequality.UnmarshalText([]byte(text)); err != nil {
			wrong.Add(inequalityField, "Choose at least (>=) or more than (>).")
		}
	}
	return rule, wrong.Err()
}

// inequalities are the readings to choose from.
func (p screeningPage) inequalities() []ui.Option {
	return []ui.Option{
		{Value: qca.AtLeast.String(), Text: "At least (>=)", Hint: "A share equal to the cut passes."},
		{Value: qca.MoreThan.String(), Text: "More than (>)", Hint: "A share equal to the cut fails."},
	}
}

// ruleWords is the variation rule as a sentence's part.
func ruleWords(rule area.ScreenRule) string {
	words := map[qca.Inequality]string{qca.AtLeast: "at least", qca.MoreThan: "more than"}
	return words[rule.Inequality] + " " + rule.Cut.String()
}

func (p screeningPage) log() ui.Table {
	s := p.Screening
	cut := s.Rule.Cut.String()
	table := ui.Table{
		ID: "log", Caption: "Rule log by condition", CaptionHidden: true, RowHeaders: true, Scroll: true, Compact: true,
		Columns: []ui.Column{
			{Text: "Condition"}, {Text: "The authors"}, {Text: "Rarer value"}, {Text: ">= " + cut}, {Text: "> " + cut},
			{Text: "Successes by code"}, {Text: "One code, one outcome"}, {Text: "No contradiction"},
		},
	}
	for _, c := range s.Conditions {
		table.Rows = append(table.Rows, []ui.Cell{
			{Content: conditionName(c.Condition)}, {Content: fateTag(c.Fate)}, {Text: share(c.Minority)},
			{Content: verdictTag(c.AtLeast)}, {Content: verdictTag(c.MoreThan)}, {Content: lines(successes(c))},
			{Content: ruleTag(c, qca.RuleMixedOutcomes)}, {Content: ruleTag(c, qca.RuleSeparation)},
		})
	}
	return table
}

// successes says by code how many cases succeed, the highest code first.
func successes(c area.ScreenedCondition) []string {
	var texts []string
	for i := len(c.Values) - 1; i >= 0; i-- {
		v := c.Values[i]
		texts = append(texts, fmt.Sprintf("%d: %d of %d", v.Value, v.InOutcome, v.Cases))
	}
	return texts
}

func ruleTag(c area.ScreenedCondition, rule qca.ScreenRule) ui.Tag {
	for _, f := range c.Log {
		if f.Rule == rule {
			return verdictTag(f.Verdict)
		}
	}
	return ui.Tag{Text: "–", Quiet: true}
}

// tally counts what the rule says against what the authors did.
func (p screeningPage) tally() ui.Table {
	names := func(fate area.Fate, v qca.Verdict) ui.Cell {
		list := p.Screening.Judged(fate, v)
		if len(list) == 0 {
			return ui.Cell{Text: "None"}
		}
		return ui.Cell{Text: fmt.Sprintf("%d: %s", len(list), strings.Join(list, ", "))}
	}
	return ui.Table{
		ID: "tally", Caption: "Variation: the rule and the authors", CaptionHidden: true, RowHeaders: true, Responsive: true,
		Columns: []ui.Column{{Text: "The authors"}, {Text: "Passes the rule"}, {Text: "Fails the rule"}},
		Rows: [][]ui.Cell{
			{{Text: "Kept"}, names(area.Kept, qca.Pass), names(area.Kept, qca.Fail)},
			{{Text: "Dropped"}, names(area.Dropped, qca.Pass), names(area.Dropped, qca.Fail)},
		},
	}
}

// together is what the rules say about the kept conditions as a set.
func (p screeningPage) together() ui.SummaryList {
	titles := map[qca.ScreenRule]string{
		qca.RuleContradictions: "Contradictory rows",
		qca.RuleDuplicates:     "Cases that share a row",
		qca.RuleDiversity:      "Limited diversity",
		qca.RuleCases:          "Cases for each condition",
	}
	var list ui.SummaryList
	for _, f := range p.Screening.Together {
		list.Rows = append(list.Rows, ui.SummaryRow{Key: titles[f.Rule], Value: f.Text})
	}
	return list
}

func (p screeningPage) csv() []ui.Link {
	return []ui.Link{{Text: "Rule log as CSV", Href: pathOf(p.Table.Set.Code, screening.path+".csv", url.Values{cutField: {p.Cut}, inequalityField: {p.Sign}})}}
}

// printable is text that may be shown again in a form: what cannot be stored
// or would be too long is taken out.
func printable(text string) string {
	const most = 200
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\uFFFD' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	if len(clean) > most {
		clean = strings.ToValidUTF8(clean[:most], "")
	}
	return clean
}
