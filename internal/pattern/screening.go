package pattern

import (
	"slices"

	"sir/internal/fault"
	"sir/qca"
)

// ScreenRule is the share of cases that the rarer value of a condition must
// have, and whether a share equal to the cut is enough.
type ScreenRule struct {
	Cut        qca.Ratio
	Inequality qca.Inequality
}

// UsualRule is at least one third, the rule of thumb of Rihoux and De Meur
// (2009).
func UsualRule() ScreenRule { return ScreenRule{Cut: qca.Ratio{Num: 1, Den: 3}} }

// Screening is the rule log of a case table: every candidate, kept or
// dropped, judged by the same rules.
type Screening struct {
	Rule       ScreenRule
	Cases      int
	Outcome    qca.ConditionScreen
	Conditions []ScreenedCondition // in the order of the set
	Together   []qca.Finding       // about the kept conditions as a set
	Uneven     []Decision
}

// ScreenedCondition is a candidate with what the rules say about it.
type ScreenedCondition struct {
	Condition
	qca.ConditionScreen
	AtLeast, MoreThan qca.Verdict   // the variation rule in both readings
	Chosen            qca.Verdict   // that of the reading asked for
	Log               []qca.Finding // every rule, in the reading asked for
}

// Decision is a choice of the set's authors that the rules do not account for.
type Decision struct {
	ScreenedCondition
	// PassesAll says that it was dropped though it passes every rule.
	PassesAll bool
	// Same and Better are dropped conditions with the same or a larger share
	// of the rarer value, beside one that was kept though it fails.
	Same, Better []string
	// Failing were kept though they fail, beside one that was dropped though
	// it passes.
	Failing []string
}

// Screen judges all candidates by one rule. A cut that is not above zero and
// at most one half, the largest share a rarer value can have, is ErrInvalid.
func (t CaseTable) Screen(rule ScreenRule) (Screening, error) {
	if rule.Cut.Num <= 0 || 2*rule.Cut.Num > rule.Cut.Den {
		var wrong fault.Fields
		wrong.Add("cut", "Enter a share above 0 and up to 1/2: no rarer value can have more.")
		return Screening{}, wrong.Err()
	}
	table, err := t.data(t.Names())
	if err != nil {
		return Screening{}, err
	}
	var reports [2]*qca.Screening
	for _, reading := range []qca.Inequality{qca.AtLeast, qca.MoreThan} {
		reports[reading], err = table.Screen(t.Outcome.Name, qca.ScreenRules{
			Conditions: t.Names(), Kept: t.KeptNames(), MinorityCut: rule.Cut, Minority: reading,
		})
		if err != nil {
			return Screening{}, refuse("cut", err)
		}
	}
	chosen := reports[rule.Inequality]
	s := Screening{Rule: rule, Cases: len(t.Cases), Outcome: chosen.Outcome}
	for i, c := range chosen.Conditions {
		s.Conditions = append(s.Conditions, ScreenedCondition{
			Condition: t.Conditions[i], ConditionScreen: c, Log: findings(chosen, c.Condition),
			AtLeast:  variation(reports[qca.AtLeast], c.Condition),
			MoreThan: variation(reports[qca.MoreThan], c.Condition),
			Chosen:   variation(chosen, c.Condition),
		})
	}
	s.Together = findings(chosen, "")
	for _, u := range chosen.Uneven {
		s.addDecision(u)
	}
	return s, nil
}

// findings answers the log lines about a condition; about the set of kept
// ones where the name is empty.
func findings(report *qca.Screening, condition string) []qca.Finding {
	return slices.DeleteFunc(slices.Clone(report.Log), func(f qca.Finding) bool { return f.Condition != condition })
}

func variation(report *qca.Screening, condition string) qca.Verdict {
	i := slices.IndexFunc(report.Log, func(f qca.Finding) bool {
		return f.Rule == qca.RuleVariation && f.Condition == condition
	})
	return report.Log[i].Verdict
}

// addDecision notes one thing that is uneven about a condition; all about the
// same one stand together.
func (s *Screening) addDecision(u qca.Uneven) {
	at := slices.IndexFunc(s.Uneven, func(d Decision) bool { return d.Name == u.Condition })
	if at < 0 {
		at = len(s.Uneven)
		s.Uneven = append(s.Uneven, Decision{ScreenedCondition: s.condition(u.Condition)})
	}
	d := &s.Uneven[at]
	switch {
	case u.Rule == "":
		d.PassesAll = true
	case !u.Kept:
		d.Failing = u.Beside
	default:
		for _, name := range u.Beside {
			if s.condition(name).Minority == d.Minority {
				d.Same = append(d.Same, name)
			} else {
				d.Better = append(d.Better, name)
			}
		}
	}
}

func (s Screening) condition(name string) ScreenedCondition {
	i := slices.IndexFunc(s.Conditions, func(c ScreenedCondition) bool { return c.Name == name })
	return s.Conditions[i]
}

// Judged answers the names of the conditions of a fate that got a verdict by
// the variation rule, in the reading asked for.
func (s Screening) Judged(fate Fate, verdict qca.Verdict) []string {
	var names []string
	for _, c := range s.Conditions {
		if c.Fate == fate && c.Chosen == verdict {
			names = append(names, c.Name)
		}
	}
	return names
}
