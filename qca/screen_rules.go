package qca

import (
	"fmt"
	"slices"
	"strings"
)

// judge applies the rules for one condition.
func (s *screener) judge(c *ConditionScreen) error {
	separation, err := s.separation(c)
	if err != nil {
		return err
	}
	for _, f := range []Finding{s.variation(c), s.mixedOutcomes(c), separation} {
		f.Condition, f.Kept = c.Condition, c.Kept
		c.Rules++
		if f.Verdict == Pass {
			c.Passes++
		}
		s.report.Log = append(s.report.Log, f)
	}
	return nil
}

func verdict(pass bool) Verdict {
	if pass {
		return Pass
	}
	return Fail
}

func (s *screener) variation(c *ConditionScreen) Finding {
	cut := s.rules.Minority.String() + " " + s.rules.MinorityCut.String()
	pass := s.rules.Minority.holds(c.Minority, s.rules.MinorityCut)
	text := fmt.Sprintf("The rarest value of %s has %d of %d cases; the rule asks for %s.", c.Condition, c.Minority.Num, c.Minority.Den, cut)
	return Finding{Rule: RuleVariation, Measured: c.Minority, Cut: cut, Verdict: verdict(pass), Text: text}
}

// mixedOutcomes measures how many of the values that occur go with both outcomes.
func (s *screener) mixedOutcomes(c *ConditionScreen) Finding {
	var mixed []string
	occur := 0
	for _, v := range c.Values {
		if v.Cases > 0 {
			occur++
		}
		if v.InOutcome > 0 && v.InOutcome < v.Cases {
			mixed = append(mixed, fmt.Sprint(v.Value))
		}
	}
	text := fmt.Sprintf("No value of %s occurs with both outcomes.", c.Condition)
	switch {
	case len(mixed) == occur:
		text = fmt.Sprintf("Every value of %s occurs with both outcomes.", c.Condition)
	case len(mixed) > 0:
		text = fmt.Sprintf("%s occurs with both outcomes at value %s, but not at every value.", c.Condition, strings.Join(mixed, ", "))
	}
	return Finding{Rule: RuleMixedOutcomes, Measured: Ratio{len(mixed), occur}, Cut: "< 1", Verdict: verdict(len(mixed) < occur), Text: text}
}

// separation measures the contradictory rows of the kept conditions with this
// one among them; for a kept one the text says what leaving it out would do.
func (s *screener) separation(c *ConditionScreen) (Finding, error) {
	with := s.kept
	other := slices.DeleteFunc(slices.Clone(s.rules.Kept), func(n string) bool { return n == c.Condition })
	text := fmt.Sprintf("%s is the only kept condition.", c.Condition)
	if !c.Kept || len(other) > 0 {
		if !c.Kept {
			other = append(other, c.Condition)
		}
		tt, err := s.table.TruthTable(Settings{Outcome: s.all.Outcome, Conditions: other})
		if err != nil {
			return Finding{}, err
		}
		change := "Without"
		if !c.Kept {
			with, change = tt, "With"
		}
		text = fmt.Sprintf("%s %s the kept conditions give %d rows, %d of them contradictory.", change, c.Condition, len(tt.Rows), len(tt.Mixed()))
	}
	mixed := len(with.Mixed())
	return Finding{Rule: RuleSeparation, Measured: Ratio{mixed, len(with.Rows)}, Cut: "= 0", Verdict: verdict(mixed == 0), Text: text}, nil
}

// judgeSet applies the rules for the kept conditions together.
func (s *screener) judgeSet() {
	tt := s.kept
	rows, cases := len(tt.Rows), len(tt.kept)
	mixed := len(tt.Mixed())
	s.logSet(RuleContradictions, Ratio{mixed, rows}, "= 0", verdict(mixed == 0),
		fmt.Sprintf("%d of %d rows have cases with and without the outcome.", mixed, rows))
	shared, sharing := 0, 0
	for i := range tt.Rows {
		if n := tt.Rows[i].N; n > 1 {
			shared++
			sharing += n
		}
	}
	s.logSet(RuleDuplicates, Ratio{sharing, cases}, "", Note,
		fmt.Sprintf("%d of %d cases share their row with another one, in %d rows.", sharing, cases, shared))
	s.judgeDiversity(rows)
	s.judgeCases(cases)
}

func (s *screener) logSet(rule ScreenRule, measured Ratio, cut string, v Verdict, text string) {
	s.report.Log = append(s.report.Log, Finding{Rule: rule, Kept: true, Measured: measured, Cut: cut, Verdict: v, Text: text})
}

func (s *screener) judgeDiversity(rows int) {
	observed := Ratio{rows, int(s.kept.Possible)}
	v, cut := Note, ""
	if s.rules.Diversity != (Ratio{}) {
		v, cut = verdict(AtLeast.holds(observed, s.rules.Diversity)), ">= "+s.rules.Diversity.String()
	}
	s.logSet(RuleDiversity, observed, cut, v, fmt.Sprintf("%d of %d possible rows are observed; the other %d are remainders.",
		rows, s.kept.Possible, s.kept.Possible-uint64(rows)))
}

func (s *screener) judgeCases(cases int) {
	conditions := len(s.rules.Kept)
	v, cut := Note, ""
	if n := s.rules.CasesPerCondition; n > 0 {
		v, cut = verdict(cases >= n*conditions), fmt.Sprintf(">= %d", n)
	}
	s.logSet(RuleCases, Ratio{cases, conditions}, cut, v, fmt.Sprintf("%d cases for %d conditions.", cases, conditions))
}

// findUneven lists the decisions that the rules do not account for.
func (s *screener) findUneven() {
	s.report.Uneven = []Uneven{}
	var failing []string // kept although they fail
	for _, c := range s.report.Conditions {
		if c.Kept && !s.varies(c) {
			failing = append(failing, c.Condition)
			s.keptAgainstVariation(c)
		}
	}
	for _, c := range s.report.Conditions {
		if !c.Kept {
			s.droppedDespite(c, failing)
		}
	}
}

func (s *screener) varies(c ConditionScreen) bool {
	return s.rules.Minority.holds(c.Minority, s.rules.MinorityCut)
}

// droppedDespite reports a dropped condition that passes every rule, or the
// variation rule where a kept one fails it.
func (s *screener) droppedDespite(c ConditionScreen, failing []string) {
	if c.Passes == c.Rules {
		s.report.Uneven = append(s.report.Uneven, Uneven{Condition: c.Condition, Beside: []string{},
			Text: fmt.Sprintf("%s was dropped although it passes every rule.", c.Condition)})
	}
	if s.varies(c) && len(failing) > 0 {
		s.report.Uneven = append(s.report.Uneven, Uneven{RuleVariation, c.Condition, false, failing,
			fmt.Sprintf("%s was dropped although it passes the variation rule (%s). These fail it and were kept: %s.",
				c.Condition, c.Minority, strings.Join(failing, ", "))})
	}
}

func (s *screener) keptAgainstVariation(c ConditionScreen) {
	beside := []string{}
	for _, d := range s.report.Conditions {
		if !d.Kept && d.Minority.compare(c.Minority) >= 0 {
			beside = append(beside, d.Condition)
		}
	}
	text := fmt.Sprintf("%s was kept although it fails the variation rule (%s).", c.Condition, c.Minority)
	if len(beside) > 0 {
		text += fmt.Sprintf(" These do as well or better and were dropped: %s.", strings.Join(beside, ", "))
	}
	s.report.Uneven = append(s.report.Uneven, Uneven{RuleVariation, c.Condition, true, beside, text})
}
