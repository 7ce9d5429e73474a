package pattern

import (
	"fmt"

	area "sir/internal/pattern"
	"sir/qca"
)

// unevenWords says of each decision of the authors that the rules do not
// account for what is uneven about it.
func unevenWords(s area.Screening) []string {
	var texts []string
	for _, d := range s.Uneven {
		if d.Fate == area.Kept {
			texts = append(texts, keptDespite(d, s.Rule))
		} else {
			texts = append(texts, droppedDespite(d, s.Rule))
		}
	}
	return texts
}

func keptDespite(d area.Decision, rule area.ScreenRule) string {
	text := fmt.Sprintf("%s fails the rule and was kept: its rarer value has %s cases, and the rule asks for %s.", d.Name, share(d.Minority), ruleWords(rule))
	if len(d.Same) > 0 {
		text += fmt.Sprintf(" %s, with the very same share, %s dropped.", and(d.Same), were(d.Same))
	}
	if len(d.Better) > 0 {
		text += fmt.Sprintf(" %s, with a larger share, %s dropped too.", and(d.Better), were(d.Better))
	}
	return text
}

func droppedDespite(d area.Decision, rule area.ScreenRule) string {
	text := fmt.Sprintf("%s passes the rule (%s, %s) and was dropped", d.Name, share(d.Minority), ruleWords(rule))
	if len(d.Failing) > 0 {
		text += fmt.Sprintf(", while %s, which %s it, %s kept", and(d.Failing), fails(d.Failing), were(d.Failing))
	}
	text += "."
	if d.PassesAll {
		text += " It passes the other rules as well."
	}
	if d.FateReason != "" {
		text += fmt.Sprintf(" Reason given: %s.", lowerFirst(d.FateReason))
	}
	return text
}

func fails(names []string) string {
	if len(names) == 1 {
		return "fails"
	}
	return "fail"
}

// unevenInShort says the same in a line for those that were kept and one for
// those that were dropped.
func unevenInShort(s area.Screening) []string {
	var texts []string
	for _, d := range s.Uneven {
		if d.Fate != area.Kept {
			continue
		}
		text := fmt.Sprintf("%s was kept though its rarer value has only %s cases; the usual rule asks for %s.", d.Name, share(d.Minority), ruleWords(s.Rule))
		if len(d.Same) > 0 {
			text += fmt.Sprintf(" %s, with the very same share, %s dropped.", and(d.Same), were(d.Same))
		}
		texts = append(texts, text)
	}
	failing, passing := s.Judged(area.Kept, qca.Fail), s.Judged(area.Dropped, qca.Pass)
	if len(failing) > 0 && len(passing) > 0 {
		texts = append(texts, fmt.Sprintf("%s %s the same rule and %s dropped.", and(passing), passes(passing), were(passing)))
	}
	return texts
}

func passes(names []string) string {
	if len(names) == 1 {
		return "passes"
	}
	return "pass"
}
