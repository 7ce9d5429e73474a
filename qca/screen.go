package qca

import (
	"math"
	"slices"
)

// ScreenRules say by which rules conditions are judged. The same rules apply
// to conditions that were kept and to those that were dropped.
type ScreenRules struct {
	// Conditions are all candidates; empty: all columns but the outcome's.
	Conditions []string
	// Kept are the candidates chosen for the analysis; empty: all.
	Kept []string
	// MinorityCut is the share of cases that the rarest value of a condition
	// needs; zero means 1/3. Minority says whether a share equal to it passes.
	MinorityCut Ratio
	Minority    Inequality
	// CasesPerCondition is the number of cases that the kept conditions need
	// each; zero only reports the number.
	CasesPerCondition int
	// Diversity is the share of possible rows that need to be observed; the
	// zero Ratio only reports it.
	Diversity Ratio
}

// ScreenRule names a rule of the log.
type ScreenRule string

// The rules, the first three for each condition and the others for the kept
// conditions together.
const (
	// RuleVariation: the rarest value of the condition has the share asked for.
	RuleVariation ScreenRule = "variation"
	// RuleMixedOutcomes: some value of the condition goes with one outcome only.
	RuleMixedOutcomes ScreenRule = "mixed outcomes"
	// RuleSeparation: the kept conditions, with this one among them, have no
	// contradictory row.
	RuleSeparation ScreenRule = "separation"
	// RuleContradictions: no row of the kept conditions has both outcomes.
	RuleContradictions ScreenRule = "contradictory rows"
	// RuleDuplicates: how many cases share a row with another one.
	RuleDuplicates ScreenRule = "duplicate rows"
	// RuleDiversity: observed of possible rows.
	RuleDiversity ScreenRule = "limited diversity"
	// RuleCases: cases a condition.
	RuleCases ScreenRule = "cases per condition"
)

// Verdict of a rule.
type Verdict string

// The verdicts.
const (
	Pass Verdict = "pass"
	Fail Verdict = "fail"
	Note Verdict = "note" // reported, no cut given
)

// Finding is one line of the rule log.
type Finding struct {
	Rule      ScreenRule `json:"rule"`
	Condition string     `json:"condition"` // empty: the kept conditions together
	Kept      bool       `json:"kept"`
	Measured  Ratio      `json:"measured"`
	// Cut is the rule as applied, such as ">= 1/3"; empty for a note.
	Cut     string  `json:"cut"`
	Verdict Verdict `json:"verdict"`
	// Text says the finding in a sentence.
	Text string `json:"text"`
}

// ConditionScreen is what one candidate, or the outcome, looks like.
type ConditionScreen struct {
	Condition string `json:"condition"`
	Kept      bool   `json:"kept"`
	// Values counts cases by value (fuzzy: out, in).
	Values []ValueCount `json:"values"`
	// Minority is the share of the rarest value.
	Minority Ratio `json:"minority"`
	// Passes counts the per-condition rules passed, of Rules.
	Passes int `json:"passes"`
	Rules  int `json:"rules"`
}

// ValueCount counts the cases that have one value of a condition.
type ValueCount struct {
	Value     int `json:"value"`
	Cases     int `json:"cases"`
	InOutcome int `json:"in_outcome"`
}

// Uneven is a decision that the rules do not account for: a condition kept
// though it fails one, beside dropped ones that do as well or better; or a
// condition dropped though it passes one that kept ones beside it fail, or
// though it passes every rule.
type Uneven struct {
	Rule      ScreenRule `json:"rule"` // empty: every rule
	Condition string     `json:"condition"`
	Kept      bool       `json:"kept"`
	Beside    []string   `json:"beside"`
	Text      string     `json:"text"`
}

// Screening is a rule log with the counts behind it.
type Screening struct {
	Outcome    ConditionScreen   `json:"outcome"`
	Conditions []ConditionScreen `json:"conditions"`
	Log        []Finding         `json:"log"`
	Uneven     []Uneven          `json:"uneven"`
}

// Screen judges every candidate condition, kept or dropped, and the kept ones
// together, by one set of rules. Fuzzy conditions count as in above 0.5.
func (t *Table) Screen(outcome string, rules ScreenRules) (*Screening, error) {
	s, err := t.screener(outcome, rules)
	if err != nil {
		return nil, err
	}
	for i := range s.report.Conditions {
		if err := s.judge(&s.report.Conditions[i]); err != nil {
			return nil, err
		}
	}
	s.judgeSet()
	s.findUneven()
	return &s.report, nil
}

// screener carries what the rules need.
type screener struct {
	table  *Table
	rules  ScreenRules
	all    *TruthTable // of every candidate
	kept   *TruthTable // of the kept ones
	report Screening
}

func (t *Table) screener(outcome string, rules ScreenRules) (*screener, error) {
	if rules.MinorityCut == (Ratio{}) {
		rules.MinorityCut = Ratio{1, 3}
	}
	all, err := t.TruthTable(Settings{Outcome: outcome, Conditions: rules.Conditions})
	if err != nil {
		return nil, err
	}
	rules.Conditions = all.settings.Conditions
	if len(rules.Kept) == 0 {
		rules.Kept = rules.Conditions
	}
	for _, name := range rules.Kept {
		if !slices.Contains(rules.Conditions, name) {
			return nil, &InputError{Column: name, Problem: "the kept condition is not among the candidates", Remedy: "add it to them"}
		}
	}
	kept, err := t.TruthTable(Settings{Outcome: outcome, Conditions: rules.Kept})
	if err != nil {
		return nil, err
	}
	s := &screener{table: t, rules: rules, all: all, kept: kept}
	s.countOutcome()
	for _, c := range all.Conditions {
		s.report.Conditions = append(s.report.Conditions, s.count(c))
	}
	return s, nil
}

// count counts the cases by value of one candidate.
func (s *screener) count(c Condition) ConditionScreen {
	screen := ConditionScreen{Condition: c.Name, Kept: slices.Contains(s.rules.Kept, c.Name), Values: make([]ValueCount, c.Levels)}
	for v := range screen.Values {
		screen.Values[v].Value = v
	}
	column := &s.table.columns[s.table.index[c.Name]]
	for _, i := range s.all.kept {
		v := column.values[i]
		if math.IsNaN(v) {
			continue // a value that does not matter counts for none
		}
		if column.kind == Fuzzy {
			v = math.Round(v) // no case that has a row is exactly half in
		}
		screen.Values[int(v)].Cases++
		if s.all.outcome[i] > 0.5 {
			screen.Values[int(v)].InOutcome++
		}
	}
	screen.Minority = minority(screen.Values, len(s.all.kept))
	return screen
}

func (s *screener) countOutcome() {
	out, in := ValueCount{Value: 0}, ValueCount{Value: 1}
	for _, i := range s.all.kept {
		if s.all.outcome[i] > 0.5 {
			in.Cases++
		} else {
			out.Cases++
		}
	}
	in.InOutcome = in.Cases
	values := []ValueCount{out, in}
	s.report.Outcome = ConditionScreen{Condition: s.all.Outcome, Kept: true, Values: values, Minority: minority(values, len(s.all.kept))}
}

// minority is the share of the rarest value among n cases.
func minority(values []ValueCount, n int) Ratio {
	least := n
	for _, v := range values {
		least = min(least, v.Cases)
	}
	return Ratio{least, n}
}
