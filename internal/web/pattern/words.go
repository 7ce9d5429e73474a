package pattern

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	area "sir/internal/pattern"
	"sir/internal/web/ui"
	"sir/qca"
)

// and joins words as a sentence does: "a, b and c".
func and(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// count is a number with its noun: "1 row", "3 rows".
func count[N int | uint64](n N, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// were is the verb after a list of names.
func were(names []string) string {
	if len(names) == 1 {
		return "was"
	}
	return "were"
}

// share is a fraction with its percentage: "4 of 15 (26.7%)".
func share(r qca.Ratio) string {
	return fmt.Sprintf("%d of %d (%s)", r.Num, r.Den, percent(r))
}

func percent(r qca.Ratio) string {
	return strconv.FormatFloat(math.Round(1000*float64(r.Num)/float64(r.Den))/10, 'f', -1, 64) + "%"
}

// figure writes a measure from 0 to 1 as the field does; a dash is undefined.
func figure(f qca.Figure) string {
	if _, ok := f.Value(); !ok {
		return "–"
	}
	return f.String()
}

// number is a measure for a file: nil where undefined.
func number(f qca.Figure) any {
	if v, ok := f.Value(); ok {
		return v
	}
	return nil
}

// caseList is the labels of cases, or a dash.
func caseList(labels []string) string {
	if len(labels) == 0 {
		return "–"
	}
	return strings.Join(labels, ", ")
}

// longReading is the number of literals beyond which a formula is not put into
// words: the words would be harder to read than the formula.
const longReading = 4

// reading puts a formula into words by what the values mean; it is empty for a
// long formula.
func reading(t area.CaseTable, e qca.Expression) string {
	literals := 0
	var terms []string
	for _, term := range e {
		literals += len(term)
		terms = append(terms, termReading(t, term))
	}
	if literals > longReading || literals == 0 {
		return ""
	}
	return upperFirst(strings.Join(terms, "; or ")) + "."
}

func termReading(t area.CaseTable, term qca.Term) string {
	var parts []string
	for _, literal := range term {
		for _, c := range t.Conditions {
			if c.Name != literal.Condition {
				continue
			}
			means := c.OneMeans
			if literal.Negated {
				means = c.ZeroMeans
			}
			parts = append(parts, lowerFirst(strings.TrimSuffix(means, ".")))
		}
	}
	return strings.Join(parts, ", and ")
}

// lowerFirst joins a sentence onto another one; a word in capitals, such as an
// abbreviation, stays as it is.
func lowerFirst(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	second, _ := utf8.DecodeRuneInString(text[size:])
	if unicode.IsUpper(second) {
		return text
	}
	return string(unicode.ToLower(first)) + text[size:]
}

func upperFirst(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// sideTitle names a side as a heading.
func sideTitle(s area.Side) string { return upperFirst(s.Name) + ": " + lowerFirst(s.Means) }

// fateTag shows what the authors did with a condition.
func fateTag(f area.Fate) ui.Tag {
	switch f {
	case area.Kept:
		return ui.Tag{Text: "Kept", Colour: ui.TagBlue}
	case area.Outcome:
		return ui.Tag{Text: "Outcome", Colour: ui.TagPurple}
	default:
		return ui.Tag{Text: "Dropped", Colour: ui.TagGrey}
	}
}

// verdictTag shows whether a rule is met.
func verdictTag(v qca.Verdict) ui.Tag {
	if v == qca.Pass {
		return ui.Tag{Text: "Passes", Colour: ui.TagGreen}
	}
	return ui.Tag{Text: "Fails", Colour: ui.TagRed}
}
